package org.layerj.imagej.edit;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.ImagePlus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.layerj.elements.Element;
import org.layerj.elements.ElementKind;
import org.layerj.elements.Elements;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Latin;
import org.layerj.imagej.stack.StackElements;
import org.layerj.io.formats.KnownText;
import org.layerj.io.formats.KnownText.Anchor;
import org.layerj.io.formats.ReadLine;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.EditException;
import org.layerj.layers.edit.Replace;

/**
 * The lines that were read in open layers, as they are now: what was written over them is remembered in properties of
 * the hyperstack, and counts for as long as its pixels are what they were then. So undo brings back what was read.
 */
public final class ReadLines {

	private static final String PROPERTY = "decompose.line.";
	private static final String PIXELS = "pixels";
	private static final String LAYER = "layer";
	/** Lines begin, or end, together if they do so within so many pixels, and lie so many heights apart. */
	private static final double ALIGNED = 2;
	private static final double NEAR = 4;

	private ReadLines() {}

	/** In reading order; empty if nothing is known of the current frame. */
	public static List<ReadLine> of(final OpenLayers open) {
		final LayerStack stack = open.layers();
		final List<ReadLine> out = new ArrayList<>();
		final Optional<Elements> elements = StackElements.read(open.hyperstack(), open.hyperstack().getT(), stack);
		if (elements.isEmpty()) return out;
		final Map<Integer, ReadLine> read = new HashMap<>();
		for (final ReadLine line : ReadLine.of(stack, elements.get())) read.put(line.element(), line);
		for (final Element e : elements.get().list())
			if (e.kind() == ElementKind.LINE)
				now(open, stack, e.id(), Optional.ofNullable(read.get(e.id()))).ifPresent(out::add);
		return out;
	}

	private static Optional<ReadLine> now(final OpenLayers open, final LayerStack stack, final int element,
		final Optional<ReadLine> read)
	{
		final String notes = open.hyperstack().getProp(property(open, element));
		if (notes == null) return read;
		try {
			final JsonArray all = JsonParser.parseString(notes).getAsJsonArray();
			for (int k = all.size() - 1; k > 0; k--) {
				final JsonObject note = all.get(k).getAsJsonObject();
				final ReadLine line = ReadLine.written(element, note.get(LAYER).getAsString(),
					new Gson().fromJson(note, KnownText.class));
				if (note.get(PIXELS).getAsInt() == pixels(stack, line)) return Optional.of(line);
			}
			final int original = all.get(0).getAsJsonObject().get(PIXELS).getAsInt();
			return read.filter(l -> pixels(stack, l) == original);
		}
		catch (final RuntimeException e) {
			// Changed by hand; then nothing is known.
			return Optional.empty();
		}
	}

	/** What stands in a layer where the selection is, if that is known. */
	static Optional<String> at(final OpenLayers open, final Optional<ImagePlus> image, final String layer) {
		return EditSources.point(image, open.layers())
			.flatMap(p -> of(open).stream()
				.filter(l -> l.layer().equals(layer) && l.letters().bounds().contains(p.x, p.y))
				.findFirst())
			.map(l -> l.text().text());
	}

	/**
	 * Writes other text in lines, each in its own look at its own place. One step that can be undone; nothing happens
	 * if all say that already.
	 *
	 * @param what names it in the list of what can be undone
	 * @param texts what each line is to say; as many as there are lines
	 */
	static void write(final OpenLayers open, final String what, final List<ReadLine> lines, final List<String> texts) {
		final List<ReadLine> all = of(open);
		final List<ReadLine> before = new ArrayList<>();
		final List<Optional<KnownText>> after = new ArrayList<>();
		for (int k = 0; k < lines.size(); k++) {
			final ReadLine line = lines.get(k);
			if (texts.get(k).equals(line.text().text())) continue;
			if (texts.get(k).isBlank()) throw new EditException("Nothing would be left of \"" + line.text().text()
				+ "\"; delete it with action=delete and a selection.");
			before.add(line);
			after.add(Optional.of(saying(line, texts.get(k), all)));
		}
		if (!after.isEmpty()) rewrite(open, what, before, after, UnaryOperator.identity());
	}

	/** A line that says something else in its own look; where it begins or ends, as lines near it do. */
	static KnownText saying(final ReadLine line, final String text, final List<ReadLine> all) {
		return line.text().saying(text, anchor(line, all));
	}

	/**
	 * Puts other text in the place of lines. One step that can be undone.
	 *
	 * @param what names it in the list of what can be undone
	 * @param before the lines, as they are now
	 * @param texts what is to stand there; as many as there are lines; empty for nothing
	 * @param then what else belongs to the step
	 */
	static void rewrite(final OpenLayers open, final String what, final List<ReadLine> before,
		final List<Optional<KnownText>> texts, final UnaryOperator<LayerStack> then)
	{
		final LayerStack old = open.layers();
		open.apply(what, stack -> {
			LayerStack out = stack;
			// All old letters go first: new ones may lie where old ones of another line were.
			for (final ReadLine line : before)
				out = out.with(
					Replace.redrawn(out.find(line.layer()).orElseThrow(), line.letters(), nothing(line.letters())));
			for (int k = 0; k < texts.size(); k++) {
				if (texts.get(k).isEmpty()) continue;
				final Layer drawn = texts.get(k).get().drawn(before.get(k).layer());
				final Region nowhere =
					new Region(drawn.bounds(), Optional.of(Mask.none(drawn.bounds().width(), drawn.bounds().height())));
				out = out.with(Replace.redrawn(out.find(drawn.id()).orElseThrow(), nowhere, drawn));
			}
			return then.apply(Reach.checked(stack, out));
		});
		StackElements.edited(open.hyperstack(), Math.max(1, open.hyperstack().getT()), old, open.layers());
		for (int k = 0; k < texts.size(); k++) {
			final ReadLine line = before.get(k);
			texts.get(k).ifPresent(t -> note(open, old, line, ReadLine.written(line.element(), line.layer(), t)));
		}
	}

	private static Layer nothing(final Region region) {
		return Layer.of("nothing", "nothing", RgbaImage.blank(1, 1)).at(region.bounds().x(), region.bounds().y());
	}

	private static void note(final OpenLayers open, final LayerStack old, final ReadLine before, final ReadLine after) {
		final String property = property(open, after.element());
		final String notes = open.hyperstack().getProp(property);
		JsonArray all = new JsonArray();
		if (notes != null) all = JsonParser.parseString(notes).getAsJsonArray();
		else {
			final JsonObject original = new JsonObject();
			original.addProperty(PIXELS, pixels(old, before));
			all.add(original);
		}
		final JsonObject note = new Gson().toJsonTree(after.text()).getAsJsonObject();
		note.addProperty(LAYER, after.layer());
		note.addProperty(PIXELS, pixels(open.layers(), after));
		all.add(note);
		open.hyperstack().setProp(property, Latin.json(all.toString()));
	}

	private static String property(final OpenLayers open, final int element) {
		final int frame = open.hyperstack().getT();
		return PROPERTY + (frame == 1 ? "" : frame + ".") + element;
	}

	/** Of the pixels of a layer that are a line's letters. */
	private static int pixels(final LayerStack stack, final ReadLine line) {
		final Layer layer = stack.find(line.layer()).orElseThrow();
		final Bounds b = line.letters().bounds();
		final RgbaImage part = layer.pixels().crop(b.at(b.x() - layer.bounds().x(), b.y() - layer.bounds().y()));
		int hash = 1;
		for (int y = 0; y < b.height(); y++) for (int x = 0; x < b.width(); x++) {
			if (line.letters().contains(b.x() + x, b.y() + y)) hash = 31 * hash + part.argb(x, y);
		}
		return hash;
	}

	/** What a line has in common with lines near it: where they begin, or end, or else their middle. */
	private static Anchor anchor(final ReadLine line, final List<ReadLine> all) {
		final double[] own = ends(line.text(), line.text());
		int start = 0;
		int end = 0;
		int middle = 0;
		for (final ReadLine other : all) {
			if (other.element() == line.element() || Math.abs(other.text().angle() - line.text().angle()) > 0.02)
				continue;
			final double[] e = ends(other.text(), line.text());
			if (Math.abs(e[2] - own[2]) > NEAR * line.text().height() || Math.abs(e[2] - own[2]) < 1) continue;
			if (Math.abs(e[0] - own[0]) <= ALIGNED) start++;
			if (Math.abs(e[1] - own[1]) <= ALIGNED) end++;
			if (Math.abs(e[0] + e[1] - own[0] - own[1]) <= 2 * ALIGNED) middle++;
		}
		if (start > Math.max(middle, end)) return Anchor.START;
		return end > middle ? Anchor.END : Anchor.MIDDLE;
	}

	/** Where a line begins and ends along another's direction, and where its middle is across. */
	private static double[] ends(final KnownText t, final KnownText along) {
		final double c = Math.cos(along.angle());
		final double s = Math.sin(along.angle());
		final double x = t.x() + t.width() / 2;
		final double y = t.y() + t.height() / 2;
		final double u = x * c + y * s;
		return new double[] { u - t.width() / 2, u + t.width() / 2, y * c - x * s };
	}
}
