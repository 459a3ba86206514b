package org.layerj.imagej.edit;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.gui.TextRoi;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.StackElements;
import org.layerj.io.formats.ReadLine;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.EditException;
import org.layerj.layers.edit.Geometry;
import org.layerj.layers.edit.Locks;
import org.layerj.layers.edit.Merge;
import org.layerj.layers.edit.Palette;
import org.layerj.layers.edit.PaletteMap;
import org.layerj.layers.edit.Recolour;
import org.layerj.layers.edit.RegionLayer;
import org.layerj.layers.edit.Replace;
import org.layerj.layers.edit.Split;
import org.layerj.layers.edit.Stacking;
import org.layerj.provenance.Kind;

/**
 * One edit of open layers: what all entries (menu, Layers Window, macro) have in common. Each is one step that can be
 * undone.
 */
public final class EditRun {

	/** Connected parts a layer is split into at most, by default. */
	private static final int PARTS = 10;

	/** Options by which text is written in another look than that of what was read. */
	private static final List<String> OWN_LOOK = List.of("font", "size", "tint", "x", "y");

	private final EditRequest request;
	private final Optional<ImagePlus> image;

	/**
	 * @param image whose selection steers splitting, deleting and text; the hyperstack or its view
	 */
	public EditRun(final EditRequest request, final Optional<ImagePlus> image) {
		this.request = request;
		this.image = image;
	}

	/**
	 * Edits the layers.
	 *
	 * @return the layers afterwards
	 * @throws RuntimeException whose {@link org.layerj.decompose.Problem#message message} tells what is wrong; then
	 * nothing has changed
	 */
	public LayerStack on(final OpenLayers open) {
		final EditAction action = request.action();
		switch (action) {
			case UNDO -> open.undo().orElseThrow(() -> new EditException("There is nothing to undo."));
			case REDO -> open.redo().orElseThrow(() -> new EditException("There is nothing to redo."));
			case TEXT -> text(open);
			default -> {
				final List<String> ids = targets(open);
				final LayerStack before = open.layers();
				final LayerStack after = open.apply(name(before, action, ids), stack -> edited(stack, ids));
				if (action == EditAction.RECOLOUR)
					StackElements.edited(open.hyperstack(), Math.max(1, open.hyperstack().getT()), before, after);
			}
		}
		return open.layers();
	}

	/** The pixels of the canvas that are selected; empty if the selection is no area of the layers. */
	public static Optional<Mask> selected(final Optional<ImagePlus> image, final LayerStack stack) {
		return EditSources.selection(image, stack).map(r -> EditSources.mask(r, stack));
	}

	/** The layers after an edit that needs nothing but layers; for previews too. */
	LayerStack edited(final LayerStack stack, final List<String> ids) {
		return Locks.checked(stack, Reach.checked(stack, done(stack, ids)));
	}

	private LayerStack done(final LayerStack stack, final List<String> ids) {
		final EditAction action = request.action();
		return switch (action) {
			case DELETE -> delete(stack, ids);
			case DUPLICATE -> Stacking.duplicate(stack, one(ids), request.text("name").orElse(""));
			case ORDER -> order(stack, one(ids));
			case MERGE -> merge(stack, ids);
			case SPLIT -> split(stack, one(ids));
			case REGION -> region(stack, ids);
			case RECOLOUR -> recolour(stack, ids);
			case RENAME -> each(stack, List.of(one(ids)),
				l -> l.withName(request.text("name")
					.orElseThrow(() -> new InvalidOptionException("name",
						"The option name is missing; give the layer's new name."))));
			case MOVE -> each(stack, ids, this::moved);
			case RESIZE -> each(stack, ids, this::resized);
			case ROTATE -> each(stack, ids, l -> Geometry.rotate(l, request.required("angle"), about(l)));
			case FLIP -> each(stack, ids, l -> Geometry.flip(l, request.choice("to", Flip.class) == Flip.HORIZONTAL));
			case OPACITY -> each(stack, ids, l -> l.withOpacity(opacity()));
			case SHOW -> each(stack, ids, l -> l.withVisible(true));
			case HIDE -> each(stack, ids, l -> l.withVisible(false));
			case LOCK -> each(stack, ids, l -> l.withLocked(true));
			case UNLOCK -> each(stack, ids, l -> l.withLocked(false));
			case REPLACE -> replace(stack, one(ids));
			case TEXT, GENERATE, UNDO, REDO -> throw new IllegalArgumentException(action + " needs more than layers");
		};
	}

	/** The ids of the layers meant; the selected one if nothing is said. */
	List<String> targets(final OpenLayers open) {
		final LayerStack stack = open.layers();
		return request.text("layer")
			.map(l -> LayerNames.ids(stack, "layer", l))
			.orElseGet(() -> List.of(open.selected()));
	}

	private enum Flip {
		HORIZONTAL, VERTICAL
	}

	private static LayerStack each(final LayerStack stack, final List<String> ids, final UnaryOperator<Layer> edit) {
		LayerStack out = stack;
		for (final String id : ids) out = out.with(edit.apply(stack.find(id).orElseThrow()));
		return out;
	}

	private String one(final List<String> ids) {
		if (ids.size() > 1) throw new InvalidOptionException("layer",
			"The action " + request.action().key() + " works on one layer at a time, not on " + ids.size() + ".");
		return ids.get(0);
	}

	private LayerStack delete(final LayerStack stack, final List<String> ids) {
		final Optional<Mask> selection = selected(image, stack);
		if (selection.isPresent()) return each(stack, ids, l -> Split.clear(stack, l, selection.get()));
		LayerStack out = stack;
		for (final String id : ids) out = Stacking.delete(out, id);
		return out;
	}

	private LayerStack order(final LayerStack stack, final String id) {
		final int now = stack.indexOf(id) + 1;
		if (request.has("index")) return Stacking.order(stack, id, request.integer("index").getAsInt());
		final String to = request.text("to")
			.orElseThrow(() -> new InvalidOptionException("index",
				"Say where the layer is to go: index from 1, the bottom, or to=top, bottom, up or down."))
			.strip();
		return Stacking.order(stack, id, switch (to.toLowerCase(Locale.ROOT)) {
			case "top" -> stack.size();
			case "bottom" -> 1;
			case "up" -> now + 1;
			case "down" -> now - 1;
			default -> throw new InvalidOptionException("to",
				"The option to must be top, bottom, up or down, not " + to + ".");
		});
	}

	private LayerStack merge(final LayerStack stack, final List<String> ids) {
		final Set<String> all = new TreeSet<>(ids);
		request.text("to").ifPresent(to -> all.addAll(LayerNames.ids(stack, "to", to)));
		if (all.size() == 1) {
			final int index = stack.indexOf(ids.get(0));
			if (index == 0) throw new EditException("Layer " + stack.get(0).name()
				+ " is the lowest and has none below to merge with; say which by the option to.");
			all.add(stack.get(index - 1).id());
		}
		final LayerStack merged = Merge.of(stack, all);
		final Layer one = merged.layers().stream().filter(l -> all.contains(l.id())).findFirst().orElseThrow();
		return request.text("name").map(n -> merged.with(one.withName(n))).orElse(merged);
	}

	private LayerStack split(final LayerStack stack, final String id) {
		final Optional<Mask> selection = request.has("parts") ? Optional.empty() : selected(image, stack);
		if (selection.isPresent())
			return Split.bySelection(stack, id, selection.get(), request.text("name").orElse(""));
		return Split.byParts(stack, id, request.integer("parts").orElse(PARTS));
	}

	/** From the layer named, or, if none is, of everything that is seen there. */
	private LayerStack region(final LayerStack stack, final List<String> ids) {
		final Region region = EditSources.selection(image, stack)
			.orElseThrow(() -> new EditException(
				"There is no selection on the layers; mark the region that is to become a layer."));
		final String name = request.text("name").orElse("Region");
		if (!request.has("layer")) return RegionLayer.gather(stack, region, Stacking.freshId(stack, "region"), name);
		final Layer layer = stack.find(one(ids)).orElseThrow();
		final LayerStack lifted =
			RegionLayer.lift(stack, layer.id(), region, Stacking.freshId(stack, layer.id()), name);
		if (AlphaBounds.of(lifted.get(lifted.indexOf(layer.id()) + 1)).isEmpty()) throw new EditException(
			"The selection holds nothing of layer " + layer.name() + ", so it cannot become a layer.");
		return lifted;
	}

	private LayerStack recolour(final LayerStack stack, final List<String> ids) {
		final List<String> ways = EditAction.RECOLOUR.keys().stream().filter(request::has).toList();
		if (ways.size() != 1) throw new InvalidOptionException("tint",
			"Recolouring takes one of the options hue, tint, lut and palette, not "
				+ (ways.isEmpty() ? "none" : String.join(" and ", ways)) + ".");
		final String text = request.text(ways.get(0)).orElseThrow();
		return switch (ways.get(0)) {
			case "hue" -> each(stack, ids, l -> Recolour.hue(l, request.required("hue")));
			case "tint" -> each(stack, ids, l -> Recolour.tint(l, EditSources.colour("tint", text)));
			case "lut" -> each(stack, ids, l -> Recolour.lut(l, EditSources.lut(text)));
			default -> {
				final Palette palette = Palette.of(text)
					.orElseThrow(() -> new InvalidOptionException("palette",
						"The option palette must be " + EditRequest.listed(Palette.titles()) + ", not " + text + "."));
				final PaletteMap map =
					PaletteMap.of(ids.stream().map(id -> stack.find(id).orElseThrow()).toList(), palette);
				yield each(stack, ids, l -> Recolour.map(l, map));
			}
		};
	}

	private LayerStack replace(final LayerStack stack, final String id) {
		final RgbaImage content = EditSources.content(request);
		return each(stack, List.of(id), l -> Replace.content(l, content, request.choice("fit", Replace.Fit.class),
			request.choice("alpha", Replace.Alpha.class)));
	}

	private Layer moved(final Layer layer) {
		final Bounds shown = AlphaBounds.of(layer).orElse(layer.bounds());
		if (!(request.has("x") || request.has("y") || request.has("dx") || request.has("dy")))
			throw new InvalidOptionException("dx",
				"Say where the layer is to go: dx and dy to move it by, or x and y to move its upper left corner to.");
		final long dx = request.has("x") ? (long) request.integer("x").getAsInt() - shown.x() : 0;
		final long dy = request.has("y") ? (long) request.integer("y").getAsInt() - shown.y() : 0;
		return Geometry.move(layer, dx + request.integer("dx").orElse(0), dy + request.integer("dy").orElse(0));
	}

	private Layer resized(final Layer layer) {
		final Bounds shown = AlphaBounds.of(layer).orElse(layer.bounds());
		if (request.has("scale") == (request.has("width") || request.has("height")))
			throw new InvalidOptionException("scale",
				"Say how large the layer is to become: by scale, or by width and height.");
		if (request.has("scale"))
			return Geometry.resize(layer, request.required("scale"), request.required("scale"), about(layer));
		final double width = request.number("width").orElse(Double.NaN) / shown.width();
		final double height = request.number("height").orElse(Double.NaN) / shown.height();
		return Geometry.resize(layer, Double.isNaN(width) ? height : width, Double.isNaN(height) ? width : height,
			about(layer));
	}

	private Point2D about(final Layer layer) {
		final Point2D middle = Geometry.middle(layer);
		return new Point2D.Double(request.number("x").orElse(middle.getX()), request.number("y").orElse(middle.getY()));
	}

	private double opacity() {
		final double value = request.required("value");
		if (!(value >= 0 && value <= 1)) throw new InvalidOptionException("value",
			"The option value must be an opacity from 0 to 1, not " + request.text("value").orElse("") + ".");
		return value;
	}

	/**
	 * Text given is written; a text selection is put into its layer; and if there is neither, what is written becomes a
	 * text selection.
	 */
	private void text(final OpenLayers open) {
		if (request.has("find")) {
			replaceText(open);
			return;
		}
		if (request.has("text") && OWN_LOOK.stream().noneMatch(request::has)) {
			final Optional<ReadLine> line = line(open);
			if (line.isPresent()) {
				ReadLines.write(open, "Text " + line.get().text().text(), List.of(line.get()),
					List.of(request.text("text").orElseThrow().strip()));
				return;
			}
		}
		final Optional<TextRoi> roi =
			image.map(ImagePlus::getRoi).filter(TextRoi.class::isInstance).map(r -> (TextRoi) r);
		if (roi.isPresent() && !request.has("text")) {
			putDown(open, roi.get());
			return;
		}
		final String id = one(targets(open));
		final Layer layer = open.layers().find(id).orElseThrow();
		if (request.has("text")) {
			final TextRoi text =
				LayerText.roi(open.layers(), layer, request.text("text").orElseThrow().replace("\\n", "\n"), request);
			open.apply("Text " + layer.name(), s -> Reach.checked(s, s.with(LayerText.written(layer, text))));
			TextNotes.keep(open, id, text);
			return;
		}
		if (AlphaBounds.of(layer).isEmpty()) throw new EditException(
			"Layer " + layer.name() + " is empty, so there is no text to lift; give the text to write.");
		final TextRoi text = LayerText.roi(open.layers(), layer, "Text", request);
		final Bounds b = layer.bounds();
		open.apply("Lift text " + layer.name(),
			s -> s.with(Replace.pixels(layer, b, RgbaImage.blank(b.width(), b.height()), Kind.BY_HAND)));
		image.ifPresent(i -> i.setRoi((Roi) text));
	}

	/** The line that was read where the selection is, in the layer named if one is. */
	private Optional<ReadLine> line(final OpenLayers open) {
		return EditSources.point(image, open.layers())
			.flatMap(p -> ReadLines.of(open)
				.stream()
				.filter(l -> !request.has("layer") || targets(open).contains(l.layer()))
				.filter(l -> l.letters().bounds().contains(p.x, p.y))
				.findFirst());
	}

	/** Find and replace in all recognised text. */
	private void replaceText(final OpenLayers open) {
		if (!request.has("with")) throw new InvalidOptionException("with",
			"The option with is missing; give the new text, for example find=Mutant with=Mutante.");
		final List<ReadLine> lines = ReadLines.of(open);
		if (lines.isEmpty()) throw new EditException("No recognised text is known of " + open.name()
			+ "; decompose the figure with the built-in model, which reads text.");
		final String find = request.text("find").orElseThrow();
		final String with = request.text("with").orElseThrow();
		final boolean regex = request.text("regex").filter(r -> !r.strip().equalsIgnoreCase("false")).isPresent();
		final List<String> layers = request.has("layer") ? targets(open) : List.of();
		final List<ReadLine> found = new ArrayList<>();
		final List<String> texts = new ArrayList<>();
		try {
			final Pattern pattern = regex ? Pattern.compile(find) : Pattern.compile(Pattern.quote(find));
			for (final ReadLine line : lines) {
				if (!layers.isEmpty() && !layers.contains(line.layer())) continue;
				final Matcher matcher = pattern.matcher(line.text().text());
				if (!matcher.find()) continue;
				found.add(line);
				texts.add(matcher.replaceAll(regex ? with : Matcher.quoteReplacement(with)));
			}
		}
		catch (final IllegalArgumentException | IndexOutOfBoundsException e) {
			throw new InvalidOptionException("find", "The option find or with is not a regular expression: "
				+ e.getMessage().lines().findFirst().orElse("") + ".");
		}
		ReadLines.write(open, "Replace " + find, found, texts);
		// In a folder not every figure says it; that is no reason to end a macro.
		if (found.isEmpty())
			IJ.log("No recognised text in " + open.name() + " matches " + find + "; nothing was changed.");
		else IJ.showStatus(found.size() + (found.size() == 1 ? " line" : " lines") + " replaced");
	}

	private void putDown(final OpenLayers open, final TextRoi roi) {
		final LayerStack stack = open.layers();
		final String id = request.has("layer") ? one(targets(open))
			: LayerText.liftedFrom(roi).filter(l -> stack.find(l).isPresent()).orElseGet(open::selected);
		open.apply("Text " + stack.find(id).orElseThrow().name(),
			s -> Reach.checked(s, s.with(LayerText.written(s.find(id).orElseThrow(), roi))));
		TextNotes.keep(open, id, roi);
		image.orElseThrow().deleteRoi();
	}

	private static String name(final LayerStack stack, final EditAction action, final List<String> ids) {
		return action.title() + " "
			+ (ids.size() == 1 ? stack.find(ids.get(0)).orElseThrow().name() : ids.size() + " layers");
	}
}
