package org.layerj.imagej.pick;

import ij.ImagePlus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.layerj.elements.Element;
import org.layerj.elements.ElementKind;
import org.layerj.elements.Elements;
import org.layerj.elements.Pick;
import org.layerj.imagej.macro.MacroRecord;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.layers.Compositor;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/**
 * The elements that layers consist of, for a window that lists them: chosen there and sent to another layer they are as
 * by the Layer Picker, and recorded as the same macro lines. Not for the event thread.
 */
public final class LayerParts {

	/** What consists of things that are elements on their own. */
	private static final Set<ElementKind> COLLECTIONS =
		EnumSet.of(ElementKind.BLOCK, ElementKind.SERIES, ElementKind.GROUP);

	private final OpenLayers open;
	private final Picked picked;
	private final LayerStack layers;
	private final Map<String, List<Element>> byLayer = new HashMap<>();
	private Optional<RgbaImage> shown = Optional.empty();

	private LayerParts(final OpenLayers open, final Picked picked, final LayerStack layers) {
		this.open = open;
		this.picked = picked;
		this.layers = layers;
		final Elements elements = picked.elements().inLayersOf(layers);
		final Map<Integer, List<Element>> parts = new HashMap<>();
		for (final Element e : elements.list()) {
			parts.computeIfAbsent(e.parent(), k -> new ArrayList<>()).add(e);
			final Optional<String> outer = elements.around(e).flatMap(Element::layer);
			if (e.layer().isPresent() && !e.layer().equals(outer))
				byLayer.computeIfAbsent(e.layer().get(), k -> new ArrayList<>()).add(e);
		}
		// A layer that is one series or block is opened to see what that consists of.
		byLayer.replaceAll((layer, top) -> {
			List<Element> list = top;
			while (list.size() == 1 && COLLECTIONS.contains(list.get(0).kind()) && parts.containsKey(list.get(0).id()))
				list = parts.get(list.get(0).id());
			return list;
		});
	}

	/**
	 * Of the layers as they are now.
	 *
	 * @param before what was known before, which is returned if nothing has changed
	 */
	public static LayerParts of(final OpenLayers open, final Optional<LayerParts> before) {
		final Picked picked = Picked.of(open);
		final LayerStack layers = open.layers();
		return before.filter(b -> b.open == open && b.picked == picked && b.layers == layers)
			.orElseGet(() -> new LayerParts(open, picked, layers));
	}

	/** The largest elements of a layer; what is one series or block, by its parts. */
	public List<Element> in(final String layer) {
		return byLayer.getOrDefault(layer, List.of());
	}

	/** Whether elements have the ids that they have in another one. */
	public boolean sameElements(final LayerParts other) {
		return picked == other.picked;
	}

	/** What an element is called in a list: {@code word: Control}, {@code part: mark}. */
	public static String name(final Element e) {
		return e.kind().key() + ": "
			+ e.text().map(t -> t.string().replace('\n', ' ')).filter(t -> !t.isBlank()).orElse(e.role().key());
	}

	/**
	 * A small picture of an element, transparent where it does not show.
	 *
	 * @param width that it has at most, pixels
	 * @param height that it has at most, pixels
	 */
	public synchronized RgbaImage picture(final int id, final int width, final int height) {
		final Elements elements = picked.elements();
		final Element e = elements.get(id);
		final Set<Integer> own = elements.smallest(e);
		if (shown.isEmpty()) shown = Optional.of(Compositor.flatten(layers));
		final double scale =
			Math.max(1, Math.max((double) e.bounds().width() / width, (double) e.bounds().height() / height));
		final int w = Math.max(1, (int) (e.bounds().width() / scale));
		final int h = Math.max(1, (int) (e.bounds().height() / scale));
		final int[] argb = new int[w * h];
		for (int i = 0; i < argb.length; i++) {
			final int x = e.bounds().x() + (int) ((i % w + .5) * e.bounds().width() / w);
			final int y = e.bounds().y() + (int) ((i / w + .5) * e.bounds().height() / h);
			if (own.contains(elements.labels()[y * elements.width() + x])) argb[i] = shown.get().argb(x, y);
		}
		return RgbaImage.ofArgb(w, h, argb);
	}

	/**
	 * Makes these elements, by id, what is chosen, and the selection of the view or, without one, of the hyperstack.
	 */
	public void choose(final Collection<Integer> ids) {
		final Elements elements = picked.elements();
		if (ids.stream().anyMatch(id -> id > elements.list().size())) return;
		final Set<Integer> wanted = new HashSet<>();
		for (final int id : ids) wanted.addAll(elements.smallest(elements.get(id)));
		if (wanted.equals(picked.pick().smallest()) && image().getRoi() != null) return;
		Pick pick = Pick.NONE;
		for (final int id : ids) {
			record(elements.get(id), pick.smallest().isEmpty());
			pick = pick.with(elements, elements.get(id), Pick.Mode.ADD);
		}
		picked.choose(ids.size() == 1 ? pick : pick.ended(), image());
	}

	/** Sends these elements, by id, to a layer, as <em>Assign to Layer...</em> does. */
	public void send(final Collection<Integer> ids, final String layer) {
		final LayerStack now = open.layers();
		if (now.find(layer).isEmpty() || ids.stream().anyMatch(id -> id > picked.elements().list().size())
			|| in(layer).stream().map(Element::id).toList().containsAll(ids)) return;
		choose(ids);
		final Map<String, String> values = Map.of("layer", AssignPlugIn.called(now, now.indexOf(layer)));
		new AssignPlugIn().call(Optional.of(image()), values);
		MacroRecord.of(AssignPlugIn.COMMAND, values);
	}

	private ImagePlus image() {
		return open.view().orElseGet(open::hyperstack);
	}

	private void record(final Element e, final boolean first) {
		final Elements elements = picked.elements();
		final Set<Integer> own = elements.smallest(e);
		int i = e.bounds().y() * elements.width() + e.bounds().x();
		while (!own.contains(elements.labels()[i])) i++;
		final int x = i % elements.width();
		final int y = i / elements.width();
		final int clicks = picked.clicks(e, x, y);
		final Map<String, String> values = new LinkedHashMap<>();
		values.put("x", String.valueOf(x));
		values.put("y", String.valueOf(y));
		if (clicks != 1) values.put("clicks", String.valueOf(clicks));
		if (!first) values.put("mode", "add");
		MacroRecord.of(SelectElementsPlugIn.COMMAND, values);
	}
}
