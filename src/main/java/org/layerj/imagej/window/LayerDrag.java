package org.layerj.imagej.window;

import java.awt.datatransfer.StringSelection;
import java.awt.datatransfer.Transferable;
import java.util.List;
import javax.swing.DropMode;
import javax.swing.JComponent;
import javax.swing.JTable;
import javax.swing.TransferHandler;

/**
 * What dragging rows does: a layer goes between others, or is merged with the one on whose row it is dropped; elements
 * go to the layer on whose row they are dropped.
 */
final class LayerDrag extends TransferHandler {

	private static final long serialVersionUID = 1L;

	private final LayersTable table;
	private final transient LayersTable.Wishes wishes;
	private String layer = "";
	private transient List<Integer> elements = List.of();

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
		elements = table.elements();
		layer = table.selection().map(LayerRow::id).orElse("");
		table.setDropMode(elements.isEmpty() ? DropMode.ON_OR_INSERT_ROWS : DropMode.ON);
		return elements.isEmpty() ? table.selection().map(r -> new StringSelection(r.name())).orElse(null)
			: new StringSelection(elements.size() + " elements");
	}

	@Override
	public boolean canImport(final TransferSupport support) {
		return support.isDrop() && support.getComponent() == table && (!layer.isEmpty() || !elements.isEmpty());
	}

	@Override
	public boolean importData(final TransferSupport support) {
		if (!canImport(support)) return false;
		final JTable.DropLocation place = (JTable.DropLocation) support.getDropLocation();
		final int row = place.getRow();
		if (!elements.isEmpty()) {
			if (row < 0 || row >= table.getRowCount()) return false;
			wishes.send(elements,
				table.line(row) instanceof ElementRow e ? e.layer() : ((LayerRow) table.line(row)).id());
			return true;
		}
		final LayersModel model = table.shown();
		final int dragged = model.row(layer);
		if (dragged < 0) return false;
		if (!place.isInsertRow()) {
			if (row < 0 || row >= table.getRowCount() || !(table.line(row) instanceof LayerRow other)
				|| other.id().equals(layer)) return false;
			wishes.merge(layer, other.id());
			return true;
		}
		wishes.reorder(layer, model.indexWhenDropped(dragged, table.layersAbove(row)));
		return true;
	}

	@Override
	protected void exportDone(final JComponent source, final Transferable data, final int action) {
		layer = "";
		elements = List.of();
	}
}
