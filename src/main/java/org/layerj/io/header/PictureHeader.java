package org.layerj.io.header;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a picture file says of itself, looked at before anything is decoded.
 *
 * @param format as the Java library calls it: png, jpeg, tiff, gif or bmp
 * @param width of the picture as it is stored, in pixels
 * @param height of the picture as it is stored, in pixels
 * @param orientation how to turn it
 * @param notes profile and size of a pixel, of the picture turned upright
 * @param obstacle why it cannot be decoded: a sentence's end, to be put after "The picture X " and before a full stop
 * @param pieces what the decoder is given instead of the file
 * @param meaning what decoded samples mean
 */
public record PictureHeader(String format, int width, int height, Orientation orientation, PictureNotes notes,
	Optional<String> obstacle, List<Piece> pieces, Meaning meaning)
{

	/** What decoded samples mean. */
	public interface Meaning {

		/** As the decoder has them. */
		Meaning PLAIN = decoded -> decoded;

		/**
		 * The picture, its colour model saying what the samples are; they may be changed in place.
		 *
		 * @param decoded what the decoder has made
		 * @return the picture as the file means it
		 * @throws Broken if the decoder has made something else of them
		 * @throws IOException if the file cannot be read
		 */
		BufferedImage of(BufferedImage decoded) throws IOException;
	}

	public PictureHeader {
		pieces = List.copyOf(pieces);
		notes = notes.turned(orientation);
	}

	/** {@return profile and size of a pixel of the picture as it is stored, not turned} */
	public PictureNotes storedNotes() {
		return notes.turned(orientation);
	}

	/**
	 * Texts in a PNG by their keywords, those that are not compressed; none of other files.
	 *
	 * @param bytes of the file
	 * @return text by keyword
	 * @throws IOException if the file cannot be read
	 */
	public static Map<String, String> pngTexts(final PictureBytes bytes) throws IOException {
		return bytes.has(0, PngHeader.SIGNATURE) ? PngHeader.texts(bytes) : Map.of();
	}

	/**
	 * Looks at a file; nothing if it is of none of the formats. Throws {@link Broken} if it is, but damaged.
	 *
	 * @param bytes of the file
	 * @return what it says of itself
	 * @throws IOException if the file cannot be read, or ({@link Broken}) is damaged
	 */
	public static Optional<PictureHeader> of(final PictureBytes bytes) throws IOException {
		if (bytes.has(0, PngHeader.SIGNATURE)) return Optional.of(PngHeader.read(bytes));
		if (bytes.has(0, "\u00ff\u00d8\u00ff")) return Optional.of(JpegHeader.read(bytes));
		if (TiffDirectory.isTiff(bytes)) return Optional.of(TiffHeader.read(bytes).main());
		if (bytes.has(0, "GIF87a") || bytes.has(0, "GIF89a")) return Optional.of(GifHeader.read(bytes));
		return bytes.has(0, "BM") ? Optional.of(BmpHeader.read(bytes)) : Optional.empty();
	}
}
