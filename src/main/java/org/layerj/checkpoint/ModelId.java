package org.layerj.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.TreeSet;
import org.layerj.common.Hash;

/**
 * Which model made a result: the same for the same files, wherever they lie.
 * <p>
 * For a model below 256 MiB it is a hash of every byte. A larger one is identified by its structure and layout, not by
 * every weight byte: names and sizes of all files, all configurations and vocabularies in full, and the headers of the
 * weight files. That takes a moment instead of minutes, tells apart all models anybody published so far that differ in
 * size, shape, type or settings, and does not notice a fine-tuning that changed values alone.
 *
 * @param sha256 64 hexadecimal digits
 * @param everyByte whether weights were hashed too
 */
public record ModelId(String sha256, boolean everyByte) {

	private static final long SMALL = 256L << 20;
	private static final int CHUNK = 16 << 20;

	/** All files a model may consist of apart from its weights. */
	private static final String[] SETTINGS = { "model_index.json", ModelDefaults.FILE, "transformer/config.json",
		"vae/config.json", "text_encoder/config.json", "text_encoder/generation_config.json",
		"scheduler/scheduler_config.json", "tokenizer/vocab.json", "tokenizer/merges.txt", "tokenizer/tokenizer.json",
		"tokenizer/added_tokens.json", "tokenizer/special_tokens_map.json", "tokenizer/tokenizer_config.json",
		"processor/preprocessor_config.json", "processor/processor_config.json" };

	/**
	 * Identifies a model.
	 *
	 * @throws ModelException if a file cannot be read
	 */
	public static ModelId of(final ModelFiles files) {
		final Set<String> settings = settings(files);
		final Set<String> weights = new TreeSet<>();
		for (final String folder : new String[] { TransformerConfig.FOLDER, VaeConfig.FOLDER, TextConfig.FOLDER }) {
			for (final String path : Component.files(files, folder))
				(path.endsWith(".json") ? settings : weights).add(path);
		}
		if (files.has(ModelCheck.BLANK_PROMPT)) weights.add(ModelCheck.BLANK_PROMPT);

		long total = 0;
		for (final String path : weights) total += files.size(path);
		final boolean everyByte = total < SMALL;
		final MessageDigest digest = Hash.sha256();
		for (final String path : settings) {
			final byte[] content = files.read(path);
			announce(digest, path, content.length);
			digest.update(content);
		}
		for (final String path : weights) {
			final long size = files.size(path);
			announce(digest, path, size);
			if (everyByte) for (long at = 0; at < size; at += CHUNK)
				digest.update(files.map(path, at, Math.min(CHUNK, size - at)));
			else if (Gguf.is(files, path)) digest.update(files.map(path, 0, Math.min(CHUNK, size)));
			else digest.update(Safetensors.headerBytes(files, path));
		}
		return new ModelId(Hash.hex(digest), everyByte);
	}

	/** The configurations and vocabularies that a model has. */
	public static Set<String> settings(final ModelFiles files) {
		final Set<String> settings = new TreeSet<>();
		for (final String path : SETTINGS) if (files.has(path)) settings.add(path);
		return settings;
	}

	/** The first 12 digits, human-readable. */
	public String brief() {
		return sha256.substring(0, 12);
	}

	private static void announce(final MessageDigest digest, final String path, final long size) {
		digest.update(path.getBytes(StandardCharsets.UTF_8));
		digest.update(ByteBuffer.allocate(9).put((byte) 0).putLong(size).flip());
	}
}
