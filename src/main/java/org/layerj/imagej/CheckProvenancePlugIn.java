package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.measure.ResultsTable;
import ij.process.ColorProcessor;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecompositionException;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.ImagePictures;
import org.layerj.imagej.stack.StackProvenance;
import org.layerj.io.PictureReader;
import org.layerj.io.formats.LayerDocument;
import org.layerj.layers.Compositor;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.VisibleProvenance;
import org.layerj.provenance.Declaration;
import org.layerj.provenance.Kind;
import org.layerj.provenance.PictureOrigin;
import org.layerj.provenance.Terms;

/**
 * <em>Plugins › Decompose Layers › Check Provenance...</em>: where the pixels come from that an image, or a file of
 * ours, shows. The Results table has a row for every layer and one for all of them: how much of what is visible is
 * observed, computed, generated, edited by hand or unknown, in per cent, and what share of all that is visible the
 * layer is. With {@code overlay=yes} the composite is shown with stripes on all that is synthetic. What the picture
 * says of itself, the IPTC's terms and the sentences for legend and methods go to the log.
 */
public final class CheckProvenancePlugIn extends LayerPlugIn {

	public CheckProvenancePlugIn() {
		super("Check Provenance...", Option.text(ExportPlugIn.FILE, ""), Option.choice(OVERLAY, "no", "yes"));
	}

	/** Option: whether to show the composite with an overlay on all that is synthetic. */
	private static final String OVERLAY = "overlay";
	/** Of a colour that neither micrographs nor drawings have much of. */
	private static final int STRIPE = 0xffff00c8;
	/** Between the stripes, so that no pixel is without. */
	private static final int SHADE = 0x60ff00c8;
	private static final int PERIOD = 8;
	private static final int THICKNESS = 2;

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		if (values.get(ExportPlugIn.FILE).isBlank()) {
			final ImagePlus shown = image.orElseThrow(() -> new DecompositionException(ImagePictures.NO_IMAGE));
			ofImage(shown);
			return OpenLayers.of(shown).filter(o -> wanted(values)).map(o -> overlay(o.name(), o.layers()));
		}
		final Path file = ExportPlugIn.file(values.get(ExportPlugIn.FILE));
		final Optional<ImagePlus> opened = tiff(file);
		if (opened.isPresent()) ofImage(opened.get());
		else if (isPicture(file))
			said(file.getFileName().toString(), PictureReader.read(file).source().notes().origin());
		else {
			final LayerDocument document = ResultFolder.read(file);
			document.notes().forEach(note -> IJ.log(file.getFileName() + ": " + note));
			layers(file.getFileName().toString(), document.layers(), document.metadata().origin(), "unknown");
			if (wanted(values)) return Optional.of(overlay(file.getFileName().toString(), document.layers()));
		}
		return opened.filter(i -> wanted(values))
			.flatMap(OpenLayers::of)
			.map(o -> overlay(file.getFileName().toString(), o.layers()));
	}

	private static boolean wanted(final Map<String, String> values) {
		return values.get(OVERLAY).equals("yes");
	}

	/** The composite on white; an overlay, which can be hidden, covers what is visible and was not observed. */
	private static ImagePlus overlay(final String name, final LayerStack layers) {
		final int width = layers.width();
		final int height = layers.height();
		final Mask synthetic = VisibleProvenance.of(layers).mask();
		final int[] marks = new int[width * height];
		for (int i = 0; i < marks.length; i++)
			if (synthetic.get(i)) marks[i] = (i % width + i / width) % PERIOD < THICKNESS ? STRIPE : SHADE;
		final BufferedImage over = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
		over.setRGB(0, 0, width, height, marks, 0, width);
		final ImagePlus image = new ImagePlus(name + "-synthetic",
			new ColorProcessor(width, height, Compositor.flatten(layers, 0xffffffff).argb()));
		image.setOverlay(new Overlay(new ImageRoi(0, 0, over)));
		return image;
	}

	/** ImageJ's own files hold what they say in properties. */
	private static Optional<ImagePlus> tiff(final Path file) {
		if (!Files.isRegularFile(file) || !file.toString().toLowerCase(Locale.ROOT).matches(".*\\.tiff?"))
			return Optional.empty();
		return Optional.ofNullable(IJ.openImage(file.toString()))
			.filter(i -> Hyperstacks.isLayers(i) || Declared.read(i).isPresent());
	}

	private static boolean isPicture(final Path file) {
		return Files.isRegularFile(file)
			&& file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g|gif|bmp)");
	}

	private static void ofImage(final ImagePlus image) {
		final Optional<OpenLayers> open = OpenLayers.of(image);
		if (open.isPresent()) {
			final ImagePlus hyperstack = open.get().hyperstack();
			layers(image.getTitle(), open.get().layers(), StackProvenance.origin(hyperstack),
				Declared.model(hyperstack));
			return;
		}
		final Optional<Declaration> said = Declared.read(image);
		if (said.isEmpty()) {
			said(image.getTitle(), FileNotes.picture(image).origin());
			return;
		}
		final ResultsTable table = table();
		row(table, "All", weights(said.get()), 1);
		table.show("Results");
		log(image.getTitle(), said.get(), Declared.model(image));
	}

	/** The one table that macros find without a screen too; what was in it goes. */
	private static ResultsTable table() {
		final ResultsTable table = ResultsTable.getResultsTable();
		table.reset();
		return table;
	}

	private static double[] weights(final Declaration said) {
		return said.shares().stream().mapToDouble(s -> s).toArray();
	}

	private static void layers(final String name, final LayerStack layers, final PictureOrigin own,
		final String model)
	{
		final VisibleProvenance shown = VisibleProvenance.of(layers);
		final Declaration all = VisibleProvenance.declaration(layers, own);
		double visible = 0;
		for (final double[] w : shown.weights()) for (final double x : w) visible += x;
		final ResultsTable table = table();
		for (int k = layers.size() - 1; k >= 0; k--) row(table, layers.get(k).name(), shown.weights().get(k), visible);
		row(table, "All", weights(all), 1);
		table.show("Results");
		log(name, all, model);
	}

	private static void row(final ResultsTable table, final String name, final double[] weights, final double visible) {
		double all = 0;
		for (final double w : weights) all += w;
		table.incrementCounter();
		table.addValue("Layer", name);
		table.addValue("Visible", visible == 0 ? 0 : 100 * all / visible);
		for (final Kind kind : Kind.values())
			table.addValue(column(kind), all == 0 ? 0 : 100 * weights[kind.ordinal()] / all);
	}

	private static String column(final Kind kind) {
		return kind == Kind.BY_HAND ? "By hand"
			: kind.text().substring(0, 1).toUpperCase(Locale.ROOT) + kind.text().substring(1);
	}

	private static void log(final String name, final Declaration said, final String model) {
		IJ.log(name + ": " + said.table());
		final List<String> terms = said.terms();
		IJ.log("IPTC digital source type: "
			+ (terms.isEmpty() ? "none" : String.join(", ", terms.stream().map(Terms::name).toList())));
		IJ.log("For the legend: " + said.caption(model));
		IJ.log("For the methods section: " + said.methods(model));
	}

	/** What a picture says of itself that is none of ours. */
	private static void said(final String name, final PictureOrigin own) {
		IJ.log(name + ": there are no records of where its pixels come from.");
		IJ.log("IPTC digital source type: " + own.term().map(Terms::name).orElse("none"));
		if (!own.systems().isEmpty()) IJ.log("AI systems named: " + String.join("; ", own.systems()));
		if (!own.creators().isEmpty()) IJ.log("Creator: " + String.join("; ", own.creators()));
		own.rights().ifPresent(r -> IJ.log("Rights: " + r));
		own.credit().ifPresent(c -> IJ.log("Credit: " + c));
		own.manifest()
			.ifPresent(
				m -> IJ.log("It carries a signed " + m + " manifest, which is not valid for anything made of it."));
	}
}
