package org.layerj.io.formats;

import java.awt.geom.AffineTransform;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The block {@code TySh} that makes a layer of a PSD a type layer: a transform, a descriptor with the string, and
 * <em>engine data</em>, in which fonts, sizes and colours stand. Photoshop shows the layer's pixels until somebody
 * edits the text.
 * <p>
 * The block and descriptors are in Adobe's specification. Engine data is not; it is a tree of dictionaries, lists,
 * numbers and strings in a notation like that of PDF, and what is written here is what Photoshop's own files have.
 */
final class PsdType {

	private static final int TYPE_VERSION = 1, TEXT_VERSION = 50, DESCRIPTOR_VERSION = 16, WARP_VERSION = 1;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
	private final DataOutputStream out = new DataOutputStream(bytes);

	private PsdType() {}

	/** The block's data, a multiple of 4 bytes. */
	static byte[] of(final KnownText text) {
		final PsdType block = new PsdType();
		try {
			block.write(text);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return block.bytes.toByteArray();
	}

	private void write(final KnownText text) throws IOException {
		out.writeShort(TYPE_VERSION);
		final AffineTransform at = text.baseline(0);
		final double[] matrix = new double[6];
		at.getMatrix(matrix);
		for (final double m : matrix) out.writeDouble(m);
		out.writeShort(TEXT_VERSION);
		descriptor("TxLr", 6);
		item("Txt ", "TEXT");
		unicode(lines(text));
		enumerated("textGridding", "textGridding", "None");
		enumerated("Ornt", "Ornt", "Hrzn");
		enumerated("AntA", "Annt", "AnCr");
		item("TextIndex", "long");
		out.writeInt(0);
		item("EngineData", "tdta");
		final byte[] engine = engine(text);
		out.writeInt(engine.length);
		out.write(engine);
		out.writeShort(WARP_VERSION);
		descriptor("warp", 5);
		enumerated("warpStyle", "warpStyle", "warpNone");
		for (final String value : List.of("warpValue", "warpPerspective", "warpPerspectiveOther")) {
			item(value, "doub");
			out.writeDouble(0);
		}
		enumerated("warpRotate", "Ornt", "Hrzn");
		// The box of text in a box, which this is not.
		for (int k = 0; k < 4; k++) out.writeInt(0);
		while (out.size() % 4 != 0) out.write(0);
	}

	/** Photoshop's line feeds are carriage returns. */
	private static String lines(final KnownText text) {
		return String.join("\r", text.lines());
	}

	private void descriptor(final String kind, final int items) throws IOException {
		out.writeInt(DESCRIPTOR_VERSION);
		unicode("");
		id(kind);
		out.writeInt(items);
	}

	private void item(final String key, final String type) throws IOException {
		id(key);
		out.writeBytes(type);
	}

	private void enumerated(final String key, final String type, final String value) throws IOException {
		item(key, "enum");
		id(type);
		id(value);
	}

	/** Ids of four letters have no length. */
	private void id(final String id) throws IOException {
		out.writeInt(id.length() == 4 ? 0 : id.length());
		out.writeBytes(id);
	}

	private void unicode(final String text) throws IOException {
		out.writeInt(text.length() + 1);
		out.writeChars(text);
		out.writeChar(0);
	}

	private static byte[] engine(final KnownText text) {
		final String all = lines(text) + '\r';
		final int length = all.length();
		final Map<String, Object> plain = map("Axis", List.of(1, 0, 1), "XY", List.of(0, 0));
		final List<Object> paragraphs = new ArrayList<>();
		final List<Object> lengths = new ArrayList<>();
		for (final String line : all.split("\r", -1)) {
			if (lengths.size() == text.lines().size()) break;
			paragraphs.add(map("ParagraphSheet", map("DefaultStyleSheet", 0, "Properties", map("Justification", 0)),
				"Adjustments", plain));
			lengths.add(line.length() + 1);
		}
		final Map<String, Object> dict = map("Editor", map("Text", all), "ParagraphRun",
			map("DefaultRunData",
				map("ParagraphSheet", map("DefaultStyleSheet", 0, "Properties", map()), "Adjustments", plain),
				"RunArray", paragraphs, "RunLengthArray", lengths, "IsJoinable", 1),
			"StyleRun",
			map("DefaultRunData", map("StyleSheet", map("StyleSheetData", map())), "RunArray",
				List.of(map("StyleSheet", map("StyleSheetData", style(text)))), "RunLengthArray", List.of(length),
				"IsJoinable", 2),
			"GridInfo",
			map("GridIsOn", false, "ShowGrid", false, "GridSize", 18.0, "GridLeading", 22.0, "GridColor",
				colour(0, 0, 255), "GridLeadingFillColor", colour(0, 0, 255), "AlignLineHeightToGridFlags", false),
			"AntiAlias", 4, "UseFractionalGlyphWidths", true, "Rendered",
			map("Version", 1, "Shapes",
				map("WritingDirection", 0, "Children",
					List.of(map("ShapeType", 0, "Procession", 0, "Lines",
						map("WritingDirection", 0, "Children", List.of()), "Cookie",
						map("Photoshop",
							map("ShapeType", 0, "PointBase", List.of(0.0, 0.0), "Base",
								map("ShapeType", 0, "TransformPoint0", List.of(1.0, 0.0), "TransformPoint1",
									List.of(0.0, 1.0), "TransformPoint2", List.of(0.0, 0.0)))))))));
		final Map<String, Object> resources = resources(text);
		final StringBuilder engine = new StringBuilder("\n\n");
		put(engine, map("EngineDict", dict, "ResourceDict", resources, "DocumentResources", resources), 0);
		return engine.toString().getBytes(StandardCharsets.ISO_8859_1);
	}

	private static Map<String, Object> style(final KnownText text) {
		return map("Font", 0, "FontSize", text.size(), "FauxBold", false, "FauxItalic", false, "AutoLeading", false,
			"Leading", text.height() / Math.max(1, text.lines().size()), "HorizontalScale", text.stretch(),
			"VerticalScale", 1.0, "Tracking", 0, "AutoKerning", true, "BaselineShift", 0.0, "FontCaps", 0,
			"FontBaseline", 0, "Underline", false, "Strikethrough", false, "Ligatures", false, "FillColor",
			colour(text.rgb() >> 16 & 0xff, text.rgb() >> 8 & 0xff, text.rgb() & 0xff), "FillFlag", true, "StrokeFlag",
			false);
	}

	/** Opaque, red, green and blue from 0 to 1. */
	private static Map<String, Object> colour(final int red, final int green, final int blue) {
		return map("Type", 1, "Values", List.of(1.0, red / 255.0, green / 255.0, blue / 255.0));
	}

	private static Map<String, Object> resources(final KnownText text) {
		return map("KinsokuSet", List.of(), "MojiKumiSet", List.of(), "TheNormalStyleSheet", 0,
			"TheNormalParagraphSheet", 0, "ParagraphSheetSet",
			List.of(map("Name", "Normal RGB", "DefaultStyleSheet", 0, "Properties", map("Justification", 0))),
			"StyleSheetSet", List.of(map("Name", "Normal RGB", "StyleSheetData", style(text))), "FontSet",
			List.of(map("Name", FontNames.postScript(text.font(), text.bold(), text.italic()), "Script", 0, "FontType",
				0, "Synthetic", 0)),
			"SuperscriptSize", 0.583, "SuperscriptPosition", 0.333, "SubscriptSize", 0.583, "SubscriptPosition", 0.333,
			"SmallCapSize", 0.7);
	}

	private static Map<String, Object> map(final Object... keysAndValues) {
		final Map<String, Object> map = new LinkedHashMap<>();
		for (int k = 0; k < keysAndValues.length; k += 2) map.put((String) keysAndValues[k], keysAndValues[k + 1]);
		return Collections.unmodifiableMap(map);
	}

	private static void put(final StringBuilder out, final Object value, final int depth) {
		if (value instanceof Map<?, ?> map) {
			out.append("<<\n");
			map.forEach((k, v) -> {
				out.append("\t".repeat(depth + 1)).append('/').append(k).append(' ');
				put(out, v, depth + 1);
				out.append('\n');
			});
			out.append("\t".repeat(depth)).append(">>");
		}
		else if (value instanceof List<?> list) {
			out.append('[');
			for (final Object v : list) {
				out.append(' ');
				put(out, v, depth);
			}
			out.append(" ]");
		}
		else if (value instanceof String text) string(out, text);
		else out.append(value instanceof Double d ? String.format(Locale.ROOT, "%.5f", d) : value);
	}

	/** UTF-16 with its mark, byte by byte; brackets and backslashes have a backslash before them. */
	private static void string(final StringBuilder out, final String text) {
		out.append('(');
		for (final byte b : ("\ufeff" + text).getBytes(StandardCharsets.UTF_16BE)) {
			final char c = (char) (b & 0xff);
			if (c == '(' || c == ')' || c == '\\') out.append('\\');
			out.append(c);
		}
		out.append(')');
	}
}
