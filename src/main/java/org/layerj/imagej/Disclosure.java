package org.layerj.imagej;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import ij.IJ;
import ij.ImagePlus;
import java.util.Locale;
import java.util.Optional;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.Latin;
import org.layerj.layers.Exposed;

/**
 * Says in a recomposed image what of it was made up, once an edit has brought that into sight: as image properties,
 * which its TIFF keeps, and in the log.
 */
final class Disclosure {

	/** Image property: share of the pixels shown that are made up, in per cent; missing if there are none. */
	static final String SYNTHETIC = "synthetic";
	/** Image property: the sentence for the figure's caption. */
	static final String CAPTION = "caption";

	private Disclosure() {}

	/**
	 * @param result the recomposed image
	 * @param hyperstack the layers it was made from
	 */
	static void note(final ImagePlus result, final ImagePlus hyperstack, final Exposed exposed) {
		if (!exposed.any()) return;
		final String caption = exposed.caption(Generated.with(model(hyperstack), hyperstack));
		result.setProp(SYNTHETIC, String.format(Locale.ROOT, "%.4g", exposed.percent()));
		result.setProp(CAPTION, Latin.escape(caption));
		IJ.log(result.getTitle() + ": " + exposed.warning());
		IJ.log("For the caption: " + caption);
	}

	/** The name of the model in the run's record; layers may have been made without any. */
	private static String model(final ImagePlus hyperstack) {
		try {
			return Optional.ofNullable(hyperstack.getProp(Hyperstacks.RUN))
				.map(JsonParser::parseString)
				.map(r -> r.getAsJsonObject().get("model"))
				.map(m -> (JsonObject) m)
				.map(m -> m.get("name").getAsString())
				.orElse("none");
		}
		catch (JsonParseException | IllegalStateException | ClassCastException e) {
			return "unknown";
		}
	}
}
