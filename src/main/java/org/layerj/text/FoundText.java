package org.layerj.text;

import java.util.List;

/** All text that was found in a picture, in reading order; equal pictures give equal text. */
public record FoundText(List<TextBlock> blocks) {

	public FoundText {
		blocks = List.copyOf(blocks);
	}

	public List<TextLine> lines() {
		return blocks.stream().flatMap(b -> b.lines().stream()).toList();
	}

	public List<TextWord> words() {
		return lines().stream().flatMap(l -> l.words().stream()).toList();
	}
}
