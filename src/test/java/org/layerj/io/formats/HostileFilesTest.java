package org.layerj.io.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.common.Progress;
import org.layerj.io.PictureException;
import org.layerj.io.header.Broken;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;

/** Files that were damaged or made to do harm: one message, little memory, nothing written anywhere. */
class HostileFilesTest {

	/** Places at which a file is cut off. */
	private static final int CUTS = 75;

	@TempDir
	private Path dir;

	/** Small, but with a group, a mask, 16 bits and everything else. */
	private static LayerDocument small(final boolean deep) {
		final LayerStack all = (deep ? Documents.deep(3) : Documents.document()).layers();
		final List<Layer> some =
			all.layers().stream().filter(l -> List.of("c", "d", "e", "f").contains(l.id())).toList();
		return new LayerDocument(new LayerStack(16, 12, some), Documents.document().metadata());
	}

	private byte[] bytes(final LayerFormat format, final boolean deep) throws IOException {
		final Path file = dir.resolve("good");
		format.write(small(deep), file, Progress.none());
		return Files.readAllBytes(file);
	}

	/** Whether it was read; if not, there was a message. */
	private boolean reads(final byte[] bytes) throws IOException {
		final Path file = dir.resolve("bad");
		Files.write(file, bytes);
		try {
			LayerFormat.read(file);
			return true;
		}
		catch (final PictureException e) {
			assertTrue(e.getMessage().matches("(?s)[A-Z].*\\.") && e.getMessage().contains("bad"), e.getMessage());
			return false;
		}
	}

	private String rejection(final byte[] bytes) throws IOException {
		final Path file = dir.resolve("bad");
		Files.write(file, bytes);
		final String message = assertThrows(PictureException.class, () -> LayerFormat.read(file)).getMessage();
		return message.replace(file.toString(), "bad");
	}

	@ParameterizedTest
	@EnumSource(names = { "PSD", "ORA", "ZIP", "TIFF" })
	void filesThatBreakOffAreRejected(final LayerFormat format) throws IOException {
		final byte[] good = bytes(format, format == LayerFormat.PSD);
		assertTrue(reads(good));
		int read = 0;
		final int step = Math.max(1, good.length / CUTS);
		for (int n = 0; n < good.length; n += step) if (reads(Arrays.copyOf(good, n))) read++;
		// Of a PSD, what follows the layers is the merged picture, which is not needed; pages of a TIFF end with their
		// directories.
		assertTrue(read < CUTS / 3, read + " of " + CUTS + " were read");
	}

	@ParameterizedTest
	@EnumSource(names = { "PSD", "ORA", "ZIP", "TIFF" })
	void wrongBytesDoNoHarm(final LayerFormat format) throws IOException {
		final Random random = new Random(7);
		for (final boolean deep : new boolean[] { false, true }) {
			final byte[] good = bytes(format, deep);
			for (int i = 0; i < 32; i++) {
				final byte[] bad = good.clone();
				for (int k = 0; k <= i % 4; k++)
					bad[random.nextInt(bad.length)] =
						(byte) (random.nextBoolean() ? random.nextInt(256) : random.nextBoolean() ? 255 : 127);
				reads(bad);
			}
		}
	}

	@Test
	void noiseAfterAGoodBeginningDoesNoHarm() throws IOException {
		final Random random = new Random(3);
		for (final LayerFormat format : List.of(LayerFormat.PSD, LayerFormat.TIFF, LayerFormat.ORA)) {
			final byte[] good = bytes(format, false);
			for (int i = 0; i < 12; i++) {
				final byte[] bad = good.clone();
				final int from = random.nextInt(bad.length);
				final byte[] noise = new byte[Math.min(64, bad.length - from)];
				random.nextBytes(noise);
				System.arraycopy(noise, 0, bad, from, noise.length);
				reads(bad);
			}
		}
	}

	/** A PSD with one layer that claims to be so large. */
	private static byte[] psd(final int width, final int height, final int code, final int data) {
		final ByteBuffer layer = ByteBuffer.allocate(200 + data);
		layer.putShort((short) 1)
			.putInt(0)
			.putInt(0)
			.putInt(height)
			.putInt(width)
			.putShort((short) 1)
			.putShort((short) 0)
			.putInt(data + 2);
		layer.put("8BIMnorm".getBytes(StandardCharsets.US_ASCII))
			.put(new byte[] { -1, 0, 0, 0 })
			.putInt(12)
			.putInt(0)
			.putInt(0)
			.putInt(0);
		layer.putShort((short) code).position(layer.position() + data);
		final int n = layer.position();
		final ByteBuffer out = ByteBuffer.allocate(n + 100);
		out.put("8BPS".getBytes(StandardCharsets.US_ASCII))
			.putShort((short) 1)
			.put(new byte[6])
			.putShort((short) 3)
			.putInt(10)
			.putInt(10)
			.putShort((short) 8)
			.putShort((short) 3);
		out.putInt(0).putInt(0).putInt(n + 8).putInt(n).put(layer.array(), 0, n).putInt(0);
		return Arrays.copyOf(out.array(), out.position());
	}

	@Test
	void layersLargerThanTheirDataAreRejectedBeforeMemoryIsTaken() throws IOException {
		assertTrue(reads(psd(4, 4, 0, 16)), "the maker of bad files can make a good one");
		for (int code = 0; code < 4; code++)
			assertEquals("The file bad is damaged or incomplete (fewer pixels than it declares).",
				rejection(psd(30_000, 30_000, code, 16)));
		assertEquals("The file bad is damaged or incomplete (pixels in an unknown compression).",
			rejection(psd(4, 4, 9, 16)));
		assertEquals("The file bad is damaged or incomplete (a layer that ends before it begins).",
			rejection(psd(-4, 4, 0, 16)));
		assertEquals("The file bad is damaged or incomplete (fewer pixels than it declares).",
			rejection(psd(Integer.MAX_VALUE, Integer.MAX_VALUE, 0, 16)));
	}

	@Test
	void layersThatWouldFillTheMemoryAreRejected() throws IOException {
		// A true one, as large as it says: 16 megabytes of deflated zeros would be 16 billion pixels.
		final String message = rejection(psd(100_000, 20_000, 2, 2_000_000));
		assertTrue(message.startsWith("The layers in bad need ")
			&& message.endsWith("give Java more (-Xmx) or make them smaller."), message);
	}

	private static byte[] zip(final Map<String, byte[]> parts) throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(out)) {
			for (final Map.Entry<String, byte[]> part : parts.entrySet()) {
				zip.putNextEntry(new ZipEntry(part.getKey()));
				zip.write(part.getValue());
			}
		}
		return out.toByteArray();
	}

	/** A PNG of zeros that claims one size and has so many bytes of pixels. */
	private static byte[] png(final int width, final int height, final long pixelBytes) throws IOException {
		final ByteArrayOutputStream data = new ByteArrayOutputStream();
		try (OutputStream deflated = new DeflaterOutputStream(data, new Deflater(9))) {
			for (long n = 0; n < pixelBytes; n += 65536)
				deflated.write(new byte[(int) Math.min(65536, pixelBytes - n)]);
		}
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(new byte[] { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' });
		chunk(out, "IHDR",
			ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] { 8, 6, 0, 0, 0 }).array());
		chunk(out, "IDAT", data.toByteArray());
		chunk(out, "IEND", new byte[0]);
		return out.toByteArray();
	}

	private static void chunk(final ByteArrayOutputStream out, final String name, final byte[] data)
		throws IOException
	{
		final CRC32 crc = new CRC32();
		crc.update(name.getBytes(StandardCharsets.US_ASCII));
		crc.update(data);
		out.write(ByteBuffer.allocate(4).putInt(data.length).array());
		out.write(name.getBytes(StandardCharsets.US_ASCII));
		out.write(data);
		out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
	}

	@Test
	void zipBombsAreRejected() throws IOException {
		assertTrue(reads(zip(Map.of("a.png", png(4, 4, 68)))));
		assertTrue(rejection(zip(Map.of("a.png", png(60_000, 30_000, 100_000)))).startsWith("The layers in bad need "));
		assertEquals("The file bad is damaged or incomplete (a PNG with fewer pixels than it declares).",
			rejection(zip(Map.of("a.png", png(8_000, 8_000, 100)))));
		// A text of 16 MB in 16 kB.
		assertEquals("The file bad is damaged or incomplete (layers.json is longer than it can be).",
			rejection(zip(Map.of("layers.json", new byte[16 << 20]))));
		assertEquals("The file bad is damaged or incomplete (stack.xml is longer than it can be).",
			rejection(zip(Map.of("stack.xml", new byte[16 << 20]))));
		// A PNG with gigabytes after its end.
		final byte[] small = png(4, 4, 68);
		assertEquals("The file bad is damaged or incomplete (a PNG that is longer than it can be).",
			rejection(zip(Map.of("a.png", Arrays.copyOf(small, 8 << 20)))));
	}

	@ParameterizedTest
	@ValueSource(
		strings = { "../../secret.png", "/etc/secret.png", "C:\\secret.png", "..\\secret.png", "a/../../secret.png" })
	void namesThatLeadElsewhereLeadNowhere(final String name) throws IOException {
		Files.write(dir.resolve("secret.png"), png(4, 4, 68));
		final String entry = "[{\"key\":\"" + name.replace("\\", "\\\\")
			+ "\",\"id\":\"x\",\"name\":\"n\",\"bounds\":[0,0,4,4],\"opacity\":1,\"visible\":true}]";
		final byte[] manifest = ("{\"format\":\"" + Manifest.FORMAT
			+ "\",\"width\":4,\"height\":4,\"title\":\"\",\"layers\":" + entry + "}").getBytes(StandardCharsets.UTF_8);
		assertTrue(rejection(zip(Map.of("layers.json", manifest))).contains("no file "));
		final Path folder = Files.createDirectories(dir.resolve("one/two"));
		Files.write(folder.resolve("layers.json"), manifest);
		assertTrue(
			assertThrows(PictureException.class, () -> LayerFormat.read(folder)).getMessage().contains("no file "));
		// In a ZIP such a name is a name like any other: nothing is unpacked.
		assertTrue(reads(zip(Map.of("layers.json", manifest, name, png(4, 4, 68)))));
		try (Stream<Path> all = Files.walk(dir)) {
			assertEquals(4, all.filter(Files::isRegularFile).count() + 1, "secret.png, layers.json, bad");
		}
	}

	@Test
	void xmlFetchesNothingAndDoesNotExpand() throws IOException {
		final String secret = Files.writeString(dir.resolve("secret"), "secret").toUri().toString();
		final String image = "<image w=\"4\" h=\"4\"><stack><layer name=\"&x;\" src=\"a.png\"/></stack></image>";
		for (final String dtd : List.of("<!DOCTYPE image [<!ENTITY x SYSTEM \"" + secret + "\">]>",
			"<!DOCTYPE image [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY x \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"))
		{
			assertEquals("The file bad is damaged or incomplete (a list of layers that is not XML).", rejection(
				zip(Map.of("stack.xml", (dtd + image).getBytes(StandardCharsets.UTF_8), "a.png", png(4, 4, 68)))));
		}
	}

	@Test
	void aCanvasLargerThanMemoryIsRejected() throws IOException {
		final String image = "<image w=\"%d\" h=\"%d\"><stack><layer name=\"a\" src=\"a.png\"/></stack></image>";
		for (final int side : new int[] { 40_000, 2_000_000_000 }) {
			final String message = rejection(zip(Map.of("stack.xml",
				String.format(image, side, side).getBytes(StandardCharsets.UTF_8), "a.png", png(4, 4, 68))));
			assertTrue(
				message.matches("The layers in bad need .*|A picture in bad has 2000000000 × 2000000000 pixels.*"),
				message);
		}
	}

	@Test
	void pagesInACircleEnd() throws IOException {
		final ByteBuffer tiff = ByteBuffer.allocate(14)
			.put("MM\0*".getBytes(StandardCharsets.US_ASCII))
			.putInt(8)
			.putShort((short) 0)
			.putInt(8);
		assertEquals("The file bad is damaged or incomplete (an endless chain of pages).", rejection(tiff.array()));
	}

	@Test
	void masksThatAreTooLongOrTooShortAreDamage() throws Exception {
		final byte[] ones = new byte[200];
		java.util.Arrays.fill(ones, (byte) -1);
		final String good = MaskCode.of(ones);
		assertEquals(Mask.all(40, 40), MaskCode.mask(good, 40, 40));
		assertThrows(Broken.class, () -> MaskCode.mask(good, 1 << 15, 1 << 15));
		assertThrows(Broken.class, () -> MaskCode.mask(good, 60, 60));
		assertThrows(Broken.class, () -> MaskCode.mask("????", 4, 4));
	}

	@Test
	void whatIsNoLayeredFileIsRejected() throws IOException {
		assertEquals("The file bad is empty.", rejection(new byte[0]));
		assertEquals(
			"The file bad is no layered file that can be read (PSD, PSB, OpenRaster, TIFF, or PNGs in a ZIP or a folder).",
			rejection(new byte[100]));
		assertEquals("There are no layers in bad, neither PNGs nor an OpenRaster picture.",
			rejection(zip(Map.of("readme.txt", new byte[3]))));
		assertEquals("There is no file " + dir.resolve("x") + ".",
			assertThrows(PictureException.class, () -> LayerFormat.read(dir.resolve("x"))).getMessage());
		final Path pptx = LayerFormat.PPTX.write(small(false), dir.resolve("p"), Progress.none());
		assertTrue(rejection(Files.readAllBytes(pptx))
			.startsWith("The file bad is a presentation, whose layers cannot be read;"));
	}
}
