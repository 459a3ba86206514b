package org.layerj.elements;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.layerj.layers.Bounds;
import org.layerj.layers.LayerStack;
import org.layerj.text.Quad;
import org.layerj.text.TextStyle;

/**
 * The record of elements as JSON, in {@code layers.json}, image properties and files of other programs alike
 * (docs/ELEMENTS.md has the keys). Labels are runs, row by row over the whole canvas: pairs of id and length as
 * variable length integers (LEB128), deflated, in Base64.
 */
public final class ElementsJson {

	/** The version of the record that is written. */
	public static final int VERSION = 1;

	private ElementsJson() {}

	/**
	 * The record.
	 *
	 * @param elements any
	 * @return JSON as {@link #parse(String, int, int)} reads it
	 */
	public static JsonObject of(final Elements elements) {
		final JsonObject out = new JsonObject();
		out.addProperty("version", VERSION);
		out.addProperty("width", elements.width());
		out.addProperty("height", elements.height());
		final JsonArray list = new JsonArray();
		for (final Element e : elements.list()) list.add(of(e));
		out.add("list", list);
		out.addProperty("labels", Runs.of(elements.labels()));
		return out;
	}

	/**
	 * The record with the hashes that tie the elements to the composite of these layers.
	 *
	 * @param elements any
	 * @param layers that show the elements
	 * @return JSON as {@link #parse(String, LayerStack)} reads it
	 */
	public static JsonObject of(final Elements elements, final LayerStack layers) {
		final JsonObject out = of(elements);
		PictureCells.of(layers).addTo(out);
		return out;
	}

	private static JsonObject of(final Element e) {
		final JsonObject out = new JsonObject();
		out.addProperty("id", e.id());
		if (e.parent() != 0) out.addProperty("parent", e.parent());
		out.addProperty("kind", e.kind().key());
		out.addProperty("role", e.role().key());
		e.layer().ifPresent(l -> out.addProperty("layer", l));
		out.add("bounds", numbers(e.bounds().x(), e.bounds().y(), e.bounds().width(), e.bounds().height()));
		out.addProperty("area", e.area());
		out.addProperty("colour", colour(e.rgb()));
		e.text().ifPresent(t -> {
			out.addProperty("text", t.string());
			out.addProperty("confidence", rounded(t.confidence()));
			out.add("quad", numbers(rounded(t.quad().x()), rounded(t.quad().y()), rounded(t.quad().width()),
				rounded(t.quad().height()), rounded(t.quad().angle())));
			t.style().ifPresent(s -> {
				final JsonObject style = new JsonObject();
				style.addProperty("size", rounded(s.size()));
				style.addProperty("colour", colour(s.rgb()));
				style.addProperty("bold", s.bold());
				style.addProperty("italic", s.italic());
				style.addProperty("family", s.family().key());
				out.add("style", style);
			});
		});
		return out;
	}

	/**
	 * Reads a record; empty if the text is no such record, of an unknown version, damaged, or of another canvas.
	 *
	 * @param text JSON
	 * @param width of the canvas in pixels
	 * @param height of the canvas in pixels
	 * @return the elements
	 */
	public static Optional<Elements> parse(final String text, final int width, final int height) {
		try {
			return Optional.of(parse(JsonParser.parseString(text).getAsJsonObject(), width, height));
		}
		catch (final RuntimeException | DataFormatException e) {
			// Gson throws half a dozen kinds of exceptions at surprises, and records check themselves.
			return Optional.empty();
		}
	}

	/**
	 * The record of elements after an edit that did not move them; unchanged if it has no hashes of its picture, or
	 * does not fit these layers.
	 *
	 * @param text JSON
	 * @param before the layers before the edit
	 * @param after the layers after it
	 * @return JSON
	 */
	public static String edited(final String text, final LayerStack before, final LayerStack after) {
		if (parse(text, before).isEmpty() || before.width() != after.width() || before.height() != after.height())
			return text;
		final JsonObject all = JsonParser.parseString(text).getAsJsonObject();
		if (all.get("width").getAsInt() != before.width() || all.get("height").getAsInt() != before.height())
			return text;
		final List<PictureCells> known = PictureCells.in(all, before.width(), before.height());
		if (known.isEmpty()) return text;
		final PictureCells was = PictureCells.of(before);
		was.nearest(known).edited(was, PictureCells.of(after)).addTo(all);
		return all.toString();
	}

	/**
	 * The elements at their present places in these layers. Empty as {@link #parse(String, int, int)}, and if the
	 * layers show another picture. Older records, which have no hashes of their picture, fit any canvas of their size.
	 *
	 * @param text JSON
	 * @param layers as they are now
	 * @return the elements
	 */
	public static Optional<Elements> parse(final String text, final LayerStack layers) {
		try {
			final JsonObject all = JsonParser.parseString(text).getAsJsonObject();
			final int width = all.get("width").getAsInt();
			final int height = all.get("height").getAsInt();
			final List<PictureCells> picture = PictureCells.in(all, width, height);
			return picture.isEmpty() ? parse(text, layers.width(), layers.height())
				: PictureCells.follow(picture, parse(all, width, height), layers);
		}
		catch (final RuntimeException | DataFormatException e) {
			return Optional.empty();
		}
	}

	private static Elements parse(final JsonObject all, final int width, final int height) throws DataFormatException {
		if (all.get("version").getAsInt() != VERSION || all.get("width").getAsInt() != width
			|| all.get("height").getAsInt() != height) throw new DataFormatException("of another kind");
		final List<Element> list = new ArrayList<>();
		for (final JsonElement e : all.getAsJsonArray("list")) list.add(element(e.getAsJsonObject()));
		return new Elements(width, height,
			Runs.parse(all.get("labels").getAsString(), Math.multiplyExact(width, height)), list);
	}

	private static Element element(final JsonObject e) {
		final JsonArray b = e.getAsJsonArray("bounds");
		return new Element(e.get("id").getAsInt(), e.has("parent") ? e.get("parent").getAsInt() : 0,
			ElementKind.of(e.get("kind").getAsString()).orElseThrow(),
			Role.of(e.get("role").getAsString()).orElseThrow(),
			e.has("layer") ? Optional.of(e.get("layer").getAsString()) : Optional.empty(),
			new Bounds(b.get(0).getAsInt(), b.get(1).getAsInt(), b.get(2).getAsInt(), b.get(3).getAsInt()),
			e.get("area").getAsLong(), rgb(e.get("colour").getAsString()), text(e));
	}

	private static Optional<ElementText> text(final JsonObject e) {
		if (!e.has("text")) return Optional.empty();
		final JsonArray q = e.getAsJsonArray("quad");
		Optional<TextStyle> style = Optional.empty();
		if (e.has("style")) {
			final JsonObject s = e.getAsJsonObject("style");
			style = Optional.of(new TextStyle(s.get("size").getAsDouble(), rgb(s.get("colour").getAsString()),
				s.get("bold").getAsBoolean(), s.get("italic").getAsBoolean(),
				TextStyle.Family.of(s.get("family").getAsString()).orElseThrow()));
		}
		return Optional.of(new ElementText(
			e.get("text").getAsString(), e.get("confidence").getAsDouble(), new Quad(q.get(0).getAsDouble(),
				q.get(1).getAsDouble(), q.get(2).getAsDouble(), q.get(3).getAsDouble(), q.get(4).getAsDouble()),
			style));
	}

	private static JsonArray numbers(final Number... numbers) {
		final JsonArray out = new JsonArray();
		for (final Number n : numbers) out.add(n);
		return out;
	}

	private static double rounded(final double v) {
		return Math.round(v * 1e4) / 1e4;
	}

	private static String colour(final int rgb) {
		return String.format(Locale.ROOT, "#%06x", rgb);
	}

	private static int rgb(final String colour) {
		if (!colour.matches("#[0-9a-f]{6}")) throw new IllegalArgumentException("no colour");
		return Integer.parseInt(colour.substring(1), 16);
	}
}
