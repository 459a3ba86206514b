package org.layerj.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.TokenizerFiles;
import org.layerj.checkpoint.TokenizerFiles.Pair;

/**
 * Text to token ids and back, as the tokenizer of Qwen2.5 does it: added tokens are cut out verbatim, the rest is
 * composed (NFC), cut into words, written as UTF-8 bytes, and the bytes of each word are joined pair by pair, most
 * frequent pair first (byte-level BPE). No token is put in front.
 * <p>
 * Takes any string: half surrogate pairs become U+FFFD, and time grows no faster than length · log(length).
 */
public final class QwenTokenizer {

	/**
	 * Words: contractions, letters with one leading sign, single digits, signs, line breaks, spaces. Letters and spaces
	 * are Unicode's.
	 */
	private static final Pattern WORD = Pattern
		.compile("(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|"
			+ "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+", Pattern.UNICODE_CHARACTER_CLASS);
	/**
	 * Java sorts the accents on one letter in quadratic time; longer runs are no text and are composed piece by piece.
	 */
	private static final int MAX_MARKS = 256;

	private final int[] idOfByte = new int[256];
	private final Map<Long, Merge> merges;
	private final Map<String, Integer> added;
	private final Pattern addedPattern;
	private final byte[][] bytes;
	private final boolean[] special;

	/** The {@code rank}-th most frequent pair becomes the token {@code id}. */
	private record Merge(int rank, int id) {}

	/** Checks that the vocabulary is closed: it has every byte and every merge's result. */
	public QwenTokenizer(final TokenizerFiles files) {
		final Map<String, Integer> vocabulary = files.vocabulary();
		final int size = 1 + Math.max(vocabulary.values().stream().max(Comparator.naturalOrder()).orElse(-1),
			files.added().values().stream().max(Comparator.naturalOrder()).orElse(-1));
		bytes = new byte[size][];
		special = new boolean[size];
		final Map<Character, Byte> byteOf = new HashMap<>();
		for (int b = 0; b < 256; b++) {
			final char c = printable(b);
			byteOf.put(c, (byte) b);
			idOfByte[b] = id(vocabulary, String.valueOf(c));
		}
		vocabulary.forEach((token, id) -> bytes[id] = raw(token, byteOf));
		merges = new HashMap<>(files.merges().size() * 2);
		int rank = 0;
		for (final Pair pair : files.merges()) {
			final Merge merge = new Merge(rank++, id(vocabulary, pair.left() + pair.right()));
			merges.putIfAbsent(key(id(vocabulary, pair.left()), id(vocabulary, pair.right())), merge);
		}
		added = files.added();
		added.forEach((token, id) -> {
			bytes[id] = token.getBytes(StandardCharsets.UTF_8);
			special[id] = files.special().contains(token);
		});
		// Of two tokens that begin at the same place the longer one is meant. The empty alternation would match
		// everywhere.
		addedPattern = Pattern.compile(added.isEmpty() ? "(?!)"
			: added.keySet()
				.stream()
				.filter(t -> !t.isEmpty())
				.sorted(Comparator.comparing(String::length).reversed())
				.map(Pattern::quote)
				.collect(Collectors.joining("|")));
	}

	/** One more than the largest id. */
	public int size() {
		return bytes.length;
	}

	/** The id of an added token such as {@code <|image_pad|>}. */
	public OptionalInt added(final String token) {
		return added.containsKey(token) ? OptionalInt.of(added.get(token)) : OptionalInt.empty();
	}

	/** The ids of a text. */
	public int[] encode(final String text) {
		return encode(text, Integer.MAX_VALUE);
	}

	/** The first {@code atMost} ids of a text; what lies far behind them is not looked at. */
	public int[] encode(final String text, final int atMost) {
		final IntList out = new IntList();
		final String valid = text.isEmpty() ? text : withoutHalfPairs(text);
		final Matcher token = addedPattern.matcher(valid);
		int from = 0;
		while (out.size < atMost && token.find()) {
			encodePlain(valid.substring(from, token.start()), atMost, out);
			out.add(added.get(token.group()));
			from = token.end();
		}
		if (out.size < atMost) encodePlain(valid.substring(from), atMost, out);
		return Arrays.copyOf(out.values, Math.min(out.size, atMost));
	}

	private void encodePlain(final String text, final int atMost, final IntList out) {
		final Matcher word = WORD.matcher(compose(text));
		while (out.size < atMost && word.find()) join(word.group().getBytes(StandardCharsets.UTF_8), out);
	}

	/** The text of ids; ids of no token are left out, and bytes that are no UTF-8 become U+FFFD. */
	public String decode(final int[] ids, final boolean skipSpecial) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (final int id : ids) {
			if (id >= 0 && id < bytes.length && bytes[id] != null && !(skipSpecial && special[id]))
				out.writeBytes(bytes[id]);
		}
		final byte[] raw = out.toByteArray();
		// Three bytes that spell half a surrogate pair are three errors to the reference, but one to Java.
		for (int i = 0; i + 1 < raw.length; i++)
			if (raw[i] == (byte) 0xED && (raw[i + 1] & 0xE0) == 0xA0) raw[i] = (byte) 0xFF;
		return new String(raw, StandardCharsets.UTF_8);
	}

	// -- Byte pairs --

	/** Joins pairs of one word, always the lowest rank first and of equal ones the leftmost. */
	private void join(final byte[] word, final IntList out) {
		final int n = word.length;
		final int[] ids = new int[n];
		final int[] next = new int[n];
		final int[] previous = new int[n];
		for (int i = 0; i < n; i++) {
			ids[i] = idOfByte[word[i] & 255];
			next[i] = i + 1;
			previous[i] = i - 1;
		}
		final PriorityQueue<Long> candidates = new PriorityQueue<>();
		for (int i = 0; i + 1 < n; i++) propose(candidates, ids, i, i + 1);
		while (!candidates.isEmpty()) {
			final long best = candidates.remove();
			final int left = (int) best;
			final int right = next[left];
			// The candidate may be out of date: one of its tokens has been joined with another neighbour.
			if (ids[left] < 0 || right >= n) continue;
			final Merge merge = merges.get(key(ids[left], ids[right]));
			if (merge == null || merge.rank != best >>> 32) continue;
			ids[left] = merge.id;
			ids[right] = -1;
			next[left] = next[right];
			if (next[left] < n) {
				previous[next[left]] = left;
				propose(candidates, ids, left, next[left]);
			}
			if (previous[left] >= 0) propose(candidates, ids, previous[left], left);
		}
		for (int i = 0; i < n; i = next[i]) out.add(ids[i]);
	}

	private void propose(final PriorityQueue<Long> candidates, final int[] ids, final int left, final int right) {
		final Merge merge = merges.get(key(ids[left], ids[right]));
		if (merge != null) candidates.add((long) merge.rank << 32 | left);
	}

	private static long key(final int left, final int right) {
		return (long) left << 32 | right;
	}

	private static int id(final Map<String, Integer> vocabulary, final String token) {
		final Integer id = vocabulary.get(token);
		if (id == null) throw new ModelException("The tokenizer's vocabulary lacks \"" + token
			+ "\", which its merges or the alphabet of bytes need; download the tokenizer folder again.");
		return id;
	}

	// -- Characters --

	/**
	 * GPT-2's alphabet: bytes that print stand for themselves, the others for the characters from U+0100 on, in order.
	 */
	private static char printable(final int b) {
		if (prints(b)) return (char) b;
		return (char) (256 + IntStream.range(0, b).filter(x -> !prints(x)).count());
	}

	private static boolean prints(final int b) {
		return b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
	}

	private static byte[] raw(final String token, final Map<Character, Byte> byteOf) {
		final byte[] out = new byte[token.length()];
		for (int i = 0; i < out.length; i++) {
			final Byte b = byteOf.get(token.charAt(i));
			if (b == null) return token.getBytes(StandardCharsets.UTF_8);
			out[i] = b;
		}
		return out;
	}

	private static String withoutHalfPairs(final String text) {
		if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) return text;
		final StringBuilder out = new StringBuilder(text.length());
		text.codePoints()
			.forEach(
				c -> out.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c));
		return out.toString();
	}

	private static String compose(final String text) {
		final StringBuilder out = new StringBuilder(text.length());
		int from = 0;
		int marks = 0;
		for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
			marks = isMark(text.codePointAt(i)) ? marks + 1 : 0;
			if (marks == MAX_MARKS) {
				out.append(Normalizer.normalize(text.substring(from, i), Normalizer.Form.NFC));
				from = i;
				marks = 0;
			}
		}
		return out.append(Normalizer.normalize(text.substring(from), Normalizer.Form.NFC)).toString();
	}

	private static boolean isMark(final int codePoint) {
		final int type = Character.getType(codePoint);
		return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK
			|| type == Character.ENCLOSING_MARK;
	}

	private static final class IntList {

		private int[] values = new int[64];
		private int size;

		void add(final int value) {
			if (size == values.length) values = Arrays.copyOf(values, 2 * size);
			values[size++] = value;
		}
	}
}
