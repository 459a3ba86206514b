package org.layerj.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.Prefs;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.common.Progress;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.RunRecord;
import org.layerj.decompose.Settings;
import org.layerj.exact.ExactRecomposition;
import org.layerj.exact.ExactSamples;
import org.layerj.imagej.stack.HyperstackTiff;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.SavedTiff;
import org.layerj.io.header.PictureNotes;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;
import org.layerj.layers.Visibility;
import org.layerj.provenance.Kind;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What files say of where their pixels come from, read back with the Java library; and files of 16 bits. */
class XmpTest {

	private static final String TERM =
		"http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";
	private static final RunRecord RUN = new RunRecord("ti<ny & co", "built-in", "cafe",
		new Settings(2, 256, 8, 1, 42, "", " ", "auto", false), "cpu", "f32", Map.of(), 1, 288, 224, "");

	@TempDir
	Path dir;

	private static RgbaImage picture(final int w, final int h) {
		return RgbaImage.ofArgb(w, h, new Random(1).ints((long) w * h).map(p -> p | 0xff000000).toArray());
	}

	/** Two layers; the upper one hides a half of the lower one. */
	private static LayerStack layers(final RgbaImage picture) {
		final int[] top = picture.argb();
		for (int i = 0; i < top.length; i++) if (i % picture.width() < picture.width() / 2) top[i] = 0;
		final LayerStack stack =
			new LayerStack(picture.width(), picture.height(), List.of(Layer.of("a", "Background", picture),
				Layer.of("b", "Cell", RgbaImage.ofArgb(picture.width(), picture.height(), top))));
		return Visibility.markHidden(ExactRecomposition.of(picture, stack), Kind.GENERATED, Set.of(RUN.by()));
	}

	private Path folder(final LayerStack layers) {
		final Path out = dir.resolve("out");
		try (LayerFolder folder = LayerFolder.open(out)) {
			folder.write(new Decomposition(layers, RUN),
				new Source("cells.png", "00ff", "file", layers.width(), layers.height()), HyperstackTiff::write,
				List.of(), Progress.none());
		}
		return out;
	}

	private static String pngXmp(final Path file) throws IOException {
		try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
			final ImageReader reader = ImageIO.getImageReaders(in).next();
			reader.setInput(in);
			final NodeList entries = ((Element) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0"))
				.getElementsByTagName("iTXtEntry");
			Node entry = entries.item(0);
			for (int i = 1; i < entries.getLength()
				&& !entry.getAttributes().getNamedItem("keyword").getNodeValue().equals("XML:com.adobe.xmp"); i++)
				entry = entries.item(i);
			assertEquals("XML:com.adobe.xmp", entry.getAttributes().getNamedItem("keyword").getNodeValue());
			assertEquals("FALSE",
				entry.getAttributes().getNamedItem("compressionFlag").getNodeValue().toUpperCase(Locale.ROOT));
			return entry.getAttributes().getNamedItem("text").getNodeValue();
		}
	}

	private static Optional<String> term(final String xmp) throws Exception {
		final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
		factory.setNamespaceAware(true);
		final Document xml = factory.newDocumentBuilder()
			.parse(new ByteArrayInputStream(xmp.replace("\uFEFF", "").getBytes(StandardCharsets.UTF_8)));
		assertEquals("Decompose Layers",
			xml.getElementsByTagNameNS("http://ns.adobe.com/xap/1.0/", "CreatorTool").item(0).getTextContent());
		assertEquals("sha256:00ff",
			xml.getElementsByTagNameNS("http://purl.org/dc/elements/1.1/", "source").item(0).getTextContent());
		assertEquals("layers.json",
			xml.getElementsByTagNameNS("http://purl.org/dc/elements/1.1/", "relation").item(0).getTextContent());
		final NodeList terms =
			xml.getElementsByTagNameNS("http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "DigitalSourceType");
		return terms.getLength() == 0 ? Optional.empty() : Optional.of(terms.item(0).getTextContent());
	}

	@Test
	void filesSayWhetherPixelsWereMadeUp() throws Exception {
		final LayerStack layers = layers(picture(12, 7));
		final Path out = folder(layers);
		assertEquals(Optional.of(TERM), term(pngXmp(out.resolve("layer-00.png"))), "its right half is hidden");
		assertEquals(Optional.empty(), term(pngXmp(out.resolve("layer-01.png"))));
		assertEquals(Optional.empty(), term(pngXmp(out.resolve("recomposed.png"))), "all of it is the picture");
		final byte[] tiff = Files.readAllBytes(out.resolve("layers.tif"));
		final String text = new String(tiff, StandardCharsets.UTF_8);
		assertEquals(Optional.of(TERM),
			term(text.substring(text.indexOf("<?xpacket begin"), text.indexOf("<?xpacket end"))));
		assertEquals(layers, Hyperstacks.layers(IJ.openImage(out.resolve("layers.tif").toString())),
			"ImageJ reads the file as before");
		assertEquals(1, ImageIO.read(out.resolve("layers.tif").toFile()).getRaster().getNumBands(),
			"and so does the Java library");
	}

	@Test
	void eitherByteOrderAndNoOtherFile() throws IOException {
		final ImagePlus image = Hyperstacks.of(layers(picture(5, 4)), "x");
		for (final boolean intel : new boolean[] { true, false }) {
			Prefs.intelByteOrder = intel;
			final Path file = dir.resolve(intel + ".tif");
			SavedTiff.write(image, file);
			final byte[] before = Files.readAllBytes(file);
			assertTrue(TiffNotes.add(file, "<xmp/>", PictureNotes.NONE));
			assertFalse(TiffNotes.add(file, "<xmp/>", PictureNotes.NONE), "it has one already");
			assertEquals(Hyperstacks.layers(image), Hyperstacks.layers(IJ.openImage(file.toString())));
			final byte[] after = Files.readAllBytes(file);
			for (int i = 8; i < before.length; i++) assertEquals(before[i], after[i]);
		}
		Prefs.intelByteOrder = false;
		final Path other = dir.resolve("other.tif");
		Files.writeString(other, "MM");
		assertFalse(TiffNotes.add(other, "<xmp/>", PictureNotes.NONE));
		assertEquals("MM", Files.readString(other));
	}

	@Test
	void sixteenBitsComeBackAsTheyWere() throws IOException {
		for (final int bands : new int[] { 1, 3 }) {
			final BufferedImage deep = deep(bands);
			final Path file = dir.resolve("deep" + bands + ".png");
			ImageIO.write(deep, "png", file.toFile());
			final Picture read = PictureReader.read(file);
			final Samples samples = read.samples().orElseThrow();
			assertEquals(bands, samples.channels());
			assertEquals(40000 % 65536, (int) samples.get(0, 1));
			final LayerStack layers = ExactSamples.of(samples, layers(read.image()));
			final Path out = folder(layers);
			final Picture recomposed = PictureReader.read(out.resolve("recomposed.png"));
			assertEquals(samples, recomposed.samples().orElseThrow());
			assertTrue(recomposed.image().isOpaque());
			final Picture top = PictureReader.read(out.resolve("layer-01.png"));
			assertEquals(layers.get(1).samples(), top.samples());
			assertArrayEquals(layers.get(1).pixels().plane(RgbaImage.ALPHA), top.image().plane(RgbaImage.ALPHA));
			assertEquals(layers, Hyperstacks.layers(IJ.openImage(out.resolve("layers.tif").toString())));
		}
	}

	private static BufferedImage deep(final int bands) {
		final ColorSpace space = ColorSpace.getInstance(bands == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
		final ColorModel colors = new ComponentColorModel(space, false, false, 1, DataBuffer.TYPE_USHORT);
		final BufferedImage image =
			new BufferedImage(colors, colors.createCompatibleWritableRaster(13, 6), false, null);
		for (int i = 0; i < 13 * 6; i++)
			for (int b = 0; b < bands; b++) image.getRaster().setSample(i % 13, i / 13, b, i * 40000 % 65536 ^ b);
		return image;
	}
}
