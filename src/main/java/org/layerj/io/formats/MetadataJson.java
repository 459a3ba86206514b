package org.layerj.io.formats;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;
import org.layerj.io.header.Xmp;
import org.layerj.io.header.PixelSize;
import org.layerj.provenance.PictureOrigin;

/**
 * A document's metadata in a manifest. Run record, calibration, XMP and elements are strings, so that they come back to
 * the letter.
 */
final class MetadataJson {

	private MetadataJson() {}

	static void put(final JsonObject all, final LayerMetadata metadata) {
		all.addProperty("title", metadata.title());
		metadata.pixelSize().ifPresent(p -> {
			final JsonArray size = new JsonArray();
			size.add(p.width());
			size.add(p.height());
			all.add("pixelSize", size);
		});
		metadata.calibration().ifPresent(c -> all.addProperty("calibration", c));
		if (!metadata.origin().equals(PictureOrigin.NONE)) all.addProperty("origin", metadata.origin().text());
		metadata.run().ifPresent(r -> all.addProperty("run", r));
		metadata.elements().ifPresent(e -> all.addProperty("elements", e));
	}

	/** Manifests of before held the packet that was written, which says nothing of the picture's own term. */
	private static PictureOrigin origin(final JsonObject all) {
		return Manifest.text(all, "origin")
			.map(PictureOrigin::parse)
			.or(() -> Manifest.text(all, "xmp").map(x -> Xmp.read(x).withoutTerm()))
			.orElse(PictureOrigin.NONE);
	}

	static LayerMetadata parse(final JsonObject all) {
		final Optional<PixelSize> size = Optional.ofNullable(all.getAsJsonArray("pixelSize"))
			.map(s -> new PixelSize(s.get(0).getAsDouble(), s.get(1).getAsDouble()));
		return new LayerMetadata(all.get("title").getAsString(), Manifest.text(all, "run"), size,
			Manifest.text(all, "calibration"), origin(all), Optional.empty(), Manifest.text(all, "elements"));
	}
}
