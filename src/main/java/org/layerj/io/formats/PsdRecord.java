package org.layerj.io.formats;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.layerj.io.header.Broken;

/**
 * A layer record of a PSD: everything of a layer but its pixels.
 *
 * @param top and the other edges, as the file says
 * @param lengths of the channels, by number: 0 … colours, -1 alpha, -2 the layer's mask
 * @param blend four letters
 * @param opacity 0 … 1, fill opacity included
 * @param section 0 a layer, 1 or 2 a group's name, 3 the group's end
 * @param mask where the mask channel lies, if there is one in use
 * @param vector whether shape or fill are made from something else than pixels
 */
record PsdRecord(int top, int left, int bottom, int right, Map<Integer, Long> lengths, String blend, double opacity, boolean clipped, boolean hidden, String name,
	OptionalInt id, int section, Optional<MaskArea> mask, boolean vector)
{

	/** A layer's mask; outside of it, all pixels are {@code outside}. */
	record MaskArea(int top, int left, int bottom, int right, int outside) {}

	/** Blocks whose length is wider in a PSB. */
	private static final Set<String> WIDE = Set.of("LMsk", "Lr16", "Lr32", "Layr", "Mt16", "Mt32", "Mtrn", "Alph", "FMsk", "lnk2", "FEid", "FXid", "PxSD");
	/** Blocks of adjustments, fills, text and smart objects: what makes such a layer is not its pixels alone. */
	private static final Set<String> MADE = Set.of("SoCo", "GdFl", "PtFl", "brit", "levl", "curv", "expA", "vibA", "hue2", "blnc", "blwh", "phfl", "mixr", "clrL", "nvrt",
		"post", "thrs", "grdm", "selc", "lfx2", "lrFX", "TySh", "SoLd", "vmsk", "vsms");
	private static final int MOST_CHANNELS = 56;

	int width() {
		return right - left;
	}

	int height() {
		return bottom - top;
	}

	static PsdRecord read(final PsdIn in, final long outer) throws IOException {
		final int top = in.i32();
		final int left = in.i32();
		final int bottom = in.i32();
		final int right = in.i32();
		final int channels = in.u16();
		if (channels > MOST_CHANNELS) throw new Broken("a layer with " + channels + " channels");
		final Map<Integer, Long> lengths = new LinkedHashMap<>();
		for (int c = 0; c < channels; c++) {
			final int number = in.i16();
			if (lengths.put(number, in.wide()) != null) throw new Broken("a channel that is there twice");
		}
		if (!in.ascii(4).equals("8BIM")) throw new Broken("a layer that is none");
		final String blend = in.ascii(4);
		final int opacity = in.u8();
		final boolean clipped = in.u8() != 0;
		final boolean hidden = (in.u8() & 0x02) != 0;
		in.u8();
		final long end = in.end(in.u32(), outer);
		final Optional<MaskArea> mask = mask(in, end);
		in.seek(in.end(in.u32(), end));
		String name = pascal(in, end);
		OptionalInt id = OptionalInt.empty();
		int section = 0;
		int fill = 255;
		boolean vector = false;
		while (end - in.position() >= 12) {
			final String signature = in.ascii(4);
			if (!signature.equals("8BIM") && !signature.equals("8B64")) break;
			final String key = in.ascii(4);
			final long blockEnd = in.end(in.large() && WIDE.contains(key) ? in.wide() : in.u32(), end);
			final long length = blockEnd - in.position();
			switch (key) {
				case "luni" -> name = length >= 4 ? unicode(in, blockEnd) : name;
				case "lyid" -> id = length >= 4 ? OptionalInt.of(in.i32()) : id;
				case "lsct", "lsdk" -> section = length >= 4 && section == 0 ? in.i32() : section;
				case "iOpa" -> fill = length >= 1 ? in.u8() : fill;
				default -> vector |= MADE.contains(key);
			}
			in.seek(blockEnd);
			// Lengths should be even; some writers leave that to the reader.
			if (length % 2 == 1 && end - blockEnd >= 1) in.skip(1);
		}
		in.seek(end);
		return new PsdRecord(top, left, bottom, right, lengths, blend, opacity / 255.0 * (fill / 255.0), clipped, hidden, name, id, section, mask, vector);
	}

	private static Optional<MaskArea> mask(final PsdIn in, final long outer) throws IOException {
		final long end = in.end(in.u32(), outer);
		Optional<MaskArea> mask = Optional.empty();
		if (end - in.position() >= 18) {
			final int top = in.i32();
			final int left = in.i32();
			final int bottom = in.i32();
			final int right = in.i32();
			final int outside = in.u8();
			final boolean off = (in.u8() & 0x02) != 0;
			if (!off) mask = Optional.of(new MaskArea(top, left, bottom, right, outside));
		}
		in.seek(end);
		return mask;
	}

	private static String pascal(final PsdIn in, final long outer) throws IOException {
		if (in.position() >= outer) return "";
		final int length = in.u8();
		in.end(length, outer);
		final String name = in.ascii(length);
		in.seek(Math.min(outer, in.position() + (3 - length % 4)));
		return name;
	}

	private static String unicode(final PsdIn in, final long end) throws IOException {
		final long length = in.u32();
		if (length > (end - in.position()) / 2) throw new Broken("a name that breaks off");
		final byte[] bytes = in.bytes(2 * length);
		final char[] text = new char[bytes.length / 2];
		for (int i = 0; i < text.length; i++) text[i] = (char) (bytes[2 * i] << 8 | bytes[2 * i + 1] & 0xff);
		return withoutEnd(new String(text));
	}

	/** Some writers end names as C does. */
	static String withoutEnd(final String name) {
		int end = name.length();
		while (end > 0 && name.charAt(end - 1) == 0) end--;
		return name.substring(0, end);
	}
}
