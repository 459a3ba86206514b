package org.layerj.io.formats;

import java.util.Optional;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.RunJson;
import org.layerj.elements.Elements;
import org.layerj.elements.ElementsJson;
import org.layerj.io.Source;
import org.layerj.layers.LayerStack;
import org.layerj.io.header.ColourProfile;
import org.layerj.io.header.PictureNotes;
import org.layerj.io.header.PixelSize;
import org.layerj.provenance.PictureOrigin;

/**
 * What a layered picture brings along besides its layers.
 *
 * @param title what the picture is called; may be empty
 * @param run how the layers came about, a JSON object as {@link RunJson} makes it
 * @param pixelSize how large a pixel is; none if that is not known
 * @param calibration further calibration in the caller's own words; kept as it is and never looked into
 * @param origin where the picture itself comes from; goes into the XMP of every file
 * @param profile which colours the samples stand for
 * @param elements the parts of the picture, as {@link ElementsJson} writes them; read where they are used
 */
public record LayerMetadata(String title, Optional<String> run, Optional<PixelSize> pixelSize,
	Optional<String> calibration, PictureOrigin origin, Optional<ColourProfile> profile, Optional<String> elements)
{

	/**
	 * Nothing but a title.
	 *
	 * @param title may be empty
	 * @return of which nothing else is known
	 */
	public static LayerMetadata titled(final String title) {
		return new LayerMetadata(title, Optional.empty(), Optional.empty(), Optional.empty(), PictureOrigin.NONE,
			Optional.empty(), Optional.empty());
	}

	/**
	 * How the layers came about: the run record, where the picture comes from, and what its file says of it.
	 *
	 * @param decomposition layers and record of a run
	 * @param source the picture
	 * @return what a layered file holds besides its layers
	 */
	public static LayerMetadata of(final Decomposition decomposition, final Source source) {
		return titled(source.stem()).withRun(RunJson.of(decomposition.run()).toString())
			.withOrigin(source.origin(decomposition))
			.withElements(decomposition.elements().map(e -> ElementsJson.of(e, decomposition.layers()).toString()))
			.with(source.notes());
	}

	/**
	 * The same with this run record, a JSON object.
	 *
	 * @param newRun JSON; empty for none
	 * @return the same with it
	 */
	public LayerMetadata withRun(final String newRun) {
		return new LayerMetadata(title, Optional.of(newRun), pixelSize, calibration, origin, profile, elements);
	}

	/**
	 * The same with this size of a pixel.
	 *
	 * @param newSize as the picture's file says
	 * @return the same with it
	 */
	public LayerMetadata withPixelSize(final PixelSize newSize) {
		return new LayerMetadata(title, run, Optional.of(newSize), calibration, origin, profile, elements);
	}

	/**
	 * The same with this calibration, in the caller's own words.
	 *
	 * @param newCalibration text of ImageJ's properties
	 * @return the same with it
	 */
	public LayerMetadata withCalibration(final String newCalibration) {
		return new LayerMetadata(title, run, pixelSize, Optional.of(newCalibration), origin, profile, elements);
	}

	/**
	 * The same with this record of where the picture comes from.
	 *
	 * @param newOrigin as {@link PictureOrigin#text} writes it
	 * @return the same with it
	 */
	public LayerMetadata withOrigin(final PictureOrigin newOrigin) {
		return new LayerMetadata(title, run, pixelSize, calibration, newOrigin, profile, elements);
	}

	/**
	 * The parts of the picture, if the record fits what these layers show.
	 *
	 * @param layers what the elements have to belong to
	 * @return empty also if there is no record, or it is damaged
	 */
	public Optional<Elements> elements(final LayerStack layers) {
		return elements.flatMap(e -> ElementsJson.parse(e, layers));
	}

	/**
	 * The same with these elements, as {@link ElementsJson} writes them.
	 *
	 * @param newElements JSON
	 * @return the same with them
	 */
	public LayerMetadata withElements(final Optional<String> newElements) {
		return new LayerMetadata(title, run, pixelSize, calibration, origin, profile, newElements);
	}

	/**
	 * With what notes say where nothing is said yet.
	 *
	 * @param notes of the picture's file
	 * @return the same with them
	 */
	public LayerMetadata with(final PictureNotes notes) {
		final PictureNotes both = notes().or(notes);
		return new LayerMetadata(title, run, both.pixelSize(), calibration, both.origin(), both.profile(), elements);
	}

	/** {@return what goes into every picture that is made of the layers} */
	public PictureNotes notes() {
		return new PictureNotes(profile, pixelSize, origin);
	}
}
