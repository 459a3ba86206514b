package org.layerj.imagej;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.layerj.decompose.InvalidOptionException;

/**
 * Which slices of a stack to work on: {@code current}, {@code all}, or numbers and ranges such as {@code 2-5} and
 * {@code 1,3,7}, counted from 1.
 *
 * @param text as the user gave it
 */
record SliceChoice(String text) {

	private static final String KEY = "slices";
	/** What a number of a slice may have as digits; no stack has more. */
	private static final String NUMBER = "[1-9][0-9]{0,8}";

	/** @throws InvalidOptionException if the text is none of these */
	SliceChoice {
		text = text.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
		if (text.isEmpty()) text = "current";
		final String range = NUMBER + "(-" + NUMBER + ")?";
		if (!text.matches("current|all|" + range + "(," + range + ")*")) throw new InvalidOptionException(KEY,
			"The option " + KEY + " must be current, all, or numbers such as 2-5 or 1,3,7, not " + text + ".");
	}

	/**
	 * Numbers of the slices, in their order, each once.
	 *
	 * @param count how many slices there are
	 * @param current number of the one that is shown
	 * @throws InvalidOptionException if one of them is not there
	 */
	List<Integer> of(final int count, final int current) {
		if (text.equals("current")) return List.of(current);
		if (text.equals("all")) return IntStream.rangeClosed(1, count).boxed().toList();
		final TreeSet<Integer> numbers = new TreeSet<>();
		for (final String range : text.split(",")) {
			final int dash = range.indexOf('-');
			final int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
			final int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
			if (Math.max(first, last) > count)
				throw new InvalidOptionException(KEY, "The option " + KEY + " asks for slice " + Math.max(first, last)
					+ ", but the image has " + count + (count == 1 ? " slice." : " slices."));
			if (first > last) throw new InvalidOptionException(KEY,
				"The option " + KEY + " has the range " + range + ", which ends before it begins.");
			for (int n = first; n <= last; n++) numbers.add(n);
		}
		return List.copyOf(numbers);
	}
}
