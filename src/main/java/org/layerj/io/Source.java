package org.layerj.io;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.layerj.common.Hash;
import org.layerj.decompose.Decomposition;
import org.layerj.io.header.PictureNotes;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;
import org.layerj.layers.VisibleProvenance;
import org.layerj.provenance.PictureOrigin;

/**
 * Which picture was decomposed.
 *
 * @param name file name or window title
 * @param sha256 hash, 64 hexadecimal digits
 * @param hashed what was hashed: {@code file}, its bytes; {@code pixels}, see {@link #ofPixels}; or {@code samples},
 * see {@link #ofSamples}
 * @param width in pixels
 * @param height in pixels
 * @param notes profile and resolution of its file; written to every result
 */
public record Source(String name, String sha256, String hashed, int width, int height, PictureNotes notes) {

	/** A picture without notes. */
	public Source(final String name, final String sha256, final String hashed, final int width, final int height) {
		this(name, sha256, hashed, width, height, PictureNotes.NONE);
	}

	/**
	 * The same with notes.
	 *
	 * @param known profile and resolution
	 * @return the picture with them
	 */
	public Source withNotes(final PictureNotes known) {
		return new Source(name, sha256, hashed, width, height, known);
	}

	/**
	 * A picture that is not in a file, such as an ImageJ window. The hash is over {@code "width height"} in ASCII and
	 * the planes R, G, B, A.
	 *
	 * @param name of the picture
	 * @param image its pixels
	 * @return with the hash
	 */
	public static Source ofPixels(final String name, final RgbaImage image) {
		final MessageDigest digest = Hash.sha256();
		digest.update((image.width() + " " + image.height()).getBytes(StandardCharsets.US_ASCII));
		for (int c = 0; c < RgbaImage.PLANES; c++) digest.update(image.plane(c));
		return new Source(name, Hash.hex(digest), "pixels", image.width(), image.height());
	}

	/**
	 * A picture that is not in a file and has more than 8-bit colours. The hash is over
	 * {@code "width height bits channels"} in ASCII and the channels' samples, big-endian.
	 *
	 * @param name of the picture
	 * @param samples of the picture
	 * @return with the hash
	 */
	public static Source ofSamples(final String name, final Samples samples) {
		final MessageDigest digest = Hash.sha256();
		final int n = samples.width() * samples.height();
		digest.update(
			(samples.width() + " " + samples.height() + " " + samples.format().type().bits() + " " + samples.channels())
				.getBytes(StandardCharsets.US_ASCII));
		for (int c = 0; c < samples.channels(); c++) {
			final ByteBuffer row = ByteBuffer.allocate(samples.width() * samples.format().type().bits() / 8);
			for (int i = 0; i < n; i++) {
				switch (samples.format().type()) {
					case U8 -> row.put(((byte[]) samples.plane(c))[i]);
					case U16 -> row.putShort(((short[]) samples.plane(c))[i]);
					case F32 -> row.putFloat(((float[]) samples.plane(c))[i]);
				}
				if (row.hasRemaining()) continue;
				digest.update(row.flip());
				row.clear();
			}
		}
		return new Source(name, Hash.hex(digest), "samples", samples.width(), samples.height());
	}

	/** {@return the origin of the picture, from its file and its hash} */
	public PictureOrigin origin() {
		return notes.origin().of(name, (hashed.equals("file") ? "" : hashed + "-") + "sha256:" + sha256);
	}

	/**
	 * The origin of a picture that was decomposed into layers; raw layers do not composite to it.
	 *
	 * @param decomposition of the picture
	 * @return also says whether the layers composite to it
	 */
	public PictureOrigin origin(final Decomposition decomposition) {
		return decomposition.run().settings().raw() ? origin()
			: origin().showing(VisibleProvenance.content(decomposition.layers()));
	}

	/** {@return the name without its extension, for names of results} */
	public String stem() {
		final int dot = name.lastIndexOf('.');
		return dot > 0 ? name.substring(0, dot) : name;
	}
}
