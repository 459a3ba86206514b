// Replaces text in every layered figure of a folder (*-layers.tif, as Decompose_Folder.ijm makes them with the built-in model, or layers.tif).
// Text that was read is rewritten in its own style; the new layers and a PowerPoint file with live text go beside the old ones.
//
// Run it with "FOLDER|FIND|WITH" as argument, or answer the questions. FIND is a regular expression: (\d)\.(\d) with $1,$2 turns decimal points to commas.

arguments = split(getArgument(), "|");
if (arguments.length == 3) {
	folder = arguments[0];
	find = arguments[1];
	with = arguments[2];
} else {
	folder = getDirectory("Folder of layered figures");
	find = getString("Find (regular expression)", "Mutant");
	with = getString("Write instead", "Mutante");
}
if (!endsWith(folder, File.separator)) folder = folder + File.separator;

setBatchMode(true);
names = getFileList(folder);
Array.sort(names);
for (i = 0; i < names.length; i++) {
	if (!endsWith(names[i], "layers.tif")) continue;
	open(folder + names[i]);
	run("Edit Layer...", "action=text find=[" + find + "] with=[" + with + "] regex=true");
	stem = folder + File.getNameWithoutExtension(names[i]) + "-replaced";
	saveAs("Tiff", stem + ".tif");
	run("Export...", "file=[" + stem + ".pptx]");
	print("Wrote " + stem + ".pptx");
	close("*");
}
