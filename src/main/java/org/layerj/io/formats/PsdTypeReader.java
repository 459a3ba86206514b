package org.layerj.io.formats;

import java.awt.geom.AffineTransform;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the block {@code TySh} of a PSD's type layer says, if it is text that can be known here: of one look, level or
 * turned, not warped or sheared, written from left to right.
 */
final class PsdTypeReader {

	/** Matrices that are off a rotation by more are sheared or mirrored. */
	private static final double SQUARE = 1e-3;
	private static final int MOST_DEPTH = 100;

	private final byte[] bytes;
	private int at;

	private PsdTypeReader(final byte[] bytes) {
		this.bytes = bytes;
	}

	/** Empty if it is another kind of text, or damaged. */
	static Optional<KnownText> read(final byte[] data) {
		try {
			final ByteBuffer in = ByteBuffer.wrap(data);
			in.getShort();
			final double[] matrix = new double[6];
			for (int k = 0; k < 6; k++) matrix[k] = in.getDouble();
			in.getShort();
			final Map<String, Object> text = descriptor(in);
			in.getShort();
			final Map<String, Object> warp = descriptor(in);
			if (!warp.getOrDefault("warpStyle", "warpNone").equals("warpNone")
				|| !text.getOrDefault("Ornt", "Hrzn").equals("Hrzn")) return Optional.empty();
			final Object engine = new PsdTypeReader((byte[]) text.get("EngineData")).value(0);
			return text((String) text.get("Txt "), new AffineTransform(matrix), engine);
		}
		catch (BufferUnderflowException | IndexOutOfBoundsException | ClassCastException | NullPointerException
			| IllegalArgumentException | NegativeArraySizeException e)
		{
			// Adobe does not say what else may stand there.
			return Optional.empty();
		}
	}

	private static Optional<KnownText> text(final String written, final AffineTransform at, final Object engine) {
		final String text = written.replace('\3', '\r').replace("\r", "\n").stripTrailing();
		final List<?> runs = (List<?>) in(engine, "EngineDict", "StyleRun", "RunArray");
		final Object style = in(runs.get(0), "StyleSheet", "StyleSheetData");
		for (final Object run : runs)
			if (!in(run, "StyleSheet", "StyleSheetData").equals(style)) return Optional.empty();
		final double across = Math.hypot(at.getScaleX(), at.getShearY());
		final double down = Math.hypot(at.getShearX(), at.getScaleY());
		final double angle = Math.atan2(at.getShearY(), at.getScaleX());
		if (!(across > 0 && down > 0) || Math.abs(at.getDeterminant() / (across * down) - 1) > SQUARE || text.isBlank())
			return Optional.empty();
		final double high = number(style, "VerticalScale", 1);
		final double size = number(style, "FontSize", 12) * down * high;
		final double stretch = number(style, "HorizontalScale", 1) * across / (down * high);
		if (!(size > 0 && size < 1e5 && stretch > 0)) return Optional.empty();
		final List<?> fonts = (List<?>) in(engine, "ResourceDict", "FontSet");
		final String font = (String) in(fonts.get((int) number(style, "Font", 0)), "Name");
		final FontNames.Face face = FontNames.face(font);
		final List<?> colour = style instanceof Map<?, ?> m && m.containsKey("FillColor")
			? (List<?>) in(style, "FillColor", "Values") : List.of(1.0, 0.0, 0.0, 0.0);
		if (colour.size() != 4) return Optional.empty();
		int rgb = 0;
		for (int k = 1; k < 4; k++)
			rgb = rgb << 8 | (int) Math.round(255 * clip(((Number) colour.get(k)).doubleValue()));
		final Object paragraphs = in(engine, "EngineDict", "ParagraphRun", "RunArray");
		final double justified =
			number(in(((List<?>) paragraphs).get(0), "ParagraphSheet", "Properties"), "Justification", 0);
		return Optional.of(KnownText.on(text, face.family(), bold(face.bold(), style, "FauxBold"),
			bold(face.italic(), style, "FauxItalic"), size, rgb, at.getTranslateX(), at.getTranslateY(), angle, stretch,
			justified == 1 ? KnownText.Anchor.END : justified == 2 ? KnownText.Anchor.MIDDLE : KnownText.Anchor.START));
	}

	private static boolean bold(final boolean face, final Object style, final String faux) {
		return face || style instanceof Map<?, ?> m && Boolean.TRUE.equals(m.get(faux));
	}

	private static double clip(final double value) {
		return Math.max(0, Math.min(1, value));
	}

	private static Object in(final Object tree, final String... path) {
		Object value = tree;
		for (final String key : path) value = ((Map<?, ?>) value).get(key);
		return value;
	}

	private static double number(final Object map, final String key, final double otherwise) {
		final Object value = ((Map<?, ?>) map).get(key);
		return value == null ? otherwise : ((Number) value).doubleValue();
	}

	private static Map<String, Object> descriptor(final ByteBuffer in) {
		in.getInt();
		return structure(in, 0);
	}

	private static Map<String, Object> structure(final ByteBuffer in, final int depth) {
		if (depth > MOST_DEPTH) throw new IllegalArgumentException("descriptors that are nested too deeply");
		unicode(in);
		id(in);
		final Map<String, Object> items = new LinkedHashMap<>();
		for (int left = in.getInt(); left > 0; left--) items.put(id(in), value(in, depth));
		return items;
	}

	private static Object value(final ByteBuffer in, final int depth) {
		final String type = ascii(in, 4);
		return switch (type) {
			case "TEXT" -> unicode(in);
			case "enum" -> {
				id(in);
				yield id(in);
			}
			case "long" -> in.getInt();
			case "doub" -> in.getDouble();
			case "UntF" -> {
				in.getInt();
				yield in.getDouble();
			}
			case "bool" -> in.get() != 0;
			case "tdta" -> {
				final byte[] data = new byte[room(in, in.getInt())];
				in.get(data);
				yield data;
			}
			case "Objc", "GlbO" -> structure(in, depth + 1);
			case "VlLs" -> {
				final List<Object> list = new ArrayList<>();
				for (int left = in.getInt(); left > 0; left--) list.add(value(in, depth + 1));
				yield list;
			}
			default -> throw new IllegalArgumentException("an item of the kind " + type);
		};
	}

	private static String unicode(final ByteBuffer in) {
		final char[] text = new char[room(in, 2L * in.getInt()) / 2];
		for (int i = 0; i < text.length; i++) text[i] = in.getChar();
		return PsdRecord.withoutEnd(new String(text));
	}

	private static String id(final ByteBuffer in) {
		final int length = in.getInt();
		return ascii(in, length == 0 ? 4 : length);
	}

	private static String ascii(final ByteBuffer in, final int length) {
		final byte[] text = new byte[room(in, length)];
		in.get(text);
		return new String(text, StandardCharsets.ISO_8859_1);
	}

	/** So many bytes, which must be there. */
	private static int room(final ByteBuffer in, final long length) {
		if (length < 0 || length > in.remaining()) throw new BufferUnderflowException();
		return (int) length;
	}

	/** Engine data: a dictionary, a list, a string, a number or a truth. */
	private Object value(final int depth) {
		if (depth > MOST_DEPTH) throw new IllegalArgumentException("dictionaries that are nested too deeply");
		space();
		if (bytes[at] == '<' && bytes[at + 1] == '<') {
			at += 2;
			final Map<String, Object> map = new LinkedHashMap<>();
			for (space(); bytes[at] != '>'; space()) {
				if (bytes[at++] != '/') throw new IllegalArgumentException("a value without a key");
				final String key = word();
				map.put(key, value(depth + 1));
			}
			at += 2;
			return map;
		}
		if (bytes[at] == '[') {
			at++;
			final List<Object> list = new ArrayList<>();
			for (space(); bytes[at] != ']'; space()) list.add(value(depth + 1));
			at++;
			return list;
		}
		if (bytes[at] == '(') return string();
		if (bytes[at] == '/') at++;
		final String word = word();
		return word.equals("true") || word.equals("false") ? (Object) Boolean.valueOf(word)
			: word.matches("[-+\\d.]+") ? (Object) Double.valueOf(word) : word;
	}

	private String string() {
		final ByteBuffer text = ByteBuffer.allocate(bytes.length - at);
		for (at++; bytes[at] != ')'; at++) {
			if (bytes[at] == '\\') at++;
			text.put(bytes[at]);
		}
		at++;
		final boolean wide = text.position() >= 2 && text.get(0) == (byte) 0xfe && text.get(1) == (byte) 0xff;
		return wide ? new String(text.array(), 2, text.position() - 2, StandardCharsets.UTF_16BE)
			: new String(text.array(), 0, text.position(), StandardCharsets.ISO_8859_1);
	}

	private void space() {
		while (bytes[at] <= ' ' && bytes[at] >= 0) at++;
	}

	private String word() {
		final int start = at;
		while (at < bytes.length && (bytes[at] > ' ' || bytes[at] < 0) && "<>[]()/".indexOf(bytes[at]) < 0) at++;
		if (at == start) throw new IllegalArgumentException("neither a key nor a value");
		return new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
	}
}
