package org.layerj.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ShortProcessor;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.layers.RgbaImage;

/**
 * Pictures of every kind of pixels, written by the Java library, TwelveMonkeys and ImageJ in every format and
 * compression they know, and read back: samples are what was written, or near it where the compression loses something.
 */
class WrittenElsewhereTest {

	private static final int W = 37, H = 29;
	private static final Set<String> LOSSY = Set.of("JPEG", "BI_JPEG");

	@TempDir
	private Path dir;

	private static BufferedImage components(final int space, final boolean alpha, final int type) {
		final ColorModel colors = new ComponentColorModel(ColorSpace.getInstance(space), alpha, false,
			alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE, type);
		return new BufferedImage(colors, colors.createCompatibleWritableRaster(W, H), false, null);
	}

	private static Map<String, BufferedImage> pictures() {
		final Map<String, BufferedImage> all = new LinkedHashMap<>();
		for (final int bits : new int[] { 8, 16 })
			for (final boolean alpha : new boolean[] { false, true })
				for (final int space : new int[] { ColorSpace.CS_GRAY, ColorSpace.CS_sRGB })
				{
					all.put((space == ColorSpace.CS_GRAY ? "grey" : "rgb") + (alpha ? "a" : "") + bits,
						components(space, alpha, bits == 8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT));
				}
		all.put("binary", new BufferedImage(W, H, BufferedImage.TYPE_BYTE_BINARY));
		for (final int bits : new int[] { 2, 4, 8 }) {
			final byte[] map = new byte[3 << bits];
			new Random(bits).nextBytes(map);
			final IndexColorModel colors = new IndexColorModel(bits, 1 << bits, map, 0, false);
			all.put("palette" + bits, new BufferedImage(W, H,
				bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY, colors));
		}
		all.put("argb", new BufferedImage(W, H, BufferedImage.TYPE_INT_ARGB));
		all.put("bgr", new BufferedImage(W, H, BufferedImage.TYPE_3BYTE_BGR));
		all.put("abgr", new BufferedImage(W, H, BufferedImage.TYPE_4BYTE_ABGR));
		all.values().forEach(WrittenElsewhereTest::fill);
		return all;
	}

	/** Smooth, so that lossy compressions come near, and with every bit used. */
	private static void fill(final BufferedImage image) {
		final WritableRaster raster = image.getRaster();
		for (int b = 0; b < raster.getNumBands(); b++) {
			final int most = (1 << raster.getSampleModel().getSampleSize(b)) - 1;
			for (int y = 0; y < H; y++)
				for (int x = 0; x < W; x++)
					raster.setSample(x, y, b, (int) ((x * 1.3 + y * (b + 1)) / (W * 1.3 + H * (b + 1.0)) * most));
		}
	}

	@Test
	void byImageIO() throws IOException {
		final List<String> done = new ArrayList<>();
		for (final Map.Entry<String, BufferedImage> picture : pictures().entrySet())
			for (final String format : List.of("png", "tiff", "bmp", "gif", "jpeg"))
			{
				final ImageTypeSpecifier type = new ImageTypeSpecifier(picture.getValue());
				for (final Iterator<ImageWriter> writers = ImageIO.getImageWriters(type, format); writers.hasNext();) {
					final ImageWriter writer = writers.next();
					final ImageWriteParam how = writer.getDefaultWriteParam();
					final String[] compressions =
						how.canWriteCompressed() ? how.getCompressionTypes() : new String[] { "" };
					for (final String compression : compressions) {
						final String which = writer.getClass().getName().replaceFirst("\\.imageio.*", "") + " " + format
							+ " " + compression + " " + picture.getKey();
						final byte[] file = written(writer, picture.getValue(), compression);
						if (file.length == 0 || incomparable(format, compression, picture.getKey())) continue;
						final boolean exact = !format.equals("jpeg") && !LOSSY.contains(compression);
						assertRead(which, file, picture.getValue(), exact);
						done.add(which);
					}
					writer.dispose();
				}
			}
		// Most pairs of a picture and a compression go together.
		assertTrue(done.size() > 150, done.size() + " " + done);
		assertTrue(done.stream().anyMatch(d -> d.startsWith("com.twelvemonkeys")), done.toString());
	}

	/**
	 * What cannot be compared: GIF's writer chooses colours of its own for all but palettes; a palette's numbers mean
	 * nothing after a lossy compression; and the compression of EXIF's thumbnails leaves out the fields that pages of a
	 * TIFF must have.
	 */
	private static boolean incomparable(final String format, final String compression, final String picture) {
		final boolean indexed = picture.startsWith("palette") || picture.equals("binary");
		return format.equals("gif") && !indexed || indexed && (format.equals("jpeg") || LOSSY.contains(compression))
			|| compression.equals("Exif JPEG");
	}

	private static byte[] written(final ImageWriter writer, final BufferedImage image, final String compression) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
			writer.setOutput(stream);
			final ImageWriteParam how = writer.getDefaultWriteParam();
			if (!compression.isEmpty()) {
				how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
				how.setCompressionType(compression);
				if (!how.isCompressionLossless()) how.setCompressionQuality(1);
			}
			writer.write(null, new IIOImage(image, null, null), how);
		}
		catch (IOException | RuntimeException e) {
			// It does not write such pictures in that way.
			return new byte[0];
		}
		finally {
			writer.reset();
		}
		return out.toByteArray();
	}

	private static void assertRead(final String which, final byte[] file, final BufferedImage image,
		final boolean exact)
	{
		final Picture read;
		try {
			read = PictureReader.read("file", file);
		}
		catch (final PictureException e) {
			throw new AssertionError(which + ": " + e.getMessage(), e);
		}
		final RgbaImage expected = Pixels.of(image).orElseThrow();
		assertEquals(expected.width() + " " + expected.height(), read.image().width() + " " + read.image().height(),
			which);
		for (int c = 0; c < RgbaImage.PLANES; c++) for (int i = 0; i < W * H; i++) {
			assertEquals(expected.plane(c)[i] & 0xff, read.image().plane(c)[i] & 0xff, exact ? 0 : 24, which + " " + i);
		}
		if (exact) Pixels.samples(image).ifPresent(v -> assertTrue(v.sameSamples(read.samples().orElseThrow()), which));
	}

	@Test
	void byImageJ() throws IOException {
		final BufferedImage rgb = pictures().get("bgr");
		final BufferedImage grey = pictures().get("grey8");
		final BufferedImage deep = pictures().get("grey16");
		final Map<ImagePlus, BufferedImage> images = new LinkedHashMap<>();
		images.put(new ImagePlus("rgb", new ColorProcessor(rgb)), rgb);
		images.put(new ImagePlus("grey", new ByteProcessor(grey)), grey);
		images.put(new ImagePlus("deep", new ShortProcessor(deep)), deep);
		for (final Map.Entry<ImagePlus, BufferedImage> image : images.entrySet()) {
			final FileSaver saver = new FileSaver(image.getKey());
			final List<String> formats = new ArrayList<>(List.of("tif", "png", "jpg"));
			if (image.getKey().getBitDepth() != 16) formats.addAll(List.of("bmp"));
			if (image.getKey().getBitDepth() == 8) formats.add("gif");
			if (image.getKey().getBitDepth() == 16) formats.remove("jpg");
			for (final String format : formats) {
				final Path file = dir.resolve(image.getKey().getTitle() + "." + format);
				final boolean saved = switch (format) {
					case "tif" -> saver.saveAsTiff(file.toString());
					case "png" -> saver.saveAsPng(file.toString());
					case "bmp" -> saver.saveAsBmp(file.toString());
					case "gif" -> saver.saveAsGif(file.toString());
					default -> {
						FileSaver.setJpegQuality(100);
						yield saver.saveAsJpeg(file.toString());
					}
				};
				assertTrue(saved, file.toString());
				assertRead(file.toString(), Files.readAllBytes(file), image.getValue(), !format.equals("jpg"));
			}
		}
	}
}
