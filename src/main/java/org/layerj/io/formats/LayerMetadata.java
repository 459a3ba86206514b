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
 * Metadata of a layered picture.
 *
 * @param title of the picture; may be empty
 * @param run the run record, a JSON object as {@link RunJson} makes it
 * @param pixelSize size of a pixel; empty if unknown
 * @param calibration further calibration in the caller's format; kept unparsed
 * @param origin of the picture; written to the XMP of every file
 * @param profile colour profile of the samples
 * @param elements of the picture, as {@link ElementsJson} writes them; parsed where they are used
 */
public record LayerMetadata(String title, Optional<String> run, Optional<PixelSize> pixelSize,
	Optional<String> calibration, PictureOrigin origin, Optional<ColourProfile> profile, Optional<String> elements)
{

	/**
	 * Metadata with a title only.
	 *
	 * @param title may be empty
	 * @return metadata without any other value
	 */
	public static LayerMetadata titled(final String title) {
		return new LayerMetadata(title, Optional.empty(), Optional.empty(), Optional.empty(), PictureOrigin.NONE,
			Optional.empty(), Optional.empty());
	}

	/**
	 * The metadata of a run: its record, the origin of the picture, and the notes of its file.
	 *
	 * @param decomposition layers and record of a run
	 * @param source the picture
	 * @return for a layered file
	 */
	public static LayerMetadata of(final Decomposition decomposition, final Source source) {
		return titled(source.stem()).withRun(RunJson.of(decomposition.run()).toString())
			.withOrigin(source.origin(decomposition))
			.withElements(decomposition.elementsRecord())
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
	 * The same with profile and resolution from notes, where they are missing.
	 *
	 * @param notes of the picture's file
	 * @return the same with them
	 */
	public LayerMetadata with(final PictureNotes notes) {
		final PictureNotes both = notes().or(notes);
		return new LayerMetadata(title, run, both.pixelSize(), calibration, both.origin(), both.profile(), elements);
	}

	/** {@return profile and resolution for every picture made of the layers} */
	public PictureNotes notes() {
		return new PictureNotes(profile, pixelSize, origin);
	}
}
