package org.layerj.io.formats;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.layerj.elements.LayerTitle;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * Lineage as groups: neighbours that were split from the same layer share a group named after it. Only neighbours,
 * since groups must not change the order; so one parent may have several groups.
 */
final class LayerTree {

	/** A layer or a group. */
	sealed interface Node permits Leaf, Group {}

	/** A layer, and its height in the stack. */
	record Leaf(Layer layer, int index) implements Node {}

	/**
	 * @param id of the layer that was split
	 * @param name what that layer is called; if it is not there any more, what its children are called but for their
	 * number, or its id
	 * @param children from the bottom to the top
	 */
	record Group(String id, String name, List<Node> children) implements Node {}

	private static final Pattern NUMBER = Pattern.compile("[. ]\\d+$");

	private LayerTree() {}

	/** From the bottom to the top. */
	static List<Node> of(final LayerStack stack) {
		final Group root = new Group("", "", new ArrayList<>());
		final List<Group> open = new ArrayList<>(List.of(root));
		for (int k = 0; k < stack.size(); k++) {
			final List<String> path = path(stack, stack.get(k));
			int shared = 0;
			while (shared < path.size() && shared + 1 < open.size()
				&& open.get(shared + 1).id().equals(path.get(shared))) shared++;
			while (open.size() > shared + 1) open.remove(open.size() - 1);
			for (final String id : path.subList(shared, path.size())) {
				final Group group = new Group(id, "", new ArrayList<>());
				open.get(open.size() - 1).children().add(group);
				open.add(group);
			}
			open.get(open.size() - 1).children().add(new Leaf(stack.get(k), k));
		}
		return root.children().stream().map(node -> named(stack, node)).toList();
	}

	private static Node named(final LayerStack stack, final Node node) {
		if (!(node instanceof Group group)) return node;
		final List<Node> children = group.children().stream().map(child -> named(stack, child)).toList();
		final Set<String> names = new HashSet<>();
		for (final Node child : children) {
			final String name = child instanceof Leaf leaf ? leaf.layer().name() : ((Group) child).name();
			names.add(LayerTitle.role(name).orElse(NUMBER.matcher(name).replaceFirst("")));
		}
		final String own = stack.find(group.id()).map(Layer::name).orElse("");
		final String common = names.size() == 1 ? names.iterator().next() : "";
		return new Group(group.id(), own.isEmpty() ? common.isBlank() ? group.id() : common : own, children);
	}

	/** Number of groups, nested ones included. */
	static int groups(final List<Node> nodes) {
		int n = 0;
		for (final Node node : nodes) if (node instanceof Group g) n += 1 + groups(g.children());
		return n;
	}

	/** Ids of parent, grandparent …, the oldest first. */
	private static List<String> path(final LayerStack stack, final Layer layer) {
		final List<String> path = new ArrayList<>();
		final Set<String> seen = new HashSet<>(Set.of(layer.id()));
		Optional<String> parent = layer.parent();
		while (parent.isPresent() && seen.add(parent.get())) {
			path.add(0, parent.get());
			parent = stack.find(parent.get()).flatMap(Layer::parent);
		}
		return path;
	}
}
