// Decomposes a plot, gives its curves colours that colour-blind readers can distinguish, and then one of them a chosen colour.

// A plot to try it on; leave this out to take the image that is open.
newImage("plot", "RGB white", 320, 220, 1);
setLineWidth(2);
setColor(0, 0, 0);
drawLine(40, 10, 40, 190);
drawLine(40, 190, 310, 190);
for (i = 0; i < 26; i++) {
	setColor(220, 0, 0);
	drawLine(45 + 10 * i, 180 - 6 * i, 55 + 10 * i, 174 - 6 * i);
	setColor(0, 160, 0);
	drawLine(45 + 10 * i, 20 + 4 * i, 55 + 10 * i, 24 + 4 * i);
}

// White background below, curves and axes above.
run("Decompose...", "layers=2");
run("Edit Layer...", "action=rename layer=2 name=Curves");

// One man in twelve cannot distinguish red and green: they get the nearest colours of Okabe and Ito's palette. The black axes stay black.
run("Edit Layer...", "action=recolour layer=Curves palette=okabe-ito");
run("Recomposite");
rename("safe colours");

// The curve that is red in the picture becomes a layer of its own, and then exactly the colour asked for.
selectImage("plot");
getDimensions(width, height, channels, slices, frames);
x = newArray(0);
y = newArray(0);
for (i = 0; i < width * height; i++) {
	rgb = getPixel(i % width, floor(i / width));
	if ((rgb >> 16 & 255) - (rgb >> 8 & 255) < 40) continue;
	x = Array.concat(x, i % width);
	y = Array.concat(y, floor(i / width));
}
select(x, y, 0);
run("Select None");
selectImage("plot-layers");
run("Restore Selection");
run("Edit Layer...", "action=split layer=Curves name=[Red curve]");
run("Select None");
run("Edit Layer...", "action=recolour layer=[Red curve] tint=#0072b2");
run("Recomposite");
rename("one curve blue");

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
