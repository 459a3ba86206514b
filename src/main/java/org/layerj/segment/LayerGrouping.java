package org.layerj.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.layerj.common.DisjointSets;
import org.layerj.elements.PictureParts;
import org.layerj.elements.Role;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/**
 * Groups segments to layers: every part, which is one segment or several, goes to a class ({@link PartClasses}),
 * classes of which hardly anything is there are left out, and neighbouring layers are joined by kinship until there are
 * no more than asked for, as the training figures' layers are.
 */
final class LayerGrouping {

	/** A class with fewer pixels, or a smaller share of the picture, is no layer of its own. */
	private static final int MIN_LAYER_PIXELS = 10;
	private static final double MIN_LAYER_SHARE = 1.5e-4;
	/** Alpha from which a layer is taken to go on beneath another. */
	private static final double MIN_ALPHA_BENEATH = .5;
	/** Pixels at a layer's edge, whose colours are mixed with what is around by anti-aliasing and soft shadows. */
	private static final int EDGE_PIXELS = 1;
	/**
	 * A layer goes on beneath others only where its visible pixels are more than this share of the hidden ones. With 0
	 * instead of .1 the scores of 60 development figures are the same, but a plot's frame is in two layers.
	 */
	private static final double MIN_VISIBLE_SHARE = .1;
	/** Weight of the network's class probabilities for a cover, against 1 for the class its segments were given. */
	private static final double COVER_CLASS_WEIGHT = .01;
	/** Up to so many visible pixels, a layer's colour is taken up to its edge: it has hardly any other pixels. */
	private static final int MAX_SMALL_LAYER_PIXELS = 400;

	/** The layers, the height of the one that text belongs to, which is empty if none does, and the layers' parts. */
	record Grouped(LayerStack layers, OptionalInt text, PictureParts parts) {}

	/**
	 * How far apart two roles are: a pair that is not listed is never joined before the background. As in
	 * training/figures/scenes.py.
	 */
	private static final Map<Set<Role>, Double> KINSHIP =
		Map.ofEntries(kin(Role.PANEL, Role.PANEL, 1), kin(Role.MARK, Role.TEXT, 2), kin(Role.PANEL, Role.DATA, 2.5),
			kin(Role.SHAPE, Role.SHAPE, 3), kin(Role.SHAPE, Role.MARK, 4), kin(Role.SHAPE, Role.TEXT, 4.4),
			kin(Role.DATA, Role.MARK, 4.8), kin(Role.DATA, Role.SHAPE, 5), kin(Role.PANEL, Role.SHAPE, 5.2),
			kin(Role.DATA, Role.TEXT, 5.4), kin(Role.PANEL, Role.MARK, 5.6), kin(Role.PANEL, Role.TEXT, 5.8));
	/** Distance of roles that are not listed; {@link #NO_OVERLAP_BONUS} does not apply to it. */
	private static final double UNRELATED_DISTANCE = 9;
	/** Subtracted from the distance of neighbours that overlap nowhere. */
	private static final double NO_OVERLAP_BONUS = .75;
	/** Two layers overlap if both have more than this alpha in segments of at least so many pixels in all. */
	private static final double MIN_OVERLAP_ALPHA = .25;
	private static final double OVERLAP_PIXELS = 4;

	private static Map.Entry<Set<Role>, Double> kin(final Role a, final Role b, final double distance) {
		return Map.entry(EnumSet.of(a, b), distance);
	}

	/** A layer in the making: the classes that it holds, from bottom to top. */
	private record Sheet(List<SegmentClass> kinds) {

		Sheet joined(final Sheet above) {
			final List<SegmentClass> all = new ArrayList<>(kinds);
			all.addAll(above.kinds);
			return new Sheet(all);
		}

		/** Kinship of the most distant members. */
		double kinship(final Sheet other) {
			double most = 0;
			for (final SegmentClass a : kinds) for (final SegmentClass b : other.kinds) {
				final boolean shares = a.role() == b.role() && a.role() != Role.PANEL && a.role() != Role.SHAPE;
				if (!shares)
					most = Math.max(most, KINSHIP.getOrDefault(EnumSet.of(a.role(), b.role()), UNRELATED_DISTANCE));
			}
			return most;
		}
	}

	private final RgbaImage picture;
	/** Its colours without the mixed ones at edges. */
	private final int[][] colours;
	private final int[] labels;
	private final int count;
	private final double[] area;
	/** For every segment the number of its part. */
	private final int[] part;
	private final PartClasses classes;
	private final SegmentNetwork.Answer answer;
	private final double text;
	/** What is known of translucent segments, by their number. */
	private final Map<Integer, Transparency.Cover> covers;
	/** The class of each cover, by its number. */
	private final Map<Integer, SegmentClass> coverKind = new HashMap<>();
	private static final int KINDS = SegmentClass.values().length;

	private LayerGrouping(final RgbaImage picture, final SegmentGraph graph, final SegmentNetwork.Answer answer,
		final double text)
	{
		this.picture = picture;
		colours = EdgeSharpening.of(picture);
		this.text = text;
		this.answer = answer;
		labels = graph.segments().labels();
		count = graph.segmentCount();
		area = new double[count];
		for (int s = 0; s < count; s++) area[s] = graph.area()[s];
		part = FoundParts.join(graph, answer, colours);
		covers = Transparency.of(colours, graph.segments());
		classes = new PartClasses(graph, answer, part);
	}

	/**
	 * Layers of the picture's size that show it about as it is.
	 *
	 * @param picture what the graph was made of
	 * @param layers at most so many; empty: as many as there are
	 * @param text how many pixels of text are known and not in the picture
	 * @return alphas of 0 or 1, colours of the picture where a layer shows and filled in smoothly where it goes on
	 * beneath others; named by what they hold
	 */
	static Grouped of(final RgbaImage picture, final SegmentGraph graph, final SegmentNetwork.Answer answer,
		final OptionalInt layers, final double text)
	{
		final LayerGrouping grouping = new LayerGrouping(picture, graph, answer, text);
		final List<SegmentClass> kept = grouping.kept();
		final SegmentClass[] kind = grouping.covered(kept);
		lowestIsBackground(kind);
		// What covers and pairs left without a segment is no layer.
		kept.removeIf(c -> c != SegmentClass.BACKGROUND && !(c == SegmentClass.TEXT && text > 0)
			&& Arrays.stream(kind).noneMatch(k -> k == c));
		final List<Sheet> sheets = new ArrayList<>(kept.stream().map(c -> new Sheet(List.of(c))).toList());
		while (layers.isPresent() && sheets.size() > layers.getAsInt()) {
			int best = 0;
			double least = Double.MAX_VALUE;
			for (int k = 0; k + 1 < sheets.size(); k++) {
				final double distance = grouping.distance(sheets.get(k), sheets.get(k + 1));
				if (distance >= least) continue;
				least = distance;
				best = k;
			}
			sheets.set(best, sheets.get(best).joined(sheets.remove(best + 1)));
		}
		int last = sheets.size() - 1;
		while (last > 0 && !sheets.get(last).kinds.contains(SegmentClass.TEXT)) last--;
		return new Grouped(grouping.stack(sheets, kind),
			sheets.get(last).kinds.contains(SegmentClass.TEXT) ? OptionalInt.of(last) : OptionalInt.empty(),
			FoundParts.of(graph, answer, grouping.part, kind,
				Arrays.stream(kind).mapToInt(c -> height(sheets, c)).toArray()));
	}

	/** Where no segment is background, as in a picture of one colour, those of the lowest class are. */
	private static void lowestIsBackground(final SegmentClass[] kind) {
		final SegmentClass lowest = Arrays.stream(kind).min(Comparator.naturalOrder()).orElse(SegmentClass.BACKGROUND);
		for (int s = 0; s < kind.length; s++) if (kind[s] == lowest) kind[s] = SegmentClass.BACKGROUND;
	}

	/**
	 * The class of every segment. What shows a cover goes to the cover's class, and what goes on beneath one to no
	 * higher class; where that cannot be, it shows instead of the cover.
	 */
	private SegmentClass[] covered(final List<SegmentClass> kept) {
		SegmentClass[] kind = classes.among(kept);
		if (covers.isEmpty()) return kind;
		coverKinds(kind, kept);
		for (final Transparency.Cover cover : covers.values()) {
			final SegmentClass top = coverKind.get(cover.number());
			if (!kept.contains(SegmentClass.DATA) || top.compareTo(SegmentClass.DATA) < 0) continue;
			for (final int end : cover.ends())
				if (kind[end].compareTo(top) > 0) classes.limit(end, SegmentClass.DATA, top);
		}
		kind = classes.among(kept);
		coverKinds(kind, kept);
		final SegmentClass[] out = kind.clone();
		for (final Map.Entry<Integer, Transparency.Cover> e : covers.entrySet()) {
			final SegmentClass top = coverKind.get(e.getValue().number());
			final SegmentClass below = kind[e.getValue().beneath()];
			out[e.getKey()] = top.compareTo(below) >= 0 ? top : below;
		}
		return out;
	}

	/** The class that most of each cover has, if that lies above what is beneath. */
	private void coverKinds(final SegmentClass[] kind, final List<SegmentClass> kept) {
		final Map<Integer, double[]> sums = new HashMap<>();
		covers.forEach((s, cover) -> {
			final double[] sum = sums.computeIfAbsent(cover.number(), k -> new double[KINDS]);
			final SegmentClass below = kind[cover.beneath()];
			for (final SegmentClass c : kept)
				if (c.compareTo(below) > 0) sum[c.ordinal()] +=
					area[s] * (COVER_CLASS_WEIGHT * answer.visible()[s * KINDS + c.ordinal()] + (kind[s] == c ? 1 : 0));
		});
		sums.forEach((number, sum) -> coverKind.put(number,
			kept.stream().max(Comparator.comparingDouble(c -> sum[c.ordinal()])).orElse(SegmentClass.BACKGROUND)));
	}

	private static int height(final List<Sheet> sheets, final SegmentClass kind) {
		int k = 0;
		while (!sheets.get(k).kinds.contains(kind)) k++;
		return k;
	}

	/** The classes that are there; the background always is. */
	private List<SegmentClass> kept() {
		final double all = Arrays.stream(area).sum();
		final double[] covered = new double[KINDS];
		final SegmentClass[] best = classes.among(List.of(SegmentClass.values()));
		for (int s = 0; s < count; s++) covered[best[s].ordinal()] += area[s];
		covered[SegmentClass.TEXT.ordinal()] += text;
		final List<SegmentClass> kept = new ArrayList<>();
		for (final SegmentClass c : SegmentClass.values())
			if (c == SegmentClass.BACKGROUND
				|| covered[c.ordinal()] >= Math.max(MIN_LAYER_PIXELS, MIN_LAYER_SHARE * all)) kept.add(c);
		return kept;
	}

	private double distance(final Sheet below, final Sheet above) {
		final double kinship = below.kinship(above);
		return kinship < UNRELATED_DISTANCE && !overlap(below, above) ? kinship - NO_OVERLAP_BONUS : kinship;
	}

	private boolean overlap(final Sheet below, final Sheet above) {
		double both = 0;
		for (int s = 0; s < count; s++)
			if (Math.min(alpha(s, below), alpha(s, above)) > MIN_OVERLAP_ALPHA) both += area[s];
		return both >= OVERLAP_PIXELS;
	}

	/** Alpha of a layer in a segment, also where it is hidden. */
	private double alpha(final int s, final Sheet sheet) {
		double through = 1;
		for (final SegmentClass c : sheet.kinds) through *= 1 - answer.alpha()[s * KINDS + c.ordinal()];
		return 1 - through;
	}

	private LayerStack stack(final List<Sheet> sheets, final SegmentClass[] shown) {
		final List<Layer> layers = new ArrayList<>();
		final Map<String, Integer> names = new HashMap<>();
		for (int k = 0; k < sheets.size(); k++) {
			final List<SegmentClass> kinds = sheets.get(k).kinds;
			final boolean[] shows = new boolean[count];
			final boolean[] there = new boolean[count];
			final int top = kinds.get(kinds.size() - 1).ordinal();
			for (int s = 0; s < count; s++) {
				shows[s] = kinds.contains(shown[s]);
				there[s] =
					k == 0 || shows[s] || shown[s].ordinal() > top && alpha(s, sheets.get(k)) > MIN_ALPHA_BENEATH;
			}
			covers.forEach(
				(s, cover) -> there[s] |= kinds.contains(coverKind.get(cover.number())) || shows[cover.beneath()]);
			connected(shows, there);
			final String title = kinds.stream().map(c -> c.role().title()).distinct().collect(Collectors.joining(", "));
			final int number = names.merge(title, 1, Integer::sum);
			layers.add(Layer.of(String.format(Locale.ROOT, "layer-%02d", k), number == 1 ? title : title + " " + number,
				pixels(shows, there, own(shows, kinds))));
		}
		return new LayerStack(picture.width(), picture.height(), layers);
	}

	/** Clears what is hidden and reaches nothing that shows: nothing says what it would look like. */
	private void connected(final boolean[] shows, final boolean[] there) {
		final DisjointSets sets = new DisjointSets(count);
		final int w = picture.width();
		for (int i = 0; i < labels.length; i++) {
			if (i % w + 1 < w) join(sets, there, labels[i], labels[i + 1]);
			if (i + w < labels.length) join(sets, there, labels[i], labels[i + w]);
		}
		final double[] seen = new double[count];
		final double[] hidden = new double[count];
		for (int s = 0; s < count; s++) if (there[s]) (shows[s] ? seen : hidden)[sets.find(s)] += area[s];
		for (int s = 0; s < count; s++)
			there[s] &= shows[s] || seen[sets.find(s)] > MIN_VISIBLE_SHARE * hidden[sets.find(s)];
	}

	private static void join(final DisjointSets sets, final boolean[] there, final int a, final int b) {
		if (there[a] && there[b] && sets.find(a) != sets.find(b)) sets.join(sets.find(a), sets.find(b));
	}

	/**
	 * Colour and alpha, 0 … 255, of what a layer shows in translucent segments: all covers that lie over one another in
	 * it. Where the lowest of them lies over something of the same layer, that is opaque and the segment is left out.
	 */
	private Map<Integer, double[]> own(final boolean[] shows, final List<SegmentClass> kinds) {
		final Map<Integer, double[]> out = new HashMap<>();
		covers.forEach((s, first) -> {
			final double[] rgba = new double[RgbaImage.PLANES];
			double through = 1;
			int at = s;
			for (int depth = 0; depth < KINDS; depth++) {
				final Transparency.Cover cover = covers.get(at);
				if (cover == null || !kinds.contains(coverKind.get(cover.number()))) break;
				for (int c = 0; c < 3; c++) rgba[c] += through * (1 - cover.through()) * cover.own()[c];
				through *= cover.through();
				at = cover.beneath();
			}
			if (through == 1 || shows[at]) return;
			for (int c = 0; c < 3; c++) rgba[c] /= 1 - through;
			rgba[RgbaImage.ALPHA] = 255 * (1 - through);
			out.put(s, rgba);
		});
		return out;
	}

	/**
	 * The layer's pixels: the picture where it shows, the cover's own where that is translucent, a smooth continuation
	 * elsewhere.
	 */
	private RgbaImage pixels(final boolean[] shows, final boolean[] there, final Map<Integer, double[]> own) {
		final int w = picture.width();
		final int h = picture.height();
		final boolean[] mine = new boolean[w * h];
		int visible = 0;
		for (int i = 0; i < mine.length; i++) {
			mine[i] = shows[labels[i]] || own.containsKey(labels[i]);
			if (mine[i]) visible++;
		}
		boolean[] inner = mine;
		if (visible > MAX_SMALL_LAYER_PIXELS) for (int k = 0; k < EDGE_PIXELS; k++) inner = inner(inner, w, h);
		final boolean[] hidden = new boolean[w * h];
		for (int i = 0; i < hidden.length; i++) hidden[i] = there[labels[i]] && !mine[i];
		final int[] covers = new int[w * h];
		for (int i = 0; i < covers.length; i++) covers[i] = mine[i] ? 0 : labels[i] + 1;
		final VisibleParts parts = new VisibleParts(w, h, inner, covers);
		final boolean[] known = new FillSources(w, h, colours, parts).of(inner, hidden);
		final RgbaImage out = RgbaImage.blank(w, h);
		for (int c = 0; c < RgbaImage.PLANES; c++) {
			final double[] values = new double[w * h];
			for (int i = 0; i < values.length; i++) {
				final double[] cover = own.get(labels[i]);
				values[i] =
					cover != null ? cover[c] : c == RgbaImage.ALPHA ? picture.plane(c)[i] & 0xff : colours[c][i];
			}
			// What is hidden is as opaque as what shows around it.
			final boolean opaque = visible == 0 || c == RgbaImage.ALPHA && own.isEmpty();
			final double[] filled = opaque ? values : parts.inpainted(values, known, hidden);
			for (int i = 0; i < values.length; i++) {
				final double value = mine[i] ? values[i] : opaque ? 255 : filled[i];
				out.plane(c)[i] = (byte) (c == RgbaImage.ALPHA && !there[labels[i]] ? 0 : Math.round(value));
			}
		}
		return out;
	}

	/** Without the pixels at the edge, which are mixed with what is around; all if nothing else is there. */
	private static boolean[] inner(final boolean[] mine, final int w, final int h) {
		final boolean[] inner = mine.clone();
		boolean any = false;
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			final int i = y * w + x;
			if (!mine[i]) continue;
			inner[i] = (x == 0 || mine[i - 1]) && (x == w - 1 || mine[i + 1]) && (y == 0 || mine[i - w])
				&& (y == h - 1 || mine[i + w]);
			any |= inner[i];
		}
		return any ? inner : mine;
	}
}
