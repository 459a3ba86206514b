package org.layerj.imagej.pick;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.layerj.elements.Element;
import org.layerj.elements.ElementKind;
import org.layerj.elements.ElementText;
import org.layerj.imagej.LayerStackPlugIn;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.open.Show;
import org.layerj.layers.Layer;

/**
 * <em>Plugins › Decompose Layers › Elements to Results</em>: one row of the Results table for each element of the
 * current layers; {@code kind} says which, by default all but letters. Columns: Element and Part of (ids), Kind, Role,
 * Layer, Text, Confidence, X, Y, Width, Height and Area in the image's own units, Colour.
 */
public final class ElementTablePlugIn extends LayerStackPlugIn {

	public ElementTablePlugIn() {
		super("Elements to Results", Option.choice("kind", "all but letters", "letter", "word", "line", "block",
			"piece", "part", "series", "group"));
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final OpenLayers open = OpenLayers.require(image);
		final Map<String, String> names =
			open.layers().layers().stream().collect(Collectors.toMap(Layer::id, Layer::name));
		final Calibration c = open.hyperstack().getCalibration();
		final Optional<ElementKind> kind = ElementKind.of(values.get("kind"));
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(true);
		for (final Element e : Picked.current(open).list()) {
			if (kind.map(k -> k != e.kind()).orElse(e.kind() == ElementKind.LETTER)) continue;
			table.addRow();
			table.addValue("Element", e.id());
			table.addValue("Part of", e.parent() == 0 ? "" : String.valueOf(e.parent()));
			table.addValue("Kind", e.kind().key());
			table.addValue("Role", e.role().key());
			table.addValue("Layer", e.layer().map(l -> names.getOrDefault(l, l)).orElse(""));
			table.addValue("Text", e.text().map(ElementText::string).orElse("").replace('\n', ' '));
			table.addValue("Confidence",
				e.text().map(t -> String.format(Locale.ROOT, "%.3f", t.confidence())).orElse(""));
			table.addValue("X", c.getX(e.bounds().x()));
			table.addValue("Y", c.getY(e.bounds().y()));
			table.addValue("Width", e.bounds().width() * c.pixelWidth);
			table.addValue("Height", e.bounds().height() * c.pixelHeight);
			table.addValue("Area", e.area() * c.pixelWidth * c.pixelHeight);
			table.addValue("Colour", String.format(Locale.ROOT, "#%06x", e.rgb()));
		}
		// Without a screen, and in batch mode, macros read it by getResultString.
		Analyzer.setResultsTable(table);
		if (Show.windows()) table.show("Results");
		IJ.showStatus(table.size() + " elements");
		return Optional.empty();
	}
}
