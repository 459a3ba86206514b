package org.layerj.eval;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.layerj.layers.Compositor;
import org.layerj.layers.Hatch;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Visibility;
import org.layerj.layers.VisibleProvenance;
import org.layerj.refine.NativeSize;

/**
 * Draws the exposure picture of {@code docs/METHOD.md}: a figure composited from refined layers, the same with one
 * layer moved, and what that exposes, hatched. Arguments: figure, layer, right, down, file.
 */
final class ExposedPicture {

	private static final int GAP = 6;

	private ExposedPicture() {}

	public static void main(final String... args) throws IOException {
		final NativeSizeNumbers.Figure figure =
			NativeSizeNumbers.Figure.all().stream().filter(f -> f.name().equals(args[0])).findFirst().orElseThrow();
		final LayerStack refined = Visibility.markHidden(NativeSize.refine(figure.input(), figure.reduced(256)));
		final Layer layer = refined.get(Integer.parseInt(args[1]));
		final LayerStack moved = refined.with(layer.at(Integer.parseInt(args[2]), Integer.parseInt(args[3])));
		final RgbaImage shown = Compositor.flatten(moved);
		final List<RgbaImage> panels =
			List.of(Compositor.flatten(refined), shown, Hatch.over(shown, VisibleProvenance.of(moved).mask()));
		final int w = refined.width();
		final int h = refined.height();
		final BufferedImage picture = new BufferedImage(3 * w + 2 * GAP, h, BufferedImage.TYPE_INT_RGB);
		final int[] white = new int[picture.getWidth() * h];
		Arrays.fill(white, -1);
		picture.setRGB(0, 0, picture.getWidth(), h, white, 0, picture.getWidth());
		for (int p = 0; p < 3; p++) picture.setRGB(p * (w + GAP), 0, w, h, panels.get(p).argb(), 0, w);
		ImageIO.write(picture, "png", Path.of(args[4]).toFile());
	}
}
