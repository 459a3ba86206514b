package org.layerj.imagej.open;

import ij.IJ;
import ij.ImagePlus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.layerj.decompose.DecompositionException;
import org.layerj.imagej.stack.HyperstackState;
import org.layerj.imagej.stack.HyperstackWriter;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.KnownSlices;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.edit.Locks;
import org.layerj.tracking.PixelTracking;

/**
 * A layered picture that is open in ImageJ: the hyperstack, which is the truth; its composite {@link LayerView view},
 * if it has one; what can be undone.
 * <p>
 * Both images may be worked on with whatever ImageJ has. Every method that reads or changes layers first finds out what
 * has been done to either since and brings both in step; so nothing depends on events, of which there are none in
 * macros. Where both have been changed, the hyperstack's changes come first and the view's on top. Of a hyperstack with
 * several frames it is about the current one, and each has an undo list of its own.
 * <p>
 * Belongs to its images as a property and goes with them. May be called from any thread but ImageJ's event thread,
 * which a large picture would hold up: {@link #hyperstack}, {@link #view}, {@link #isOpen} and the names of undo and
 * redo are for it too.
 */
public final class OpenLayers {

	/** Said where layers are needed and no image is open. */
	public static final String NO_IMAGE =
		"There is no image open; open a stack of layers, or decompose a picture first.";

	/** Property of both images; not text, so ImageJ neither saves nor copies it. */
	private static final String PROPERTY = "decompose.open";

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
	private final AtomicInteger heard = new AtomicInteger();
	/** What is to be done without the lock. */
	private final Queue<Runnable> afterwards = new ConcurrentLinkedQueue<>();
	private final Map<Integer, OpenFrame> frames = new HashMap<>();
	private final Closed closed;
	private final String title;
	private volatile ImagePlus hyperstack;
	/**
	 * The hyperstack is one of ours behind a view, which cannot be closed by hand: without the view it is not open,
	 * unless somebody shows it.
	 */
	private volatile boolean reopened;
	private volatile Optional<ImagePlus> view = Optional.empty();
	private volatile OpenFrame frame;
	private KnownSlices slices;
	private String selected = "";
	/** What was selected in each image when it was last asked; whichever is different now was used last. */
	private String slice = "";
	private String element = "";

	private OpenLayers(final ImagePlus hyperstack) {
		this.hyperstack = hyperstack;
		title = hyperstack.getShortTitle();
		closed = new Closed(hyperstack);
		frame = frame(hyperstack.getT());
		slices = KnownSlices.of(hyperstack);
		slice = sliceId();
		selected = slice;
		hyperstack.setProperty(PROPERTY, this);
	}

	/** The layered picture that an image is the hyperstack or the view of. */
	public static Optional<OpenLayers> of(final ImagePlus image) {
		final Optional<OpenLayers> known = known(image);
		if (known.isPresent() || !Hyperstacks.isLayers(image)) return known;
		synchronized (image) {
			return Optional.of(known(image).orElseGet(() -> new OpenLayers(image)));
		}
	}

	/** As {@link #of}, but only if it has been asked for before; looks at no pixels. */
	public static Optional<OpenLayers> known(final ImagePlus image) {
		// An image may hand its properties on to another one.
		return Optional.ofNullable(image.getProperty(PROPERTY))
			.filter(OpenLayers.class::isInstance)
			.map(OpenLayers.class::cast)
			.filter(o -> image == o.hyperstack || o.view.filter(v -> v == image).isPresent());
	}

	/**
	 * What a command works on.
	 *
	 * @param image usually the current one; empty if none is open
	 * @throws DecompositionException if it has no layers
	 */
	public static OpenLayers require(final Optional<ImagePlus> image) {
		final ImagePlus some =
			image.filter(i -> i.getProcessor() != null).orElseThrow(() -> new DecompositionException(NO_IMAGE));
		return of(some).orElseThrow(() -> new DecompositionException("The image " + some.getTitle()
			+ " has no layers; choose a stack of layers or its view, or decompose the image first."));
	}

	/** The picture's name, from which the titles of images made from it begin. */
	public String name() {
		return title.replaceFirst("-layers$", "");
	}

	/**
	 * The hyperstack, which holds the layers. May have been closed in the meantime; then {@link #layers} makes a new
	 * one.
	 */
	public ImagePlus hyperstack() {
		return hyperstack;
	}

	/** Whether one of its images still is; otherwise the layers are no longer watched. */
	public boolean isOpen() {
		return hyperstack.getProcessor() != null
			&& (!reopened || hyperstack.getWindow() != null || Show.known(hyperstack)) || view().isPresent();
	}

	/** Empty if there is none or it has been closed. */
	public Optional<ImagePlus> view() {
		return view.filter(v -> v.getProcessor() != null);
	}

	/** The view, made if there is none; showing it is up to the caller. */
	public ImagePlus openView() {
		return atOnce(() -> {
			final LayerStack now = layers();
			if (view().isEmpty()) {
				final ImagePlus made = LayerView.of(now, name() + "-view");
				made.setCalibration(hyperstack.getCalibration().copy());
				made.setProperty(PROPERTY, this);
				view = Optional.of(made);
			}
			return view.get();
		});
	}

	/**
	 * The layers of the hyperstack's current frame as they are now in either image; brings both in step. When both are
	 * closed, as they were last.
	 */
	public LayerStack layers() {
		return atOnce(() -> {
			if (!isOpen()) return frame.layers();
			if (hyperstack.getProcessor() == null) reopen();
			else closed.remember(hyperstack);
			bringBack();
			final boolean fewer = hyperstack.getNFrames() < slices.frames();
			if (fewer) {
				// Frames are known by their numbers.
				HyperstackWriter.renumber(hyperstack, slices.frameNumbers(hyperstack));
				frames.clear();
			}
			else look(view());
			if (fewer || frame.number() != hyperstack.getT()) {
				// The view still shows the frame before.
				frame = frame(hyperstack.getT());
				look(Optional.empty());
				view().ifPresent(v -> LayerView.show(v, frame.layers()));
				changed();
			}
			slices = KnownSlices.of(hyperstack);
			return frame.layers();
		});
	}

	/** Takes back that slices or frames with locked layers have been deleted by ImageJ's commands, in every frame. */
	private void bringBack() {
		slices.restored(hyperstack).ifPresent(r -> {
			r.missing().forEach(OpenLayers::logLocked);
			HyperstackWriter.bringBack(hyperstack, r, afterwards::add);
		});
	}

	private static void logLocked(final String name) {
		IJ.log("Layer " + name + " is locked, so what was done to it was taken back; " + Locks.HOW);
	}

	/** Finds out what has been done to the frame, in the view as well if it shows it. */
	private void look(final Optional<ImagePlus> shown) {
		final LayerStack before = frame.layers();
		final HyperstackState.Found found = frame.look(hyperstack);
		final LayerStack now =
			unlocked(before, shown.map(v -> LayerView.take(v, before, found.layers())).orElse(found.layers()));
		if (now.equals(before) && found.layers().equals(before)) {
			// Elements may have been removed all at once, or be clones.
			shown.ifPresent(v -> LayerView.show(v, before));
			return;
		}
		if (!now.equals(before)) frame.history().push(Changes.name(before, now), before, now);
		if (!now.equals(found.layers())) {
			frame.adopt(hyperstack, found);
			write(now);
			return;
		}
		// Its pixels are not written: someone may be painting on.
		frame.adopt(hyperstack, found);
		if (now.size() != before.size()) frames.keySet().retainAll(Set.of(frame.number()));
		shown.ifPresent(v -> LayerView.show(v, now));
		changed();
	}

	/**
	 * What was done by hand, but to locked layers; that is taken back, and said. A canvas that was turned or cut takes
	 * all with it.
	 */
	private static LayerStack unlocked(final LayerStack before, final LayerStack now) {
		final List<Layer> touched = Locks.changed(before, now);
		if (touched.isEmpty() || before.width() != now.width() || before.height() != now.height()
			|| !PixelTracking.inPlace(before, now)) return now;
		touched.forEach(l -> logLocked(l.name()));
		return Locks.restored(before, now);
	}

	private OpenFrame frame(final int number) {
		return frames.computeIfAbsent(number, n -> new OpenFrame(hyperstack, n));
	}

	/**
	 * Id of the layer that commands work on: the one whose slice the hyperstack shows, or whose element is selected in
	 * the view, whichever was chosen last.
	 */
	public String selected() {
		return atOnce(() -> {
			final LayerStack now = layers();
			final String elementNow = elementId();
			final String sliceNow = sliceId();
			if (!elementNow.isEmpty() && !elementNow.equals(element)) selected = elementNow;
			else if (!sliceNow.equals(slice)) selected = sliceNow;
			element = elementNow;
			slice = sliceNow;
			if (now.find(selected).isEmpty()) selected = sliceNow;
			return selected;
		});
	}

	/**
	 * Selects a layer in both images; a selection of the user's own in the view stays, since it may steer what comes
	 * next.
	 *
	 * @throws NoSuchElementException if there is no layer with this id
	 */
	public void select(final String id) {
		atOnce(() -> {
			final int z = layers().indexOf(id) + 1;
			selected = id;
			if (!isOpen()) return id;
			if (hyperstack.getZ() != z) hyperstack.setPosition(hyperstack.getC(), z, hyperstack.getT());
			view().ifPresent(v -> LayerView.element(v, id).ifPresentOrElse(roi -> {
				if (v.getRoi() != roi && (v.getRoi() == null || v.getRoi() instanceof LayerRoi)) v.setRoi(roi);
			}, () -> {
				if (v.getRoi() instanceof LayerRoi) v.deleteRoi();
			}));
			slice = sliceId();
			element = elementId();
			changed();
			return id;
		});
	}

	/** Brings both images in step, and the selection of one in line with that of the other. */
	void follow() {
		atOnce(() -> {
			// Whoever asked for the selection before may have noticed the change, but has not carried it over.
			final String id = selected();
			final boolean elsewhere = !element.isEmpty() && !element.equals(id);
			if (!slice.equals(id) || elsewhere) select(id);
			return id;
		});
	}

	/**
	 * Asks for or does several things at one moment: no other thread changes the layers meanwhile. What is to be waited
	 * for because of them, such as a new window, is waited for when others have their turn again.
	 */
	public <T> T atOnce(final Supplier<T> work) {
		try {
			synchronized (this) {
				return work.get();
			}
		}
		finally {
			if (!Thread.holdsLock(this))
				for (Runnable next = afterwards.poll(); next != null; next = afterwards.poll()) next.run();
		}
	}

	/** Counts what is heard of its images, so that many events become one look. */
	AtomicInteger heard() {
		return heard;
	}

	/**
	 * Edits the layers; the edit gets them as they are now. Can be undone.
	 *
	 * @param what names the edit in the list of what can be undone, for example {@code Rename Title}
	 * @return the layers after the edit
	 * @throws DecompositionException if nothing would be left
	 * @throws org.layerj.layers.edit.EditException if a locked layer would not stay as it is
	 */
	public LayerStack apply(final String what, final UnaryOperator<LayerStack> edit) {
		return atOnce(() -> {
			final String at = selected();
			final LayerStack before = frame.layers();
			final LayerStack after = Locks.checked(before, edit.apply(before));
			if (after.equals(before)) return before;
			if (after.size() == 0) throw new DecompositionException(
				"A layered picture has at least one layer; this one cannot be removed.");
			write(after);
			frame.history().push(what, before, after);
			restore(at);
			return frame.layers();
		});
	}

	/** Takes the last step back; what it was, or empty if there is none. */
	public Optional<String> undo() {
		return atOnce(() -> {
			final String at = selected();
			final Optional<String> what = frame.history().undoName();
			frame.history().undo().ifPresent(l -> {
				write(l);
				restore(at);
			});
			return what;
		});
	}

	/** Does again what was undone last; what it was, or empty if there is nothing. */
	public Optional<String> redo() {
		return atOnce(() -> {
			final String at = selected();
			final Optional<String> what = frame.history().redoName();
			frame.history().redo().ifPresent(l -> {
				write(l);
				restore(at);
			});
			return what;
		});
	}

	/** What {@link #undo} would take back. */
	public Optional<String> undoName() {
		return frame.history().undoName();
	}

	/** What {@link #redo} would do again. */
	public Optional<String> redoName() {
		return frame.history().redoName();
	}

	/** Has something run, in the thread that did it, whenever the layers or the selection may have changed. */
	public void addListener(final Runnable listener) {
		listeners.add(listener);
	}

	/** Ends what {@link #addListener} began; nothing happens if it was not there. */
	public void removeListener(final Runnable listener) {
		listeners.remove(listener);
	}

	private void write(final LayerStack now) {
		if (!isOpen())
			throw new DecompositionException("The layers of " + name() + " have been closed; open them again.");
		final int count = hyperstack.getNSlices();
		final List<OpenFrame> others = frames.values().stream().filter(f -> f != frame).toList();
		if (now.size() != count) others.forEach(f -> f.catchUp(hyperstack));
		frame.write(hyperstack, now, afterwards::add);
		// Slices are put in or taken out of all frames at once.
		if (hyperstack.getNSlices() != count) others.forEach(f -> f.refit(hyperstack));
		slices = KnownSlices.of(hyperstack);
		view().ifPresent(v -> LayerView.show(v, frame.layers()));
		changed();
	}

	/** Stays on the layer that was selected, wherever it is now. */
	private void restore(final String id) {
		if (frame.layers().find(id).isPresent()) select(id);
		else select(frame.layers().get(Math.min(hyperstack.getZ(), frame.layers().size()) - 1).id());
	}

	/**
	 * Someone closed the hyperstack and goes on working with the view; of several frames only that of the view is left.
	 */
	private void reopen() {
		reopened = true;
		hyperstack = closed.restore(hyperstack, Hyperstacks.of(frame.layers(), title));
		hyperstack.setProperty(PROPERTY, this);
		frames.clear();
		final LayerStack all = frame.layers();
		frame = frame(1);
		frame.write(hyperstack, all, afterwards::add);
		slices = KnownSlices.of(hyperstack);
	}

	private String sliceId() {
		final int z = hyperstack.getZ();
		return z >= 1 && z <= frame.layers().size() ? frame.layers().get(z - 1).id() : "";
	}

	private String elementId() {
		return view().map(ImagePlus::getRoi)
			.filter(LayerRoi.class::isInstance)
			.map(r -> ((LayerRoi) r).id())
			.orElse("");
	}

	private void changed() {
		listeners.forEach(Runnable::run);
	}
}
