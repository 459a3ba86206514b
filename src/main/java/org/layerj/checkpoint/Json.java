package org.layerj.checkpoint;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;

/** JSON files of a model folder, with errors a user understands. */
final class Json {

	private Json() {}

	static JsonObject object(final ModelFiles files, final String path) {
		if (!files.has(path)) throw new ModelException("The model " + files.name() + " lacks " + path + "; the download is incomplete or this is another kind of model.");
		try {
			return JsonParser.parseString(new String(files.read(path), StandardCharsets.UTF_8)).getAsJsonObject();
		}
		catch (final JsonParseException | IllegalStateException e) {
			throw new ModelException("The file " + path + " of model " + files.name() + " is not valid JSON; download it again.", e);
		}
	}
}
