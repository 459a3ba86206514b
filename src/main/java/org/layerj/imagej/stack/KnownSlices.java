package org.layerj.imagej.stack;

import ij.ImagePlus;
import ij.ImageStack;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The slices of a hyperstack when it was last looked at. Holds their arrays, no copies: what a command of ImageJ
 * deletes is still what it was a moment before, in every frame.
 *
 * @param channels number of them
 * @param slices number of layers
 * @param frames number of them
 * @param type bits of a sample
 * @param pixels by index in the stack, from 0
 * @param labels by index in the stack, from 0; null where there is none
 */
public record KnownSlices(int channels, int slices, int frames, int type, List<Object> pixels, List<String> labels) {

	/** As they are now. */
	public static KnownSlices of(final ImagePlus image) {
		final List<Object> pixels = new ArrayList<>();
		final List<String> labels = new ArrayList<>();
		for (int i = 1; i <= image.getStackSize(); i++) {
			pixels.add(image.getStack().getPixels(i));
			labels.add(image.getStack().getSliceLabel(i));
		}
		return new KnownSlices(image.getNChannels(), image.getNSlices(), image.getNFrames(), image.getBitDepth(),
			pixels, labels);
	}

	/** Indices of all slices of a layer, counted from 0. */
	private IntStream ofSlice(final int z) {
		return IntStream.range(0, frames).flatMap(t -> IntStream.range(0, channels).map(c -> index(c, z, t, slices)));
	}

	/** Indices of all slices of a frame, counted from 0. */
	private IntStream ofFrame(final int t) {
		return IntStream.range(channels * slices * t, channels * slices * (t + 1));
	}

	/**
	 * What a hyperstack is to be again after slices or frames with locked layers have been deleted: with these, without
	 * what else was deleted.
	 *
	 * @param missing names of the locked layers that are gone, at least one
	 * @param stack all slices
	 * @param slices number of layers
	 * @param frames number of them
	 */
	public record Restored(Set<String> missing, ImageStack stack, int slices, int frames) {}

	/** Compares with what an image is now; empty if nothing is missing that is locked, or more has been done to it. */
	public Optional<Restored> restored(final ImagePlus image) {
		final boolean fewerSlices = image.getNSlices() < slices && image.getNFrames() == frames;
		final boolean fewerFrames = image.getNSlices() == slices && image.getNFrames() < frames;
		if (image.getNChannels() != channels || image.getBitDepth() != type || !fewerSlices && !fewerFrames)
			return Optional.empty();
		final Set<Object> now = Collections.newSetFromMap(new IdentityHashMap<>());
		for (int i = 1; i <= image.getStackSize(); i++) now.add(image.getStack().getPixels(i));
		final IntFunction<IntStream> of = fewerSlices ? this::ofSlice : this::ofFrame;
		// For each layer or frame its place now, counted from 0; -1 if it is gone.
		final int[] place = new int[fewerSlices ? slices : frames];
		final Set<String> missing = new LinkedHashSet<>();
		final List<Integer> kept = new ArrayList<>();
		int left = 0;
		for (int k = 0; k < place.length; k++) {
			final boolean gone = of.apply(k).noneMatch(i -> now.contains(pixels.get(i)));
			final Set<String> locked = of.apply(k)
				.mapToObj(i -> LayerLabel.parse(Objects.requireNonNullElse(labels.get(i), "")))
				.filter(LayerLabel::locked)
				.map(LayerLabel::name)
				.collect(Collectors.toCollection(LinkedHashSet::new));
			place[k] = gone ? -1 : left++;
			if (gone) missing.addAll(locked);
			if (!gone || !locked.isEmpty()) kept.add(k);
		}
		if (missing.isEmpty() || left != (fewerSlices ? image.getNSlices() : image.getNFrames()))
			return Optional.empty();
		final List<Integer> ofSlices = fewerSlices ? kept : IntStream.range(0, slices).boxed().toList();
		final List<Integer> ofFrames = fewerSlices ? IntStream.range(0, frames).boxed().toList() : kept;
		final ImageStack stack = new ImageStack(image.getWidth(), image.getHeight());
		for (final int t : ofFrames) for (final int z : ofSlices) for (int c = 0; c < channels; c++) {
			final int at = place[fewerSlices ? z : t];
			final int before = index(c, z, t, slices);
			final int here = 1 + (fewerSlices ? index(c, at, t, left) : index(c, z, at, slices));
			if (at < 0) stack.addSlice(labels.get(before), pixels.get(before));
			else stack.addSlice(image.getStack().getSliceLabel(here), image.getStack().getPixels(here));
		}
		return Optional.of(new Restored(missing, stack, ofSlices.size(), ofFrames.size()));
	}

	/** What is the number now, from 1, of each frame that there was, in their order; 0 if it is gone. */
	public int[] frameNumbers(final ImagePlus image) {
		final Map<Object, Integer> now = new IdentityHashMap<>();
		final int inFrame = image.getNChannels() * image.getNSlices();
		for (int i = 0; i < image.getStackSize(); i++) now.put(image.getStack().getPixels(i + 1), i / inFrame + 1);
		return IntStream.range(0, frames)
			.map(t -> ofFrame(t).map(i -> now.getOrDefault(pixels.get(i), 0)).max().orElse(0))
			.toArray();
	}

	private int index(final int c, final int z, final int t, final int inFrame) {
		return c + channels * (z + inFrame * t);
	}
}
