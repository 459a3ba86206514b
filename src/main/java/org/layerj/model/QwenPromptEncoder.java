package org.layerj.model;

import java.util.Optional;
import org.layerj.checkpoint.GenerationConfig;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.ProcessorConfig;
import org.layerj.checkpoint.TextConfig;
import org.layerj.checkpoint.VisionConfig;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/**
 * Embeds prompts with Qwen2.5-VL: the prompt is put into a template, the language model reads the whole, and the hidden
 * states of what comes before the prompt are dropped. The five tokens of the template behind the prompt stay.
 */
public final class QwenPromptEncoder implements PromptEncoder {

	private final ModelFiles files;
	private final QwenTokenizer tokenizer;
	private final Weights weights;
	private final Keep keep;
	private final QwenText text;
	private Optional<Captioner> captioner = Optional.empty();

	/**
	 * @param weights of {@code text_encoder/}, with or without a vision tower
	 * @param keep which layers stay in memory between uses
	 */
	public QwenPromptEncoder(final ModelFiles files, final QwenTokenizer tokenizer, final TextConfig config,
		final Weights weights, final Keep keep)
	{
		this.files = files;
		this.tokenizer = tokenizer;
		this.weights = weights;
		this.keep = keep;
		text = new QwenText(config, weights, keep);
	}

	@Override
	public Tensor encode(final Scope scope, final String prompt, final int maxTokens, final Runnable check) {
		if (maxTokens < 1 || maxTokens > PromptTemplate.TOKEN_LIMIT) throw new IllegalArgumentException(
			"An embedding has 1 to " + PromptTemplate.TOKEN_LIMIT + " tokens, not " + maxTokens);
		// A token does not see what comes after it, so what would be cut from the result need not be read at all.
		final int[] ids = tokenizer.encode(PromptTemplate.around(prompt), PromptTemplate.DROPPED_TOKENS + maxTokens);
		if (ids.length <= PromptTemplate.DROPPED_TOKENS)
			throw new IllegalStateException("The template has only " + ids.length + " tokens");
		try (Scope scratch = Torch.scope()) {
			final Tensor hidden = text.hidden(scratch, ids, check);
			return Tensors.slice(scope, hidden, 1, PromptTemplate.DROPPED_TOKENS, ids.length);
		}
	}

	@Override
	public boolean readsPrompts() {
		return true;
	}

	/** The vision tower is read when first asked for; a model folder may do without. */
	@Override
	public Optional<Captioner> captioner() {
		if (captioner.isEmpty() && QwenVision.isIn(weights)) {
			final QwenVision vision = new QwenVision(VisionConfig.read(files), weights, keep);
			final ImageProcessor processor = new ImageProcessor(ProcessorConfig.read(files));
			captioner = Optional
				.of(new Captioner(tokenizer, text, vision, processor, GenerationConfig.read(files, text.config())));
		}
		return captioner;
	}

	@Override
	public void close() {
		captioner.ifPresent(Captioner::close);
		text.close();
	}
}
