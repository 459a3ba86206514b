package org.layerj.provenance;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The origin of the decomposed picture itself: what identifies it, and what its file declares. It is carried on and
 * never overruled, since how the picture was made is not known here.
 *
 * @param name what it is called; may be empty
 * @param hash of what was decomposed, for example {@code sha256:} or {@code pixels-sha256:} and digits; may be empty
 * @param content hash of what its layers composited to before anything was edited, which is the picture; may be empty
 * @param term the IPTC term of its own digital source type
 * @param creators who made it
 * @param rights its copyright notice
 * @param credit its credit line
 * @param systems the AI systems that its file names
 * @param manifest the kind of signed manifest it had ({@code C2PA}), which is not valid for anything made of it
 */
public record PictureOrigin(String name, String hash, String content, Optional<String> term, List<String> creators,
	Optional<String> rights, Optional<String> credit, List<String> systems, Optional<String> manifest)
{

	/** An origin of which nothing is known. */
	public static final PictureOrigin NONE = new PictureOrigin("", "", "", Optional.empty(), List.of(),
		Optional.empty(), Optional.empty(), List.of(), Optional.empty());

	private static final int VERSION = 1;

	public PictureOrigin {
		creators = List.copyOf(creators);
		systems = List.copyOf(systems);
	}

	/**
	 * The same of a picture with this name and hash.
	 *
	 * @param newName of the picture's file
	 * @param newHash of what was decomposed, as {@link #hash}
	 * @return the same with them
	 */
	public PictureOrigin of(final String newName, final String newHash) {
		return new PictureOrigin(newName, newHash, content, term, creators, rights, credit, systems, manifest);
	}

	/**
	 * The same of a picture whose layers composite to this, see {@link #content}.
	 *
	 * @param newContent as {@code layers.VisibleProvenance.content} makes it
	 * @return the same with it
	 */
	public PictureOrigin showing(final String newContent) {
		return new PictureOrigin(name, hash, newContent, term, creators, rights, credit, systems, manifest);
	}

	/**
	 * {@return the same without a term, since the term in a file that this plugin wrote describes the composite, not
	 * the picture}
	 */
	public PictureOrigin withoutTerm() {
		return new PictureOrigin(name, hash, content, Optional.empty(), creators, rights, credit, List.of(), manifest);
	}

	/**
	 * The same with a signed manifest of a kind.
	 *
	 * @param kind of the manifest, human-readable
	 * @return the same with it
	 */
	public PictureOrigin withManifest(final String kind) {
		return with(term, rights, credit, Optional.of(kind));
	}

	/**
	 * This origin, completed by another one where it has no entry.
	 *
	 * @param others what is said elsewhere
	 * @return both together
	 */
	public PictureOrigin or(final PictureOrigin others) {
		return new PictureOrigin(name.isEmpty() ? others.name : name, hash.isEmpty() ? others.hash : hash,
			content.isEmpty() ? others.content : content, term.or(others::term),
			creators.isEmpty() ? others.creators : creators, rights.or(others::rights), credit.or(others::credit),
			systems.isEmpty() ? others.systems : systems, manifest.or(others::manifest));
	}

	/** {@return notes on the picture for the user, one sentence each; none for most pictures} */
	public List<String> remarks() {
		final List<String> all = new ArrayList<>();
		term.filter(Terms::ofModel)
			.ifPresent(t -> all.add("It says of itself that a trained model made it or parts of it (" + Terms.name(t)
				+ (systems.isEmpty() ? "" : ", " + String.join(", ", systems)) + "); the outputs say so too."));
		manifest.ifPresent(m -> all.add("Its signed " + m
			+ " manifest is not valid for anything made of it; the outputs name it as broken by the edit."));
		return all;
	}

	/** {@return one line of ASCII, for image properties and JSON: the version and {@code key=value} pairs} */
	public String text() {
		final StringBuilder out = new StringBuilder().append(VERSION);
		put(out, "name", name);
		put(out, "hash", hash);
		put(out, "content", content);
		term.ifPresent(t -> put(out, "term", t));
		creators.forEach(c -> put(out, "creator", c));
		rights.ifPresent(r -> put(out, "rights", r));
		credit.ifPresent(c -> put(out, "credit", c));
		systems.forEach(s -> put(out, "system", s));
		manifest.ifPresent(m -> put(out, "manifest", m));
		return out.toString();
	}

	/**
	 * Reads what {@link #text} wrote; {@link #NONE} if the text is something else.
	 *
	 * @param text as {@link #text} writes it
	 * @return the origin
	 */
	public static PictureOrigin parse(final String text) {
		final String[] parts = text.split(";");
		if (!parts[0].equals(String.valueOf(VERSION))) return NONE;
		PictureOrigin o = NONE;
		final List<String> creators = new ArrayList<>();
		final List<String> systems = new ArrayList<>();
		for (int i = 1; i < parts.length; i++) {
			final int equals = parts[i].indexOf('=');
			if (equals < 0) return NONE;
			final String value;
			try {
				value = URLDecoder.decode(parts[i].substring(equals + 1), StandardCharsets.UTF_8);
			}
			catch (final IllegalArgumentException e) {
				return NONE;
			}
			final Optional<String> some = Optional.of(value);
			switch (parts[i].substring(0, equals)) {
				case "name" -> o = o.of(value, o.hash);
				case "hash" -> o = o.of(o.name, value);
				case "content" -> o = o.showing(value);
				case "term" -> o = o.with(some, o.rights, o.credit, o.manifest);
				case "rights" -> o = o.with(o.term, some, o.credit, o.manifest);
				case "credit" -> o = o.with(o.term, o.rights, some, o.manifest);
				case "manifest" -> o = o.with(o.term, o.rights, o.credit, some);
				case "creator" -> creators.add(value);
				case "system" -> systems.add(value);
				default -> {
					// Of a later edition.
				}
			}
		}
		return new PictureOrigin(o.name, o.hash, o.content, o.term, creators, o.rights, o.credit, systems, o.manifest);
	}

	private PictureOrigin with(final Optional<String> newTerm, final Optional<String> newRights,
		final Optional<String> newCredit, final Optional<String> newManifest)
	{
		return new PictureOrigin(name, hash, content, newTerm, creators, newRights, newCredit, systems, newManifest);
	}

	private static void put(final StringBuilder out, final String key, final String value) {
		if (!value.isEmpty())
			out.append(';').append(key).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
	}
}
