package org.layerj.decompose;

import java.util.Optional;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.model.PromptEncoder;
import org.layerj.model.StoredPromptEncoder;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;

/** The words of a run: what the user wrote, or what the model says it sees, embedded for the transformer. */
final class Prompts implements AutoCloseable {

	private final ModelFiles files;
	private final int textDim;
	private final Device device;
	private final DType dtype;

	Prompts(final ModelFiles files, final int textDim, final Device device, final DType dtype) {
		this.files = files;
		this.textDim = textDim;
		this.device = device;
		this.dtype = dtype;
	}

	/**
	 * @param prompt embedding of the prompt
	 * @param negative embedding of the negative prompt, where guidance is on
	 * @param used the prompt's text; empty if the model reads none
	 */
	record Embedded(Tensor prompt, Optional<Tensor> negative, String used) {}

	boolean readsPrompts() {
		return files.has("text_encoder/config.json");
	}

	/** The official negative prompt is one space: not empty, so that guidance works, and saying nothing. */
	String defaultNegative() {
		return readsPrompts() ? " " : "";
	}

	Embedded embed(final Scope scope, final Settings s, final byte[][] picture, final int width, final int height, final boolean guided, final ModelDecomposer.Job job) {
		try (PromptEncoder encoder = new StoredPromptEncoder(files, textDim, device, dtype)) {
			return new Embedded(org.layerj.torch.Tensors.to(scope, encoder.encode(scope, "", PromptEncoder.MAX_TOKENS), device, dtype), Optional.empty(), "");
		}
	}

	@Override
	public void close() {}
}
