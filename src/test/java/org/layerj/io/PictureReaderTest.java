package org.layerj.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.common.Hash;
import org.layerj.io.formats.LayerFormat;
import org.layerj.layers.RgbaImage;

class PictureReaderTest {

	@TempDir
	Path dir;

	private Path save(final BufferedImage image, final String format) throws IOException {
		final Path file = dir.resolve("picture." + format);
		Files.deleteIfExists(file);
		final ImageWriter writer = JavaCodecs.writer(format);
		try (ImageOutputStream out = new FileImageOutputStream(file.toFile())) {
			writer.setOutput(out);
			writer.write(image);
		}
		finally {
			writer.dispose();
		}
		return file;
	}

	/** An image with components in the order of the numbers. */
	private static BufferedImage components(final int space, final boolean alpha, final int type, final int width,
		final int... samples)
	{
		final ColorModel cm = new ComponentColorModel(ColorSpace.getInstance(space), alpha, false,
			alpha ? ColorModel.TRANSLUCENT : ColorModel.OPAQUE, type);
		final int height = samples.length / width / cm.getNumComponents();
		final WritableRaster raster = cm.createCompatibleWritableRaster(width, height);
		raster.setPixels(0, 0, width, height, samples);
		return new BufferedImage(cm, raster, false, null);
	}

	private static void assertPixels(final Path file, final int... argb) {
		final RgbaImage image = PictureReader.read(file).image();
		assertEquals(hex(argb), hex(image.argb()));
	}

	private static String hex(final int[] argb) {
		return Arrays.stream(argb).mapToObj(Integer::toHexString).toList().toString();
	}

	private static String rejection(final Path file) {
		final String message = assertThrows(PictureException.class, () -> PictureReader.read(file)).getMessage();
		assertTrue(message.contains(file.toString()) && message.endsWith(".") && !message.contains("\n"), message);
		return message.replace(file.toString(), "F");
	}

	@Test
	void rgbaPngKeepsColourUnderAlphaZero() throws IOException {
		final int[] argb = { 0x00ff8040, 0x01020304, 0x80ffffff, 0xff000000 };
		final Path file = save(Pixels.toBuffered(RgbaImage.ofArgb(2, 2, argb)), "png");
		assertPixels(file, argb);
		final Source source = PictureReader.read(file).source();
		assertEquals("picture.png", source.name());
		assertEquals("picture", source.stem());
		assertEquals("file", source.hashed());
		assertEquals(2, source.width());
	}

	@Test
	void theHashIsThatOfTheFile() throws IOException {
		assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
			Hash.of(new ByteArrayInputStream("abc".getBytes(StandardCharsets.US_ASCII))));
		final Path file = save(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), "png");
		assertEquals(PictureReader.read(file), PictureReader.read("picture.png", Files.readAllBytes(file)));
	}

	@Test
	void greyIsNotBrightened() throws IOException {
		assertPixels(save(components(ColorSpace.CS_GRAY, false, DataBuffer.TYPE_BYTE, 3, 0, 100, 255), "png"),
			0xff000000, 0xff646464, 0xffffffff);
		assertPixels(save(components(ColorSpace.CS_GRAY, true, DataBuffer.TYPE_BYTE, 2, 100, 0, 7, 200), "png"),
			0x00646464, 0xc8070707);
	}

	@Test
	void sixteenBitsAreScaledNotCutOff() throws IOException {
		// 257 · v + 128 is the last value that still rounds down to v.
		assertPixels(
			save(components(ColorSpace.CS_GRAY, false, DataBuffer.TYPE_USHORT, 5, 0, 128, 129, 257 * 100 + 128, 65535),
				"png"),
			0xff000000, 0xff000000, 0xff010101, 0xff646464, 0xffffffff);
		assertPixels(save(components(ColorSpace.CS_sRGB, false, DataBuffer.TYPE_USHORT, 1, 257, 65535, 32768), "png"),
			0xff01ff80);
		assertPixels(
			save(components(ColorSpace.CS_sRGB, true, DataBuffer.TYPE_USHORT, 1, 257, 65535, 514, 25700), "png"),
			0x6401ff02);
		assertPixels(save(components(ColorSpace.CS_GRAY, true, DataBuffer.TYPE_USHORT, 1, 2570, 25700), "png"),
			0x640a0a0a);
	}

	@Test
	void palettesWithAndWithoutTransparency() throws IOException {
		final byte[] r = { 0, (byte) 255, 10, 7 };
		final IndexColorModel colors = new IndexColorModel(2, 4, r, new byte[] { 0, 0, 20, 8 },
			new byte[] { 0, 0, 30, 9 }, new byte[] { -1, -1, 100, 0 });
		final BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_INDEXED, colors);
		for (int x = 0; x < 4; x++) image.getRaster().setSample(x, 0, 0, x);
		assertPixels(save(image, "png"), 0xff000000, 0xffff0000, 0x640a141e, 0x00070809);
		final IndexColorModel opaque =
			new IndexColorModel(1, 2, new byte[] { 5, 6 }, new byte[] { 5, 6 }, new byte[] { 5, 6 });
		assertPixels(save(new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, opaque), "png"), 0xff050505,
			0xff050505);
		assertPixels(save(new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY), "png"), 0xff000000, 0xff000000);
	}

	@Test
	void aTransparentColourInARgbPngIsTransparent() throws IOException {
		final byte[] scanline = { 0, 10, 20, 30, 1, 2, 3 };
		final Path file =
			Files.write(dir.resolve("trns.png"), png(2, 1, 8, 2, scanline, new byte[] { 0, 1, 0, 2, 0, 3 }));
		assertPixels(file, 0xff0a141e, 0x00010203);
	}

	@Test
	void otherFormats() throws IOException {
		final BufferedImage rgb = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < 256; i++) rgb.setRGB(i % 16, i / 16, 0xc08040);
		final int[] same = new int[256];
		Arrays.fill(same, 0xffc08040);
		assertPixels(save(rgb, "bmp"), same);
		assertPixels(save(rgb, "tif"), same);
		assertPixels(save(Pixels.toBuffered(RgbaImage.ofArgb(1, 1, new int[] { 0x40102030 })), "tif"), 0x40102030);
		final int jpeg = PictureReader.read(save(rgb, "jpg")).image().argb(7, 7);
		for (int shift = 0; shift < 24; shift += 8) assertEquals(0xc08040 >> shift & 0xff, jpeg >> shift & 0xff, 3);
		final BufferedImage grey = components(ColorSpace.CS_GRAY, false, DataBuffer.TYPE_BYTE, 8, new int[64]);
		for (int i = 0; i < 64; i++) grey.getRaster().setSample(i % 8, i / 8, 0, 100);
		assertEquals(0xff646464, PictureReader.read(save(grey, "jpg")).image().argb(3, 3));
		assertEquals(0xffc08040, PictureReader.read(save(rgb, "gif")).image().argb(0, 0));
	}

	@Test
	void theNameDoesNotDecide() throws IOException {
		final Path file = save(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "png");
		assertPixels(Files.move(file, dir.resolve("really a png.jpg")), 0xff000000);
	}

	@Test
	void theSmallestAndTheLongestPicture() throws IOException {
		assertPixels(save(new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB), "png"), 0);
		final RgbaImage strip =
			PictureReader.read(save(new BufferedImage(20000, 20, BufferedImage.TYPE_INT_RGB), "png")).image();
		assertEquals(20000, strip.width());
		assertEquals(20, strip.height());
	}

	@Test
	void whatIsNoPictureIsRejectedInOneMessage() throws IOException {
		final String not = "The file F is not a picture that can be read (PNG, JPEG, TIFF, GIF, BMP or PDF).";
		assertEquals(not, rejection(Files.writeString(dir.resolve("notes.png"), "this is text")));
		assertEquals(not, rejection(Files.write(dir.resolve("zeros.png"), new byte[5000])));
		assertEquals("The file F is empty.", rejection(Files.createFile(dir.resolve("empty.png"))));
		assertEquals("There is no file F.", rejection(dir.resolve("missing.png")));
		assertEquals("F is a folder; give a picture file.", rejection(dir));
	}

	/** To wait for what comes out of a pipe would be to wait for ever. */
	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void pipesAndDevicesAreNamed(@TempDir final Path folder) throws IOException, InterruptedException {
		final Path pipe = folder.resolve("pipe.png");
		assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
		for (final Path file : List.of(pipe, Path.of("/dev/zero"))) {
			assertEquals(file + " is not a file but a pipe or a device; give a picture file.",
				assertThrows(PictureException.class, () -> PictureReader.read(file)).getMessage());
			assertEquals(file + " is not a file but a pipe or a device; give a layered file.",
				assertThrows(PictureException.class, () -> LayerFormat.read(file)).getMessage());
		}
	}

	@Test
	void damagedPicturesAreRejectedInOneMessage() throws IOException {
		final BufferedImage noise = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < 4096; i++) noise.setRGB(i % 64, i / 64, i * 0x9e3779b1);
		for (final String format : new String[] { "png", "jpg", "bmp", "gif", "tif" }) {
			final byte[] whole = Files.readAllBytes(save(noise, format));
			for (final int part : new int[] { 10, 30, 60, 95 }) {
				final Path cut = Files.write(dir.resolve("cut-" + part + "." + format),
					Arrays.copyOf(whole, whole.length * part / 100));
				final String message = rejection(cut);
				assertTrue(message.startsWith("The picture F is damaged or incomplete (")
					|| message.startsWith("The file F is not a picture"), message);
			}
		}
		final byte[] garbled = Files.readAllBytes(save(noise, "png"));
		for (int i = 60; i < 400; i++) garbled[i] = (byte) i;
		assertTrue(rejection(Files.write(dir.resolve("garbled.png"), garbled))
			.startsWith("The picture F is damaged or incomplete ("));
	}

	@Test
	void cmykAndFloatAreRejectedInOneMessage() throws IOException {
		final Path cmyk = dir.resolve("cmyk.jpg");
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
		try (ImageOutputStream out = ImageIO.createImageOutputStream(cmyk.toFile())) {
			writer.setOutput(out);
			writer.write(new IIOImage(Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null), null, null));
		}
		assertEquals("The picture F is in CMYK, the colours of printing; convert it to RGB first.", rejection(cmyk));

		final ColorModel cm = new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_GRAY), false, false,
			ColorModel.OPAQUE, DataBuffer.TYPE_FLOAT);
		final SampleModel sm = cm.createCompatibleSampleModel(4, 4);
		final BufferedImage floats = new BufferedImage(cm, Raster.createWritableRaster(sm, null), false, null);
		assertEquals(
			"The picture F has pixels of an unsupported kind (floating point; only 8 and 16 bits of grey or RGB, with or without alpha, are); convert it to RGB first.",
			rejection(save(floats, "tif")));
	}

	@Test
	void aPictureLargerThanMemoryIsRejectedBeforeItIsDecoded() throws IOException {
		final Path file = Files.write(dir.resolve("bomb.png"), png(60000, 60000, 8, 2, new byte[100], new byte[0]));
		final String message = rejection(file);
		assertTrue(message.matches(
			"The picture F has 60000 × 60000 pixels and needs 43\\.2 GB to open, but Java may use only [0-9.]+ GB more; "
				+ "give Java more \\(-Xmx\\) or make it smaller\\."),
			message);
	}

	/** A PNG by hand, for what the Java library cannot write. */
	private static byte[] png(final int width, final int height, final int bits, final int colorType,
		final byte[] scanlines, final byte[] trns) throws IOException
	{
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(new byte[] { (byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10 });
		final ByteArrayOutputStream header = new ByteArrayOutputStream();
		final DataOutputStream data = new DataOutputStream(header);
		data.writeInt(width);
		data.writeInt(height);
		data.write(new byte[] { (byte) bits, (byte) colorType, 0, 0, 0 });
		chunk(out, "IHDR", header.toByteArray());
		if (trns.length > 0) chunk(out, "tRNS", trns);
		final ByteArrayOutputStream pixels = new ByteArrayOutputStream();
		try (DeflaterOutputStream deflater = new DeflaterOutputStream(pixels)) {
			deflater.write(scanlines);
		}
		chunk(out, "IDAT", pixels.toByteArray());
		chunk(out, "IEND", new byte[0]);
		return out.toByteArray();
	}

	private static void chunk(final ByteArrayOutputStream out, final String type, final byte[] body)
		throws IOException
	{
		final DataOutputStream data = new DataOutputStream(out);
		data.writeInt(body.length);
		final byte[] name = type.getBytes(StandardCharsets.US_ASCII);
		data.write(name);
		data.write(body);
		final CRC32 crc = new CRC32();
		crc.update(name);
		crc.update(body);
		data.writeInt((int) crc.getValue());
	}
}
