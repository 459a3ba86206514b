package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.layerj.layers.edit.Pictures.layer;
import static org.layerj.layers.edit.Pictures.measured;
import static org.layerj.layers.edit.Pictures.noise;
import static org.layerj.layers.edit.Pictures.picture;
import static org.layerj.layers.edit.Pictures.stack;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.layerj.layers.Bounds;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Kind;

class LayerOnBackgroundTest {

	private static final Bounds AT = new Bounds(10, 5, 30, 20);

	/** Opaque left, fading out to the right; nothing in the first column. */
	private static int faded(final int x, final int rgb) {
		return (x == 0 ? 0 : x < 15 ? 255 : 255 - 16 * (x - 14)) << 24 | rgb;
	}

	private static LayerStack figure(final int rgb) {
		return stack(60, 40, noise("background", Bounds.all(60, 40), 3), layer("thing", AT, (x, y) -> faded(x, rgb)),
			noise("above", new Bounds(0, 0, 20, 20), 4));
	}

	@ParameterizedTest
	@EnumSource(LayerOnBackground.Kind.class)
	void anAnswerThatChangesNothingGivesTheSameColours(final LayerOnBackground.Kind kind) {
		final LayerStack stack = figure(0xc02010);
		final Layer thing = stack.get(1);
		final LayerOnBackground sent = LayerOnBackground.of(stack, thing, kind, Optional.empty(), false);
		assertTrue(sent.picture().isOpaque() && sent.background().isOpaque());
		final Layer same = sent.colours(thing, sent.picture(), "editor");
		assertEquals(thing.bounds(), same.bounds());
		assertEquals(Set.of("editor"), same.provenance().models());
		for (int i = 0; i < 600; i++) {
			final int a = thing.pixels().plane(RgbaImage.ALPHA)[i] & 0xff;
			assertEquals(a, same.pixels().plane(RgbaImage.ALPHA)[i] & 0xff);
			assertEquals(a > 0 ? 255 : 0, same.provenance().share(Kind.GENERATED, i), "whatever it looks like");
			for (int c = 0; c < 3 && a > 0; c++)
				assertEquals(thing.pixels().plane(c)[i] & 0xff, same.pixels().plane(c)[i] & 0xff, 2);
		}
	}

	@Test
	void theBackgroundIsWhatLiesBelow() {
		final LayerStack stack = figure(0xc02010);
		final LayerOnBackground sent =
			LayerOnBackground.of(stack, stack.get(1), LayerOnBackground.Kind.FIGURE, Optional.empty(), false);
		final RgbaImage below = org.layerj.layers.Compositor.flatten(stack(60, 40, stack.get(0)), 0xffffffff);
		final Bounds b = sent.box();
		for (int y = 0; y < b.height(); y++) for (int x = 0; x < b.width(); x++) {
			final boolean on = x + b.x() >= 0 && y + b.y() >= 0 && x + b.x() < 60 && y + b.y() < 40;
			assertEquals(on ? below.argb(x + b.x(), y + b.y()) : -1, sent.background().argb(x, y));
		}
		assertTrue(b.x() <= AT.x() + 1 - 8 && b.right() >= AT.right() + 8, "with some room: " + b);
	}

	@ParameterizedTest
	@CsvSource({ "c02010,ffffff", "f8f8f0,808080", "888888,ffffff" })
	void aPlainBackgroundIsOneThatTheLayerIsSeenOn(final String thing, final String background) {
		final LayerStack stack = figure(Integer.parseInt(thing, 16));
		assertEquals(0xff000000 | Integer.parseInt(background, 16),
			LayerOnBackground.of(stack, stack.get(1), LayerOnBackground.Kind.PLAIN, Optional.empty(), false)
				.background()
				.argb(0, 0));
	}

	@Test
	void aLongThingGetsRoomAcross() {
		final LayerStack stack = stack(400, 50, layer("line", new Bounds(10, 20, 380, 1), (x, y) -> 0xff000000));
		final Bounds b =
			LayerOnBackground.of(stack, stack.get(0), LayerOnBackground.Kind.FIGURE, Optional.empty(), true).box();
		// 12 % of 380 all around would be 472 × 93; a quarter of 472 is needed.
		assertEquals(new Bounds(10 - 46, 20 - 58, 472, 118), b);
		final LayerStack tall = stack(50, 400, layer("line", new Bounds(20, 10, 1, 380), (x, y) -> 0xff000000));
		assertEquals(new Bounds(20 - 58, 10 - 46, 118, 472),
			LayerOnBackground.of(tall, tall.get(0), LayerOnBackground.Kind.FIGURE, Optional.empty(), true).box());
		final LayerStack dot = stack(50, 50, layer("dot", new Bounds(20, 10, 5, 3), (x, y) -> 0xff000000));
		assertEquals(new Bounds(12, 2, 21, 19),
			LayerOnBackground.of(dot, dot.get(0), LayerOnBackground.Kind.FIGURE, Optional.empty(), true).box(),
			"eight pixels at least");
	}

	@Test
	void aSelectionLimitsWhatBecomesNew() {
		final LayerStack stack = figure(0xc02010);
		final Layer thing = Display.redraw(measured(stack.get(1)));
		final Mask left = Mask.of(60, 40, i -> i % 60 < 20);
		final LayerOnBackground sent =
			LayerOnBackground.of(stack.with(thing), thing, LayerOnBackground.Kind.PLAIN, Optional.of(left), false);
		final RgbaImage green = picture(sent.box().width(), sent.box().height(), (x, y) -> 0xff00ff00);
		final Layer colours = sent.colours(thing, green, "editor");
		final Layer part = Replace.part(thing, sent.box(), green, sent.mask(), "editor");
		for (int y = 0; y < 20; y++) for (int x = 1; x < 30; x++) {
			final int i = y * 30 + x;
			final int j = (y + AT.y() - part.bounds().y()) * part.bounds().width() + x + AT.x() - part.bounds().x();
			assertEquals(x < 10 ? 255 : 0, colours.provenance().share(Kind.GENERATED, i));
			assertEquals(x < 10 ? 255 : 0, part.provenance().share(Kind.GENERATED, j));
			if (x < 10) continue;
			assertEquals(thing.pixels().argb(x, y), colours.pixels().argb(x, y));
			assertEquals(thing.samples().get().get(0, i), colours.samples().get().get(0, i));
			assertEquals(thing.samples().get().get(0, i), part.samples().get().get(0, j));
			assertEquals(thing.pixels().plane(RgbaImage.ALPHA)[i], part.pixels().plane(RgbaImage.ALPHA)[j]);
		}
		final String message = assertThrows(EditException.class, () -> LayerOnBackground.of(stack, stack.get(1),
			LayerOnBackground.Kind.PLAIN, Optional.of(Mask.of(60, 40, i -> i < 60)), false)).getMessage();
		assertEquals("The selection holds nothing of layer THING, so there is nothing that words could change.",
			message);
	}

	@Test
	void aPartMayReachBeyondTheLayerAndEmptyIt() {
		final Layer thing = figure(0xc02010).get(1);
		final Layer made = Replace.part(thing, new Bounds(0, 0, 20, 40),
			picture(20, 40, (x, y) -> y < 2 ? 0xff0000ff : 0), Mask.all(20, 40), "editor");
		assertEquals(new Bounds(0, 0, 40, 25), made.bounds());
		assertEquals(0xff0000ff, made.pixels().argb(3, 1));
		assertTrue(made.synthetic().get(3, 1) && !made.synthetic().get(3, 10) && !made.synthetic().get(25, 10));
		assertEquals(0, made.pixels().argb(15, 10) >>> 24);
		assertEquals(thing.pixels().argb(12, 8), made.pixels().argb(22, 13));
	}

	@Test
	void anEmptyLayerIsSaid() {
		final LayerStack stack = stack(9, 9, layer("none", Bounds.all(9, 9), (x, y) -> 0));
		assertEquals("Layer NONE is empty, so there is nothing that words could change.",
			assertThrows(EditException.class,
				() -> LayerOnBackground.of(stack, stack.get(0), LayerOnBackground.Kind.PLAIN, Optional.empty(), true))
				.getMessage());
	}
}
