package org.layerj.io.formats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.layerj.io.formats.FoundLayer.FoundGroup;
import org.layerj.io.formats.Manifest.Entry;
import org.layerj.io.header.Broken;
import org.layerj.layers.Display;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.ValueFormat;
import org.layerj.layers.Values;

/**
 * Layers from what the file has and what its manifest says. Where the two disagree, somebody has edited the file since,
 * and the file is right; the manifest adds what the file cannot say.
 */
final class Assembly {

	private final Optional<Manifest> manifest;
	private final UnaryOperator<String> written;
	private final double step;
	private final List<Layer> layers = new ArrayList<>();
	private final Set<String> ids = new HashSet<>();
	private final Set<String> usedKeys = new HashSet<>();
	private final Map<String, String> groupIds = new HashMap<>();

	/**
	 * @param manifest of the file, if it is one of ours
	 * @param written what the format makes of a name
	 * @param step the smallest difference of opacities that the format can express
	 */
	Assembly(final Optional<Manifest> manifest, final UnaryOperator<String> written, final double step) {
		this.manifest = manifest;
		this.written = written;
		this.step = step;
		// So that ids made up for unknown layers are not those of known ones.
		manifest.ifPresent(m -> m.layers().values().forEach(e -> {
			ids.add(e.id());
			e.parent().ifPresent(ids::add);
		}));
	}

	/** Puts a layer on top. */
	void add(final FoundLayer found) throws Broken {
		final Optional<Entry> entry =
			manifest.map(m -> m.layers().get(found.key())).filter(e -> !e.id().isBlank() && usedKeys.add(e.id()));
		final String id = entry.map(Entry::id).orElseGet(() -> unique("layer-" + (layers.size() + 1)));
		final String name = entry.map(Entry::name)
			.filter(n -> written.apply(n).equals(found.name()))
			.orElse(found.name().isBlank() ? "Layer " + (layers.size() + 1) : found.name());
		final double opacity = entry.map(Entry::opacity)
			.filter(o -> o >= 0 && o <= 1 && Math.abs(o - found.opacity()) <= step / 2 + 1e-12)
			.orElse(found.opacity());
		final Optional<String> parent =
			(entry.isPresent() ? entry.get().parent() : found.group().map(this::lineage)).filter(p -> !p.equals(id));
		final Optional<Values> values = found.values().map(this::asShown);
		RgbaImage pixels = found.pixels();
		if (values.isPresent()) {
			pixels = Display.of(values.get().format()).render(values.get(), pixels.plane(RgbaImage.ALPHA));
			final Optional<String> patch = entry.flatMap(Entry::shown);
			if (patch.isPresent()) pixels = PixelPatch.apply(patch.get(), values.get(), pixels);
		}
		layers.add(new Layer(id, name, found.bounds(), pixels, opacity, found.visible(), parent,
			mask(entry, found.bounds()), values));
	}

	/** All layers on a canvas of this size. */
	LayerStack stack(final int width, final int height) {
		return new LayerStack(width, height, layers);
	}

	private Values asShown(final Values values) {
		final Optional<ValueFormat> format = manifest.flatMap(m -> m.values(values.channels()));
		return format.map(values::shownAs).orElse(values);
	}

	/**
	 * The mask goes with a layer that was moved, and stays where it was on the canvas if the layer has grown or was
	 * cut.
	 */
	private static Mask mask(final Optional<Entry> entry, final Bounds to) throws Broken {
		if (entry.flatMap(Entry::synthetic).isEmpty()) return Mask.none(to.width(), to.height());
		final Bounds from = entry.get().bounds();
		final Mask mask = MaskCode.mask(entry.get().synthetic().get(), from.width(), from.height());
		if (from.width() == to.width() && from.height() == to.height()) return mask;
		return Mask.of(to.width(), to.height(), i -> {
			final int x = to.x() + i % to.width();
			final int y = to.y() + i / to.width();
			return from.contains(x, y) && mask.get(x - from.x(), y - from.y());
		});
	}

	/** The id of the layer that a group stands for; groups of other programs get ids after their names. */
	private String lineage(final FoundGroup group) {
		final Optional<String> known = manifest.map(m -> m.groups().get(group.key())).filter(g -> !g.isBlank());
		return known.orElseGet(
			() -> groupIds.computeIfAbsent(group.key(), k -> unique(group.name().isBlank() ? "group" : group.name())));
	}

	private String unique(final String id) {
		String free = id;
		for (int n = 2; !ids.add(free); n++) free = id + "-" + n;
		return free;
	}
}
