package org.layerj.io.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.io.Picture;
import org.layerj.io.PictureException;
import org.layerj.io.PictureReader;
import org.layerj.io.header.MadeFiles.Tiff;
import org.layerj.layers.RgbaImage;

/**
 * Kinds of files that readers get wrong, each in all its variants. What is right follows libpng, libjpeg, libtiff and
 * Pillow.
 */
class PictureHeaderTest {

	private static final int W = 5, H = 4;
	private static final List<ByteOrder> ORDERS = List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);

	private static Picture read(final byte[] file) {
		return PictureReader.read("file", file);
	}

	private static String rejection(final byte[] file) {
		return assertThrows(PictureException.class, () -> read(file)).getMessage();
	}

	private static int[] random(final int n, final int below, final int seed) {
		return new Random(seed).ints(n, 0, below).toArray();
	}

	/** Packed samples, each row from a whole byte on. */
	private static byte[] packed(final int bits, final int perRow, final int... samples) {
		final int bytes = (perRow * bits + 7) / 8;
		final byte[] out = new byte[samples.length / perRow * bytes];
		for (int i = 0; i < samples.length; i++) for (int b = 0; b < bits; b++) {
			final int bit = i % perRow * bits + b;
			if ((samples[i] >> bits - 1 - b & 1) == 1) out[i / perRow * bytes + bit / 8] |= 0x80 >> bit % 8;
		}
		return out;
	}

	private static int to8(final int v, final int most) {
		return (int) ((v * 255L + most / 2) / most);
	}

	private static int grey(final int v) {
		return v << 16 | v << 8 | v;
	}

	@Test
	void transparentLevelsOfGreyInAllDepths() {
		for (final int bits : new int[] { 1, 2, 4, 8, 16 }) {
			final int most = (1 << bits) - 1;
			final int[] g = random(W * H, most + 1, bits);
			// Of the key only as many bits count as samples have.
			for (final int high : bits == 16 ? new int[] { 0 } : new int[] { 0, 0xff00 & ~most }) {
				final byte[] key = ByteBuffer.allocate(2).putShort((short) (g[7] | high)).array();
				final RgbaImage image = read(MadeFiles.png(W, H, bits, 0, packed(bits, W, g), "tRNS", key)).image();
				for (int i = 0; i < g.length; i++)
					assertEquals((g[i] == g[7] ? 0 : 0xff000000) | grey(to8(g[i], most)), image.argb(i % W, i / W),
						bits + " bits");
			}
		}
	}

	@Test
	void transparentColours() {
		for (final int bits : new int[] { 8, 16 }) {
			final int most = (1 << bits) - 1;
			final int[] c = random(W * H * 3, most + 1, bits);
			final byte[] key =
				ByteBuffer.allocate(6).putShort((short) c[9]).putShort((short) c[10]).putShort((short) c[11]).array();
			final Picture picture = read(MadeFiles.png(W, H, bits, 2, packed(bits, W * 3, c), "tRNS", key));
			assertEquals(0, picture.image().argb(3, 0) >>> 24);
			assertEquals(W * H - 1,
				IntStream.range(0, W * H).filter(i -> picture.image().plane(RgbaImage.ALPHA)[i] == -1).count());
			assertEquals(bits == 16, picture.samples().isPresent());
			picture.samples().ifPresent(v -> assertEquals(c[10], (int) v.get(1, 3)));
		}
	}

	@Test
	void transparencyThatLibpngIgnores() {
		final int[] s = random(W * H, 4, 1);
		final byte[] key = { 0, (byte) s[0] };
		final byte[] other = { 0, 9 };
		for (final int kind : new int[] { 0, 2, 3 }) {
			final byte[] rows = packed(8, kind == 2 ? W * 3 : W, kind == 2 ? random(W * H * 3, 4, 1) : s);
			final byte[] right = kind == 0 ? key
				: kind == 2 ? new byte[] { 0, rows[0], 0, rows[1], 0, rows[2] } : new byte[] { 0, 0, 0, 0 };
			final byte[] wrong = kind == 0 ? other : kind == 2 ? new byte[] { 0, 9, 0, 9, 0, 9 } : new byte[] { -1 };
			final Object[] palette = kind == 3 ? new Object[] { "PLTE", new byte[12] } : new Object[0];
			final List<Object[]> ignored = new ArrayList<>();
			ignored.add(new Object[] { "tRNS", wrong, "tRNS", right });
			ignored.add(new Object[] { "tRNS", Arrays.copyOf(right, right.length + 2) });
			if (kind != 3) ignored.add(new Object[] { "tRNS", Arrays.copyOf(right, right.length - 1) });
			for (final Object[] chunks : ignored)
				assertEquals(255, alpha(MadeFiles.png(W, H, 8, kind, rows, joined(palette, chunks))), "kind " + kind);
			if (kind == 3) assertEquals(255, alpha(MadeFiles.png(W, H, 8, 3, rows, joined(ignored.get(1), palette))));
			final byte[] file = MadeFiles.png(W, H, 8, kind, rows, joined(palette, "tRNS", right));
			assertEquals(0, alpha(file), "kind " + kind);
			assertEquals(0,
				alpha(MadeFiles.png(W, H, 8, kind, rows,
					joined(palette, "tRNS", Arrays.copyOf(right, right.length + 2), "tRNS", right))),
				"the first that is sound");
			assertEquals(255,
				alpha(MadeFiles.behindPixels(MadeFiles.png(W, H, 8, kind, rows, palette), "tRNS", right)));
			// A wrong check sum.
			final byte[] damaged = file.clone();
			damaged[new String(file, StandardCharsets.ISO_8859_1).indexOf("tRNS") + 4 + right.length] ^= 1;
			assertEquals(255, alpha(damaged), "kind " + kind);
		}
	}

	private static Object[] joined(final Object[] first, final Object... second) {
		return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
	}

	private static int alpha(final byte[] file) {
		return read(file).image().argb(0, 0) >>> 24;
	}

	@ParameterizedTest
	@ValueSource(strings = { "iCCP", "tRNS", "pHYs", "sRGB", "gAMA", "cHRM", "eXIf", "iTXt", "zTXt", "tEXt", "tIME",
		"bKGD", "sBIT", "hIST", "sPLT", "acTL", "cICP" })
	void chunksThatAreDamagedOrMayNotBeAreIgnored(final String chunk) {
		for (final int colours : new int[] { 0, 2, 4, 6 }) for (final int length : new int[] { 0, 1, 3, 9, 40 }) {
			final int n = new int[] { 1, 0, 3, 0, 2, 0, 4 }[colours];
			final int[] s = random(W * H * n, 256, n);
			final RgbaImage image =
				read(MadeFiles.png(W, H, 8, colours, packed(8, W * n, s), chunk, new byte[length])).image();
			final int alpha = colours < 4 ? 255 : s[n - 1];
			assertEquals(alpha << 24 | s[0] << 16, image.argb(0, 0) & 0xffff0000, chunk + " of " + length);
		}
	}

	@Test
	void orientationInAllFormats() throws IOException {
		final int[] rgb = random(W * H * 3, 256, 1);
		final BufferedImage smooth = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < 128; i++) smooth.setRGB(i % 16, i / 16, i % 16 * 16 << 16 | i / 16 * 32 << 8);
		for (int o = 1; o <= 8; o++) for (final ByteOrder order : ORDERS) {
			assertTurned(o, rgb,
				read(MadeFiles.png(W, H, 8, 2, packed(8, W * 3, rgb), "eXIf", MadeFiles.exif(order, o))));
			final byte[] exif = MadeFiles.joined("Exif\0\0", MadeFiles.exif(order, o));
			assertTurned(o, rgb, read(MadeFiles.png(W, H, 8, 2, packed(8, W * 3, rgb), "eXIf", exif)));
			// As ImageMagick wrote it; the chunk counts more.
			final String hex = HexFormat.of().formatHex(exif).replaceAll("(.{72})", "$1\n");
			final byte[] text = ("\nexif\n      " + exif.length + "\n" + hex + "\n").getBytes();
			for (final String kind : List.of("exif", "APP1")) {
				final byte[] packed = MadeFiles.joined("Raw profile type " + kind + "\0\0", MadeFiles.deflated(text));
				final byte[] plain = MadeFiles.joined("Raw profile type " + kind + "\0", text);
				final byte[] rows = packed(8, W * 3, rgb);
				assertTurned(o, rgb, read(MadeFiles.png(W, H, 8, 2, rows, "zTXt", packed)));
				assertTurned(o, rgb, read(MadeFiles.png(W, H, 8, 2, rows, "tEXt", plain)));
				assertTurned(1, rgb,
					read(MadeFiles.png(W, H, 8, 2, rows, "tEXt", plain, "eXIf", MadeFiles.exif(order, 1))));
			}
			final Tiff tiff = new Tiff(order, false);
			assertTurned(o, rgb, read(
				tiff.page(W, H, 8, 3, 2, tiff.samples(8, rgb), rgb.length, Map.of(274, new long[] { o })).bytes()));
			final Picture jpeg =
				read(MadeFiles.jpeg(smooth, 0xe1, MadeFiles.joined("Exif\0\0", MadeFiles.exif(order, o))));
			assertEquals(o < 5 ? "16 8" : "8 16", jpeg.image().width() + " " + jpeg.image().height());
			// The corner that was upper left: 1 2 3 4 are its corners clockwise, as are 5 6 7 8 of the picture that
			// lies.
			final int x = o == 2 || o == 3 || o == 6 || o == 7 ? jpeg.image().width() - 1 : 0;
			final int y = o == 3 || o == 4 || o == 7 || o == 8 ? jpeg.image().height() - 1 : 0;
			assertTrue((jpeg.image().argb(x, y) >> 16 & 0xff) < 16 && (jpeg.image().argb(x, y) >> 8 & 0xff) < 16,
				"JPEG " + o);
			assertEquals(300, jpeg.source().notes().pixelSize().orElseThrow().dpiX(), 1e-9);
		}
		for (final int nonsense : new int[] { 0, 9, 700 })
			assertTurned(1, rgb, read(
				MadeFiles.png(W, H, 8, 2, packed(8, W * 3, rgb), "eXIf", MadeFiles.exif(ORDERS.get(0), nonsense))));
	}

	private static void assertTurned(final int o, final int[] rgb, final Picture picture) {
		assertEquals(o < 5 ? W : H, picture.image().width());
		assertEquals(picture.image().width(), picture.source().width());
		for (int y = 0; y < H; y++) for (int x = 0; x < W; x++) {
			// Where EXIF's text puts row 0 and column 0.
			final int across = o == 2 || o == 3 ? W - 1 - x : o == 1 || o == 4 ? x : o == 5 || o == 8 ? y : H - 1 - y;
			final int down = o == 3 || o == 4 ? H - 1 - y : o < 3 ? y : o == 5 || o == 6 ? x : W - 1 - x;
			final int i = (y * W + x) * 3;
			assertEquals(0xff000000 | rgb[i] << 16 | rgb[i + 1] << 8 | rgb[i + 2], picture.image().argb(across, down),
				"orientation " + o);
		}
	}

	@Test
	void turnedPicturesHaveTurnedPixels() {
		final Tiff tiff = new Tiff(ORDERS.get(0), false);
		final PictureNotes notes = read(tiff
			.page(2, 1, 8, 1, 1, tiff.samples(8, 1, 2), 2,
				Map.of(274, new long[] { 6 }, 282, new long[] { 100, 1 }, 283, new long[] { 200, 1 }))
			.bytes()).source().notes();
		assertEquals(200, notes.pixelSize().orElseThrow().dpiX(), 1e-9);
	}

	@Test
	void alphaOnlyWhereTheFileSaysSo() {
		for (final ByteOrder order : ORDERS)
			for (final boolean big : new boolean[] { false, true }) for (final int bits : new int[] { 8, 16 })
			{
				for (final int colours : new int[] { 1, 3 })
					for (final long[] extra : new long[][] { {}, { 0 }, { 1 }, { 2 }, { 0, 2 }, { 2, 0 }, { 0, 0 },
						{ 0, 1 } })
					{
						final int n = colours + Math.max(1, extra.length);
						if (colours == 1 && n >= 3 && extra.length == 0) continue;
						final int most = (1 << bits) - 1;
						final int[] s = random(W * H * n, most + 1, n);
						final Tiff tiff = new Tiff(order, big);
						final Map<Integer, long[]> more = extra.length == 0 ? Map.of() : Map.of(338, extra);
						final RgbaImage image = read(tiff.page(W, H, bits, n, colours == 1 ? 1 : 2,
							tiff.samples(bits, s), (long) s.length * bits / 8, more).bytes()).image();
						int band = -1;
						for (int i = extra.length - 1; i >= 0; i--) if (extra[i] != 0) band = colours + i;
						final String which =
							order + " " + big + " " + bits + " " + colours + " " + Arrays.toString(extra);
						for (int i = 0; i < W * H; i++) {
							assertEquals(band < 0 ? 255 : to8(s[i * n + band], most), image.argb(i % W, i / W) >>> 24,
								which);
							// Premultiplied colours are divided.
							if (band < 0 || extra[band - colours] == 2)
								assertEquals(to8(s[i * n], most), image.argb(i % W, i / W) >> 16 & 0xff, which);
						}
					}
			}
	}

	@Test
	void premultipliedColoursAreDividedInTheirOwnDepth() {
		for (final ByteOrder order : ORDERS)
			for (final int bits : new int[] { 8, 16 }) for (final int colours : new int[] { 1, 3 })
			{
				final int most = (1 << bits) - 1;
				final int n = colours + 1;
				final int[] s = random(W * H * n, most + 1, bits);
				// Nothing, all, and a colour that is more than its alpha.
				s[n - 1] = 0;
				s[2 * n - 1] = most;
				s[2 * n] = most;
				s[3 * n - 1] = most / 2;
				final Tiff tiff = new Tiff(order, false);
				final Picture picture = read(tiff.page(W, H, bits, n, colours == 1 ? 1 : 2, tiff.samples(bits, s),
					(long) s.length * bits / 8, Map.of(338, new long[] { 1 })).bytes());
				assertEquals(bits == 16, picture.samples().isPresent());
				for (int i = 0; i < W * H; i++) for (int c = 0; c < colours; c++) {
					final int a = s[i * n + colours];
					final int straight = a == 0 ? 0 : (int) Math.min(most, ((long) s[i * n + c] * most + a / 2) / a);
					assertEquals(to8(straight, most), picture.image().argb(i % W, i / W) >> 16 - 8 * c & 0xff);
					if (bits == 16) assertEquals(straight, (int) picture.samples().orElseThrow().get(c, i));
				}
			}
	}

	@Test
	void predictorsCountOnlyForCompressionsThatKnowThem() {
		for (final ByteOrder order : ORDERS)
			for (final int bits : new int[] { 8, 16 }) for (final long scheme : new long[] { 1, 32773 })
			{
				final int[] s = random(W * H, 1 << bits, bits);
				final Tiff tiff = new Tiff(order, false);
				final ByteBuffer b = ByteBuffer.allocate(H * (W * bits / 8 + 1)).order(order);
				for (int i = 0; i < s.length; i++) {
					// To PackBits a count of bytes that follow as they are.
					if (scheme != 1 && i % W == 0) b.put((byte) (W * bits / 8 - 1));
					if (bits == 8) b.put((byte) s[i]);
					else b.putShort((short) s[i]);
				}
				final RgbaImage image = read(tiff.page(W, H, bits, 1, 1, tiff.data(b.array()), b.position(),
					Map.of(259, new long[] { scheme }, 317, new long[] { 2 })).bytes()).image();
				for (int i = 0; i < s.length; i++)
					assertEquals(grey(to8(s[i], (1 << bits) - 1)), image.argb(i % W, i / W) & 0xffffff);
			}
	}

	@Test
	void coloursOfFewBits() {
		for (final int bits : new int[] { 1, 2, 3, 4, 5, 6, 7 })
			for (final int n : new int[] { 2, 3, 4 }) for (final int scheme : new int[] { 1, 8 })
			{
				final int most = (1 << bits) - 1;
				final int[] s = random(W * H * n, most + 1, bits);
				final byte[] rows = packed(bits, W * n, s);
				final byte[] code = scheme == 1 ? rows : MadeFiles.deflated(rows);
				final Tiff tiff = new Tiff(ORDERS.get(bits % 2), n == 2);
				final Map<Integer, long[]> more = new TreeMap<>(Map.of(259, new long[] { scheme }));
				if (n != 3) more.put(338, new long[] { 2 });
				final RgbaImage image =
					read(tiff.page(W, H, bits, n, n == 2 ? 1 : 2, tiff.data(code), code.length, more).bytes()).image();
				for (int i = 0; i < W * H; i++) {
					int argb = n == 3 ? 255 : to8(s[i * n + n - 1], most);
					for (int c = 0; c < 3; c++) argb = argb << 8 | to8(s[i * n + (n == 2 ? 0 : c)], most);
					assertEquals(argb, image.argb(i % W, i / W), bits + " bits, " + n + " samples");
				}
			}
		final Tiff tiff = new Tiff(ORDERS.get(0), false);
		assertTrue(rejection(
			tiff.page(8, 1, 2, 3, 2, tiff.samples(8, 1, 2, 3, 4, 5, 6), 6, Map.of(284, new long[] { 2 })).bytes())
			.contains("2 bits per sample in separate planes"));
		final Tiff differences = new Tiff(ORDERS.get(0), false);
		assertTrue(rejection(
			differences
				.page(8, 1, 4, 1, 1, differences.samples(8, 1, 2, 3, 4), 4,
					Map.of(259, new long[] { 5 }, 317, new long[] { 2 }))
				.bytes())
			.contains("predictor 2 with 4 bits"));
	}

	@Test
	void differencesOfAllSamples() {
		for (final ByteOrder order : ORDERS)
			for (final int bits : new int[] { 8, 16 })
				for (final int n : new int[] { 1, 3 })
					for (final boolean big : new boolean[] { false, true }) for (final int tile : new int[] { 0, 16 })
					{
						final int most = (1 << bits) - 1;
						final int width = tile == 0 ? W : 32;
						final int height = tile == 0 ? H : 16;
						final int[] s = random(width * height * n, most + 1, bits);
						final Tiff tiff = new Tiff(order, big);
						final List<Long> at = new ArrayList<>();
						final List<Long> lengths = new ArrayList<>();
						for (int left = 0; left < width; left += tile == 0 ? width : tile) {
							final int across = tile == 0 ? width : tile;
							final ByteBuffer b = ByteBuffer.allocate(across * height * n * bits / 8).order(order);
							for (int y = 0; y < height; y++)
								for (int x = 0; x < across; x++) for (int c = 0; c < n; c++)
								{
									final int i = (y * width + left + x) * n + c;
									final int d = s[i] - (x > 0 ? s[i - n] : 0);
									if (bits == 8) b.put((byte) d);
									else b.putShort((short) d);
								}
							final byte[] code = MadeFiles.deflated(b.array());
							at.add(tiff.data(code));
							lengths.add((long) code.length);
						}
						final long[] places = at.stream().mapToLong(Long::longValue).toArray();
						final long[] sizes = lengths.stream().mapToLong(Long::longValue).toArray();
						final Map<Integer, long[]> more =
							new TreeMap<>(Map.of(259, new long[] { 8 }, 317, new long[] { 2 }));
						if (tile > 0) more.putAll(
							Map.of(322, new long[] { tile }, 323, new long[] { tile }, 324, places, 325, sizes));
						final Picture picture =
							read(tiff.page(width, height, bits, n, n == 1 ? 1 : 2, places[0], sizes[0], more).bytes());
						for (int i = 0; i < width * height; i++) {
							assertEquals(to8(s[i * n], most), picture.image().argb(i % width, i / width) >> 16 & 0xff,
								order + " " + bits + " " + n + " " + tile);
							if (bits == 16)
								assertEquals(s[i * n + n - 1], (int) picture.samples().orElseThrow().get(n - 1, i));
						}
					}
	}

	@Test
	void whiteThatIsZero() {
		for (final ByteOrder order : ORDERS)
			for (final int bits : new int[] { 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16 })
			{
				final int most = (1 << bits) - 1;
				final int[] s = random(8 * 2, most + 1, bits);
				final Tiff tiff = new Tiff(order, false);
				final long at = bits == 16 ? tiff.samples(16, s) : tiff.data(packed(bits, 8, s));
				final RgbaImage image = read(tiff.page(8, 2, bits, 1, 0, at, 2 * bits, Map.of()).bytes()).image();
				for (int i = 0; i < s.length; i++)
					assertEquals(0xff000000 | grey(to8(most - s[i], most)), image.argb(i % 8, i / 8), bits + " bits");
			}
	}

	@Test
	void palettesOfBothWaysToMakeSixteenBitsOfEight() {
		for (final int factor : new int[] { 1, 256, 257 }) for (final int bits : new int[] { 1, 2, 3, 4, 5, 6, 7, 8 }) {
			final int n = 1 << bits;
			final int[] rgb = random(3 * n, 256, bits);
			final int[] s = random(8 * 2, n, 7);
			final Tiff tiff = new Tiff(ORDERS.get(bits % 2), false);
			final long[] map = new long[3 * n];
			for (int i = 0; i < n; i++) for (int c = 0; c < 3; c++) map[c * n + i] = (long) rgb[3 * i + c] * factor;
			final long at = tiff.data(packed(bits, 8, s));
			final RgbaImage image = read(tiff.page(8, 2, bits, 1, 3, at, 2 * bits, Map.of(320, map)).bytes()).image();
			for (int i = 0; i < s.length; i++)
				assertEquals(0xff000000 | rgb[3 * s[i]] << 16 | rgb[3 * s[i] + 1] << 8 | rgb[3 * s[i] + 2],
					image.argb(i % 8, i / 8), factor + " " + bits);
		}
	}

	@Test
	void thumbnailsAndMasksAreNoPages() throws IOException {
		final List<Integer> kinds = new ArrayList<>(List.of(0, 1, 4, 5, 2));
		for (int turn = 0; turn < kinds.size(); turn++, Collections.rotate(kinds, 1))
			for (final boolean big : new boolean[] { false, true })
			{
				final Tiff tiff = new Tiff(ORDERS.get(turn % 2), big);
				for (final int kind : kinds)
					tiff.page(kind + 1, 1, 8, 1, 1, tiff.samples(8, new int[kind + 1]), kind + 1,
						Map.of(254, new long[] { kind }));
				final TiffHeader header = TiffHeader.read(PictureBytes.of(tiff.bytes()));
				assertEquals(kinds.stream().filter(k -> k == 0 || k == 2).map(k -> k + 1).toList(),
					header.pages().stream().map(p -> {
						try {
							return p.header().width();
						}
						catch (final IOException e) {
							return -1;
						}
					}).toList());
				assertEquals(kinds.indexOf(0) < kinds.indexOf(2) ? 1 : 3, read(tiff.bytes()).image().width());
			}
		// The old tag for the same thing; and a file with nothing but a thumbnail.
		final Tiff old = new Tiff(ORDERS.get(0), false);
		old.page(1, 1, 8, 1, 1, old.samples(8, 7), 1, Map.of(255, new long[] { 2 }))
			.page(2, 1, 8, 1, 1, old.samples(8, 7, 8), 2, Map.of(255, new long[] { 1 }));
		assertEquals(2, read(old.bytes()).image().width());
		final Tiff small = new Tiff(ORDERS.get(0), false);
		assertEquals(3,
			read(small.page(3, 1, 8, 1, 1, small.samples(8, 7, 8, 9), 3, Map.of(254, new long[] { 1 })).bytes()).image()
				.width());
	}

	@Test
	void picturesBesideAChainOfThumbnails() {
		for (final ByteOrder order : ORDERS) for (final boolean big : new boolean[] { false, true }) {
			final Tiff tiff = new Tiff(order, big);
			final long preview =
				tiff.beside(Tiff.fields(3, 1, 8, 1, 1, tiff.samples(8, 1, 2, 3), 3, Map.of(254, new long[] { 1 })));
			final long picture = tiff.beside(
				Tiff.fields(4, 2, 8, 1, 1, tiff.samples(8, 1, 2, 3, 4, 5, 6, 7, 8), 8, Map.of(254, new long[] { 0 })));
			final Map<Integer, long[]> thumbnail =
				Map.of(254, new long[] { 1 }, 274, new long[] { 6 }, 330, new long[] { preview, picture });
			final RgbaImage image = read(tiff.page(2, 1, 8, 1, 1, tiff.samples(8, 1, 2), 2, thumbnail).bytes()).image();
			// Turned as the thumbnail says.
			assertEquals("2 4", image.width() + " " + image.height());
			assertEquals(0xff000000 | grey(5), image.argb(0, 0));
			// Thumbnails of a page are none.
			final Tiff plain = new Tiff(order, big);
			final long small = plain.beside(Tiff.fields(3, 1, 8, 1, 1, plain.samples(8, 1, 2, 3), 3, Map.of()));
			assertEquals(2,
				read(plain.page(2, 1, 8, 1, 1, plain.samples(8, 1, 2), 2, Map.of(330, new long[] { small })).bytes())
					.image()
					.width());
		}
		for (final long place : new long[] { 1 << 20, 0xffff_fff0L }) {
			final Tiff tiff = new Tiff(ORDERS.get(0), false);
			assertEquals("The picture file is damaged or incomplete (a page beyond the end).", rejection(tiff
				.page(2, 1, 8, 1, 1, tiff.samples(8, 1, 2), 2, Map.of(254, new long[] { 1 }, 330, new long[] { place }))
				.bytes()));
		}
		final Tiff many = new Tiff(ORDERS.get(0), false);
		assertEquals("The picture file is damaged or incomplete (too many pages).",
			rejection(
				many.page(2, 1, 8, 1, 1, many.samples(8, 1, 2), 2, Map.of(254, new long[] { 1 }, 330, new long[10_001]))
					.bytes()));
		// In circles: the directory is its own child.
		final Tiff circle = new Tiff(ORDERS.get(0), false);
		final long at = circle.samples(8, 1, 2);
		final int first = circle.bytes().length;
		assertEquals(2,
			read(circle.page(2, 1, 8, 1, 1, at, 2, Map.of(254, new long[] { 1 }, 330, new long[] { first })).bytes())
				.image()
				.width());
		final Tiff raw = new Tiff(ORDERS.get(1), false);
		final long sensor = raw.beside(Tiff.fields(2, 1, 16, 1, 32803, raw.samples(16, 1, 2), 4, Map.of()));
		assertEquals(
			"The picture file is a camera's raw picture, which cannot be read; develop it and save it as TIFF first.",
			rejection(raw
				.page(2, 1, 8, 1, 1, raw.samples(8, 1, 2), 2, Map.of(254, new long[] { 1 }, 330, new long[] { sensor }))
				.bytes()));
	}

	@Test
	void transparentColoursBeyondThePaletteAreNone() {
		// Two pixels of colours 0 and 3, in codes of three bits: clear, 0, 3, end.
		final byte[] pixels = { 2, 2, (byte) (4 | 0 << 3 | (3 & 3) << 6), (byte) (3 >> 2 | 5 << 1), 0, ';' };
		for (final boolean local : new boolean[] { false, true })
			for (final int[] index : new int[][] { { 3, 0 }, { 4, 255 }, { 200, 255 }, { 255, 255 } })
			{
				final ByteBuffer b = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
				b.put("GIF89a".getBytes()).putShort((short) 2).putShort((short) 1);
				b.put((byte) (local ? 0 : 0x81)).put(new byte[2]);
				if (!local) b.put(new byte[12]);
				b.put(new byte[] { 0x21, (byte) 0xf9, 4, 1, 0, 0, (byte) index[0], 0 });
				b.put((byte) 0x2c).putInt(0).putShort((short) 2).putShort((short) 1).put((byte) (local ? 0x81 : 0));
				if (local) b.put(new byte[12]);
				b.put(pixels);
				final RgbaImage image = read(Arrays.copyOf(b.array(), b.position())).image();
				assertEquals(255, image.argb(0, 0) >>> 24);
				assertEquals(index[1], image.argb(1, 0) >>> 24, "index " + index[0]);
			}
	}

	@Test
	void bitmapsThatDoNotSayHowLongTheyAre() {
		for (final int length : new int[] { 0, 1, 62, -1 }) {
			final ByteBuffer b = ByteBuffer.allocate(62).order(ByteOrder.LITTLE_ENDIAN);
			b.put("BM".getBytes()).putInt(length).putInt(0).putInt(54).putInt(40).putInt(2).putInt(1);
			b.putShort((short) 1).putShort((short) 24).position(54).put(new byte[] { 1, 2, 3, 4, 5, 6 });
			assertEquals(0xff030201, read(b.array()).image().argb(0, 0), "length " + length);
		}
	}

	@Test
	void framesHaveTheirPlaceOnTheScreen() throws IOException {
		final BufferedImage frame = new BufferedImage(W, H, BufferedImage.TYPE_BYTE_GRAY);
		for (int i = 0; i < W * H; i++) frame.getRaster().setSample(i % W, i / W, 0, 10 * i + 9);
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
		try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
			writer.setOutput(stream);
			// Interlaced, Java's writer mixes up the rows of pictures that are lower than eight.
			final ImageWriteParam how = writer.getDefaultWriteParam();
			how.setProgressiveMode(ImageWriteParam.MODE_DISABLED);
			writer.write(null, new IIOImage(frame, null, null), how);
		}
		for (final int[] at : new int[][] { { 0, 0, W, H }, { 3, 2, 20, 10 }, { 0, 1, W, H }, { 9, 9, 4, 4 },
			{ 0, 0, 0, 0 } })
		{
			final byte[] gif = out.toByteArray();
			final ByteBuffer b = ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN);
			b.putShort(6, (short) at[2]).putShort(8, (short) at[3]);
			int i = 13 + ((gif[10] & 0x80) == 0 ? 0 : 3 << (gif[10] & 7) + 1);
			while (gif[i] != 0x2c) i += 2 + (gif[i + 2] & 0xff) + 2;
			b.putShort(i + 1, (short) at[0]).putShort(i + 3, (short) at[1]);
			final RgbaImage image = read(gif).image();
			assertEquals(Math.max(at[2], at[0] + W) + " " + Math.max(at[3], at[1] + H),
				image.width() + " " + image.height());
			for (int y = 0; y < image.height(); y++) for (int x = 0; x < image.width(); x++) {
				final int fx = x - at[0];
				final int fy = y - at[1];
				final boolean in = fx >= 0 && fy >= 0 && fx < W && fy < H;
				assertEquals(in ? 0xff000000 | grey(10 * (fy * W + fx) + 9) : 0, image.argb(x, y));
			}
		}
	}

	@Test
	void profileAndResolutionAreCarriedAndNoSampleIsChanged() throws IOException {
		final byte[] profile = MadeFiles.profile(false);
		final PictureNotes expected = new PictureNotes(ColourProfile.of(profile), Optional.of(PixelSize.ofDpi(300)));
		final int[] rgb = random(W * H * 3, 256, 1);
		final byte[] density = ByteBuffer.allocate(9).putInt(11811).putInt(11811).put((byte) 1).array();
		final Picture png = read(MadeFiles.png(W, H, 8, 2, packed(8, W * 3, rgb), "iCCP",
			MadeFiles.packedProfile(profile), "pHYs", density));
		assertEquals(expected, png.source().notes());
		for (final ByteOrder order : ORDERS) for (final int unit : new int[] { 2, 3 }) {
			final Tiff tiff = new Tiff(order, unit == 3);
			final long[] dots = unit == 2 ? new long[] { 300, 1 } : new long[] { 30000, 254 };
			final long[] icc = IntStream.range(0, profile.length).mapToLong(i -> profile[i]).toArray();
			final Picture read = read(tiff.page(W, H, 8, 3, 2, tiff.samples(8, rgb), rgb.length,
				Map.of(34675, icc, 282, dots, 283, dots, 296, new long[] { unit })).bytes());
			assertEquals(expected.profile(), read.source().notes().profile());
			assertEquals(300, read.source().notes().pixelSize().orElseThrow().dpiX(), 1e-9);
			assertEquals(png.image(), read.image());
		}
		// In two parts, the second first, and with a resolution in EXIF.
		final BufferedImage flat = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < 64; i++) flat.setRGB(i % 8, i / 8, 0x5ac85a);
		final byte[] first = MadeFiles.joined("ICC_PROFILE\0\1\2", Arrays.copyOf(profile, 1000));
		final byte[] second = MadeFiles.joined("ICC_PROFILE\0\2\2", Arrays.copyOfRange(profile, 1000, profile.length));
		final Picture jpeg = read(MadeFiles.jpeg(flat, 0xe2, second, 0xe1,
			MadeFiles.joined("Exif\0\0", MadeFiles.exif(ORDERS.get(0), 1)), 0xe2, first));
		assertEquals(expected, jpeg.source().notes());
		assertEquals(read(MadeFiles.jpeg(flat)).image(), jpeg.image());
	}

	@Test
	void brokenProfilesAreIgnored() throws IOException {
		final BufferedImage flat = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
		final byte[] profile = MadeFiles.profile(false);
		final byte[] wrong = profile.clone();
		wrong[36] = 'x';
		for (final byte[] bad : new byte[][] { {}, { 1, 2, 3 }, Arrays.copyOf(profile, 100),
			Arrays.copyOf(profile, profile.length - 1), wrong, MadeFiles.profile(true) })
		{
			for (final String parts : new String[] { "\1\1", "\0\1", "\1\2", "\2\2", "" })
				assertEquals(PictureNotes.NONE,
					read(MadeFiles.jpeg(flat, 0xe2, MadeFiles.joined("ICC_PROFILE\0" + parts, bad))).source().notes());
			assertEquals(PictureNotes.NONE,
				read(MadeFiles.png(1, 1, 8, 2, new byte[3], "iCCP", MadeFiles.packedProfile(bad))).source().notes());
			assertEquals(PictureNotes.NONE, read(MadeFiles.png(1, 1, 8, 2, new byte[3], "iCCP", bad)).source().notes());
			assertEquals(Optional.empty(), tiffProfile(2, bad));
		}
	}

	private static Optional<ColourProfile> tiffProfile(final int photometric, final byte[] profile) {
		final Tiff tiff = new Tiff(ORDERS.get(photometric % 2), photometric == 1);
		final Map<Integer, long[]> more = new TreeMap<>();
		if (profile.length > 0)
			more.put(34675, IntStream.range(0, profile.length).mapToLong(i -> profile[i]).toArray());
		if (photometric == 3) more.put(320, new long[768]);
		final int n = photometric == 2 ? 3 : 1;
		return read(tiff.page(1, 1, 8, n, photometric, tiff.samples(8, new int[n]), n, more).bytes()).source()
			.notes()
			.profile();
	}

	@Test
	void profilesOfTiffsAreForTheirKindOfColour() {
		for (int photometric = 0; photometric < 4; photometric++)
			for (final boolean grey : new boolean[] { false, true })
				assertEquals(grey == photometric < 2, tiffProfile(photometric, MadeFiles.profile(grey)).isPresent(),
					"photometric " + photometric + ", grey " + grey);
	}

	private static byte[] numbers(final int... n) {
		final ByteBuffer b = ByteBuffer.allocate(4 * n.length);
		for (final int v : n) b.putInt(v);
		return b.array();
	}

	private static Optional<ColourProfile> colours(final int kind, final Object... chunks) {
		return read(MadeFiles.png(1, 1, 8, kind, new byte[kind == 2 ? 3 : 1], chunks)).source().notes().profile();
	}

	/** What a profile makes of full red, green and blue, and of half grey, in the profile connection space. */
	private static void assertColours(final ColourProfile profile, final double[][] expected) {
		final ICC_ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(profile.bytes()));
		final float[][] colours = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 }, { 0.5f, 0.5f, 0.5f } };
		for (int c = 0; c < 4; c++)
			for (int i = 0; i < 3; i++)
				assertEquals(expected[c][i], space.toCIEXYZ(colours[c])[i], 0.004, profile.name() + " " + c + " " + i);
	}

	private static final int[] BT709 = { 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000 };
	private static final int[] ADOBE = { 31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000 };

	@Test
	void gammaAndChromaticitiesBecomeAProfile() {
		assertEquals(Optional.empty(), colours(2, "gAMA", numbers(45455), "cHRM", numbers(BT709)),
			"sRGB by another name");
		assertEquals(Optional.empty(), colours(2, "gAMA", numbers(100000), "sRGB", new byte[1]), "sRGB counts more");
		for (final int bad : new int[] { 0, 1, -1 }) assertEquals(Optional.empty(), colours(2, "gAMA", numbers(bad)));
		assertEquals(Optional.empty(), colours(2, "cHRM", new byte[32]));
		// Lindbloom's matrices, adapted to D50.
		final double half = Math.pow(0.5, 2.2);
		assertColours(colours(2, "gAMA", numbers(45455), "cHRM", numbers(ADOBE)).orElseThrow(),
			new double[][] { { 0.6097, 0.3111, 0.0195 }, { 0.2053, 0.6257, 0.0609 }, { 0.1492, 0.0632, 0.7446 },
				{ 0.9642 * half, half, 0.8249 * half } });
		assertColours(colours(2, "gAMA", numbers(100000)).orElseThrow(), new double[][] { { 0.4361, 0.2225, 0.0139 },
			{ 0.3851, 0.7169, 0.0971 }, { 0.1431, 0.0606, 0.7141 }, { 0.4821, 0.5, 0.4125 } });
		assertTrue(colours(0, "gAMA", numbers(100000)).orElseThrow().grey());
		final ColourProfile profile = ColourProfile.of(MadeFiles.profile(false)).orElseThrow();
		assertEquals(Optional.of(profile),
			colours(2, "iCCP", MadeFiles.packedProfile(profile.bytes()), "gAMA", numbers(100000)),
			"the profile counts more");
	}

	@Test
	void codePointsBecomeAProfile() {
		final ColourProfile p3 = colours(2, "cICP", new byte[] { 12, 13, 0, 1 }).orElseThrow();
		assertEquals("Display P3", p3.name());
		final double half = Math.pow((0.5 + 0.055) / 1.055, 2.4);
		assertColours(p3, new double[][] { { 0.5151, 0.2412, -0.0011 }, { 0.2920, 0.6922, 0.0419 },
			{ 0.1571, 0.0666, 0.7841 }, { 0.9642 * half, half, 0.8249 * half } });
		assertEquals(Optional.empty(), colours(2, "cICP", new byte[] { 1, 13, 0, 1 }, "gAMA", numbers(100000)), "sRGB");
		for (final byte[] no : new byte[][] { { 9, 16, 0, 1 }, { 9, 18, 0, 1 }, { 12, 13, 1, 1 }, { 12, 13, 0, 0 },
			{ 0, 0, 0, 0 }, { 12, 13 } }) assertEquals(Optional.empty(), colours(2, "cICP", no));
		assertEquals("BT.2020 primaries, transfer 1",
			colours(2, "cICP", new byte[] { 9, 1, 0, 1 }).orElseThrow().name());
		final ColourProfile profile = ColourProfile.of(MadeFiles.profile(false)).orElseThrow();
		assertEquals(p3,
			colours(2, "iCCP", MadeFiles.packedProfile(profile.bytes()), "cICP", new byte[] { 12, 13, 0, 1 })
				.orElseThrow(),
			"code points count more");
	}

	@Test
	void whatCannotBeReadIsNamed() throws IOException {
		final byte[] jpeg = MadeFiles.jpeg(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
		int frame = 2;
		while ((jpeg[frame + 1] & 0xff) != 0xc0) frame += 2 + ((jpeg[frame + 2] & 0xff) << 8 | jpeg[frame + 3] & 0xff);
		final byte[] deep = jpeg.clone();
		deep[frame + 4] = 12;
		assertEquals(
			"The picture file is a JPEG with 12 bits per sample, and only those with 8 can be read; save it as PNG or TIFF first.",
			rejection(deep));
		for (final String kind : List.of("c3 lossless", "c9 arithmetically coded", "ca arithmetically coded",
			"c7 hierarchical lossless", "cd hierarchical, arithmetically coded",
			"ce hierarchical, arithmetically coded", "cf hierarchical lossless, arithmetically coded", "f7 JPEG-LS"))
		{
			final byte[] other = jpeg.clone();
			other[frame + 1] = (byte) Integer.parseInt(kind.substring(0, 2), 16);
			assertEquals("The picture file is a JPEG of a kind that cannot be read (" + kind.substring(3)
				+ "; only baseline and progressive ones are); save it as PNG first.", rejection(other));
		}
		for (final String scheme : List.of("50000 Zstandard", "34712 JPEG 2000", "33003 JPEG 2000", "34925 LZMA",
			"34887 LERC", "50001 WebP", "50002 JPEG XL", "77 scheme 77"))
		{
			final Tiff tiff = new Tiff(ORDERS.get(0), false);
			final String[] words = scheme.split(" ", 2);
			assertTrue(rejection(
				tiff.page(1, 1, 8, 1, 1, tiff.samples(8, 1), 1, Map.of(259, new long[] { Long.parseLong(words[0]) }))
					.bytes())
				.startsWith("The picture file is a TIFF compressed with " + words[1]
					+ ", which cannot be read; save it uncompressed or with LZW or ZIP compression first"));
		}
		for (final String kind : List.of("5 CMYK", "8 Lab", "32844 kind 32844", "34892 raw")) {
			final Tiff tiff = new Tiff(ORDERS.get(1), true);
			final String[] words = kind.split(" ", 2);
			assertTrue(rejection(
				tiff.page(1, 1, 8, 4, Integer.parseInt(words[0]), tiff.samples(8, 1, 2, 3, 4), 4, Map.of()).bytes())
				.contains(words[1]));
		}
		for (final int format : new int[] { 2, 3 }) {
			final Tiff tiff = new Tiff(ORDERS.get(0), false);
			assertTrue(
				rejection(tiff.page(1, 1, 16, 1, 1, tiff.samples(16, 1), 2, Map.of(339, new long[] { format })).bytes())
					.contains(format == 2 ? "signed" : "floating"));
		}
		assertEquals("The file file is a Git LFS pointer in place of the picture; fetch the picture with git lfs pull.",
			rejection("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n".getBytes()));
		assertEquals("The file file is a WebP picture, which cannot be read; save it as PNG first.",
			rejection("RIFF\1\1\1\1WEBPVP8 ".getBytes()));
		assertEquals("The picture file is damaged or incomplete (its PDF is damaged).",
			rejection("%PDF-1.7\n".getBytes()));
	}

	@Test
	void notesOfTiffsThatAreDamagedDoNoHarm() {
		final int[] rgb = random(W * H * 3, 256, 1);
		for (final int tag : new int[] { 34675, 700, 282, 270, 274, 305, 33723, 34665, 34853, 320, 301, 333 }) {
			final Tiff tiff = new Tiff(ORDERS.get(0), false);
			final byte[] file =
				tiff.page(W, H, 8, 3, 2, tiff.samples(8, rgb), rgb.length, Map.of(tag, new long[] { 1, 2, 3, 4, 5, 6 }))
					.bytes();
			// The field's data far beyond the end.
			for (int i = 0; i + 12 < file.length; i++) {
				if (file[i] == (byte) (tag >> 8) && file[i + 1] == (byte) tag && file[i + 2] == 0
					&& (file[i + 3] == 3 || file[i + 3] == 5 || file[i + 3] == 7) && i > rgb.length)
				{
					ByteBuffer.wrap(file).putInt(i + 8, 0x7fffff00);
				}
			}
			assertEquals(0xff000000 | rgb[0] << 16 | rgb[1] << 8 | rgb[2], read(file).image().argb(0, 0), "tag " + tag);
		}
	}

	@Test
	void pixelsBeyondTheEndAreDamage() {
		final Tiff tiff = new Tiff(ORDERS.get(0), false);
		assertEquals("The picture file is damaged or incomplete (pixels beyond the end).",
			rejection(tiff.page(9, 9, 8, 1, 1, 100_000, 81, Map.of()).bytes()));
	}
}
