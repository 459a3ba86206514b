package org.layerj.remote;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** What stands in an answer, whatever its kind really is: what is missing or of another kind is empty. */
final class Fields {

	private Fields() {}

	static JsonObject object(final JsonElement in, final String key) {
		return in instanceof JsonObject o && o.get(key) instanceof JsonObject found ? found : new JsonObject();
	}

	static JsonArray array(final JsonElement in, final String key) {
		return in instanceof JsonObject o && o.get(key) instanceof JsonArray found ? found : new JsonArray();
	}

	static String text(final JsonElement in, final String key) {
		return in instanceof JsonObject o && o.get(key) instanceof JsonPrimitive p && p.isString() ? p.getAsString()
			: "";
	}

	/** A number that is not negative; 0 if there is none. */
	static double number(final JsonElement in, final String key) {
		return in instanceof JsonObject o && o.get(key) instanceof JsonPrimitive p && p.isNumber()
			? Math.max(0, p.getAsDouble()) : 0;
	}
}
