// Moves scale bar and label of a micrograph to a layer of their own, which can be moved, recoloured or hidden. The background behind them is
// inpainted, and the caption discloses that. No model is needed, since the annotation is easily selected.

// A micrograph to try it on; leave this out to take the image that is open.
newImage("cells", "8-bit black", 400, 300, 1);
random("seed", 1);
for (i = 0; i < 40; i++) {
	setColor(60 + random() * 120);
	fillOval(random() * 400, random() * 300, 25, 25);
}
run("Gaussian Blur...", "sigma=4");
setColor(255);
fillRect(290, 270, 90, 6);
setFont("SansSerif", 18, "antialiased");
drawString("20 um", 308, 264);

// The annotation is what is white; two pixels more all around take its smooth edges along.
getDimensions(width, height, channels, slices, frames);
x = newArray(0);
y = newArray(0);
for (i = 0; i < width * height; i++) {
	if (getPixel(i % width, floor(i / width)) < 200) continue;
	x = Array.concat(x, i % width);
	y = Array.concat(y, floor(i / width));
}
select(x, y, 2);

// The selection becomes a layer, in the image's own grey values.
run("Edit Layer...", "action=region name=[Scale bar]");
layers = getImageID();

// Now it can be edited like any layer: moved to the other corner, for instance,
run("Edit Layer...", "action=move layer=[Scale bar] x=20 y=240");
run("Recomposite");
rename("bar on the left");

// or left out.
selectImage(layers);
run("Edit Layer...", "action=hide layer=[Scale bar]");
run("Recomposite");
rename("without bar");
getStatistics(area, mean, min, max);
print("brightest without the bar: " + max);
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
