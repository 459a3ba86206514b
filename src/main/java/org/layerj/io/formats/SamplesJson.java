package org.layerj.io.formats;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.layerj.layers.Lut;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Channel;

/** How values are shown, in a manifest. Display ranges are text, because JSON has no infinities. */
final class SamplesJson {

	private SamplesJson() {}

	static JsonObject of(final SampleFormat format) {
		final JsonArray channels = new JsonArray();
		for (final Channel c : format.channels()) {
			final JsonObject channel = new JsonObject();
			channel.addProperty("name", c.name());
			channel.addProperty("lut",
				IntStream.range(0, Lut.SIZE)
					.mapToObj(i -> String.format("%06x", c.lut().rgb(i)))
					.collect(Collectors.joining()));
			channel.addProperty("min", String.valueOf(c.min()));
			channel.addProperty("max", String.valueOf(c.max()));
			channel.addProperty("shown", c.shown());
			channels.add(channel);
		}
		final JsonObject out = new JsonObject();
		out.addProperty("type", format.type().name());
		out.add("channels", channels);
		return out;
	}

	static SampleFormat parse(final JsonObject values) {
		final List<Channel> channels = new ArrayList<>();
		for (final JsonElement e : values.getAsJsonArray("channels")) {
			final JsonObject c = e.getAsJsonObject();
			final String lut = c.get("lut").getAsString();
			final int[] rgb = Arrays.stream(lut.split("(?<=\\G.{6})")).mapToInt(HexFormat::fromHexDigits).toArray();
			channels.add(
				new Channel(c.get("name").getAsString(), Lut.of(rgb), Double.parseDouble(c.get("min").getAsString()),
					Double.parseDouble(c.get("max").getAsString()), c.get("shown").getAsBoolean()));
		}
		return new SampleFormat(SampleFormat.Type.valueOf(values.get("type").getAsString()), channels);
	}
}
