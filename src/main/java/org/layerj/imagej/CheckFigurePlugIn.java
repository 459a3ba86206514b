package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.open.Show;
import org.layerj.imagej.stack.ImagePictures;
import org.layerj.layers.Compositor;
import org.layerj.layers.RgbaImage;
import org.layerj.text.FigureCheck;
import org.layerj.text.FigureCheck.Finding;
import org.layerj.text.Quad;
import org.layerj.text.TextFinder;

/**
 * <em>Plugins › Decompose Layers › Check Figure...</em>: reports what journals reject, in the current image or layers
 * as they are printed {@code width} millimetres wide: text of fewer {@code points}, fewer {@code dpi}, colours that
 * colour-blind readers cannot tell apart, a micrograph without scale bar, panel letters missing or in disorder.
 * <p>
 * One row of the Results table for each finding: Check ({@link FigureCheck.Kind}), Finding, and X and Y of the middle
 * and Width and Height of its place, where it has one. No rows: nothing was found. No pixel changes.
 */
public final class CheckFigurePlugIn extends LayerPlugIn {

	private static final String WIDTH = "width", POINTS = "points", DPI = "dpi";

	/** For ImageJ. */
	public CheckFigurePlugIn() {
		super("Check Figure...", Option.text(WIDTH, "180"), Option.text(POINTS, "6"), Option.text(DPI, "300"));
	}

	@Override
	protected void check(final Optional<ImagePlus> image) {
		if (image.isEmpty()) throw new DecompositionException(ImagePictures.NO_IMAGE);
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final FigureCheck check = new FigureCheck(number(values, WIDTH), number(values, POINTS), number(values, DPI));
		final ImagePlus shown = image.orElseThrow();
		final RgbaImage picture = OpenLayers.of(shown)
			.map(open -> Compositor.flatten(open.layers(), 0xffffffff))
			.orElseGet(() -> ImagePictures.of(shown));
		final List<Finding> findings = ImageJProgress.finding(progress -> {
			try (TextFinder finder = new TextFinder()) {
				return check.of(picture, finder, progress);
			}
		});
		show(findings);
		IJ.showStatus("Check Figure: " + (findings.isEmpty() ? "nothing found"
			: findings.size() + (findings.size() == 1 ? " finding" : " findings")));
		return image;
	}

	private static double number(final Map<String, String> values, final String key) {
		try {
			final double number = Double.parseDouble(values.get(key).strip());
			if (number > 0 && number < 1e6) return number;
		}
		catch (final NumberFormatException e) {
			// The same as one that makes no sense.
		}
		throw new InvalidOptionException(key,
			"The option " + key + " must be a number above 0, not " + values.get(key) + ".");
	}

	private static void show(final List<Finding> findings) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(true);
		for (final Finding f : findings) {
			table.addRow();
			table.addValue("Check", f.kind().key());
			table.addValue("Finding", f.message());
			f.place().ifPresent(q -> place(table, q));
		}
		// Without a screen, and in batch mode, macros read it by getResultString.
		Analyzer.setResultsTable(table);
		if (Show.windows()) table.show("Results");
	}

	private static void place(final ResultsTable table, final Quad place) {
		table.addValue("X", place.x());
		table.addValue("Y", place.y());
		table.addValue("Width", place.width());
		table.addValue("Height", place.height());
	}
}
