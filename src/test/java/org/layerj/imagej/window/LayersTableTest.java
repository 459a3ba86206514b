package org.layerj.imagej.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.swing.JScrollPane;
import javax.swing.JViewport;
import org.junit.jupiter.api.Test;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.pick.LayerParts;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/** The list of layers with elements below them, without a screen. */
class LayersTableTest {

	private static final int MANY = 2000;

	private final List<String> wishes = new ArrayList<>();
	private final LayersTable table = new LayersTable(new LayersTable.Wishes() {

		@Override
		public void select(final String id) {
			wishes.add("select " + id);
		}

		@Override
		public void setVisible(final String id, final boolean visible) {}

		@Override
		public void setLocked(final String id, final boolean locked) {
			wishes.add("lock " + id + " " + locked);
		}

		@Override
		public void rename(final String id, final String name) {
			wishes.add("rename " + id);
		}

		@Override
		public void reorder(final String id, final int index) {}

		@Override
		public void merge(final String id, final String other) {}

		@Override
		public void choose(final List<Integer> elements) {
			wishes.add("choose " + elements);
		}

		@Override
		public void send(final List<Integer> elements, final String layer) {}

		@Override
		public void opened() {}

		@Override
		public void draw(final int element) {
			wishes.add("draw");
		}
	}, 1);

	/** Squares of 4 pixels in one layer, and an empty one above. */
	private static LayerStack squares() {
		final int w = 50 * 6;
		final int h = MANY / 50 * 6;
		final int[] background = new int[w * h];
		Arrays.fill(background, -1);
		final int[] squares = new int[w * h];
		for (int i = 0; i < squares.length; i++) if (i % w % 6 < 4 && i / w % 6 < 4) squares[i] = 0xff2040d0;
		return new LayerStack(w, h,
			List.of(Layer.of("background", "Background", RgbaImage.ofArgb(w, h, background)),
				Layer.of("squares", "Squares", RgbaImage.ofArgb(w, h, squares)),
				Layer.of("marks", "Marks", RgbaImage.blank(w, h))));
	}

	private final OpenLayers open = OpenLayers.of(Hyperstacks.of(squares(), "squares")).orElseThrow();

	private void show() {
		table.show(LayersModel.of(open, new Thumbnails(56, 40)), Optional.of(LayerParts.of(open, Optional.empty())));
	}

	@Test
	void thousandsOfElementsAreListedAtOnceAndDrawnWhenSeen() {
		show();
		assertEquals(3, table.getRowCount());
		// Fonts are loaded.
		paint();
		final long begun = System.nanoTime();
		table.open("squares", true);
		show();
		paint();
		final double seconds = (System.nanoTime() - begun) / 1e9;
		System.out.printf("%d elements listed and drawn in %.2f s%n", MANY, seconds);
		assertTrue(seconds < 4, seconds + " s");
		assertEquals(3 + MANY, table.getRowCount());
		final long drawn = wishes.stream().filter("draw"::equals).count();
		assertTrue(drawn > 3 && drawn < 20, drawn + " pictures for " + 270 / 26 + " rows");
		table.open("squares", false);
		show();
		assertEquals(3, table.getRowCount());
	}

	private void paint() {
		final JViewport view = new JScrollPane(table).getViewport();
		table.setSize(380, table.getPreferredSize().height);
		view.setSize(380, 270);
		view.doLayout();
		view.paint(new BufferedImage(380, 270, BufferedImage.TYPE_INT_RGB).createGraphics());
	}

	@Test
	void elementsAreChosenTogetherAndLayersAlone() {
		table.open("squares", true);
		show();
		wishes.clear();
		table.setRowSelectionInterval(2, 3);
		assertEquals(2, table.elements().size());
		assertEquals("choose " + table.elements(), wishes.get(wishes.size() - 1));
		assertEquals(Optional.empty(), table.selection(), "keys and buttons for layers have none to work on");
		final List<Integer> chosen = table.elements();
		show();
		assertEquals(chosen, table.elements(), "they stay chosen as long as the same layer is selected");
		table.addRowSelectionInterval(1, 1);
		assertEquals(List.of(), table.elements());
		assertEquals("select squares", wishes.get(wishes.size() - 1));
		assertTrue(table.isCellEditable(1, LayersTable.NAME) && !table.isCellEditable(2, LayersTable.NAME));
		table.setValueAt("a", 2, LayersTable.NAME);
		table.setValueAt(true, 1, LayersTable.LOCKED);
		assertEquals("lock squares true", wishes.get(wishes.size() - 1));
		open.select("marks");
		show();
		assertEquals("marks", table.selection().orElseThrow().id());
	}
}
