package org.layerj.io.header;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.layerj.provenance.PictureOrigin;

/**
 * A directory of a TIFF, or of the EXIF in another file: its fields by their tags. A field's data are looked at when
 * asked for; those that would lie beyond the end are {@link Broken} then, so fields that are not needed may be damaged.
 * TIFF 6.0, section 2; BigTIFF.
 */
public final class TiffDirectory {

	static final int WIDTH = 256, HEIGHT = 257, ORIENTATION = 274, X_RESOLUTION = 282, Y_RESOLUTION = 283,
		RESOLUTION_UNIT = 296, PROFILE = 34675, IPTC = 33723, C2PA = 0xcd41;
	private static final int DESCRIPTION = 270, CHILDREN = 330, XMP = 700;
	private static final int ASCII = 2, RATIONAL = 5, SIGNED_RATIONAL = 10;
	/** Bytes of one number of each type. */
	private static final int[] BYTES = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8 };
	private static final int MOST_PAGES = 10_000, MOST_FIELDS = 65_535, MOST_NUMBERS = 1 << 26;
	private static final double CENTIMETRE = 0.01;
	private static final String EXIF = "Exif\0\0";

	/** Where a field's data are. */
	private record Field(int type, long count, long at) {}

	private final PictureBytes bytes;
	private final ByteOrder order;
	private final Map<Integer, Field> fields = new HashMap<>();

	private TiffDirectory(final PictureBytes bytes, final ByteOrder order) {
		this.bytes = bytes;
		this.order = order;
	}

	/**
	 * All directories of a chain, those of pages and of their thumbnails; throws {@link Broken} if it leads out of the
	 * file or in circles.
	 */
	static List<TiffDirectory> all(final PictureBytes bytes) throws IOException {
		final ByteOrder order = order(bytes);
		final boolean big = isBig(bytes);
		final List<TiffDirectory> all = new ArrayList<>();
		final Set<Long> seen = new HashSet<>();
		for (long next = number(bytes.at(big ? 8 : 4, big ? 8 : 4, order), big); next != 0;) {
			if (!seen.add(next) || seen.size() > MOST_PAGES) throw new Broken("an endless chain of pages");
			if (next < 0 || next > bytes.size() - 2) throw new Broken("a page beyond the end");
			final TiffDirectory directory = new TiffDirectory(bytes, order);
			next = directory.read(next, big);
			all.add(directory);
		}
		return all;
	}

	/**
	 * The directories that those of a chain point to beside it (SubIFDs), without what they point to in turn. What is
	 * said of the picture as a whole counts for them, too; throws {@link Broken} if they lead out of the file.
	 */
	static List<TiffDirectory> beside(final List<TiffDirectory> chain) throws IOException {
		final List<TiffDirectory> all = new ArrayList<>();
		final Set<Long> seen = new HashSet<>();
		for (final TiffDirectory d : chain) {
			if (d.has(CHILDREN) && d.fields.get(CHILDREN).count > MOST_PAGES) throw new Broken("too many pages");
			for (final long at : d.numbers(CHILDREN)) {
				if (!seen.add(at)) continue;
				if (seen.size() > MOST_PAGES) throw new Broken("too many pages");
				if (at < 0 || at > d.bytes.size() - 2) throw new Broken("a page beyond the end");
				final TiffDirectory child = new TiffDirectory(d.bytes, d.order);
				child.read(at, isBig(d.bytes));
				for (final int tag : new int[] { ORIENTATION, XMP, IPTC, C2PA })
					if (d.has(tag)) child.fields.putIfAbsent(tag, d.fields.get(tag));
				all.add(child);
			}
		}
		return all;
	}

	/** Whether a TIFF has addresses of 64 bits. */
	static boolean isBig(final PictureBytes bytes) throws IOException {
		return bytes.has(0, "II+\0") || bytes.has(0, "MM\0+");
	}

	/** Whether there is a TIFF. */
	static boolean isTiff(final PictureBytes bytes) throws IOException {
		return bytes.has(0, "II*\0") || bytes.has(0, "MM\0*") || isBig(bytes);
	}

	/**
	 * The first directory of an EXIF block, or nothing: damaged notes are no reason not to open a picture. The letters
	 * before a JPEG's are left in other files, too.
	 */
	static Optional<TiffDirectory> exif(final byte[] block) {
		try {
			final int from = PictureBytes.of(block).has(0, EXIF) ? EXIF.length() : 0;
			final PictureBytes bytes = PictureBytes.of(Arrays.copyOfRange(block, from, block.length));
			if (!isTiff(bytes) || isBig(bytes)) return Optional.empty();
			final TiffDirectory first = new TiffDirectory(bytes, order(bytes));
			first.read(number(bytes.at(4, 4, first.order), false), false);
			return Optional.of(first);
		}
		catch (final IOException e) {
			return Optional.empty();
		}
	}

	private static ByteOrder order(final PictureBytes bytes) throws IOException {
		return bytes.has(0, "II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
	}

	private static long number(final ByteBuffer b, final boolean big) {
		return big ? b.getLong() : b.getInt() & 0xffffffffL;
	}

	private long read(final long at, final boolean big) throws IOException {
		final int head = big ? 8 : 2;
		final int entry = big ? 20 : 12;
		final ByteBuffer counter = bytes.at(at, head, order);
		final long count = big ? counter.getLong() : counter.getShort() & 0xffff;
		final int address = big ? 8 : 4;
		if (count < 0 || count > MOST_FIELDS || at + head + count * entry > bytes.size())
			throw new Broken("a page beyond the end");
		final ByteBuffer b = bytes.at(at + head, count * entry, order);
		for (int i = 0; i < count; i++) {
			b.position(i * entry);
			final int tag = b.getShort() & 0xffff;
			final int type = b.getShort() & 0xffff;
			final long n = number(b, big);
			// A field without numbers is none.
			if (type >= BYTES.length || BYTES[type] == 0 || n < 1 || n > bytes.size()) continue;
			final long to =
				BYTES[type] * n <= address ? at + head + (long) i * entry + entry - address : number(b, big);
			// The first of several with one tag counts.
			fields.putIfAbsent(tag, new Field(type, n, to));
		}
		final long end = at + head + count * entry;
		// Where the file ends with its last directory, there is no next.
		return end + address > bytes.size() ? 0 : number(bytes.at(end, address, order), big);
	}

	/** Byte order of this directory and of all samples of its page. */
	ByteOrder order() {
		return order;
	}

	boolean has(final int tag) {
		return fields.containsKey(tag);
	}

	/** A field's type, 0 if there is none. */
	int type(final int tag) {
		return has(tag) ? fields.get(tag).type : 0;
	}

	/**
	 * The first number of a field, or another one if there is no such field or number.
	 *
	 * @param tag of the field
	 * @param otherwise what to return without it
	 * @return the number
	 * @throws IOException if the file cannot be read
	 */
	public long number(final int tag, final long otherwise) throws IOException {
		final long[] all = numbers(tag);
		return all.length == 0 ? otherwise : all[0];
	}

	/** Whole numbers; of fractions, those of numerator and denominator in turn. None if there is no such field. */
	long[] numbers(final int tag) throws IOException {
		final Field field = fields.get(tag);
		if (field == null) return new long[0];
		final boolean pairs = BYTES[field.type] == 8 && field.type != 16 && field.type != 17 && field.type != 18;
		if (field.count > MOST_NUMBERS) throw new Broken("a field that is too long");
		final ByteBuffer b = data(field);
		final long[] out = new long[(int) field.count * (pairs ? 2 : 1)];
		for (int i = 0; i < out.length; i++) {
			out[i] = switch (pairs ? 4 : BYTES[field.type]) {
				case 1 -> b.get() & 0xff;
				case 2 -> field.type == 8 ? b.getShort() : b.getShort() & 0xffff;
				case 4 -> field.type == 9 || field.type == 10 ? b.getInt() : b.getInt() & 0xffffffffL;
				default -> b.getLong();
			};
		}
		return out;
	}

	/** A fraction; none if there is no such field, or it is no fraction. */
	Optional<Double> fraction(final int tag) throws IOException {
		return fraction(tag, false);
	}

	private Optional<Double> fraction(final int tag, final boolean signed) throws IOException {
		if (type(tag) != RATIONAL && !(signed && type(tag) == SIGNED_RATIONAL)) return Optional.empty();
		final long[] pair = numbers(tag);
		return pair.length < 2 || pair[1] == 0 ? Optional.empty() : Optional.of((double) pair[0] / pair[1]);
	}

	/** The bytes of a field; none if there is no such field. */
	byte[] raw(final int tag) throws IOException {
		return has(tag) ? data(fields.get(tag)).array() : new byte[0];
	}

	/**
	 * A text, without the zero at its end; none if there is no such field.
	 *
	 * @param tag of the field
	 * @return the text
	 * @throws IOException if the file cannot be read
	 */
	public Optional<String> text(final int tag) throws IOException {
		if (type(tag) != ASCII) return Optional.empty();
		final byte[] all = raw(tag);
		int end = 0;
		while (end < all.length && all[end] != 0) end++;
		return Optional.of(new String(all, 0, end, StandardCharsets.ISO_8859_1));
	}

	/**
	 * The XMP packet of a page.
	 *
	 * @return the packet; empty if there is none
	 * @throws IOException if the file cannot be read
	 */
	public Optional<String> xmp() throws IOException {
		return has(XMP) && BYTES[type(XMP)] == 1 ? Optional.of(new String(raw(XMP), StandardCharsets.UTF_8))
			: Optional.empty();
	}

	/**
	 * What a field of lengths in the resolution's unit is in pixels; 0 if there is none. Below 0 where somebody has
	 * written it with a sign, which the format does not know for positions.
	 *
	 * @param tag of the field
	 * @param vertical whether it is measured from top to bottom
	 * @return pixels, rounded
	 * @throws IOException if the file cannot be read
	 */
	public int pixels(final int tag, final boolean vertical) throws IOException {
		final double pixels =
			fraction(tag, true).orElse(0.0) * fraction(vertical ? Y_RESOLUTION : X_RESOLUTION).orElse(0.0);
		return Math.abs(pixels) <= Integer.MAX_VALUE / 2 ? (int) Math.round(pixels) : 0;
	}

	/** Profile and resolution; what is damaged of them, or for another kind of colour, is left out. */
	PictureNotes notes(final boolean grey) {
		return new PictureNotes(profile().filter(p -> p.grey() == grey || grey && isStack()), pixelSize(), origin());
	}

	/** Whether ImageJ has written it, whose colours may be pages of grey. */
	private boolean isStack() {
		try {
			return text(DESCRIPTION).orElse("").startsWith("ImageJ=");
		}
		catch (final IOException e) {
			return false;
		}
	}

	private PictureOrigin origin() {
		try {
			final PictureOrigin said = xmp().map(Xmp::read).orElse(PictureOrigin.NONE).or(Iptc.read(raw(IPTC)));
			return has(C2PA) ? Manifest.add(said, raw(C2PA)) : said;
		}
		catch (final IOException e) {
			return PictureOrigin.NONE;
		}
	}

	/** How the page has to be turned. */
	Orientation orientation() {
		try {
			return Orientation.of(number(ORIENTATION, 1));
		}
		catch (final IOException e) {
			return Orientation.UPRIGHT;
		}
	}

	private Optional<ColourProfile> profile() {
		try {
			return ColourProfile.of(raw(PROFILE));
		}
		catch (final IOException e) {
			return Optional.empty();
		}
	}

	/** Inches are the unit where none is given; 1 means that numbers say proportions only. */
	Optional<PixelSize> pixelSize() {
		try {
			final long unit = number(RESOLUTION_UNIT, 2);
			final double length = unit == 3 ? CENTIMETRE : PixelSize.INCH;
			return unit == 2 || unit == 3
				? PixelSize.ofDots(fraction(X_RESOLUTION).orElse(0.0), fraction(Y_RESOLUTION).orElse(0.0), length)
				: Optional.empty();
		}
		catch (final IOException e) {
			return Optional.empty();
		}
	}

	private ByteBuffer data(final Field field) throws IOException {
		final long length = BYTES[field.type] * field.count;
		if (field.at < 0 || length > bytes.size() - field.at) throw new Broken("a field beyond the end");
		return bytes.at(field.at, length, order);
	}
}
