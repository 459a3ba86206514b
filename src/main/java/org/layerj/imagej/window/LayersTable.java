package org.layerj.imagej.window;

import java.awt.Component;
import java.awt.Font;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.swing.DefaultCellEditor;
import javax.swing.DropMode;
import javax.swing.ImageIcon;
import javax.swing.JCheckBox;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.ListSelectionModel;
import javax.swing.SwingConstants;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.TableColumn;

/**
 * The list of layers: visible or not, locked or not, thumbnail, name, opacity, synthetic share. Says what the user
 * wants; changes nothing itself but what it shows.
 */
final class LayersTable extends JTable {

	static final int VISIBLE = 0, LOCKED = 1, THUMBNAIL = 2, NAME = 3, OPACITY = 4, SYNTHETIC = 5;

	private static final long serialVersionUID = 1L;
	private static final String[] TITLES = { "", "", "", "Layer", "Opacity", "Synthetic" };
	private static final String[] TIPS = { "Whether the layer is shown (Space)",
		"Whether the layer is locked: nothing changes its pixels, place and opacity (L)", null,
		"Double-click or press F2 to rename; drag to reorder", "Share of the layer that covers what is below",
		"Share of the layer's pixels that nobody observed: computed, generated, edited by hand or unknown" };

	/** What the user does. */
	interface Wishes {

		void select(String id);

		void setVisible(String id, boolean visible);

		void setLocked(String id, boolean locked);

		void rename(String id, String name);

		void reorder(String id, int index);
	}

	private final transient Wishes wishes;
	private final Rows rows = new Rows();
	private transient LayersModel model = new LayersModel("", List.of(), "", Optional.empty(), Optional.empty());
	private boolean updating;

	LayersTable(final Wishes wishes, final double scale) {
		this.wishes = wishes;
		setModel(rows);
		setName("layers");
		getAccessibleContext().setAccessibleName("Layers");
		setFont(new Font(Font.SANS_SERIF, Font.PLAIN, (int) Math.round(12 * scale)));
		setRowHeight((int) Math.round(44 * scale));
		setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
		setShowGrid(false);
		setFillsViewportHeight(true);
		setSurrendersFocusOnKeystroke(true);
		// Delete, Space and arrows have meanings of their own; typing must not rename by accident.
		putClientProperty("JTable.autoStartsEdit", Boolean.FALSE);
		setDragEnabled(true);
		setDropMode(DropMode.INSERT_ROWS);
		setTransferHandler(new LayerDrag(this, wishes));
		width(VISIBLE, 28, scale);
		width(LOCKED, 24, scale);
		width(THUMBNAIL, 64, scale);
		width(OPACITY, 60, scale);
		width(SYNTHETIC, 66, scale);
		getColumnModel().getColumn(NAME).setPreferredWidth((int) (130 * scale));
		final JCheckBox lock = new JCheckBox(new Padlock((int) (14 * scale), false));
		lock.setSelectedIcon(new Padlock((int) (14 * scale), true));
		lock.setHorizontalAlignment(SwingConstants.CENTER);
		getColumnModel().getColumn(LOCKED).setCellEditor(new DefaultCellEditor(lock));
		final DefaultTableCellRenderer locks =
			renderer((label, row) -> label.setIcon(row.locked() ? lock.getSelectedIcon() : lock.getIcon()));
		locks.setHorizontalAlignment(SwingConstants.CENTER);
		getColumnModel().getColumn(LOCKED).setCellRenderer(locks);
		getColumnModel().getColumn(THUMBNAIL)
			.setCellRenderer(renderer((label, row) -> label.setIcon(new ImageIcon(row.thumbnail()))));
		getColumnModel().getColumn(NAME)
			.setCellRenderer(renderer((label, row) -> label.setText(indent(row) + row.name())));
		getColumnModel().getColumn(OPACITY)
			.setCellRenderer(numbers((label, row) -> label.setText(percent(row.opacity()))));
		getColumnModel().getColumn(SYNTHETIC)
			.setCellRenderer(numbers((label, row) -> label.setText(percent(row.synthetic()))));
		final DefaultCellEditor editor = new DefaultCellEditor(new JTextField());
		editor.getComponent().setFont(getFont());
		getColumnModel().getColumn(NAME).setCellEditor(editor);
		getTableHeader().setReorderingAllowed(false);
		getTableHeader().setFont(getFont());
		getSelectionModel().addListSelectionListener(e -> {
			if (!updating && !e.getValueIsAdjusting() && getSelectedRow() >= 0)
				wishes.select(model.rows().get(getSelectedRow()).id());
		});
	}

	/** Shows this from now on; not while a name is being typed. */
	void show(final LayersModel next) {
		if (isEditing()) return;
		updating = true;
		final boolean sameSize = next.rows().size() == model.rows().size();
		model = next;
		if (sameSize) rows.fireTableRowsUpdated(0, Math.max(0, next.rows().size() - 1));
		else rows.fireTableDataChanged();
		final int row = next.selectedRow();
		if (row < 0) clearSelection();
		else {
			setRowSelectionInterval(row, row);
			scrollRectToVisible(getCellRect(row, NAME, true));
		}
		updating = false;
	}

	LayersModel shown() {
		return model;
	}

	/** The selected layer; empty if there is none. */
	Optional<LayerRow> selection() {
		final int row = getSelectedRow();
		return row < 0 || row >= model.rows().size() ? Optional.empty() : Optional.of(model.rows().get(row));
	}

	void startRenaming() {
		if (getSelectedRow() >= 0 && editCellAt(getSelectedRow(), NAME)
			&& getEditorComponent() instanceof JTextField field)
		{
			field.selectAll();
			field.requestFocusInWindow();
		}
	}

	@Override
	public String getToolTipText(final java.awt.event.MouseEvent e) {
		final int column = columnAtPoint(e.getPoint());
		return column < 0 ? null : TIPS[column];
	}

	static String percent(final double share) {
		// Never none where there is some.
		return share > 0 && share < 0.005 ? "< 1 %" : Math.round(100 * share) + " %";
	}

	private static String indent(final LayerRow row) {
		return "    ".repeat(Math.max(0, row.depth() - 1)) + row.branch();
	}

	private void width(final int column, final int pixels, final double scale) {
		final TableColumn c = getColumnModel().getColumn(column);
		c.setMinWidth((int) (pixels * scale));
		c.setMaxWidth((int) (pixels * scale));
	}

	private DefaultTableCellRenderer numbers(final BiConsumer<DefaultTableCellRenderer, LayerRow> fill) {
		final DefaultTableCellRenderer renderer = renderer(fill);
		renderer.setHorizontalAlignment(SwingConstants.RIGHT);
		return renderer;
	}

	private DefaultTableCellRenderer renderer(final BiConsumer<DefaultTableCellRenderer, LayerRow> fill) {
		return new DefaultTableCellRenderer() {

			private static final long serialVersionUID = 1L;

			@Override
			public Component getTableCellRendererComponent(final JTable table, final Object value,
				final boolean selected, final boolean focused, final int row, final int column)
			{
				super.getTableCellRendererComponent(table, "", selected, false, row, column);
				setEnabled(model.rows().get(row).visible());
				fill.accept(this, model.rows().get(row));
				return this;
			}
		};
	}

	private final class Rows extends AbstractTableModel {

		private static final long serialVersionUID = 1L;

		@Override
		public int getRowCount() {
			return model == null ? 0 : model.rows().size();
		}

		@Override
		public int getColumnCount() {
			return TITLES.length;
		}

		@Override
		public String getColumnName(final int column) {
			return TITLES[column];
		}

		@Override
		public Class<?> getColumnClass(final int column) {
			return column == VISIBLE || column == LOCKED ? Boolean.class : String.class;
		}

		@Override
		public boolean isCellEditable(final int row, final int column) {
			return column == VISIBLE || column == LOCKED || column == NAME;
		}

		@Override
		public Object getValueAt(final int row, final int column) {
			final LayerRow r = model.rows().get(row);
			return switch (column) {
				case VISIBLE -> r.visible();
				case LOCKED -> r.locked();
				case NAME -> r.name();
				case OPACITY -> percent(r.opacity());
				case SYNTHETIC -> percent(r.synthetic());
				default -> "";
			};
		}

		@Override
		public void setValueAt(final Object value, final int row, final int column) {
			if (row >= model.rows().size()) return;
			final LayerRow r = model.rows().get(row);
			if (column == VISIBLE) wishes.setVisible(r.id(), (Boolean) value);
			else if (column == LOCKED) wishes.setLocked(r.id(), (Boolean) value);
			else if (!r.name().equals(value)) wishes.rename(r.id(), (String) value);
		}
	}
}
