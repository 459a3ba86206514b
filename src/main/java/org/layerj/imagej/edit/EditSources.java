package org.layerj.imagej.edit;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.WindowManager;
import ij.gui.TextRoi;
import ij.plugin.Colors;
import ij.plugin.LutLoader;
import java.awt.Color;
import java.awt.Point;
import java.awt.image.IndexColorModel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.layerj.common.LocaleNames;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.imagej.open.LayerRoi;
import org.layerj.imagej.stack.ImagePictures;
import org.layerj.io.PictureReader;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Lut;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;

/** What edits need from ImageJ: colours and lookup tables by name, pictures, the user's selection. */
final class EditSources {

	private static final String CLIPBOARD = "clipboard";

	private EditSources() {}

	/**
	 * A colour {@code 0xRRGGBB}, written as ImageJ does (a name, {@code #d55e00}, {@code d55e00}) or as
	 * {@code 213,94,0}.
	 */
	static int colour(final String key, final String text) {
		final String word = text.strip();
		if (word.matches("\\d{1,3}( *, *\\d{1,3}){2}")) {
			final int[] rgb = Arrays.stream(word.split(" *, *")).mapToInt(Integer::parseInt).toArray();
			if (Arrays.stream(rgb).allMatch(v -> v < 256)) return rgb[0] << 16 | rgb[1] << 8 | rgb[2];
		}
		// ImageJ itself takes any word with "red" in it for red.
		final boolean known = word.matches("(#|0x)?\\p{XDigit}{6}")
			|| Arrays.asList(Colors.colors).contains(word.toLowerCase(Locale.ROOT));
		final Color colour = known ? Colors.decode(word, null) : null;
		if (colour == null) throw new InvalidOptionException(key,
			"The option " + key + " must be a colour such as red, #d55e00 or 213,94,0, not " + text + ".");
		return colour.getRGB() & 0xffffff;
	}

	/** A lookup table of ImageJ by its name in the menu, or a .lut file. */
	static Lut lut(final String text) {
		final String word = text.strip();
		final IndexColorModel model = word.toLowerCase(Locale.ROOT).endsWith(".lut")
			? LutLoader.openLut("noerror:" + word) : LutLoader.getLut(word);
		if (model == null) throw new InvalidOptionException("lut",
			"There is no lookup table " + text + "; give the name of one of ImageJ's or a .lut file.");
		final int last = model.getMapSize() - 1;
		return Lut.of(IntStream.range(0, Lut.SIZE).map(i -> model.getRGB(Math.min(i, last))).toArray());
	}

	/** The picture that is to replace a layer's: of an open image, of the clipboard, or in a file. */
	static RgbaImage content(final EditRequest request) {
		if (request.has("image") == request.has("file"))
			throw new InvalidOptionException("image", request.has("image") ? "Give an image or a file, not both."
				: "Say what to replace the layer with: an open image, clipboard, or a file.");
		if (request.has("image")) return image(request.text("image").orElseThrow());
		final String file = request.text("file").orElseThrow();
		try {
			return PictureReader.read(Path.of(file.strip())).image();
		}
		catch (final InvalidPathException e) {
			throw new InvalidOptionException("file",
				LocaleNames.unreadable(file).orElse("The option file must be a file, not " + file + "."));
		}
	}

	private static RgbaImage image(final String title) {
		final ImagePlus open = WindowManager.getImage(title.strip());
		if (open != null) return ImagePictures.of(open);
		if (!title.strip().equalsIgnoreCase(CLIPBOARD))
			throw new InvalidOptionException("image", "There is no open image called " + title + ".");
		final ImagePlus copied = ImagePlus.getClipboard();
		if (copied == null) throw new InvalidOptionException("image",
			"There is no image in ImageJ's clipboard; copy one first (Edit > Copy).");
		return ImagePictures.of(copied);
	}

	/** What is selected in the hyperstack or the view, if that is an area; a layer's element or a text is not. */
	static Optional<Region> selection(final Optional<ImagePlus> image, final LayerStack layers) {
		return image.filter(i -> !(i.getRoi() instanceof LayerRoi) && !(i.getRoi() instanceof TextRoi))
			.filter(i -> i.getWidth() == layers.width() && i.getHeight() == layers.height())
			.flatMap(Selection::of);
	}

	/** The middle of what is selected, be it a point or an area; empty if nothing is, or a text. */
	static Optional<Point> point(final Optional<ImagePlus> image, final LayerStack layers) {
		return image.filter(i -> i.getWidth() == layers.width() && i.getHeight() == layers.height())
			.map(ImagePlus::getRoi)
			.filter(r -> !(r instanceof LayerRoi) && !(r instanceof TextRoi))
			.map(Roi::getBounds)
			.map(b -> new Point(b.x + b.width / 2, b.y + b.height / 2));
	}

	/** The pixels of a region, on the whole canvas. */
	static Mask mask(final Region region, final LayerStack layers) {
		return Mask.of(layers.width(), layers.height(), i -> region.contains(i % layers.width(), i / layers.width()));
	}
}
