// Decomposes a picture into layers and lists them. The same lines work in Fiji and in plain ImageJ, with and without a screen.
//
// All keys are optional: layers resolution steps guidance seed prompt negative model device isolation output
// What is left out is the model's default; text with spaces stands in brackets.

// A small figure to try it on; leave this out to take the image that is open.
newImage("figure", "RGB white", 320, 240, 1);
setColor(70, 130, 180);
fillRect(30, 60, 140, 120);
setColor(220, 60, 40);
fillOval(120, 40, 130, 130);
setColor(0, 0, 0);
fillRect(220, 215, 80, 6);

run("Decompose...", "layers=3 seed=1");

// The result is the current image: channels R, G, B, A; one slice per layer, the bottom first.
getDimensions(width, height, channels, slices, frames);
for (z = 1; z <= slices; z++) {
	Stack.setPosition(1, z, 1);
	print(z + ": " + Property.get("id") + ", opacity " + Property.get("opacity") + ", synthetic " + Property.get("synthetic"));
}
print(Property.get("decompose.run"));
