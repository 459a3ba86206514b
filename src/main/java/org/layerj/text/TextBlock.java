package org.layerj.text;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines of similar height below one another.
 *
 * @param lines in reading order, at least one
 */
public record TextBlock(List<TextLine> lines) {

	public TextBlock {
		lines = List.copyOf(lines);
	}

	/** {@return the text of the lines, separated by line feeds} */
	public String text() {
		return lines.stream().map(TextLine::text).collect(Collectors.joining("\n"));
	}
}
