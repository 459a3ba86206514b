package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Point2D;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.Lut;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;
import org.layerj.layers.Samples;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

class WarpTest {

	private static final Point2D ORIGIN = new Point2D.Double();

	/** Cubic convolution swings beyond what it interpolates; shares of a pixel do not. */
	@Test
	void pixelsOfTwoKindsAreMadeOfBothAndOfNothingElse() {
		final Provenance.Builder halves = new Provenance.Builder(8, 1).models(List.of("m"));
		for (int i = 0; i < 8; i++) halves.set(i, i < 4 ? Kind.GENERATED : Kind.BY_HAND, Provenance.ALL);
		final Layer wide = Geometry.resize(
			Pictures.layer("l", Bounds.all(8, 1), (x, y) -> 0xff808080).withProvenance(halves.build()), 3, 1, ORIGIN);
		for (int i = 0; i < 24; i++) {
			final int generated = wide.provenance().share(Kind.GENERATED, i);
			final int byHand = wide.provenance().share(Kind.BY_HAND, i);
			assertTrue(generated + byHand >= 254 && generated + byHand <= 255, i + ": " + generated + " " + byHand);
			if (i < 9) assertEquals(255, generated, 1, "at " + i);
			if (i >= 15) assertEquals(255, byHand, 1, "at " + i);
		}
		// One third of the new pixels lies in the middle between two old ones.
		assertEquals(wide.provenance().share(Kind.GENERATED, 11), wide.provenance().share(Kind.BY_HAND, 12), 1);
		assertTrue(wide.provenance().share(Kind.GENERATED, 11) > 128);
	}

	@Test
	void threeKindsInOnePixelKeepTheirShares() {
		final Provenance.Builder thirds = new Provenance.Builder(6, 1).models(List.of("m"));
		for (int i = 0; i < 6; i++)
			thirds.set(i, Kind.COMPUTED, 51).set(i, Kind.GENERATED, 102).set(i, Kind.UNKNOWN, 51);
		final Layer wide = Geometry.resize(
			Pictures.layer("l", Bounds.all(6, 1), (x, y) -> 0xff808080).withProvenance(thirds.build()), 2, 1, ORIGIN);
		for (int i = 0; i < 12; i++) {
			assertEquals(51, wide.provenance().share(Kind.COMPUTED, i));
			assertEquals(102, wide.provenance().share(Kind.GENERATED, i));
			assertEquals(51, wide.provenance().share(Kind.UNKNOWN, i));
			assertEquals(51, wide.provenance().observed(i));
		}
	}

	/** A third kind beside the two, which would have less than nothing, takes nothing from one of them alone. */
	@Test
	void noKindIsPreferred() {
		final Provenance.Builder builder = new Provenance.Builder(4, 1).models(List.of("m"));
		final Kind[] kinds = { Kind.COMPUTED, Kind.GENERATED, Kind.BY_HAND, Kind.COMPUTED };
		for (int i = 0; i < 4; i++) builder.set(i, kinds[i], Provenance.ALL);
		final Provenance wide =
			Geometry
				.resize(Pictures.layer("l", Bounds.all(4, 1), (x, y) -> 0xff808080).withProvenance(builder.build()), 3,
					1, ORIGIN)
				.provenance();
		for (int i = 0; i < 12; i++) {
			assertEquals(wide.share(Kind.GENERATED, i), wide.share(Kind.BY_HAND, 11 - i), 1, "at " + i);
			assertEquals(wide.share(Kind.COMPUTED, i), wide.share(Kind.COMPUTED, 11 - i), 1, "at " + i);
			assertEquals(0, wide.observed(i), 1, "at " + i);
		}
	}

	@ParameterizedTest
	@EnumSource(Type.class)
	void whereNothingIsThereIsNoSample(final Type type) {
		final Samples samples =
			Samples.blank(new SampleFormat(type, List.of(new Channel("", Lut.GREY, 0, 255, true))), 20, 6);
		for (int i = 0; i < 120; i++) samples.set(0, i, 200);
		final Layer layer =
			Pictures.layer("l", Bounds.all(20, 6), (x, y) -> x == 9 ? 0 : 0xff000000).withSamples(samples);
		final Layer turned = Geometry.rotate(layer, 30, ORIGIN);
		int empty = 0;
		for (int i = 0; i < turned.bounds().area(); i++) {
			final boolean there = turned.pixels().plane(RgbaImage.ALPHA)[i] != 0;
			assertEquals(there ? 200 : 0, turned.samples().get().get(0, i), 1e-3);
			if (there) assertEquals((byte) 200, turned.pixels().plane(0)[i], "the colour is the sample's");
			else empty++;
		}
		assertTrue(empty > 20 && empty < turned.bounds().area() - 80);
	}
}
