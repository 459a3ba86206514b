package org.layerj.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.lang.Character.UnicodeScript;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.exact.ExactRecomposition;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

class LiftedTextTest {

	private static final int WIDTH = 120;
	private static final int HEIGHT = 50;
	private static final int NOISE = 6;

	/** Alpha of a word, 0 … 1. */
	private static float[] word() {
		final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
		final Graphics2D g = image.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		g.setColor(Color.WHITE);
		g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 28));
		g.drawString("Rag", 20, 34);
		g.dispose();
		final float[] alpha = new float[WIDTH * HEIGHT];
		for (int i = 0; i < alpha.length; i++) alpha[i] = image.getRaster().getSample(i % WIDTH, i / WIDTH, 0) / 255f;
		return alpha;
	}

	/** A gradient with a little noise. */
	private static int background(final int i, final int noise) {
		final int x = i % WIDTH;
		final int n = noise == 0 ? 0 : (i * 7919 + i / 13 * 104729 & 0xffff) % (2 * noise + 1) - noise;
		return 0xff << 24 | 200 - x / 2 + n << 16 | 120 + x / 2 + n << 8 | 150 + n;
	}

	private static RgbaImage picture(final float[] alpha, final int colour, final int noise) {
		final int[] argb = new int[alpha.length];
		for (int i = 0; i < argb.length; i++) {
			argb[i] = 0xff << 24;
			for (int shift = 0; shift <= 16; shift += 8)
				argb[i] |= Math.round(alpha[i] * (colour >> shift & 255)
					+ (1 - alpha[i]) * (background(i, noise) >> shift & 255)) << shift;
		}
		return RgbaImage.ofArgb(WIDTH, HEIGHT, argb);
	}

	private static WordMatte matte(final float[] alpha) {
		final Quad quad = new Quad(60, 25, 80, 30, 0);
		return new WordMatte(new TextWord("Rag", 1, quad, UnicodeScript.LATIN), Bounds.all(WIDTH, HEIGHT), alpha);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0xff101010, 0xfff5f5ff, 0xffd02020 })
	void lettersOverTheBackgroundAreThePictureAndTheBackgroundGoesOn(final int colour) {
		final float[] alpha = word();
		final RgbaImage picture = picture(alpha, colour, 0);
		final LiftedText lifted = LiftedText.of(picture, List.of(matte(alpha)));
		assertFalse(lifted.isEmpty());
		final LayerStack stack = new LayerStack(WIDTH, HEIGHT,
			List.of(Layer.of("a", "Background", lifted.background()), Layer.of("b", "Text", lifted.letters())));
		final RgbaImage shown = Compositor.flatten(stack);
		double sum = 0;
		for (int i = 0; i < alpha.length; i++) {
			sum += alpha[i];
			for (int c = 0; c < 3; c++) {
				assertEquals(picture.plane(c)[i] & 255, shown.plane(c)[i] & 255, 3, "picture at " + i);
				assertEquals(background(i, 0) >> 16 - 8 * c & 255, lifted.background().plane(c)[i] & 255, 8,
					"background at " + i);
			}
		}
		assertEquals(sum, lifted.pixels(), .03 * sum);
		assertTrue(ExactRecomposition.holds(picture, ExactRecomposition.of(picture, stack)));
	}

	/** A matte that ends too early: what it left is taken along, and the background's noise is not. */
	@Test
	void theFringeOfLettersGoesWithThem() {
		final float[] alpha = word();
		final float[] core = alpha.clone();
		double left = 0;
		for (int i = 0; i < core.length; i++) if (core[i] < .9f) {
			left += core[i];
			core[i] = 0;
		}
		final LiftedText lifted = LiftedText.of(picture(alpha, 0xff101010, NOISE), List.of(matte(core)));
		double kept = 0;
		double beside = 0;
		for (int i = 0; i < core.length; i++) {
			final double a = (lifted.letters().plane(RgbaImage.ALPHA)[i] & 255) / 255.0;
			if (core[i] == 0 && alpha[i] > 0) kept += Math.min(a, alpha[i]);
			if (alpha[i] == 0) beside += a;
		}
		assertTrue(kept > .8 * left, kept + " of " + left);
		assertTrue(beside < .05 * left, beside + " beside");
	}

	@Test
	void withoutWordsNothingChanges() {
		final RgbaImage picture = picture(word(), 0xff101010, NOISE);
		final LiftedText lifted = LiftedText.of(picture, List.of());
		assertTrue(lifted.isEmpty());
		assertEquals(picture, lifted.background());
	}
}
