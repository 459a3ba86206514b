package org.layerj.eval;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.layerj.common.Progress;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.ColourVision;
import org.layerj.layers.edit.OkLab;
import org.layerj.text.FigureCheck;
import org.layerj.text.FigureCheck.Finding;
import org.layerj.text.FigureCheck.Kind;
import org.layerj.text.TextFinder;

/**
 * Measures how well faults of figures are found: draws figures of four panels, charts and micrographs in turn, with
 * faults planted by chance, and compares. <pre>{@code
 * mvn -q compile exec:java -Dexec.mainClass=org.layerj.eval.FigureCheckEvaluation -Dexec.args="tune|test NUMBER [OUT]"
 * }</pre> The halves share no seed. One row for each figure: what was planted, what was found; then of each kind how
 * often it was planted and found, missed, and found where it was not planted.
 */
public final class FigureCheckEvaluation {

	/** Millimetres, points and dpi that figures are made for. */
	private static final FigureCheck CHECK = new FigureCheck(85, 6, 300);
	private static final double ENOUGH_DPI = 310, FEW_DPI = 190;
	private static final double WIDTH = 85 / 25.4, HEIGHT = 60 / 25.4;
	private static final double OFTEN = 0.35;
	private static final List<String> FONTS = List.of(Font.SANS_SERIF, Font.SERIF);

	private final Random random;
	private final Set<Kind> planted = EnumSet.noneOf(Kind.class);
	private final boolean micrograph;
	private final double dpi;
	private final BufferedImage image;
	private final Graphics2D g;
	private final String font;

	private FigureCheckEvaluation(final long seed, final boolean micrograph) {
		// Java's first numbers of neighbouring seeds are alike.
		random = new Random(seed * 0x9e3779b97f4a7c15L);
		this.micrograph = micrograph;
		for (final Kind kind : Kind.values()) {
			final boolean possible = kind == Kind.SCALE ? micrograph : kind != Kind.COLOURS || !micrograph;
			if (random.nextDouble() < OFTEN && possible) planted.add(kind);
		}
		dpi = planted.contains(Kind.RESOLUTION) ? FEW_DPI : ENOUGH_DPI;
		image = new BufferedImage((int) (WIDTH * dpi), (int) (HEIGHT * dpi), BufferedImage.TYPE_INT_RGB);
		g = image.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, image.getWidth(), image.getHeight());
		font = FONTS.get(random.nextInt(FONTS.size()));
	}

	public static void main(final String[] args) throws IOException {
		final long half = args[0].equals("test") ? 2_000_000 : 1_000_000;
		final int[][] counts = new int[Kind.values().length][3];
		try (TextFinder finder = new TextFinder()) {
			for (int k = 0; k < Integer.parseInt(args[1]); k++) {
				final FigureCheckEvaluation figure = new FigureCheckEvaluation(half + k, k % 2 == 1);
				figure.draw();
				if (args.length > 2) ImageIO.write(figure.image, "png",
					Files.createDirectories(Path.of(args[2])).resolve(k + ".png").toFile());
				final int w = figure.image.getWidth();
				final int h = figure.image.getHeight();
				final RgbaImage picture = RgbaImage.ofArgb(w, h, figure.image.getRGB(0, 0, w, h, null, 0, w));
				final List<Finding> found = CHECK.of(picture, finder.find(picture, Progress.none()));
				final Set<Kind> kinds = found.stream()
					.map(Finding::kind)
					.collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
				System.out.printf("%2d %-10s planted %-38s found %-38s %s%n", k,
					figure.micrograph ? "micrograph" : "chart", figure.planted, kinds,
					kinds.equals(figure.planted) ? ""
						: found.stream()
							.filter(f -> !figure.planted.contains(f.kind()))
							.map(Finding::message)
							.toList());
				for (final Kind kind : Kind.values()) {
					final boolean is = figure.planted.contains(kind);
					final boolean was = kinds.contains(kind);
					if (is && was) counts[kind.ordinal()][0]++;
					if (is && !was) counts[kind.ordinal()][1]++;
					if (!is && was) counts[kind.ordinal()][2]++;
				}
			}
		}
		for (final Kind kind : Kind.values())
			System.out.printf(Locale.ROOT, "%-10s planted %2d, found %2d, missed %2d, found where not planted %2d%n",
				kind.key(), counts[kind.ordinal()][0] + counts[kind.ordinal()][1], counts[kind.ordinal()][0],
				counts[kind.ordinal()][1], counts[kind.ordinal()][2]);
	}

	private double px(final double points) {
		return points / 72 * dpi;
	}

	private void write(final String text, final double points, final int style, final double x, final double y,
		final boolean middle)
	{
		g.setFont(new Font(font, style, 1).deriveFont((float) px(points)));
		final Rectangle2D box = g.getFont().getStringBounds(text, g.getFontRenderContext());
		g.drawString(text, (float) (middle ? x - box.getWidth() / 2 : x), (float) y);
	}

	private void draw() {
		final List<String> letters = new ArrayList<>(List.of("A", "B", "C", "D"));
		if (planted.contains(Kind.PANELS)) switch (random.nextInt(3)) {
			case 0 -> letters.set(random.nextInt(3), "");
			case 1 -> Collections.swap(letters, 0, 3);
			default -> letters.set(2, "B");
		}
		final Color[] colours = colours();
		for (int k = 0; k < 4; k++) {
			final double left = (k % 2 * 0.5 + 0.07) * image.getWidth();
			final double top = (k / 2 * 0.5 + 0.09) * image.getHeight();
			final double wide = 0.40 * image.getWidth();
			final double high = 0.33 * image.getHeight();
			if (micrograph) micrograph(left, top, wide, high, k == 0);
			else chart(left, top, wide, high, colours);
			g.setColor(Color.BLACK);
			write(letters.get(k), 11, Font.BOLD, left - px(12), top - px(3), false);
		}
		g.dispose();
	}

	/** Two that everybody tells apart, or that only some do. */
	private Color[] colours() {
		while (true) {
			final int a = random.nextInt(0x1000000);
			final int b = random.nextInt(0x1000000);
			final double apart = OkLab.of(a).distance(OkLab.of(b));
			double least = Double.MAX_VALUE;
			for (final ColourVision v : ColourVision.values())
				least = Math.min(least, OkLab.of(v.simulate(a)).distance(OkLab.of(v.simulate(b))));
			final boolean bad = planted.contains(Kind.COLOURS);
			final double light = Math.max(OkLab.of(a).l(), OkLab.of(b).l());
			final double dark = Math.min(OkLab.of(a).l(), OkLab.of(b).l());
			if (light < 0.8 && dark > 0.3 && apart > 0.18 && (bad ? least < 0.04 : least > 0.12))
				return new Color[] { new Color(a), new Color(b) };
		}
	}

	private void chart(final double left, final double top, final double wide, final double high,
		final Color[] colours)
	{
		for (int k = 0; k < 4; k++) {
			final double share = 0.25 + 0.7 * random.nextDouble();
			g.setColor(colours[k % 2]);
			g.fill(new Rectangle2D.Double(left + wide * (0.1 + 0.23 * k), top + high * (1 - share), wide * 0.15,
				high * share));
		}
		g.setColor(Color.BLACK);
		g.fill(new Rectangle2D.Double(left, top, px(0.7), high));
		g.fill(new Rectangle2D.Double(left, top + high, wide, px(0.7)));
		final double points = planted.contains(Kind.TEXT) ? 4 : 7.5;
		final List<String> words = List.of("Control", "Treated", "Rate (1/s)", "Dose 12 mg", "Week 3", "Sample 7");
		write(words.get(random.nextInt(words.size())), points, Font.PLAIN, left + wide / 2, top + high + px(10), true);
	}

	private void micrograph(final double left, final double top, final double wide, final double high,
		final boolean first)
	{
		final int w = (int) wide;
		final int h = (int) high;
		final BufferedImage cells = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
		final double[][] blobs = new double[25][3];
		for (final double[] b : blobs) {
			b[0] = random.nextDouble() * w;
			b[1] = random.nextDouble() * h;
			b[2] = px(2 + 5 * random.nextDouble());
		}
		final boolean green = random.nextBoolean();
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			double level = 25;
			for (final double[] b : blobs)
				level += 130 * Math.exp(-((x - b[0]) * (x - b[0]) + (y - b[1]) * (y - b[1])) / (b[2] * b[2]));
			final int v = (int) Math.max(0, Math.min(235, level + 9 * random.nextGaussian()));
			cells.setRGB(x, y, green ? v << 8 : v << 16 | v << 8 | v);
		}
		g.drawImage(cells, (int) left, (int) top, null);
		g.setColor(Color.BLACK);
		g.fill(new Rectangle2D.Double(left + wide * 0.55, top + high * 0.7, wide * 0.45, high * 0.3));
		g.setColor(Color.WHITE);
		final double points = planted.contains(Kind.TEXT) ? 4 : 7.5;
		if (first && !planted.contains(Kind.SCALE)) {
			g.fill(new Rectangle2D.Double(left + wide * 0.6, top + high * 0.92, wide * 0.3, px(2)));
			write("20 µm", 8, Font.PLAIN, left + wide * 0.75, top + high * 0.92 - px(3), true);
		}
		else write(List.of("GFP", "DAPI", "Merge").get(random.nextInt(3)), points, Font.PLAIN, left + wide * 0.75,
			top + high * 0.9, true);
	}
}
