package org.layerj.layers.edit;

import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.layerj.layers.Layer;
import org.layerj.layers.Lut;
import org.layerj.layers.PixelHash;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Kind;

/** Recolours a layer. Alpha, bounds and everything transparent stay as they are. */
public final class Recolour {

	/** A layer is of one colour if this share of it lies within {@link #NEAR} of its commonest colour. */
	private static final double NEARLY_ALL = 0.9;
	/** Levels by which an opaque pixel may differ and still be of the same colour. */
	private static final int NEAR = 16;

	private Recolour() {}

	/**
	 * Turns every hue by an angle on the circle red – green – blue, saturation and brightness (HSB) unchanged: red
	 * becomes green by 120°.
	 *
	 * @param layer not changed
	 * @param degrees any
	 * @return another layer of the same shape
	 */
	public static Layer hue(final Layer layer, final double degrees) {
		if (Double.isNaN(degrees) || Double.isInfinite(degrees))
			throw new EditException("The hue must be a number of degrees.");
		return map(layer, rgb -> turned(rgb, degrees));
	}

	/**
	 * Makes the layer one colour in its shades. Its commonest colour becomes exactly the target; black stays black and
	 * white stays white (unless that is the commonest colour), and what lies between keeps its lightness relative to
	 * them (in Oklab). A layer of one colour, text or a line say, becomes the target throughout, its antialiased edge
	 * too.
	 *
	 * @param layer not changed
	 * @param target {@code 0xRRGGBB}
	 * @return another layer of the same shape
	 */
	public static Layer tint(final Layer layer, final int target) {
		final int main = MainColours.dominant(layer);
		if (!isOneColour(layer, main)) return map(layer, tint(main, target & 0xffffff));
		requireNoSamples(layer);
		final RgbaImage pixels = layer.pixels().copy();
		final byte[] alpha = pixels.plane(RgbaImage.ALPHA);
		final IntUnaryOperator shade = tint(main, target & 0xffffff);
		for (int i = 0; i < alpha.length; i++) {
			if (alpha[i] == 0) continue;
			// Thin pixels' colours are rounded coarsely, and the more the thinner they are.
			final int near = NEAR + (255 - (alpha[i] & 0xff)) / 2;
			final int rgb = rgb(pixels, i);
			final int to = farthest(rgb, main) <= near ? target : shade.applyAsInt(rgb);
			for (int c = 0; c < 3; c++) pixels.plane(c)[i] = (byte) (to >> 16 - 8 * c);
		}
		return recoloured(layer, pixels);
	}

	/**
	 * Looks every pixel's luminance (0.299 R + 0.587 G + 0.114 B) up in a table.
	 *
	 * @param layer not changed
	 * @param lut indexed by luminance, 0 … 255
	 * @return another layer of the same shape
	 */
	public static Layer lut(final Layer layer, final Lut lut) {
		return map(layer, rgb -> lut
			.rgb((int) Math.round(0.299 * (rgb >> 16 & 0xff) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff))));
	}

	/**
	 * Gives every colour another one, such as a {@link PaletteMap}'s.
	 *
	 * @param layer not changed
	 * @param map of a colour {@code 0xRRGGBB} to another one
	 * @return another layer of the same shape
	 */
	public static Layer map(final Layer layer, final IntUnaryOperator map) {
		requireNoSamples(layer);
		return recoloured(layer, ColourMap.apply(layer.pixels(), map));
	}

	/** A colour that a person chose is not observed; one that stayed the same still is. */
	private static Layer recoloured(final Layer layer, final RgbaImage pixels) {
		return layer.withPixels(layer.bounds(), pixels, layer.provenance()
			.mark(Kind.BY_HAND,
				i -> PixelHash.of(layer.pixels(), Optional.empty(), i) != PixelHash.of(pixels, Optional.empty(), i)));
	}

	private static void requireNoSamples(final Layer layer) {
		if (layer.samples().isPresent()) throw new EditException("Layer " + layer.name()
			+ " holds the picture's own samples, whose colours are those of the picture's lookup tables; convert the picture to RGB before decomposing it to recolour layers.");
	}

	private static boolean isOneColour(final Layer layer, final int main) {
		final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
		double all = 0;
		double near = 0;
		for (int i = 0; i < alpha.length; i++) {
			all += alpha[i] & 0xff;
			if (alpha[i] != 0 && farthest(rgb(layer.pixels(), i), main) <= NEAR + (255 - (alpha[i] & 0xff)) / 2)
				near += alpha[i] & 0xff;
		}
		return near >= NEARLY_ALL * all;
	}

	/** Lightness goes by way of black, the main colour and white; colourfulness fades towards black and white. */
	private static IntUnaryOperator tint(final int main, final int target) {
		final double from = OkLab.of(main).l();
		final OkLab to = OkLab.of(target);
		return rgb -> {
			if (rgb == main) return target;
			final double l = OkLab.of(rgb).l();
			final double black = 1e-6;
			final double shade =
				l <= from ? to.l() * l / Math.max(black, from) : 1 - (1 - to.l()) * (1 - l) / Math.max(black, 1 - from);
			final double colourful = Math.max(0, Math.min(1,
				shade <= to.l() ? shade / Math.max(black, to.l()) : (1 - shade) / Math.max(black, 1 - to.l())));
			return new OkLab(Math.max(0, Math.min(1, shade)), to.a() * colourful, to.b() * colourful).rgb();
		};
	}

	private static int turned(final int rgb, final double degrees) {
		final int r = rgb >> 16 & 0xff;
		final int g = rgb >> 8 & 0xff;
		final int b = rgb & 0xff;
		final int most = Math.max(r, Math.max(g, b));
		final int least = Math.min(r, Math.min(g, b));
		if (most == least) return rgb;
		final double range = most - least;
		final double sixth = most == r ? (g - b) / range : most == g ? 2 + (b - r) / range : 4 + (r - g) / range;
		final double h = ((sixth + degrees / 60) % 6 + 6) % 6;
		int out = 0;
		// Each channel is a trapezium over the hue: full for two sixths around its own, ramps of one sixth, nothing
		// elsewhere.
		for (final int own : new int[] { 0, 2, 4 }) {
			final double away = Math.min(Math.abs(h - own), 6 - Math.abs(h - own));
			out = out << 8 | (int) Math.round(least + range * Math.max(0, Math.min(1, 2 - away)));
		}
		return out;
	}

	private static int rgb(final RgbaImage pixels, final int i) {
		return (pixels.plane(RgbaImage.RED)[i] & 0xff) << 16 | (pixels.plane(RgbaImage.GREEN)[i] & 0xff) << 8
			| pixels.plane(RgbaImage.BLUE)[i] & 0xff;
	}

	/** Difference in the channel that differs most. */
	private static int farthest(final int a, final int b) {
		return Math.max(Math.abs((a >> 16 & 0xff) - (b >> 16 & 0xff)),
			Math.max(Math.abs((a >> 8 & 0xff) - (b >> 8 & 0xff)), Math.abs((a & 0xff) - (b & 0xff))));
	}
}
