package org.layerj.imagej.edit;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.TextRoi;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.layerj.imagej.open.LayerView;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.io.formats.KnownText;
import org.layerj.io.formats.KnownText.Anchor;
import org.layerj.io.formats.LiveText;
import org.layerj.io.formats.ReadLine;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.EditException;
import org.layerj.layers.edit.Merge;
import org.layerj.layers.edit.Split;

/**
 * Lines that were read as text of ImageJ's own in the overlay of the view, where its text tool edits them. Their layers
 * are hidden meanwhile and keep the pixels, so an unedited line comes back bit for bit; what else such a layer shows is
 * a layer above it.
 */
public final class OverlayText {

	/** ROI property: the id of the element that says this. */
	static final String LINE = "decompose.line";
	/** Image property: the lines that are in the overlay, and the layers that have what else their layers show. */
	private static final String LIFTED = "decompose.overlaytext";
	private static final String REST = " without text";
	private static final FontRenderContext EXACT = new FontRenderContext(new AffineTransform(), true, true);

	private OverlayText() {}

	/**
	 * Puts all lines that were read for sure into the view's overlay. One step that can be undone.
	 *
	 * @return the view
	 * @throws EditException if there are none, or they are there already
	 */
	public static ImagePlus lift(final OpenLayers open) {
		final LayerStack stack = open.layers();
		final List<ReadLine> lines = ReadLines.of(open)
			.stream()
			.filter(l -> l.confidence() >= LiveText.SURE && stack.find(l.layer()).orElseThrow().visible())
			.toList();
		if (lines.isEmpty()) throw new EditException("No text that was recognised with enough confidence is visible in "
			+ open.name() + "; decompose the figure with the built-in model, which reads text.");
		final Map<String, List<ReadLine>> byLayer = lines.stream().collect(Collectors.groupingBy(ReadLine::layer));
		final List<String> rest = new ArrayList<>();
		open.apply("Text to overlay", s -> {
			LayerStack out = s;
			for (final String id : byLayer.keySet()) {
				final int before = out.size();
				out = withoutRest(out, id, byLayer.get(id));
				if (out.size() > before) rest.add(id + "\t" + out.get(out.indexOf(id) + 1).id());
				out = out.with(out.find(id).orElseThrow().withVisible(false));
			}
			return out;
		});
		open.hyperstack()
			.setProp(LIFTED, lines.stream().map(l -> "" + l.element()).collect(Collectors.joining(" ")) + "\n"
				+ String.join("\n", rest));
		final ImagePlus view = open.openView();
		final Overlay overlay = view.getOverlay() == null ? new Overlay() : view.getOverlay();
		for (final ReadLine line : lines) overlay.add(roi(line));
		view.setOverlay(overlay);
		view.draw();
		return view;
	}

	/** The layer with its lines alone, and if it shows anything else, a layer with that above it. */
	private static LayerStack withoutRest(final LayerStack stack, final String id, final List<ReadLine> lines) {
		final boolean[] other = new boolean[stack.width() * stack.height()];
		Arrays.fill(other, true);
		for (final ReadLine line : lines) {
			final Bounds b = line.letters().bounds();
			for (int y = b.y(); y < b.bottom(); y++)
				for (int x = b.x(); x < b.right(); x++)
					if (line.letters().contains(x, y)) other[y * stack.width() + x] = false;
		}
		final Mask mask = Mask.of(stack.width(), stack.height(), i -> other[i]);
		final Layer layer = stack.find(id).orElseThrow();
		final byte[] alpha = layer.onCanvas(stack.width(), stack.height()).plane(RgbaImage.ALPHA);
		boolean any = false;
		for (int i = 0; i < alpha.length && !any; i++) any = other[i] && alpha[i] != 0;
		return any ? Split.bySelection(stack, id, mask, layer.name() + REST) : stack;
	}

	/** A line as ImageJ writes it: at a whole pixel, in letters as wide as the font has them. */
	static TextRoi roi(final ReadLine line) {
		final KnownText t = line.text();
		final Font font = new Font(t.font(), (t.bold() ? Font.BOLD : 0) | (t.italic() ? Font.ITALIC : 0), 1)
			.deriveFont((float) t.size());
		final double own = font.getStringBounds(t.text(), EXACT).getWidth();
		final double aside = (t.width() - own) / 2;
		final TextRoi roi = new TextRoi(0, 0, t.text(), font);
		roi.setAntialiased(true);
		roi.setJustification(TextRoi.LEFT);
		roi.setAngle(-Math.toDegrees(t.angle()));
		roi.setStrokeColor(new Color(t.rgb()));
		roi.setName(t.text());
		roi.setProperty(LINE, "" + line.element());
		final Point2D at = t.origin();
		place(roi, at.getX() + aside * Math.cos(t.angle()), at.getY() + aside * Math.sin(t.angle()));
		return roi;
	}

	/** Puts the start of the first line's baseline there. ImageJ turns text about the upper left corner of its box. */
	private static void place(final TextRoi roi, final double x, final double y) {
		final double angle = -Math.toRadians(roi.getAngle());
		final double down = baseline(roi);
		roi.setLocation(Math.rint(x + down * Math.sin(angle)), Math.rint(y - down * Math.cos(angle)));
	}

	/** How far below a selection's upper edge its first line stands, where it is not turned. */
	private static double baseline(final TextRoi roi) {
		final FontMetrics metrics = LayerText.metrics(roi.getCurrentFont());
		return metrics.getHeight() - metrics.getDescent();
	}

	/** What stands in the overlay now, as it is seen there. */
	private static KnownText text(final TextRoi roi) {
		final double angle = -Math.toRadians(roi.getAngle());
		final double down = baseline(roi);
		final Font font = roi.getCurrentFont();
		final Color colour = Optional.ofNullable(roi.getStrokeColor()).orElse(Color.black);
		return KnownText.on(said(roi), font.getFamily(), font.isBold(), font.isItalic(), font.getSize2D(),
			colour.getRGB() & 0xffffff, roi.getXBase() - down * Math.sin(angle),
			roi.getYBase() + down * Math.cos(angle), angle, 1, Anchor.START);
	}

	private static String said(final TextRoi roi) {
		return roi.getText().stripTrailing();
	}

	/**
	 * Puts lines back from the overlay into their layers, which are shown again: as they were if they are as they were,
	 * in their own look if they say something else, and as ImageJ shows them if that was changed. Lines that are in the
	 * overlay no more are deleted, unless all are gone. One step that can be undone.
	 *
	 * @param view whose overlay the text is taken out of
	 * @return whether there was any
	 */
	public static boolean flatten(final OpenLayers open, final ImagePlus view) {
		final String lifted = open.hyperstack().getProp(LIFTED);
		if (lifted == null) return false;
		final List<TextRoi> found = new ArrayList<>();
		final Map<String, TextRoi> byLine = new HashMap<>();
		for (final Roi r : LayerView.elements(view)) {
			// A second one of a line is a copy, and becomes a layer of its own.
			if (r instanceof TextRoi t && t.getProperty(LINE) != null
				&& byLine.putIfAbsent(t.getProperty(LINE), t) == null) found.add(t);
		}
		final List<String> notes = lifted.lines().toList();
		final Set<String> ids = new LinkedHashSet<>(List.of(notes.get(0).split(" ")));
		final List<ReadLine> before = new ArrayList<>();
		final List<Optional<KnownText>> after = new ArrayList<>();
		final Set<String> layers = new LinkedHashSet<>();
		final List<ReadLine> all = ReadLines.of(open);
		for (final ReadLine line : all) {
			final String id = "" + line.element();
			if (!ids.contains(id)) continue;
			layers.add(line.layer());
			final Optional<Optional<KnownText>> now = now(line, Optional.ofNullable(byLine.get(id)), found, all);
			if (now.isEmpty()) continue;
			before.add(line);
			after.add(now.get());
		}
		ReadLines.rewrite(open, "Overlay text to layers", before, after, s -> shown(s, layers, notes));
		open.hyperstack().setProp(LIFTED, null);
		final Overlay overlay = view.getOverlay();
		if (overlay != null) found.forEach(overlay::remove);
		view.draw();
		return true;
	}

	/** Empty if the line is as it was; what it is now, which is nothing if it was deleted. */
	private static Optional<Optional<KnownText>> now(final ReadLine line, final Optional<TextRoi> roi,
		final List<TextRoi> found, final List<ReadLine> all)
	{
		if (roi.isEmpty()) return found.isEmpty() ? Optional.empty() : Optional.of(Optional.empty());
		if (said(roi.get()).isBlank()) return Optional.of(Optional.empty());
		final TextRoi was = roi(line);
		final TextRoi now = roi.get();
		final boolean place =
			Math.abs(now.getXBase() - was.getXBase()) < 1 && Math.abs(now.getYBase() - was.getYBase()) < 1;
		final boolean look = now.getCurrentFont().equals(was.getCurrentFont())
			&& Math.abs(now.getAngle() - was.getAngle()) < 1e-6 && now.getStrokeColor().equals(was.getStrokeColor());
		if (!place || !look || said(now).contains("\n")) return Optional.of(Optional.of(text(now)));
		return said(now).equals(line.text().text()) ? Optional.empty()
			: Optional.of(Optional.of(ReadLines.saying(line, said(now), all)));
	}

	private static LayerStack shown(final LayerStack stack, final Set<String> layers, final List<String> notes) {
		LayerStack out = stack;
		for (final String id : layers) out = out.with(out.find(id).orElseThrow().withVisible(true));
		for (final String note : notes.subList(1, notes.size())) {
			final String[] pair = note.split("\t");
			if (pair.length < 2 || out.find(pair[0]).isEmpty() || out.find(pair[1]).isEmpty()) continue;
			try {
				out = Merge.of(out, Set.of(pair[0], pair[1]));
			}
			catch (final EditException e) {
				// Somebody has put something between them, or hidden one: then it stays a layer of its own.
			}
		}
		return out;
	}
}
