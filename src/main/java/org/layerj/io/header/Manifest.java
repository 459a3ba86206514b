package org.layerj.io.header;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.layerj.provenance.PictureOrigin;
import org.layerj.provenance.Terms;

/**
 * Signed manifests of the C2PA: how the picture came about by their own account, which are the digital source types of
 * their actions and the programs that did them. No signature is checked: whether a statement can be trusted is another
 * question than whether it was made.
 * <p>
 * The store is boxes (JUMBF) of CBOR and JSON, in which such an address stands in one piece, in CBOR with its length
 * before it; so addresses are looked for, wherever they stand, in manifests of ingredients too.
 *
 * @see <a href="https://spec.c2pa.org/specifications/specifications/2.1/specs/C2PA_Specification.html">C2PA</a>
 */
final class Manifest {

	/** What such a manifest is called in a record. */
	static final String KIND = "C2PA";
	/** Far more than what it says; pictures of ingredients may follow. */
	static final int LONGEST = 16 << 20;

	private static final String ADDRESS = "://cv.iptc.org/newscodes/digitalsourcetype/";
	private static final String AGENT = "\u006dsoftwareAgent";
	private static final String NAME = "\u0064name";
	private static final int MOST = 20;

	private Manifest() {}

	/** What was known, and what a manifest says. That a model took part is not outweighed by what others say. */
	static PictureOrigin add(final PictureOrigin known, final byte[] store) {
		final PictureOrigin said = read(store);
		final boolean first = said.term().filter(Terms::ofModel).isPresent();
		return (first && known.term().filter(Terms::ofModel).isEmpty() ? said.or(known) : known.or(said))
			.withManifest(KIND);
	}

	private static PictureOrigin read(final byte[] store) {
		final String text = new String(store, StandardCharsets.ISO_8859_1);
		final List<String> terms = new ArrayList<>();
		for (int at = text.indexOf(ADDRESS); at >= 0 && terms.size() < MOST; at = text.indexOf(ADDRESS, at + 1))
			term(text, at).ifPresent(terms::add);
		final Optional<String> term =
			terms.stream().filter(Terms::ofModel).findFirst().or(() -> terms.stream().findFirst());
		return new PictureOrigin("", "", "", term, List.of(), Optional.empty(), Optional.empty(),
			term.filter(Terms::ofModel).isPresent() ? agents(text) : List.of(), Optional.empty());
	}

	private static Optional<String> term(final String text, final int at) {
		final int begin = text.startsWith("https", at - 5) ? at - 5 : at - 4;
		int end = at + ADDRESS.length();
		while (end < text.length() && Character.isLetter(text.charAt(end)) && text.charAt(end) < 128) end++;
		// In CBOR the next thing may begin with what looks like a letter.
		if (begin >= 2 && text.charAt(begin - 2) == 0x78) end = Math.min(end, begin + text.charAt(begin - 1));
		return begin < 0 ? Optional.empty() : Terms.parse(text.substring(begin, end));
	}

	/** Names of the programs that did something; a text, or a map with a name. */
	private static List<String> agents(final String text) {
		final List<String> found = new ArrayList<>();
		for (int at = text.indexOf(AGENT); at >= 0 && found.size() < MOST; at = text.indexOf(AGENT, at + 1)) {
			final int value = at + AGENT.length();
			final int name = text.indexOf(NAME, value);
			final Optional<String> agent = cbor(text, value)
				.or(() -> name >= 0 && name < value + MOST ? cbor(text, name + NAME.length()) : Optional.empty());
			agent.filter(a -> !found.contains(a)).ifPresent(found::add);
		}
		return found;
	}

	/** A text of CBOR, of at most 255 bytes. */
	private static Optional<String> cbor(final String text, final int at) {
		if (at >= text.length() || text.charAt(at) < 0x61 || text.charAt(at) > 0x78) return Optional.empty();
		final boolean more = text.charAt(at) == 0x78;
		final int begin = at + (more ? 2 : 1);
		if (begin > text.length()) return Optional.empty();
		final int end = begin + (more ? text.charAt(at + 1) : text.charAt(at) - 0x60);
		return end > text.length() ? Optional.empty()
			: Optional
				.of(new String(text.substring(begin, end).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
					.strip())
				.filter(s -> !s.isEmpty());
	}
}
