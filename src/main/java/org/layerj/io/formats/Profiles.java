package org.layerj.io.formats;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.layerj.io.header.ColourProfile;

/** The colour profiles of a document's pictures, which should be one. */
final class Profiles {

	private final Set<Optional<ColourProfile>> all = new LinkedHashSet<>();

	void add(final Optional<ColourProfile> profile) {
		all.add(profile);
	}

	/** The profile that all have; where they differ, that of the lowest that has one, and a note. */
	Optional<ColourProfile> common(final List<String> notes) {
		final List<ColourProfile> some = all.stream().flatMap(Optional::stream).toList();
		if (some.size() > 1) notes.add("Its layers have different colour profiles ("
			+ some.stream().map(ColourProfile::name).collect(Collectors.joining(", "))
			+ "); the first is taken for all, and no sample is changed.");
		return some.stream().findFirst();
	}
}
