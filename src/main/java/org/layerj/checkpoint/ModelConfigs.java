package org.layerj.checkpoint;

import java.util.Optional;

/**
 * The sizes of all networks of a model.
 *
 * @param text empty where the model brings a stored prompt embedding instead of a text encoder
 * @param vision empty where the model cannot describe pictures
 */
public record ModelConfigs(TransformerConfig transformer, VaeConfig vae, Optional<TextConfig> text, Optional<VisionConfig> vision) {

	/** @throws ModelException at the first configuration that is missing or wrong */
	public static ModelConfigs read(final ModelFiles files) {
		final boolean text = files.has(TextConfig.FOLDER + "/config.json");
		return new ModelConfigs(TransformerConfig.read(files), VaeConfig.read(files), text ? Optional.of(TextConfig.read(files)) : Optional.empty(),
			text && hasVision(files) ? Optional.of(VisionConfig.read(files)) : Optional.empty());
	}

	static boolean hasVision(final ModelFiles files) {
		return ConfigFile.read(files, TextConfig.FOLDER + "/config.json").has("vision_config");
	}
}
