package org.layerj.io.header;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * What a PNG without a profile says of its colours, as a profile: gamma and chromaticities ({@code gAMA},
 * {@code cHRM}), or coding-independent code points ({@code cICP}, ITU-T H.273). As a profile it goes into every file
 * that can hold one.
 * <p>
 * The profile is one of a matrix and curves (ICC.1:2001, 6.3.1.2), whose primaries are adapted to the white D50 after
 * Bradford. What stands for sRGB, which everybody takes where nothing is said, makes none.
 */
final class PngColours {

	/** Of red, green, blue and white, x and y. */
	private static final double[] SRGB = { 0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290 };
	private static final double[] D50 = { 0.9642, 1, 0.8249 };
	private static final double[][] BRADFORD =
		{ { 0.8951, 0.2664, -0.1614 }, { -0.7502, 1.7135, 0.0367 }, { 0.0389, -0.0685, 1.0296 } };
	/** Rounding of files that mean the same. */
	private static final double NEAR = 0.002;
	private static final int POINTS = 1024;

	private PngColours() {}

	/**
	 * The profile of gamma and chromaticities.
	 *
	 * @param gamma of the samples times 100,000, as in the chunk; 0 if there is none
	 * @param chromaticities white, red, green, blue, x and y, times 100,000; empty if there are none
	 * @param grey whether the picture is grey
	 */
	static Optional<ColourProfile> of(final long gamma, final Optional<long[]> chromaticities, final boolean grey) {
		final double[] xy = SRGB.clone();
		chromaticities.ifPresent(c -> {
			for (int i = 0; i < 8; i++) xy[i] = c[(i + 2) % 8] / 100_000.0;
		});
		// 1/2.2 is what programs write that mean sRGB.
		final boolean usual = gamma == 0 || Math.abs(gamma - 45_455) <= 5;
		if (usual && (grey || near(xy, SRGB)) || gamma != 0 && (gamma < 5_000 || gamma > 1_000_000))
			return Optional.empty();
		final double exponent = gamma == 0 ? 2.2 : 100_000.0 / gamma;
		return profile(String.format(Locale.ROOT, "PNG gamma %.4f%s", 1 / exponent,
			near(xy, SRGB) || grey ? "" : " with chromaticities"), xy, curve(exponent), grey);
	}

	/**
	 * The profile of code points; none of those that need more than a matrix and curves (PQ, HLG, YCbCr, narrow range).
	 *
	 * @param primaries code of ITU-T H.273, table 2
	 * @param transfer code of its table 3
	 */
	static Optional<ColourProfile> ofCodes(final int primaries, final int transfer, final boolean grey) {
		final double[] xy = switch (primaries) {
			case 1 -> SRGB;
			case 5 -> new double[] { 0.64, 0.33, 0.29, 0.60, 0.15, 0.06, 0.3127, 0.3290 };
			case 6, 7 -> new double[] { 0.63, 0.34, 0.31, 0.595, 0.155, 0.07, 0.3127, 0.3290 };
			case 9 -> new double[] { 0.708, 0.292, 0.17, 0.797, 0.131, 0.046, 0.3127, 0.3290 };
			case 11 -> new double[] { 0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.314, 0.351 };
			case 12 -> new double[] { 0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.3127, 0.3290 };
			default -> new double[0];
		};
		final byte[] curve = switch (transfer) {
			case 1, 6, 14, 15 -> curve(v -> v < 0.081 ? v / 4.5 : Math.pow((v + 0.099) / 1.099, 1 / 0.45));
			case 4 -> curve(2.2);
			case 5 -> curve(2.8);
			case 8 -> curve(1);
			case 13 -> curve(v -> v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
			default -> new byte[0];
		};
		if (xy.length == 0 || curve.length == 0 || transfer == 13 && (primaries == 1 || grey)) return Optional.empty();
		final String name = switch (primaries) {
			case 1 -> "BT.709";
			case 9 -> "BT.2020";
			case 11 -> "DCI-P3";
			case 12 -> "Display P3";
			default -> "BT.601";
		};
		return profile(transfer == 13 && primaries == 12 ? name : name + " primaries, transfer " + transfer, xy, curve,
			grey);
	}

	private static boolean near(final double[] a, final double[] b) {
		boolean near = true;
		for (int i = 0; i < a.length; i++) near &= Math.abs(a[i] - b[i]) < NEAR;
		return near;
	}

	private static Optional<ColourProfile> profile(final String name, final double[] xy, final byte[] curve,
		final boolean grey)
	{
		final List<String> tags = new ArrayList<>(List.of("desc", "cprt", "wtpt"));
		final List<byte[]> data = new ArrayList<>(List.of(description(name), text("No copyright"), xyz(D50)));
		if (grey) {
			tags.add("kTRC");
			data.add(curve);
		}
		else {
			final Optional<double[][]> columns = columns(xy);
			if (columns.isEmpty()) return Optional.empty();
			for (int c = 0; c < 3; c++) {
				tags.add("rgb".charAt(c) + "XYZ");
				data.add(xyz(new double[] { columns.get()[0][c], columns.get()[1][c], columns.get()[2][c] }));
				tags.add("rgb".charAt(c) + "TRC");
				data.add(curve);
			}
		}
		return ColourProfile.of(file(grey, tags, data));
	}

	/** Red, green and blue in the profile connection space, a column each; none if they are no colours. */
	private static Optional<double[][]> columns(final double[] xy) {
		final double[][] primaries = new double[3][3];
		for (int c = 0; c < 3; c++) {
			final double[] colour = colour(xy[2 * c], xy[2 * c + 1]);
			for (int i = 0; i < 3; i++) primaries[i][c] = colour[i];
		}
		final double[] white = colour(xy[6], xy[7]);
		final double[] amounts = solve(primaries, white);
		final double[] cone = times(BRADFORD, white);
		final double[] wanted = times(BRADFORD, D50);
		final double[][] adapted = new double[3][3];
		for (int c = 0; c < 3; c++) {
			final double[] seen = times(BRADFORD, new double[] { primaries[0][c] * amounts[c],
				primaries[1][c] * amounts[c], primaries[2][c] * amounts[c] });
			for (int i = 0; i < 3; i++) seen[i] *= wanted[i] / cone[i];
			final double[] back = solve(BRADFORD, seen);
			for (int i = 0; i < 3; i++) adapted[i][c] = back[i];
		}
		for (final double[] row : adapted) for (final double v : row) if (!(Math.abs(v) < 4)) return Optional.empty();
		return Optional.of(adapted);
	}

	private static double[] colour(final double x, final double y) {
		return new double[] { x / y, 1, (1 - x - y) / y };
	}

	private static double[] times(final double[][] m, final double[] v) {
		final double[] out = new double[3];
		for (int i = 0; i < 3; i++) for (int k = 0; k < 3; k++) out[i] += m[i][k] * v[k];
		return out;
	}

	/** By Cramer's rule; not a number where there is no solution. */
	private static double[] solve(final double[][] m, final double[] v) {
		final double[] out = new double[3];
		for (int c = 0; c < 3; c++) {
			final double[][] with = { m[0].clone(), m[1].clone(), m[2].clone() };
			for (int i = 0; i < 3; i++) with[i][c] = v[i];
			out[c] = determinant(with) / determinant(m);
		}
		return out;
	}

	private static double determinant(final double[][] m) {
		return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
			+ m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
	}

	// -- What a profile is made of --

	private static byte[] curve(final double exponent) {
		return ByteBuffer.allocate(16)
			.put(ascii("curv"))
			.putInt(4, 0)
			.putInt(8, 1)
			.putShort(12, (short) Math.round(exponent * 256))
			.array();
	}

	private static byte[] curve(final DoubleUnaryOperator linear) {
		final ByteBuffer b = ByteBuffer.allocate(12 + 2 * POINTS).put(ascii("curv")).putInt(0).putInt(POINTS);
		for (int i = 0; i < POINTS; i++)
			b.putShort((short) Math.round(65535 * linear.applyAsDouble(i / (POINTS - 1.0))));
		return b.array();
	}

	private static byte[] xyz(final double[] v) {
		final ByteBuffer b = ByteBuffer.allocate(20).put(ascii("XYZ ")).putInt(0);
		for (final double x : v) b.putInt((int) Math.round(x * 65536));
		return b.array();
	}

	private static byte[] text(final String text) {
		return ByteBuffer.allocate(9 + text.length()).put(ascii("text")).putInt(0).put(ascii(text)).array();
	}

	/** In ASCII only: what follows, for other scripts, is empty. */
	private static byte[] description(final String name) {
		return ByteBuffer.allocate(13 + name.length() + 78)
			.put(ascii("desc"))
			.putInt(0)
			.putInt(name.length() + 1)
			.put(ascii(name))
			.array();
	}

	private static byte[] ascii(final String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] file(final boolean grey, final List<String> tags, final List<byte[]> data) {
		final int begin = 128 + 4 + 12 * tags.size();
		final ByteArrayOutputStream body = new ByteArrayOutputStream();
		final ByteBuffer table = ByteBuffer.allocate(4 + 12 * tags.size()).putInt(tags.size());
		for (int i = 0; i < tags.size(); i++) {
			table.put(ascii(tags.get(i))).putInt(begin + body.size()).putInt(data.get(i).length);
			body.writeBytes(data.get(i));
			while (body.size() % 4 != 0) body.write(0);
		}
		final ByteBuffer file = ByteBuffer.allocate(begin + body.size());
		file.putInt(file.capacity())
			.putInt(0)
			.putInt(0x02400000)
			.put(ascii("mntr"))
			.put(ascii(grey ? "GRAY" : "RGB "))
			.put(ascii("XYZ "));
		// Any date; the same chunks make the same profile.
		for (final int n : new int[] { 2000, 1, 1, 0, 0, 0 }) file.putShort((short) n);
		file.put(ascii("acsp"));
		file.position(68);
		for (final double x : D50) file.putInt((int) Math.round(x * 65536));
		file.position(128);
		return file.put(table.array()).put(body.toByteArray()).array();
	}
}
