package org.layerj.refine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.layerj.common.Progress;
import org.layerj.exact.ExactRecomposition;
import org.layerj.exact.ExactSamples;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;
import org.layerj.layers.Visibility;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/**
 * Turns a proposal of layers, of any size, into layers of the picture's own size that composite to the picture bit for
 * bit, say where their pixels come from, and hold the picture's own samples. The only entry of this package, for every
 * source of proposals.
 *
 * @param picture any size and alpha
 * @param kind provenance of pixels that are not visible in the picture
 * @param models the trained models that made them, if any
 * @param raw whether the proposal is only resampled; its composite is not the picture then, and none of its pixels
 * counts as observed
 */
public record Refinement(RgbaImage picture, Kind kind, Set<String> models, boolean raw) {

	public Refinement {
		models = Set.copyOf(models);
	}

	/**
	 * Makes a proposal of pictures: names them and, if asked for, drops redundant ones.
	 *
	 * @param pictures from the bottom to the top, at least one, all of one size
	 * @param needed whether layers whose absence hardly changes the composite are left out
	 * @return layers as large as the pictures
	 */
	public static LayerStack proposal(final List<RgbaImage> pictures, final boolean needed) {
		final List<Layer> layers = new ArrayList<>();
		for (final RgbaImage p : pictures)
			layers.add(
				Layer.of(String.format(Locale.ROOT, "layer-%02d", layers.size()), "Layer " + (layers.size() + 1), p));
		final LayerStack all = new LayerStack(pictures.get(0).width(), pictures.get(0).height(), layers);
		return needed ? RedundantLayers.drop(all) : all;
	}

	/**
	 * The layers of a proposal.
	 *
	 * @param proposal layers as large as their canvas, visible, of opacity 1; a canvas of any size that shows the same
	 * as the picture
	 * @param progress receives the share that is done, 0 … 1; may stop it
	 * @return layers of the picture's size that composite to it, with its samples
	 */
	public LayerStack of(final LayerStack proposal, final Progress progress) {
		return marked(sized(picture, proposal, progress));
	}

	/**
	 * The layers of a proposal for a picture from which a part, such as text, has been separated. Hidden content, which
	 * is smooth in the proposal, gets the texture of its surroundings.
	 *
	 * @param rest the picture without that part, of its size; shown by the proposal
	 * @param proposal as above
	 * @param lifted the separated part
	 * @param layer index of the layer into which it is composited, 0 at the bottom; empty if into none
	 * @param progress receives the share that is done, 0 … 1; may stop it
	 * @return layers of the picture's size that composite to the picture as it was before, with its samples
	 */
	public LayerStack of(final RgbaImage rest, final LayerStack proposal, final RgbaImage lifted,
		final OptionalInt layer, final Progress progress)
	{
		return of(rest, proposal, lifted, layer, SmallOverlaps.TOUCH_SHARE, progress);
	}

	/** The same with another limit of what layers that only touch have in common. */
	LayerStack of(final RgbaImage rest, final LayerStack proposal, final RgbaImage lifted, final OptionalInt layer,
		final double touch, final Progress progress)
	{
		final LayerStack sized = sized(rest, proposal, progress);
		final LayerStack whole = layer.isPresent() ? over(sized, layer.getAsInt(), lifted) : sized;
		return marked(raw ? whole
			: ExactRecomposition.of(picture, HiddenTexture.of(SmallOverlaps.without(whole, touch), progress)));
	}

	/** The stack with a picture over one of its layers, in that layer's own pixels; both cover the canvas. */
	private static LayerStack over(final LayerStack stack, final int index, final RgbaImage picture) {
		final Layer layer = stack.get(index);
		final LayerStack both =
			new LayerStack(stack.width(), stack.height(), List.of(layer, Layer.of("lifted", "lifted", picture)));
		return stack.with(layer.withPixels(layer.bounds(), Compositor.flatten(both), layer.provenance()));
	}

	private LayerStack sized(final RgbaImage shown, final LayerStack proposal, final Progress progress) {
		return raw ? NativeSize.plain(proposal, shown.width(), shown.height())
			: NativeSize.refine(shown, proposal, progress);
	}

	/** Only in the end: what is hidden is a matter of the final alphas. */
	private LayerStack marked(final LayerStack layers) {
		return raw ? new LayerStack(layers.width(), layers.height(), layers.layers()
			.stream()
			.map(
				l -> l.withProvenance(Provenance.all(l.bounds().width(), l.bounds().height(), kind).withModels(models)))
			.toList()) : Visibility.markHidden(layers, kind, models);
	}

	/**
	 * Adds a picture's samples to refined layers.
	 *
	 * @param layers compositing to the picture
	 * @param samples those of the picture, of the same size; without any, the layers stay as they are
	 * @return the same layers, with samples that composite to the picture's
	 */
	public static LayerStack withSamples(final LayerStack layers, final Optional<Samples> samples) {
		// Seals are of samples where there are some, and no more of colours.
		return samples.map(s -> Visibility.sealed(ExactSamples.of(s, layers), p -> true)).orElse(layers);
	}

	/**
	 * Makes any layers of the picture's own size exact.
	 *
	 * @param picture of the layers' size
	 * @param samples those of the picture, if it has any
	 * @param layers any
	 * @return layers that composite to the picture, with its samples
	 */
	public static LayerStack exact(final RgbaImage picture, final Optional<Samples> samples, final LayerStack layers) {
		final LayerStack exact =
			ExactRecomposition.holds(picture, layers) ? layers : ExactRecomposition.of(picture, layers);
		return samples.map(s -> ExactSamples.of(s, exact)).orElse(exact);
	}

	/**
	 * Applies layers to another picture, such as the next slice of a stack or frame of a movie. Alphas, places and
	 * names stay, and the layers composite to the other picture exactly: visible pixels take its colours; hidden ones,
	 * which are synthetic, stay.
	 *
	 * @param found layers of a picture of the same size and, if alphas are to stay as they are, the same alpha
	 * @param picture the other picture
	 * @param samples its samples, if it has any
	 * @return layers that composite to the other picture
	 */
	public static LayerStack onAnother(final LayerStack found, final RgbaImage picture,
		final Optional<Samples> samples)
	{
		final LayerStack colours = new LayerStack(found.width(), found.height(),
			found.layers().stream().map(l -> l.withPixels(l.bounds(), l.pixels(), l.provenance())).toList());
		final LayerStack exact = ExactRecomposition.of(picture, colours);
		return Visibility.sealed(samples.map(s -> ExactSamples.of(s, exact)).orElse(exact), p -> true);
	}
}
