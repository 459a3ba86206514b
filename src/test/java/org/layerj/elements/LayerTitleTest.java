package org.layerj.elements;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.layerj.elements.LayerTitle.Said;

class LayerTitleTest {

	private static String of(final String... lines) {
		return LayerTitle.of(Role.TEXT, Arrays.stream(lines).map(l -> new Said(l, .9)).toList());
	}

	@Test
	void layersOfTextAreNamedByWhatTheySay() {
		assertEquals("Text: Control", of("Control"));
		assertEquals("Text: 25 µm", of(" 25\n µm "));
		assertEquals("Text (2): 0.5 · 1.0", of("0.5", "1.0"));
		assertEquals("Text (4): Cells per field of view · Mutant · …",
			of("Cells per field of view", "Mutant", "another long line", "x"));
		assertEquals("Text: " + "細".repeat(39) + "…", of("細".repeat(50)));
		assertEquals("Text: " + "😀".repeat(39) + "…", of("😀".repeat(50)));
	}

	@Test
	void whatWasNotReadForSureIsNoName() {
		assertEquals("Text", LayerTitle.of(Role.TEXT, List.of()));
		assertEquals("Text", LayerTitle.of(Role.TEXT, List.of(new Said("rn", .5))));
		final List<Said> some = new ArrayList<>(List.of(new Said("rn", .5), new Said("Mutant", .95)));
		assertEquals("Text (2): Mutant · …", LayerTitle.of(Role.TEXT, some));
	}

	@Test
	void namesTellTheirRole() {
		assertEquals(Optional.of("Text"), LayerTitle.role("Text: Control"));
		assertEquals(Optional.of("Text"), LayerTitle.role("Text (12): a · b"));
		for (final String name : List.of("Text", "Text 2", "Text (2)", "Texts: a", "Control", "text: a"))
			assertEquals(Optional.empty(), LayerTitle.role(name), name);
	}
}
