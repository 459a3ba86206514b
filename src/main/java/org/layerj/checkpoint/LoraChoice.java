package org.layerj.checkpoint;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.layerj.common.LocaleNames;

/**
 * A LoRA as a user asks for it.
 *
 * @param file a safetensors file, or the folder that PEFT or diffusers has written
 * @param weight how strongly it changes the model: 1 is as it was trained, 0 not at all
 */
public record LoraChoice(Path file, double weight) {

	private static final Pattern WEIGHTED = Pattern.compile("(.+):(-?[0-9]*\\.?[0-9]+)");
	private static final double MOST = 10;

	/**
	 * Reads {@code FILE}, {@code FILE:WEIGHT}, or several of them with semicolons between.
	 *
	 * @throws IllegalArgumentException with a message if it is something else
	 */
	public static List<LoraChoice> parse(final String text) {
		final List<LoraChoice> all = new ArrayList<>();
		for (final String part : text.split(";")) {
			if (part.isBlank()) continue;
			final Matcher m = WEIGHTED.matcher(part.strip());
			final double weight = m.matches() ? Double.parseDouble(m.group(2)) : 1;
			if (Math.abs(weight) > MOST) throw new IllegalArgumentException(
				"The weight of a LoRA must be from -" + (int) MOST + " to " + (int) MOST + ", not " + weight + ".");
			try {
				all.add(new LoraChoice(Path.of(m.matches() ? m.group(1).strip() : part.strip()), weight));
			}
			catch (final InvalidPathException e) {
				throw new IllegalArgumentException(LocaleNames.unreadable(text)
					.orElse("The option lora must be files with weights, such as a.safetensors:0.8;b.safetensors, not "
						+ text + "."),
					e);
			}
		}
		return List.copyOf(all);
	}

	/** What {@link #parse} reads. */
	public static String text(final List<LoraChoice> all) {
		return all.stream().map(LoraChoice::toString).collect(Collectors.joining(";"));
	}

	/** Where the weights of a LoRA may be in a folder. */
	static final List<String> FILES = Arrays.asList("adapter_model.safetensors", "pytorch_lora_weights.safetensors");

	@Override
	public String toString() {
		return file + (weight == 1 ? "" : ":" + weight);
	}
}
