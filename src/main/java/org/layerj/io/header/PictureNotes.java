package org.layerj.io.header;

import java.util.Optional;
import org.layerj.provenance.PictureOrigin;

/**
 * What a picture file says of its samples and pixels besides their values. It goes along into everything that is made
 * of the picture, and changes no sample.
 *
 * @param profile which colours the samples stand for
 * @param pixelSize how large a pixel is
 * @param origin where the picture comes from
 */
public record PictureNotes(Optional<ColourProfile> profile, Optional<PixelSize> pixelSize, PictureOrigin origin) {

	/** Of a picture of which nothing more is known. */
	public PictureNotes(final Optional<ColourProfile> profile, final Optional<PixelSize> pixelSize) {
		this(profile, pixelSize, PictureOrigin.NONE);
	}

	/** Nothing is said. */
	public static final PictureNotes NONE = new PictureNotes(Optional.empty(), Optional.empty());

	/**
	 * These, and where they say nothing, what others say.
	 *
	 * @param others what is said elsewhere
	 * @return both together
	 */
	public PictureNotes or(final PictureNotes others) {
		return new PictureNotes(profile.or(others::profile), pixelSize.or(others::pixelSize), origin.or(others.origin));
	}

	/**
	 * The same of a picture that comes from there.
	 *
	 * @param newOrigin of the picture
	 * @return the same with it
	 */
	public PictureNotes with(final PictureOrigin newOrigin) {
		return new PictureNotes(profile, pixelSize, newOrigin);
	}

	/** Of the picture turned upright. */
	PictureNotes turned(final Orientation orientation) {
		return orientation.swaps()
			? new PictureNotes(profile, pixelSize.map(p -> new PixelSize(p.height(), p.width())), origin) : this;
	}
}
