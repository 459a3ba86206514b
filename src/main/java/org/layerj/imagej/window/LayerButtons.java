package org.layerj.imagej.window;

import ij.WindowManager;
import ij.plugin.PlugIn;
import java.awt.GridLayout;
import java.awt.Insets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.swing.JButton;
import javax.swing.JPanel;
import org.layerj.imagej.DecomposeLayerPlugIn;
import org.layerj.imagej.EditLayerPlugIn;
import org.layerj.imagej.RecompositePlugIn;
import org.layerj.imagej.edit.EditAction;
import org.layerj.imagej.open.Background;
import org.layerj.imagej.open.OpenLayers;

/**
 * The buttons of the Layers Window: edits that need no asking, and commands of the menu for the selected layer, which
 * open their dialogs.
 */
final class LayerButtons {

	private final Supplier<OpenLayers> open;
	private final LayersTable table;
	private final JPanel panel = new JPanel(new GridLayout(0, 4, 4, 4));
	private final JButton undo;
	private final JButton redo;
	private final List<JButton> needLayer;
	private final List<JButton> needSeveral;
	private final List<JButton> needLower;

	/**
	 * @param edit has something done to the layers outside of the event thread
	 */
	LayerButtons(final Supplier<OpenLayers> open, final LayersTable table, final Consumer<Consumer<OpenLayers>> edit) {
		this.open = open;
		this.table = table;
		final JButton up = button("Up", 'P', "Move the layer up (Alt+Up)", () -> LayerKeys.move(table, edit, 1));
		final JButton down =
			button("Down", 'W', "Move the layer down (Alt+Down)", () -> LayerKeys.move(table, edit, -1));
		final JButton duplicate =
			button("Duplicate", 'D', "Copy the layer", () -> LayerKeys.selected(table, edit, LayerActions::duplicate));
		final JButton delete = button("Delete", 'E', "Remove the layer (Delete)",
			() -> LayerKeys.selected(table, edit, LayerActions::delete));
		final JButton again = plugIn("Again...", 'A', "Decompose the layer again", DecomposeLayerPlugIn::new, "");
		final JButton merge = button("Merge", 'M', "Make one layer of this and the one below",
			() -> LayerKeys.selected(table, edit, LayerActions::mergeDown));
		final JButton split = plugIn("Split...", 'S', "By ImageJ's selection or into connected parts",
			EditLayerPlugIn::new, EditAction.SPLIT.key());
		final JButton recolour = plugIn("Recolour...", 'C', "Hue, tint, lookup table or palette", EditLayerPlugIn::new,
			EditAction.RECOLOUR.key());
		final JButton change =
			plugIn("Edit...", 'I', "Replace, text, move, resize, rotate and all others", EditLayerPlugIn::new, "");
		final JButton recomposite =
			plugIn("Recomposite", 'T', "Put the layers together again", RecompositePlugIn::new, "");
		undo = button("Undo", 'U', "", () -> edit.accept(LayerActions::undo));
		redo = button("Redo", 'R', "", () -> edit.accept(LayerActions::redo));
		needLayer = List.of(duplicate, again, split, recolour, change);
		needSeveral = List.of(up, down, delete);
		needLower = List.of(merge);
		List.of(up, down, duplicate, delete, again, merge, split, recolour, change, recomposite, undo, redo)
			.forEach(panel::add);
	}

	JPanel panel() {
		return panel;
	}

	void show(final LayersModel model) {
		final int row = table.selection().isPresent() ? model.selectedRow() : -1;
		needLayer.forEach(b -> b.setEnabled(row >= 0));
		needSeveral.forEach(b -> b.setEnabled(row >= 0 && model.rows().size() > 1));
		needLower.forEach(b -> b.setEnabled(row >= 0 && row < model.rows().size() - 1));
		undo.setEnabled(model.undo().isPresent());
		undo.setToolTipText(model.undo().map(what -> "Undo " + what).orElse("Nothing to undo") + " (Ctrl+Z)");
		redo.setEnabled(model.redo().isPresent());
		redo.setToolTipText(model.redo().map(what -> "Redo " + what).orElse("Nothing to redo") + " (Ctrl+Y)");
	}

	/** A command of ours for the picture shown, in a thread of its own, as if chosen from the menu. */
	private JButton plugIn(final String text, final char mnemonic, final String tip, final Supplier<PlugIn> plugIn,
		final String arg)
	{
		return button(text, mnemonic, tip, () -> {
			final OpenLayers of = open.get();
			new Thread(() -> Background.guarded(() -> {
				// If the hyperstack has been closed, it comes back.
				of.layers();
				// A selection in the view counts if the user was there last.
				WindowManager.setTempCurrentImage(
					of.view().filter(v -> v == WindowManager.getCurrentImage()).orElseGet(of::hyperstack));
				plugIn.get().run(arg);
			}), text).start();
		});
	}

	private static JButton button(final String text, final char mnemonic, final String tip, final Runnable action) {
		final JButton button = new JButton(text);
		button.setMnemonic(mnemonic);
		button.setToolTipText(tip);
		button.setMargin(new Insets(2, 4, 2, 4));
		button.addActionListener(e -> action.run());
		return button;
	}
}
