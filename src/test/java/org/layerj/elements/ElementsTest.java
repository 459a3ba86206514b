package org.layerj.elements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.text.Quad;
import org.layerj.text.TextStyle;

class ElementsTest {

	private static Element part(final int id, final int parent, final Bounds bounds, final long area) {
		return new Element(id, parent, parent == 0 ? ElementKind.GROUP : ElementKind.PART, Role.DATA, Optional.of("a"),
			bounds, area, 0x123456, Optional.empty());
	}

	/** Two bars in a group, and a word; 6 × 2 pixels: 1 1 0 2 3 3 in each row. */
	private static Elements some() {
		final ElementText text = new ElementText("25 \u00b5m \u03a9", 0.9, new Quad(5, 1, 2, 1.5, 0.25),
			Optional.of(new TextStyle(12.5, 0xff0000, true, false, TextStyle.Family.SERIF)));
		return new Elements(6, 2, new int[] { 1, 1, 0, 2, 3, 3, 1, 1, 0, 2, 3, 3 },
			List.of(part(1, 4, new Bounds(0, 0, 2, 2), 4), part(2, 4, new Bounds(3, 0, 1, 2), 2), new Element(3, 0,
				ElementKind.WORD, Role.TEXT, Optional.of("t"), new Bounds(4, 0, 2, 2), 4, 0xff0000, Optional.of(text)),
				part(4, 0, new Bounds(0, 0, 4, 2), 6)));
	}

	@Test
	void theRecordComesBackAsItWas() {
		final String json = ElementsJson.of(some()).toString();
		assertEquals(Optional.of(some()), ElementsJson.parse(json, 6, 2));
		assertEquals(Optional.empty(), ElementsJson.parse(json, 2, 6), "of another canvas");
		assertEquals(Optional.empty(), ElementsJson.parse("{}", 6, 2));
		assertEquals(Optional.empty(), ElementsJson.parse("nonsense", 6, 2));
	}

	@Test
	void damagedRecordsAreNoRecords() {
		final Random random = new Random(1);
		final String json = ElementsJson.of(some()).toString();
		for (int k = 0; k < 2000; k++) {
			final StringBuilder damaged = new StringBuilder(json);
			damaged.setCharAt(random.nextInt(json.length()), (char) (32 + random.nextInt(90)));
			ElementsJson.parse(damaged.toString(), 6, 2).ifPresent(e -> assertEquals(12, e.labels().length));
		}
	}

	@Test
	void largeLabelImagesComeBack() {
		final Random random = new Random(2);
		final int[] labels = new int[301 * 200];
		for (int i = 0; i < labels.length; i++)
			labels[i] = i > 0 && random.nextInt(9) > 0 ? labels[i - 1] : random.nextInt(301);
		final List<Element> list = new ArrayList<>();
		for (int k = 1; k <= 300; k++) list.add(part(k, 0, new Bounds(0, 0, 301, 200), 9));
		final Elements e = new Elements(301, 200, labels, list);
		assertEquals(Optional.of(e), ElementsJson.parse(ElementsJson.of(e).toString(), 301, 200));
	}

	@Test
	void looksUpWhatIsAtAPixelAndAroundIt() {
		final Elements e = some();
		assertEquals(2, e.at(3, 1).orElseThrow().id());
		assertEquals(Optional.empty(), e.at(2, 0));
		assertEquals(Optional.empty(), e.at(-1, 0));
		assertEquals(4, e.around(e.get(2)).orElseThrow().id());
		assertEquals(2, e.within(e.get(4), 3, 0).orElseThrow().id());
		assertEquals(Optional.empty(), e.within(e.get(4), 5, 0), "another element shows there");
		assertTrue(e.isPart(e.get(1), e.get(4)));
		assertTrue(e.isPart(e.get(3), e.get(3)));
		assertFalse(e.isPart(e.get(3), e.get(4)));
		assertEquals(List.of(1, 2, 3), e.smallest().stream().map(Element::id).toList());
	}

	@Test
	void theRegionOfAnElementIsThatOfItsParts() {
		final Region region = some().region(List.of(some().get(4)));
		assertEquals(new Bounds(0, 0, 4, 2), region.bounds());
		assertEquals(6, region.mask().map(Mask::count).orElseThrow());
		assertFalse(region.contains(2, 0));
	}

	@Test
	void anElementWithPartsInSeveralLayersIsInNone() {
		final Elements e = some().inLayers(id -> id == 2 ? "b" : "a");
		assertEquals(Optional.of("a"), e.get(1).layer());
		assertEquals(Optional.of("b"), e.get(2).layer());
		assertEquals(Optional.empty(), e.get(4).layer());
		assertEquals(Optional.of("a"), e.inLayers(id -> "a").get(4).layer());
	}

	@Test
	void elementsOfAPartLieOnTheWhole() {
		final Mask mask = Mask.of(6, 2, i -> i != 3);
		final Elements e = some().on(20, 10, new Region(new Bounds(7, 5, 6, 2), Optional.of(mask)));
		assertEquals(Optional.empty(), e.at(10, 5));
		assertEquals(2, e.at(10, 6).orElseThrow().id());
		assertEquals(new Bounds(10, 6, 1, 1), e.get(2).bounds());
		assertEquals(1, e.get(2).area());
		assertEquals(5, e.get(4).area(), "of a bar and half of one");
		assertEquals(12, e.get(3).text().orElseThrow().quad().x());
	}

	@Test
	void whatThePartDoesNotShowIsNoElement() {
		final Mask mask = Mask.of(6, 2, i -> i % 6 > 2);
		final Elements e = some().on(20, 10, new Region(new Bounds(7, 5, 6, 2), Optional.of(mask)));
		assertEquals(3, e.list().size(), "the first bar shows nowhere");
		assertEquals(1, e.at(10, 5).orElseThrow().id());
		assertEquals(new Bounds(10, 5, 1, 2), e.around(e.get(1)).orElseThrow().bounds());
		assertTrue(e.at(11, 5).orElseThrow().text().isPresent());
	}

	@Test
	void whatNoLayerShowsIsInNone() {
		final LayerStack hidden = new LayerStack(6, 2,
			List.of(Layer.of("a", "A", RgbaImage.ofArgb(6, 2, new int[] { -1, -1, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0 })),
				Layer.of("t", "T", RgbaImage.ofArgb(6, 2, new int[] { 0, 0, 0, 0, -1, -1, 0, 0, 0, 0, -1, -1 }))
					.withVisible(false)));
		final Elements e = some().inLayersOf(hidden);
		assertEquals(Optional.of("a"), e.get(1).layer());
		assertEquals(Optional.empty(), e.get(3).layer());
		assertEquals(Optional.of("a"), e.get(4).layer(), "that of its part that shows");
	}

	@Test
	void elementsOfLayersHaveTheirOwnColours() {
		final Elements e = LayerElements.of(new LayerStack(3, 1,
			List.of(Layer.of("a", "A", RgbaImage.ofArgb(3, 1, new int[] { 0xffff0000, 0, 0xff0000ff })))));
		assertEquals(List.of(0xff0000, 0x0000ff, 0x7f007f), e.list().stream().map(Element::rgb).toList());
	}

	@Test
	void contradictionsAreRejected() {
		assertThrows(IllegalArgumentException.class,
			() -> new Elements(2, 1, new int[] { 1, 2 }, List.of(part(1, 0, new Bounds(0, 0, 1, 1), 1))));
		assertThrows(IllegalArgumentException.class,
			() -> new Elements(1, 1, new int[] { 0 }, List.of(part(1, 0, new Bounds(1, 0, 1, 1), 1))));
		assertThrows(IllegalArgumentException.class, () -> part(2, 1, new Bounds(0, 0, 1, 1), 1), "an older parent");
		assertThrows(IllegalArgumentException.class,
			() -> new Elements(1, 1, new int[] { 0 }, List.of(part(1, 0, new Bounds(0, 0, 1, 1), 1))), "shows nowhere");
		final List<Element> two = List.of(part(1, 2, new Bounds(0, 0, 1, 1), 1), part(2, 0, new Bounds(0, 0, 1, 1), 1));
		assertThrows(IllegalArgumentException.class, () -> new Elements(1, 1, new int[] { 2 }, two), "has parts");
	}
}
