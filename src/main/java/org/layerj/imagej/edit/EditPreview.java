package org.layerj.imagej.edit;

import java.awt.Canvas;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Panel;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.layerj.decompose.Problem;
import org.layerj.layers.RgbaImage;

/**
 * A picture as it would be, small, in a dialog. Computed in a thread of its own; what is outdated before it begins is
 * skipped.
 */
public final class EditPreview implements AutoCloseable {

	private static final Dimension SIZE = new Dimension(360, 240);

	private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
		final Thread thread = new Thread(task, "Decompose Layers preview");
		thread.setDaemon(true);
		return thread;
	});
	private final AtomicLong latest = new AtomicLong();
	private final Picture picture = new Picture();

	/** To be put in a dialog. */
	public Panel panel() {
		final Panel panel = new Panel();
		panel.add(picture);
		return panel;
	}

	/** Shows a picture, or the message that tells why there is none. */
	public void show(final Supplier<RgbaImage> image) {
		final long mine = latest.incrementAndGet();
		picture.begin("Computing the preview ...");
		worker.execute(() -> {
			if (mine != latest.get()) return;
			try {
				picture.show(small(image.get()), "");
			}
			catch (RuntimeException | OutOfMemoryError e) {
				// Half-typed numbers are no reason to complain aloud.
				picture.show(null, Problem.message(e));
			}
		});
	}

	@Override
	public void close() {
		worker.shutdownNow();
	}

	/** By how much a picture of this size is enlarged to fit. */
	public static double scale(final int width, final int height) {
		return Math.min(4, Math.min((double) SIZE.width / width, (double) SIZE.height / height));
	}

	private static BufferedImage small(final RgbaImage image) {
		final BufferedImage all = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
		all.setRGB(0, 0, image.width(), image.height(), image.argb(), 0, image.width());
		final double scale = scale(image.width(), image.height());
		final BufferedImage out = new BufferedImage((int) Math.max(1, scale * image.width()),
			(int) Math.max(1, scale * image.height()), BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = out.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, scale > 1
			? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR : RenderingHints.VALUE_INTERPOLATION_BICUBIC);
		g.drawImage(all, 0, 0, out.getWidth(), out.getHeight(), null);
		g.dispose();
		return out;
	}

	private static final class Picture extends Canvas {

		private static final long serialVersionUID = 1L;

		private transient BufferedImage image;
		private String text = "";

		Picture() {
			setPreferredSize(SIZE);
			setSize(SIZE);
		}

		/** Says so as long as there is nothing better to see. */
		synchronized void begin(final String newText) {
			if (image == null) show(null, newText);
		}

		synchronized void show(final BufferedImage newImage, final String newText) {
			image = newImage;
			text = newText;
			repaint();
		}

		@Override
		public void update(final Graphics g) {
			paint(g);
		}

		@Override
		public synchronized void paint(final Graphics g) {
			g.setColor(Color.lightGray);
			g.fillRect(0, 0, getWidth(), getHeight());
			if (image != null)
				g.drawImage(image, (getWidth() - image.getWidth()) / 2, (getHeight() - image.getHeight()) / 2, null);
			g.setColor(Color.black);
			if (!text.isEmpty()) lines(g);
		}

		private void lines(final Graphics g) {
			final StringBuilder line = new StringBuilder();
			int y = g.getFontMetrics().getHeight();
			for (final String word : text.split(" ")) {
				if (g.getFontMetrics().stringWidth(line + word) > getWidth() - 16) {
					g.drawString(line.toString(), 8, y);
					y += g.getFontMetrics().getHeight();
					line.setLength(0);
				}
				line.append(word).append(' ');
			}
			g.drawString(line.toString(), 8, y);
		}
	}
}
