package org.layerj.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which bytes of a file are there: disjoint ranges. Not for several threads at once. */
final class Ranges {

	/** Bytes {@code from} to {@code to}, exclusive. */
	record Range(long from, long to) {

		long length() {
			return to - from;
		}
	}

	private final TreeMap<Long, Long> there = new TreeMap<>();

	void add(final long from, final long to) {
		if (from >= to) return;
		long start = from;
		long end = to;
		Map.Entry<Long, Long> e = there.floorEntry(end);
		while (e != null && e.getValue() >= start) {
			start = Math.min(start, e.getKey());
			end = Math.max(end, e.getValue());
			there.remove(e.getKey());
			e = there.floorEntry(end);
		}
		there.put(start, end);
	}

	/** Number of bytes. */
	long count() {
		return there.entrySet().stream().mapToLong(e -> e.getValue() - e.getKey()).sum();
	}

	/** What is missing of a file of that size, in pieces of at most so many bytes, in order. */
	List<Range> missing(final long size, final long piece) {
		final List<Range> out = new ArrayList<>();
		long at = 0;
		for (final Map.Entry<Long, Long> e : there.entrySet()) {
			split(out, at, Math.min(size, e.getKey()), piece);
			at = Math.max(at, e.getValue());
		}
		split(out, at, size, piece);
		return out;
	}

	private static void split(final List<Range> out, final long from, final long to, final long piece) {
		for (long at = from; at < to; at += piece) out.add(new Range(at, Math.min(to, at + piece)));
	}
}
