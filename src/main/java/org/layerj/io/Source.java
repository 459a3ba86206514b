package org.layerj.io;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.layerj.layers.Hash;
import org.layerj.layers.RgbaImage;

/**
 * Which picture was decomposed.
 *
 * @param name file name or window title
 * @param sha256 hash, 64 hexadecimal digits
 * @param hashed what was hashed: {@code file}, its bytes, or {@code pixels}, see {@link #ofPixels}
 * @param width in pixels
 * @param height in pixels
 */
public record Source(String name, String sha256, String hashed, int width, int height) {

	/**
	 * A picture that is no file, such as an ImageJ window. The hash is over {@code "width height"} in ASCII and the planes R, G, B, A.
	 */
	public static Source ofPixels(final String name, final RgbaImage image) {
		final MessageDigest digest = Hash.sha256();
		digest.update((image.width() + " " + image.height()).getBytes(StandardCharsets.US_ASCII));
		for (int c = 0; c < RgbaImage.PLANES; c++) digest.update(image.plane(c));
		return new Source(name, Hash.hex(digest), "pixels", image.width(), image.height());
	}

	/** The name without its ending, for naming results after it. */
	public String stem() {
		final int dot = name.lastIndexOf('.');
		return dot > 0 ? name.substring(0, dot) : name;
	}
}
