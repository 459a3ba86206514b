package org.layerj.imagej.window;

import java.awt.Toolkit;
import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.util.function.Consumer;
import javax.swing.AbstractAction;
import javax.swing.JComponent;
import javax.swing.JRootPane;
import javax.swing.KeyStroke;
import org.layerj.imagej.open.OpenLayers;

/**
 * Keys of the Layers Window: Delete, F2 to rename, Space to hide and show, L to lock and unlock, Right and Left to show
 * and hide elements, Alt with the arrows to reorder; Ctrl+Z and Ctrl+Y (or Shift+Ctrl+Z) to undo and redo.
 */
final class LayerKeys {

	private LayerKeys() {}

	static void install(final JRootPane window, final LayersTable table, final Consumer<Consumer<OpenLayers>> edit) {
		final int command = Toolkit.getDefaultToolkit().getMenuShortcutKeyMaskEx();
		on(window, KeyEvent.VK_Z, command, () -> edit.accept(LayerActions::undo));
		on(window, KeyEvent.VK_Y, command, () -> edit.accept(LayerActions::redo));
		on(window, KeyEvent.VK_Z, command | InputEvent.SHIFT_DOWN_MASK, () -> edit.accept(LayerActions::redo));
		on(table, KeyEvent.VK_DELETE, 0, () -> selected(table, edit, LayerActions::delete));
		on(table, KeyEvent.VK_BACK_SPACE, 0, () -> selected(table, edit, LayerActions::delete));
		on(table, KeyEvent.VK_F2, 0, table::startRenaming);
		on(table, KeyEvent.VK_SPACE, 0,
			() -> table.selection().ifPresent(r -> edit.accept(o -> LayerActions.setVisible(o, r.id(), !r.visible()))));
		on(table, KeyEvent.VK_L, 0,
			() -> table.selection().ifPresent(r -> edit.accept(o -> LayerActions.setLocked(o, r.id(), !r.locked()))));
		on(table, KeyEvent.VK_RIGHT, 0, () -> table.selection().ifPresent(r -> table.open(r.id(), true)));
		on(table, KeyEvent.VK_LEFT, 0, () -> table.selection().ifPresent(r -> table.open(r.id(), false)));
		on(table, KeyEvent.VK_UP, InputEvent.ALT_DOWN_MASK, () -> move(table, edit, 1));
		on(table, KeyEvent.VK_DOWN, InputEvent.ALT_DOWN_MASK, () -> move(table, edit, -1));
	}

	/** Something to do with the selected layer. */
	interface Deed {

		void on(OpenLayers open, String id);
	}

	static void selected(final LayersTable table, final Consumer<Consumer<OpenLayers>> edit, final Deed deed) {
		table.selection().map(LayerRow::id).ifPresent(id -> edit.accept(o -> deed.on(o, id)));
	}

	static void move(final LayersTable table, final Consumer<Consumer<OpenLayers>> edit, final int by) {
		selected(table, edit,
			(o, id) -> o.layers().find(id).ifPresent(l -> LayerActions.reorder(o, id, o.layers().indexOf(id) + by)));
	}

	private static void on(final JComponent where, final int key, final int modifiers, final Runnable action) {
		final String name = "layers " + key + " " + modifiers;
		final int when = where instanceof JRootPane ? JComponent.WHEN_IN_FOCUSED_WINDOW
			: JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT;
		where.getInputMap(when).put(KeyStroke.getKeyStroke(key, modifiers), name);
		where.getActionMap().put(name, new AbstractAction() {

			private static final long serialVersionUID = 1L;

			@Override
			public void actionPerformed(final ActionEvent e) {
				action.run();
			}
		});
	}
}
