package org.layerj.model;

import java.util.Optional;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.TextConfig;
import org.layerj.checkpoint.TokenizerFiles;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;

/** Turns a prompt into what the transformer is conditioned on. */
public interface PromptEncoder extends AutoCloseable {

	/**
	 * The embedding of a prompt.
	 *
	 * @param maxTokens longest embedding, 1 to {@link PromptTemplate#MAX_TOKENS}; what is longer is cut at the end
	 * @param check called between the parts of the network; may throw to stop
	 * @return {@code (1, nt, dim)}
	 */
	Tensor encode(Scope scope, String prompt, int maxTokens, Runnable check);

	/** The embedding of a prompt, uninterrupted. */
	default Tensor encode(final Scope scope, final String prompt, final int maxTokens) {
		return encode(scope, prompt, maxTokens, () -> {});
	}

	/** Whether the words of a prompt matter. If not, callers tell the user so instead of ignoring the words silently. */
	boolean readsPrompts();

	/** What describes a picture where no prompt is given; empty if this model cannot. Closed together with this encoder. */
	Optional<Captioner> captioner();

	@Override
	void close();

	/** The encoder that a model folder has: a text encoder, or else one embedding for all prompts. */
	static PromptEncoder open(final ModelFiles files, final Device device, final DType dtype) {
		if (!files.has(TextConfig.FOLDER + "/config.json") && files.has(StoredPromptEncoder.FILE)) return new StoredPromptEncoder(files);
		final TextConfig config = TextConfig.read(files);
		final QwenTokenizer tokenizer = new QwenTokenizer(TokenizerFiles.read(files));
		return new QwenPromptEncoder(files, tokenizer, config, new Weights(Component.open(files, TextConfig.FOLDER), device, dtype));
	}
}
