package org.layerj.imagej.window;

import java.awt.Component;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.event.InputEvent;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import javax.swing.DefaultCellEditor;
import javax.swing.DropMode;
import javax.swing.ImageIcon;
import javax.swing.JCheckBox;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.ListSelectionModel;
import javax.swing.SwingConstants;
import javax.swing.UIManager;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.TableCellRenderer;
import javax.swing.table.TableColumn;
import org.layerj.imagej.pick.LayerParts;

/**
 * The list of layers: visible or not, locked or not, thumbnail, name, opacity, synthetic share; of those that are
 * opened the elements too. Says what the user wants; changes nothing itself but what it shows.
 */
final class LayersTable extends JTable {

	static final int VISIBLE = 0, LOCKED = 1, THUMBNAIL = 2, NAME = 3, OPACITY = 4, SYNTHETIC = 5;

	private static final long serialVersionUID = 1L;
	private static final String[] TITLES = { "", "", "", "Layer", "Opacity", "Synthetic" };
	private static final String[] TIPS = { "Whether the layer is shown (Space)",
		"Whether the layer is locked: nothing changes its pixels, place and opacity (L)", null,
		"Double-click or F2: rename; drag: between two to reorder, onto one to merge; triangle: elements, to click or drag to a layer",
		"Share of the layer that covers what is below",
		"Share of the layer's pixels that were not observed: computed, generated, edited by hand or unknown" };

	/** What the user does. */
	interface Wishes {

		void select(String id);

		void setVisible(String id, boolean visible);

		void setLocked(String id, boolean locked);

		void rename(String id, String name);

		void reorder(String id, int index);

		/** Two layers are to be one. */
		void merge(String id, String other);

		/** Elements, by id, are to be what is chosen. */
		void choose(List<Integer> elements);

		/** Elements, by id, are to go to a layer. */
		void send(List<Integer> elements, String layer);

		/** A layer was opened or closed. */
		void opened();

		/** A small picture is needed, for {@link LayersTable#picture}. */
		void draw(int element);
	}

	private final transient Wishes wishes;
	private final Rows rows = new Rows();
	private final int rowHeight;
	private final int elementHeight;
	/** Ids of the layers whose elements are to be seen; looked at by other threads. */
	private final transient Set<String> opened = ConcurrentHashMap.newKeySet();
	private transient List<Line> lines = List.of();
	private transient Optional<LayerParts> parts = Optional.empty();
	private final transient Map<Integer, ImageIcon> pictures = new HashMap<>();
	private final transient Set<Integer> asked = new HashSet<>();
	private transient LayersModel model = new LayersModel("", List.of(), "", Optional.empty(), Optional.empty());
	private String last = "";
	private boolean updating;
	private final transient TableCellRenderer elementRenderer = new ElementRenderer();

	LayersTable(final Wishes wishes, final double scale) {
		this.wishes = wishes;
		setModel(rows);
		setName("layers");
		getAccessibleContext().setAccessibleName("Layers");
		setFont(new Font(Font.SANS_SERIF, Font.PLAIN, (int) Math.round(12 * scale)));
		rowHeight = (int) Math.round(44 * scale);
		elementHeight = (int) Math.round(26 * scale);
		setRowHeight(rowHeight);
		// Of elements; of layers one at a time.
		setSelectionMode(ListSelectionModel.MULTIPLE_INTERVAL_SELECTION);
		setShowGrid(false);
		setFillsViewportHeight(true);
		setSurrendersFocusOnKeystroke(true);
		// Delete, Space and arrows have meanings of their own; typing must not rename by accident.
		putClientProperty("JTable.autoStartsEdit", Boolean.FALSE);
		// Swing fails without a screen.
		if (!GraphicsEnvironment.isHeadless()) setDragEnabled(true);
		setDropMode(DropMode.ON_OR_INSERT_ROWS);
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
		getColumnModel().getColumn(NAME).setCellRenderer(renderer((label, row) -> {
			label.setIcon(UIManager.getIcon(opened.contains(row.id()) ? "Tree.expandedIcon" : "Tree.collapsedIcon"));
			label.setText(indent(row) + row.name());
		}));
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
			if (!updating && !e.getValueIsAdjusting() && getSelectedRow() >= 0) selected();
		});
	}

	private void selected() {
		final int lead = isRowSelected(getSelectionModel().getLeadSelectionIndex())
			? getSelectionModel().getLeadSelectionIndex() : getSelectedRow();
		final int[] all = getSelectedRows();
		if (lines.get(lead) instanceof LayerRow layer) {
			// One layer, or elements.
			if (all.length > 1) setRowSelectionInterval(lead, lead);
			else wishes.select(layer.id());
			return;
		}
		final List<Integer> elements = elements();
		if (elements.size() == all.length) wishes.choose(elements);
		else for (final int row : all) if (lines.get(row) instanceof LayerRow) removeRowSelectionInterval(row, row);
	}

	/** Ids of the elements that are selected, from the top row down. */
	List<Integer> elements() {
		return Arrays.stream(getSelectedRows())
			.mapToObj(lines::get)
			.filter(ElementRow.class::isInstance)
			.map(l -> ((ElementRow) l).id())
			.toList();
	}

	/**
	 * Shows this from now on; not while a name is being typed.
	 *
	 * @param found the elements; empty as long as no layer is opened
	 */
	void show(final LayersModel next, final Optional<LayerParts> found) {
		if (isEditing()) return;
		updating = true;
		final List<Integer> chosen = next.selected().equals(model.selected()) ? elements() : List.of();
		if (!(found.isPresent() && parts.filter(found.get()::sameElements).isPresent())) {
			pictures.clear();
			asked.clear();
		}
		model = next;
		parts = found;
		final List<Line> before = lines;
		lines = lines();
		final boolean sameKinds = before.size() == lines.size()
			&& IntStream.range(0, lines.size()).allMatch(k -> before.get(k).getClass() == lines.get(k).getClass());
		if (sameKinds) rows.fireTableRowsUpdated(0, Math.max(0, lines.size() - 1));
		else {
			rows.fireTableDataChanged();
			setRowHeight(rowHeight);
			for (int k = 0; k < lines.size(); k++)
				if (lines.get(k) instanceof ElementRow) setRowHeight(k, elementHeight);
		}
		clearSelection();
		for (int k = 0; k < lines.size(); k++)
			if (lines.get(k) instanceof ElementRow e && chosen.contains(e.id())) addRowSelectionInterval(k, k);
		final int row = next.selectedRow() < 0 ? -1 : lines.indexOf(next.rows().get(next.selectedRow()));
		if (getSelectedRow() < 0 && row >= 0) {
			setRowSelectionInterval(row, row);
			if (!sameKinds || !next.selected().equals(last)) scrollRectToVisible(getCellRect(row, NAME, true));
		}
		last = next.selected();
		updating = false;
	}

	private List<Line> lines() {
		final List<Line> all = new ArrayList<>();
		for (final LayerRow layer : model.rows()) {
			all.add(layer);
			if (opened.contains(layer.id())) parts.ifPresent(
				p -> p.in(layer.id()).forEach(e -> all.add(new ElementRow(e.id(), LayerParts.name(e), layer.id()))));
		}
		return all;
	}

	/** Opens or closes a layer, to see its elements. */
	void open(final String layer, final boolean open) {
		if (open ? opened.add(layer) : opened.remove(layer)) wishes.opened();
	}

	/** Whether elements are to be seen; for any thread. */
	boolean isOpened() {
		return !opened.isEmpty();
	}

	/** Of another picture, no layer is opened. */
	void closeAll() {
		opened.clear();
	}

	/** The small picture of an element, which was asked for. */
	void picture(final int element, final BufferedImage image) {
		pictures.put(element, new ImageIcon(image));
		repaint();
	}

	/** What a row shows. */
	Line line(final int row) {
		return lines.get(row);
	}

	/** Layers in rows above a row. */
	int layersAbove(final int row) {
		return (int) lines.stream().limit(row).filter(LayerRow.class::isInstance).count();
	}

	LayersModel shown() {
		return model;
	}

	/** The selected layer; empty if there is none, or if elements are. */
	Optional<LayerRow> selection() {
		final int row = getSelectedRow();
		return row >= 0 && row < lines.size() && lines.get(row) instanceof LayerRow layer ? Optional.of(layer)
			: Optional.empty();
	}

	/**
	 * On the triangle before a layer's name a click opens the layer. A press on another row chooses that and may begin
	 * a drag; where several rows can be selected, Swing wants it to be selected before.
	 */
	@Override
	protected void processMouseEvent(final MouseEvent e) {
		final int row = rowAtPoint(e.getPoint());
		if (e.getID() == MouseEvent.MOUSE_PRESSED && row >= 0 && columnAtPoint(e.getPoint()) == NAME
			&& lines.get(row) instanceof LayerRow layer
			&& e.getX() - getCellRect(row, NAME, false).x <= UIManager.getIcon("Tree.expandedIcon").getIconWidth() + 4)
		{
			open(layer.id(), !opened.contains(layer.id()));
			e.consume();
			return;
		}
		final boolean alone =
			e.getID() == MouseEvent.MOUSE_PRESSED && row >= 0 && !isRowSelected(row) && (e.getModifiersEx()
				& (InputEvent.SHIFT_DOWN_MASK | InputEvent.CTRL_DOWN_MASK | InputEvent.META_DOWN_MASK)) == 0;
		if (alone) mode(ListSelectionModel.SINGLE_SELECTION);
		super.processMouseEvent(e);
		if (alone) mode(ListSelectionModel.MULTIPLE_INTERVAL_SELECTION);
	}

	/** How many rows may be selected; unlike {@link #setSelectionMode}, leaves what is selected. */
	private void mode(final int mode) {
		updating = true;
		getSelectionModel().setSelectionMode(mode);
		getColumnModel().getSelectionModel().setSelectionMode(mode);
		updating = false;
	}

	/** Of an element there is a picture and a name. */
	@Override
	public TableCellRenderer getCellRenderer(final int row, final int column) {
		return lines.get(row) instanceof ElementRow ? elementRenderer : super.getCellRenderer(row, column);
	}

	private final class ElementRenderer extends DefaultTableCellRenderer {

		private static final long serialVersionUID = 1L;

		@Override
		public Component getTableCellRendererComponent(final JTable table, final Object value, final boolean selected,
			final boolean focused, final int row, final int column)
		{
			super.getTableCellRendererComponent(table, "", selected, false, row, column);
			final ElementRow e = (ElementRow) lines.get(row);
			setIcon(null);
			setHorizontalAlignment(column == THUMBNAIL ? RIGHT : LEFT);
			if (column == NAME) setText("        " + e.name());
			if (column == THUMBNAIL) {
				setIcon(pictures.get(e.id()));
				// Only of rows that are seen.
				if (getIcon() == null && asked.add(e.id())) wishes.draw(e.id());
			}
			return this;
		}
	}

	void startRenaming() {
		if (selection().isPresent() && editCellAt(getSelectedRow(), NAME)
			&& getEditorComponent() instanceof JTextField field)
		{
			field.selectAll();
			field.requestFocusInWindow();
		}
	}

	@Override
	public String getToolTipText(final MouseEvent e) {
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
				final LayerRow layer = (LayerRow) lines.get(row);
				setEnabled(layer.visible());
				fill.accept(this, layer);
				return this;
			}
		};
	}

	private final class Rows extends AbstractTableModel {

		private static final long serialVersionUID = 1L;

		@Override
		public int getRowCount() {
			return lines == null ? 0 : lines.size();
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
			return lines.get(row) instanceof LayerRow && (column == VISIBLE || column == LOCKED || column == NAME);
		}

		@Override
		public Object getValueAt(final int row, final int column) {
			if (lines.get(row) instanceof ElementRow e) return column == NAME ? e.name() : "";
			final LayerRow r = (LayerRow) lines.get(row);
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
			if (row >= lines.size() || !(lines.get(row) instanceof LayerRow r)) return;
			if (column == VISIBLE) wishes.setVisible(r.id(), (Boolean) value);
			else if (column == LOCKED) wishes.setLocked(r.id(), (Boolean) value);
			else if (!r.name().equals(value)) wishes.rename(r.id(), (String) value);
		}
	}
}
