package org.layerj.layers.edit;

import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import org.layerj.layers.Bounds;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat.Type;
import org.layerj.layers.Samples;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/**
 * Layers whose pixels are weighted sums of other layers' pixels. Everything is weighted by alpha first and divided by
 * the new alpha afterwards, in floating point and rounded once: colours under transparent pixels play no part, and a
 * layer of one colour keeps exactly that colour.
 */
final class Warp {

	/** Below half a level of alpha a pixel is transparent black. */
	private static final float LEAST = 0.5f / 255;
	/** What synthetic pixels may lend to one that still counts as observed. */
	private static final float TRACE = 0.02f;

	private Warp() {}

	/**
	 * @param to the new bounds
	 * @param resample the weighted sums: a plane of the old bounds' size in, one of the new bounds' size out; linear,
	 * the same for every plane
	 */
	static Layer of(final Layer layer, final Bounds to, final UnaryOperator<float[]> resample) {
		final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
		final float[] cover = new float[alpha.length];
		for (int i = 0; i < cover.length; i++) cover[i] = (alpha[i] & 0xff) / 255f;
		final float[] newCover = resample.apply(cover);
		final RgbaImage pixels = RgbaImage.blank(to.width(), to.height());
		for (int c = 0; c < 3; c++) {
			final byte[] plane = layer.pixels().plane(c);
			final float[] sums = weighted(cover, i -> plane[i] & 0xff, resample);
			for (int i = 0; i < newCover.length; i++)
				if (newCover[i] >= LEAST) pixels.plane(c)[i] = level(sums[i] / newCover[i]);
		}
		for (int i = 0; i < newCover.length; i++) pixels.plane(RgbaImage.ALPHA)[i] = level(newCover[i] * 255);
		final Layer warped = layer.withPixels(to, pixels, known(layer.provenance(), cover, newCover, to, resample));
		return layer.samples()
			.map(v -> Display.redraw(warped.withSamples(samples(v, cover, newCover, to, resample))))
			.orElse(warped);
	}

	private static float[] weighted(final float[] cover, final IntToDoubleFunction sample,
		final UnaryOperator<float[]> resample)
	{
		final float[] plane = new float[cover.length];
		// What is transparent has no weight, even if the sample is not a number.
		for (int i = 0; i < plane.length; i++)
			if (cover[i] > 0) plane[i] = (float) (cover[i] * sample.applyAsDouble(i));
		return resample.apply(plane);
	}

	/** What is mixed comes from wherever its parts do. Seals are broken: no pixel is where it was. */
	private static Provenance known(final Provenance before, final float[] cover, final float[] newCover,
		final Bounds to, final UnaryOperator<float[]> resample)
	{
		if (before.isObserved()) return Provenance.observed(to.width(), to.height());
		final float[][] sums = new float[Kind.values().length][];
		for (final Kind kind : Kind.values())
			if (kind != Kind.OBSERVED)
				sums[kind.ordinal()] = weighted(cover, i -> before.share(kind, i) / (double) Provenance.ALL, resample);
		final Provenance.Builder out = new Provenance.Builder(to.width(), to.height()).models(before.models());
		final double[] shares = new double[sums.length];
		for (int i = 0; i < newCover.length; i++) {
			if (newCover[i] < LEAST) continue;
			double all = 0;
			for (int k = 1; k < sums.length; k++) {
				// Cubic convolution swings beyond what it interpolates.
				shares[k] = Math.max(0, Math.min(1, sums[k][i] / newCover[i]));
				all += shares[k];
			}
			for (int k = 1; k < sums.length && all > 1; k++) shares[k] /= all;
			out.mix(i, shares, TRACE);
		}
		return out.build();
	}

	private static Samples samples(final Samples samples, final float[] cover, final float[] newCover, final Bounds to,
		final UnaryOperator<float[]> resample)
	{
		final Samples out = Samples.blank(samples.format(), to.width(), to.height());
		for (int c = 0; c < samples.channels(); c++) {
			final int channel = c;
			final float[] sums = weighted(cover, i -> samples.get(channel, i), resample);
			for (int i = 0; i < sums.length; i++)
				if (newCover[i] >= LEAST) set(out.plane(c), samples.format().type(), i, sums[i] / newCover[i]);
		}
		return out;
	}

	/** Writes a sample, rounded and kept within what the type can hold. */
	static void set(final Object plane, final Type type, final int index, final double value) {
		final double fit = Math.max(0, Math.min(type.most(), value));
		switch (type) {
			case U8 -> ((byte[]) plane)[index] = (byte) Math.round(fit);
			case U16 -> ((short[]) plane)[index] = (short) Math.round(fit);
			case F32 -> ((float[]) plane)[index] = (float) value;
		}
	}

	static byte level(final double value) {
		return (byte) Math.max(0, Math.min(255, Math.round(value)));
	}
}
