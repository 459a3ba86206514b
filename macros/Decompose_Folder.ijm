// Decomposes every picture of a folder. Says beside each result whether the layers composite to the picture, pixel by pixel.
//
// Run it with the folder as argument, or choose one. Results go into its subfolder "layers".

// What decomposes pictures: "" is the built-in default, a folder is a model of your own.
model = "";

input = getArgument();
if (input == "") input = getDirectory("Folder of pictures");
if (!endsWith(input, File.separator)) input = input + File.separator;
output = input + "layers" + File.separator;
File.makeDirectory(output);

setBatchMode(true);
names = getFileList(input);
Array.sort(names);
for (i = 0; i < names.length; i++) {
	if (!matches(toLowerCase(names[i]), ".*\\.(png|jpe?g|tiff?|gif|bmp)")) continue;
	open(input + names[i]);
	rename("picture");
	run("Decompose...", "layers=auto model=[" + model + "]");
	layers = nSlices / 4;
	saveAs("Tiff", output + File.getNameWithoutExtension(names[i]) + "-layers.tif");
	run("Recomposite");
	rename("again");
	imageCalculator("Difference create", "picture", "again");
	getStatistics(area, mean, min, max);
	same = "different";
	if (max == 0) same = "identical";
	print(names[i] + ": " + layers + " layers, recomposite " + same);
	close("*");
}
