package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.layerj.layers.edit.Pictures.layer;
import static org.layerj.layers.edit.Pictures.measured;
import static org.layerj.layers.edit.Pictures.noise;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.Lut;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Kind;

class RecolourTest {

	private static final Bounds BOX = new Bounds(2, 1, 16, 8);

	/** A line of one colour whose edges are smooth, and rounded coarsely where they are thin. */
	private static Layer line(final int rgb) {
		return layer("line", BOX, (x, y) -> switch (y) {
			case 3 -> 0xff000000 | rgb;
			case 2 -> 0x60000000 | rgb ^ 0x030303;
			case 4 -> 0x08000000 | rgb ^ 0x1f1f1f;
			default -> 0x00abcdef;
		});
	}

	private static int at(final Layer layer, final int x, final int y) {
		return layer.pixels().argb(x, y);
	}

	@ParameterizedTest
	@CsvSource({ "000000,d55e00", "ffffff,000000", "1f77b4,cc79a7", "ff0000,ff0000", "d62728,ffffff" })
	void tintMakesALineExactlyTheTarget(final String from, final String to) {
		final int target = Integer.parseInt(to, 16);
		final Layer tinted = Recolour.tint(line(Integer.parseInt(from, 16)), target);
		assertEquals(0xff000000 | target, at(tinted, 5, 3));
		assertEquals(0x60000000 | target, at(tinted, 5, 2));
		assertEquals(0x08000000 | target, at(tinted, 5, 4));
		assertEquals(0x00abcdef, at(tinted, 5, 0), "nothing under transparent pixels");
	}

	@Test
	void tintKeepsShades() {
		// Mostly mid-grey, with black, white and what lies between.
		final Layer photo =
			layer("photo", new Bounds(0, 0, 256, 3), (x, y) -> 0xff000000 | (y < 2 ? 128 : x) * 0x010101);
		final Layer tinted = Recolour.tint(photo, 0xd55e00);
		assertEquals(0xffd55e00, at(tinted, 0, 0));
		assertEquals(0xff000000, at(tinted, 0, 2));
		assertEquals(0xffffffff, at(tinted, 255, 2));
		double before = -1;
		for (int x = 0; x < 256; x++) {
			final double l = OkLab.of(at(tinted, x, 2) & 0xffffff).l();
			assertTrue(l >= before - 0.004, "lighter stays lighter at " + x);
			before = l;
		}
	}

	@Test
	void huesTurnAndComeBack() {
		final Layer red = layer("r", BOX, (x, y) -> 0xffff0000);
		assertEquals(0xff00ff00, at(Recolour.hue(red, 120), 0, 0));
		assertEquals(0xff0000ff, at(Recolour.hue(red, -120), 0, 0));
		assertEquals(0xff00ffff, at(Recolour.hue(red, 180 + 720), 0, 0));
		final Layer grey = layer("g", BOX, (x, y) -> 0xff000000 | x * 0x111111);
		assertEquals(grey, Recolour.hue(grey, 77));
		final Layer noise = noise("n", BOX, 3);
		assertEquals(noise, Recolour.hue(noise, 360));
		assertTrue(Pictures.difference(noise.pixels(), Recolour.hue(Recolour.hue(noise, 90), -90).pixels()) <= 2);
		assertThrows(EditException.class, () -> Recolour.hue(red, Double.NaN));
	}

	@Test
	void aTableColoursLuminance() {
		final Layer ramp = layer("r", new Bounds(0, 0, 256, 1), (x, y) -> 0x80000000 | x * 0x010101);
		final Layer red = Recolour.lut(ramp, Lut.ramp(0xff0000));
		for (int x = 0; x < 256; x++) assertEquals(0x80000000 | x << 16, at(red, x, 0));
		assertEquals(0xff000000 | 0x4c4c4c, at(Recolour.lut(layer("x", BOX, (x, y) -> 0xffff0000), Lut.GREY), 0, 0));
	}

	@Test
	void shapeAndMaskStay() {
		final Layer noise = noise("n", BOX, 4).withOpacity(0.3);
		for (final Layer made : List.of(Recolour.hue(noise, 50), Recolour.tint(noise, 0x123456),
			Recolour.lut(noise, Lut.GREY), Recolour.map(noise, PaletteMap.of(List.of(noise), Palette.TOL_BRIGHT))))
		{
			assertArrayEquals(noise.pixels().plane(RgbaImage.ALPHA), made.pixels().plane(RgbaImage.ALPHA));
			for (int i = 0; i < noise.pixels().plane(0).length; i++) {
				assertEquals(noise.provenance().share(Kind.GENERATED, i), made.provenance().share(Kind.GENERATED, i));
				final boolean same = noise.pixels().argb(i % 16, i / 16) == made.pixels().argb(i % 16, i / 16);
				if (noise.pixels().plane(RgbaImage.ALPHA)[i] != 0)
					assertEquals(same ? noise.provenance().observed(i) : 0, made.provenance().observed(i));
			}
			assertEquals(noise.bounds(), made.bounds());
			assertEquals(0.3, made.opacity());
		}
		assertNotEquals(noise.pixels(), Recolour.tint(noise, 0x123456).pixels());
	}

	@Test
	void measuredLayersAreRejected() {
		final Layer measured = measured(noise("n", BOX, 5));
		final String message = assertThrows(EditException.class, () -> Recolour.tint(measured, 0)).getMessage();
		assertTrue(message.startsWith("Layer N holds the picture's own samples") && message.endsWith("."), message);
		assertThrows(EditException.class, () -> Recolour.hue(measured, 3));
	}

	@Test
	void aPaletteTakesThePlaceOfMainColours() {
		// Two curves, red and green, with smooth edges against each other, black axes.
		final Layer curves = layer("c", BOX, (x, y) -> switch (y) {
			case 0 -> 0xff000000;
			case 1, 2 -> 0xffe60000;
			case 3 -> 0xff735a00;
			case 4, 5, 6 -> 0xff00b400;
			default -> 0x80e60000;
		});
		final PaletteMap map = PaletteMap.of(List.of(curves), Palette.OKABE_ITO);
		final Layer safe = Recolour.map(curves, map);
		assertEquals(0xff000000, at(safe, 0, 0));
		assertEquals(0xffd55e00, at(safe, 0, 1));
		assertEquals(0xff009e73, at(safe, 0, 4));
		assertEquals(0x80d55e00, at(safe, 0, 7));
		assertEquals(MainColours.mix(0xd55e00, 0x009e73, 0.5), at(safe, 0, 3) & 0xffffff);
		// For those without red cones the two were hard to tell apart.
		assertTrue(distance(0xe60000, 0x00b400) * 1.5 < distance(0xd55e00, 0x009e73));
	}

	private static double distance(final int a, final int b) {
		return Math.min(OkLab.of(ColourVision.PROTAN.simulate(a)).distance(OkLab.of(ColourVision.PROTAN.simulate(b))),
			OkLab.of(ColourVision.DEUTAN.simulate(a)).distance(OkLab.of(ColourVision.DEUTAN.simulate(b))));
	}

	@Test
	void layersTogetherGetDifferentColours() {
		final Layer one = layer("a", BOX, (x, y) -> 0xff1f77b4);
		final Layer other = layer("b", BOX, (x, y) -> 0xff1060a0);
		assertEquals(0xff0072b2, at(Recolour.map(other, PaletteMap.of(List.of(other), Palette.OKABE_ITO)), 0, 0));
		final Layer third = layer("c", BOX, (x, y) -> 0xff7fb2e5);
		final PaletteMap both = PaletteMap.of(List.of(one, third), Palette.OKABE_ITO);
		assertNotEquals(at(Recolour.map(one, both), 0, 0), at(Recolour.map(third, both), 0, 0));
	}

	/** Expected colours: colorspacious 1.1.2, "sRGB1+CVD" with severity 100, which has the same source. */
	@ParameterizedTest
	@CsvSource({ "ff0000,6d5f00,a39000,ff000f", "009e73,9a9271,8a8676,009e92", "d55e00,817100,9e8c00,eb4050",
		"0ac81e,ccb400,bba836,00c2aa", "4682b4,6c83b6,5d78b3,008e93", "000000,000000,000000,000000",
		"ffffff,ffffff,ffffff,ffffff" })
	void simulationsAreThoseOfThePaper(final String colour, final String protan, final String deutan,
		final String tritan)
	{
		final RgbaImage picture = RgbaImage.ofArgb(1, 1, new int[] { 0x7f000000 | Integer.parseInt(colour, 16) });
		assertEquals(List.of(protan, deutan, tritan),
			Stream.of(ColourVision.values())
				.map(v -> "%06x".formatted(v.simulate(picture).argb(0, 0) & 0xffffff))
				.toList());
		assertEquals(0x7f, ColourVision.TRITAN.simulate(picture).argb(0, 0) >>> 24);
	}

	@Test
	void palettesAreFoundByTitle() {
		assertEquals(Palette.OKABE_ITO, Palette.of(" Okabe Ito").orElseThrow());
		assertTrue(Palette.of("rainbow").isEmpty());
		for (final Palette p : Palette.values()) assertEquals(p, Palette.of(p.title()).orElseThrow());
		assertEquals(List.of("okabe-ito", "tol-bright", "tol-high-contrast", "tol-vibrant", "tol-muted"),
			Palette.titles());
	}

	/** Pairs of a colour and how many pixels it has. */
	private static Layer bars(final int... coloursAndCounts) {
		int n = 0;
		for (int k = 1; k < coloursAndCounts.length; k += 2) n += coloursAndCounts[k];
		final int[] argb = new int[n];
		for (int k = 0, at = 0; k < coloursAndCounts.length; at += coloursAndCounts[k + 1], k += 2)
			Arrays.fill(argb, at, at + coloursAndCounts[k + 1], 0xff000000 | coloursAndCounts[k]);
		return Layer.of("bars", "Bars", RgbaImage.ofArgb(n, 1, argb));
	}

	private static final PaletteMap THREE =
		PaletteMap.of(List.of(bars(0xd02020, 50, 0x20a020, 40, 0x2030c0, 30, 0x000000, 20)), Palette.OKABE_ITO);

	@Test
	void whatIsNearlyAMainColourBecomesTheNewOneExactly() {
		assertEquals(0xd55e00, THREE.applyAsInt(0xd02020));
		assertEquals(0x009e73, THREE.applyAsInt(0x20a020));
		assertEquals(0x0072b2, THREE.applyAsInt(0x2030c0));
		assertEquals(0, THREE.applyAsInt(0));
		// √(4² + 4² + 2²) = 6 levels away.
		assertEquals(0xd55e00, THREE.applyAsInt(0xd42422));
		assertEquals(0x009e73, THREE.applyAsInt(0x1c9c22));
		assertEquals(0x0072b2, THREE.applyAsInt(0x2434be));
		assertEquals(0x123456, PaletteMap.of(List.of(), Palette.OKABE_ITO).applyAsInt(0x123456), "nothing to go by");
	}

	@Test
	void mixturesOfAnyTwoMainColoursBecomeThoseOfTheNewOnes() {
		final int[] from = { 0xd02020, 0x20a020, 0x2030c0, 0x000000 };
		final int[] to = { 0xd55e00, 0x009e73, 0x0072b2, 0x000000 };
		for (int i = 0; i < 4; i++) for (int k = 0; k < 4; k++) for (final double share : new double[] { 0.25, 0.5 }) {
			if (i == k) continue;
			final int expected = MainColours.mix(to[i], to[k], share);
			final int found = THREE.applyAsInt(MainColours.mix(from[i], from[k], share));
			assertTrue(MainColours.distance2(expected, found) <= 12, "%06x instead of %06x".formatted(found, expected));
		}
		// Ten levels off.
		assertEquals(MainColours.mix(0xd55e00, 0x009e73, 0.5), THREE.applyAsInt(0x78602a));
	}

	@Test
	void whatIsNoMixtureStaysAsFarFromItsMainColourAsItWas() {
		// A lighter and paler red, a yellowish green.
		for (final int[] c : new int[][] { { 0xe06060, 0xd02020, 0xd55e00 }, { 0x58b030, 0x20a020, 0x009e73 } }) {
			final OkLab found = OkLab.of(THREE.applyAsInt(c[0]));
			final OkLab p = OkLab.of(c[0]);
			final OkLab a = OkLab.of(c[1]);
			final OkLab b = OkLab.of(c[2]);
			assertEquals(p.l() - a.l(), found.l() - b.l(), 0.02);
			assertEquals(p.a() - a.a(), found.a() - b.a(), 0.02);
			assertEquals(p.b() - a.b(), found.b() - b.b(), 0.02);
		}
		assertEquals(0x404048,
			PaletteMap.of(List.of(bars(0x303030, 9, 0xd02020, 9)), Palette.OKABE_ITO).applyAsInt(0x404048),
			"greys stay, and what is near them");
	}

	@Test
	void blackIsAColourLikeOthers() {
		final Layer black = layer("b", BOX, (x, y) -> x == 0 ? 0 : 0xff000000);
		final Layer made = Recolour.map(black, rgb -> rgb == 0 ? 0x123456 : 0xabcdef);
		assertEquals(0xff123456, at(made, 1, 0));
		assertEquals(0, at(made, 0, 0), "but not where it is transparent");
	}

	/** In Oklab: half as light as the main colour, half as colourful; half way to white, half as colourful, too. */
	@Test
	void tintsFadeTowardsBlackAndWhite() {
		final Layer photo =
			layer("photo", new Bounds(0, 0, 256, 3), (x, y) -> 0xff000000 | (y < 2 ? 128 : x) * 0x010101);
		final OkLab to = OkLab.of(0x3070c0);
		final double from = OkLab.of(0x808080).l();
		final Layer tinted = Recolour.tint(photo, 0x3070c0);
		for (int x = 0; x < 256; x++) {
			final double l = OkLab.of(x * 0x010101).l();
			final OkLab found = OkLab.of(at(tinted, x, 2) & 0xffffff);
			final double way = l <= from ? l / from : (1 - l) / (1 - from);
			assertEquals(l <= from ? to.l() * way : 1 - (1 - to.l()) * way, found.l(), 0.02, "lightness at " + x);
			assertEquals(to.a() * way, found.a(), 0.02, "a at " + x);
			assertEquals(to.b() * way, found.b(), 0.02, "b at " + x);
		}
	}
}
