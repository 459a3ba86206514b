package org.layerj.io.formats;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.layerj.io.header.Broken;

/**
 * A layer or a group of a PSD, whose records are a list in which groups have a beginning and an end.
 *
 * @param placed the layer's record, or the group's
 * @param children of a group, from the bottom to the top; none if it is a layer
 */
record PsdNode(PsdReader.Placed placed, Optional<List<PsdNode>> children) {

	private static final int MOST_DEPTH = 1000;

	/** All records as trees, from the bottom to the top. Groups that never begin are none. */
	static List<PsdNode> of(final List<PsdReader.Placed> records) throws Broken {
		final Deque<List<PsdNode>> open = new ArrayDeque<>(List.of(new ArrayList<>()));
		for (final PsdReader.Placed p : records) {
			switch (p.record().section()) {
				// Groups are read from their ends.
				case 3 -> open.addLast(new ArrayList<>());
				case 1, 2 -> {
					if (open.size() == 1) continue;
					final List<PsdNode> children = open.removeLast();
					open.peekLast().add(new PsdNode(p, Optional.of(children)));
				}
				default -> open.peekLast().add(new PsdNode(p, Optional.empty()));
			}
			if (open.size() > MOST_DEPTH) throw new Broken("groups that are nested too deeply");
		}
		while (open.size() > 1) {
			final List<PsdNode> loose = open.removeLast();
			open.peekLast().addAll(loose);
		}
		return open.peekLast();
	}

	PsdRecord record() {
		return placed.record();
	}
}
