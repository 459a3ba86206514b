package org.layerj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Compares with a golden value and writes down how far apart they were: {@code target/parity.tsv}, the source of
 * docs/RESULTS.md.
 */
public final class Parity {

	private static final Path LOG = Path.of("target", "parity.tsv");

	static {
		// Each test run begins its own table, so that errors of old code do not stay in it.
		try {
			Files.deleteIfExists(LOG);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private Parity() {}

	/**
	 * float32: 1e-5, or 3e-6 of the largest expected value if that is more, and 1e-4 of each. Processors sum in
	 * different orders: where large numbers cancel, a small one is off by some 25 roundings of the large ones (AMD Zen
	 * 4: 1.8e-5 in a block whose largest value is 10.8; docs/RESULTS.md is of a CPU with AMX).
	 */
	public static void check(final String fixture, final String what, final float[] actual, final float[] expected) {
		check(fixture, what, actual, expected, Math.max(1e-5, 3e-6 * largest(expected)), 1e-4);
	}

	/** bfloat16: 2e-2 of the largest expected value. */
	public static void checkHalf(final String fixture, final String what, final float[] actual,
		final float[] expected)
	{
		check(fixture, what, actual, expected, 2e-2 * largest(expected), 0);
	}

	private static double largest(final float[] values) {
		double largest = 0;
		for (final float v : values) largest = Math.max(largest, Math.abs(v));
		return largest;
	}

	/** Each value must lie within {@code absolute + relative · |expected|}. */
	public static void check(final String fixture, final String what, final float[] actual, final float[] expected,
		final double absolute, final double relative)
	{
		assertEquals(expected.length, actual.length, fixture + " " + what + ": number of values");
		double worst = 0;
		int bad = -1;
		for (int i = 0; i < expected.length; i++) {
			final double error = Math.abs((double) actual[i] - expected[i]);
			if (!(error <= absolute + relative * Math.abs(expected[i])) && bad < 0) bad = i;
			if (error > worst || Double.isNaN(error)) worst = error;
		}
		record(fixture, what, expected.length, worst, largest(expected));
		if (bad >= 0) fail(String.format(Locale.ROOT, "%s %s: value %d is %g, expected %g (largest error %g)", fixture,
			what, bad, actual[bad], expected[bad], worst));
	}

	/** Writes down a comparison that must be equal to the last bit, after the caller has asserted it. */
	public static void exact(final String fixture, final String what, final long values) {
		record(fixture, what, values, 0, 0);
	}

	private static synchronized void record(final String fixture, final String what, final long values,
		final double worst, final double largest)
	{
		try {
			Files.createDirectories(LOG.getParent());
			Files.writeString(LOG,
				String.format(Locale.ROOT, "%s\t%s\t%d\t%.2e\t%.3g%n", fixture, what, values, worst, largest),
				StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
