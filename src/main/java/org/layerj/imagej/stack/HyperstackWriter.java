package org.layerj.imagej.stack;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.Undo;
import ij.WindowManager;
import ij.gui.ImageCanvas;
import ij.gui.ImageWindow;
import ij.gui.StackWindow;
import java.awt.EventQueue;
import java.awt.KeyboardFocusManager;
import java.awt.Window;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Samples;

/**
 * Brings one frame of a hyperstack that is open into the state of other layers, in place: its window, title,
 * calibration, run record, display, position and other frames stay. Slices that are right already are not touched, so
 * that what ImageJ remembers of them stays valid.
 */
public final class HyperstackWriter {

	private HyperstackWriter() {}

	/**
	 * Writes the layers into a frame.
	 *
	 * @param afterwards gets what is still to be done, and may take seconds, if the image got a new window: waiting
	 * until that is active, and giving the keyboard back; best done when nothing else waits for it
	 * @return the layers that the frame has now: the same, but that layers drawn in 8 bits have got samples where the
	 * others have some, and that there are empty ones on top where other frames have more layers
	 */
	public static LayerStack write(final ImagePlus image, final int frame, final LayerStack layers,
		final Consumer<Runnable> afterwards)
	{
		final ImagePlus wanted = Hyperstacks.of(layers, image.getTitle());
		final boolean fits = sameShape(image, wanted);
		final boolean pixels = fits ? pixels(image, frame, wanted)
			: replace(image, image.getNFrames() == 1 ? wanted : allFrames(image, frame, layers), afterwards);
		final boolean labels = fits && labels(image, frame, wanted);
		properties(image, frame, HyperstackBuilder.held(layers), wanted.getProp(Hyperstacks.VALUES));
		// What ImageJ could undo is no longer what it undoes to.
		if (pixels) Undo.reset();
		if (pixels) refresh(image);
		else if (labels && image.getWindow() != null) image.getWindow().repaint();
		return readWhereStale(image, frame, layers);
	}

	/**
	 * Writes what a frame's labels and properties say of layers whose pixels are there already, because they were read
	 * from it.
	 */
	public static void describe(final ImagePlus image, final int frame, final LayerStack layers) {
		boolean changed = false;
		for (int z = 1; z <= layers.size(); z++) {
			// It looks at every pixel, for the synthetic share.
			final LayerLabel label = LayerLabel.of(layers.get(z - 1));
			for (int c = 1; c <= image.getNChannels(); c++) {
				final int slice = image.getStackIndex(c, z, frame);
				final Optional<String> old = Optional.ofNullable(image.getStack().getSliceLabel(slice));
				final String next = label.withChannel(old.map(l -> LayerLabel.parse(l).channel()).orElse("")).text();
				if (old.filter(next::equals).isPresent()) continue;
				image.getStack().setSliceLabel(next, slice);
				changed = true;
			}
		}
		properties(image, frame, layers, image.getProp(Hyperstacks.VALUES));
		if (changed && image.getWindow() != null) image.getWindow().repaint();
	}

	/**
	 * Gives an image the slices back that have been deleted from it.
	 *
	 * @param afterwards as that of {@link #write}
	 */
	public static void bringBack(final ImagePlus image, final KnownSlices.Restored restored,
		final Consumer<Runnable> afterwards)
	{
		final ImagePlus wanted = new ImagePlus(image.getTitle(), restored.stack());
		wanted.setDimensions(image.getNChannels(), restored.slices(), restored.frames());
		replace(image, wanted, afterwards);
		Undo.reset();
		refresh(image);
	}

	/**
	 * Moves what properties say of frames to the numbers that these have now.
	 *
	 * @param now by frame as it was, from the first on, its number from 1; 0 if it is gone, and so is what was said
	 */
	public static void renumber(final ImagePlus image, final int[] now) {
		// Arrays that are all new cannot be matched with earlier ones.
		if (image.getImageProperties() == null || Arrays.stream(now).allMatch(n -> n == 0)) return;
		final Map<String, String> moved = new HashMap<>();
		for (final String key : image.getImageProperties().stringPropertyNames())
			for (int f = 1; f <= now.length; f++)
			{
				final boolean ofFrame = StackProvenance.isOf(key, f) || key.equals(StackElements.key(f));
				if (!ofFrame || now[f - 1] == f) continue;
				moved.putIfAbsent(key, null);
				final String name = key.substring(StackProvenance.key("", "", f).length());
				if (now[f - 1] > 0) moved.put(StackProvenance.key("", "", now[f - 1]) + name, image.getProp(key));
			}
		moved.forEach(image::setProp);
	}

	/** Has ImageJ show pixels that were changed behind its back. */
	private static void refresh(final ImagePlus image) {
		if (image instanceof CompositeImage composite) composite.updateAllChannelsAndDraw();
		else image.updateAndDraw();
	}

	private static boolean sameShape(final ImagePlus image, final ImagePlus wanted) {
		return image.getBitDepth() == wanted.getBitDepth() && image.getWidth() == wanted.getWidth()
			&& image.getHeight() == wanted.getHeight() && image.getNChannels() == wanted.getNChannels()
			&& image.getNSlices() == wanted.getNSlices();
	}

	private static boolean pixels(final ImagePlus image, final int frame, final ImagePlus wanted) {
		final int first = image.getStackIndex(1, 1, frame) - 1;
		boolean changed = false;
		for (int i = 1; i <= wanted.getStackSize(); i++) {
			final Object old = image.getStack().getPixels(first + i);
			final Object next = wanted.getStack().getPixels(i);
			if (Objects.deepEquals(old, next)) continue;
			System.arraycopy(next, 0, old, 0, Array.getLength(next));
			changed = true;
		}
		return changed;
	}

	private static boolean labels(final ImagePlus image, final int frame, final ImagePlus wanted) {
		final int first = image.getStackIndex(1, 1, frame) - 1;
		boolean changed = false;
		for (int i = 1; i <= wanted.getStackSize(); i++) {
			final String next = wanted.getStack().getSliceLabel(i);
			if (Objects.equals(image.getStack().getSliceLabel(first + i), next)) continue;
			image.getStack().setSliceLabel(next, first + i);
			changed = true;
		}
		return changed;
	}

	private static ImagePlus allFrames(final ImagePlus image, final int frame, final LayerStack layers) {
		final LayerStack before = Hyperstacks.layers(image, frame);
		final HyperstackBuilder builder = new HyperstackBuilder(layers);
		for (int f = 1; f <= image.getNFrames(); f++)
			builder.add(f == frame ? layers : alongside(Hyperstacks.layers(image, f), before, layers));
		return builder.image(image.getTitle());
	}

	/**
	 * The layers of another frame after layers came or went in one: with transparent ones for those that are new, in
	 * the same place, and without those that are gone and transparent here.
	 */
	private static LayerStack alongside(final LayerStack other, final LayerStack before, final LayerStack after) {
		if (other.width() != after.width() || other.height() != after.height()) return other;
		final List<Layer> out = new ArrayList<>(other.layers());
		out.removeIf(l -> before.find(l.id()).isPresent() && after.find(l.id()).isEmpty()
			&& AlphaBounds.of(l.pixels()).isEmpty());
		for (int k = 0; k < after.size(); k++) {
			final Layer made = after.get(k);
			if (before.find(made.id()).isPresent() || other.find(made.id()).isPresent()) continue;
			final Layer blank = Layer.of(made.id(), made.name(), RgbaImage.blank(other.width(), other.height()));
			out.add(above(out, k == 0 ? Optional.empty() : Optional.of(after.get(k - 1).id())),
				other.format()
					.map(f -> blank.withSamples(Samples.blank(f, other.width(), other.height())))
					.orElse(blank));
		}
		return new LayerStack(other.width(), other.height(), out);
	}

	/** The place above a layer: the top if it is not there, the bottom if there is none. */
	private static int above(final List<Layer> layers, final Optional<String> id) {
		if (id.isEmpty()) return 0;
		for (int k = 0; k < layers.size(); k++) if (layers.get(k).id().equals(id.get())) return k + 1;
		return layers.size();
	}

	private static boolean replace(final ImagePlus image, final ImagePlus wanted, final Consumer<Runnable> afterwards) {
		final int channel = Math.min(image.getC(), wanted.getNChannels());
		final int slice = Math.min(image.getZ(), wanted.getNSlices());
		final int frame = image.getT();
		final boolean sameCanvas = image.getWidth() == wanted.getWidth() && image.getHeight() == wanted.getHeight();
		final boolean otherChannels =
			image.getNChannels() != wanted.getNChannels() || image.getBitDepth() != wanted.getBitDepth();
		final Optional<ImageWindow> window = Optional.ofNullable(image.getWindow());
		// Without its window an image does not open another one, which would be of the first size again.
		image.setWindow(null);
		image.setStack(wanted.getStack(), wanted.getNChannels(), wanted.getNSlices(), wanted.getNFrames());
		window.ifPresent(image::setWindow);
		if (image instanceof CompositeImage composite) {
			if (otherChannels) composite.setLuts(wanted.getLuts());
			composite.reset();
		}
		window.ifPresent(w -> renew(image, w, sameCanvas, afterwards));
		image.setPosition(channel, slice, frame);
		return true;
	}

	/**
	 * A window's sliders fit one number of slices only. The new window keeps place and zoom, the keyboard stays with
	 * whoever has it, and the current image stays the one in front, if that is another one such as the view.
	 */
	private static void renew(final ImagePlus image, final ImageWindow old, final boolean sameCanvas,
		final Consumer<Runnable> afterwards)
	{
		final Window active = KeyboardFocusManager.getCurrentKeyboardFocusManager().getActiveWindow();
		final ImageWindow current = WindowManager.getCurrentWindow();
		final ImageCanvas canvas = old.getCanvas();
		image.setDeactivated();
		image.setOpenAsHyperStack(true);
		new StackWindow(image, sameCanvas ? canvas : null);
		if (active == null || active == old) return;
		afterwards.accept(() -> {
			image.waitTillActivated();
			EventQueue.invokeLater(() -> front(active, old, current));
		});
	}

	/** Brings back the window that was active, and before it the image that was current, unless its window is gone. */
	private static void front(final Window active, final ImageWindow old, final ImageWindow current) {
		final ImageWindow front = active instanceof ImageWindow other ? other : current;
		if (front != null && front != old && front.isVisible()) {
			WindowManager.setCurrentWindow(front);
			front.toFront();
		}
		active.toFront();
		Objects.requireNonNullElse(active.getMostRecentFocusOwner(), active).requestFocus();
	}

	/**
	 * Those that depend on layers; the run and what else is noted of the picture stay.
	 *
	 * @param values which channels are shown, null if they are no samples
	 */
	private static void properties(final ImagePlus image, final int frame, final LayerStack layers,
		final String values)
	{
		final Map<String, String> next = new HashMap<>();
		next.put(Hyperstacks.FORMAT, Hyperstacks.VERSION);
		next.put(Hyperstacks.CANVAS, Hyperstacks.canvas(image));
		next.put(Hyperstacks.VALUES, values);
		next.put(StackProvenance.KEY, StackProvenance.VERSION);
		// Ids hold no line breaks, and the prefix of one frame is not that of another.
		if (image.getImageProperties() != null) {
			for (final String key : new TreeSet<>(image.getImageProperties().stringPropertyNames()))
				if (StackProvenance.isOf(key, frame)) next.put(key, null);
		}
		for (final Layer l : layers.layers())
			next.putAll(StackProvenance.of(l, frame, image.getWidth(), image.getHeight()));
		next.forEach((key, value) -> {
			if (!Objects.equals(image.getProp(key), value)) image.setProp(key, value);
		});
	}

	private static LayerStack readWhereStale(final ImagePlus image, final int frame, final LayerStack layers) {
		final boolean sampled = image.getProp(Hyperstacks.VALUES) != null;
		if (image.getNSlices() == layers.size() && (!sampled || layers.format().isPresent())) return layers;
		final LayerStack read = Hyperstacks.layers(image, frame);
		final List<Layer> all = new ArrayList<>();
		for (int z = 0; z < read.size(); z++) {
			final boolean ours = z < layers.size() && (!sampled
				|| layers.get(z).samples().map(v -> v.format()).equals(read.get(z).samples().map(v -> v.format())));
			all.add(ours ? layers.get(z) : read.get(z));
		}
		return new LayerStack(read.width(), read.height(), all);
	}
}
