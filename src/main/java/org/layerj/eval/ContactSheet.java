package org.layerj.eval;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;

/**
 * Pictures in rows of equal cells, transparent places on a checkerboard. There is no text in it, so that it looks the
 * same on every machine, fonts or not; the report says what the rows are.
 */
final class ContactSheet {

	private static final int CELL = 168;
	private static final int GAP = 6;
	private static final int SQUARE = 7;
	private static final int BACKGROUND = 0xffffff;
	private static final int DARK = 0xb4b4b4;
	private static final int LIGHT = 0xd8d8d8;

	private final List<List<RgbaImage>> rows = new ArrayList<>();

	/** Adds a row, from left to right. */
	void row(final List<RgbaImage> pictures) {
		rows.add(List.copyOf(pictures));
	}

	BufferedImage draw() {
		final int columns = rows.stream().mapToInt(List::size).max().orElse(1);
		final BufferedImage sheet = new BufferedImage(columns * (CELL + GAP) + GAP,
			Math.max(1, rows.size()) * (CELL + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
		for (int y = 0; y < sheet.getHeight(); y++)
			for (int x = 0; x < sheet.getWidth(); x++) sheet.setRGB(x, y, BACKGROUND);
		for (int r = 0; r < rows.size(); r++) {
			for (int c = 0; c < rows.get(r).size(); c++)
				paint(sheet, rows.get(r).get(c), GAP + c * (CELL + GAP), GAP + r * (CELL + GAP));
		}
		return sheet;
	}

	void write(final Path file) throws IOException {
		if (!ImageIO.write(draw(), "png", file.toFile())) throw new IOException("no PNG writer in this Java");
	}

	private static void paint(final BufferedImage sheet, final RgbaImage picture, final int left, final int top) {
		final double scale = (double) CELL / Math.max(picture.width(), picture.height());
		final int w = Math.max(1, (int) Math.round(picture.width() * scale));
		final int h = Math.max(1, (int) Math.round(picture.height() * scale));
		final byte[][] planes = { picture.plane(0), picture.plane(1), picture.plane(2), picture.plane(3) };
		final byte[][] small =
			PillowResize.rgba(planes, picture.width(), picture.height(), w, h, PillowResize.Filter.BILINEAR);
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			final int i = y * w + x;
			final int alpha = small[RgbaImage.ALPHA][i] & 255;
			final int board = (x / SQUARE + y / SQUARE) % 2 == 0 ? DARK : LIGHT;
			int rgb = 0;
			for (int c = 0; c < 3; c++) {
				final int under = board >> 16 - 8 * c & 255;
				rgb = rgb << 8 | ((small[c][i] & 255) * alpha + under * (255 - alpha) + 127) / 255;
			}
			sheet.setRGB(left + (CELL - w) / 2 + x, top + (CELL - h) / 2 + y, rgb);
		}
	}
}
