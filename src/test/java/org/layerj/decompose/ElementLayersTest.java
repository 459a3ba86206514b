package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.layerj.common.Progress;
import org.layerj.elements.Element;
import org.layerj.elements.ElementKind;
import org.layerj.elements.Elements;
import org.layerj.elements.Role;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

class ElementLayersTest {

	private static final int W = 40;
	private static final int H = 20;

	private static Layer layer(final String id, final String name, final int argb, final Bounds... where) {
		final int[] pixels = new int[W * H];
		for (final Bounds b : where)
			for (int i = 0; i < pixels.length; i++) if (b.contains(i % W, i / W)) pixels[i] = argb;
		return Layer.of(id, name, RgbaImage.ofArgb(W, H, pixels));
	}

	private static Decomposition split(final LayerStack stack, final Optional<Elements> elements) {
		final RgbaImage picture = Compositor.flatten(stack);
		final RunRecord run =
			new FakeDecomposer().decompose(picture, DecomposeOptions.defaults(), Progress.none()).run();
		final Decomposition out = ElementLayers.split(new Decomposition(stack, run, elements));
		final RgbaImage now = Compositor.flatten(out.layers());
		for (int c = 0; c < RgbaImage.PLANES; c++) assertArrayEquals(picture.plane(c), now.plane(c));
		return out;
	}

	/** Two translucent bars; half of the second is beneath a shape. */
	@Test
	void whatAnElementHidesGoesWithIt() {
		final LayerStack stack = new LayerStack(W, H,
			List.of(layer("b", "Background", 0xffeeeeee, Bounds.all(W, H)),
				layer("d", "Curves and bars", 0x80aa0000, new Bounds(2, 2, 6, 12), new Bounds(20, 2, 12, 6)),
				layer("s", "Shapes", 0xff0000aa, new Bounds(26, 0, 10, 12))));
		final LayerStack out = split(stack, Optional.empty()).layers();
		assertEquals(List.of("b", "d.1", "d.2", "s"), out.layers().stream().map(Layer::id).toList());
		assertEquals(List.of("Background", "Curves and bars 1", "Curves and bars 2", "Shapes"),
			out.layers().stream().map(Layer::name).toList());
		assertEquals(List.of(Optional.empty(), Optional.of("d"), Optional.of("d"), Optional.empty()),
			out.layers().stream().map(Layer::parent).toList());
		assertEquals(List.of(new Bounds(2, 2, 6, 12), new Bounds(20, 2, 12, 6)),
			out.layers().subList(1, 3).stream().map(Layer::bounds).toList());
	}

	@Test
	void wordsAreNamedAndPanelsStayWhole() {
		final Bounds panel = new Bounds(2, 2, 20, 16);
		final Bounds cell = new Bounds(6, 6, 4, 4);
		final Bounds arrow = new Bounds(14, 6, 4, 4);
		final LayerStack stack = new LayerStack(W, H,
			List.of(layer("b", "Background", 0xffffffff, Bounds.all(W, H)),
				layer("p", "Panels", 0xff222222, panel, new Bounds(26, 4, 10, 10)),
				layer("m", "Arrows and marks", 0xffffff00, arrow)));
		final int[] labels = new int[W * H];
		for (int i = 0; i < labels.length; i++) {
			final int x = i % W;
			final int y = i / W;
			labels[i] = arrow.contains(x, y) ? 3
				: cell.contains(x, y) ? 1 : panel.contains(x, y) ? 2 : new Bounds(26, 4, 10, 10).contains(x, y) ? 4 : 0;
		}
		final Elements elements = Elements.counted(W, H, labels,
			List.of(element(1, 5, ElementKind.PART, Role.PANEL, "p"), element(2, 5, ElementKind.PART, Role.PANEL, "p"),
				element(3, 5, ElementKind.PART, Role.MARK, "m"), element(4, 0, ElementKind.PART, Role.PANEL, "p"),
				element(5, 0, ElementKind.GROUP, Role.PANEL, "p")));
		final Decomposition out = split(stack, Optional.of(elements));
		assertEquals(List.of("b", "p.1", "p.2", "m"), out.layers().layers().stream().map(Layer::id).toList());
		assertEquals(panel, out.layers().get(2).bounds());
		assertEquals(List.of("p.2", "p.2", "m", "p.1"),
			out.elements().orElseThrow().smallest().stream().map(e -> e.layer().orElseThrow()).toList());
	}

	private static Element element(final int id, final int parent, final ElementKind kind, final Role role,
		final String layer)
	{
		return new Element(id, parent, kind, role, Optional.of(layer), new Bounds(0, 0, W, H), 1, 0, Optional.empty());
	}

	/** 200 dots. */
	@Test
	void theSmallestOfManyStayTogether() {
		final Bounds[] dots =
			IntStream.range(0, 200).mapToObj(k -> new Bounds(k % 20 * 2, k / 20 * 2, 1, 1)).toArray(Bounds[]::new);
		final LayerStack stack = new LayerStack(W, H,
			List.of(layer("b", "Background", 0xff000000, Bounds.all(W, H)), layer("m", "Marks", 0xffffffff, dots)));
		final LayerStack out = split(stack, Optional.empty()).layers();
		assertEquals(ElementLayers.MOST, out.size());
		assertEquals("m", out.get(1).id());
		assertTrue(out.get(1).parent().isEmpty());
	}
}
