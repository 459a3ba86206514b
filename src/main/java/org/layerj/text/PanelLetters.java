package org.layerj.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.layerj.layers.Bounds;
import org.layerj.text.FigureCheck.Finding;
import org.layerj.text.FigureCheck.Kind;

/**
 * The letters of a figure's panels: single letters of one size, the first ones of the alphabet but for a few. Where
 * several sizes do, the largest are the panels' (others are names of categories); a row of letters that is there
 * several times as a whole is none.
 * <p>
 * Some letters have one form as capital and as small letter; how they were read tells little, and one is taken for the
 * other where the size fits then.
 *
 * @param panels in the order they were read
 */
record PanelLetters(List<Panel> panels) {

	private static final Pattern PANEL = Pattern.compile("[(\\[]?([A-Za-z])[)\\].]?");
	/** Panel letters are of one size within this ratio. */
	private static final double SAME_SIZE = 1.2;
	/** Where a letter is there twice, one that differs more from the largest is none of a panel. */
	private static final double VERY_SIZE = 1.06;
	/** Two of one letter are of one size within this ratio. */
	private static final double EQUAL_SIZE = 1.03;
	/** Letters that may be missing between the first and the last. */
	private static final int GAPS = 2;
	/** Of one form in both cases; and the height of the capital over that of the small letter, in usual fonts. */
	private static final String ONE_FORM = "COSUVWXZ";
	private static final double CAPITAL = 1.4;
	/** How many times as high as another a letter's box may be. */
	private static final double BOX_LIKE = 2.5;

	/**
	 * A letter.
	 *
	 * @param letter as a capital
	 * @param quad where it is
	 * @param size of its font
	 */
	record Panel(char letter, Quad quad, double size) {}

	/**
	 * The panel letters of a text.
	 *
	 * @param text of a figure
	 * @param sizes of the fonts of its lines, pixels
	 * @return no panels, if there are less than two
	 */
	static PanelLetters of(final FoundText text, final double[] sizes) {
		final PanelLetters capitals = of(text, sizes, true);
		final PanelLetters small = of(text, sizes, false);
		return small.size() > capitals.size() ? small : capitals;
	}

	private static PanelLetters of(final FoundText text, final double[] sizes, final boolean capitals) {
		final List<Panel> read = new ArrayList<>();
		final List<Panel> perhaps = new ArrayList<>();
		for (int k = 0; k < sizes.length; k++) {
			final Matcher m = PANEL.matcher(text.lines().get(k).text());
			if (!m.matches()) continue;
			final char letter = Character.toUpperCase(m.group(1).charAt(0));
			final Quad quad = text.lines().get(k).quad();
			if (Character.isUpperCase(m.group(1).charAt(0)) == capitals) read.add(new Panel(letter, quad, sizes[k]));
			else if (ONE_FORM.indexOf(letter) >= 0)
				perhaps.add(new Panel(letter, quad, capitals ? sizes[k] / CAPITAL : sizes[k] * CAPITAL));
		}
		final List<Panel> order = new ArrayList<>(read);
		order.sort(Comparator.comparingDouble(Panel::size).reversed());
		for (final Panel p : order) {
			final List<Panel> alike = new ArrayList<>(read.stream()
				.filter(q -> isLike(p, q, VERY_SIZE) || isLike(p, q, SAME_SIZE)
					&& read.stream().noneMatch(r -> r.letter == q.letter && isLike(p, r, VERY_SIZE)))
				.toList());
			alike.addAll(fitting(p, perhaps, alike));
			final PanelLetters found = new PanelLetters(alike);
			if (alike.size() >= 2 && found.missing().size() <= GAPS && !found.areRepeated()) return found;
		}
		return new PanelLetters(List.of());
	}

	/**
	 * Of letters that may be of the other case, those that are not among some: of each the one whose size fits best,
	 * and those of the same size.
	 */
	private static List<Panel> fitting(final Panel p, final List<Panel> perhaps, final List<Panel> others) {
		final int last = others.stream().mapToInt(Panel::letter).max().orElseThrow();
		final List<Panel> fit = perhaps.stream()
			.filter(q -> isLike(p, q, SAME_SIZE) && q.letter <= last + 1)
			.filter(q -> others.stream().noneMatch(r -> r.letter == q.letter))
			.sorted(Comparator.comparingDouble(q -> Math.abs(Math.log(q.size / p.size))))
			.toList();
		return fit.stream()
			.filter(
				q -> isLike(q, fit.stream().filter(r -> r.letter == q.letter).findFirst().orElseThrow(), EQUAL_SIZE))
			.toList();
	}

	private static boolean isLike(final Panel p, final Panel q, final double ratio) {
		return Math.abs(Math.log(q.size / p.size)) < Math.log(ratio);
	}

	/** Size of the largest; 0 if there are no panels. */
	private double size() {
		return panels.stream().mapToDouble(Panel::size).max().orElse(0);
	}

	/** Whether several letters are all there equally often, as the names of categories in several charts. */
	private boolean areRepeated() {
		final Map<Character, Long> count =
			panels.stream().collect(Collectors.groupingBy(Panel::letter, Collectors.counting()));
		return count.size() > 1 && !count.containsValue(1L) && count.values().stream().distinct().count() == 1;
	}

	/** The letters before the last one that are not there. */
	List<Character> missing() {
		final int last = panels.stream().mapToInt(Panel::letter).max().orElse('A');
		return IntStream.range('A', last)
			.filter(c -> panels.stream().noneMatch(p -> p.letter == c))
			.mapToObj(c -> (char) c)
			.toList();
	}

	/** Whether a letter stands in a part of the figure. */
	boolean isAnyIn(final Bounds part) {
		return panels.stream().anyMatch(p -> part.contains((int) p.quad.x(), (int) p.quad.y()));
	}

	/**
	 * With a text that was looked for, if it is one of the missing letters and its box is not far from the others' in
	 * height: the size of a letter that touches what it stands on is not known well.
	 */
	PanelLetters with(final String text, final Quad place) {
		final Matcher m = PANEL.matcher(text);
		if (!m.matches()) return this;
		final char letter = Character.toUpperCase(m.group(1).charAt(0));
		if (!missing().contains(letter) || panels.stream()
			.noneMatch(p -> Math.abs(Math.log(place.height() / p.quad.height())) < Math.log(BOX_LIKE))) return this;
		final List<Panel> all = new ArrayList<>(panels);
		all.add(new Panel(letter, place, panels.get(0).size));
		return new PanelLetters(all);
	}

	/** What is wrong with them. */
	List<Finding> faults() {
		final List<Finding> out = new ArrayList<>();
		for (final char letter : missing()) out.add(new Finding(Kind.PANELS, "There is no panel " + letter));
		for (int k = 0; k < panels.size(); k++) {
			final Panel p = panels.get(k);
			if (panels.subList(0, k).stream().anyMatch(q -> q.letter == p.letter))
				out.add(new Finding(Kind.PANELS, "There are two panels " + p.letter, p.quad));
		}
		if (!ascending(true) && !ascending(false)) out.add(new Finding(Kind.PANELS, "Panels are in the order "
			+ rows(true).stream().map(p -> String.valueOf(p.letter)).collect(Collectors.joining(", "))));
		return out;
	}

	private boolean ascending(final boolean rows) {
		final List<Panel> order = rows(rows);
		for (int k = 1; k < order.size(); k++) if (order.get(k).letter < order.get(k - 1).letter) return false;
		return true;
	}

	/** Row by row from the left, or column by column from the top; what lies less than two sizes apart is one row. */
	private List<Panel> rows(final boolean rows) {
		final List<Panel> left = new ArrayList<>(panels);
		final List<Panel> order = new ArrayList<>();
		while (!left.isEmpty()) {
			final double first = left.stream().mapToDouble(p -> rows ? p.quad.y() : p.quad.x()).min().orElseThrow();
			final List<Panel> row = left.stream()
				.filter(p -> (rows ? p.quad.y() : p.quad.x()) - first < 2 * p.size)
				.sorted(Comparator.comparingDouble(p -> rows ? p.quad.x() : p.quad.y()))
				.toList();
			order.addAll(row);
			left.removeAll(row);
		}
		return order;
	}
}
