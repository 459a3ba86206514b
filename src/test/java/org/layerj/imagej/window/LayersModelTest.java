package org.layerj.imagej.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/** The Layers Window without its window. */
class LayersModelTest {

	private final ImagePlus image = LayeredPictures.hyperstack();
	private final OpenLayers open = OpenLayers.of(image).orElseThrow();
	private final Thumbnails thumbnails = new Thumbnails(56, 40);

	private LayersModel model() {
		return LayersModel.of(open, thumbnails);
	}

	private List<String> names() {
		return model().rows().stream().map(LayerRow::name).toList();
	}

	@Test
	void theTopLayerComesFirst() {
		image.setPosition(1, 2, 1);
		final LayersModel model = model();
		assertEquals("fig", model.title());
		assertEquals(List.of("Title µ", "Box", "Background"), names());
		assertEquals(1, model.selectedRow());
		assertEquals(2, model.index(0));
		assertEquals(0.75, model.rows().get(0).opacity());
		assertEquals(LayeredPictures.three().get(1).syntheticFraction(), model.rows().get(1).synthetic());
		assertTrue(model.rows().get(1).synthetic() > 0.2);
		assertEquals(List.of(1, 0, 0), model.rows().stream().map(LayerRow::depth).toList(),
			"the title was split from the background");
		assertEquals(Optional.empty(), model.undo());
	}

	@Test
	void ancestorsThatAreGoneOrGoRoundInCirclesCountOnce() {
		final Layer a = Layer.of("a", "A", LayeredPictures.opaque(4, 4, 1)).withParent("b");
		final Layer b = Layer.of("b", "B", LayeredPictures.opaque(4, 4, 1)).withParent("a");
		final Layer c = Layer.of("c", "C", LayeredPictures.opaque(4, 4, 1)).withParent("gone");
		final LayersModel model = LayersModel
			.of(OpenLayers.of(Hyperstacks.of(new LayerStack(4, 4, List.of(a, b, c)), "x")).orElseThrow(), thumbnails);
		assertEquals(List.of(1, 1, 1), model.rows().stream().map(LayerRow::depth).toList());
		assertEquals(List.of("\u00b7 ", "\u250c ", "\u2514 "), model.rows().stream().map(LayerRow::branch).toList());
	}

	@Test
	void rowsAreDroppedBetweenRows() {
		final LayersModel model = model();
		assertEquals(2, model.indexWhenDropped(2, 0), "to the top");
		assertEquals(0, model.indexWhenDropped(0, 3), "to the bottom");
		assertEquals(1, model.indexWhenDropped(0, 2), "between the two others");
		assertEquals(1, model.indexWhenDropped(1, 1), "where it was");
		assertEquals(1, model.indexWhenDropped(1, 2), "where it was");
	}

	@Test
	void whatTheWindowDoesIsSeenAndCanBeUndone() {
		LayerActions.rename(open, "box", " Red box ");
		LayerActions.setVisible(open, "box", false);
		LayerActions.setOpacity(open, "box", 0.5);
		LayerActions.reorder(open, "box", 99);
		LayerActions.setLocked(open, "box", true);
		final LayerRow row = model().rows().get(0);
		assertEquals("Red box", row.name());
		assertFalse(row.visible());
		assertEquals(0.5, row.opacity());
		assertTrue(row.locked());
		LayerActions.duplicate(open, "title");
		assertEquals(List.of("Red box", "Title µ copy", "Title µ", "Background"), names());
		assertEquals(1, model().selectedRow());
		LayerActions.mergeDown(open, model().selected());
		assertEquals(3, names().size());
		LayerActions.delete(open, "bg");
		assertEquals(2, names().size());
		LayerActions.delete(open, "bg");
		assertEquals(2, names().size(), "gone already");
		for (int i = 0; i < 8; i++) LayerActions.undo(open);
		assertEquals(LayeredPictures.three(), open.layers());
		assertEquals(Optional.empty(), model().undo());
		LayerActions.redo(open);
		assertEquals("Red box", model().rows().get(1).name());
	}

	@Test
	void thumbnailsAreMadeOncePerPixels() {
		final BufferedImage before = model().rows().get(1).thumbnail();
		LayerActions.setOpacity(open, "box", 0.5);
		assertSame(before, model().rows().get(1).thumbnail());
		LayeredPictures.paint(image, 2, 2, 8, 8, 255);
		assertNotSame(before, model().rows().get(1).thumbnail());
	}

	@Test
	void thumbnailsShowWhatCanBeSeenOnACheckerboard() {
		final BufferedImage box = thumbnails.of(LayeredPictures.three().get(1));
		assertEquals(0xc80000, box.getRGB(28, 20) & 0xffffff, "red in the middle");
		assertTrue(List.of(0xffffff, 0xcccccc).contains(box.getRGB(3, 20) & 0xffffff), "checkerboard beside it");
		assertNotEquals(box.getRGB(3, 20), box.getRGB(3, 25));
	}
}
