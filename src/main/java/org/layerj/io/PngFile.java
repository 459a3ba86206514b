package org.layerj.io;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.layerj.io.header.ColourProfile;
import org.layerj.io.header.PictureNotes;
import org.layerj.io.header.PixelSize;
import org.layerj.layers.Layer;
import org.layerj.provenance.ProvenanceText;
import org.layerj.tracking.Fingerprints;

/**
 * Writes PNG files with provenance (XMP in an {@code iTXt} chunk, XMP specification, part 3), colour profile
 * ({@code iCCP}) and pixel size ({@code pHYs}).
 */
public final class PngFile {

	/** Keywords of texts in layers' PNGs: provenance, and hashes of the pixels. */
	public static final String PROVENANCE = "layerj:provenance", PRINTS = "layerj:prints";

	private static final String XMP = "XML:com.adobe.xmp";
	private static final String METADATA = "javax_imageio_png_1.0";

	private PngFile() {}

	/**
	 * @param texts by keyword, an XMP packet under that of Adobe
	 * @param notes of the picture that the image was made of
	 * @param file empty; stays open
	 * @throws IOException that says why the file cannot be made, as {@code ImageIO.write} does not
	 */
	static void write(final BufferedImage image, final Map<String, String> texts, final PictureNotes notes,
		final FileChannel file) throws IOException
	{
		final ImageWriter writer = JavaCodecs.writer("png");
		try (ChannelImageOutput out = new ChannelImageOutput(file)) {
			writer.setOutput(out);
			final IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
			put(metadata, image.getColorModel().getNumColorComponents() == 1, texts, notes);
			writer.write(new IIOImage(image, null, metadata));
		}
		finally {
			writer.dispose();
		}
	}

	/**
	 * Adds XMP and notes to the metadata of a PNG writer.
	 *
	 * @param metadata of the writer; changed
	 * @param grey whether the picture is grey; colour profiles are left out of grey pictures, and grey ones of colour
	 * pictures
	 * @param xmp the packet; empty for none
	 * @param notes of the picture
	 * @throws IIOInvalidTreeException if the writer rejects it
	 */
	public static void put(final IIOMetadata metadata, final boolean grey, final Optional<String> xmp,
		final PictureNotes notes) throws IIOInvalidTreeException
	{
		put(metadata, grey, xmp.map(x -> Map.of(XMP, x)).orElse(Map.of()), notes);
	}

	/** The texts of a layer's PNG. */
	static Map<String, String> texts(final Layer layer, final String xmp) {
		return Map.of(XMP, xmp, PROVENANCE, ProvenanceText.of(layer.provenance()), PRINTS,
			Fingerprints.text(layer.at(0, 0), layer.bounds().width(), layer.bounds().height()));
	}

	/** The texts of a picture. */
	static Map<String, String> texts(final String xmp) {
		return Map.of(XMP, xmp);
	}

	private static void put(final IIOMetadata metadata, final boolean grey, final Map<String, String> texts,
		final PictureNotes notes) throws IIOInvalidTreeException
	{
		final IIOMetadataNode root = new IIOMetadataNode(METADATA);
		notes.profile().filter(p -> p.grey() == grey).ifPresent(p -> root.appendChild(profile(p)));
		notes.pixelSize().flatMap(PngFile::size).ifPresent(root::appendChild);
		if (!texts.isEmpty()) root.appendChild(texts(texts));
		if (root.hasChildNodes()) metadata.mergeTree(METADATA, root);
	}

	private static IIOMetadataNode profile(final ColourProfile profile) {
		final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
		deflater.setInput(profile.bytes());
		deflater.finish();
		final ByteArrayOutputStream packed = new ByteArrayOutputStream();
		final byte[] chunk = new byte[1 << 13];
		while (!deflater.finished()) packed.write(chunk, 0, deflater.deflate(chunk));
		deflater.end();
		final IIOMetadataNode node = new IIOMetadataNode("iCCP");
		// 1 to 79 letters of Latin-1, no spaces at the ends.
		final String name = profile.name().replaceAll("[^ -~]", "?").replaceAll(" +", " ");
		node.setAttribute("profileName", name.substring(0, Math.min(79, name.length())).strip());
		node.setAttribute("compressionMethod", "deflate");
		node.setUserObject(packed.toByteArray());
		return node;
	}

	/** In whole dots per metre; none where that would be less than one, or more than the chunk can hold. */
	private static Optional<IIOMetadataNode> size(final PixelSize size) {
		final double x = 1 / size.width();
		final double y = 1 / size.height();
		if (x < 1 || y < 1 || x > Integer.MAX_VALUE || y > Integer.MAX_VALUE) return Optional.empty();
		final IIOMetadataNode physical = new IIOMetadataNode("pHYs");
		physical.setAttribute("pixelsPerUnitXAxis", String.valueOf(Math.round(x)));
		physical.setAttribute("pixelsPerUnitYAxis", String.valueOf(Math.round(y)));
		physical.setAttribute("unitSpecifier", "meter");
		return Optional.of(physical);
	}

	private static IIOMetadataNode texts(final Map<String, String> texts) {
		final IIOMetadataNode all = new IIOMetadataNode("iTXt");
		new TreeMap<>(texts).forEach((keyword, text) -> {
			final IIOMetadataNode entry = new IIOMetadataNode("iTXtEntry");
			entry.setAttribute("keyword", keyword);
			entry.setAttribute("compressionFlag", "FALSE");
			entry.setAttribute("compressionMethod", "0");
			entry.setAttribute("languageTag", "");
			entry.setAttribute("translatedKeyword", "");
			entry.setAttribute("text", text);
			all.appendChild(entry);
		});
		return all;
	}
}
