package org.layerj.io;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
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

/**
 * Writes PNG files that say where their pixels come from (XMP in an {@code iTXt} chunk, as the XMP specification, part
 * 3, wants it), which colours they stand for ({@code iCCP}) and how large they are ({@code pHYs}).
 */
public final class PngFile {

	private static final String KEYWORD = "XML:com.adobe.xmp";
	private static final String METADATA = "javax_imageio_png_1.0";

	private PngFile() {}

	/**
	 * @param xmp the packet; empty for none
	 * @param notes of the picture that the image was made of
	 * @param file empty; stays open
	 * @throws IOException that says why the file cannot be made, as {@code ImageIO.write} does not
	 */
	static void write(final BufferedImage image, final Optional<String> xmp, final PictureNotes notes,
		final FileChannel file) throws IOException
	{
		final ImageWriter writer = JavaCodecs.writer("png");
		try (ChannelImageOutput out = new ChannelImageOutput(file)) {
			writer.setOutput(out);
			final IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
			put(metadata, image.getColorModel().getNumColorComponents() == 1, xmp, notes);
			writer.write(new IIOImage(image, null, metadata));
		}
		finally {
			writer.dispose();
		}
	}

	/**
	 * Adds to what a PNG writer is going to write.
	 *
	 * @param grey whether the picture is grey; a profile for colours cannot be in it, nor one for grey in a picture of
	 * colours
	 * @param xmp the packet; empty for none
	 * @param notes of the picture
	 */
	public static void put(final IIOMetadata metadata, final boolean grey, final Optional<String> xmp,
		final PictureNotes notes) throws IIOInvalidTreeException
	{
		final IIOMetadataNode root = new IIOMetadataNode(METADATA);
		notes.profile().filter(p -> p.grey() == grey).ifPresent(p -> root.appendChild(profile(p)));
		notes.pixelSize().flatMap(PngFile::size).ifPresent(root::appendChild);
		xmp.ifPresent(x -> root.appendChild(text(x)));
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

	private static IIOMetadataNode text(final String xmp) {
		final IIOMetadataNode entry = new IIOMetadataNode("iTXtEntry");
		entry.setAttribute("keyword", KEYWORD);
		entry.setAttribute("compressionFlag", "FALSE");
		entry.setAttribute("compressionMethod", "0");
		entry.setAttribute("languageTag", "");
		entry.setAttribute("translatedKeyword", "");
		entry.setAttribute("text", xmp);
		final IIOMetadataNode texts = new IIOMetadataNode("iTXt");
		texts.appendChild(entry);
		return texts;
	}
}
