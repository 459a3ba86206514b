package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Lut;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleCompositor;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;
import org.layerj.layers.Samples;
import org.layerj.layers.Visibility;
import org.layerj.layers.VisibleProvenance;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/** Sends regions of random stacks to random layers; a failure names its seed. */
class AssignTest {

	private static final int RUNS = Integer.getInteger("assign.runs", 300);

	/** Noise, plain areas, gradients; opaque, transparent, or any alpha. */
	private static RgbaImage pixels(final Random random, final int w, final int h) {
		final int kind = random.nextInt(4);
		final int colour = random.nextInt();
		final int alpha = random.nextInt(4);
		final int[] argb = new int[w * h];
		for (int i = 0; i < argb.length; i++) {
			final int rgb = kind == 0 ? random.nextInt() : kind == 1 ? colour : colour + i % w * 0x010203;
			final int a = switch (alpha) {
				case 0 -> 255;
				case 1 -> i % w > w / 2 ? 255 : 0;
				case 2 -> random.nextInt(256);
				default -> Math.abs(i % w - w / 2) < 3 ? 255 : 0;
			};
			argb[i] = rgb & 0xffffff | a << 24;
		}
		return RgbaImage.ofArgb(w, h, argb);
	}

	private static LayerStack stack(final Random random, final int w, final int h, final boolean opaque,
		final Optional<SampleFormat> format)
	{
		final List<Layer> layers = new ArrayList<>();
		for (int k = 0; k < 4; k++) {
			final Bounds b = k == 0 ? Bounds.all(w, h) : new Bounds(random.nextInt(9) - 4, random.nextInt(9) - 4,
				1 + random.nextInt(w), 1 + random.nextInt(h));
			final RgbaImage pixels = pixels(random, b.width(), b.height());
			if (k == 0 && opaque) java.util.Arrays.fill(pixels.plane(RgbaImage.ALPHA), (byte) 255);
			final Layer layer = new Layer("l" + k, "Layer " + k, b, pixels,
				random.nextInt(4) > 0 ? 1 : random.nextDouble(), random.nextInt(5) > 0 || k == 0, Optional.empty(),
				Mask.none(b.width(), b.height()).as(org.layerj.provenance.Kind.COMPUTED));
			layers.add(format.map(f -> Display.redraw(layer.withSamples(samples(random, f, b)))).orElse(layer));
		}
		final LayerStack all = new LayerStack(w, h, layers);
		return random.nextBoolean() ? Visibility.markHidden(all) : all;
	}

	private static Samples samples(final Random random, final SampleFormat format, final Bounds b) {
		final Samples v = Samples.blank(format, b.width(), b.height());
		for (int c = 0; c < v.channels(); c++)
			for (int i = 0; i < b.area(); i++)
				Warp.set(v.plane(c), format.type(), i, format.type() == Type.F32 ? random.nextGaussian() * 1000
					: random.nextInt(format.type() == Type.U8 ? 256 : 65536));
		return v;
	}

	private static Region region(final Random random, final int w, final int h) {
		final Bounds b =
			new Bounds(random.nextInt(w) - 3, random.nextInt(h) - 3, 1 + random.nextInt(w), 1 + random.nextInt(h));
		return new Region(b, random.nextBoolean() ? Optional.empty()
			: Optional.of(Mask.of(b.width(), b.height(), i -> random.nextInt(3) > 0)));
	}

	@Test
	void thePictureStaysTheSameBitForBit() {
		for (int seed = 0; seed < RUNS; seed++) {
			final Random random = new Random(seed);
			// Some are larger than the tiles in which it is done.
			final int most = seed % 60 == 30 ? 600 : 24;
			final int w = 6 + random.nextInt(most);
			final int h = 6 + random.nextInt(most);
			final Optional<SampleFormat> format =
				seed % 3 > 0 ? Optional.empty() : Optional.of(new SampleFormat(Type.values()[random.nextInt(3)],
					List.of(new Channel("a", Lut.GREY, 0, 4000, true), new Channel("b", Lut.GREY, 0, 4000, true))));
			final LayerStack before = stack(random, w, h, random.nextBoolean(), format);
			final Region region = region(random, w, h);
			if (region.on(w, h).isEmpty()) continue;
			final int target = random.nextInt(4);
			final Optional<Region> others = Optional.of(region(random, w, h)).filter(r -> random.nextInt(3) == 0);
			final LayerStack after;
			if (random.nextInt(4) == 0)
				after = Assign.toNew(before, region, "new", "New", random.nextBoolean(), others, done -> {});
			else if (!before.get(target).visible() || before.get(target).opacity() != 1) continue;
			else after = Assign.to(before, region, "l" + target, random.nextBoolean(), others, done -> {});
			others.ifPresent(o -> staysBeside(before, after, region, o));
			assertEquals(Compositor.flatten(before), Compositor.flatten(after), "seed " + seed);
			if (format.isPresent()) {
				assertTrue(SampleCompositor.flatten(before).sameSamples(SampleCompositor.flatten(after)),
					"seed " + seed);
				assertEquals(before.format(), after.format());
			}
			assertEquals(VisibleProvenance.of(before).mask(), VisibleProvenance.of(after).mask(),
				"what is seen is known as before, seed " + seed);
			for (final Layer l : before.layers()) if (!l.visible()) assertSame(l, after.find(l.id()).orElseThrow());
		}
	}

	/** What the region does not hold and the others do is no soft edge. */
	private static void staysBeside(final LayerStack before, final LayerStack after, final Region region,
		final Region others)
	{
		for (final Layer l : before.layers()) {
			final RgbaImage was = l.onCanvas(before.width(), before.height());
			final RgbaImage is = after.find(l.id()).orElseThrow().onCanvas(before.width(), before.height());
			for (int y = 0; y < before.height(); y++)
				for (int x = 0; x < before.width(); x++)
					if (others.contains(x, y) && !region.contains(x, y)) assertEquals(was.argb(x, y), is.argb(x, y));
		}
	}

	@Test
	void lockedLayersStayTheSameObjectsOrNothingIsDone() {
		int done = 0;
		int rejected = 0;
		for (int seed = 0; seed < RUNS; seed++) {
			final Random random = new Random(seed);
			final int w = 6 + random.nextInt(24);
			final int h = 6 + random.nextInt(24);
			final Optional<SampleFormat> format =
				seed % 3 > 0 ? Optional.empty() : Optional.of(new SampleFormat(Type.values()[random.nextInt(3)],
					List.of(new Channel("a", Lut.GREY, 0, 4000, true), new Channel("b", Lut.GREY, 0, 4000, true))));
			LayerStack before = stack(random, w, h, random.nextInt(4) > 0, format);
			for (final Layer l : before.layers()) if (random.nextBoolean()) before = before.with(l.withLocked(true));
			final Region region = region(random, w, h);
			final int target = random.nextInt(4);
			if (region.on(w, h).isEmpty() || !before.get(target).visible() || before.get(target).opacity() != 1)
				continue;
			try {
				final LayerStack after = Assign.to(before, region, "l" + target, random.nextBoolean());
				assertEquals(Compositor.flatten(before), Compositor.flatten(after), "seed " + seed);
				if (format.isPresent())
					assertTrue(SampleCompositor.flatten(before).sameSamples(SampleCompositor.flatten(after)),
						"seed " + seed);
				for (final Layer l : before.layers())
					if (l.locked()) assertSame(l, after.find(l.id()).orElseThrow(), "seed " + seed);
				if (!after.equals(before)) done++;
			}
			catch (final EditException e) {
				assertTrue(e.getMessage().contains(" is locked, so it was not changed; unlock it first"),
					e.getMessage());
				rejected++;
			}
		}
		assertTrue(done > RUNS / 30 && rejected > RUNS / 10, done + " done, " + rejected + " rejected");
	}

	@Test
	void overALockedGroundTheSoftEdgeGoesAlongAndTheGroundStays() {
		final LayerStack mixed = Assign.to(disc(false), core(), "up", true);
		final LayerStack three =
			mixed.with(mixed.get(0).withLocked(true)).insert(2, Layer.of("marks", "Marks", RgbaImage.blank(60, 60)));
		final LayerStack after = Assign.to(three, core(), "marks", true);
		assertSame(three.get(0), after.get(0));
		assertEquals(Compositor.flatten(three), Compositor.flatten(after));
		final RgbaImage left = after.get(1).onCanvas(60, 60);
		final RgbaImage marks = after.get(2).onCanvas(60, 60);
		int soft = 0;
		for (int i = 0; i < 3600; i++) {
			assertEquals(0, left.plane(RgbaImage.ALPHA)[i], "nothing is left at " + i % 60 + ", " + i / 60);
			final int a = marks.plane(RgbaImage.ALPHA)[i] & 0xff;
			if (a > 20 && a < 235) soft++;
		}
		assertTrue(soft > 20, soft + " pixels of a soft edge");
		final String locked = assertThrows(EditException.class,
			() -> Assign.to(three.with(three.get(1).withLocked(true)), core(), "marks", true)).getMessage();
		assertEquals("Layer Up is locked, so it was not changed; " + Locks.HOW, locked);
		assertThrows(EditException.class, () -> Assign.to(three, core(), "low", true));
	}

	/** A red disc with a soft edge on a grey ramp, all in one layer, and an empty layer above. */
	private static LayerStack disc(final boolean inUpper) {
		final int n = 60;
		final int[] background = new int[n * n];
		final int[] both = new int[n * n];
		for (int i = 0; i < both.length; i++) {
			final double a = Math.max(0, Math.min(1, 12.5 - Math.hypot(i % n - 30, i / n - 30)));
			final int grey = 150 + i % n;
			background[i] = 0xff000000 | grey << 16 | grey << 8 | grey;
			both[i] = 0xff000000 | (int) Math.round(a * 220 + (1 - a) * grey) << 16
				| (int) Math.round(a * 20 + (1 - a) * grey) << 8 | (int) Math.round(a * 30 + (1 - a) * grey);
		}
		final RgbaImage empty = RgbaImage.blank(n, n);
		return new LayerStack(n, n, List.of(Layer.of("low", "Low", RgbaImage.ofArgb(n, n, inUpper ? background : both)),
			Layer.of("up", "Up", inUpper ? RgbaImage.ofArgb(n, n, both) : empty)));
	}

	private static Region core() {
		final Bounds b = new Bounds(18, 18, 25, 25);
		return new Region(b, Optional.of(Mask.of(25, 25, i -> Math.hypot(18 + i % 25 - 30, 18 + i / 25 - 30) <= 12)));
	}

	@Test
	void theSoftEdgeGoesAlongAndTheGroundIsFilled() {
		final LayerStack after = Assign.to(disc(false), core(), "up", true);
		final RgbaImage low = after.get(0).pixels();
		final RgbaImage up = after.get(1).onCanvas(60, 60);
		for (int y = 0; y < 60; y++) for (int x = 0; x < 60; x++) {
			final int grey = 150 + x;
			assertEquals(grey, low.argb(x, y) & 0xff, 7, "the ramp goes on at " + x + ", " + y);
			final double alpha = Math.max(0, Math.min(1, 12.5 - Math.hypot(x - 30, y - 30)));
			assertEquals(alpha, (up.argb(x, y) >>> 24) / 255.0, Math.hypot(x - 30, y - 30) <= 12 ? .5 : .15,
				"alpha at " + x + ", " + y);
		}
		assertEquals(255, after.get(0).pixels().argb(30, 30) >>> 24);
		assertTrue(after.get(0).synthetic().get(30, 30), "what is filled is marked");
	}

	@Test
	void whatIsTakenFromAboveLeavesNothing() {
		final LayerStack after = Assign.to(disc(true), core(), "low", true);
		final RgbaImage up = after.get(1).pixels();
		for (int y = 0; y < 60; y++) for (int x = 0; x < 60; x++) {
			final double r = Math.hypot(x - 30, y - 30);
			if (r <= 12) assertEquals(0, up.argb(x, y) >>> 24);
			else if ((up.argb(x, y) >>> 24) > 0)
				assertEquals(150 + x, up.argb(x, y) >> 16 & 0xff, 25, "no red fringe at " + x + ", " + y);
		}
	}

	@Test
	void layersThatShowNothingOfItStayTheSameObjects() {
		final LayerStack three =
			disc(false).insert(0, Layer.of("hidden", "Hidden", RgbaImage.ofArgb(60, 60, new int[3600])));
		assertSame(three.get(0), Assign.to(three, core(), "up", true).get(0));
	}

	@Test
	void itTellsHowFarItIsAndMayBeEnded() {
		final List<Double> reported = Collections.synchronizedList(new ArrayList<>());
		Assign.to(disc(false), core(), "up", true, Optional.empty(), reported::add);
		assertEquals(0, reported.get(0));
		assertEquals(1, reported.get(reported.size() - 1));
		for (final double end : reported)
			assertThrows(CancellationException.class,
				() -> Assign.to(disc(false), core(), "up", true, Optional.empty(), done -> {
					if (done >= end) throw new CancellationException();
				}));
	}

	@Test
	void hiddenAndTransparentLayersAreRejected() {
		final LayerStack stack = disc(false);
		final String hidden = assertThrows(EditException.class,
			() -> Assign.to(stack.with(stack.get(1).withVisible(false)), core(), "up", true)).getMessage();
		assertEquals("Layer Up is hidden; show it first, or choose another layer.", hidden);
		assertThrows(EditException.class,
			() -> Assign.to(stack.with(stack.get(1).withOpacity(.5)), core(), "up", true));
		assertThrows(EditException.class, () -> Assign.to(stack, Region.of(new Bounds(90, 90, 3, 3)), "up", true));
	}

	private static Layer plain(final String id, final int argb) {
		return Pictures.layer(id, Bounds.all(60, 60), (x, y) -> argb).withProvenance(Provenance.observed(60, 60));
	}

	/** What is filled looks as before where all is one colour; it is computed all the same. */
	@Test
	void aBackgroundOfOneColourIsMarkedWhereItIsFilled() {
		final LayerStack flat =
			new LayerStack(60, 60, List.of(plain("low", 0xff6090c0), Layer.of("up", "Up", RgbaImage.blank(60, 60))));
		final LayerStack after = Assign.to(flat, Region.of(new Bounds(20, 20, 10, 10)), "up", false);
		assertEquals(flat.get(0).pixels(), after.get(0).pixels());
		for (int i = 0; i < 3600; i++) {
			final boolean in = i % 60 >= 20 && i % 60 < 30 && i / 60 >= 20 && i / 60 < 30;
			assertEquals(in ? 255 : 0, after.get(0).provenance().share(Kind.COMPUTED, i), i % 60 + ", " + i / 60);
			assertEquals(in ? 0xff6090c0 : 0, after.get(1).onCanvas(60, 60).argb(i % 60, i / 60));
		}
	}

	/** A layer with an alpha of three levels shows nothing, one with six does. */
	@Test
	void aNewLayerLiesRightAboveWhatShows() {
		final Region region = Region.of(new Bounds(20, 20, 10, 10));
		final Layer mark = Pictures.layer("mark", new Bounds(29, 29, 9, 9), (x, y) -> 0xffc02010);
		final Layer beside = Pictures.layer("beside", new Bounds(30, 20, 9, 9), (x, y) -> 0xff20c010);
		for (final int[] faint : new int[][] { { 3, 2 }, { 6, 4 } }) {
			final LayerStack before =
				new LayerStack(60, 60, List.of(plain("low", 0xff6090c0), mark, beside, plain("faint", faint[0] << 24)));
			final LayerStack after = Assign.toNew(before, region, "new", "New", false);
			assertEquals(faint[1], after.indexOf("new"), faint[0] + " levels");
			assertEquals(Compositor.flatten(before), Compositor.flatten(after));
		}
	}

	/** Below an opaque layer nothing is seen that could be taken; below a translucent one there is. */
	@Test
	void onlyLayersThatAreSeenAreFilled() {
		final Layer deep = Pictures.layer("deep", Bounds.all(60, 60), (x, y) -> 0xff000000 | x * y * 7919 & 0xffffff);
		for (final boolean opaque : new boolean[] { true, false }) {
			final LayerStack before = Visibility
				.markHidden(disc(false).insert(0, deep).with(disc(false).get(0).withOpacity(opaque ? 1 : .5)));
			final LayerStack after = Assign.to(before, core(), "up", false);
			assertEquals(Compositor.flatten(before), Compositor.flatten(after));
			if (opaque) assertSame(before.get(0), after.get(0));
			else assertEquals(255, after.get(0).provenance().share(Kind.COMPUTED, 30 * 60 + 30));
			assertEquals(255, after.get(1).provenance().share(Kind.COMPUTED, 30 * 60 + 30));
		}
	}

	@Test
	void aLockedLayerAboveIsNoObstacleWhereItIsTransparent() {
		final Layer marks = Pictures.layer("marks", Bounds.all(60, 60), (x, y) -> y < 30 && x == 30 ? 0x30000000 : 0);
		final LayerStack before = disc(false).insert(2, marks.withLocked(true));
		final LayerStack after = Assign.to(before, core(), "up", false);
		assertEquals(Compositor.flatten(before), Compositor.flatten(after));
		assertSame(before.get(2), after.get(2));
		final RgbaImage up = after.get(1).onCanvas(60, 60);
		for (int i = 0; i < 3600; i++)
			if (core().contains(i % 60, i / 60)) assertEquals(i % 60 == 30 && i / 60 < 30 ? 0 : 255,
				up.argb(i % 60, i / 60) >>> 24, i % 60 + ", " + i / 60);
	}

	/** Larger than a tile both ways, and no multiple of one. */
	@Test
	void largeRegionsAreDoneInTilesThatFitTogether() {
		final int w = 600;
		final int h = 300;
		final Layer low = Pictures.layer("low", Bounds.all(w, h), (x, y) -> 0xff000000 | x << 8 & 0xff00 | y & 0xff);
		final LayerStack before = new LayerStack(w, h, List.of(low, Layer.of("up", "Up", RgbaImage.blank(1, 1))));
		final Region region = new Region(Bounds.all(w, h), Optional.of(Mask.of(w, h, i -> (i % w + i / w) % 7 < 4)));
		final List<Double> reported = Collections.synchronizedList(new ArrayList<>());
		final LayerStack after = Assign.to(before, region, "up", false, Optional.empty(), reported::add);
		final RgbaImage up = after.get(1).onCanvas(w, h);
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++)
				assertEquals(region.contains(x, y) ? low.pixels().argb(x, y) : 0, up.argb(x, y), x + ", " + y);
		for (final double done : reported) assertTrue(done >= 0 && done <= 1, reported::toString);
		for (int tile = 0; tile < 6; tile++) assertTrue(reported.contains(.6 + .35 * tile / 6), reported::toString);
	}

	@Test
	void progressOnlyGrows() {
		final List<Double> reported = new ArrayList<>();
		final LayerStack four = disc(false).insert(0, plain("a", 0xff203040)).insert(0, plain("b", 0xff203040));
		Assign.to(four, core(), "up", true, Optional.empty(), reported::add);
		final List<Double> sorted = new ArrayList<>(reported);
		Collections.sort(sorted);
		assertEquals(sorted, reported);
		assertTrue(reported.containsAll(List.of(.3, .3 + .3 / 3, .3 + .3 * 2 / 3)), reported::toString);
	}

	/** Sixteen-bit disc of 50 000 on 10 000. */
	@Test
	void theSoftEdgeGetsTheSamplesOfTheInside() {
		final SampleFormat format = new SampleFormat(Type.U16, List.of(new Channel("", Lut.GREY, 0, 65535, true)));
		final Samples samples = Samples.blank(format, 60, 60);
		final double[] share = new double[3600];
		for (int i = 0; i < 3600; i++) {
			share[i] = Math.max(0, Math.min(1, 12.5 - Math.hypot(i % 60 - 30, i / 60 - 30)));
			samples.set(0, i, Math.round(share[i] * 50000 + (1 - share[i]) * 10000));
		}
		final LayerStack before = new LayerStack(60, 60, List.of(Display.redraw(plain("low", -1).withSamples(samples)),
			Layer.of("up", "Up", RgbaImage.blank(60, 60)).withSamples(Samples.blank(format, 60, 60))));
		final LayerStack after = Assign.to(before, core(), "up", true);
		assertTrue(SampleCompositor.flatten(before).sameSamples(SampleCompositor.flatten(after)));
		final Samples up = after.get(1).samplesOnCanvas(60, 60).orElseThrow();
		final RgbaImage pixels = after.get(1).onCanvas(60, 60);
		int soft = 0;
		for (int i = 0; i < 3600; i++) {
			if (core().contains(i % 60, i / 60)) assertEquals(samples.get(0, i), up.get(0, i), "bit for bit");
			else if (pixels.plane(RgbaImage.ALPHA)[i] != 0) {
				soft++;
				assertEquals(50000, up.get(0, i), 3000, "at " + i % 60 + ", " + i / 60 + " of " + share[i]);
			}
		}
		assertTrue(soft > 20, soft + " pixels of a soft edge");
	}
}
