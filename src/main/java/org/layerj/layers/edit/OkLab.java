package org.layerj.layers.edit;

/**
 * Björn Ottosson's perceptual colour space Oklab (2020, bottosson.github.io/posts/oklab): lightness 0 … 1 and two
 * opponent colours around 0, in which equal distances look about equal.
 *
 * @param l lightness, 0 black to 1 white
 * @param a green (below 0) to red, −0.3 … 0.3 in sRGB
 * @param b blue (below 0) to yellow, −0.4 … 0.2 in sRGB
 */
public record OkLab(double l, double a, double b) {

	/**
	 * Of a colour {@code 0xRRGGBB} in sRGB.
	 *
	 * @param rgb sRGB
	 * @return the colour in Oklab
	 */
	public static OkLab of(final int rgb) {
		final double red = Srgb.linear(rgb >> 16 & 0xff);
		final double green = Srgb.linear(rgb >> 8 & 0xff);
		final double blue = Srgb.linear(rgb & 0xff);
		final double l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
		final double m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
		final double s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
		return new OkLab(0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
			1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
			0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
	}

	/** The nearest 8-bit sRGB colour {@code 0xRRGGBB}; channels beyond the gamut are clipped. */
	int rgb() {
		final double lc = cube(l + 0.3963377774 * a + 0.2158037573 * b);
		final double mc = cube(l - 0.1055613458 * a - 0.0638541728 * b);
		final double sc = cube(l - 0.0894841775 * a - 1.2914855480 * b);
		return Srgb.level(4.0767416621 * lc - 3.3077115913 * mc + 0.2309699292 * sc) << 16 //
			| Srgb.level(-1.2684380046 * lc + 2.6097574011 * mc - 0.3413193965 * sc) << 8 //
			| Srgb.level(-0.0041960863 * lc - 0.7034186147 * mc + 1.7076147010 * sc);
	}

	double chroma() {
		return Math.hypot(a, b);
	}

	/**
	 * The Euclidean distance; about 0.02 is just noticeable.
	 *
	 * @param other colour
	 * @return 0 for the same; black and white are 1 apart
	 */
	public double distance(final OkLab other) {
		return Math.sqrt((l - other.l) * (l - other.l) + (a - other.a) * (a - other.a) + (b - other.b) * (b - other.b));
	}

	private static double cube(final double x) {
		return x * x * x;
	}
}
