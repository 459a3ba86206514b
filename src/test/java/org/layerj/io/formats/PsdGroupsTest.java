package org.layerj.io.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.io.PictureException;
import org.layerj.io.formats.MadePsd.Look;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;

/**
 * What groups, masks and clipping do, against the formulas of Photoshop's own description, and notes on what layers
 * here cannot have.
 */
class PsdGroupsTest {

	private static final int W = 12, H = 8;

	@TempDir
	private Path dir;

	/** What is said, but that a file of another program does not say where its pixels come from. */
	private List<String> notes(final byte[] psd) throws IOException {
		return read(psd).notes().stream().filter(n -> !n.contains("holds no record of them")).toList();
	}

	private LayerDocument read(final byte[] psd) throws IOException {
		return LayerFormat.read(Files.write(dir.resolve("made.psd"), psd));
	}

	/** Nothing but what the layers look like. */
	private RgbaImage seen(final MadePsd psd) throws IOException {
		return Compositor.flatten(read(psd.bytes((x, y) -> 0, 0)).layers());
	}

	private static MadePsd onWhite() {
		return new MadePsd(W, H).layer("white", 0, 0, W, H, 0xffffffff);
	}

	private static void assertNear(final int argb, final int seen) {
		for (int shift = 0; shift < 32; shift += 8)
			assertEquals(argb >> shift & 0xff, seen >> shift & 0xff, 2,
				Integer.toHexString(argb) + " " + Integer.toHexString(seen));
	}

	/** Premultiplied red, green, blue, and alpha, all 0 … 1. */
	private static double[] over(final double[] top, final double[] below) {
		final double[] out = new double[4];
		for (int c = 0; c < 4; c++) out[c] = top[c] + (1 - top[3]) * below[c];
		return out;
	}

	private static double[] times(final double[] colour, final double share) {
		final double[] out = new double[4];
		for (int c = 0; c < 4; c++) out[c] = colour[c] * share;
		return out;
	}

	private static double[] colour(final int argb) {
		final double a = (argb >>> 24) / 255.0;
		return new double[] { (argb >> 16 & 0xff) / 255.0 * a, (argb >> 8 & 0xff) / 255.0 * a,
			(argb & 0xff) / 255.0 * a, a };
	}

	private static int argb(final double[] opaque) {
		return 0xff000000 | (int) Math.round(opaque[0] * 255) << 16 | (int) Math.round(opaque[1] * 255) << 8
			| (int) Math.round(opaque[2] * 255);
	}

	@ParameterizedTest
	@ValueSource(strings = { "pass", "norm" })
	void groupsOfAnyOpacityWithMasksAndNestedInOneAnother(final String mode) throws IOException {
		final Random random = new Random(5);
		for (int trial = 0; trial < 40; trial++) {
			final int[] c = random.ints(4).toArray();
			if (trial % 3 == 0) for (int i = 0; i < 4; i++) c[i] |= 0xff000000;
			final int[] o = random.ints(6, 0, 256).toArray();
			final int level = random.nextInt(256);
			final int outside = trial % 2 * 255;
			final int density = trial % 4 == 0 ? 100 : 255;
			final MadePsd psd = onWhite().begin()
				.layer("a", 0, 0, 8, H, c[0], new Look().opacity(o[0]))
				.layer("hidden", 0, 0, W, H, 0xff00ff00, new Look().hidden())
				.begin()
				.layer("b", 2, 0, 10, H, c[1], new Look().opacity(o[1]))
				.layer("c", 4, 0, W, H, c[2])
				.end("inner", mode, new Look().opacity(o[2]))
				.layer("d", 6, 0, W, H, c[3], new Look().opacity(o[3]))
				.end("outer", mode, new Look().opacity(o[4]).mask(3, 0, 7, H, level, outside, false, density));
			final RgbaImage image = seen(psd);
			for (int x = 0; x < W; x++) {
				double[] inner = new double[4];
				if (x >= 2 && x < 10) inner = over(times(colour(c[1]), o[1] / 255.0), inner);
				if (x >= 4) inner = over(colour(c[2]), inner);
				double[] outer = new double[4];
				if (x < 8) outer = over(times(colour(c[0]), o[0] / 255.0), outer);
				outer = over(times(inner, o[2] / 255.0), outer);
				if (x >= 6) outer = over(times(colour(c[3]), o[3] / 255.0), outer);
				final double mask = (x >= 3 && x < 7 ? level : outside) / 255.0;
				final double shown = 1 - (1 - mask) * density / 255.0;
				assertNear(argb(over(times(outer, o[4] / 255.0 * shown), colour(-1))), image.argb(x, 3));
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "0|a bitmap", "2|in indexed colours", "4|in CMYK, the colours of printing",
		"9|in Lab", "5|neither RGB nor grey" })
	void otherKindsOfColourAreNamed(final int mode, final String name) throws IOException {
		final byte[] bytes = new MadePsd(2, 2).bytes((x, y) -> 0, 0);
		bytes[25] = (byte) mode;
		final Path file = Files.write(dir.resolve("mode.psd"), bytes);
		assertEquals("The file " + file + " is " + name + "; convert it to RGB first.",
			assertThrows(PictureException.class, () -> LayerFormat.read(file)).getMessage());
	}

	@Test
	void clippedLayersAreSeenWhereTheirBaseIs() throws IOException {
		final Random random = new Random(6);
		for (int trial = 0; trial < 40; trial++) {
			final int[] c = random.ints(4).toArray();
			if (trial % 2 == 0) c[1] |= 0xff000000;
			if (trial % 3 == 0) c[0] |= 0xff000000;
			final int o = random.nextInt(256);
			final RgbaImage image = seen(onWhite().layer("base", 2, 0, 9, H, c[0], new Look().opacity(o))
				.layer("clip", 0, 0, 6, H, c[1], new Look().clipped())
				.layer("clip 2", 4, 0, W, H, c[2], new Look().clipped())
				.layer("free", 0, 0, 3, H, c[3]));
			for (int x = 0; x < W; x++) {
				double[] group = new double[4];
				if (x >= 2 && x < 9) {
					group = colour(c[0] | 0xff000000);
					if (x < 6) group = over(colour(c[1]), group);
					if (x >= 4) group = over(colour(c[2]), group);
					group = times(group, (c[0] >>> 24) / 255.0 * o / 255);
				}
				double[] all = over(group, colour(-1));
				if (x < 3) all = over(colour(c[3]), all);
				assertNear(argb(all), image.argb(x, 3));
			}
		}
	}

	@Test
	void layersAreClippedToGroupsAndToHiddenLayers() throws IOException {
		final RgbaImage group = seen(onWhite().begin()
			.layer("a", 0, 0, 4, H, 0xffff0000)
			.layer("b", 2, 0, 6, H, 0x8000ff00)
			.end("g", "norm", new Look())
			.layer("clip", 0, 0, W, H, 0xff0000ff, new Look().clipped()));
		assertNear(0xff0000ff, group.argb(1, 1));
		assertNear(0xff7f7fff, group.argb(5, 1));
		assertEquals(-1, group.argb(8, 1));
		final RgbaImage hidden = seen(onWhite().layer("base", 0, 0, 4, H, 0xffff0000, new Look().hidden())
			.layer("clip", 0, 0, W, H, 0xff0000ff, new Look().clipped()));
		assertEquals(-1, hidden.argb(1, 1));
	}

	@Test
	void masksThatAreOffOrOfNoDensityHideNothing() throws IOException {
		assertNear(0xffff0000,
			seen(onWhite().layer("a", 0, 0, W, H, 0xffff0000, new Look().mask(0, 0, W, H, 0, 0, true))).argb(1, 1));
		assertNear(0xffff0000,
			seen(onWhite().layer("a", 0, 0, W, H, 0xffff0000, new Look().mask(0, 0, W, H, 0, 0, false, 0))).argb(1, 1));
		assertNear(0xffffffff,
			seen(onWhite().layer("a", 0, 0, W, H, 0xffff0000, new Look().mask(0, 0, W, H, 0, 0, false, 255))).argb(1,
				1));
		assertNear(0xffff7f7f,
			seen(onWhite().layer("a", 0, 0, W, H, 0xffff0000, new Look().mask(0, 0, W, H, 0, 0, false, 127))).argb(1,
				1));
	}

	@Test
	void whatLayersCannotHaveIsSaid() throws IOException {
		final List<String> said = new ArrayList<>();
		for (final String key : List.of("lfx2", "lmfx", "lrFX", "lfxs", "SoLd", "SoLE", "PlLd", "TySh", "curv", "levl",
			"CgEd", "hue2", "SoCo", "GdFl", "vmsk", "vsms", "artb"))
		{
			final List<String> notes =
				notes(onWhite().layer("x", 0, 0, W, H, -1, new Look().block(key, 0, 0, 0, 0)).bytes((x, y) -> -1, 0));
			assertEquals(1, notes.size(), key + notes);
			assertTrue(notes.get(0).startsWith("The layer x is ") || notes.get(0).startsWith("The layer x has "),
				key + notes);
			said.add(notes.get(0));
			final List<String> ofGroup = notes(onWhite().begin()
				.layer("in", 0, 0, W, H, -1)
				.end("x", "pass", new Look().block(key, 0, 0, 0, 0))
				.bytes((x, y) -> -1, 0));
			assertEquals(notes.get(0).replace("layer x", "group x"), ofGroup.get(0));
		}
		assertEquals(7, said.stream().distinct().count());
		assertEquals(List.of("The layer x has a mask with a soft edge (feather), which is not kept; the mask is."),
			notes(onWhite().layer("x", 0, 0, W, H, -1, new Look().mask(0, 0, W, H, 255, 255, false, 255, 3.5))
				.bytes((x, y) -> -1, 0)));
		assertEquals(List.of("The layer x is blended in some tones only (Blend If), which is not kept."),
			notes(onWhite().layer("x", 0, 0, W, H, -1, new Look().ranges(0xffff, 0x10ffff)).bytes((x, y) -> -1, 0)));
		assertEquals(List.of(),
			notes(onWhite().layer("x", 0, 0, W, H, -1, new Look().ranges(0xffff, 0xffff)).bytes((x, y) -> -1, 0)));
		assertEquals(List.of("The group x is blended in another way than normally (mul), which is not kept."),
			notes(onWhite().begin().layer("in", 0, 0, W, H, -1).end("x", "mul ", new Look()).bytes((x, y) -> -1, 0)));
	}

	@Test
	void theFilesOwnPreviewIsComparedWith() throws IOException {
		final MadePsd psd = onWhite().layer("red", 0, 0, 6, H, 0xffff0000);
		assertEquals(List.of(), notes(psd.bytes((x, y) -> x < 6 ? 0xfd0200 : 0xffffff, 0)));
		assertEquals(List.of(
			"The layers together differ from the file's own preview in 1.04 % of the pixels, by up to 200 of 255 levels at 7, 2."),
			notes(psd.bytes((x, y) -> x == 7 && y == 2 ? 0xff37ff : x < 6 ? 0xff0000 : 0xffffff, 0)));
		// A file that says of itself that it has no real preview.
		assertEquals(List.of(), notes(psd.resource(1057, new byte[17]).bytes((x, y) -> 0, 0)));
	}

	@Test
	void layersAreLockedIfAllOfThemIsOrTheirGroup() throws IOException {
		final MadePsd psd = onWhite().layer("all", 0, 0, 2, 2, 0xffff0000, new Look().block("lspf", 0x80, 0, 0, 0))
			.layer("pixels and place", 0, 0, 2, 2, 0xffff0000, new Look().block("lspf", 0, 0, 0, 7))
			.layer("place", 0, 0, 2, 2, 0xffff0000, new Look().block("lspf", 0, 0, 0, 4))
			.layer("transparency", 0, 0, 2, 2, 0xffff0000, new Look().block("lspf", 0, 0, 0, 1))
			.begin()
			.layer("inside", 0, 0, 2, 2, 0xffff0000)
			.end("group", "pass", new Look().block("lspf", 0x80, 0, 0, 0));
		assertEquals(List.of("all", "pixels and place", "inside"),
			read(psd.bytes((x, y) -> 0, 0)).layers().layers().stream().filter(Layer::locked).map(Layer::name).toList());
	}

	@Test
	void savedSelectionsAreNoTransparency() throws IOException {
		for (final int[] ids : new int[][] { {}, { 0 }, { 7 }, { 7, 8 }, { 0, 7 } }) {
			final ByteBuffer numbers = ByteBuffer.allocate(4 * ids.length);
			for (final int id : ids) numbers.putInt(id);
			final MadePsd psd = new MadePsd(W, H).resource(1053, numbers.array());
			final RgbaImage flat =
				read(psd.bytes((x, y) -> 0xff0000, Math.max(1, ids.length))).layers().get(0).pixels();
			assertEquals(ids.length == 0 || ids[0] == 0 ? 0x00ff0000 : 0xffff0000, flat.argb(1, 1),
				ids.length + " channels");
		}
	}
}
