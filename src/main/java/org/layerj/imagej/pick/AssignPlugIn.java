package org.layerj.imagej.pick;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.plugin.frame.RoiManager;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.layerj.common.CancelledException;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.Problem;
import org.layerj.elements.Elements;
import org.layerj.imagej.LayerStackPlugIn;
import org.layerj.imagej.LayersToRoisPlugIn;
import org.layerj.imagej.edit.EditField;
import org.layerj.imagej.edit.LayerNames;
import org.layerj.imagej.edit.Selection;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.LayerRoi;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.layers.Bounds;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.edit.Assign;
import org.layerj.layers.edit.Stacking;

/**
 * <em>Plugins › Decompose Layers › Assign to Layer...</em>: what is seen in the selection goes to another layer; the
 * picture stays the same bit for bit, and it is one step that can be undone ({@link Assign}). <pre>
 * run("Assign to Layer...", "layer=[Arrows and marks] grow=1");
 * </pre> {@code layer} is a name, an id, a number (1 is the bottom), {@code background} (the lowest, if none is called
 * so) or {@code new}, then with a {@code name}; a layer that is itself called new has its number. Any selection of
 * ImageJ will do: areas, lines as wide as they are drawn, points, which mean the elements that they are on;
 * {@code from=manager} takes all of the ROI Manager, {@code like} all elements of a likeness, whatever is selected;
 * {@code missing=skip} does nothing where there are none. {@code frames=all} does it in every frame of a stack; each
 * frame has its own undo. {@code grow} makes the area larger by pixels; {@code edge=hard} takes no soft edge along.
 */
public final class AssignPlugIn extends LayerStackPlugIn {

	/** Name in menu and macros. */
	static final String COMMAND = "Assign to Layer...";
	/** The word for a layer that is to be made. */
	static final String NEW = "new";
	private static final int MOST = 100;

	public AssignPlugIn() {
		super(COMMAND, Option.text("layer", ""), Option.text("name", ""), Option.text("grow", "0"),
			Option.choice("edge", "soft", "hard"), Option.choice("from", "selection", "manager"), Likenesses.LIKE,
			Likenesses.TOLERANCE, Option.choice("missing", "stop", "skip"), Option.choice("frames", "current", "all"));
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final OpenLayers open = OpenLayers.require(image);
		try {
			if (!values.get("frames").equals("all")) assign(open, image.orElseThrow(), values);
			else all(open, image.orElseThrow(), values);
		}
		catch (final SelectElementsPlugIn.NothingLikeItException e) {
			if (values.get("missing").equals("stop")) throw e;
			IJ.log(open.name() + ": " + e.getMessage());
		}
		return Optional.empty();
	}

	/** Every frame; those that have nothing of the kind are left as they are. */
	private static void all(final OpenLayers open, final ImagePlus image, final Map<String, String> values) {
		final ImagePlus stack = open.hyperstack();
		final int shown = stack.getT();
		final Map<String, String> now = new HashMap<>(values);
		int done = 0;
		for (int frame = 1; frame <= stack.getNFrames(); frame++) {
			stack.setPosition(stack.getC(), stack.getZ(), frame);
			try {
				// A new layer is made once, in all frames.
				now.put("layer", assign(open, image, now));
				done++;
			}
			catch (final SelectElementsPlugIn.NothingLikeItException e) {
				IJ.log(COMMAND.replace("...", "") + ": frame " + frame + " has no element like that.");
			}
			catch (final CancelledException e) {
				throw e;
			}
			catch (final RuntimeException e) {
				throw Problem.isExpected(e)
					? new DecompositionException(
						"Frame " + frame + (done > 0 ? " (those before it are done): " : ": ") + Problem.message(e))
					: e;
			}
		}
		stack.setPosition(stack.getC(), stack.getZ(), shown);
		open.layers();
		if (done == 0) throw new SelectElementsPlugIn.NothingLikeItException();
	}

	/** Does it in the frame that is shown; returns the id of the layer. */
	private static String assign(final OpenLayers open, final ImagePlus image, final Map<String, String> values) {
		final LayerStack stack = open.layers();
		final Region region = grown(region(open, image, values), grow(values.get("grow")));
		final String to = values.get("layer").strip();
		if (to.isEmpty()) throw new InvalidOptionException("layer",
			"Say which layer: a name, a number from 1, the bottom, to " + stack.size() + ", background, or new.");
		final boolean soft = values.get("edge").equals("soft");
		final Optional<Region> others = soft ? Picked.beside(open, region) : Optional.empty();
		final boolean named = stack.layers().stream().anyMatch(l -> l.name().strip().equalsIgnoreCase(to));
		if (to.equalsIgnoreCase(NEW)) {
			final String name = values.get("name").isBlank() ? "New layer" : values.get("name").strip();
			final String id = Stacking.freshId(stack, "assigned");
			Work.during(progress -> open.apply("Assign to " + name,
				s -> Assign.toNew(s, region, id, name, soft, others, progress)));
			open.select(id);
			return id;
		}
		final String id =
			to.equalsIgnoreCase("background") && !named ? stack.get(0).id() : LayerNames.id(stack, "layer", to);
		Work.during(progress -> open.apply("Assign to " + stack.find(id).orElseThrow().name(),
			s -> Assign.to(s, region, id, soft, others, progress)));
		return id;
	}

	/** What means this layer and no other, and not a new one. */
	static String called(final LayerStack stack, final int index) {
		final String called = EditField.called(stack, index);
		if (!called.equalsIgnoreCase(NEW)) return called;
		final String number = String.valueOf(index + 1);
		return stack.layers().stream().anyMatch(l -> l.name().strip().equals(number)) ? stack.get(index).id() : number;
	}

	private static int grow(final String text) {
		try {
			final double v = Double.parseDouble(text.strip());
			if (v == Math.rint(v) && v >= 0 && v <= MOST) return (int) v;
		}
		catch (final NumberFormatException e) {
			// As if it were out of range.
		}
		throw new InvalidOptionException("grow",
			"The option grow must be a whole number from 0 to " + MOST + ", not " + text + ".");
	}

	private static Region region(final OpenLayers open, final ImagePlus image, final Map<String, String> values) {
		final boolean manager = values.get("from").equals("manager");
		if (!values.get("like").isBlank()) {
			if (manager) throw new InvalidOptionException("like",
				"Give like or from=manager, not both: each selects what to assign.");
			final Elements elements = Picked.of(open).elements();
			return elements.region(SelectElementsPlugIn.like(elements, values));
		}
		if (manager) return managed(open, image, LayersToRoisPlugIn.openManager().map(RoiManager::getRoisAsArray));
		return selected(open, image);
	}

	/** What is selected on layers: an area, a line as wide as it is drawn, or the elements that points are on. */
	static Region selected(final OpenLayers open, final ImagePlus image) {
		final Optional<Region> points = Picked.points(open, image.getRoi());
		if (points.isPresent()) return points.get();
		return Optional.ofNullable(image.getRoi())
			.filter(r -> !(r instanceof LayerRoi))
			.flatMap(r -> Selection.of(r, image.getWidth(), image.getHeight()))
			.orElseThrow(() -> new DecompositionException(
				"There is no selection on the layers; click elements with the Layer Picker, or select an area, first."));
	}

	static Region managed(final OpenLayers open, final ImagePlus image, final Optional<Roi[]> rois) {
		if (rois.filter(r -> r.length > 0).isEmpty()) throw new DecompositionException(
			"The ROI Manager is empty; add selections to it, or leave out the option from.");
		ShapeRoi all = null;
		Optional<Region> elements = Optional.empty();
		for (final Roi roi : rois.get()) {
			if (roi instanceof PointRoi) {
				final Region on = Picked.points(open, roi).orElseThrow();
				elements = Optional.of(elements.map(e -> both(e, on)).orElse(on));
				continue;
			}
			final Roi area = roi.isLine() ? Roi.convertLineToArea((Roi) roi.clone()) : (Roi) roi.clone();
			all = all == null ? new ShapeRoi(area) : all.or(new ShapeRoi(area));
		}
		final Optional<Region> areas =
			Optional.ofNullable(all).flatMap(a -> Selection.of(a, image.getWidth(), image.getHeight()));
		return Stream.concat(areas.stream(), elements.stream())
			.reduce(AssignPlugIn::both)
			.orElseThrow(() -> new DecompositionException(
				"No selection in the ROI Manager has an area on the layers; add one that has."));
	}

	private static Region both(final Region a, final Region b) {
		final Bounds all = a.bounds().union(b.bounds());
		return new Region(all, Optional.of(Mask.of(all.width(), all.height(), i -> {
			final int x = all.x() + i % all.width();
			final int y = all.y() + i / all.width();
			return a.contains(x, y) || b.contains(x, y);
		})));
	}

	/** Larger by pixels in all directions. */
	static Region grown(final Region region, final int by) {
		if (by == 0) return region;
		final Bounds b = region.bounds();
		final Bounds to = new Bounds(b.x() - by, b.y() - by, b.width() + 2 * by, b.height() + 2 * by);
		final int w = to.width();
		// Along each row first, then down columns: work by the radius and not by its square.
		final int[] beside = new int[Math.toIntExact(to.area())];
		Arrays.fill(beside, Integer.MAX_VALUE);
		for (int y = 0; y < b.height(); y++) {
			final int row = (y + by) * w;
			for (int x = 0, last = -1; x < w; x++) {
				if (region.contains(to.x() + x, b.y() + y)) last = x;
				if (last >= 0) beside[row + x] = x - last;
			}
			for (int x = w - 1, last = -1; x >= 0; x--) {
				if (beside[row + x] == 0) last = x;
				if (last >= 0) beside[row + x] = Math.min(beside[row + x], last - x);
			}
		}
		final int[] reach = new int[by + 1];
		for (int v = 0; v <= by; v++) reach[v] = (int) Math.sqrt(by * by + by - v * v);
		return new Region(to, Optional.of(Mask.of(w, to.height(), i -> {
			for (int v = 0; v <= by; v++)
				if (i >= v * w && beside[i - v * w] <= reach[v]
					|| i + v * w < beside.length && beside[i + v * w] <= reach[v]) return true;
			return false;
		})));
	}
}
