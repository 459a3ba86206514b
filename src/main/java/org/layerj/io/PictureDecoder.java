package org.layerj.io;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageReader;
import org.layerj.io.header.Broken;
import org.layerj.io.header.PictureBytes;
import org.layerj.io.header.PictureHeader;
import org.layerj.io.header.Pieces;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;

/**
 * Decodes pictures with ImageIO's own readers. Samples are kept as stored: the header omits metadata by which the
 * readers would change them.
 */
public final class PictureDecoder {

	private PictureDecoder() {}

	/**
	 * A decoded picture, upright.
	 *
	 * @param image straight 8-bit RGBA
	 * @param samples 16-bit samples of grey, or of red, green and blue
	 */
	public record Decoded(RgbaImage image, Optional<Samples> samples) {}

	/**
	 * Decodes a picture that its header says can be decoded.
	 *
	 * @param header of the file
	 * @param bytes of the file
	 * @return pixels and samples
	 * @throws PixelKindException if its pixel type is not supported
	 * @throws Broken if it is damaged
	 * @throws IOException if the file cannot be read
	 */
	public static Decoded decode(final PictureHeader header, final PictureBytes bytes) throws IOException {
		final ImageReader reader = JavaCodecs.reader(header.format());
		// To the Java library a JPEG that breaks off is no error: it warns and leaves the rest grey.
		final List<String> damage = new ArrayList<>();
		reader.addIIOReadWarningListener((source, warning) -> {
			if (warning.contains("premature end") || warning.contains("bad Huffman")) damage.add(warning);
		});
		try (Pieces in = new Pieces(bytes, header.pieces())) {
			reader.setInput(in, true, true);
			final BufferedImage decoded = reader.read(0);
			if (!damage.isEmpty()) throw new Broken(damage.get(0));
			final BufferedImage image = header.meaning().of(decoded);
			if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK) throw new PixelKindException();
			final RgbaImage seen = Pixels.of(image).orElseThrow(PixelKindException::new);
			return new Decoded(header.orientation().turn(seen), Pixels.samples(image).map(header.orientation()::turn));
		}
		catch (Broken | PixelKindException e) {
			throw e;
		}
		catch (IOException | RuntimeException e) {
			// The Java library's readers throw all kinds of things at damaged files, with texts for programmers.
			final Broken broken = new Broken("its pixels cannot be decoded");
			broken.initCause(e);
			throw broken;
		}
		finally {
			reader.dispose();
		}
	}
}
