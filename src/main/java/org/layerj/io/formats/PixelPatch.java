package org.layerj.io.formats;

import java.security.MessageDigest;
import java.util.Optional;
import org.layerj.common.Hash;
import org.layerj.io.header.Broken;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;

/**
 * The difference between a layer's pixels and what its values look like, for files that hold values only. Most often
 * there is none. It holds as long as the samples are the same: a hash of them comes first.
 */
final class PixelPatch {

	private PixelPatch() {}

	/** The difference as text; none if the pixels are what the values look like. */
	static Optional<String> of(final Layer layer) {
		final Samples samples = layer.samples().orElseThrow();
		final RgbaImage shown = Display.of(samples.format()).render(samples, layer.pixels().plane(RgbaImage.ALPHA));
		if (shown.equals(layer.pixels())) return Optional.empty();
		final byte[] difference = new byte[3 * samples.width() * samples.height()];
		apply(difference, shown);
		apply(difference, layer.pixels());
		return Optional.of(hash(samples) + MaskCode.of(difference));
	}

	/** The pixels that go with these values. */
	static RgbaImage apply(final String patch, final Samples samples, final RgbaImage shown) throws Broken {
		final String hash = hash(samples);
		if (!patch.startsWith(hash)) return shown;
		final byte[] pixels = MaskCode.bytes(patch.substring(hash.length()), 3L * samples.width() * samples.height());
		apply(pixels, shown);
		final int n = samples.width() * samples.height();
		final RgbaImage out = RgbaImage.blank(samples.width(), samples.height());
		for (int c = 0; c < 3; c++) System.arraycopy(pixels, c * n, out.plane(c), 0, n);
		System.arraycopy(shown.plane(RgbaImage.ALPHA), 0, out.plane(RgbaImage.ALPHA), 0, n);
		return out;
	}

	private static void apply(final byte[] sum, final RgbaImage image) {
		final int n = sum.length / 3;
		for (int c = 0; c < 3; c++) for (int i = 0; i < n; i++) sum[c * n + i] ^= image.plane(c)[i];
	}

	private static String hash(final Samples samples) {
		final MessageDigest digest = Hash.sha256();
		final byte[] row = new byte[2 * samples.width()];
		for (int c = 0; c < samples.channels(); c++) {
			final short[] plane = (short[]) samples.plane(c);
			for (int y = 0; y < samples.height(); y++) {
				for (int x = 0; x < samples.width(); x++) {
					row[2 * x] = (byte) (plane[y * samples.width() + x] >> 8);
					row[2 * x + 1] = (byte) plane[y * samples.width() + x];
				}
				digest.update(row);
			}
		}
		return Hash.hex(digest);
	}
}
