package org.layerj.remote;

import java.util.List;
import java.util.Locale;

/**
 * What a server is and can do.
 *
 * @param kind with its version, if known: for example {@code ComfyUI 0.3.75}
 * @param model name of the weights or model that it uses, as it calls them
 * @param precision of these, for example {@code bf16}; {@code unknown} if their name does not say
 * @param minLayers fewest layers it can be asked for
 * @param maxLayers most layers it can be asked for
 * @param resolutions that it works at; empty if it takes any
 * @param memory what is known of its memory, as a clause for the user; may be empty
 * @param obstacle why a run would fail for want of memory, as a message; empty if that is not certain
 * @param cancels whether a run can be cancelled on the server, rather than only no longer waited for
 */
public record ServerInfo(String kind, String model, String precision, int minLayers, int maxLayers,
	List<Integer> resolutions, String memory, String obstacle, boolean cancels)
{

	public ServerInfo {
		resolutions = List.copyOf(resolutions);
	}

	/** Number format by what stands in a name of weights. */
	static String precision(final String weights) {
		final String name = weights.toLowerCase(Locale.ROOT);
		if (name.endsWith(".gguf")) return name.replaceAll(".*?(q[0-9]\\w*|bf16|f16|f32)[^/]*\\.gguf$", "gguf $1")
			.replaceAll("^(?!gguf ).*", "gguf");
		for (final String known : List.of("fp8", "bf16", "fp16", "int8", "fp4", "nf4", "int4"))
			if (name.contains(known)) return known;
		return "unknown";
	}
}
