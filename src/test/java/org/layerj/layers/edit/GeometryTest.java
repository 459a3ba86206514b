package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.layerj.layers.edit.Pictures.layer;
import static org.layerj.layers.edit.Pictures.measured;
import static org.layerj.layers.edit.Pictures.noise;

import java.awt.geom.Point2D;
import org.junit.jupiter.api.Test;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

class GeometryTest {

	private static final Point2D ORIGIN = new Point2D.Double();
	private final Layer noise = measured(noise("n", new Bounds(3, 4, 7, 5), 1));

	@Test
	void movingChangesNoPixel() {
		final Layer moved = Geometry.move(noise, -10, 2);
		assertEquals(new Bounds(-7, 6, 7, 5), moved.bounds());
		assertSame(noise.pixels(), moved.pixels());
		assertSame(noise.provenance(), moved.provenance());
		assertSame(noise.samples().get(), moved.samples().get());
		assertThrows(EditException.class, () -> Geometry.move(noise, Integer.MAX_VALUE, 0));
		assertEquals(new Bounds(1 << 24, -(1 << 24), 7, 5),
			Geometry.move(noise, (1 << 24) - 3, -(1 << 24) - 4).bounds(), "as far as a layer may lie");
		assertThrows(EditException.class, () -> Geometry.move(noise, (1 << 24) - 2, 0));
		assertThrows(EditException.class, () -> Geometry.move(noise, 0, -(1 << 24) - 5));
	}

	@Test
	void fourQuarterTurnsAndTwoFlipsAreNothing() {
		final Point2D middle = new Point2D.Double(6, 6);
		Layer turned = noise;
		for (int i = 0; i < 4; i++) {
			turned = Geometry.rotate(turned, 90, middle);
			assertNotEquals(noise.pixels(), i == 3 ? null : turned.pixels());
		}
		assertEquals(noise, turned);
		assertEquals(Geometry.rotate(noise, 180, middle),
			Geometry.rotate(Geometry.rotate(noise, 90, middle), 90, middle));
		assertEquals(Geometry.rotate(noise, -90, middle), Geometry.rotate(noise, 270, middle));
		assertEquals(Geometry.rotate(noise, 270, middle),
			Geometry.rotate(Geometry.rotate(noise, 180, middle), 90, middle));
		assertEquals(noise, Geometry.flip(Geometry.flip(noise, true), true));
		assertEquals(noise, Geometry.flip(Geometry.flip(noise, false), false));
		assertEquals(Geometry.rotate(noise, 180, new Point2D.Double(6.5, 6.5)),
			Geometry.flip(Geometry.flip(noise, false), true));
	}

	@Test
	void turnsAreClockwise() {
		final Layer line = layer("l", new Bounds(2, 0, 3, 1), (x, y) -> 0xff000000 | x);
		final Layer down = Geometry.rotate(line, 90, ORIGIN);
		assertEquals(new Bounds(-1, 2, 1, 3), down.bounds());
		assertEquals(line.pixels().plane(RgbaImage.BLUE)[2], down.pixels().plane(RgbaImage.BLUE)[2]);
		final Layer up = Geometry.rotate(line, 270, ORIGIN);
		assertEquals(new Bounds(0, -5, 1, 3), up.bounds());
		for (int i = 0; i < 3; i++)
			assertEquals(2 - i, up.pixels().plane(RgbaImage.BLUE)[i], "the right end is on top");
		assertEquals(1000, measured(line).samples().get().get(0, 0));
		assertEquals(1002, Geometry.rotate(measured(line), 180, ORIGIN).samples().get().get(0, 0));
		assertEquals(1002, Geometry.flip(measured(line), true).samples().get().get(0, 0));
		// A flag to the right of its pole stays right of it after a little turn, and its middle sinks.
		final Layer tilted = Geometry.rotate(layer("f", new Bounds(10, -2, 20, 4), (x, y) -> 0xff336699), 30, ORIGIN);
		assertEquals(20 * Math.cos(Math.PI / 6), Geometry.middle(tilted).getX(), 0.6);
		assertEquals(20 * Math.sin(Math.PI / 6), Geometry.middle(tilted).getY(), 0.6);
	}

	@Test
	void oneColourStaysThatColourHoweverItIsTurnedAndScaled() {
		final Layer disc = layer("d", new Bounds(5, 5, 41, 41), (x, y) -> {
			final double r = Math.hypot(x - 20, y - 20);
			// Hidden colour under transparent pixels must not bleed.
			return (int) Math.max(0, Math.min(255, (15 - r) * 64)) << 24 | (r > 16 ? 0xff00ff : 0xc83264);
		});
		for (final Layer made : new Layer[] { Geometry.rotate(disc, 33, Geometry.middle(disc)),
			Geometry.resize(disc, 1.7, 0.4, Geometry.middle(disc)) })
		{
			int visible = 0;
			for (final int argb : made.pixels().argb()) {
				if (argb >>> 24 == 0) continue;
				visible++;
				assertEquals(0xc83264, argb & 0xffffff);
			}
			assertTrue(visible > 100);
		}
	}

	@Test
	void aTurnedDiscIsTheSameDisc() {
		final Layer disc = layer("d", new Bounds(5, 5, 41, 41),
			(x, y) -> (int) Math.max(0, Math.min(255, (15 - Math.hypot(x - 20, y - 20)) * 64)) << 24);
		final Layer turned = Geometry.rotate(disc, 45, Geometry.middle(disc));
		final byte[] a = disc.onCanvas(51, 51).plane(RgbaImage.ALPHA);
		final byte[] b = turned.onCanvas(51, 51).plane(RgbaImage.ALPHA);
		for (int i = 0; i < a.length; i++) assertEquals(a[i] & 0xff, b[i] & 0xff, 24);
	}

	@Test
	void resizingKeepsThePointAndRoundsEdges() {
		final Layer square = layer("s", new Bounds(10, 20, 8, 8), (x, y) -> 0xff204060);
		assertEquals(new Bounds(6, 16, 16, 16), Geometry.resize(square, 2, 2, new Point2D.Double(14, 24)).bounds());
		assertEquals(new Bounds(10, 20, 12, 4), Geometry.resize(square, 1.5, 0.5, new Point2D.Double(10, 20)).bounds());
		assertTrue(Geometry.resize(square, 3, 3, ORIGIN).pixels().isOpaque(), "edges do not fade");
		assertSame(square.pixels(), Geometry.resize(square, 1, 1, ORIGIN).pixels());
		assertEquals(new Bounds(0, 0, 1, 1), Geometry.resize(square, 1e-9, 1e-9, ORIGIN).bounds());
		for (final double bad : new double[] { 0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e6 })
			assertThrows(EditException.class, () -> Geometry.resize(square, bad, 1, ORIGIN));
	}

	@Test
	void samplesAndMasksAreInterpolatedToo() {
		final Layer ramp = measured(layer("r", new Bounds(0, 0, 8, 1), (x, y) -> 0xff808080));
		final Layer wide =
			Geometry.resize(ramp.withProvenance(Mask.of(8, 1, i -> i == 7).as(Kind.GENERATED)), 2, 1, ORIGIN);
		assertEquals(1003.25, wide.samples().get().get(0, 7), 0.5);
		assertEquals(16, wide.samples().get().width());
		assertTrue(wide.provenance().observed(15) == 0 && wide.provenance().observed(14) < 128
			&& wide.provenance().observed(13) < Provenance.ALL, "what a synthetic pixel lends to is synthetic");
		assertEquals(0,
			java.util.stream.IntStream.range(0, 11)
				.filter(i -> wide.provenance().observed(i) < Provenance.ALL)
				.count());
		assertEquals(ramp.samples().get().format(), Geometry.rotate(ramp, 10, ORIGIN).samples().get().format());
	}

	@Test
	void marginsAreTrimmed() {
		final Layer dot = layer("d", new Bounds(-5, 3, 20, 10), (x, y) -> x == 7 && y == 2 ? 0x10ff0000 : 0x00ffffff);
		assertEquals(new Bounds(2, 5, 1, 1), Gather.trim(dot).bounds());
		assertEquals(0x10ff0000, Gather.trim(dot).pixels().argb(0, 0));
		final Layer empty = layer("e", new Bounds(0, 0, 2, 2), (x, y) -> 0);
		assertSame(empty, Gather.trim(empty));
	}

	@Test
	void nothingGoesBeyondAllBounds() {
		final Layer layer = layer("a", new Bounds(0, 0, 3, 2), (x, y) -> -1);
		for (final double degrees : new double[] { 45, 90, 180 })
			for (final double far : new double[] { 1e12, -1e300 })
				assertEquals("The layer would lie too far from the canvas; choose a point nearer to it.",
					assertThrows(EditException.class, () -> Geometry.rotate(layer, degrees, new Point2D.Double(far, 0)))
						.getMessage());
	}

	@Test
	void oneSideIsResizedWithoutTheOther() {
		final Layer square = layer("s", new Bounds(10, 20, 8, 8), (x, y) -> 0xff204060);
		assertEquals(new Bounds(10, 20, 8, 16), Geometry.resize(square, 1, 2, new Point2D.Double(10, 20)).bounds());
		assertEquals(new Bounds(10, 20, 16, 8), Geometry.resize(square, 2, 1, new Point2D.Double(10, 20)).bounds());
		assertSame(noise, Geometry.resize(noise, 1, 1, ORIGIN), "not even margins are trimmed");
	}

	@Test
	void messagesWriteFactorsAsTheyWereGiven() {
		for (final String factors : new String[] { "-1 and 0.5", "0 and 3", "NaN and 1", "Infinity and 2" }) {
			final double[] f = java.util.Arrays.stream(factors.split(" and ")).mapToDouble(Double::valueOf).toArray();
			assertEquals("A layer is resized by factors above 0, not " + factors + ".",
				assertThrows(EditException.class, () -> Geometry.resize(noise, f[0], f[1], ORIGIN)).getMessage());
		}
	}
}
