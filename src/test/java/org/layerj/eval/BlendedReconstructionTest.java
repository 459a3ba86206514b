package org.layerj.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.layerj.layers.RgbaImage;

class BlendedReconstructionTest {

	@Test
	void equalPicturesReachTheEndOfTheScale() {
		final RgbaImage disc = HandMade.layer(0x204060, HandMade.disc(40, 40, 20));
		final BlendedReconstruction score = BlendedReconstruction.of(disc, disc);
		assertEquals(BlendedReconstruction.CAP, score.psnr(), 0);
		assertEquals(1, score.ssim(), 1e-12);
	}

	@Test
	void hiddenColoursDoNotCount() {
		final RgbaImage red = HandMade.layer(0xff0000, (x, y) -> 0);
		assertEquals(BlendedReconstruction.CAP,
			BlendedReconstruction.of(red, HandMade.layer(0x00ff00, (x, y) -> 0)).psnr(), 0);
	}

	@Test
	void tenLevelsOffIsTwentyEightDecibels() {
		final BlendedReconstruction score =
			BlendedReconstruction.of(HandMade.layer(0x646464, (x, y) -> 1), HandMade.layer(0x6e6e6e, (x, y) -> 1));
		assertEquals(20 * Math.log10(255 / 10.0), score.psnr(), 1e-9);
		// Without contrast only the means are left of SSIM.
		final double c1 = 6.5025;
		assertEquals((2 * 100.0 * 110 + c1) / (100.0 * 100 + 110 * 110 + c1), score.ssim(), 1e-9);
	}

	@Test
	void alphaCountsOnEveryCanvasThatShowsIt() {
		// Half instead of no alpha of black: nothing on black, 127.5 on white.
		final double black = 60;
		final RgbaImage half = HandMade.layer(0, (x, y) -> 128 / 255.0);
		final double white = 20 * Math.log10(255 / 128.0);
		final double psnr = BlendedReconstruction.of(half, HandMade.layer(0, (x, y) -> 0)).psnr();
		final double grey = 20 * Math.log10(255 / (128 * 128 / 255.0));
		final double one = 10 * Math.log10(255 * 255 * 3 / (128.0 * 128));
		final double two = 10 * Math.log10(255 * 255 * 3 / (2 * 128.0 * 128));
		assertEquals((black + white + grey + 3 * one + 3 * two) / 9, psnr, 1e-6);
	}

	@Test
	void ssimIsThatOfScikitImage() {
		// skimage.metrics.structural_similarity(gaussian_weights=True, sigma=1.5, use_sample_covariance=False,
		// data_range=255), 0.26
		final int w = 20;
		final int h = 24;
		double ssim = 0;
		double mse = 0;
		for (int c = 0; c < 3; c++) {
			final double[] x = new double[w * h];
			final double[] y = new double[w * h];
			for (int i = 0; i < w * h; i++) {
				x[i] = (i * (7 + c) + c * 31) % 251;
				y[i] = Math.max(0, Math.min(255, x[i] + (i * 13 + c) % 17 - 8));
			}
			final BlendedReconstruction.Channel channel = BlendedReconstruction.Channel.of(x, y, w, h);
			ssim += channel.ssim() / 3;
			mse += channel.mse() / 3;
		}
		assertEquals(0.997709020767244, ssim, 1e-9);
		assertEquals(34.4084619378718, BlendedReconstruction.psnr(mse), 1e-9);
	}

	@Test
	void picturesOfDifferentOrTooSmallSizesAreRejected() {
		assertThrows(IllegalArgumentException.class,
			() -> BlendedReconstruction.of(RgbaImage.blank(20, 20), RgbaImage.blank(20, 21)));
		final RuntimeException e = assertThrows(RuntimeException.class,
			() -> BlendedReconstruction.of(RgbaImage.blank(10, 20), RgbaImage.blank(10, 20)));
		assertTrue(e.getMessage().contains("11"), e.getMessage());
	}
}
