package org.layerj.decompose;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Optional;
import java.util.Set;
import org.layerj.layers.Mask;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/**
 * Provenance of files from before there were records of it: one bit for each pixel that was not observed. The kind of
 * such pixels follows from the run record beside them.
 */
public final class OneBitMarks {

	/** The name of a method without a network that made files up to version 0.2. */
	private static final String CLASSICAL = "classical";

	private OneBitMarks() {}

	/**
	 * The mask as a record.
	 *
	 * @param mask pixels that were not observed
	 * @param run the run record, JSON; without one, a trained model is taken to have made them
	 * @return of the mask's size
	 */
	public static Provenance of(final Mask mask, final Optional<String> run) {
		final Optional<JsonObject> record = run.flatMap(OneBitMarks::json);
		final Optional<String> name = text(record, "model", "name");
		// The name was the compact diffusion model's before, which takes more than one step.
		final boolean computed = name
			.filter(n -> n.equals(CLASSICAL)
				|| n.equals(ModelInfo.BUILT_IN) && text(record, "options", "steps").filter("1"::equals).isPresent())
			.isPresent();
		if (computed) return mask.as(Kind.COMPUTED);
		return mask.as(Kind.GENERATED)
			.withModels(
				name.map(n -> Set.of(RunRecord.by(n, text(record, "model", "hash").orElse("")))).orElse(Set.of()));
	}

	private static Optional<JsonObject> json(final String run) {
		try {
			return Optional.of(JsonParser.parseString(run).getAsJsonObject());
		}
		catch (final RuntimeException e) {
			// Somebody else's; Gson has half a dozen exceptions for that.
			return Optional.empty();
		}
	}

	private static Optional<String> text(final Optional<JsonObject> record, final String part, final String key) {
		try {
			return record.map(r -> r.getAsJsonObject(part)).map(p -> p.get(key)).map(v -> v.getAsString());
		}
		catch (final RuntimeException e) {
			return Optional.empty();
		}
	}
}
