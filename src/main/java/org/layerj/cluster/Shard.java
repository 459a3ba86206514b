package org.layerj.cluster;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.layerj.decompose.InvalidOptionException;

/**
 * One part of a list, of several parts that are disjoint and together the whole list: every {@code count}-th item,
 * since pictures that are alike tend to stand side by side.
 *
 * @param index which part, from 1
 * @param count how many parts there are
 */
public record Shard(int index, int count) {

	/** The whole list. */
	public static final Shard ALL = new Shard(1, 1);

	private static final Pattern FORM = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

	public Shard {
		if (index < 1 || index > count) throw new IllegalArgumentException("part " + index + " of " + count);
	}

	/**
	 * Reads {@code 3/16}; blank is the whole list.
	 *
	 * @throws InvalidOptionException if it is something else
	 */
	public static Shard of(final String text) {
		if (text.isBlank()) return ALL;
		final Matcher m = FORM.matcher(text.strip());
		if (m.matches()) {
			final int index = Integer.parseInt(m.group(1));
			final int count = Integer.parseInt(m.group(2));
			if (index >= 1 && index <= count) return new Shard(index, count);
		}
		throw new InvalidOptionException("shard", "The option shard must be such as 3/16, the third of sixteen parts,"
			+ " counted from 1, not " + text + ".");
	}

	/** The items of this part, in their order. */
	public <T> List<T> of(final List<T> all) {
		return IntStream.range(0, all.size()).filter(k -> k % count == index - 1).mapToObj(all::get).toList();
	}

	@Override
	public String toString() {
		return index + "/" + count;
	}
}
