package org.layerj.io.formats;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.layerj.io.formats.FoundLayer.FoundGroup;
import org.layerj.io.header.Broken;
import org.layerj.layers.Bounds;

/**
 * Takes the layers of a PSD out of their groups: masks, opacity and clipping go into alpha, and of what cannot be kept
 * there is a note.
 */
final class PsdLayers {

	private final PsdIn in;
	private final Room room;
	private final int bytes;
	private final boolean grey;
	private final Set<String> joined;
	private final List<String> notes;
	private int groups;
	private int layers;

	/** @param joined ids of groups that are one layer each */
	PsdLayers(final PsdIn in, final Room room, final int bytes, final boolean grey, final Set<String> joined,
		final List<String> notes)
	{
		this.in = in;
		this.room = room;
		this.bytes = bytes;
		this.grey = grey;
		this.joined = joined;
		this.notes = notes;
	}

	/** All layers, from the bottom to the top. */
	List<PsdPart> of(final List<PsdNode> nodes, final Optional<FoundGroup> group) throws IOException {
		final List<PsdPart> all = new ArrayList<>();
		List<PsdPart> base = List.of();
		List<PsdPart> clipped = new ArrayList<>();
		for (final PsdNode node : nodes) {
			final List<PsdPart> parts =
				node.children().isPresent() ? group(node, group) : List.of(layer(node.placed(), group));
			if (node.record().clipped() && !base.isEmpty()) {
				clipped.addAll(parts);
				continue;
			}
			finish(all, base, clipped);
			base = parts;
			clipped = new ArrayList<>();
		}
		finish(all, base, clipped);
		return all;
	}

	private static void finish(final List<PsdPart> all, final List<PsdPart> base, final List<PsdPart> clipped) {
		PsdGroups.clip(base, clipped);
		all.addAll(base);
		all.addAll(clipped);
	}

	private List<PsdPart> group(final PsdNode node, final Optional<FoundGroup> around) throws IOException {
		final PsdRecord r = node.record();
		final String key = r.id().isPresent() ? String.valueOf(r.id().getAsInt()) : "group " + ++groups;
		note("The group " + r.name(), r);
		final List<PsdPart> parts = of(node.children().orElseThrow(), Optional.of(new FoundGroup(key, r.name())));
		if (joined.contains(key) && !parts.isEmpty()) {
			PsdGroups.show(parts, 1, PsdMask.read(in, room, r, node.placed().data(), bytes));
			final Bounds b = PsdGroups.all(parts);
			room.take(b.width(), b.height(), bytes == 1 ? 4 : 4 + 2 * (grey ? 1 : 3));
			return List.of(PsdPart.joined(r, parts, new PsdPixels(b.width(), b.height(), bytes, grey), b, around));
		}
		PsdGroups.show(parts, r.opacity(), PsdMask.read(in, room, r, node.placed().data(), bytes));
		if (r.locked()) parts.forEach(p -> p.locked = true);
		if (r.hidden()) parts.forEach(p -> p.visible = false);
		return parts;
	}

	private PsdPart layer(final PsdReader.Placed placed, final Optional<FoundGroup> group) throws IOException {
		final PsdRecord r = placed.record();
		note("The layer " + (r.name().isBlank() ? "layer " + (layers + 1) : r.name()), r);
		layers++;
		final long w = (long) r.right() - r.left();
		final long h = (long) r.bottom() - r.top();
		if (w < 0 || h < 0) throw new Broken("a layer that ends before it begins");
		final boolean empty = w == 0 || h == 0;
		if (!empty) PsdPixels.check(r);
		room.take(empty ? 1 : w, empty ? 1 : h, bytes == 1 ? 4 : 4 + 2 * (grey ? 1 : 3));
		final PsdPixels samples = new PsdPixels(empty ? 1 : (int) w, empty ? 1 : (int) h, bytes, grey);
		if (!empty) samples.read(in, r, placed.data());
		final Bounds bounds;
		try {
			bounds = new Bounds(r.left(), r.top(), empty ? 1 : (int) w, empty ? 1 : (int) h);
		}
		catch (final ArithmeticException e) {
			throw new Broken("a layer too far from the picture");
		}
		final Optional<PsdMask> mask = empty ? Optional.empty() : PsdMask.read(in, room, r, placed.data(), bytes);
		mask.ifPresent(m -> samples.mask(m, bounds));
		return new PsdPart(r, samples, bounds, group);
	}

	/** A note for everything that layers here cannot have. */
	private void note(final String what, final PsdRecord r) {
		if (!r.blend().equals("norm") && !r.blend().equals("pass")) notes
			.add(what + " is blended in another way than normally (" + r.blend().strip() + "), which is not kept.");
		for (final PsdRecord.Extra extra : r.extras()) notes.add(what + " " + extra.note() + ".");
		if (r.mask().filter(m -> m.feather() > 0).isPresent())
			notes.add(what + " has a mask with a soft edge (feather), which is not kept; the mask is.");
	}
}
