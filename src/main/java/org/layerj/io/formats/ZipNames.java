package org.layerj.io.formats;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * In which character set the names in a ZIP are written. Only newer ones say; of others the names themselves have to
 * tell. Whichever is taken, files are found: only what layers are called depends on it.
 */
final class ZipNames {

	/**
	 * A character set.
	 *
	 * @param never what no name in it has
	 * @param telling what some name in it has
	 */
	private record Guess(String name, Pattern never, Pattern telling) {

		Guess(final String name, final String letters, final String telling) {
			this(name, Pattern.compile("[^\\p{ASCII}" + letters + "]"), Pattern.compile(telling));
		}
	}

	private static final String WIDE = "\\u3000-\\u303f\\uff01-\\uff60\\u30fc";
	private static final String JAPANESE = "\\p{IsHan}\\p{IsHiragana}\\u30a0-\\u30ff" + WIDE;
	private static final String KANA = "[\\p{IsHiragana}\\u30a0-\\u30ff]";

	/** The most telling first. Korean syllables and Chinese characters share codes; the commonest of each tell. */
	private static final List<Guess> GUESSES = List.of(new Guess("windows-31j", JAPANESE, KANA),
		new Guess("EUC-JP", JAPANESE, KANA), new Guess("EUC-KR", "\\p{IsHangul}" + WIDE, "\\p{IsHangul}"),
		new Guess("GB2312", "\\p{IsHan}" + WIDE, "\\p{IsHan}"), new Guess("windows-31j", JAPANESE, "\\p{IsHan}"),
		new Guess("Big5", "\\p{IsHan}" + WIDE, "\\p{IsHan}"),
		// Single letters among Latin ones are accents in other sets.
		new Guess("IBM866",
			Pattern.compile("[^\\p{ASCII}\\p{IsCyrillic}]|[A-Za-z]\\p{IsCyrillic}|\\p{IsCyrillic}[A-Za-z]"),
			Pattern.compile("\\p{IsCyrillic}{3}")));

	private ZipNames() {}

	/** The character set of names that are not all ASCII. */
	static Charset charset(final List<byte[]> names) {
		if (names.stream().allMatch(n -> text(n, StandardCharsets.UTF_8).isPresent())) return StandardCharsets.UTF_8;
		for (final Guess guess : GUESSES) {
			if (!Charset.isSupported(guess.name)) continue;
			final List<Optional<String>> texts = names.stream().map(n -> text(n, Charset.forName(guess.name))).toList();
			final boolean possible =
				texts.stream().allMatch(t -> t.isPresent() && !guess.never.matcher(t.get()).find());
			if (possible && texts.stream().anyMatch(t -> guess.telling.matcher(t.get()).find()))
				return Charset.forName(guess.name);
		}
		// What ZIPs had before there was Unicode; every byte is a character.
		return Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1;
	}

	private static Optional<String> text(final byte[] bytes, final Charset charset) {
		try {
			final CharBuffer text = charset.newDecoder().decode(ByteBuffer.wrap(bytes));
			return Optional.of(text.toString());
		}
		catch (final CharacterCodingException e) {
			return Optional.empty();
		}
	}
}
