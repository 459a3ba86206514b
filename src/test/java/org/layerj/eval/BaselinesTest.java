package org.layerj.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.layerj.layers.RgbaImage;

class BaselinesTest {

	private static FigureScore score(final Method method, final List<RgbaImage> truth) {
		return FigureScore.of(HandMade.figure("figure", truth), truth.size(),
			method.decompose(HandMade.flat(truth), truth.size()), 0);
	}

	@Test
	void namesAreDistinctAndEveryMethodMakesLayersOfThePicturesSize() {
		assertEquals(Baselines.all().size(), Baselines.all().stream().map(Method::name).distinct().count());
		final RgbaImage picture = HandMade.flat(HandMade.pagePlateMark());
		for (final Method method : Baselines.all()) for (int n = 1; n <= 6; n++) {
			final List<RgbaImage> layers = method.decompose(picture, n);
			assertTrue(!layers.isEmpty() && layers.size() <= n,
				method.name() + " made " + layers.size() + " layers of " + n);
			for (final RgbaImage layer : layers)
				assertEquals(picture.width() + "x" + picture.height(), layer.width() + "x" + layer.height());
			assertTrue(layers.get(0).isOpaque(), method.name());
			assertEquals(layers, method.decompose(picture, n), method.name() + " is left to chance");
		}
	}

	@Test
	void pagesWithoutAnythingOnThemStayOneLayer() {
		final RgbaImage page = HandMade.layer(0x336699, (x, y) -> 1);
		assertEquals(List.of(page), new BackgroundForeground().decompose(page, 4));
		assertEquals(List.of(page), new ClassicalLayers().decompose(page, 4));
	}

	@Test
	void translucentPicturesAreTakenOnWhite() {
		final RgbaImage disc = HandMade.layer(0xff0000, HandMade.disc(40, 40, 20));
		final List<RgbaImage> layers = new BackgroundForeground().decompose(disc, 2);
		assertEquals(0xffffffff, layers.get(0).argb(40, 40));
		assertEquals(0xffff0000, layers.get(1).argb(40, 40));
	}

	@Test
	void coloursBecomeLayersWithTheBordersColourAtTheBottom() {
		final List<RgbaImage> layers = new ColourLayers().decompose(HandMade.flat(HandMade.pagePlateMark()), 3);
		assertEquals(3, layers.size());
		assertEquals(0xffffffff, layers.get(0).argb(2, 2));
		assertEquals(0xff2850a0, layers.get(1).argb(24, 20));
		assertEquals(0xfff08020, layers.get(2).argb(48, 40));
		assertEquals(0, StackFacts.of(layers, HandMade.flat(HandMade.pagePlateMark())).maxError());
	}

	@Test
	void softRimsAreUnmixedFromAGradient() {
		final FigureScore score = score(new BackgroundForeground(), HandMade.gradientDisc());
		assertEquals(2, score.facts().layers());
		assertTrue(score.layerd().at(0).alphaIou() > .99, "IoU " + score.layerd().at(0).alphaIou());
		assertTrue(score.layerd().at(0).rgbL1() < .01, "L1 " + score.layerd().at(0).rgbL1());
		assertTrue(score.facts().maxError() <= 12, "recomposition " + score.facts().maxError());
	}

	@Test
	void marksOnPlatesAreLiftedAndThePlateIsFilledInBehind() {
		final List<RgbaImage> layers = new ClassicalLayers().decompose(HandMade.flat(HandMade.pagePlateMark()), 3);
		assertEquals(3, layers.size());
		assertEquals(0xffffffff, layers.get(0).argb(48, 40));
		assertEquals(0xff2850a0, layers.get(1).argb(48, 40));
		assertEquals(0xfff08020, layers.get(2).argb(48, 40));
		final FigureScore score = score(new ClassicalLayers(), HandMade.pagePlateMark());
		assertTrue(score.layerd().at(0).alphaIou() > .95, "IoU " + score.layerd().at(0).alphaIou());
		assertTrue(score.layerd()
			.at(0)
			.alphaIou() > score(new BackgroundForeground(), HandMade.pagePlateMark()).layerd().at(0).alphaIou());
	}
}
