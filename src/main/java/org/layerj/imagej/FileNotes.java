package org.layerj.imagej;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.ImagePlus;
import ij.io.FileInfo;
import ij.measure.Calibration;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.layerj.elements.ElementsJson;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.Latin;
import org.layerj.imagej.stack.StackElements;
import org.layerj.imagej.stack.StackProvenance;
import org.layerj.io.PictureReader;
import org.layerj.io.formats.LayerMetadata;
import org.layerj.io.header.ColourProfile;
import org.layerj.io.header.PictureNotes;
import org.layerj.io.header.PixelSize;
import org.layerj.layers.LayerStack;
import org.layerj.provenance.PictureOrigin;

/**
 * What goes into a layered file besides the layers, and comes back: the run record, the size of a pixel and its unit,
 * the colour profile, where the picture comes from.
 */
final class FileNotes {

	private static final Map<String, Double> METRES = Map.ofEntries(Map.entry("nm", 1e-9), Map.entry("um", 1e-6),
		Map.entry("\u00b5m", 1e-6), Map.entry("\u03bcm", 1e-6), Map.entry("micron", 1e-6), Map.entry("microns", 1e-6),
		Map.entry("mm", 1e-3), Map.entry("cm", 1e-2), Map.entry("m", 1.0), Map.entry("meter", 1.0),
		Map.entry("inch", PixelSize.INCH), Map.entry("inches", PixelSize.INCH));

	/** Property with the picture's colour profile, in Base64; ImageJ keeps properties in its TIFFs. */
	private static final String PROFILE = "decompose.profile";
	/** Property with the size of a pixel in metres, of images without a calibration. */
	private static final String PIXEL = "decompose.pixel";

	private FileNotes() {}

	/** Profile and size of a pixel: what the image itself says, else what the file says that it was opened from. */
	static PictureNotes picture(final ImagePlus image) {
		final FileInfo info = image.getOriginalFileInfo();
		final PictureNotes file =
			Optional.ofNullable(info).map(FileInfo::getFilePath).map(FileNotes::file).orElse(PictureNotes.NONE);
		final PictureNotes kept =
			new PictureNotes(profile(image), keptPixelSize(image), StackProvenance.origin(image)).or(file);
		// A calibration in other units is not overruled.
		return image.getCalibration().scaled()
			? new PictureNotes(kept.profile(), pixelSize(image.getCalibration()), kept.origin()) : kept;
	}

	/**
	 * Gives layers, or what is made of them, the colour profile and the resolution of the picture, and where that comes
	 * from.
	 */
	static void keep(final PictureNotes notes, final ImagePlus layers) {
		if (!notes.origin().equals(PictureOrigin.NONE)) StackProvenance.keep(notes.origin(), layers);
		notes.profile().ifPresent(p -> layers.setProp(PROFILE, Base64.getEncoder().encodeToString(p.bytes())));
		notes.pixelSize().ifPresent(p -> layers.setProp(PIXEL, p.width() + " " + p.height()));
	}

	private static Optional<PixelSize> keptPixelSize(final ImagePlus image) {
		try {
			return Optional.ofNullable(image.getProp(PIXEL))
				.map(p -> p.split(" "))
				.filter(p -> p.length == 2)
				.map(p -> new PixelSize(Double.parseDouble(p[0]), Double.parseDouble(p[1])));
		}
		catch (final IllegalArgumentException e) {
			// Somebody else's property.
			return Optional.empty();
		}
	}

	/** What the file says; ImageJ does not turn pictures. */
	private static PictureNotes file(final String path) {
		try {
			return PictureReader.storedNotes(Path.of(path));
		}
		catch (final InvalidPathException e) {
			// An address of the web, for example.
			return PictureNotes.NONE;
		}
	}

	private static Optional<ColourProfile> profile(final ImagePlus image) {
		try {
			return Optional.ofNullable(image.getProp(PROFILE))
				.flatMap(p -> ColourProfile.of(Base64.getDecoder().decode(p)));
		}
		catch (final IllegalArgumentException e) {
			// Somebody else's property.
			return Optional.empty();
		}
	}

	private static Optional<PixelSize> pixelSize(final Calibration c) {
		final Double metres = METRES.get(String.valueOf(c.getXUnit()).toLowerCase(Locale.ROOT));
		return metres != null && c.pixelWidth > 0 && c.pixelHeight > 0
			? Optional.of(new PixelSize(c.pixelWidth * metres, c.pixelHeight * metres)) : Optional.empty();
	}

	static LayerMetadata of(final OpenLayers open) {
		final ImagePlus image = open.hyperstack();
		final Calibration c = image.getCalibration();
		final Optional<String> run = Optional.ofNullable(image.getProp(Hyperstacks.RUN));
		LayerMetadata notes = LayerMetadata.titled(open.name());
		if (run.isPresent()) notes = notes.withRun(run.get());
		if (c.scaled()) notes = notes.withCalibration(calibration(c));
		return notes.with(picture(image)).withElements(elements(open));
	}

	/** Of the frame whose layers are written. */
	private static Optional<String> elements(final OpenLayers open) {
		final LayerStack layers = open.layers();
		final ImagePlus image = open.hyperstack();
		return StackElements.read(image, Math.max(1, image.getT()), layers)
			.map(e -> ElementsJson.of(e.inLayersOf(layers), layers).toString());
	}

	/**
	 * Gives an image what a file says of it. Without a calibration of ours, the size of a pixel in inches: it is a
	 * resolution for printing.
	 */
	static void restore(final LayerMetadata notes, final ImagePlus image) {
		notes.run().ifPresent(run -> image.setProp(Hyperstacks.RUN, Latin.json(run)));
		notes.elements().ifPresent(elements -> image.setProp(StackElements.KEY, Latin.json(elements)));
		keep(notes.notes(), image);
		final Calibration c = image.getCalibration();
		try {
			final JsonObject own = JsonParser.parseString(notes.calibration().orElse("")).getAsJsonObject();
			c.pixelWidth = own.get("pixelWidth").getAsDouble();
			c.pixelHeight = own.get("pixelHeight").getAsDouble();
			c.setUnit(own.get("unit").getAsString());
		}
		catch (final RuntimeException e) {
			// None, or somebody else's; Gson has half a dozen exceptions for that.
			notes.pixelSize().ifPresent(size -> {
				c.pixelWidth = size.width() / PixelSize.INCH;
				c.pixelHeight = size.height() / PixelSize.INCH;
				c.setUnit("inch");
			});
		}
	}

	private static String calibration(final Calibration c) {
		final JsonObject own = new JsonObject();
		own.addProperty("pixelWidth", c.pixelWidth);
		own.addProperty("pixelHeight", c.pixelHeight);
		own.addProperty("unit", c.getUnit());
		return own.toString();
	}
}
