package org.layerj.text;

import java.util.List;

/**
 * All text that was found in a picture; equal pictures give equal text.
 *
 * @param blocks in reading order
 */
public record FoundText(List<TextBlock> blocks) {

	public FoundText {
		blocks = List.copyOf(blocks);
	}

	/** {@return the lines of all blocks, in reading order} */
	public List<TextLine> lines() {
		return blocks.stream().flatMap(b -> b.lines().stream()).toList();
	}

	/** {@return the words of all lines, in reading order} */
	public List<TextWord> words() {
		return lines().stream().flatMap(l -> l.words().stream()).toList();
	}
}
