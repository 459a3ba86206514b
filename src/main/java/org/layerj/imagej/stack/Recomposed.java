package org.layerj.imagej.stack;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.LUT;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleCompositor;
import org.layerj.layers.Samples;

/**
 * The picture that a hyperstack of layers composites to, as it was before it was decomposed: in its own bit depth and
 * channels, with lookup tables, display ranges, calibration, slice labels and info.
 * <p>
 * Untouched layers give the picture's samples bit for bit; after an edit, pixels whose layers were not edited still
 * are. Images of ImageJ have no alpha: where layers leave the canvas open, colours are put on white, and samples on 0.
 */
public final class Recomposed {

	private static final int WHITE = 0xffffffff;

	private Recomposed() {}

	/**
	 * Puts the layers of a hyperstack together; of every frame if there are several.
	 *
	 * @throws org.layerj.decompose.DecompositionException if the image is no hyperstack of layers
	 */
	public static ImagePlus of(final ImagePlus hyperstack) {
		final SourceNotes notes = SourceNotes.read(hyperstack);
		ImageStack stack = new ImageStack(hyperstack.getWidth(), hyperstack.getHeight());
		boolean sampled = false;
		boolean grey = notes.grey();
		for (int frame = 1; frame <= hyperstack.getNFrames(); frame++) {
			final LayerStack layers = Hyperstacks.layers(hyperstack, frame);
			sampled = layers.format().isPresent();
			if (sampled) addSamples(layers, stack, notes, frame);
			else {
				final RgbaImage shown = onWhite(Compositor.flatten(layers));
				grey &= isGrey(shown);
				stack.addSlice(notes.label(frame, 1), shown.argb());
			}
		}
		if (grey && !sampled) stack = grey(stack);
		final String title = hyperstack.getShortTitle().replaceFirst("-layers$", "") + "-recomposed";
		final ImagePlus image = sampled ? withSamples(hyperstack, title, stack) : new ImagePlus(title, stack);
		final int channels = sampled ? hyperstack.getNChannels() - 1 : 1;
		image.setDimensions(channels, notes.alongZ() ? hyperstack.getNFrames() : 1,
			notes.alongZ() ? 1 : hyperstack.getNFrames());
		if (channels > 1 && hyperstack.getNFrames() > 1) image.setOpenAsHyperStack(true);
		final Calibration calibration = hyperstack.getCalibration().copy();
		notes.depth().ifPresent(d -> calibration.pixelDepth = d);
		image.setCalibration(calibration);
		notes.info().ifPresent(info -> image.setProperty("Info", info));
		return image;
	}

	private static void addSamples(final LayerStack layers, final ImageStack stack, final SourceNotes notes,
		final int frame)
	{
		final Samples samples = SampleCompositor.flatten(layers);
		// On a canvas of 0, what covers by half counts by half.
		final RgbaImage cover = Compositor.flatten(layers);
		final Samples shown = cover.isOpaque() ? samples : samples.over(cover.plane(RgbaImage.ALPHA));
		for (int c = 0; c < samples.channels(); c++) stack.addSlice(notes.label(frame, c + 1), shown.plane(c));
	}

	/** Once the picture is rounded to what it was: where coverage is 254.6 / 255, no white may come through. */
	private static RgbaImage onWhite(final RgbaImage shown) {
		return Compositor.flatten(new LayerStack(shown.width(), shown.height(), List.of(Layer.of("shown", "", shown))),
			WHITE);
	}

	private static ImageStack grey(final ImageStack colours) {
		final ImageStack stack = new ImageStack(colours.getWidth(), colours.getHeight());
		for (int i = 1; i <= colours.getSize(); i++) {
			final int[] rgb = (int[]) colours.getPixels(i);
			final byte[] pixels = new byte[rgb.length];
			for (int k = 0; k < rgb.length; k++) pixels[k] = (byte) rgb[k];
			stack.addSlice(colours.getSliceLabel(i), pixels);
		}
		return stack;
	}

	private static boolean isGrey(final RgbaImage image) {
		return Arrays.equals(image.plane(RgbaImage.RED), image.plane(RgbaImage.GREEN))
			&& Arrays.equals(image.plane(RgbaImage.RED), image.plane(RgbaImage.BLUE));
	}

	private static ImagePlus withSamples(final ImagePlus hyperstack, final String title, final ImageStack stack) {
		final int channels = hyperstack.getNChannels() - 1;
		final Optional<CompositeImage> tables =
			hyperstack instanceof CompositeImage c ? Optional.of(c) : Optional.empty();
		final ImagePlus image = new ImagePlus(title, stack);
		if (channels == 1) {
			tables.ifPresent(t -> {
				final LUT lut = t.getChannelLut(1);
				image.getProcessor().setLut(lut);
				if (stack.getSize() > 1) image.setDisplayRange(lut.min, lut.max);
			});
			return image;
		}
		image.setDimensions(channels, hyperstack.getNFrames(), 1);
		final CompositeImage composite = new CompositeImage(image, CompositeImage.COMPOSITE);
		tables.ifPresent(t -> {
			final LUT[] luts = new LUT[channels];
			for (int c = 0; c < channels; c++) luts[c] = t.getChannelLut(c + 1);
			composite.setLuts(luts);
			final String shown = hyperstack.getProp(Hyperstacks.VALUES);
			if (composite.getMode() == CompositeImage.COMPOSITE)
				for (int c = 0; c < channels; c++) composite.getActiveChannels()[c] = shown.charAt(c) == '1';
		});
		return composite;
	}
}
