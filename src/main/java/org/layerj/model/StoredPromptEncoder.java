package org.layerj.model;

import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.TensorInfo;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/**
 * The embedding of the blank prompt, stored in the model folder; a model without a text encoder was trained with this
 * one alone.
 */
public final class StoredPromptEncoder implements PromptEncoder {

	/** Where a model folder keeps the embedding. */
	public static final String FILE = "prompt_embeds/blank.safetensors";

	private static final String KEY = "prompt_embeds";

	private final Scope resident = Torch.scope();
	private final Tensor embedding;

	/** @param textDim channels that the transformer expects */
	public StoredPromptEncoder(final ModelFiles files, final int textDim, final Device device, final DType dtype) {
		final Component component = Component.openFile(files, FILE);
		final TensorInfo info = component.info(KEY);
		if (info.shape().length != 2 || info.shape()[0] < 1 || info.shape()[1] != textDim) throw new ModelException(
			"The tensor " + info + " in " + FILE + " of model " + files.name() + " should have the shape [tokens, "
				+ textDim + "]; weights and configuration do not belong together.");
		try (Scope scratch = Torch.scope()) {
			// Memory of its own: callers get views, which may outlive a mapped file.
			final Tensor stored = new Weights(component, device, dtype).get(scratch, KEY, info.shape());
			final Tensor own = Tensors.of(scratch, stored.toFloats(), 1, info.shape()[0], textDim);
			embedding = Tensors.to(resident, own, device, dtype);
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
	public void close() {
		resident.close();
	}
}
