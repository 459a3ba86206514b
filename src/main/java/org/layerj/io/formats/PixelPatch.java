package org.layerj.io.formats;

import java.security.MessageDigest;
import java.util.Optional;
import org.layerj.common.Hash;
import org.layerj.io.header.Broken;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Values;

/**
 * The difference between a layer's pixels and what its values look like, for files that hold values only. Most often
 * there is none. It holds as long as the values are the same: a hash of them comes first.
 */
final class PixelPatch {

	private PixelPatch() {}

	/** The difference as text; none if the pixels are what the values look like. */
	static Optional<String> of(final Layer layer) {
		final Values values = layer.values().orElseThrow();
		final RgbaImage shown = Display.of(values.format()).render(values, layer.pixels().plane(RgbaImage.ALPHA));
		if (shown.equals(layer.pixels())) return Optional.empty();
		final byte[] difference = new byte[3 * values.width() * values.height()];
		apply(difference, shown);
		apply(difference, layer.pixels());
		return Optional.of(hash(values) + MaskCode.of(difference));
	}

	/** The pixels that go with these values. */
	static RgbaImage apply(final String patch, final Values values, final RgbaImage shown) throws Broken {
		final String hash = hash(values);
		if (!patch.startsWith(hash)) return shown;
		final byte[] pixels = MaskCode.bytes(patch.substring(hash.length()), 3L * values.width() * values.height());
		apply(pixels, shown);
		final int n = values.width() * values.height();
		final RgbaImage out = RgbaImage.blank(values.width(), values.height());
		for (int c = 0; c < 3; c++) System.arraycopy(pixels, c * n, out.plane(c), 0, n);
		System.arraycopy(shown.plane(RgbaImage.ALPHA), 0, out.plane(RgbaImage.ALPHA), 0, n);
		return out;
	}

	private static void apply(final byte[] sum, final RgbaImage image) {
		final int n = sum.length / 3;
		for (int c = 0; c < 3; c++) for (int i = 0; i < n; i++) sum[c * n + i] ^= image.plane(c)[i];
	}

	private static String hash(final Values values) {
		final MessageDigest digest = Hash.sha256();
		final byte[] row = new byte[2 * values.width()];
		for (int c = 0; c < values.channels(); c++) {
			final short[] plane = (short[]) values.plane(c);
			for (int y = 0; y < values.height(); y++) {
				for (int x = 0; x < values.width(); x++) {
					row[2 * x] = (byte) (plane[y * values.width() + x] >> 8);
					row[2 * x + 1] = (byte) plane[y * values.width() + x];
				}
				digest.update(row);
			}
		}
		return Hash.hex(digest);
	}
}
