package org.layerj.model;

import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;

/** Turns a prompt into the text tokens that the transformer attends to. */
public interface PromptEncoder extends AutoCloseable {

	/** Default largest number of text tokens, as in the original. */
	int MAX_TOKENS = 512;

	/**
	 * @param maxTokens embeddings beyond this many are cut off
	 * @return {@code (1, nt, textDim)}
	 */
	Tensor encode(Scope scope, String prompt, int maxTokens);

	/** Whether the prompt makes any difference; false for a model that ships only the blank prompt's embedding. */
	boolean readsPrompts();

	@Override
	void close();
}
