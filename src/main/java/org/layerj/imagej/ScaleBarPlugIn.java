package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.GenericDialog;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.Show;
import org.layerj.imagej.stack.ImagePictures;
import org.layerj.layers.RgbaImage;
import org.layerj.text.LengthUnit;
import org.layerj.text.ScaleBar;
import org.layerj.text.ScaleBars;
import org.layerj.text.TextFinder;

/**
 * <em>Plugins › Decompose Layers › Set Scale from Scale Bar</em>: calibrates the current image by the scale bar that
 * can be seen in it. No pixel changes.
 * <p>
 * One row of the Results table for each bar, in reading order: Text as it was read, Confidence (0 to 1), Number, Unit,
 * Pixels (length of the bar), Scale (units per pixel), X and Y of the bar's middle, Angle (0 level, 90 upright) and Set
 * (1 for the bar that the calibration is from). Without a scale bar the table is empty and the calibration stays.
 * Several bars of different scales: {@code bar} says which row, from 1; a person is asked.
 */
public final class ScaleBarPlugIn extends LayerPlugIn {

	private static final String BAR = "bar";
	/** Scales that differ by no more are the same. */
	private static final double SAME = 0.03;
	/** Readings less sure than this are to be checked by eye. */
	private static final double SURE = 0.8;

	private Optional<List<ScaleBar>> seen = Optional.empty();

	public ScaleBarPlugIn() {
		super("Set Scale from Scale Bar", Option.text(BAR, ""));
	}

	/** Asks only if there are several bars. */
	@Override
	Optional<Map<String, String>> ask(final Optional<ImagePlus> image, final String arg) {
		final List<ScaleBar> bars = find(image);
		seen = Optional.of(bars);
		if (bars.size() < 2) return Optional.of(Map.of());
		final String[] names = IntStream.range(0, bars.size())
			.mapToObj(k -> k + 1 + ": " + bars.get(k).text() + ", " + scale(bars.get(k)))
			.toArray(String[]::new);
		final GenericDialog dialog = new GenericDialog(title());
		dialog.addChoice("Bar", names, names[0]);
		dialog.showDialog();
		if (dialog.wasCanceled()) return Optional.empty();
		return Optional.of(Map.of(BAR, "" + (dialog.getNextChoiceIndex() + 1)));
	}

	private static List<ScaleBar> find(final Optional<ImagePlus> image) {
		final RgbaImage picture =
			ImagePictures.of(image.orElseThrow(() -> new DecompositionException(ImagePictures.NO_IMAGE)));
		return ImageJProgress.finding(progress -> {
			try (TextFinder finder = new TextFinder()) {
				return ScaleBars.of(picture, finder.find(picture, progress));
			}
		});
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final List<ScaleBar> bars = seen.isPresent() ? seen.get() : find(image);
		final ImagePlus shown = image.orElseThrow();
		final Optional<ScaleBar> bar = bars.isEmpty() ? Optional.empty() : Optional.of(chosen(bars, values.get(BAR)));
		show(bars, bar);
		if (bar.isPresent()) set(shown, bar.get());
		else {
			final String message = "No scale bar was found in " + shown.getTitle()
				+ ": there is no straight line beside a length such as 25 µm. The calibration stays as it is; "
				+ "Analyze › Set Scale sets one by hand.";
			if (seen.isPresent()) IJ.showMessage(Show.TITLE, message);
			else IJ.log(message);
		}
		return image;
	}

	/** The row of this number; without a number the first, if all say the same. */
	private static ScaleBar chosen(final List<ScaleBar> bars, final String number) {
		if (number.isBlank()) {
			final double first = metres(bars.get(0));
			if (bars.stream().allMatch(b -> Math.abs(metres(b) / first - 1) <= SAME)) return bars.get(0);
			throw new InvalidOptionException(BAR,
				"There are " + bars.size() + " scale bars of different scales ("
					+ String.join("; ", bars.stream().map(b -> b.text() + ", " + scale(b)).toList())
					+ "); say which by bar=1 to bar=" + bars.size() + ".");
		}
		final String text = number.strip();
		if (!text.matches("[1-9]\\d{0,3}") || Integer.parseInt(text) > bars.size()) throw new InvalidOptionException(
			BAR,
			"The option bar must be a number from 1 to " + bars.size() + ", the scale bars found, not " + number + ".");
		return bars.get(Integer.parseInt(text) - 1);
	}

	private static double metres(final ScaleBar bar) {
		return bar.perPixel() * bar.unit().metres();
	}

	private static String scale(final ScaleBar bar) {
		return String.format(Locale.ROOT, "%.2f pixels, %.5g %s per pixel", bar.pixels(), bar.perPixel(),
			bar.unit().symbol());
	}

	private static void show(final List<ScaleBar> bars, final Optional<ScaleBar> set) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(true);
		for (final ScaleBar b : bars) {
			table.addRow();
			table.addValue("Text", b.text());
			table.addValue("Confidence", b.confidence());
			table.addValue("Number", b.number());
			table.addValue("Unit", b.unit().symbol());
			table.addValue("Pixels", b.pixels());
			table.addValue("Scale", b.perPixel());
			table.addValue("X", b.bar().x());
			table.addValue("Y", b.bar().y());
			table.addValue("Angle", b.isLevel() ? 0 : 90);
			table.addValue("Set", set.filter(s -> s == b).isPresent() ? 1 : 0);
		}
		// Scales of nanometres per pixel in metres would be 0.000 otherwise.
		if (!bars.isEmpty()) table.setDecimalPlaces(table.getColumnIndex("Scale"), -6);
		// Without a screen, and in batch mode, macros read it by getResult.
		Analyzer.setResultsTable(table);
		if (Show.windows()) table.show("Results");
	}

	private static void set(final ImagePlus image, final ScaleBar bar) {
		final Calibration was = image.getCalibration();
		final Calibration now = was.copy();
		// ImageJ spells it micron.
		final Optional<LengthUnit> unit = was.scaled() ? LengthUnit.of(was.getUnit()) : Optional.empty();
		final double before = bar.isLevel() ? was.pixelWidth : was.pixelHeight;
		// Pixels that are not square keep their shape, and slices their distance.
		final double ratio = bar.perPixel() / before;
		now.pixelWidth = was.pixelWidth * ratio;
		now.pixelHeight = was.pixelHeight * ratio;
		now.pixelDepth = unit.isPresent() && image.getNSlices() > 1
			? was.pixelDepth * unit.get().metres() / bar.unit().metres() : was.pixelDepth * ratio;
		now.setUnit(bar.unit().symbol());
		image.setCalibration(now);
		image.repaintWindow();
		IJ.log("Scale bar \"" + bar.text() + "\" in " + image.getTitle() + ": " + scale(bar) + ".");
		if (bar.confidence() < SURE) IJ.log(String.format(Locale.ROOT,
			"Warning: the reading is not sure (confidence %.2f); compare it with the picture.", bar.confidence()));
		difference(before, was.getUnit(), metres(bar)).ifPresent(IJ::log);
		IJ.showStatus("Set Scale from Scale Bar: " + scale(bar));
	}

	/** A warning, if the scale that an image had, in a unit of length, is another one. */
	static Optional<String> difference(final double before, final String unit, final double metres) {
		final double off = LengthUnit.of(unit).map(u -> metres / (before * u.metres()) - 1).orElse(0.0);
		if (Math.abs(off) <= SAME) return Optional.empty();
		return Optional.of(String.format(Locale.ROOT,
			"Warning: the image's own calibration was %.5g %s per pixel; the scale bar's is %.1f %% %s.", before, unit,
			100 * Math.abs(off), off > 0 ? "larger" : "smaller"));
	}
}
