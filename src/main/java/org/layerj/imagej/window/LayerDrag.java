package org.layerj.imagej.window;

import java.awt.datatransfer.StringSelection;
import java.awt.datatransfer.Transferable;
import javax.swing.JComponent;
import javax.swing.JTable;
import javax.swing.TransferHandler;

/** Re-ordering layers by dragging rows. */
final class LayerDrag extends TransferHandler {

	private static final long serialVersionUID = 1L;

	private final LayersTable table;
	private final transient LayersTable.Wishes wishes;
	private int dragged = -1;

	LayerDrag(final LayersTable table, final LayersTable.Wishes wishes) {
		this.table = table;
		this.wishes = wishes;
	}

	@Override
	public int getSourceActions(final JComponent component) {
		return MOVE;
	}

	@Override
	protected Transferable createTransferable(final JComponent component) {
		dragged = table.getSelectedRow();
		return table.selection().map(r -> new StringSelection(r.name())).orElse(null);
	}

	@Override
	public boolean canImport(final TransferSupport support) {
		return support.isDrop() && dragged >= 0 && support.getComponent() == table;
	}

	@Override
	public boolean importData(final TransferSupport support) {
		if (!canImport(support) || dragged >= table.shown().rows().size()) return false;
		final int before = ((JTable.DropLocation) support.getDropLocation()).getRow();
		final LayersModel model = table.shown();
		wishes.reorder(model.rows().get(dragged).id(), model.indexWhenDropped(dragged, before));
		return true;
	}

	@Override
	protected void exportDone(final JComponent source, final Transferable data, final int action) {
		dragged = -1;
	}
}
