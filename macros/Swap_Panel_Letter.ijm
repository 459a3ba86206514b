// Changes the letter of a figure's panel: the letter is a layer, and another one is written in its place, in its colour and size.

// A panel to try it on; leave this out to take the image that is open.
newImage("panel", "RGB white", 240, 180, 1);
setColor(90, 140, 200);
fillRect(30, 40, 190, 120);
setColor(200, 90, 60);
fillOval(80, 60, 60, 60);
setColor(0, 0, 0);
setFont("SansSerif", 24, "bold antialiased");
drawString("A", 6, 32);

// The letter is read, and is the layer Text.
run("Decompose...", "layers=auto");
run("Edit Layer...", "action=text layer=Text text=B font=[SansSerif bold]");
run("Recomposite");
rename("panel B");

// The former letter can be restored.
selectImage("panel-layers");
run("Edit Layer...", "action=undo");
run("Recomposite");
rename("panel A");
