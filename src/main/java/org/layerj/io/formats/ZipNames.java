package org.layerj.io.formats;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * In which character set names are written that do not say: those in older ZIPs, and of files that come from other
 * systems. The names themselves have to tell: the set in which they are made of the most usual characters wins.
 * Whichever is taken, files are found: only what layers are called depends on it.
 */
final class ZipNames {

	/** How usual a character is, 0 to 1, given those before and behind it, spaces at the ends. */
	@FunctionalInterface
	private interface Usual {

		double of(char before, char c, char behind);
	}

	/**
	 * A character set.
	 *
	 * @param share how much its characters count: less for those that are seldom found in ZIPs
	 * @param never what no name in it has
	 */
	private record Guess(Charset charset, double share, Pattern never, Usual usual) {}

	private static final String WIDE = "\\u3000-\\u303f\\uff01-\\uff60\\u30fb\\u30fc";
	private static final String HAN = "\\p{ASCII}\\p{IsHan}" + WIDE;
	private static final String LATIN = "äöüÄÖÜßéèêëÉÈÊàâáãåÀÂÁÃÅçÇñÑíìîïÍÎóòôõøÓÔÕØúùûÚÛæÆœŒ";
	private static final String CYRILLIC = "оеаинтсрвлкмдпуяызбьгч";
	/** Below this it could be anything. */
	private static final double LEAST = 0.35;
	/** Characters that are looked at. */
	private static final int ENOUGH = 10_000;

	/** Of those that are alike the first counts. */
	private static final List<Optional<Guess>> GUESSES = List.of(
		wide("windows-31j", 1, "\\p{IsHiragana}\\u30a0-\\u30ff" + HAN, UsualCharacters.JAPANESE, 0x88, 0x98, 0.7),
		wide("x-windows-949", 1, "\\p{ASCII}\\uac00-\\ud7a3" + WIDE, UsualCharacters.KOREAN, 0xb0, 0xc8, 0.25),
		wide("GB2312", 1, HAN, UsualCharacters.SIMPLIFIED, 0xb0, 0xd7, 0.6),
		wide("GBK", 0.99, HAN, UsualCharacters.SIMPLIFIED, 0xb0, 0xd7, 0.2),
		wide("Big5", 1, HAN, UsualCharacters.TRADITIONAL, 0xa4, 0xc6, 0.6),
		wide("EUC-JP", 1, "\\p{IsHiragana}\\u30a0-\\u30ff" + HAN, UsualCharacters.KANA, 0xb0, 0xcf, 0.3),
		latin("IBM437", 1, LATIN), latin("windows-1252", 1, LATIN + "–’"), latin("IBM850", 0.99, LATIN),
		latin("windows-1250", 0.98, "ąćęłńóśźżĄĆĘŁŃŚŹŻáčďéěíňřšťúůýžČĎŘŠŤÚŽőűäöü"), cyrillic("IBM866", 1),
		cyrillic("windows-1251", 0.85), cyrillic("KOI8-R", 0.7));

	private ZipNames() {}

	/** The character set of names that are not all ASCII. */
	static Charset charset(final List<byte[]> names) {
		if (names.stream().allMatch(n -> text(n, StandardCharsets.UTF_8).isPresent())) return StandardCharsets.UTF_8;
		// What ZIPs had before there was Unicode; every byte is a character.
		Charset best = Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1;
		double most = LEAST;
		for (final Optional<Guess> guess : GUESSES) {
			final double usual = guess.map(g -> usual(g, names)).orElse(0.0);
			if (usual <= most) continue;
			most = usual;
			best = guess.get().charset;
		}
		return best;
	}

	/** How usual the characters beyond ASCII are on average; 0 if the names cannot be in that set. */
	private static double usual(final Guess guess, final List<byte[]> names) {
		double sum = 0;
		int n = 0;
		for (final byte[] name : names) {
			final Optional<String> text = text(name, guess.charset);
			if (text.isEmpty() || guess.never.matcher(text.get()).find()) return 0;
			final String all = " " + text.get() + " ";
			for (int i = 1; i < all.length() - 1 && n < ENOUGH; i++) {
				if (all.charAt(i) < 128) continue;
				sum += guess.usual.of(all.charAt(i - 1), all.charAt(i), all.charAt(i + 1));
				n++;
			}
		}
		return n == 0 ? 0 : guess.share * sum / n;
	}

	private static Optional<Guess> guess(final String charset, final double share, final String never,
		final Usual usual)
	{
		return Charset.isSupported(charset)
			? Optional.of(new Guess(Charset.forName(charset), share, Pattern.compile(never), usual)) : Optional.empty();
	}

	/**
	 * A set of two bytes a character.
	 *
	 * @param characters what names in it have
	 * @param usual the most usual of them
	 * @param from first byte of those that are usual, too: the first level of the standard
	 * @param to the last first byte
	 * @param level how usual these are
	 */
	private static Optional<Guess> wide(final String charset, final double share, final String characters,
		final String usual, final int from, final int to, final double level)
	{
		return guess(charset, share, "[^" + characters + "]", (before, c, behind) -> {
			final int first = String.valueOf(c).getBytes(Charset.forName(charset))[0] & 0xff;
			final double points = usual.indexOf(c) >= 0 ? 1 : first >= from && first <= to ? level : 0.1;
			// Between Latin letters, letters with accents are what is meant.
			return isLatin(before) || isLatin(behind) ? points / 2 : points;
		});
	}

	private static Optional<Guess> latin(final String charset, final double share, final String letters) {
		// The code of ß is that of á in another set.
		return guess(charset, share, "\\ufffd",
			(before, c, behind) -> letters.indexOf(c) < 0 || c == 'ß' && "aeiouäöü".indexOf(before) < 0 ? 0
				: isLatin(before) || isLatin(behind) ? 1 : 0.3);
	}

	/** Read in another Cyrillic set, capitals are in the middle of words. */
	private static Optional<Guess> cyrillic(final String charset, final double share) {
		return guess(charset, share, "[^\\p{ASCII}\\p{IsCyrillic}№«»–—]", (before, c, behind) -> {
			if (isLatin(before) || isLatin(behind)) return 0;
			if (!Character.isLetter(before) && !Character.isLetter(behind)) return 0.2;
			final double points = CYRILLIC.indexOf(Character.toLowerCase(c)) >= 0 ? 1 : 0.7;
			if (Character.isLowerCase(c) || !Character.isLetter(before)) return points;
			return Character.isLowerCase(before) || Character.isLowerCase(behind) ? 0 : points * 0.7;
		});
	}

	private static boolean isLatin(final char c) {
		return String.valueOf(c).toLowerCase(Locale.ROOT).matches("[a-z]");
	}

	private static Optional<String> text(final byte[] bytes, final Charset charset) {
		try {
			return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
		}
		catch (final CharacterCodingException e) {
			return Optional.empty();
		}
	}
}
