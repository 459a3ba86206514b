package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.layerj.layers.edit.Pictures.layer;
import static org.layerj.layers.edit.Pictures.measured;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.Lut;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;
import org.layerj.layers.Samples;
import org.layerj.layers.edit.Replace.Alpha;
import org.layerj.layers.edit.Replace.Fit;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

class ReplaceTest {

	/** Visible from (4, 3), 8 × 4 pixels, half of them thin. */
	private final Layer layer = layer("l", new Bounds(2, 1, 12, 8),
		(x, y) -> x < 2 || x > 9 || y < 2 || y > 5 ? 0x00777777 : y < 4 ? 0xffffffff : 0x40ffffff);
	private final RgbaImage square = Pictures.picture(2, 2, (x, y) -> 0xff3366cc);

	@Test
	void theFitDecidesAboutSizeAndPlace() {
		assertEquals(new Bounds(6, 3, 4, 4), Replace.content(layer, square, Fit.CONTAIN, Alpha.TAKE).bounds());
		assertEquals(new Bounds(4, 3, 8, 4), Replace.content(layer, square, Fit.COVER, Alpha.TAKE).bounds());
		assertEquals(new Bounds(4, 3, 8, 4), Replace.content(layer, square, Fit.STRETCH, Alpha.TAKE).bounds());
		assertEquals(new Bounds(7, 4, 2, 2), Replace.content(layer, square, Fit.NONE, Alpha.TAKE).bounds());
		final RgbaImage large = RgbaImage.blank(31, 20);
		assertEquals(new Bounds(-8, -5, 31, 20), Replace.content(layer, large, Fit.NONE, Alpha.TAKE).bounds());
	}

	@Test
	void whatIsTakenIsSynthetic() {
		final RgbaImage half = Pictures.picture(8, 4, (x, y) -> x < 4 ? 0xff3366cc : 0);
		final Layer taken = Replace.content(layer, half, Fit.STRETCH, Alpha.TAKE);
		assertEquals(half, taken.pixels());
		assertEquals(Mask.of(8, 4, i -> i % 8 < 4), taken.synthetic());
	}

	@Test
	void aKeptShapeGetsNewColoursWhereThereAreSome() {
		final Layer kept = Replace.content(layer, square, Fit.CONTAIN, Alpha.KEEP);
		assertArrayEquals(layer.pixels().plane(RgbaImage.ALPHA), kept.pixels().plane(RgbaImage.ALPHA));
		assertEquals(0xff3366cc, kept.pixels().argb(4, 2));
		assertEquals(0x403366cc, kept.pixels().argb(4, 5));
		assertEquals(0xffffffff, kept.pixels().argb(3, 2), "beside the content");
		assertEquals(0x00777777, kept.pixels().argb(0, 0));
		assertEquals(16, kept.synthetic().count());
	}

	@Test
	void anEmptyLayerIsFilledInItsBounds() {
		final Layer empty = layer("e", new Bounds(5, 5, 4, 4), (x, y) -> 0);
		assertEquals(new Bounds(5, 5, 4, 4), Replace.content(empty, square, Fit.STRETCH, Alpha.TAKE).bounds());
	}

	@Test
	void samplesAreThoseThatShowTheNewColours() {
		final Samples samples = Samples.of(new SampleFormat(Type.F32, List.of(new Channel("", Lut.GREY, -1, 1, true))),
			12, 8, List.of(new float[96]));
		final Layer replaced = Replace.content(layer.withSamples(samples),
			Pictures.picture(8, 4, (x, y) -> x < 4 ? 0xffffffff : 0xff000000), Fit.STRETCH, Alpha.TAKE);
		assertEquals(1, replaced.samples().get().get(0, 0));
		assertEquals(-1, replaced.samples().get().get(0, 7));
		final Layer kept = Replace.content(measured(layer), square, Fit.CONTAIN, Alpha.KEEP);
		assertEquals(1000, kept.samples().get().get(0, 0), "untouched");
		// Of two channels, red and green, the mixture that looks like the colour.
		final List<Channel> channels = List.of(new Channel("", Lut.ramp(0xff0000), 0, 255, true),
			new Channel("", Lut.ramp(0x00ff00), 0, 255, true));
		final Layer two = Replace.content(layer.withSamples(Samples.blank(new SampleFormat(Type.U8, channels), 12, 8)),
			Pictures.picture(8, 4, (x, y) -> 0xffc86400), Fit.STRETCH, Alpha.TAKE);
		assertEquals(200, two.samples().get().get(0, 5), 2);
		assertEquals(100, two.samples().get().get(1, 5), 2);
		assertEquals(0xff, two.pixels().argb(3, 3) >>> 24);
	}

	/** A word is written over another one; the layer reaches as far as it has to. */
	@ParameterizedTest
	@CsvSource({ "7,3,11", "4,3,10" })
	void redrawnLettersTakeThePlaceOfOthers(final int left, final int top, final int width) {
		final Layer paper = layer("p", new Bounds(2, 1, 10, 6), (x, y) -> 0xff000000 | y << 8 | x)
			.withProvenance(Provenance.observed(10, 6));
		// Every other pixel, from the first on.
		final Region gone = new Region(new Bounds(3, 2, 8, 4), Optional.of(Mask.of(8, 4, i -> i % 2 == 0)));
		final Layer letters =
			layer("w", new Bounds(left, top, 6, 2), (x, y) -> y == 1 || x == 1 ? 0xffc83264 : 0x00ffffff);
		final Layer made = Replace.redrawn(paper, gone, letters);
		assertEquals(new Bounds(2, 1, width, 6), made.bounds());
		for (int y = 1; y < 7; y++) for (int x = 2; x < 2 + width; x++) {
			final int argb = made.pixels().argb(x - 2, y - 1);
			final boolean letter =
				letters.bounds().contains(x, y) && letters.pixels().argb(x - left, y - top) >>> 24 != 0;
			final String where = x + ", " + y;
			final Provenance known = made.provenance();
			final int i = (y - 1) * width + x - 2;
			if (letter) assertEquals(0xffc83264, argb, where);
			else if (gone.contains(x, y)) assertEquals(0, argb >>> 24, where);
			else if (x < 12) assertEquals(paper.pixels().argb(x - 2, y - 1), argb, where);
			else assertEquals(0, argb >>> 24, where);
			assertEquals(letter ? 255 : 0, known.share(Kind.BY_HAND, i), where);
			assertEquals(letter ? 0 : 255, known.observed(i), where);
		}
	}
}
