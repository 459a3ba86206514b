import java.awt.*;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.*;
import java.awt.image.*;
import java.awt.image.renderable.RenderableImage;
import java.io.*;
import java.nio.*;
import java.nio.charset.StandardCharsets;
import java.text.AttributedCharacterIterator;
import java.util.*;
import java.util.List;
import java.util.Queue;

import org.jfree.chart.*;
import org.jfree.chart.annotations.*;
import org.jfree.chart.axis.*;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.entity.*;
import org.jfree.chart.labels.*;
import org.jfree.chart.plot.*;
import org.jfree.chart.renderer.category.*;
import org.jfree.chart.renderer.xy.*;
import org.jfree.chart.title.*;
import org.jfree.chart.ui.*;
import org.jfree.data.category.*;
import org.jfree.data.general.*;
import org.jfree.data.statistics.*;
import org.jfree.data.xy.*;

/**
 * Charts by JFreeChart, drawn by Java2D element by element. Reads requests of one line, fields with tabs between (seed, width, height, dark, font file, colours as hex, words),
 * and answers each: number of elements, then for each a line of key, role, what, groups, text, x, y, width, height, and its pixels, premultiplied RGBA.
 */
@SuppressWarnings({"unchecked", "rawtypes", "serial"})
public class JFreeFigures {
	/** A Graphics2D that paints what belongs to one element on an image of its own. */
	static class Elements extends Graphics2D {
		static class Part {
			String key, role, what = "", groups = "", text = "";
			BufferedImage image;
			double cx, cy;
		}
		final int w, h;
		final Map<String, Part> parts = new LinkedHashMap<>();
		final BufferedImage scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB_PRE);
		final Graphics2D s;
		String item, itemGroup = "";
		int marks;
		final Map<String, Integer> counts = new HashMap<>();

		Elements(int w, int h) { this(w, h, null); }
		Elements(int w, int h, Graphics2D state) {
			this.w = w; this.h = h;
			s = state == null ? scratch.createGraphics() : state;
		}

		private Part part(String key, String role, String what, String groups) {
			return parts.computeIfAbsent(key, k -> {
				Part p = new Part();
				p.key = k; p.role = role; p.what = what; p.groups = groups;
				p.image = new BufferedImage(w, h, BufferedImage.TYPE_INT_ARGB_PRE);
				return p;
			});
		}

		/** Where a call comes from, as far as it matters. */
		private Part current(boolean text) {
			final String[] found = {""};
			StackWalker.getInstance().forEach(f -> {
				String c = f.getClassName(), m = f.getMethodName();
				if (found[0].isEmpty()) {
					if (c.contains("LegendGraphic")) found[0] = "swatch";
					else if (c.contains("LegendTitle") || c.contains("LegendItemBlock")) found[0] = "legend";
					else if (m.contains("Annotation")) found[0] = "note";
					else if (m.equals("drawDomainMarker") || m.equals("drawRangeMarker")) found[0] = "marker";
					else if (c.contains("TextTitle")) found[0] = "title";
					else if (c.contains("PaintScaleLegend")) found[0] = "scale";
				}
				if (found[0].isEmpty() || found[0].equals("legend")) {
					if (m.equals("drawLabel") && c.contains("Axis")) found[0] = "axis label";
					else if (m.contains("TickMarksAndLabels") || m.equals("drawTickLabels")) found[0] = "tick";
				}
			});
			String at = found[0];
			if (text) {
				String group = at.equals("tick") ? "axis" : at.equals("swatch") || at.equals("legend") ? "legend" : item != null ? itemGroup : "";
				return part("text " + at + " " + counts.merge(at, 1, Integer::sum), "TEXT", at.equals("title") ? "plot title" : at.equals("note") ? "label" : "", group);
			}
			switch (at) {
				case "swatch": return part("swatch " + marks++, "MARK", "legend", "legend");
				case "legend": return part("legend plate", "SHAPE", "", "legend");
				case "note": return part("note", "MARK", "arrow", "");
				case "marker": return part("marker " + marks++, "MARK", "line", "");
				case "title": return part("title plate", "SHAPE", "", "");
				case "scale": return part("scale", "PANEL", "colour bar", "");
			}
			if (item != null) return part(item, "DATA", "chart", itemGroup);
			return part("axes", "PANEL", "axes", "");
		}

		private interface Stroke1 { void draw(Graphics2D g); }

		private void paint(boolean text, String string, Rectangle2D where, Stroke1 stroke) {
			Part p = parts.isEmpty() && !text ? part("page", "BACKGROUND", "", "") : current(text);
			if (string != null) p.text = string;
			Graphics2D g = p.image.createGraphics();
			g.setRenderingHints(s.getRenderingHints());
			g.setTransform(s.getTransform());
			g.setClip(s.getClip());
			g.setPaint(s.getPaint()); g.setStroke(s.getStroke()); g.setFont(s.getFont()); g.setComposite(s.getComposite());
			if (where != null) {
				Point2D c = s.getTransform().transform(new Point2D.Double(where.getCenterX(), where.getCenterY()), null);
				p.cx = c.getX(); p.cy = c.getY();
			}
			stroke.draw(g);
			g.dispose();
		}

		public void draw(Shape q) { paint(false, null, null, g -> g.draw(q)); }
		public void fill(Shape q) { paint(false, null, null, g -> g.fill(q)); }
		public void drawString(String t, float x, float y) {
			if (t.isBlank()) return;
			Rectangle2D b = s.getFontMetrics().getStringBounds(t, s);
			paint(true, t, new Rectangle2D.Double(x, y - b.getHeight() * .7, b.getWidth(), b.getHeight()), g -> g.drawString(t, x, y));
		}
		public void drawString(String t, int x, int y) { drawString(t, (float) x, (float) y); }
		public void drawString(AttributedCharacterIterator i, int x, int y) { paint(true, null, null, g -> g.drawString(i, x, y)); }
		public void drawString(AttributedCharacterIterator i, float x, float y) { paint(true, null, null, g -> g.drawString(i, x, y)); }
		public void drawGlyphVector(GlyphVector v, float x, float y) {
			Rectangle2D b = v.getLogicalBounds();
			paint(true, null, new Rectangle2D.Double(x + b.getX(), y + b.getY(), b.getWidth(), b.getHeight()), g -> g.drawGlyphVector(v, x, y));
		}
		public boolean drawImage(Image i, AffineTransform t, ImageObserver o) { paint(false, null, null, g -> g.drawImage(i, t, o)); return true; }
		public void drawImage(BufferedImage i, BufferedImageOp op, int x, int y) { paint(false, null, null, g -> g.drawImage(i, op, x, y)); }
		public void drawRenderedImage(RenderedImage i, AffineTransform t) { paint(false, null, null, g -> g.drawRenderedImage(i, t)); }
		public void drawRenderableImage(RenderableImage i, AffineTransform t) { paint(false, null, null, g -> g.drawRenderableImage(i, t)); }
		public boolean drawImage(Image i, int x, int y, ImageObserver o) { paint(false, null, null, g -> g.drawImage(i, x, y, o)); return true; }
		public boolean drawImage(Image i, int x, int y, int a, int b, ImageObserver o) { paint(false, null, null, g -> g.drawImage(i, x, y, a, b, o)); return true; }
		public boolean drawImage(Image i, int x, int y, Color c, ImageObserver o) { return drawImage(i, x, y, o); }
		public boolean drawImage(Image i, int x, int y, int a, int b, Color c, ImageObserver o) { return drawImage(i, x, y, a, b, o); }
		public boolean drawImage(Image i, int a, int b, int c, int d, int e, int f, int k, int l, ImageObserver o) { paint(false, null, null, g -> g.drawImage(i, a, b, c, d, e, f, k, l, o)); return true; }
		public boolean drawImage(Image i, int a, int b, int c, int d, int e, int f, int k, int l, Color q, ImageObserver o) { return drawImage(i, a, b, c, d, e, f, k, l, o); }
		public void drawLine(int a, int b, int c, int d) { draw(new Line2D.Double(a, b, c, d)); }
		public void fillRect(int x, int y, int a, int b) { fill(new Rectangle(x, y, a, b)); }
		public void clearRect(int x, int y, int a, int b) { }
		public void drawRoundRect(int x, int y, int a, int b, int c, int d) { draw(new RoundRectangle2D.Double(x, y, a, b, c, d)); }
		public void fillRoundRect(int x, int y, int a, int b, int c, int d) { fill(new RoundRectangle2D.Double(x, y, a, b, c, d)); }
		public void drawOval(int x, int y, int a, int b) { draw(new Ellipse2D.Double(x, y, a, b)); }
		public void fillOval(int x, int y, int a, int b) { fill(new Ellipse2D.Double(x, y, a, b)); }
		public void drawArc(int x, int y, int a, int b, int c, int d) { draw(new Arc2D.Double(x, y, a, b, c, d, Arc2D.OPEN)); }
		public void fillArc(int x, int y, int a, int b, int c, int d) { fill(new Arc2D.Double(x, y, a, b, c, d, Arc2D.PIE)); }
		public void drawPolyline(int[] x, int[] y, int n) { paint(false, null, null, g -> g.drawPolyline(x, y, n)); }
		public void drawPolygon(int[] x, int[] y, int n) { draw(new Polygon(x, y, n)); }
		public void fillPolygon(int[] x, int[] y, int n) { fill(new Polygon(x, y, n)); }
		public void copyArea(int x, int y, int a, int b, int c, int d) { }
		public boolean hit(Rectangle r, Shape q, boolean o) { return s.hit(r, q, o); }
		public GraphicsConfiguration getDeviceConfiguration() { return s.getDeviceConfiguration(); }
		public void setComposite(Composite c) { s.setComposite(c); }
		public void setPaint(Paint p) { s.setPaint(p); }
		public void setStroke(Stroke q) { s.setStroke(q); }
		public void setRenderingHint(RenderingHints.Key k, Object v) { if (v != null && k.isCompatibleValue(v)) s.setRenderingHint(k, v); }
		public Object getRenderingHint(RenderingHints.Key k) { return s.getRenderingHint(k); }
		public void setRenderingHints(Map<?, ?> m) { s.setRenderingHints(m); }
		public void addRenderingHints(Map<?, ?> m) { s.addRenderingHints(m); }
		public RenderingHints getRenderingHints() { return s.getRenderingHints(); }
		public void translate(int x, int y) { s.translate(x, y); }
		public void translate(double x, double y) { s.translate(x, y); }
		public void rotate(double t) { s.rotate(t); }
		public void rotate(double t, double x, double y) { s.rotate(t, x, y); }
		public void scale(double x, double y) { s.scale(x, y); }
		public void shear(double x, double y) { s.shear(x, y); }
		public void transform(AffineTransform t) { s.transform(t); }
		public void setTransform(AffineTransform t) { s.setTransform(t); }
		public AffineTransform getTransform() { return s.getTransform(); }
		public Paint getPaint() { return s.getPaint(); }
		public Composite getComposite() { return s.getComposite(); }
		public void setBackground(Color c) { s.setBackground(c); }
		public Color getBackground() { return s.getBackground(); }
		public Stroke getStroke() { return s.getStroke(); }
		public void clip(Shape q) { s.clip(q); }
		public FontRenderContext getFontRenderContext() { return s.getFontRenderContext(); }
		public Graphics create() { return this; }
		public Color getColor() { return s.getColor(); }
		public void setColor(Color c) { s.setColor(c); }
		public void setPaintMode() { s.setPaintMode(); }
		public void setXORMode(Color c) { }
		public Font getFont() { return s.getFont(); }
		public void setFont(Font f) { s.setFont(f); }
		public FontMetrics getFontMetrics(Font f) { return s.getFontMetrics(f); }
		public Rectangle getClipBounds() { return s.getClipBounds(); }
		public void clipRect(int x, int y, int a, int b) { s.clipRect(x, y, a, b); }
		public void setClip(int x, int y, int a, int b) { s.setClip(x, y, a, b); }
		public Shape getClip() { return s.getClip(); }
		public void setClip(Shape q) { s.setClip(q); }
		public void dispose() { }
	}

	static Elements out;
	static Random r;
	static Color[] colours;
	static String[] words;
	static Font font;
	static boolean dark;

	static double u(double a, double b) { return a + r.nextDouble() * (b - a); }
	static boolean chance(double p) { return r.nextDouble() < p; }
	static String word() { return words[r.nextInt(words.length)]; }
	static Color colour(int k) { return colours[k % colours.length]; }
	static void in(String key, String group, Runnable draw) {
		out.item = key; out.itemGroup = group;
		draw.run();
		out.item = null; out.itemGroup = "";
	}

	static CategoryDataset categories(int rows, int columns) {
		DefaultCategoryDataset d = new DefaultCategoryDataset();
		List<String> names = distinct(columns), series = distinct(rows);
		for (int i = 0; i < rows; i++) for (int j = 0; j < columns; j++) d.addValue(u(1, 10), series.get(i), names.get(j));
		return d;
	}
	static List<String> distinct(int n) {
		Set<String> s = new LinkedHashSet<>();
		for (int k = 0; s.size() < n; k++) s.add(k > 60 ? "S" + k : word());
		return new ArrayList<>(s);
	}
	static XYSeriesCollection curves(int count, int n, boolean cloud) {
		XYSeriesCollection d = new XYSeriesCollection();
		List<String> names = distinct(count);
		for (int k = 0; k < count; k++) {
			XYSeries s = new XYSeries(names.get(k), !cloud);
			double a = u(0, 6), f = u(.2, 1.3), walk = u(2, 8), cx = u(1, 9), cy = u(1, 9);
			int kind = r.nextInt(3);
			for (int i = 0; i < n; i++) {
				double x = 10.0 * i / (n - 1);
				walk += r.nextGaussian() * 3 / Math.sqrt(n);
				double y = kind == 0 ? 5 + 3 * Math.sin(f * x + a) : kind == 1 ? 9 / (1 + Math.exp(-(x - 5) * f)) + a * .1 : walk;
				if (cloud) s.add(cx + r.nextGaussian() * 1.2, cy + r.nextGaussian()); else s.add(x, y);
			}
			d.addSeries(s);
		}
		return d;
	}

	static JFreeChart chart() {
		int kind = r.nextInt(13), count = 1 + r.nextInt(4), n = 3 + r.nextInt(5);
		String title = chance(.55) ? word() + (chance(.6) ? " " + word() : "") : null, xName = chance(.7) ? word() : null, yName = chance(.7) ? word() : null;
		PlotOrientation o = chance(.2) ? PlotOrientation.HORIZONTAL : PlotOrientation.VERTICAL;
		boolean legend = chance(.7);
		JFreeChart c;
		if (kind <= 3) {
			CategoryItemRenderer renderer;
			CategoryDataset data = categories(count, n);
			if (kind == 0) {
				BarRenderer b = new BarRenderer() {
					@Override public void drawItem(Graphics2D g, CategoryItemRendererState s, Rectangle2D a, CategoryPlot p, CategoryAxis x, ValueAxis y, CategoryDataset d, int row, int column, int pass) {
						in("bar " + row + " " + column, "series" + row, () -> super.drawItem(g, s, a, p, x, y, d, row, column, pass));
					}
				};
				b.setBarPainter(chance(.4) ? new GradientBarPainter() : new StandardBarPainter());
				b.setShadowVisible(chance(.25)); b.setItemMargin(u(0, .2)); b.setDrawBarOutline(chance(.3));
				renderer = b;
			} else if (kind == 1) {
				StackedBarRenderer b = new StackedBarRenderer() {
					@Override public void drawItem(Graphics2D g, CategoryItemRendererState s, Rectangle2D a, CategoryPlot p, CategoryAxis x, ValueAxis y, CategoryDataset d, int row, int column, int pass) {
						in("bar " + row + " " + column, "series" + row, () -> super.drawItem(g, s, a, p, x, y, d, row, column, pass));
					}
				};
				b.setBarPainter(chance(.4) ? new GradientBarPainter() : new StandardBarPainter());
				b.setShadowVisible(false); b.setRenderAsPercentages(chance(.2));
				renderer = b;
			} else if (kind == 2) {
				renderer = new LineAndShapeRenderer(true, chance(.7)) {
					@Override public void drawItem(Graphics2D g, CategoryItemRendererState s, Rectangle2D a, CategoryPlot p, CategoryAxis x, ValueAxis y, CategoryDataset d, int row, int column, int pass) {
						in("line " + row, "series" + row, () -> super.drawItem(g, s, a, p, x, y, d, row, column, pass));
					}
				};
			} else {
				DefaultBoxAndWhiskerCategoryDataset d = new DefaultBoxAndWhiskerCategoryDataset();
				List<String> names = distinct(n), series = distinct(Math.min(count, 2));
				for (String row : series) for (String column : names) {
					List<Double> v = new ArrayList<>();
					double m = u(3, 7), sd = u(.5, 1.5);
					for (int k = 0; k < 30; k++) v.add(m + r.nextGaussian() * sd);
					d.add(v, row, column);
				}
				data = d;
				BoxAndWhiskerRenderer b = new BoxAndWhiskerRenderer() {
					@Override public void drawItem(Graphics2D g, CategoryItemRendererState s, Rectangle2D a, CategoryPlot p, CategoryAxis x, ValueAxis y, CategoryDataset q, int row, int column, int pass) {
						in("box " + row + " " + column, "series" + row, () -> super.drawItem(g, s, a, p, x, y, q, row, column, pass));
					}
				};
				b.setMeanVisible(chance(.4)); b.setFillBox(chance(.7));
				renderer = b;
				o = PlotOrientation.VERTICAL;
			}
			NumberAxis y = new NumberAxis(yName);
			CategoryAxis x = new CategoryAxis(xName);
			if (chance(.2)) x.setCategoryLabelPositions(CategoryLabelPositions.UP_45);
			CategoryPlot p = new CategoryPlot(data, x, y, renderer);
			p.setOrientation(o);
			if (chance(.15) && kind < 2) {
				renderer.setDefaultItemLabelsVisible(true);
				renderer.setDefaultItemLabelGenerator(new StandardCategoryItemLabelGenerator("{2}", new java.text.DecimalFormat("0.0")));
			}
			for (int k = 0; k < count; k++) renderer.setSeriesPaint(k, chance(.15) && kind < 2 ? new GradientPaint(0, 0, colour(k), 0, 400, colour(k).darker().darker()) : colour(k));
			y.setTickUnit(new NumberTickUnit(chance(.5) ? 2 : 2.5));
			p.setRangeGridlinesVisible(chance(.6)); p.setDomainGridlinesVisible(chance(.1));
			if (chance(.2)) p.addRangeMarker(new ValueMarker(u(3, 8), colour(4), new BasicStroke((float) u(.7, 2), 0, 0, 1, chance(.5) ? new float[]{5, 4} : null, 0)));
			c = new JFreeChart(title, font, p, legend);
		} else if (kind <= 9) {
			XYItemRenderer renderer;
			XYDataset data;
			if (kind == 4 || kind == 5) {
				data = curves(count, kind == 4 ? 60 : 9, false);
				boolean shapes = kind == 5 && chance(.8), spline = kind == 5 && chance(.3);
				XYLineAndShapeRenderer l = spline ? new XYSplineRenderer() {
					@Override public void drawItem(Graphics2D g, XYItemRendererState s, Rectangle2D a, PlotRenderingInfo i, XYPlot p, ValueAxis x, ValueAxis y, XYDataset d, int series, int item, CrosshairState ch, int pass) {
						in("line " + series, "series" + series, () -> super.drawItem(g, s, a, i, p, x, y, d, series, item, ch, pass));
					}
				} : new XYLineAndShapeRenderer(true, shapes) {
					@Override public void drawItem(Graphics2D g, XYItemRendererState s, Rectangle2D a, PlotRenderingInfo i, XYPlot p, ValueAxis x, ValueAxis y, XYDataset d, int series, int item, CrosshairState ch, int pass) {
						in("line " + series, "series" + series, () -> super.drawItem(g, s, a, i, p, x, y, d, series, item, ch, pass));
					}
				};
				l.setDrawSeriesLineAsPath(true);
				renderer = l;
			} else if (kind == 6) {
				data = curves(count, 20 + r.nextInt(80), true);
				renderer = new XYLineAndShapeRenderer(false, true) {
					@Override public void drawItem(Graphics2D g, XYItemRendererState s, Rectangle2D a, PlotRenderingInfo i, XYPlot p, ValueAxis x, ValueAxis y, XYDataset d, int series, int item, CrosshairState ch, int pass) {
						in("points " + series, "series" + series, () -> super.drawItem(g, s, a, i, p, x, y, d, series, item, ch, pass));
					}
				};
			} else if (kind == 7) {
				data = curves(count, 40, false);
				renderer = new XYAreaRenderer() {
					@Override public void drawItem(Graphics2D g, XYItemRendererState s, Rectangle2D a, PlotRenderingInfo i, XYPlot p, ValueAxis x, ValueAxis y, XYDataset d, int series, int item, CrosshairState ch, int pass) {
						in("area " + series, "series" + series, () -> super.drawItem(g, s, a, i, p, x, y, d, series, item, ch, pass));
					}
				};
			} else if (kind == 8) {
				HistogramDataset hd = new HistogramDataset();
				count = Math.min(count, 2);
				List<String> names = distinct(count);
				for (int k = 0; k < count; k++) {
					double m = u(3, 7), sd = u(.6, 1.6);
					hd.addSeries(names.get(k), r.doubles(300).map(v -> m + sd * r.nextGaussian()).toArray(), 10 + r.nextInt(20), 0, 10);
				}
				data = hd;
				XYBarRenderer b = new XYBarRenderer() {
					@Override public void drawItem(Graphics2D g, XYItemRendererState s, Rectangle2D a, PlotRenderingInfo i, XYPlot p, ValueAxis x, ValueAxis y, XYDataset d, int series, int item, CrosshairState ch, int pass) {
						in("histogram " + series, "series" + series, () -> super.drawItem(g, s, a, i, p, x, y, d, series, item, ch, pass));
					}
				};
				b.setBarPainter(new StandardXYBarPainter()); b.setShadowVisible(false); b.setDrawBarOutline(chance(.4));
				renderer = b;
			} else {
				data = curves(count, 12, false);
				renderer = new XYStepRenderer() {
					@Override public void drawItem(Graphics2D g, XYItemRendererState s, Rectangle2D a, PlotRenderingInfo i, XYPlot p, ValueAxis x, ValueAxis y, XYDataset d, int series, int item, CrosshairState ch, int pass) {
						in("line " + series, "series" + series, () -> super.drawItem(g, s, a, i, p, x, y, d, series, item, ch, pass));
					}
				};
			}
			NumberAxis x = new NumberAxis(xName), y = new NumberAxis(yName);
			x.setAutoRangeIncludesZero(false);
			XYPlot p = new XYPlot(data, x, y, renderer);
			p.setOrientation(kind == 8 ? PlotOrientation.VERTICAL : o);
			float wide = (float) u(.8, 3);
			for (int k = 0; k < count; k++) {
				Color q = colour(k);
				renderer.setSeriesPaint(k, kind == 7 || kind == 8 ? new Color(q.getRed(), q.getGreen(), q.getBlue(), count > 1 ? 150 : 255) : q);
				renderer.setSeriesStroke(k, new BasicStroke(wide, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, chance(.2) ? new float[]{6, 4} : null, 0));
			}
			p.setDomainGridlinesVisible(chance(.5)); p.setRangeGridlinesVisible(chance(.6));
			double range = y.getRange().getLength(), domain = x.getRange().getLength();
			y.setTickUnit(new NumberTickUnit(nice(range / 5))); x.setTickUnit(new NumberTickUnit(nice(domain / 5)));
			if (chance(.25) && kind != 8) {
				XYPointerAnnotation note = new XYPointerAnnotation(word(), x.getRange().getCentralValue(), y.getRange().getCentralValue(), u(0, 6.28));
				note.setFont(font.deriveFont((float) u(10, 14))); note.setPaint(dark ? Color.WHITE : Color.BLACK); note.setArrowPaint(note.getPaint()); note.setTipRadius(4); note.setBaseRadius(u(20, 50));
				p.addAnnotation(note);
			}
			if (chance(.2)) p.addRangeMarker(new ValueMarker(y.getRange().getCentralValue() + u(-.3, .3) * range, colour(4), new BasicStroke((float) u(.7, 2), 0, 0, 1, new float[]{5, 4}, 0)));
			if (chance(.15)) {
				double a = x.getLowerBound() + u(.1, .6) * domain;
				IntervalMarker m = new IntervalMarker(a, a + u(.08, .25) * domain, colour(3));
				m.setAlpha(.4f);
				p.addDomainMarker(m, Layer.BACKGROUND);
			}
			c = new JFreeChart(title, font, p, legend);
		} else if (kind <= 11) {
			DefaultPieDataset<String> d = new DefaultPieDataset<>();
			List<String> names = distinct(2 + n / 2 + 1);
			for (String name : names) d.setValue(name, u(1, 6));
			PiePlot<String> p = kind == 10 ? new PiePlot<>(d) {
				@Override protected void drawItem(Graphics2D g, int section, Rectangle2D a, PiePlotState s, int pass) { in("slice " + section, "series", () -> super.drawItem(g, section, a, s, pass)); }
			} : new RingPlot(d) {
				@Override protected void drawItem(Graphics2D g, int section, Rectangle2D a, PiePlotState s, int pass) { in("slice " + section, "series", () -> super.drawItem(g, section, a, s, pass)); }
			};
			int k = 0;
			for (String name : names) p.setSectionPaint(name, colour(k++));
			p.setShadowPaint(null); p.setSectionOutlinesVisible(chance(.6)); p.setSimpleLabels(chance(.3));
			if (chance(.3)) p.setLabelGenerator(null);
			if (chance(.2)) p.setExplodePercent(names.get(0), .15);
			p.setLabelFont(font.deriveFont((float) u(9, 13))); p.setOutlineVisible(false);
			if (chance(.6)) { p.setLabelBackgroundPaint(null); p.setLabelOutlinePaint(null); p.setLabelShadowPaint(null); }
			if (dark) p.setLabelPaint(p.getLabelBackgroundPaint() == null ? Color.WHITE : Color.BLACK);
			c = new JFreeChart(title, font, p, legend);
		} else {
			SpiderWebPlot p = new SpiderWebPlot(categories(Math.min(count, 3), Math.max(n, 4))) {
				@Override protected void drawRadarPoly(Graphics2D g, Rectangle2D a, Point2D m, PlotRenderingInfo i, int series, int cats, double hh, double hw) {
					in("web " + series, "series" + series, () -> super.drawRadarPoly(g, a, m, i, series, cats, hh, hw));
				}
			};
			for (int k = 0; k < 3; k++) p.setSeriesPaint(k, colour(k));
			p.setLabelFont(font.deriveFont((float) u(9, 13))); p.setWebFilled(chance(.6)); p.setOutlineVisible(false);
			if (dark) { p.setLabelPaint(Color.WHITE); p.setAxisLinePaint(Color.GRAY); }
			c = new JFreeChart(title, font, p, legend);
		}
		return c;
	}

	static double nice(double v) {
		double e = Math.pow(10, Math.floor(Math.log10(v)));
		return v / e < 1.5 ? e : v / e < 3.5 ? 2 * e : v / e < 7.5 ? 5 * e : 10 * e;
	}

	static void look(JFreeChart c) {
		Color background = dark ? new Color(28, 30, 36) : chance(.6) ? Color.WHITE : new Color(238, 238, 238), foreground = dark ? new Color(235, 235, 235) : new Color(20, 20, 20);
		c.setBackgroundPaint(background);
		Plot p = c.getPlot();
		p.setBackgroundPaint(chance(.45) ? null : chance(.5) ? new Color(192, 192, 192) : dark ? new Color(50, 52, 60) : new Color(245, 245, 250));
		float size = (float) u(9, 15);
		if (c.getTitle() != null) { c.getTitle().setFont(font.deriveFont(size * (float) u(1.1, 1.6))); c.getTitle().setPaint(foreground); }
		if (c.getLegend() != null) {
			LegendTitle l = c.getLegend();
			l.setItemFont(font.deriveFont(size)); l.setItemPaint(foreground); l.setBackgroundPaint(null);
			if (chance(.5)) l.setFrame(BlockBorder.NONE);
			l.setPosition(chance(.55) ? RectangleEdge.BOTTOM : chance(.7) ? RectangleEdge.RIGHT : RectangleEdge.TOP);
		}
		List<Axis> axes = new ArrayList<>();
		Color grid = p.getBackgroundPaint() == null || p.getBackgroundPaint().equals(background) ? (dark ? Color.DARK_GRAY : Color.LIGHT_GRAY) : Color.WHITE;
		if (p instanceof CategoryPlot) { CategoryPlot q = (CategoryPlot) p; axes.add(q.getDomainAxis()); axes.add(q.getRangeAxis()); q.setRangeGridlinePaint(grid); q.setDomainGridlinePaint(grid); q.setOutlineVisible(chance(.6)); }
		if (p instanceof XYPlot) { XYPlot q = (XYPlot) p; axes.add(q.getDomainAxis()); axes.add(q.getRangeAxis()); q.setRangeGridlinePaint(grid); q.setDomainGridlinePaint(grid); q.setOutlineVisible(chance(.6)); }
		for (Axis a : axes) {
			a.setLabelFont(font.deriveFont(size * 1.1f)); a.setTickLabelFont(font.deriveFont(size)); a.setLabelPaint(foreground); a.setTickLabelPaint(foreground); a.setAxisLinePaint(foreground); a.setTickMarkPaint(foreground);
		}
		c.setAntiAlias(chance(.92)); c.setTextAntiAlias(true);
	}

	public static void main(String[] args) throws Exception {
		System.setProperty("java.awt.headless", "true");
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		DataOutputStream to = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 16));
		Map<String, Font> fonts = new HashMap<>();
		for (String line; (line = in.readLine()) != null;) {
			String[] f = line.split("\t", -1);
			int w = Integer.parseInt(f[1]), h = Integer.parseInt(f[2]);
			r = new Random(Long.parseLong(f[0]));
			dark = f[3].equals("1");
			font = fonts.computeIfAbsent(f[4], name -> {
				try { return Font.createFont(Font.TRUETYPE_FONT, new File(name)); } catch (Exception e) { throw new IllegalStateException(e); }
			}).deriveFont(12f);
			colours = Arrays.stream(f[5].split(",")).map(v -> new Color(Integer.parseInt(v, 16))).toArray(Color[]::new);
			words = f[6].split("\\|");
			JFreeChart c = chart();
			look(c);
			out = new Elements(w, h);
			double unit = Math.min(w, h) / 340.0;   // charts are laid out as if the shorter side had 340 pixels
			out.s.setClip(0, 0, w, h);
			out.s.scale(unit, unit);
			out.s.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
			out.s.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
			ChartRenderingInfo info = new ChartRenderingInfo(null);
			c.draw(out, new Rectangle2D.Double(0, 0, w / unit, h / unit), info);
			Rectangle2D area = info.getPlotInfo().getDataArea();
			double low = area == null ? h : area.getMaxY() * unit;
			List<Elements.Part> parts = new ArrayList<>(out.parts.values());
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			int n = 0;
			for (Elements.Part p : parts) {
				int[] px = ((DataBufferInt) p.image.getRaster().getDataBuffer()).getData();
				int x0 = w, y0 = h, x1 = -1, y1 = -1;
				for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) if ((px[y * w + x] >>> 24) != 0) { x0 = Math.min(x0, x); x1 = Math.max(x1, x); y0 = Math.min(y0, y); y1 = y; }
				if (x1 < 0) continue;
				int cw = x1 - x0 + 1, ch = y1 - y0 + 1;
				String groups = p.groups.equals("axis") ? (p.cy > low ? "axis below" : "axis beside") : p.groups;
				body.write((String.join("\t", p.key, p.role, p.what, groups, p.text.replace("\t", " "), "" + x0, "" + y0, "" + cw, "" + ch) + "\n").getBytes(StandardCharsets.UTF_8));
				ByteBuffer b = ByteBuffer.allocate(cw * ch * 4);
				for (int y = y0; y <= y1; y++) for (int x = x0; x <= x1; x++) { int v = px[y * w + x]; b.put((byte) (v >> 16)).put((byte) (v >> 8)).put((byte) v).put((byte) (v >>> 24)); }
				body.write(b.array());
				n++;
			}
			to.write((n + "\n").getBytes(StandardCharsets.UTF_8));
			body.writeTo(to);
			to.flush();
		}
	}
}
