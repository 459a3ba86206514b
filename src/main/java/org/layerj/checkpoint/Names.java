package org.layerj.checkpoint;

import java.util.Collection;
import java.util.stream.Collectors;

/** Long lists of tensor names in one clause: the first few by name, the rest as a count. */
final class Names {

	private static final int SHOWN = 3;

	private Names() {}

	/** For example {@code 12 tensors (a, b, c and 9 more)}, or {@code the tensor a}. */
	static String of(final Collection<String> names) {
		final String first = names.stream().limit(SHOWN).map(Json::show).collect(Collectors.joining(", "));
		if (names.size() == 1) return "the tensor " + first;
		return names.size() + " tensors (" + first
			+ (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "") + ")";
	}
}
