package org.layerj.eval;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.refine.NativeSize;

/**
 * Draws the crop of {@code docs/METHOD.md}: from left to right the input, and one layer lifted off it and put on
 * magenta, enlarged by bicubic resampling, refined, and as it truly is; upper row from layers known at 256² area, lower
 * row at 128². 400 %.
 */
final class NativeSizePicture {

	private static final int ZOOM = 4;
	private static final int GAP = 6;

	private NativeSizePicture() {}

	/** Arguments: figure, layer, x, y, width, height of the crop, file. */
	public static void main(final String... args) throws IOException {
		final NativeSizeNumbers.Figure figure =
			NativeSizeNumbers.Figure.all().stream().filter(f -> f.name().equals(args[0])).findFirst().orElseThrow();
		final int layer = Integer.parseInt(args[1]);
		final Bounds crop = new Bounds(Integer.parseInt(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]),
			Integer.parseInt(args[5]));
		final int w = crop.width() * ZOOM;
		final int h = crop.height() * ZOOM;
		final int[] out = new int[(4 * w + 3 * GAP) * (2 * h + GAP)];
		Arrays.fill(out, -1);
		for (int row = 0; row < 2; row++) {
			final LayerStack network = figure.reduced(row == 0 ? 256 : 128);
			final LayerStack plain = NativeSize.plain(network, figure.input().width(), figure.input().height());
			final LayerStack refined = NativeSize.refine(figure.input(), network);
			final List<RgbaImage> panels = List.of(figure.input(), lifted(plain.get(layer).pixels()),
				lifted(refined.get(layer).pixels()), lifted(figure.layers().get(layer)));
			for (int p = 0; p < 4; p++) for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
				out[(row * (h + GAP) + y) * (4 * w + 3 * GAP) + p * (w + GAP) + x] =
					panels.get(p).argb(crop.x() + x / ZOOM, crop.y() + y / ZOOM);
			}
		}
		final BufferedImage picture = new BufferedImage(4 * w + 3 * GAP, 2 * h + GAP, BufferedImage.TYPE_INT_RGB);
		picture.setRGB(0, 0, picture.getWidth(), picture.getHeight(), out, 0, picture.getWidth());
		ImageIO.write(picture, "png", Path.of(args[6]).toFile());
	}

	private static RgbaImage lifted(final RgbaImage layer) {
		return Compositor.flatten(new LayerStack(layer.width(), layer.height(), List.of(Layer.of("l", "", layer))),
			0xffff00ff);
	}
}
