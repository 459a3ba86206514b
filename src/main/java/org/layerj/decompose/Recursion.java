package org.layerj.decompose;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.layerj.common.Progress;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.LayerGroup;
import org.layerj.refine.Refinement;

/**
 * Decomposes a layer again. Only the part of it that is not transparent is given to the model, so that the resolution
 * increases with depth.
 * <p>
 * The new layers take the place of their parent and composite to the parent, alpha and samples included, and the
 * composite of the stack stays the same, bit for bit ({@link LayerGroup}). What was not observed in the parent is not
 * in them.
 */
public final class Recursion {

	private Recursion() {}

	/**
	 * What a layer was decomposed into.
	 *
	 * @param parent the layer
	 * @param part bounds of the children in its pixels
	 * @param children compositing to the layer
	 * @param run the record of the run
	 */
	public record Parts(Layer parent, Bounds part, LayerStack children, RunRecord run) {

		/**
		 * The stack with the children in their parent's place; other layers may have been edited in the meantime.
		 *
		 * @param stack in which the parent is
		 * @return the stack with one layer replaced by several
		 * @throws DecompositionException if the parent is missing or has been changed
		 */
		public LayerStack into(final LayerStack stack) {
			if (!stack.find(parent.id()).equals(Optional.of(parent))) throw new DecompositionException(
				"The layer " + parent.name() + " has been edited while it was decomposed; decompose it again.");
			return LayerGroup.split(stack, parent.id(), part, children);
		}
	}

	/**
	 * {@link #parts} and {@link Parts#into} at once.
	 *
	 * @param model that decomposes
	 * @param stack any layers; not changed
	 * @param id of the layer
	 * @param options as for a picture
	 * @param progress receives what happens, and is asked whether to stop
	 * @return the whole stack, with the record of the run
	 */
	public static Decomposition split(final Decomposer model, final LayerStack stack, final String id,
		final DecomposeOptions options, final Progress progress)
	{
		final Parts parts = parts(model, stack, id, options, progress);
		return new Decomposition(parts.into(stack), parts.run());
	}

	/**
	 * Decomposes one layer of a stack.
	 *
	 * @param model that decomposes
	 * @param stack any layers; not changed
	 * @param id of the layer
	 * @param options as for a picture; not {@code raw}, whose layers would not be the parent
	 * @param progress receives what happens, and is asked whether to stop
	 * @return the children, on the parent's canvas
	 * @throws DecompositionException if there is no such layer, if it is empty or not of opacity 1, or as for a picture
	 */
	public static Parts parts(final Decomposer model, final LayerStack stack, final String id,
		final DecomposeOptions options, final Progress progress)
	{
		if (options.raw()) throw new InvalidOptionException("raw",
			"A layer cannot be split with the option raw, because its parts would not be the layer; leave it out.");
		final Layer parent = layer(stack, id);
		final Bounds part = AlphaBounds.of(parent.pixels())
			.orElseThrow(() -> new DecompositionException(
				"The layer " + parent.name() + " is transparent everywhere; choose one that shows something."));
		if (parent.opacity() != 1)
			throw new DecompositionException("The layer " + parent.name() + " has the opacity " + parent.opacity()
				+ ", so its parts would show through each other; set it to 1 before splitting the layer.");
		final RgbaImage picture = parent.pixels().crop(part);
		model.forecast(picture.width(), picture.height(), options).rejection().ifPresent(r -> {
			throw new DecompositionException(r);
		});
		final Decomposition found =
			new Task(options, Optional.empty(), List.of()).run(model, picture, Optional.empty(), progress);
		progress.check();
		final LayerStack children = Refinement.exact(picture, parent.samples().map(v -> v.crop(part)), found.layers());
		return new Parts(parent, part, children, found.run());
	}

	private static Layer layer(final LayerStack stack, final String id) {
		try {
			return stack.get(stack.indexOf(id));
		}
		catch (final NoSuchElementException e) {
			throw new DecompositionException("There is no layer with the id " + id + ".", e);
		}
	}
}
