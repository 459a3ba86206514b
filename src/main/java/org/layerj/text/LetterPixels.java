package org.layerj.text;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.layerj.layers.Bounds;

/** The pixels of a line's letters, to compare with renderings of what the line says. */
final class LetterPixels {

	/** Pixels around the letters, for renderings that reach farther. */
	private static final int MARGIN = 3;
	/** Larger lines are compared at a size with about so many pixels. */
	private static final int MOST = 8_000;
	private static final float SOLID = 0.5f;
	private static final int ROUNDS = 2;

	/**
	 * A rendering over the letters' place.
	 *
	 * @param shared Σ min / Σ max of both, 0 … 1
	 * @param along how many times as long as the outline it is along the line
	 * @param across the same across the line
	 * @param cover how much of each pixel it covers
	 */
	record Fit(double shared, double along, double across, float[] cover) {}

	/** Centre and spread (standard deviations) of pixels along (u) and across (v) the line; picture coordinates. */
	private record Spread(double u, double v, double along, double across) {}

	/** Where the pixels lie in the picture; may reach beyond it. */
	final int x;
	final int y;
	final int width;
	final int height;
	/** 0 … 1, row by row, at the picture's size. */
	final float[] alpha;
	private final double cos;
	private final double sin;
	/** Pixels of the picture in one that is compared, in each direction. */
	private final int step;
	private final int columns;
	private final int rows;
	private final float[] seen;
	private final Spread spread;

	private LetterPixels(final int x, final int y, final int width, final int height, final float[] alpha,
		final double angle)
	{
		this.x = x;
		this.y = y;
		this.width = width;
		this.height = height;
		this.alpha = alpha;
		cos = Math.cos(angle);
		sin = Math.sin(angle);
		step = (int) Math.max(1, Math.floor(Math.sqrt((double) width * height / MOST)));
		columns = (width + step - 1) / step;
		rows = (height + step - 1) / step;
		seen = new float[columns * rows];
		for (int v = 0; v < height; v++)
			for (int u = 0; u < width; u++) seen[v / step * columns + u / step] += alpha[v * width + u] / (step * step);
		spread = spread(seen);
	}

	static LetterPixels of(final List<WordMatte> words, final Quad line) {
		final Bounds b = words.stream().map(WordMatte::bounds).reduce(Bounds::union).orElseThrow();
		final int width = b.width() + 2 * MARGIN;
		final int height = b.height() + 2 * MARGIN;
		final float[] alpha = new float[width * height];
		for (final WordMatte word : words) {
			final Bounds w = word.bounds();
			for (int v = 0, i = 0; v < w.height(); v++) for (int u = 0; u < w.width(); u++, i++) {
				final int at = (w.y() - b.y() + v + MARGIN) * width + w.x() - b.x() + u + MARGIN;
				alpha[at] = Math.max(alpha[at], word.alpha()[i]);
			}
		}
		return new LetterPixels(b.x() - MARGIN, b.y() - MARGIN, width, height, alpha, line.angle());
	}

	/** Whether there are no letters to compare with. */
	boolean isEmpty() {
		for (final float a : alpha) if (a >= SOLID) return false;
		return true;
	}

	private Spread spread(final float[] cover) {
		double sum = 0;
		double su = 0;
		double sv = 0;
		double uu = 0;
		double vv = 0;
		for (int row = 0, i = 0; row < rows; row++) for (int column = 0; column < columns; column++, i++) {
			final double a = cover[i];
			if (a == 0) continue;
			final double px = (column + 0.5) * step;
			final double py = (row + 0.5) * step;
			final double u = px * cos + py * sin;
			final double v = py * cos - px * sin;
			sum += a;
			su += a * u;
			sv += a * v;
			uu += a * u * u;
			vv += a * v * v;
		}
		if (sum == 0) return new Spread(0, 0, 0, 0);
		final double mu = su / sum;
		final double mv = sv / sum;
		return new Spread(mu, mv, Math.sqrt(Math.max(0, uu / sum - mu * mu)),
			Math.sqrt(Math.max(0, vv / sum - mv * mv)));
	}

	/** An outline with a level baseline, laid over the letters as well as scaling along and across allows. */
	Fit fit(final Shape outline) {
		final Rectangle2D box = outline.getBounds2D();
		final double[] e = extent();
		double along = (e[1] - e[0]) / Math.max(1e-6, box.getWidth());
		double across = (e[3] - e[2]) / Math.max(1e-6, box.getHeight());
		double u = (e[0] + e[1]) / 2 - along * box.getCenterX();
		double v = (e[2] + e[3]) / 2 - across * box.getCenterY();
		float[] cover = render(outline, along, across, u, v);
		for (int k = 0; k < ROUNDS; k++) {
			final Spread s = spread(cover);
			if (s.along == 0 || s.across == 0 || spread.along == 0 || spread.across == 0) break;
			// Never far: pixels that are missing, or of something else, must not carry it away.
			final double fu = Math.max(0.8, Math.min(1.25, spread.along / s.along));
			final double fv = Math.max(0.8, Math.min(1.25, spread.across / s.across));
			u = spread.u - fu * (s.u - u);
			v = spread.v - fv * (s.v - v);
			along *= fu;
			across *= fv;
			cover = render(outline, along, across, u, v);
		}
		double both = 0;
		double either = 0;
		for (int i = 0; i < cover.length; i++) {
			both += Math.min(cover[i], seen[i]);
			either += Math.max(cover[i], seen[i]);
		}
		return new Fit(both / Math.max(1e-9, either), along, across, cover);
	}

	private float[] render(final Shape outline, final double along, final double across, final double u,
		final double v)
	{
		final BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = image.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
		g.setColor(Color.WHITE);
		g.scale(1.0 / step, 1.0 / step);
		g.transform(new AffineTransform(cos, sin, -sin, cos, 0, 0));
		g.translate(u, v);
		g.scale(along, across);
		g.fill(outline);
		g.dispose();
		final int[] rgb = image.getRGB(0, 0, columns, rows, null, 0, columns);
		final float[] cover = new float[rgb.length];
		for (int i = 0; i < rgb.length; i++) cover[i] = (rgb[i] & 0xff) / 255f;
		return cover;
	}

	/** How much of a pixel of the picture a fit's rendering covers; by index of {@link #alpha}. */
	float cover(final Fit fit, final int i) {
		return fit.cover[i / width / step * columns + i % width / step];
	}

	/** First and last place of solid pixels along and across. */
	private double[] extent() {
		final double[] e = { Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE };
		for (int row = 0, i = 0; row < height; row++) for (int column = 0; column < width; column++, i++) {
			if (alpha[i] < SOLID) continue;
			final double u = (column + 0.5) * cos + (row + 0.5) * sin;
			final double v = (row + 0.5) * cos - (column + 0.5) * sin;
			e[0] = Math.min(e[0], u - 0.5);
			e[1] = Math.max(e[1], u + 0.5);
			e[2] = Math.min(e[2], v - 0.5);
			e[3] = Math.max(e[3], v + 0.5);
		}
		return e;
	}
}
