package org.layerj.checkpoint;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the weight that a LoRA's module means. Programs name one and the same module with dots or underscores and with
 * prefixes of their own: {@code transformer.transformer_blocks.0.attn.to_q} (diffusers), {@code base_model.model.…}
 * (PEFT), {@code lora_unet_transformer_blocks_0_attn_to_q} (kohya), {@code diffusion_model.…} (ComfyUI).
 */
final class LoraTargets {

	/**
	 * A weight that can be changed.
	 *
	 * @param folder its part of the model
	 * @param tensor the weight, {@code (out, in)}
	 */
	record Target(String folder, TensorInfo tensor) {}

	private static final String WEIGHT = ".weight";
	private static final Pattern TRANSFORMER = Pattern
		.compile("(base_model_model_)?(model_)?(transformer_|diffusion_model_|lora_unet_|lora_transformer_|unet_)?");
	private static final Pattern TEXT = Pattern
		.compile("(base_model_model_)?(text_encoder_|text_encoders_([a-z0-9]+_)*?transformer_|lora_te[0-9]?_|te_)?"
			+ "(model_)?(language_model_)?");

	/** By their names with underscores, without what differs between versions of a library. */
	private final Map<String, Target> targets = new HashMap<>();

	LoraTargets(final Component transformer, final Optional<Component> text) {
		add(transformer, TransformerConfig.FOLDER, "");
		text.ifPresent(t -> add(t, TextConfig.FOLDER, "^(model\\.)?(language_model\\.)?"));
	}

	private void add(final Component component, final String folder, final String prefix) {
		for (final String name : component.names()) {
			final TensorInfo info = component.info(name);
			// Tables of which rows are taken are no matrix that something is multiplied with.
			if (info.shape().length != 2 || !name.endsWith(WEIGHT) || name.contains("embed_tokens")
				|| name.contains("t_embedding")) continue;
			final String module = name.substring(0, name.length() - WEIGHT.length());
			targets.put(underscored(module.replaceFirst(prefix, "")), new Target(folder, info));
		}
	}

	private static String underscored(final String module) {
		return module.replace('.', '_');
	}

	/** The weight of a module, whoever named it; empty if this model has none. */
	Optional<Target> find(final String module) {
		final String name = underscored(module);
		for (int at = 0; at >= 0; at = name.indexOf('_', at) + 1) {
			final Target target = targets.get(name.substring(at));
			if (target != null) {
				final Pattern allowed = target.folder.equals(TextConfig.FOLDER) ? TEXT : TRANSFORMER;
				if (allowed.matcher(name.substring(0, at)).matches()) return Optional.of(target);
			}
			if (name.indexOf('_', at) < 0) return Optional.empty();
		}
		return Optional.empty();
	}
}
