// Removes an arrow from a micrograph and shows the disclosure that journals ask for: the share of inpainted pixels, and a sentence for the caption.

// A micrograph to try it on; leave this out to take the image that is open.
newImage("tissue", "RGB black", 300, 220, 1);
random("seed", 2);
for (i = 0; i < 30; i++) {
	grey = 70 + random() * 100;
	setColor(grey, grey, grey);
	fillOval(random() * 300, random() * 220, 30, 20);
}
run("Gaussian Blur...", "sigma=3");
makeArrow(60, 50, 150, 110, "filled");
Roi.setStrokeWidth(3);
Roi.setStrokeColor("#e61e14");
Overlay.addSelection;
run("Flatten");
rename("micrograph");

// The arrow is what is red in a grey picture; two pixels more all around take its smooth edge along.
getDimensions(width, height, channels, slices, frames);
x = newArray(0);
y = newArray(0);
for (i = 0; i < width * height; i++) {
	rgb = getPixel(i % width, floor(i / width));
	if ((rgb >> 16 & 255) - (rgb >> 8 & 255) < 40) continue;
	x = Array.concat(x, i % width);
	y = Array.concat(y, floor(i / width));
}
select(x, y, 2);

// The selection becomes a layer, the background behind it is inpainted, and the layer is deleted.
run("Edit Layer...", "action=region name=Arrow");
run("Edit Layer...", "action=delete layer=Arrow");
run("Recomposite");
rename("without arrow");
print("synthetic: " + Property.get("synthetic") + " %");
print(Property.get("caption"));

function select(x, y, around) {
	picture = getImageID();
	newImage("mask", "8-bit black", getWidth(), getHeight(), 1);
	setColor(255);
	for (i = 0; i < x.length; i++) fillRect(x[i] - around, y[i] - around, 2 * around + 1, 2 * around + 1);
	setThreshold(255, 255);
	run("Create Selection");
	run("Select None");   // Restore Selection knows it from now on; closing a window alone forgets it
	close("mask");
	selectImage(picture);
	run("Restore Selection");
}
