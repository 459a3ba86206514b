package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.Menus;
import java.awt.GridLayout;
import java.awt.Insets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.swing.JButton;
import javax.swing.JPanel;

/** The buttons of the Layers Window: simple edits, and commands of the menu for the selected layer, which open their dialogs. */
final class LayerButtons {

	private static final String DECOMPOSE_AGAIN = "Decompose Selected Layer...";
	private static final String EDIT = "Edit Layer...";

	private final Supplier<OpenLayers> open;
	private final JPanel panel = new JPanel(new GridLayout(0, 4, 4, 4));
	private final JButton undo;
	private final JButton redo;
	private final List<JButton> needLayer;
	private final List<JButton> needSeveral;

	/**
	 * @param edit has something done to the layers outside of the event thread
	 */
	LayerButtons(final Supplier<OpenLayers> open, final LayersTable table, final Consumer<Consumer<OpenLayers>> edit) {
		this.open = open;
		final JButton up = button("Up", 'P', "Move the layer up (Alt+Up)", () -> LayerKeys.move(table, edit, 1));
		final JButton down = button("Down", 'W', "Move the layer down (Alt+Down)", () -> LayerKeys.move(table, edit, -1));
		final JButton duplicate = button("Duplicate", 'D', "Copy the layer", () -> LayerKeys.selected(table, edit, LayerActions::duplicate));
		final JButton delete = button("Delete", 'E', "Remove the layer (Delete)", () -> LayerKeys.selected(table, edit, LayerActions::delete));
		final JButton again = command("Again...", 'A', "Decompose the layer again", DECOMPOSE_AGAIN);
		final JButton change = command("Edit...", 'I', "Recolour, replace, merge, split, resize, rotate", EDIT);
		undo = button("Undo", 'U', "", () -> edit.accept(OpenLayers::undo));
		redo = button("Redo", 'R', "", () -> edit.accept(OpenLayers::redo));
		needLayer = List.of(duplicate, again, change);
		needSeveral = List.of(up, down, delete);
		List.of(up, down, duplicate, delete, again, change, undo, redo).forEach(panel::add);
	}

	JPanel panel() {
		return panel;
	}

	void show(final LayersModel model) {
		needLayer.forEach(b -> b.setEnabled(model.selectedRow() >= 0 && (b.getActionCommand().isEmpty() || isInstalled(b.getActionCommand()))));
		needSeveral.forEach(b -> b.setEnabled(model.selectedRow() >= 0 && model.rows().size() > 1));
		undo.setEnabled(model.undo().isPresent());
		undo.setToolTipText(model.undo().map(what -> "Undo " + what).orElse("Nothing to undo") + " (Ctrl+Z)");
		redo.setEnabled(model.redo().isPresent());
		redo.setToolTipText(model.redo().map(what -> "Redo " + what).orElse("Nothing to redo") + " (Ctrl+Y)");
	}

	private JButton command(final String text, final char mnemonic, final String tip, final String command) {
		final JButton button = button(text, mnemonic, tip, () -> {
			final ImagePlus image = open.get().hyperstack();
			// In a thread of its own, like a menu's.
			if (image.getProcessor() != null) IJ.doCommand(image, command);
		});
		button.setActionCommand(command);
		return button;
	}

	private static JButton button(final String text, final char mnemonic, final String tip, final Runnable action) {
		final JButton button = new JButton(text);
		button.setActionCommand("");
		button.setMnemonic(mnemonic);
		button.setToolTipText(tip);
		button.setMargin(new Insets(2, 4, 2, 4));
		button.addActionListener(e -> action.run());
		return button;
	}

	private static boolean isInstalled(final String command) {
		return Menus.getCommands() != null && Menus.getCommands().containsKey(command);
	}
}
