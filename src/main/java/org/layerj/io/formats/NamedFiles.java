package org.layerj.io.formats;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files, each by a name of its own: ZIPs may have two of one name, and so have folders whose names are in another
 * character set; the second then gets a number.
 *
 * @param <T> where a file is
 */
final class NamedFiles<T> {

	private static final int MOST = 100_000;

	private final Map<String, T> files = new LinkedHashMap<>();
	private final Map<String, Integer> last = new HashMap<>();

	/** Adds a file under its name, or where that is taken, one with a number before the ending. */
	void add(final String name, final T file) {
		if (files.size() >= MOST) return;
		final int dot = name.lastIndexOf('.') > name.lastIndexOf('/') ? name.lastIndexOf('.') : name.length();
		String free = name;
		while (files.containsKey(free))
			free = name.substring(0, dot) + "_" + last.merge(name, 2, (k, first) -> k + 1) + name.substring(dot);
		files.put(free, file);
	}

	/** The names, in the order in which they were added. */
	List<String> names() {
		return List.copyOf(files.keySet());
	}

	/** The file of a name; none if there is none. */
	Optional<T> get(final String name) {
		return Optional.ofNullable(files.get(name));
	}
}
