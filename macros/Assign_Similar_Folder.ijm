// Sends all elements that are like one to a layer of their own, in every layered figure of a folder (*-layers.tif, as
// Decompose_Folder.ijm makes them, or layers.tif): all red markers, all scale bars, all asterisks.
//
// The description LIKE is recorded by "Select similar" of the Layer Picker: open one figure, start the recorder, click one of the elements
// and choose "Select similar" in the context menu. The new layers go beside the old ones;
// figures that have nothing of the kind are skipped.
//
// Run it with "FOLDER|LIKE|LAYER" as argument, or answer the questions.

arguments = split(getArgument(), "|");
if (arguments.length == 3) {
	folder = arguments[0];
	like = arguments[1];
	layer = arguments[2];
} else {
	folder = getDirectory("Folder of layered figures");
	like = getString("Like (as recorded)", "kind=part role=mark colour=#d02020 size=7x25");
	layer = getString("Name of the layer", "Markers");
}
if (!endsWith(folder, File.separator)) folder = folder + File.separator;

setBatchMode(true);
names = getFileList(folder);
Array.sort(names);
for (i = 0; i < names.length; i++) {
	if (!endsWith(names[i], "layers.tif")) continue;
	open(folder + names[i]);
	before = nSlices;
	run("Assign to Layer...", "like=[" + like + "] tolerance=0.25 layer=new name=[" + layer + "] missing=skip");
	if (nSlices == before) {
		close("*");
		continue;
	}
	stem = folder + File.getNameWithoutExtension(names[i]) + "-assigned";
	saveAs("Tiff", stem + ".tif");
	print("Wrote " + stem + ".tif");
	close("*");
}
