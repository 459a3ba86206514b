package org.layerj.io.formats;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.layerj.io.PictureException;
import org.layerj.io.PngFile;
import org.layerj.io.formats.Manifest.Entry;
import org.layerj.io.header.Broken;
import org.layerj.io.header.PictureNotes;
import org.layerj.layers.Bounds;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;
import org.layerj.provenance.PictureOrigin;

/**
 * Layers from PNGs: those of our own manifest, those of a result folder's {@code layers.json}, or, if there is neither,
 * all of them in the order of their names, the first at the bottom.
 * <p>
 * A PNG is as large as its layer's bounds or as large as the canvas; then the bounds say which part of it is the layer.
 */
final class PngLayers {

	private static final int MOST = 10_000;

	private final LayerSource source;
	private final Room room;
	private final List<LayerPng> pngs = new ArrayList<>();
	private final List<String> keys = new ArrayList<>();

	private PngLayers(final LayerSource source, final Room room) {
		this.source = source;
		this.room = room;
	}

	static LayerDocument read(final Path place, final LayerSource source, final Room room) throws IOException {
		return new PngLayers(source, room).document(place);
	}

	private LayerDocument document(final Path place) throws IOException {
		// Whoever packs a folder packs the folder, not what is in it.
		final Optional<String> record = names().stream()
			.filter(n -> n.equals(PngZip.MANIFEST) || n.endsWith("/" + PngZip.MANIFEST))
			.min(Comparator.comparing(String::length));
		if (record.isEmpty()) return unknown(place);
		final String prefix = record.get().substring(0, record.get().length() - PngZip.MANIFEST.length());
		final String text =
			new String(source.text(record.get()).orElseThrow(() -> new Broken("no manifest")), StandardCharsets.UTF_8);
		final boolean ours = text.startsWith("{\"format\":\"" + Manifest.FORMAT);
		Manifest manifest = ours ? Manifest.parse(text) : result(text);
		if (manifest.layers().isEmpty() || manifest.layers().size() > MOST)
			throw new Broken(manifest.layers().size() + " layers");
		for (final String key : manifest.layers().keySet()) load(prefix + key, key);
		if (!ours) manifest = withRecords(manifest);
		final boolean deep = deep();
		final Assembly assembly = new Assembly(Optional.of(manifest), UnaryOperator.identity(), 0);
		for (int i = 0; i < keys.size(); i++) {
			final Entry entry = manifest.layers().get(keys.get(i));
			final RgbaImage pixels = pngs.get(i).pixels();
			final Bounds b = entry.bounds();
			final boolean fits = pixels.width() == b.width() && pixels.height() == b.height();
			final boolean canvas = pixels.width() == manifest.width() && pixels.height() == manifest.height();
			// Somebody has made it larger or smaller: its upper left corner is then the best guess of its place.
			final boolean cut = canvas && !(ours && fits);
			final Bounds to = cut ? b : new Bounds(b.x(), b.y(), pixels.width(), pixels.height());
			if (cut) room.take(b.width(), b.height(), deep ? 4 + 2 * 3 : 4);
			final Optional<Samples> samples = pngs.get(i).samples().filter(v -> deep);
			assembly.add(new FoundLayer(keys.get(i), entry.name(), to, cut ? pixels.crop(b) : pixels,
				cut ? samples.map(v -> v.crop(b)) : samples, entry.opacity(), entry.visible(), entry.locked(),
				Optional.empty()));
		}
		final List<String> notes = new ArrayList<>();
		final LayerStack stack = assembly.stack(manifest.width(), manifest.height());
		assembly.note().ifPresent(notes::add);
		final PictureNotes said = notes(notes);
		// What files of ours say is said of what they show.
		return new LayerDocument(stack, manifest.metadata().with(said.with(said.origin().withoutTerm())), notes);
	}

	private LayerDocument unknown(final Path place) throws IOException {
		final List<String> names =
			names().stream().filter(n -> n.toLowerCase(Locale.ROOT).endsWith(".png")).sorted(new NameOrder()).toList();
		if (names.isEmpty())
			throw new PictureException("There are no layers in " + place + ", neither PNGs nor an OpenRaster picture.");
		if (names.size() > MOST) throw new Broken("more than " + MOST + " layers");
		int width = 1;
		int height = 1;
		for (final String name : names) {
			load(name, name);
			final RgbaImage last = pngs.get(pngs.size() - 1).pixels();
			width = Math.max(width, last.width());
			height = Math.max(height, last.height());
		}
		final boolean deep = deep();
		final Assembly assembly = new Assembly(Optional.empty(), UnaryOperator.identity(), 0);
		for (int i = 0; i < keys.size(); i++) {
			final RgbaImage pixels = pngs.get(i).pixels();
			final String name = keys.get(i).substring(keys.get(i).lastIndexOf('/') + 1);
			assembly.add(
				new FoundLayer("", name.substring(0, name.length() - 4), Bounds.all(pixels.width(), pixels.height()),
					pixels, pngs.get(i).samples().filter(v -> deep), 1, true, false, Optional.empty()));
		}
		final List<String> notes = new ArrayList<>(List.of(
			"There is no layers.json, so the PNGs are layers in the order of their names, the first at the bottom."));
		final LayerStack stack = assembly.stack(width, height);
		assembly.note().ifPresent(notes::add);
		return new LayerDocument(stack, LayerMetadata.titled("").with(notes(notes)), notes);
	}

	/** What the pictures themselves say. */
	private PictureNotes notes(final List<String> notes) {
		final Profiles profiles = new Profiles();
		pngs.forEach(p -> profiles.add(p.notes().profile()));
		return new PictureNotes(profiles.common(notes),
			pngs.stream().flatMap(p -> p.notes().pixelSize().stream()).findFirst(),
			pngs.stream().map(p -> p.notes().origin()).reduce(PictureOrigin.NONE, PictureOrigin::or));
	}

	/**
	 * Without what macOS and others put beside files for themselves: hidden files, and notes that are called as the
	 * files are.
	 */
	private List<String> names() {
		return source.names().stream().filter(n -> !n.matches("(.*/)?(\\.[^./][^/]*|__MACOSX)(/.*)?")).toList();
	}

	private void load(final String name, final String key) throws IOException {
		try (InputStream in = source.open(name).orElseThrow(() -> new Broken("no file " + name))) {
			pngs.add(LayerPng.read(in, room));
			keys.add(key);
		}
	}

	/** Values only if all layers have them alike, as a stack demands. */
	private boolean deep() {
		return pngs.stream().map(p -> p.samples().map(Samples::format)).distinct().count() == 1;
	}

	/** With what the PNGs of a result folder say of their layers' provenance. */
	private Manifest withRecords(final Manifest manifest) {
		final Map<String, Entry> layers = new LinkedHashMap<>();
		for (int i = 0; i < keys.size(); i++) {
			final Entry e = manifest.layers().get(keys.get(i));
			final Optional<String> record = pngs.get(i).texts(PngFile.PROVENANCE);
			layers.put(keys.get(i), new Entry(e.id(), e.name(), e.bounds(), e.opacity(), e.visible(), e.locked(),
				e.parent(), e.synthetic(), e.shown(), record.or(e::provenance), pngs.get(i).texts(PngFile.PRINTS)));
		}
		return new Manifest(manifest.width(), manifest.height(), manifest.metadata(), manifest.values(), layers,
			manifest.groups());
	}

	/** The record of a result folder as a manifest. */
	private static Manifest result(final String text) throws Broken {
		try {
			final JsonObject all = JsonParser.parseString(text).getAsJsonObject();
			if (!all.get("format").getAsString().equals("decompose-layers 1"))
				throw new Broken("a layers.json of another kind");
			final Map<String, Entry> layers = new LinkedHashMap<>();
			for (final JsonElement e : all.getAsJsonArray("layers")) {
				final JsonObject layer = e.getAsJsonObject();
				final JsonObject b = layer.getAsJsonObject("bounds");
				layers.put(layer.get("file").getAsString(),
					new Entry(layer.get("id").getAsString(), layer.get("name").getAsString(),
						new Bounds(b.get("x").getAsInt(), b.get("y").getAsInt(), b.get("width").getAsInt(),
							b.get("height").getAsInt()),
						layer.get("opacity").getAsDouble(), layer.get("visible").getAsBoolean(), Manifest.locked(layer),
						Manifest.text(layer, "parent"), Optional.empty(), Optional.empty(),
						// Before there were records, no more was said than how much is not observed; if nothing is, all
						// is known.
						layer.get("syntheticFraction").getAsDouble() == 0 && !all.has("provenance") ? Optional.empty()
							: Optional.of(""),
						Optional.empty()));
			}
			final JsonObject run = new JsonObject();
			for (final String key : List.of("model", "options", "run")) if (all.has(key)) run.add(key, all.get(key));
			final JsonObject input = all.getAsJsonObject("input");
			return new Manifest(input.get("width").getAsInt(), input.get("height").getAsInt(),
				LayerMetadata.titled(input.get("name").getAsString())
					.withRun(run.toString())
					.withOrigin(Manifest.text(input, "origin").map(PictureOrigin::parse).orElse(PictureOrigin.NONE)),
				Optional.empty(), layers, Map.of());
		}
		catch (final RuntimeException e) {
			throw new Broken("a layers.json that is damaged");
		}
	}
}
