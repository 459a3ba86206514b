package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ij.IJ;
import ij.ImagePlus;
import ij.plugin.CanvasResizer;
import ij.plugin.Duplicator;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.StackProcessor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.common.Progress;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.SavedTiff;
import org.layerj.io.formats.LayerDocument;
import org.layerj.io.formats.LayerFormat;
import org.layerj.io.formats.LayerMetadata;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Visibility;
import org.layerj.layers.VisibleProvenance;
import org.layerj.layers.edit.EditException;
import org.layerj.layers.edit.Geometry;
import org.layerj.layers.edit.Recolour;
import org.layerj.layers.edit.Stacking;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/**
 * Random layers through random edits, ours and ImageJ's, exports and imports between them; an oracle of its own moves a
 * tag along with every pixel. Never is a synthetic visible pixel taken for observed, nor an observed one declared
 * generated. {@code -Dprovenance.sequences=10000} for more than a build has time for.
 */
class ProvenancePropertyTest {

	private static final int SEQUENCES = Integer.getInteger("provenance.sequences", 200);
	/** What lies beyond the canvas is still a layer's. */
	private static final int MARGIN = 48;
	private static final double ROUNDING = 3.0 / Provenance.ALL;

	/** {@code MADE_BY_HAND} was generated before somebody changed it. */
	private enum From {
		OBSERVED, GENERATED, BY_HAND, MADE_BY_HAND, UNKNOWN
	}

	/**
	 * Where the oracle says that a pixel comes from.
	 *
	 * @param from the part that is not generated
	 * @param part of it, 0 … 1: of a pixel with soft edges on it or above it, what the picture shows; the rest was
	 * generated
	 * @param picture the picture's own pixel there: where this is seen, nothing else is, however it came about
	 */
	private record Tag(From from, double part, int picture) {

		static final Tag OBSERVED = new Tag(From.OBSERVED, 1, 0);
		static final Tag GENERATED = new Tag(From.GENERATED, 1, 0);
		static final Tag BY_HAND = new Tag(From.BY_HAND, 1, 0);
		static final Tag MADE_BY_HAND = new Tag(From.MADE_BY_HAND, 1, 0);

		/** Somebody has changed it. */
		Tag touched() {
			return switch (from) {
				case OBSERVED, BY_HAND -> new Tag(From.BY_HAND, part, 0);
				case GENERATED, MADE_BY_HAND -> MADE_BY_HAND;
				case UNKNOWN -> this;
			};
		}
	}

	/** A layer as the oracle knows it: colours and tags on a canvas with a margin. */
	private static final class Traced {

		private String id;
		private boolean visible = true;
		private double opacity = 1;
		private int[] argb;
		private Tag[] tags;

		private Traced copy() {
			final Traced t = new Traced();
			t.id = id;
			t.visible = visible;
			t.opacity = opacity;
			t.argb = argb.clone();
			t.tags = tags.clone();
			return t;
		}
	}

	@TempDir
	Path dir;

	private Random random;
	private ImagePlus image;
	private int width;
	private int height;
	private List<Traced> traced;
	private final List<Object[]> history = new ArrayList<>();
	private final List<String> done = new ArrayList<>();
	/** Whether all that was done can be followed. */
	private boolean followed;
	private long observed;
	private long kept;

	@Test
	void whatIsSyntheticStaysKnown() throws IOException {
		for (int seed = Integer.getInteger("provenance.first", 0); seed < SEQUENCES; seed++) {
			random = new Random(seed);
			begin();
			check(seed);
			final int steps = 1 + random.nextInt(12);
			for (int k = 0; k < steps; k++) {
				history.add(new Object[] { width, height, traced.stream().map(Traced::copy).toList() });
				step();
				check(seed);
			}
		}
		assertTrue(kept > 0.97 * observed, "of " + observed + " observed pixels only " + kept + " still are");
	}

	private int stride() {
		return width + 2 * MARGIN;
	}

	private int at(final int x, final int y) {
		return (y + MARGIN) * stride() + x + MARGIN;
	}

	private int[] noise(final int n) {
		return random.ints(n).map(p -> p | 0xff000000).toArray();
	}

	// -- The beginning: layers of which every other one has soft edges, and what they hide was generated --

	private void begin() {
		history.clear();
		done.clear();
		followed = true;
		width = 18 + random.nextInt(14);
		height = 16 + random.nextInt(12);
		traced = new ArrayList<>();
		final List<Layer> layers = new ArrayList<>();
		final int n = 2 + random.nextInt(3);
		for (int k = 0; k < n; k++) {
			final int w = k == 0 ? width : 5 + random.nextInt(width - 6);
			final int h = k == 0 ? height : 5 + random.nextInt(height - 6);
			final Bounds b =
				new Bounds(k == 0 ? 0 : random.nextInt(width - w), k == 0 ? 0 : random.nextInt(height - h), w, h);
			final int[] argb = noise(w * h);
			if (k > 0) for (int i = 0; i < argb.length; i++) if (random.nextInt(9) == 0) argb[i] = 0;
			// As feathered selections leave them: the nearer to the edge, the less there is.
			if (k > 0 && random.nextBoolean()) for (int i = 0; i < argb.length; i++) {
				final int edge = Math.min(Math.min(i % w, w - 1 - i % w), Math.min(i / w, h - 1 - i / w));
				if (edge < 3 && argb[i] != 0)
					argb[i] = argb[i] & 0xffffff | (60 + 60 * edge + random.nextInt(15)) << 24;
			}
			layers.add(Layer.of("l" + k, "Layer " + k, RgbaImage.ofArgb(w, h, argb)).at(b.x(), b.y()));
		}
		final LayerStack stack =
			Visibility.markHidden(new LayerStack(width, height, layers), Kind.GENERATED, Set.of("model"));
		for (final Layer l : stack.layers()) traced.add(trace(l));
		final RgbaImage picture = Compositor.flatten(stack);
		for (int p = 0; p < width * height; p++) {
			double through = 1;
			for (int k = n - 1; k >= 0; k--) {
				final int i = at(p % width, p / width);
				final double alpha = (traced.get(k).argb[i] >>> 24) / 255.0;
				if (alpha == 0) continue;
				final double shown = through * alpha;
				traced.get(k).tags[i] = shown == 1 ? Tag.OBSERVED
					: shown == 0 ? Tag.GENERATED : new Tag(From.OBSERVED, shown, picture.argb(p % width, p / width));
				through *= 1 - alpha;
			}
		}
		image = Hyperstacks.of(stack, "random");
	}

	private Traced trace(final Layer l) {
		final Traced t = new Traced();
		t.id = l.id();
		t.argb = new int[stride() * (height + 2 * MARGIN)];
		t.tags = new Tag[t.argb.length];
		Arrays.fill(t.tags, Tag.OBSERVED);
		colours(t, l);
		return t;
	}

	private void colours(final Traced t, final Layer l) {
		for (int i = 0; i < l.bounds().width() * l.bounds().height(); i++) {
			final int x = l.bounds().x() + i % l.bounds().width();
			final int y = l.bounds().y() + i / l.bounds().width();
			if (x < -MARGIN || y < -MARGIN || x >= width + MARGIN || y >= height + MARGIN) continue;
			final int argb = l.pixels().argb(i % l.bounds().width(), i / l.bounds().width());
			t.argb[at(x, y)] = argb >>> 24 == 0 ? 0 : argb;
		}
	}

	// -- Steps --

	private OpenLayers open() {
		return OpenLayers.require(Optional.of(image));
	}

	private void step() throws IOException {
		final int which = random.nextInt(20);
		final int k = random.nextInt(traced.size());
		final Traced t = traced.get(k);
		try {
			switch (which) {
				case 0, 1 -> move(k, t);
				case 2 -> {
					note("show or hide " + t.id);
					open().apply("Show", s -> s.with(s.get(k).withVisible(!t.visible)));
					t.visible = !t.visible;
				}
				case 3 -> {
					if (traced.size() == 1) return;
					note("delete " + t.id);
					open().apply("Delete", s -> Stacking.delete(s, t.id));
					traced.remove(k);
				}
				case 4 -> {
					final int to = random.nextInt(traced.size());
					note("order " + t.id + " " + to);
					open().apply("Order", s -> Stacking.order(s, t.id, to + 1));
					traced.add(to, traced.remove(k));
				}
				case 5 -> flipLayer(k, t);
				case 6 -> recolour(k, t);
				case 7, 8 -> paint(k, t);
				case 9 -> crop();
				case 10 -> canvas();
				case 11 -> flipAll();
				case 12 -> turnAll();
				case 13 -> {
					note("duplicate image");
					open().layers();
					image = new Duplicator().run(image);
					beyondIsGone();
				}
				case 14 -> substack();
				case 15 -> undo();
				case 16 -> {
					note("tiff");
					open().layers();
					final Path file = dir.resolve("layers.tif");
					SavedTiff.write(image, file);
					image = IJ.openImage(file.toString());
					beyondIsGone();
				}
				case 17 -> exchange();
				case 18 -> {
					final double opacity = 0.25 * (1 + random.nextInt(4));
					note("opacity " + opacity + " of " + t.id);
					open().apply("Opacity", s -> s.with(s.get(k).withOpacity(opacity)));
					t.opacity = opacity;
				}
				default -> scale();
			}
		}
		catch (final EditException e) {
			note("rejected");
		}
	}

	private void note(final String what) {
		done.add(what);
	}

	private void move(final int k, final Traced t) {
		final int dx = random.nextInt(13) - 6;
		final int dy = random.nextInt(13) - 6;
		final Bounds b = open().layers().get(k).bounds();
		if (b.x() + dx < -MARGIN || b.y() + dy < -MARGIN || b.right() + dx > width + MARGIN
			|| b.bottom() + dy > height + MARGIN) return;
		note("move " + t.id + " " + dx + " " + dy);
		open().apply("Move", s -> s.with(Geometry.move(s.get(k), dx, dy)));
		final Traced before = t.copy();
		Arrays.fill(t.argb, 0);
		Arrays.fill(t.tags, Tag.OBSERVED);
		for (int y = b.y(); y < b.bottom(); y++) for (int x = b.x(); x < b.right(); x++) {
			t.argb[at(x + dx, y + dy)] = before.argb[at(x, y)];
			t.tags[at(x + dx, y + dy)] = before.tags[at(x, y)];
		}
	}

	private void flipLayer(final int k, final Traced t) {
		final boolean horizontally = random.nextBoolean();
		note("flip " + t.id);
		final Bounds b = open().layers().get(k).bounds();
		open().apply("Flip", s -> s.with(Geometry.flip(s.get(k), horizontally)));
		final Traced before = t.copy();
		for (int y = b.y(); y < b.bottom(); y++) for (int x = b.x(); x < b.right(); x++) {
			final int from = horizontally ? at(b.x() + b.right() - 1 - x, y) : at(x, b.y() + b.bottom() - 1 - y);
			t.argb[at(x, y)] = before.argb[from];
			t.tags[at(x, y)] = before.tags[from];
		}
	}

	private void recolour(final int k, final Traced t) {
		note("hue of " + t.id);
		open().apply("Recolour", s -> s.with(Recolour.hue(s.get(k), 120)));
		final Traced before = t.copy();
		colours(t, open().layers().get(k));
		touched(t, before);
	}

	private void touched(final Traced t, final Traced before) {
		for (int i = 0; i < t.argb.length; i++) {
			if (t.argb[i] == before.argb[i]) continue;
			// What was lost beyond the canvas cannot be brought back.
			t.tags[i] = t.argb[i] == 0 ? Tag.OBSERVED
				: before.argb[i] == 0 && t.tags[i].equals(Tag.OBSERVED) ? Tag.BY_HAND : t.tags[i].touched();
		}
	}

	/** As the brush, the pencil and Fill do, in all channels. */
	private void paint(final int k, final Traced t) {
		note("paint on " + t.id);
		if (random.nextBoolean()) open().layers();
		final int colour = random.nextInt() | 0xff000000;
		final int w = 1 + random.nextInt(6);
		final int h = 1 + random.nextInt(6);
		final int left = random.nextInt(width);
		final int top = random.nextInt(height);
		final Traced before = t.copy();
		for (int y = top; y < Math.min(height, top + h); y++) for (int x = left; x < Math.min(width, left + w); x++) {
			for (int c = 1; c <= 4; c++)
				image.getStack()
					.getProcessor(image.getStackIndex(c, k + 1, 1))
					.set(x, y, c == 4 ? 255 : colour >> 24 - 8 * c & 0xff);
			t.argb[at(x, y)] = colour;
		}
		touched(t, before);
	}

	private void macro(final String text) {
		final String error = Macros.run(image, () -> {}, text).error();
		if (!error.isEmpty()) fail(text + ": " + error);
	}

	private interface Place {

		/** Place on the canvas before, by {@code x} and {@code y}; nothing if there was none. */
		int[] of(int x, int y);
	}

	/** All layers on a new canvas; what was beyond is gone. */
	private void remap(final int newWidth, final int newHeight, final Place from) {
		final int oldWidth = width;
		final int oldHeight = height;
		final List<Traced> before = traced;
		final int oldStride = stride();
		traced = new ArrayList<>();
		width = newWidth;
		height = newHeight;
		for (final Traced b : before) {
			final Traced t = b.copy();
			t.argb = new int[stride() * (height + 2 * MARGIN)];
			t.tags = new Tag[t.argb.length];
			Arrays.fill(t.tags, Tag.OBSERVED);
			for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
				final int[] p = from.of(x, y);
				if (p[0] < 0 || p[1] < 0 || p[0] >= oldWidth || p[1] >= oldHeight) continue;
				final int i = (p[1] + MARGIN) * oldStride + p[0] + MARGIN;
				t.argb[at(x, y)] = b.argb[i];
				t.tags[at(x, y)] = b.tags[i];
			}
			traced.add(t);
		}
	}

	private void beyondIsGone() {
		remap(width, height, (x, y) -> new int[] { x, y });
	}

	private void crop() {
		if (width < 14 || height < 14) return;
		final int w = 10 + random.nextInt(width - 11);
		final int h = 10 + random.nextInt(height - 11);
		final int x0 = random.nextInt(width - w);
		final int y0 = random.nextInt(height - h);
		note("crop " + x0 + " " + y0 + " " + w + " " + h);
		macro("makeRectangle(" + x0 + ", " + y0 + ", " + w + ", " + h + ");\nrun('Crop');");
		image.deleteRoi();
		remap(w, h, (x, y) -> new int[] { x + x0, y + y0 });
	}

	private void canvas() {
		final int w = width + random.nextInt(7);
		final int h = height + random.nextInt(7);
		// Nothing is done, and so nothing is lost beyond the canvas.
		if (w == width && h == height) return;
		note("canvas size " + w + " " + h);
		// What the command does when its dialog is closed; there is none without a screen.
		image.setStack(null, new CanvasResizer().expandStack(image.getStack(), w, h, 0, 0));
		remap(w, h, (x, y) -> new int[] { x, y });
	}

	private void flipAll() {
		final boolean horizontally = random.nextBoolean();
		final int w = width;
		final int h = height;
		note("flip image " + horizontally);
		macro("run('Flip " + (horizontally ? "Horizontally" : "Vertically") + "', 'stack');");
		remap(w, h, (x, y) -> horizontally ? new int[] { w - 1 - x, y } : new int[] { x, h - 1 - y });
	}

	private void turnAll() {
		final int w = width;
		final int h = height;
		note("rotate image");
		macro("run('Rotate 90 Degrees Right');");
		remap(h, w, (x, y) -> new int[] { y, h - 1 - x });
	}

	/** Without interpolation: pixels are copied or dropped, and ImageJ itself tells which. */
	private void scale() {
		if (width < 12 || height < 12) return;
		final int w = width - 3;
		final int h = height - 2;
		note("size " + w + " " + h);
		final ImageProcessor processor = image.getProcessor();
		processor.setInterpolationMethod(ImageProcessor.NONE);
		image.setStack(null, new StackProcessor(image.getStack(), processor).resize(w, h));
		final int[] numbers = new int[width * height];
		Arrays.setAll(numbers, i -> i);
		final ImageProcessor from = new ColorProcessor(width, height, numbers);
		from.setInterpolationMethod(ImageProcessor.NONE);
		final int[] places = (int[]) from.resize(w, h).getPixels();
		final int old = width;
		remap(w, h, (x, y) -> new int[] { places[y * w + x] % old, places[y * w + x] / old });
	}

	private void substack() {
		if (traced.size() < 2) return;
		final int first = random.nextInt(traced.size() - 1);
		note("substack from " + first);
		open().layers();
		image = new Duplicator().run(image, 1, 4, first + 1, traced.size(), 1, 1);
		traced = new ArrayList<>(traced.subList(first, traced.size()));
		beyondIsGone();
	}

	private void exchange() {
		final LayerFormat format =
			List.of(LayerFormat.PSD, LayerFormat.ORA, LayerFormat.ZIP, LayerFormat.TIFF).get(random.nextInt(4));
		note("through " + format);
		final Path file = dir.resolve("layers" + format.suffix().toLowerCase(Locale.ROOT));
		final Path written =
			format.write(new LayerDocument(open().layers(), LayerMetadata.titled("t")), file, Progress.none());
		image = Hyperstacks.of(LayerFormat.read(written).layers(), "read");
		beyondIsGone();
	}

	/** The state that is back, by its pixels; steps that changed nothing are none. */
	@SuppressWarnings("unchecked")
	private void undo() {
		note("undo");
		if (open().undo().isEmpty()) return;
		final LayerStack now = open().layers();
		final List<Object[]> states = new ArrayList<>(history);
		Collections.reverse(states);
		for (final Object[] s : states) {
			width = (int) s[0];
			height = (int) s[1];
			traced = new ArrayList<>(((List<Traced>) s[2]).stream().map(Traced::copy).toList());
			if (is(now)) return;
		}
		fail("no such state before: " + done);
	}

	private boolean is(final LayerStack now) {
		if (now.width() != width || now.height() != height || now.size() != traced.size()) return false;
		for (int k = 0; k < now.size(); k++) {
			final Traced t = traced.get(k);
			final RgbaImage all = now.get(k).onCanvas(width, height);
			if (now.get(k).visible() != t.visible || Math.abs(now.get(k).opacity() - t.opacity) > 0.003) return false;
			for (int p = 0; p < width * height; p++) {
				final int argb = all.argb(p % width, p / width);
				if ((argb >>> 24 == 0 ? 0 : argb) != t.argb[at(p % width, p / width)]) return false;
			}
		}
		return true;
	}

	// -- What must hold --

	private void check(final int seed) {
		final LayerStack now = open().layers();
		final String where = "seed " + seed + " after " + done;
		assertTrue(is(now), "the oracle sees other pixels: " + where);
		final Provenance flat = VisibleProvenance.flat(now, p -> true);
		final RgbaImage composite = Compositor.flatten(now);
		for (int p = 0; p < width * height; p++) {
			final double[] tags = new double[From.values().length];
			double through = 1;
			final int seen = composite.argb(p % width, p / width);
			for (int k = traced.size() - 1; k >= 0 && through > 0; k--) {
				final Traced t = traced.get(k);
				final int i = at(p % width, p / width);
				if (!t.visible || t.argb[i] == 0) continue;
				final Tag tag = t.tags[i];
				final double own = through * t.opacity * (t.argb[i] >>> 24) / 255;
				final boolean picture = tag.part < 1 && tag.picture != 0 && tag.picture == seen;
				tags[tag.from.ordinal()] += picture ? own : own * tag.part;
				if (!picture) tags[From.GENERATED.ordinal()] += own * (1 - tag.part);
				through -= own;
			}
			if (through == 1) continue;
			for (int n = 0; n < tags.length; n++) tags[n] /= 1 - through;
			final double synthetic = 1 - tags[0];
			final double said = 1 - flat.observed(p) / (double) Provenance.ALL;
			final double generated = flat.share(Kind.GENERATED, p) / (double) Provenance.ALL;
			final double unknown = flat.share(Kind.UNKNOWN, p) / (double) Provenance.ALL;
			final String pixel = "pixel " + p % width + ", " + p / width + " of " + where + ": " + Arrays.toString(tags)
				+ ", but " + generated + " generated, " + unknown + " unknown, " + said + " not observed";
			assertTrue(said >= synthetic - ROUNDING, "synthetic and not declared: " + pixel);
			assertTrue(generated + unknown >= tags[From.GENERATED.ordinal()] - ROUNDING,
				"generated and not declared so: " + pixel);
			assertTrue(generated <= tags[From.GENERATED.ordinal()] + tags[From.MADE_BY_HAND.ordinal()]
				+ tags[From.UNKNOWN.ordinal()] + ROUNDING, "observed and declared generated: " + pixel);
			if (tags[0] > 1 - 1e-9 && followed) {
				observed++;
				if (flat.observed(p) == Provenance.ALL) kept++;
			}
		}
	}
}
