// Tools for the toolbar: copy this file into ImageJ's folder macros/toolsets and choose it from the toolbar's >> menu. Each opens the dialog of a
// command in the menu Plugins > Decompose Layers; right-click the last one for the others.

macro "Decompose... Action Tool - C34aF0a94C28bF3694Cfa0F6294" {
	doCommand("Decompose...");
}

macro "Edit Layer... Action Tool - C28bF1788Cfa0L5bd3L6be3L5ce4L6ce4C34aL4d5c" {
	doCommand("Edit Layer...");
}

macro "Recomposite Action Tool - C34aF0144F3b34C28bF6144F6b44Cfa0Fc144Fab34C555L267aL868aLd69a" {
	doCommand("Recomposite");
}

var commands = newMenu("Layers Menu Tool", newArray("Layers Window", "Layers to Overlay", "Text to Overlay", "Overlay to Layers", "Layers to ROI Manager",
	"Decompose Selected Layer...", "-", "Undo", "Redo", "-", "Help"));

macro "Layers Menu Tool - Cfa0F1144C28bF1644C34aF1b44C555L72f2L77f7L7cfc" {
	command = getArgument();
	if (command == "Undo" || command == "Redo") run("Edit Layer...", "action=" + toLowerCase(command));
	else if (command != "-") doCommand(command);
}
