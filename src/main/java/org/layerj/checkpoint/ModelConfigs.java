package org.layerj.checkpoint;

import java.util.Optional;

/**
 * The sizes of all networks of a model.
 *
 * @param text empty where the model brings a stored prompt embedding instead of a text encoder
 * @param vision empty where the model cannot describe pictures
 */
public record ModelConfigs(TransformerConfig transformer, VaeConfig vae, Optional<TextConfig> text,
	Optional<VisionConfig> vision)
{

	static boolean hasVision(final ModelFiles files) {
		return ConfigFile.read(files, TextConfig.FOLDER + "/config.json").has("vision_config");
	}
}
