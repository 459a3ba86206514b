package org.layerj.layers.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleCompositor;
import org.layerj.layers.Samples;
import org.layerj.layers.Visibility;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/**
 * Puts the layers that one layer was split into in its place, so that they are that layer, alpha included, and the
 * whole stack shows what it showed before, bit for bit.
 * <p>
 * That the children composite to the parent's pixels, rounded, is not enough: <em>over</em> other layers the part of a
 * level that rounding took away can come back. Where it does, a pixel's children all take the parent's colour, if
 * together they are opaque as it is; else the child with the largest share takes over the parent's pixel, and the
 * others leave it. Then nothing is rounded twice.
 */
public final class LayerGroup {

	private LayerGroup() {}

	/**
	 * The stack with a layer replaced by others.
	 *
	 * @param stack any stack
	 * @param id the layer to replace, of opacity 1; every layer put in has its visibility and names it as its parent
	 * @param part where in the layer's own pixels its children lie; all of the layer beyond is transparent
	 * @param children a canvas as large as that part, whose composite is the layer there; visible, of opacity 1, and
	 * with values if the layer has them
	 * @return with ids made from the parent's. Of a child's pixel is observed what is so in the child and was in the
	 * parent.
	 */
	public static LayerStack split(final LayerStack stack, final String id, final Bounds part,
		final LayerStack children)
	{
		final Layer parent = stack.get(stack.indexOf(id));
		if (parent.opacity() != 1) throw new IllegalArgumentException(
			"Layer " + id + " has the opacity " + parent.opacity() + ", and its parts would show each other.");
		if (children.width() != part.width() || children.height() != part.height()) throw new IllegalArgumentException(
			"Children of " + children.width() + " × " + children.height() + " pixels do not fit into " + part + ".");
		final List<Layer> inside = new ArrayList<>();
		for (final Layer child : children.layers()) inside.add(own(child, children));
		agree(stack, parent, part, inside);
		final List<Layer> layers = new ArrayList<>(stack.layers());
		final int at = stack.indexOf(id);
		layers.remove(at);
		for (int k = 0; k < inside.size(); k++)
			layers.add(at + k, adopted(inside.get(k), parent, part, freeId(stack, id, k), k));
		return Visibility.resealed(stack, new LayerStack(stack.width(), stack.height(), layers));
	}

	/**
	 * Pixels of its own, to be changed; transparent beyond the children's canvas, where they were out of sight, and the
	 * parent has nothing.
	 */
	private static Layer own(final Layer child, final LayerStack children) {
		if (child.opacity() != 1 || !child.visible())
			throw new IllegalArgumentException("Layer " + child.id() + " is not a visible layer of opacity 1.");
		final Bounds b = child.bounds();
		final Bounds canvas = Bounds.all(children.width(), children.height());
		final Layer copy = child.withPixels(b, child.pixels().copy(), child.provenance());
		final byte[] alpha = copy.pixels().plane(RgbaImage.ALPHA);
		for (int i = 0; i < alpha.length; i++)
			if (!canvas.contains(b.x() + i % b.width(), b.y() + i / b.width())) alpha[i] = 0;
		return child.samples().map(v -> copy.withSamples(v.copy())).orElse(copy);
	}

	/** An id for a child of a layer, its {@code k}-th from 0, that no layer of the stack has. */
	public static String freeId(final LayerStack stack, final String id, final int k) {
		String free = id + "." + (k + 1);
		while (stack.find(free).isPresent()) free += "'";
		return free;
	}

	private static Layer adopted(final Layer child, final Layer parent, final Bounds part, final String id,
		final int k)
	{
		final Bounds b = child.bounds();
		final Bounds in = b.at(b.x() + part.x(), b.y() + part.y());
		final Provenance known = both(child, parent, in);
		return new Layer(id, String.format(Locale.ROOT, "%s.%d", parent.name(), k + 1),
			in.at(parent.bounds().x() + in.x(), parent.bounds().y() + in.y()), child.pixels(), 1, parent.visible(),
			Optional.of(parent.id()), known, child.samples());
	}

	/** Of what the child has of its parent's pixel, only what was observed there is observed. */
	private static Provenance both(final Layer child, final Layer parent, final Bounds in) {
		final Provenance own = child.provenance();
		final Provenance inherited = parent.provenance();
		if (inherited.isObserved()) return own;
		final Provenance.Builder both =
			new Provenance.Builder(in.width(), in.height()).models(own.models()).models(inherited.models());
		final double[] shares = new double[Kind.values().length];
		for (int i = 0; i < in.width() * in.height(); i++) {
			final int x = in.x() + i % in.width();
			final int y = in.y() + i / in.width();
			both.copy(i, own, i);
			if (x < 0 || y < 0 || x >= parent.bounds().width() || y >= parent.bounds().height()) continue;
			final int j = y * parent.bounds().width() + x;
			final double observed = own.observed(i) / (double) Provenance.ALL;
			for (final Kind kind : Kind.values())
				shares[kind.ordinal()] =
					(kind == Kind.OBSERVED ? 0 : own.share(kind, i)) + observed * inherited.share(kind, j);
			for (int k = 0; k < shares.length; k++) shares[k] /= Provenance.ALL;
			both.mix(i, shares, 0);
		}
		return both.build();
	}

	/** Changes the children where the whole would show something else than with the parent. */
	private static void agree(final LayerStack stack, final Layer parent, final Bounds part,
		final List<Layer> children)
	{
		// Only that part of the canvas, with the layer visible whether it is or not.
		final Bounds place = part.at(parent.bounds().x() + part.x(), parent.bounds().y() + part.y());
		final List<Layer> before = new ArrayList<>();
		final List<Layer> after = new ArrayList<>();
		for (final Layer l : stack.layers()) {
			final Layer moved = l.at(l.bounds().x() - place.x(), l.bounds().y() - place.y());
			before.add(l == parent ? moved.withVisible(true) : moved);
			if (l != parent) after.add(moved);
			else for (int k = 0; k < children.size(); k++)
				after.add(renamed(children.get(k), freeId(stack, l.id(), k)));
		}
		final LayerStack whole = new LayerStack(part.width(), part.height(), after);
		final LayerStack group = new LayerStack(part.width(), part.height(), children);
		final Appearance wanted = Appearance.of(new LayerStack(part.width(), part.height(), before));
		final Appearance wantedAlone = Appearance.of(
			new LayerStack(part.width(), part.height(), List.of(parent.withVisible(true).at(-part.x(), -part.y()))));
		final Layer[] own = children.toArray(Layer[]::new);
		// First everywhere as little as possible, then where that was not enough.
		for (final boolean alone : new boolean[] { false, true }) {
			final Appearance now = Appearance.of(whole);
			final Appearance nowAlone = Appearance.of(group);
			IntStream.range(0, part.height()).parallel().forEach(y -> {
				final SampleCompositor.Column column = new SampleCompositor.Column(own);
				for (int x = 0; x < part.width(); x++) {
					final int i = y * part.width() + x;
					if (!wanted.differs(now, i) && !wantedAlone.differs(nowAlone, i)) continue;
					column.gather(x, y);
					take(parent, (y + part.y()) * parent.bounds().width() + x + part.x(), own, column, alone);
				}
			});
		}
	}

	private static Layer renamed(final Layer child, final String id) {
		return new Layer(id, child.name(), child.bounds(), child.pixels(), 1, true, Optional.empty(),
			child.provenance(), child.samples());
	}

	/** The parent's pixel into the children that show at it, or into one of them alone. */
	private static void take(final Layer parent, final int from, final Layer[] children,
		final SampleCompositor.Column column, final boolean alone)
	{
		if (column.count == 0) return;
		final boolean full = parent.pixels().plane(RgbaImage.ALPHA)[from] == -1 && column.over[column.count - 1] == 1;
		int most = 0;
		double share = 0;
		double through = 1;
		for (int k = 0; k < column.count; k++) {
			if (column.over[k] * through > share) {
				most = k;
				share = column.over[k] * through;
			}
			through *= 1 - column.over[k];
		}
		for (int k = 0; k < column.count; k++) {
			final Layer child = children[column.layer[k]];
			final int at = column.at[k];
			if (full && !alone || k == most) {
				for (int c = 0; c < 3; c++) child.pixels().plane(c)[at] = parent.pixels().plane(c)[from];
				if (parent.samples().isPresent()) for (int c = 0; c < parent.samples().get().channels(); c++)
					child.samples().orElseThrow().copy(c, at, parent.samples().get(), from);
			}
			if (!full || alone) child.pixels().plane(RgbaImage.ALPHA)[at] =
				k == most ? parent.pixels().plane(RgbaImage.ALPHA)[from] : 0;
		}
	}

	/** What a stack shows: colours, or samples and alpha. */
	private record Appearance(RgbaImage colours, Optional<Samples> samples) {

		static Appearance of(final LayerStack stack) {
			return new Appearance(Compositor.flatten(stack), stack.format().map(f -> SampleCompositor.flatten(stack)));
		}

		boolean differs(final Appearance other, final int i) {
			for (int c = 0; c < RgbaImage.PLANES; c++)
				if (colours.plane(c)[i] != other.colours.plane(c)[i]) return true;
			if (samples.isEmpty() || other.samples.isEmpty()) return false;
			for (int c = 0; c < samples.get().channels(); c++)
				if (!samples.get().same(c, i, other.samples.get(), i)) return true;
			return false;
		}
	}
}
