package org.layerj.text;

import java.util.List;
import java.util.stream.Collectors;

/** Lines of like height that stand below one another, in reading order; at least one. */
public record TextBlock(List<TextLine> lines) {

	public TextBlock {
		lines = List.copyOf(lines);
	}

	/** The lines' text, one below the other. */
	public String text() {
		return lines.stream().map(TextLine::text).collect(Collectors.joining("\n"));
	}
}
