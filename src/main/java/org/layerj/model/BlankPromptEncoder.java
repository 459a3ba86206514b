package org.layerj.model;

import java.util.Optional;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;

/**
 * A text encoder beside which the embedding of the blank prompt is stored, so that most runs need not read the
 * encoder's weights.
 */
final class BlankPromptEncoder implements PromptEncoder {

	private final StoredPromptEncoder blank;
	private final PromptEncoder words;

	BlankPromptEncoder(final StoredPromptEncoder blank, final PromptEncoder words) {
		this.blank = blank;
		this.words = words;
	}

	/** Only the empty prompt is blank: a space is a token of its own. */
	@Override
	public Tensor encode(final Scope scope, final String prompt, final int maxTokens, final Runnable check) {
		return (prompt.isEmpty() ? blank : words).encode(scope, prompt, maxTokens, check);
	}

	@Override
	public boolean readsPrompts() {
		return true;
	}

	@Override
	public Optional<Captioner> captioner() {
		return words.captioner();
	}

	@Override
	public void close() {
		words.close();
		blank.close();
	}
}
