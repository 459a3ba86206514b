import java.awt.*;
import java.awt.geom.*;
import java.awt.image.*;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.List;
import javax.imageio.ImageIO;

import org.jfree.chart.*;
import org.jfree.chart.axis.*;
import org.jfree.chart.plot.*;
import org.jfree.chart.renderer.category.*;
import org.jfree.chart.renderer.xy.*;
import org.jfree.data.category.*;
import org.jfree.data.xy.*;

/**
 * Charts by JFreeChart with given sizes of text, for make_check_set.py. Reads requests of one line, fields with tabs
 * between: kind (bars, lines, scatter), file to write, width and height in points, dpi, font family, sizes of ticks,
 * axis names and legend in points, colours as hex with commas between, names of series with | between, names of groups
 * or values of x with | between, values with commas between and | between series, name of x, name of y, colour of the
 * plate. Answers each with a line.
 */
public class CheckCharts {
	public static void main(String[] args) throws IOException {
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line; (line = in.readLine()) != null; ) {
			draw(line.split("\t", -1));
			System.out.println("done");
		}
	}

	static void draw(String[] f) throws IOException {
		String kind = f[0], family = f[5];
		double w = Double.parseDouble(f[2]), h = Double.parseDouble(f[3]), dpi = Double.parseDouble(f[4]);
		Font ticks = font(family, f[6]), axes = font(family, f[7]), legend = font(family, f[8]);
		String[] colours = f[9].split(","), series = f[10].split("\\|");
		String[] groups = f[11].split("\\|"), values = f[12].split("\\|");
		PlotOrientation up = PlotOrientation.VERTICAL;
		boolean many = series.length > 1;
		JFreeChart chart;
		if (kind.equals("bars")) {
			DefaultCategoryDataset data = new DefaultCategoryDataset();
			for (int s = 0; s < series.length; s++) for (int g = 0; g < groups.length; g++)
				data.addValue(Double.parseDouble(values[s].split(",")[g]), series[s], groups[g]);
			chart = ChartFactory.createBarChart(null, f[13], f[14], data, up, many, false, false);
			CategoryPlot plot = chart.getCategoryPlot();
			BarRenderer bars = (BarRenderer) plot.getRenderer();
			bars.setBarPainter(new StandardBarPainter());
			bars.setShadowVisible(false);
			for (int s = 0; s < series.length; s++) bars.setSeriesPaint(s, Color.decode(colours[s]));
			plot.getDomainAxis().setTickLabelFont(ticks);
			plot.getDomainAxis().setLabelFont(axes);
			plot.getRangeAxis().setTickLabelFont(ticks);
			plot.getRangeAxis().setLabelFont(axes);
		}
		else {
			XYSeriesCollection data = new XYSeriesCollection();
			for (int s = 0; s < series.length; s++) {
				XYSeries xy = new XYSeries(series[s]);
				String[] y = values[s].split(",");
				for (int k = 0; k < y.length; k++) xy.add(Double.parseDouble(groups[k]), Double.parseDouble(y[k]));
				data.addSeries(xy);
			}
			chart = kind.equals("lines")
				? ChartFactory.createXYLineChart(null, f[13], f[14], data, up, many, false, false)
				: ChartFactory.createScatterPlot(null, f[13], f[14], data, up, many, false, false);
			XYPlot plot = chart.getXYPlot();
			for (int s = 0; s < series.length; s++) {
				plot.getRenderer().setSeriesPaint(s, Color.decode(colours[s]));
				plot.getRenderer().setSeriesStroke(s, new BasicStroke(1.5f));
				plot.getRenderer().setSeriesShape(s, new Ellipse2D.Double(-2.2, -2.2, 4.4, 4.4));
			}
			plot.getDomainAxis().setTickLabelFont(ticks);
			plot.getDomainAxis().setLabelFont(axes);
			plot.getRangeAxis().setTickLabelFont(ticks);
			plot.getRangeAxis().setLabelFont(axes);
			((NumberAxis) plot.getDomainAxis()).setAutoRangeIncludesZero(false);
		}
		chart.setBackgroundPaint(Color.WHITE);
		chart.getPlot().setBackgroundPaint(Color.decode(f[15]));
		if (chart.getLegend() != null) chart.getLegend().setItemFont(legend);
		double scale = dpi / 72;
		int columns = (int) Math.round(w * scale), rows = (int) Math.round(h * scale);
		BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
		Graphics2D g = image.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
		g.scale(scale, scale);
		chart.draw(g, new Rectangle2D.Double(0, 0, w, h));
		g.dispose();
		ImageIO.write(image, "png", new File(f[1]));
	}

	static Font font(String family, String size) {
		return new Font(family, Font.PLAIN, 1).deriveFont(Float.parseFloat(size));
	}
}
