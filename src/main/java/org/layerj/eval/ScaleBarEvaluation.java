package org.layerj.eval;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.layerj.common.Progress;
import org.layerj.io.PictureReader;
import org.layerj.layers.RgbaImage;
import org.layerj.text.FoundText;
import org.layerj.text.LengthUnit;
import org.layerj.text.ScaleBar;
import org.layerj.text.ScaleBars;
import org.layerj.text.TextFinder;
import org.layerj.text.TextLine;
import org.layerj.torch.Device;

/**
 * Measures how well scale bars are found, on pictures drawn here: bars with known text and length on textures like
 * micrographs and on plain background, and as many pictures without a scale bar. <pre>{@code
 * mvn -q compile exec:java -Dexec.mainClass=org.layerj.eval.ScaleBarEvaluation -Dexec.args="tune|test FIRST COUNT [SET [FOLDER]]"
 * }</pre>
 * <p>
 * The two halves share no seed; rules are tuned on {@code tune}, and FIRST is the first of the COUNT seeds of each
 * kind. SET is a set of {@code training/make_text_set.py}, whose pictures show no scale bar, but for the drawings of a
 * few templates; lengths are written on its photographs. FOLDER gets the pictures of every mistake.
 * <p>
 * A bar is drawn dark, light or coloured, level or upright, 1 to 8 pixels thick and 20 to 180 long, its ends at whole
 * pixels or between them, with end ticks (whose middles are its ends) or without; the text above, below or beside it,
 * sometimes both on a plate. Pictures without: lengths written beside nothing, in frames and fields, at axes with
 * ticks, bars of charts, samples of legends, dashed lines, rules of tables, error bars and boxes with whiskers, in data
 * strips of electron microscopes, and bars of other things ({@code 2 kb}).
 */
public final class ScaleBarEvaluation {

	private static final List<String> LENGTHS = List.of("25 µm", "10 µm", "0.5 mm", "200 nm", "1 cm", "50 um", "10 Å",
		"5 nm", "100 µm", "2 mm", "1.5 µm", "20nm", "500 nm", "1 mm", "250 µm", "2 µm");

	/** What was drawn. */
	private record Truth(String text, double pixels, double x, double y, boolean ticks) {}

	private final Random random;
	private BufferedImage image;
	private Graphics2D g;
	/** Grey in which the background is painted, 0 … 255. */
	private int background;
	private boolean texture;

	private ScaleBarEvaluation(final long seed) {
		random = new Random(seed);
	}

	public static void main(final String[] args) throws IOException {
		final int count = Integer.parseInt(args[2]);
		final long seed = (args[0].equals("tune") ? 1_000_000 : 2_000_000) + Integer.parseInt(args[1]);
		int found = 0;
		int exact = 0;
		int unit = 0;
		int both = 0;
		int read = 0;
		int invented = 0;
		double error = 0;
		try (TextFinder finder = new TextFinder(Device.CPU)) {
			for (int k = 0; k < count; k++) {
				final ScaleBarEvaluation e = new ScaleBarEvaluation(seed + k);
				final Truth truth = e.with();
				final FoundText text = finder.find(e.picture(), Progress.none());
				final List<ScaleBar> bars = ScaleBars.of(e.picture(), text);
				final Optional<ScaleBar> bar =
					bars.stream().filter(b -> Math.hypot(b.bar().x() - truth.x, b.bar().y() - truth.y) < 5).findFirst();
				final boolean known = text.lines().stream().anyMatch(l -> plain(l.text()).contains(plain(truth.text)));
				if (known) read++;
				invented += bars.size() - (bar.isPresent() ? 1 : 0);
				boolean right = false;
				if (bar.isPresent()) {
					found++;
					final double off = bar.get().pixels() - truth.pixels;
					error += Math.abs(off);
					final boolean length = Math.abs(off) <= 1;
					final boolean said = plain(bar.get().text()).equals(plain(truth.text));
					if (length) exact++;
					if (said) unit++;
					if (length && said) both++;
					right = length && said;
				}
				if (!right || bars.size() > 1) e.report(args, k, "with",
					truth + " read " + text.lines().stream().map(TextLine::text).toList() + " found " + bars);
			}
			System.out.printf(Locale.ROOT,
				"with %d: text read %d, bar found %d; of those length within 1 px %d (mean error %.2f px), "
					+ "number and unit %d, both %d; others %d%n",
				count, read, found, exact, error / Math.max(1, found), unit, both, invented);
			invented = 0;
			for (int k = 0; k < count; k++) {
				final ScaleBarEvaluation e = new ScaleBarEvaluation(seed + 500_000 + k);
				final String kind = e.without(k);
				final List<ScaleBar> bars = ScaleBars.of(e.picture(), finder.find(e.picture(), Progress.none()));
				invented += bars.size();
				if (!bars.isEmpty()) e.report(args, k, "without", kind + " found " + bars);
			}
			System.out.printf(Locale.ROOT, "without %d: invented %d%n", count, invented);
			if (args.length > 3) for (final String kind : List.of("empty", "figure", "foreign", "picture"))
				invented(Path.of(args[3], kind), finder);
		}
	}

	private static void invented(final Path folder, final TextFinder finder) throws IOException {
		int pictures = 0;
		int invented = 0;
		for (final Path file : TextEvaluation.pictures(folder)) {
			final RgbaImage picture = PictureReader.read(file).image();
			final List<ScaleBar> bars = ScaleBars.of(picture, finder.find(picture, Progress.none()));
			pictures++;
			invented += bars.size();
			if (!bars.isEmpty()) System.out.println(folder.getFileName() + " " + file.getFileName() + " found " + bars);
		}
		System.out.printf(Locale.ROOT, "%s %d: found %d%n", folder.getFileName(), pictures, invented);
	}

	/** What a reader would take for the same: the spelling of micro, spaces. */
	private static String plain(final String text) {
		final String t = text.replaceAll("\\s", "").replace('\u212B', 'Å').replaceAll("[μu]m", "µm");
		return LengthUnit.of(t.replaceAll("[\\d.,]", "")).isPresent() ? t.replace(',', '.') : t;
	}

	private void report(final String[] args, final int k, final String kind, final String what) throws IOException {
		System.out.println(kind + " " + k + ": " + what);
		if (args.length < 5) return;
		new File(args[4]).mkdirs();
		ImageIO.write(image, "png", new File(args[4], kind + "-" + k + ".png"));
	}

	private RgbaImage picture() {
		final int w = image.getWidth();
		final int h = image.getHeight();
		return RgbaImage.ofArgb(w, h, image.getRGB(0, 0, w, h, null, 0, w));
	}

	private double between(final double from, final double to) {
		return from + random.nextDouble() * (to - from);
	}

	private boolean chance(final double p) {
		return random.nextDouble() < p;
	}

	private void canvas() {
		final int w = 240 + random.nextInt(240);
		final int h = 180 + random.nextInt(180);
		image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
		texture = chance(0.6);
		background = texture ? (int) (chance(0.5) ? between(20, 90) : between(150, 220)) : chance(0.5) ? 255 : 0;
		g = image.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
		g.setColor(new Color(background, background, background));
		g.fillRect(0, 0, w, h);
		if (!texture) return;
		for (int k = 0; k < 60; k++) {
			final double size = between(6, 50);
			final int v = level(background + between(-35, 35));
			g.setColor(new Color(v, level(v + between(-8, 8)), v, 150));
			g.fill(new Ellipse2D.Double(between(-20, w), between(-20, h), size, size * between(0.5, 1.5)));
		}
		final double noise = between(2, 14);
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			final double n = noise * random.nextGaussian();
			final Color c = new Color(image.getRGB(x, y));
			image.setRGB(x, y,
				new Color(level(c.getRed() + n), level(c.getGreen() + n), level(c.getBlue() + n)).getRGB());
		}
	}

	private static int level(final double v) {
		return (int) Math.max(0, Math.min(255, Math.round(v)));
	}

	private Color colour() {
		final boolean dark = background > 127;
		if (chance(0.2)) return dark ? new Color(150, 20, 30) : new Color(255, 230, 60);
		return dark ? Color.BLACK : Color.WHITE;
	}

	private Rectangle2D size(final String text, final int height) {
		g.setFont(new Font(chance(0.8) ? Font.SANS_SERIF : Font.SERIF, chance(0.3) ? Font.BOLD : Font.PLAIN, height));
		return g.getFont().createGlyphVector(g.getFontRenderContext(), text).getVisualBounds();
	}

	/** Writes with the upper left corner of the letters here. */
	private void write(final String text, final Rectangle2D size, final double x, final double y) {
		g.drawString(text, (float) (x - size.getX()), (float) (y - size.getY()));
	}

	private String anyLength() {
		return LENGTHS.get(random.nextInt(LENGTHS.size()));
	}

	private Truth with() {
		canvas();
		final boolean upright = chance(0.15);
		return scaleBar(anyLength(), upright);
	}

	private Truth scaleBar(final String text, final boolean upright) {
		final boolean whole = chance(0.5);
		final int thick = 1 + random.nextInt(8);
		double length = between(Math.max(20, 3 * thick), upright ? 90 : 180);
		final Rectangle2D size = size(text, 12 + random.nextInt(13));
		final double gap = between(3, 10);
		final int place = random.nextInt(3);
		final boolean ticks = chance(0.3);
		final double tick = ticks ? between(3, 6) : 0;
		// Neither is cut off by the picture's edge.
		if (!upright && place == 2) length = Math.min(length, image.getWidth() - 24 - 2 * tick - gap - size.getWidth());
		final double bw = upright ? thick : length;
		final double bh = upright ? length : thick;
		final double side = upright ? tick : 0;
		final double rise = upright ? 0 : tick;
		final boolean beside = upright || place == 2;
		final double w = beside ? bw + side + gap + size.getWidth() : Math.max(bw, size.getWidth());
		final double h = beside ? Math.max(bh, size.getHeight()) : bh + rise + gap + size.getHeight();
		final double left = between(12, Math.max(13, image.getWidth() - w - 12));
		final double top = between(12, Math.max(13, image.getHeight() - h - 12));
		double x = beside ? left + side : left + (w - bw) / 2;
		double y = beside ? top + (h - bh) / 2 : place == 0 ? top : top + size.getHeight() + gap + rise;
		final double tx = beside ? left + bw + 2 * side + gap : left + (w - size.getWidth()) / 2;
		final double ty = beside ? top + (h - size.getHeight()) / 2 : place == 0 ? top + bh + rise + gap : top;
		if (whole) {
			x = Math.round(x);
			y = Math.round(y);
			length = Math.round(length);
		}
		if (chance(0.15)) {
			background = chance(0.5) ? 0 : 255;
			g.setColor(new Color(background, background, background));
			g.fill(new Rectangle2D.Double(left - 8, top - 8, w + 2 * side + 16, h + 2 * rise + 16));
		}
		g.setColor(colour());
		g.fill(new Rectangle2D.Double(x, y, upright ? thick : length, upright ? length : thick));
		if (ticks) {
			final double t = Math.max(1, Math.min(3, thick));
			for (final double end : new double[] { 0, length })
				g.fill(upright ? new Rectangle2D.Double(x - tick, y + end - t / 2, thick + 2 * tick, t)
					: new Rectangle2D.Double(x + end - t / 2, y - tick, t, thick + 2 * tick));
		}
		write(text, size, tx, ty);
		return new Truth(text, length, x + (upright ? thick : length) / 2, y + (upright ? length : thick) / 2, ticks);
	}

	private String without(final int k) {
		canvas();
		final Color colour = colour();
		final double x = between(30, 60);
		final double y = between(40, 80);
		final Rectangle2D size = size(anyLength(), 12 + random.nextInt(13));
		g.setColor(colour);
		switch (k % 12) {
			case 0:
				write("d = " + anyLength() + ", n = 12", size, x, y);
				return "text alone";
			case 1:
			case 6:
				final String text = anyLength();
				final Rectangle2D box = size(text, 12 + random.nextInt(13));
				write(text, box, x, y);
				g.setStroke(new BasicStroke((float) between(0.8, 4)));
				final double left = x - between(4, 40);
				final double up = y - between(4, 12);
				final double right = x + box.getWidth() + between(4, 80);
				final double down = y + box.getHeight() + between(4, 60);
				g.draw(chance(0.7) ? new Rectangle2D.Double(left, up, right - left, down - up)
					: new RoundRectangle2D.Double(left, up, right - left, down - up, 8, 8));
				return "frame";
			case 2:
			case 7:
				axis(x, y);
				return "axis";
			case 3:
				for (int t = 0; t < 3; t++) {
					final String label = LENGTHS.get((k / 6 + t) % LENGTHS.size());
					g.fill(new Rectangle2D.Double(x, y + 30 * t + 5, 24, 3));
					write(label, size(label, 15), x + 32, y + 30 * t);
				}
				return "legend";
			case 4:
				g.setStroke(
					new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] { 12, 6 }, 0));
				g.draw(new Line2D.Double(x, y + 30, x + 160, y + 30));
				final String cut = anyLength();
				write(cut, size(cut, 16), x + 20, y);
				return "dashes";
			case 5:
				final List<String> others = List.of("2 kb", "5 s", "20 mV", "100 bp", "10 kDa", "1 min", "3 × 3");
				final String other = others.get(random.nextInt(others.size()));
				scaleBar(other, false);
				return other;
			case 8:
				strip();
				return "data strip";
			case 9:
				table(x, y);
				return "table";
			case 10:
				bars(x, y);
				return "bar chart";
			default:
				boxes(x, y);
				return "boxes and whiskers";
		}
	}

	private void line(final double x0, final double y0, final double x1, final double y1) {
		g.draw(new Line2D.Double(x0, y0, x1, y1));
	}

	/** Ticks with lengths, inwards, outwards or none, along the bottom or the left. */
	private void axis(final double x, final double y) {
		g.setStroke(new BasicStroke((float) between(0.8, 3)));
		final boolean level = chance(0.6);
		final double step = between(38, 60);
		final double tick = chance(0.2) ? 0 : between(-6, 6);
		final int parts = 2 + random.nextInt(2);
		final boolean units = chance(0.6);
		if (level) line(x, y + 60, x + step * parts, y + 60);
		else line(x + 30, y, x + 30, y + step * parts);
		for (int t = 0; t <= parts; t++) {
			final String label = 5 * t + (units || t == parts ? " mm" : "");
			final Rectangle2D size = size(label, 12);
			if (level) {
				line(x + step * t, y + 60, x + step * t, y + 60 + tick);
				write(label, size, x + step * t - size.getWidth() / 2, y + 70);
			}
			else {
				line(x + 30, y + step * t, x + 30 - tick, y + step * t);
				write(label, size, x + 22 - size.getWidth(), y + step * t - size.getHeight() / 2);
			}
		}
	}

	/** Voltage, distance and width of field below a micrograph, in fields separated by lines, without its bar. */
	private void strip() {
		final int w = image.getWidth();
		final int h = image.getHeight();
		final int high = 24 + random.nextInt(16);
		g.setColor(Color.BLACK);
		g.fillRect(0, h - high, w, high);
		g.setColor(Color.WHITE);
		g.setStroke(new BasicStroke((float) between(0.8, 2)));
		if (chance(0.5)) line(0, h - high, w, h - high);
		final List<String> said = List.of("WD 8.2 mm", "15 kV", "HFW 12.8 µm", "10 mm", "x 2,500", "200 nm");
		final int first = random.nextInt(said.size());
		double x = 8;
		for (int k = 0; x < w - 70; k++) {
			final String text = said.get((first + k) % said.size());
			final Rectangle2D size = size(text, 12);
			write(text, size, x, h - (high + size.getHeight()) / 2);
			x += size.getWidth() + 10;
			line(x, h - high + 3, x, h - 3);
			x += 10;
		}
	}

	/** Three rows of lengths and numbers between rules, with a shorter one below the head. */
	private void table(final double x, final double y) {
		g.setStroke(new BasicStroke((float) between(0.8, 2)));
		final double row = between(20, 28);
		line(x, y - 8, x + 160, y - 8);
		for (int r = 0; r < 4; r++) {
			final String name = r == 0 ? "Size" : anyLength();
			write(name, size(name, 13), x + 4, y + row * r);
			final String number = r == 0 ? "Share" : String.valueOf(random.nextInt(90) / 10.0);
			write(number, size(number, 13), x + 100, y + row * r);
			if (r == 0) line(x, y + row - 8, x + (chance(0.3) ? 70 : 160), y + row - 8);
		}
		line(x, y + 4 * row - 6, x + 160, y + 4 * row - 6);
	}

	/** Level bars that start below one another, each with its length before it or behind it. */
	private void bars(final double x, final double y) {
		final double thick = between(5, 12);
		final boolean before = chance(0.6);
		for (int k = 0; k < 3; k++) {
			final String label = LENGTHS.get((random.nextInt(5) + 5 * k) % LENGTHS.size());
			final Rectangle2D size = size(label, 13);
			final double wide = between(30, 130);
			g.fill(new Rectangle2D.Double(x + 40, y + 28 * k, wide, thick));
			write(label, size, before ? x + 34 - size.getWidth() : x + 46 + wide,
				y + 28 * k + (thick - size.getHeight()) / 2);
		}
		if (chance(0.5)) line(x + 40, y - 8, x + 40, y + 28 * 3);
	}

	/** Boxes with a median and whiskers with caps, lengths below. */
	private void boxes(final double x, final double y) {
		g.setStroke(new BasicStroke((float) between(0.8, 2.5)));
		for (int k = 0; k < 3; k++) {
			final double middle = x + 20 + 64 * k;
			final double top = y + between(5, 30);
			final double bottom = y + between(50, 70);
			if (chance(0.7)) {
				g.draw(new Rectangle2D.Double(middle - 12, top, 24, bottom - top));
				final double median = top + (bottom - top) * between(0.3, 0.7);
				line(middle - 12, median, middle + 12, median);
			}
			else line(middle, top, middle, bottom);
			line(middle, top, middle, top - 14);
			line(middle, bottom, middle, bottom + 12);
			line(middle - 7, top - 14, middle + 7, top - 14);
			line(middle - 7, bottom + 12, middle + 7, bottom + 12);
			final String label = anyLength();
			final Rectangle2D size = size(label, 12);
			write(label, size, middle - size.getWidth() / 2, y + 92);
		}
	}
}
