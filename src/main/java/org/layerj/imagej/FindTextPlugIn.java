package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import java.awt.Color;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecompositionException;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.Show;
import org.layerj.imagej.stack.ImagePictures;
import org.layerj.layers.RgbaImage;
import org.layerj.text.FoundText;
import org.layerj.text.Quad;
import org.layerj.text.TextBlock;
import org.layerj.text.TextFinder;
import org.layerj.text.TextLine;
import org.layerj.text.TextWord;

/**
 * <em>Plugins › Decompose Layers › Find Text</em>: reads what is written in the current image. One row of the Results
 * table for each word (or line), in reading order, and one outline in the overlay, named by the text; nothing is
 * decomposed and no pixel changes.
 * <p>
 * Columns: Text, Confidence (0 to 1), Script, X and Y of the middle, Width along and Height across the reading
 * direction, in pixels, Angle in degrees as ImageJ counts them (90 reads upwards), Line and Block, numbered from 1.
 * Outlines of an earlier run go, everything else in the overlay stays.
 */
public final class FindTextPlugIn extends LayerPlugIn {

	/** Property of an outline: how sure the reading is, 0 to 1. Marks the outlines of this command. */
	static final String CONFIDENCE = "text.confidence";
	private static final String EACH = "each";
	private static final String WORD = "word";

	public FindTextPlugIn() {
		super("Find Text", Option.choice(EACH, WORD, "line"));
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final ImagePlus shown = image.orElseThrow(() -> new DecompositionException(ImagePictures.NO_IMAGE));
		final RgbaImage picture = ImagePictures.of(shown);
		final FoundText found = ImageJProgress.finding(progress -> {
			try (TextFinder finder = new TextFinder()) {
				return finder.find(picture, progress);
			}
		});
		show(shown, found, values.get(EACH).equals(WORD));
		return Optional.of(shown);
	}

	private static void show(final ImagePlus image, final FoundText found, final boolean words) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(true);
		final Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
		for (int k = overlay.size() - 1; k >= 0; k--)
			if (overlay.get(k).getProperty(CONFIDENCE) != null) overlay.remove(k);
		int line = 0;
		int block = 0;
		for (final TextBlock b : found.blocks()) {
			block++;
			for (final TextLine l : b.lines()) {
				line++;
				if (!words) add(table, overlay, l.text(), l.confidence(), l.script().name(), l.quad(), line, block);
				else for (final TextWord w : l.words())
					add(table, overlay, w.text(), w.confidence(), w.script().name(), w.quad(), line, block);
			}
		}
		image.setOverlay(overlay.size() == 0 ? null : overlay);
		// Without a screen, and in batch mode, macros read it by getResultString.
		Analyzer.setResultsTable(table);
		if (Show.windows()) table.show("Results");
		IJ.showStatus("Find Text: " + table.size() + (words ? " words" : " lines"));
	}

	private static void add(final ResultsTable table, final Overlay overlay, final String text, final double confidence,
		final String script, final Quad q, final int line, final int block)
	{
		table.addRow();
		table.addValue("Text", text);
		table.addValue("Confidence", confidence);
		table.addValue("Script", script.toLowerCase(Locale.ROOT));
		table.addValue("X", q.x());
		table.addValue("Y", q.y());
		table.addValue("Width", q.width());
		table.addValue("Height", q.height());
		// ImageJ's angles go the other way round than those of a y axis that points down.
		table.addValue("Angle", q.angle() == 0 ? 0 : -Math.toDegrees(q.angle()));
		table.addValue("Line", line);
		table.addValue("Block", block);
		final float[] xs = new float[4];
		final float[] ys = new float[4];
		for (int k = 0; k < 4; k++) {
			xs[k] = (float) q.corners()[k][0];
			ys[k] = (float) q.corners()[k][1];
		}
		final PolygonRoi outline = new PolygonRoi(xs, ys, Roi.POLYGON);
		outline.setName(text);
		outline.setProperty(CONFIDENCE, String.format(Locale.ROOT, "%.3f", confidence));
		outline.setStrokeColor(Color.getHSBColor((float) (confidence * confidence / 3), 1, 0.9f));
		overlay.add(outline);
	}
}
