package org.layerj.model;

import java.util.Optional;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.TensorInfo;
import org.layerj.torch.DType;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/** One embedding for all prompts, stored in {@code prompt_embeds/blank.safetensors}: for small models without a text encoder. */
public final class StoredPromptEncoder implements PromptEncoder {

	static final String FILE = "prompt_embeds/blank.safetensors";
	private static final String KEY = "prompt_embeds";

	private final Scope resident = Torch.scope();
	private final Tensor embedding;

	public StoredPromptEncoder(final ModelFiles files) {
		final Component component = Component.openFile(files, FILE);
		final TensorInfo info = component.info(KEY);
		final Optional<DType> type = DType.ofSafetensors(info.dtype()).filter(DType::isFloat);
		if (info.shape().length != 2 || info.elements() == 0 || type.isEmpty()) throw new ModelException("The tensor " + info + " in " + FILE + " of model " + files
			.name() + " is no prompt embedding, which has one row of numbers per token.");
		try (Scope scratch = Torch.scope()) {
			// Memory of its own, float32: what callers get are views that may outlive the mapped file.
			embedding = Tensors.of(resident, Tensors.over(scratch, component.data(KEY), type.get(), info.shape()).toFloats(), 1, info.shape()[0], info.shape()[1]);
		}
	}

	@Override
	public Tensor encode(final Scope scope, final String prompt, final int maxTokens, final Runnable check) {
		if (maxTokens < 1) throw new IllegalArgumentException("An embedding has at least one token, not " + maxTokens);
		return Tensors.slice(scope, embedding, 1, 0, Math.min(maxTokens, embedding.size(1)));
	}

	@Override
	public boolean readsPrompts() {
		return false;
	}

	@Override
	public Optional<Captioner> captioner() {
		return Optional.empty();
	}

	@Override
	public void close() {
		resident.close();
	}
}
