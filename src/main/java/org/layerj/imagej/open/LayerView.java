package org.layerj.imagej.open;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * The composite view of layers: a white RGB image with every visible layer as an {@link LayerRoi element} of its
 * overlay, the bottom layer first. ImageJ draws it by Java2D, which rounds after every layer and is off by one 8-bit
 * level in places.
 * <p>
 * Elements can be moved, renamed, re-ordered, duplicated, removed and made fainter by whatever tool; {@link #take}
 * reads that back. Elements that are no layers stay where they are, above all layers.
 */
public final class LayerView {

	private LayerView() {}

	/** A view of these layers, not shown. */
	static ImagePlus of(final LayerStack layers, final String title) {
		final ImagePlus view = new ImagePlus(title, white(layers));
		show(view, layers);
		return view;
	}

	/**
	 * Brings the view into the state of the layers; elements that are right already stay the same objects. Tells
	 * whether there was anything to do.
	 */
	static boolean show(final ImagePlus view, final LayerStack layers) {
		boolean changed = false;
		if (view.getWidth() != layers.width() || view.getHeight() != layers.height()) {
			view.setProcessor(white(layers));
			changed = true;
		}
		final List<Roi> present = elements(view);
		final Map<String, LayerRoi> old = new HashMap<>();
		for (final Roi roi : present) if (roi instanceof LayerRoi l) old.putIfAbsent(l.id(), l);
		final List<Roi> wanted = new ArrayList<>();
		for (final Layer layer : layers.layers()) {
			if (!layer.visible()) continue;
			final LayerRoi same = old.get(layer.id());
			final boolean reused = same != null && same.shows(layer);
			final LayerRoi roi = reused ? same : new LayerRoi(layer);
			changed |= reused && roi.follow(layer);
			wanted.add(roi);
		}
		for (final Roi roi : present) if (!(roi instanceof LayerRoi)) wanted.add(roi);
		if (!sameObjects(present, wanted)) {
			replace(view, wanted);
			changed = true;
		}
		if (changed) view.draw();
		return changed;
	}

	/**
	 * What has been done to the elements since the view was in step.
	 *
	 * @param before the layers the view was brought into step with
	 * @param now the layers as they are otherwise, after what has been done to the hyperstack
	 */
	static LayerStack take(final ImagePlus view, final LayerStack before, final LayerStack now) {
		final List<LayerRoi> found =
			elements(view).stream().filter(LayerRoi.class::isInstance).map(LayerRoi.class::cast).toList();
		// An overlay removed as a whole was in the way: it is no request to delete all layers.
		if (found.isEmpty()) return now;
		final Map<String, Layer> layers = new LinkedHashMap<>();
		for (final Layer l : now.layers()) layers.put(l.id(), l);
		final Set<String> seen = new HashSet<>();
		final List<String> order = new ArrayList<>();
		for (final LayerRoi roi : found) {
			final boolean first = seen.add(roi.id());
			final Optional<Layer> was = before.find(roi.id());
			if (first && was.isPresent()) {
				// Only what is different from before, so that changes of the hyperstack's labels are not taken back.
				if (layers.containsKey(roi.id()) && !roi.applyTo(was.get()).equals(was.get()))
					layers.put(roi.id(), changed(roi, was.get(), layers.get(roi.id())));
				if (layers.containsKey(roi.id())) order.add(roi.id());
				continue;
			}
			final String id = free(roi.id(), layers.keySet());
			layers.put(id, roi.layer(id));
			order.add(id);
		}
		for (final Layer l : before.layers()) if (l.visible() && !seen.contains(l.id())) layers.remove(l.id());
		if (layers.isEmpty()) return now;
		return new LayerStack(now.width(), now.height(), ordered(layers, order, before));
	}

	/** The element of a layer; empty if it is hidden. */
	static Optional<LayerRoi> element(final ImagePlus view, final String id) {
		return elements(view).stream()
			.filter(LayerRoi.class::isInstance)
			.map(LayerRoi.class::cast)
			.filter(r -> r.id().equals(id))
			.findFirst();
	}

	/** The topmost layer that can be seen at a pixel. */
	public static Optional<LayerRoi> hit(final ImagePlus view, final int x, final int y) {
		final List<Roi> all = elements(view);
		for (int i = all.size() - 1; i >= 0; i--)
			if (all.get(i) instanceof LayerRoi roi && roi.hit(x, y)) return Optional.of(roi);
		return Optional.empty();
	}

	/** The elements that are no layers. */
	static List<Roi> others(final ImagePlus view) {
		return elements(view).stream().filter(r -> !(r instanceof LayerRoi)).toList();
	}

	/** All elements of an image's overlay, whoever put them there, the bottom one first; empty if it has none. */
	public static List<Roi> elements(final ImagePlus image) {
		final Overlay overlay = image.getOverlay();
		return overlay == null ? List.of() : List.of(overlay.toArray());
	}

	private static Layer changed(final LayerRoi roi, final Layer was, final Layer now) {
		final Layer moved = roi.applyTo(was);
		Layer l = now;
		if (!moved.bounds().equals(was.bounds())) {
			l = l.at(l.bounds().x() + moved.bounds().x() - was.bounds().x(),
				l.bounds().y() + moved.bounds().y() - was.bounds().y());
		}
		if (moved.opacity() != was.opacity()) l = l.withOpacity(moved.opacity());
		if (!moved.name().equals(was.name())) l = l.withName(moved.name());
		return l;
	}

	/**
	 * Layers in their order, unless that of the elements has been changed; hidden layers keep their height. New ones
	 * lie where their elements lie.
	 */
	private static List<Layer> ordered(final Map<String, Layer> layers, final List<String> order,
		final LayerStack before)
	{
		final Set<String> shown = new HashSet<>(order);
		final List<String> expected =
			before.layers().stream().map(Layer::id).filter(shown::contains).collect(Collectors.toList());
		if (order.equals(expected)) return List.copyOf(layers.values());
		final Deque<String> next = new ArrayDeque<>(order);
		final List<Layer> out = new ArrayList<>();
		for (final Map.Entry<String, Layer> e : layers.entrySet())
			out.add(shown.contains(e.getKey()) ? layers.get(next.remove()) : e.getValue());
		return out;
	}

	private static String free(final String id, final Set<String> taken) {
		String free = id;
		for (int n = 2; taken.contains(free); n++) free = id + "-" + n;
		return free;
	}

	private static void replace(final ImagePlus view, final List<Roi> wanted) {
		final Overlay overlay = view.getOverlay() == null ? new Overlay() : view.getOverlay().create();
		for (final Roi roi : wanted) overlay.add(roi);
		final Roi selection = view.getRoi();
		final boolean hidden = view.getHideOverlay();
		view.setOverlay(overlay);
		view.setHideOverlay(hidden);
		if (!(selection instanceof LayerRoi old) || wanted.contains(selection)) return;
		final Function<String, Optional<LayerRoi>> find = id -> element(view, id);
		find.apply(old.id()).ifPresentOrElse(view::setRoi, view::deleteRoi);
	}

	private static boolean sameObjects(final List<Roi> a, final List<Roi> b) {
		if (a.size() != b.size()) return false;
		for (int i = 0; i < a.size(); i++) if (a.get(i) != b.get(i)) return false;
		return true;
	}

	private static ImageProcessor white(final LayerStack layers) {
		final ColorProcessor white = new ColorProcessor(layers.width(), layers.height());
		white.setValue(0xffffff);
		white.fill();
		return white;
	}
}
