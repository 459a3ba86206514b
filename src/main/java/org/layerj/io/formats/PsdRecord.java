package org.layerj.io.formats;

import java.io.IOException;
import java.util.EnumSet;
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
 * @param locked whether its pixels and its place are protected
 * @param section 0 a layer, 1 or 2 a group's name, 3 the group's end
 * @param mask where the mask channel lies, if there is one in use
 * @param extras what it has besides pixels
 * @param text what a type layer says, if that can be known here
 */
record PsdRecord(int top, int left, int bottom, int right, Map<Integer, Long> lengths, String blend, double opacity,
	boolean clipped, boolean hidden, boolean locked, String name, OptionalInt id, int section, Optional<MaskArea> mask,
	Set<Extra> extras, Optional<KnownText> text)
{

	/**
	 * A layer's mask; outside of it, all pixels are {@code outside}. It hides with {@code density} of 255, and its edge
	 * is softened over {@code feather} pixels.
	 */
	record MaskArea(int top, int left, int bottom, int right, int outside, int density, double feather) {}

	/** What a layer may have that layers here have not: the end of a message about it. */
	enum Extra {

		ADJUSTMENT("is an adjustment layer: it has no pixels of its own, and what it does to those below is not kept"), //
		FILL("is a fill: only those of its pixels that the file holds are kept"), //
		TEXT("is text: its pixels are kept, but it cannot be typed into"), //
		SMART_OBJECT("is a smart object: its pixels are kept, but not what it was made of"), //
		SHAPE("is a shape or has a vector mask: its pixels are kept, but not its outlines"), //
		EFFECTS("has layer effects, which are not kept"), //
		ARTBOARD("is an artboard: its edges and its background are not kept"), //
		KNOCKOUT("knocks out what is below it, which is not kept"), //
		SEPARATE("is blended apart from the layers clipped to it, which is not kept"), //
		CHANNELS("is blended in some channels only, which is not kept"), //
		TONES("is blended in some tones only (Blend If), which is not kept");

		private final String note;

		Extra(final String note) {
			this.note = note;
		}

		String note() {
			return note;
		}
	}

	/** Blocks whose length is wider in a PSB. */
	private static final Set<String> WIDE =
		Set.of("LMsk", "Lr16", "Lr32", "Layr", "Mt16", "Mt32", "Mtrn", "Alph", "FMsk", "lnk2", "FEid", "FXid", "PxSD");
	private static final Set<String> ADJUSTMENTS = Set.of("brit", "CgEd", "levl", "curv", "expA", "vibA", "hue ",
		"hue2", "blnc", "blwh", "phfl", "mixr", "clrL", "nvrt", "post", "thrs", "grdm", "selc");
	private static final Set<String> FILLS = Set.of("SoCo", "GdFl", "PtFl");
	private static final Set<String> EFFECTS = Set.of("lfx2", "lrFX", "lmfx", "lfxs");
	private static final Set<String> TEXT = Set.of("tySh");
	private static final Set<String> SMART = Set.of("SoLd", "SoLE", "PlLd", "plLd");
	private static final Set<String> SHAPES = Set.of("vmsk", "vsms", "vscg", "vstk", "vogk");
	private static final Set<String> ARTBOARDS = Set.of("artb", "artd", "abdd");
	private static final int RANGE_ALL = 0x0000ffff, RANGE_NONE = 0;
	private static final int MOST_CHANNELS = 56;
	private static final int REAL_MASK = -3, REAL_MASK_BYTES = 18;
	private static final int MASK_OFF = 0x02, MASK_HAS_MORE = 0x10;

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
		if (!in.ascii(4).equals("8BIM")) throw new Broken("an invalid layer record");
		final String blend = in.ascii(4);
		final int opacity = in.u8();
		final boolean clipped = in.u8() != 0;
		final boolean hidden = (in.u8() & 0x02) != 0;
		in.u8();
		final long end = in.end(in.u32(), outer);
		final Optional<MaskArea> mask = mask(in, end, lengths.containsKey(REAL_MASK));
		final Set<Extra> extras = EnumSet.noneOf(Extra.class);
		if (!ranges(in, end)) extras.add(Extra.TONES);
		String name = pascal(in, end);
		OptionalInt id = OptionalInt.empty();
		int section = 0;
		int fill = 255;
		boolean locked = false;
		String groupBlend = "";
		Optional<KnownText> text = Optional.empty();
		while (end - in.position() >= 12) {
			final String signature = in.ascii(4);
			if (!signature.equals("8BIM") && !signature.equals("8B64")) break;
			final String key = in.ascii(4);
			final long blockEnd = in.end(in.large() && WIDE.contains(key) ? in.wide() : in.u32(), end);
			final long length = blockEnd - in.position();
			switch (key) {
				case "luni" -> name = length >= 4 ? unicode(in, blockEnd) : name;
				case "lyid" -> id = length >= 4 ? OptionalInt.of(in.i32()) : id;
				case "lsct", "lsdk" -> {
					section = length >= 4 && section == 0 ? in.i32() : section;
					if (length >= 12 && in.ascii(4).equals("8BIM")) groupBlend = in.ascii(4);
				}
				case "lspf" -> locked = length >= 4 && PsdLock.isLocked(in.i32());
				case "clbl" -> put(extras, Extra.SEPARATE, length >= 1 && in.u8() == 0);
				case "knko" -> put(extras, Extra.KNOCKOUT, length >= 1 && in.u8() != 0);
				case "brst" -> put(extras, Extra.CHANNELS, length >= 4);
				case "iOpa" -> fill = length >= 1 ? in.u8() : fill;
				case "TySh" -> {
					text = PsdTypeReader.read(in.bytes(length));
					put(extras, Extra.TEXT, text.isEmpty());
				}
				default -> extra(key).ifPresent(extras::add);
			}
			in.seek(blockEnd);
			// Lengths should be even; some writers leave that to the reader.
			if (length % 2 == 1 && end - blockEnd >= 1) in.skip(1);
		}
		in.seek(end);
		// Of groups, the blend mode in their own block counts.
		final String mode = groupBlend.isEmpty() || section == 0 ? blend : groupBlend;
		return new PsdRecord(top, left, bottom, right, lengths, mode, opacity / 255.0 * (fill / 255.0), clipped, hidden,
			locked, name, id, section, mask, extras, text);
	}

	private static void put(final Set<Extra> extras, final Extra extra, final boolean present) {
		if (present) extras.add(extra);
	}

	private static Optional<Extra> extra(final String key) {
		if (ADJUSTMENTS.contains(key)) return Optional.of(Extra.ADJUSTMENT);
		if (FILLS.contains(key)) return Optional.of(Extra.FILL);
		if (TEXT.contains(key)) return Optional.of(Extra.TEXT);
		if (SMART.contains(key)) return Optional.of(Extra.SMART_OBJECT);
		if (SHAPES.contains(key)) return Optional.of(Extra.SHAPE);
		if (EFFECTS.contains(key)) return Optional.of(Extra.EFFECTS);
		return ARTBOARDS.contains(key) ? Optional.of(Extra.ARTBOARD) : Optional.empty();
	}

	/** Whether all tones are blended: each range goes from 0 to 255, or nothing is said. */
	private static boolean ranges(final PsdIn in, final long outer) throws IOException {
		final long end = in.end(in.u32(), outer);
		boolean all = true;
		while (end - in.position() >= 4) {
			final int range = in.i32();
			all &= range == RANGE_ALL || range == RANGE_NONE || range == -1;
		}
		in.seek(end);
		return all;
	}

	/** @param real whether there is another mask besides this one, which is then both masks together */
	private static Optional<MaskArea> mask(final PsdIn in, final long outer, final boolean real) throws IOException {
		final long end = in.end(in.u32(), outer);
		Optional<MaskArea> mask = Optional.empty();
		if (end - in.position() >= 18) {
			final int top = in.i32();
			final int left = in.i32();
			final int bottom = in.i32();
			final int right = in.i32();
			final int outside = in.u8();
			final int flags = in.u8();
			if (real && end - in.position() >= REAL_MASK_BYTES) in.skip(REAL_MASK_BYTES);
			int density = 255;
			double feather = 0;
			if ((flags & MASK_HAS_MORE) != 0 && end - in.position() >= 1) {
				final int more = in.u8();
				if ((more & 1) != 0 && end - in.position() >= 1) density = in.u8();
				if ((more & 2) != 0 && end - in.position() >= 8) feather = Double.longBitsToDouble(in.i64());
			}
			if ((flags & MASK_OFF) == 0)
				mask = Optional.of(new MaskArea(top, left, bottom, right, outside, density, feather));
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
		if (length > (end - in.position()) / 2) throw new Broken("a name that ends too early");
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
