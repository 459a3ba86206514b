package org.layerj.imagej.pick;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.plugin.Duplicator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecompositionException;
import org.layerj.elements.Element;
import org.layerj.elements.ElementKind;
import org.layerj.elements.Elements;
import org.layerj.elements.Role;
import org.layerj.imagej.LayerStackPlugIn;
import org.layerj.imagej.RecompositePlugIn;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.open.Show;
import org.layerj.layers.Bounds;
import org.layerj.layers.Region;

/**
 * <em>Plugins › Decompose Layers › Panels to Images</em>: each panel of the composite becomes an image of its own, in
 * the picture's bit depth and with its calibration, whose origin stays where it was. Panels are numbered as one reads,
 * by rows.
 */
public final class PanelsPlugIn extends LayerStackPlugIn {

	/** Two panels stand in one row if at least this share of the lower one's height is beside the other. */
	private static final double ROW = .5;

	/** A row or column belongs to a panel if it is filled to this share of the one that is filled most. */
	private static final double FILLED = .25;

	public PanelsPlugIn() {
		super("Panels to Images");
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final OpenLayers open = OpenLayers.require(image);
		final List<Bounds> panels = panels(Picked.of(open).elements());
		if (panels.isEmpty()) throw new DecompositionException(
			"No panel is known among the elements; select one as an area and duplicate the composite there instead.");
		final ImagePlus whole = new RecompositePlugIn().call(image, Map.of()).orElseThrow();
		Optional<ImagePlus> last = Optional.empty();
		for (int k = 0; k < panels.size(); k++) {
			final Bounds b = panels.get(k);
			whole.setRoi(new Roi(b.x(), b.y(), b.width(), b.height()));
			final ImagePlus panel = new Duplicator().run(whole);
			panel.setTitle(open.name() + "-panel-" + (k + 1));
			final Calibration c = whole.getCalibration().copy();
			c.xOrigin -= b.x();
			c.yOrigin -= b.y();
			panel.setCalibration(c);
			Show.current(panel);
			last = Optional.of(panel);
		}
		whole.changes = false;
		whole.close();
		return last;
	}

	/** The panels that lie in no other, as one reads. */
	static List<Bounds> panels(final Elements elements) {
		final List<Bounds> left = new ArrayList<>(elements.list()
			.stream()
			.filter(e -> e.role() == Role.PANEL && (e.kind() == ElementKind.GROUP || e.kind() == ElementKind.PART))
			.filter(e -> outermost(elements, e))
			.map(e -> body(elements, e))
			.sorted(Comparator.comparingInt(Bounds::y))
			.toList());
		final List<Bounds> read = new ArrayList<>();
		while (!left.isEmpty()) {
			final Bounds first = left.get(0);
			final List<Bounds> row =
				left.stream().filter(b -> sameRow(first, b)).sorted(Comparator.comparingInt(Bounds::x)).toList();
			read.addAll(row);
			left.removeAll(row);
		}
		return read;
	}

	/** Where rows and columns of its box are filled; a stray piece that sticks out does not make a panel larger. */
	private static Bounds body(final Elements elements, final Element panel) {
		final Region region = elements.region(List.of(panel));
		final Bounds b = region.bounds();
		final int[] columns = new int[b.width()];
		final int[] rows = new int[b.height()];
		for (int y = 0; y < b.height(); y++)
			for (int x = 0; x < b.width(); x++) if (region.contains(b.x() + x, b.y() + y))
			{
				columns[x]++;
				rows[y]++;
			}
		final int[] across = filled(columns);
		final int[] down = filled(rows);
		return new Bounds(b.x() + across[0], b.y() + down[0], across[1] - across[0] + 1, down[1] - down[0] + 1);
	}

	/** The first and the last line that is filled. */
	private static int[] filled(final int[] counts) {
		final double least = FILLED * Arrays.stream(counts).max().orElseThrow();
		int first = 0;
		while (counts[first] < least) first++;
		int last = counts.length - 1;
		while (counts[last] < least) last--;
		return new int[] { first, last };
	}

	private static boolean outermost(final Elements elements, final Element panel) {
		for (Optional<Element> e = elements.around(panel); e.isPresent(); e = elements.around(e.get()))
			if (e.get().role() == Role.PANEL && e.get().kind() != ElementKind.SERIES) return false;
		return true;
	}

	private static boolean sameRow(final Bounds a, final Bounds b) {
		final int both = Math.min(a.bottom(), b.bottom()) - Math.max(a.y(), b.y());
		return both >= ROW * Math.min(a.height(), b.height());
	}
}
