package org.layerj.io.formats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.layerj.decompose.OneBitMarks;
import org.layerj.io.formats.FoundLayer.FoundGroup;
import org.layerj.io.formats.Manifest.Entry;
import org.layerj.io.header.Broken;
import org.layerj.layers.Bounds;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.Samples;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;
import org.layerj.provenance.ProvenanceText;
import org.layerj.tracking.Fingerprints;
import org.layerj.tracking.PixelTracking;

/**
 * Layers from what the file has and what its manifest says. Where the two disagree, somebody has edited the file since,
 * and the file is right; the manifest adds what the file cannot say.
 */
final class Assembly {

	private final Optional<Manifest> manifest;
	private final UnaryOperator<String> written;
	private final double step;
	private final List<FoundLayer> found = new ArrayList<>();
	private final List<Layer> layers = new ArrayList<>();
	private final Set<String> ids = new HashSet<>();
	private final Set<String> usedKeys = new HashSet<>();
	private final Map<String, String> groupIds = new HashMap<>();
	private final List<String> unknown = new ArrayList<>();

	/**
	 * @param manifest of the file, if it is one of ours
	 * @param written what the format makes of a name
	 * @param step the smallest difference of opacities that the format can express
	 */
	Assembly(final Optional<Manifest> manifest, final UnaryOperator<String> written, final double step) {
		this.manifest = manifest;
		this.written = written;
		this.step = step;
		// So that ids invented for unknown layers are not those of known ones.
		manifest.ifPresent(m -> m.layers().values().forEach(e -> {
			ids.add(e.id());
			e.parent().ifPresent(ids::add);
		}));
	}

	/** Puts a layer on top. */
	void add(final FoundLayer layer) {
		found.add(layer);
	}

	/** All layers on a canvas of this size. */
	LayerStack stack(final int width, final int height) throws Broken {
		final List<Optional<Entry>> entries = entries();
		for (int k = 0; k < found.size(); k++) add(found.get(k), entries.get(k));
		return new LayerStack(width, height, layers);
	}

	/**
	 * What the manifest says of each layer. A layer is known by its key if it still has its name; programs that write
	 * keys of their own keep names and places; and what is left under its key has been renamed.
	 */
	private List<Optional<Entry>> entries() {
		final List<Optional<Entry>> entries = new ArrayList<>(Collections.nCopies(found.size(), Optional.empty()));
		if (manifest.isEmpty()) return entries;
		final Map<String, Entry> known = manifest.get().layers();
		assign(entries, f -> Optional.ofNullable(known.get(f.key())).filter(e -> named(e, f)));
		assign(entries,
			f -> known.values()
				.stream()
				.filter(e -> free(e) && named(e, f) && e.bounds().equals(f.bounds()))
				.findFirst());
		assign(entries, f -> {
			final List<Entry> same = known.values().stream().filter(e -> free(e) && named(e, f)).toList();
			return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
		});
		assign(entries, f -> Optional.ofNullable(known.get(f.key())));
		return entries;
	}

	private void assign(final List<Optional<Entry>> entries, final Function<FoundLayer, Optional<Entry>> rule) {
		for (int k = 0; k < found.size(); k++) {
			if (entries.get(k).isPresent()) continue;
			entries.set(k, rule.apply(found.get(k)).filter(e -> !e.id().isBlank() && usedKeys.add(e.id())));
		}
	}

	private boolean free(final Entry entry) {
		return !usedKeys.contains(entry.id());
	}

	private boolean named(final Entry entry, final FoundLayer layer) {
		return written.apply(entry.name()).equals(layer.name());
	}

	private void add(final FoundLayer found, final Optional<Entry> entry) throws Broken {
		final String id = entry.map(Entry::id).orElseGet(() -> unique("layer-" + (layers.size() + 1)));
		final String name = entry.map(Entry::name)
			.filter(n -> written.apply(n).equals(found.name()))
			.orElse(found.name().isBlank() ? "Layer " + (layers.size() + 1) : found.name());
		final double opacity = entry.map(Entry::opacity)
			.filter(o -> o >= 0 && o <= 1 && Math.abs(o - found.opacity()) <= step / 2 + 1e-12)
			.orElse(found.opacity());
		final Optional<String> parent =
			(entry.isPresent() ? entry.get().parent() : found.group().map(this::lineage)).filter(p -> !p.equals(id));
		final Optional<Samples> samples = found.samples().map(this::asShown);
		RgbaImage pixels = found.pixels();
		if (samples.isPresent()) {
			pixels = Display.of(samples.get().format()).render(samples.get(), pixels.plane(RgbaImage.ALPHA));
			final Optional<String> patch = entry.flatMap(Entry::shown);
			if (patch.isPresent()) pixels = PixelPatch.apply(patch.get(), samples.get(), pixels);
		}
		layers.add(new Layer(id, name, found.bounds(), pixels, opacity, found.visible(), found.locked(), parent,
			known(entry, found.bounds(), pixels, samples), samples));
	}

	private Samples asShown(final Samples samples) {
		final Optional<SampleFormat> format = manifest.flatMap(m -> m.values(samples.channels()));
		return format.map(samples::shownAs).orElse(samples);
	}

	/**
	 * Where a layer's pixels come from. What is known goes with a layer that was moved, and stays where it was on the
	 * canvas if the layer has grown or was cut; what has changed since is edited by hand, and a layer that nothing is
	 * known of is unknown.
	 */
	private Provenance known(final Optional<Entry> entry, final Bounds to, final RgbaImage pixels,
		final Optional<Samples> samples) throws Broken
	{
		final Optional<PixelTracking.Known> record = entry.flatMap(Assembly::record);
		if (record.isPresent()) return PixelTracking.of(record.get(), to, pixels, samples);
		final byte[] alpha = pixels.plane(RgbaImage.ALPHA);
		if (entry.isEmpty() || entry.get().provenance().isPresent()) {
			unknown.add(entry.map(Entry::name).orElse(""));
			return Provenance.of(to.width(), to.height(), Kind.UNKNOWN, i -> alpha[i] != 0);
		}
		if (entry.get().synthetic().isEmpty()) return Provenance.observed(to.width(), to.height());
		final Bounds from = entry.get().bounds();
		final Provenance bits =
			OneBitMarks.of(MaskCode.mask(entry.get().synthetic().get(), from.width(), from.height()),
				manifest.flatMap(m -> m.metadata().run()));
		if (from.width() == to.width() && from.height() == to.height()) return bits;
		return bits.gather(to.width(), to.height(), i -> {
			final int x = to.x() + i % to.width();
			final int y = to.y() + i / to.width();
			return from.contains(x, y) ? (y - from.y()) * from.width() + x - from.x() : -1;
		});
	}

	private static Optional<PixelTracking.Known> record(final Entry entry) {
		final Bounds b = entry.bounds();
		final Optional<Provenance> record =
			entry.provenance().flatMap(t -> ProvenanceText.parse(t, b.width(), b.height()));
		final Optional<Fingerprints> prints =
			entry.prints().flatMap(Fingerprints::parse).filter(p -> p.width() == b.width() && p.height() == b.height());
		return record.isEmpty() || prints.isEmpty() ? Optional.empty()
			: Optional.of(new PixelTracking.Known(b, record.get(), prints.get().at(b)));
	}

	/** What has to be said of layers whose provenance could not be found; nothing if there are none. */
	Optional<String> note() {
		if (unknown.isEmpty()) return Optional.empty();
		return Optional.of("Where the pixels of "
			+ (unknown.size() == layers.size() ? "its layers" : unknown.size() + " of its " + layers.size() + " layers")
			+ " come from is not known: " + LayerDocument.NO_RECORD + ". They count as unknown, not as observed.");
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
