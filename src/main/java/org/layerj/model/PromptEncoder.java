package org.layerj.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.checkpoint.Adapters;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.TextConfig;
import org.layerj.checkpoint.TokenizerFiles;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;

/** Turns a prompt into the text tokens that the transformer attends to. */
public interface PromptEncoder extends AutoCloseable {

	/** Default largest number of text tokens, as in the original. */
	int MAX_TOKENS = PromptTemplate.DEFAULT_TOKENS;

	/**
	 * The embedding of a prompt.
	 *
	 * @param maxTokens 1 to {@link PromptTemplate#TOKEN_LIMIT}; embeddings beyond this many are cut off
	 * @param check called between the parts of the network; may throw to stop
	 * @return {@code (1, nt, textDim)}
	 */
	Tensor encode(Scope scope, String prompt, int maxTokens, Runnable check);

	/** The embedding of a prompt, uninterrupted. */
	default Tensor encode(final Scope scope, final String prompt, final int maxTokens) {
		return encode(scope, prompt, maxTokens, () -> {});
	}

	/** Whether the prompt makes any difference; false for a model that ships only the blank prompt's embedding. */
	boolean readsPrompts();

	/**
	 * What describes a picture where no prompt is given; empty if this model cannot. It is closed together with this
	 * encoder.
	 */
	default Optional<Captioner> captioner() {
		return Optional.empty();
	}

	@Override
	void close();

	/**
	 * The encoder that a model folder has: a text encoder, with or without the blank prompt's embedding, or else one
	 * embedding for all prompts.
	 *
	 * @param textDim channels that the transformer expects
	 * @param keep which of the text encoder's layers stay in memory between uses, see {@link QwenText}
	 */
	static PromptEncoder open(final ModelFiles files, final int textDim, final Device device, final DType dtype,
		final Keep keep)
	{
		return open(files, textDim, device, dtype, keep, Adapters.NONE);
	}

	/**
	 * The same with a text encoder that LoRAs change. An embedding of the blank prompt that the folder has is of the
	 * unchanged one, and is not used then.
	 */
	static PromptEncoder open(final ModelFiles files, final int textDim, final Device device, final DType dtype,
		final Keep keep, final Adapters adapters)
	{
		if (!files.has(TextConfig.FOLDER + "/config.json") && files.has(StoredPromptEncoder.FILE))
			return new StoredPromptEncoder(files, textDim, device, dtype);
		final TextConfig config = TextConfig.read(files);
		if (config.hidden() != textDim) throw new ModelException("The text encoder of model " + files.name()
			+ " makes embeddings of " + config.hidden() + " channels, but the transformer reads " + textDim
			+ "; the parts of this folder do not belong together.");
		final QwenTokenizer tokenizer = new QwenTokenizer(TokenizerFiles.read(files));
		final Map<String, List<Adapters.Change>> changes = adapters.of(TextConfig.FOLDER);
		final Weights weights = new Weights(Component.open(files, TextConfig.FOLDER), device, dtype, changes);
		if (!files.has(StoredPromptEncoder.FILE) || !changes.isEmpty())
			return new QwenPromptEncoder(files, tokenizer, config, weights, keep);
		final StoredPromptEncoder blank = new StoredPromptEncoder(files, textDim, device, dtype);
		return new BlankPromptEncoder(blank, new QwenPromptEncoder(files, tokenizer, config, weights, keep));
	}
}
