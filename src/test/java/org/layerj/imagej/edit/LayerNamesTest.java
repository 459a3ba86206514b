package org.layerj.imagej.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

class LayerNamesTest {

	private static LayerStack named(final String... names) {
		final List<Layer> layers = new ArrayList<>();
		for (final String name : names) layers.add(Layer.of("l" + layers.size(), name, RgbaImage.blank(2, 2)));
		return new LayerStack(2, 2, layers);
	}

	@Test
	void layersOfTextAreMeantByTheirRoleToo() {
		final LayerStack stack = named("Background", "Text (2): a, b · c", "Text: d, e");
		assertEquals("l1", LayerNames.id(named("Background", "Text (2): a, b · c"), "layer", "text"));
		assertEquals(List.of("l2"), LayerNames.ids(stack, "layer", "Text: d, e"));
		assertThrows(InvalidOptionException.class, () -> LayerNames.id(stack, "layer", "Text"), "there are two");
		assertEquals("l2", LayerNames.id(named("Text: a", "Panels", "Text"), "layer", "Text"), "whole names first");
	}

	@Test
	void whatIsRecordedWorksInOtherFigures() {
		assertEquals("Text", EditField.called(named("Background", "Text: Control"), 1));
		assertEquals("Text: a", EditField.called(named("Text: b", "Text: a"), 1));
		assertEquals("2", EditField.called(named("Text: b", "Text: a, c"), 1));
	}
}
