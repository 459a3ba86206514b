// Decomposes every slice of a 16-bit stack in the same way; the layers composite to the stack, sample by sample.

// A stack to try it on; leave this out to take the one that is open.
newImage("series", "16-bit black", 160, 120, 3);
for (s = 1; s <= nSlices; s++) {
	setSlice(s);
	setColor(4000 * s);
	fillOval(30 + 15 * s, 30, 50, 50);
	setColor(60000);
	fillRect(100, 105, 50, 6);
}
setMinAndMax(0, 60000);
setSlice(1);

// Every slice is decomposed; with reuse the alphas of the first slice are used for all, so that layers correspond.
run("Decompose...", "layers=2 slices=all reuse=true");
getDimensions(width, height, channels, slices, frames);
print(slices + " layers in each of " + frames + " slices, " + bitDepth() + "-bit");

// The layers composite to the stack, sample by sample.
run("Recomposite");
print("value of the cell in slice 3: " + value(3, 80, 55) + ", of the bar: " + value(3, 120, 108));

function value(slice, x, y) {
	setSlice(slice);
	return getPixel(x, y);
}
