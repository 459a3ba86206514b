package org.layerj.decompose;

import java.util.Optional;
import org.layerj.checkpoint.Adapters;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.TextConfig;
import org.layerj.model.Captioner;
import org.layerj.model.Keep;
import org.layerj.model.PromptEncoder;
import org.layerj.model.PromptTemplate;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/** The words of a run: what the user wrote, or what the model says it sees, embedded for the transformer. */
final class Prompts {

	private final ModelFiles files;
	private final int textDim;
	private final Device device;
	private final DType dtype;
	private final Adapters adapters;

	Prompts(final ModelFiles files, final int textDim, final Device device, final DType dtype,
		final Adapters adapters)
	{
		this.adapters = adapters;
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
		return files.has(TextConfig.FOLDER + "/config.json");
	}

	/** The official negative prompt is one space: not empty, so that guidance works, and saying nothing. */
	String defaultNegative() {
		return readsPrompts() ? " " : "";
	}

	/**
	 * Embeds the prompt, and the negative one where the run is guided. The text encoder is in memory only meanwhile.
	 *
	 * @param picture at the working size, four planes; described if the user wrote no prompt
	 * @param keep which of the encoder's layers stay in memory meanwhile; they are used once per token of a description
	 */
	Embedded embed(final Scope scope, final Settings s, final byte[][] picture, final int width, final int height,
		final boolean guided, final Keep keep, final Job job)
	{
		try (PromptEncoder encoder = PromptEncoder.open(files, textDim, device, dtype, keep, adapters);
			Scope scratch = Torch.scope())
		{
			final String prompt = encoder.readsPrompts() ? words(encoder, s, picture, width, height, job) : "";
			final Tensor positive = own(scope, encoder.encode(scratch, prompt, PromptEncoder.MAX_TOKENS, job::check));
			final Optional<Tensor> negative = guided
				? Optional.of(own(scope, encoder.encode(scratch, s.negative(), PromptEncoder.MAX_TOKENS, job::check)))
				: Optional.empty();
			return new Embedded(positive, negative, prompt);
		}
	}

	private static String words(final PromptEncoder encoder, final Settings s, final byte[][] picture, final int width,
		final int height, final Job job)
	{
		if (!s.prompt().isBlank()) return s.prompt();
		return encoder.captioner()
			.map(c -> c.caption(picture, width, height, PromptTemplate.Language.EN, PromptTemplate.Form.PIPELINE,
				Captioner.DEFAULT_TOKENS,
				n -> job.update(0.9 * n / Captioner.DEFAULT_TOKENS, "describing the picture, " + n + " tokens"),
				job::check))
			.orElse("");
	}

	/** A copy that does not keep the encoder's memory alive. */
	private static Tensor own(final Scope scope, final Tensor x) {
		try (Scope scratch = Torch.scope()) {
			return Tensors.to(scope, Tensors.of(scratch, x.toFloats(), x.shape()), x.device(), x.dtype());
		}
	}
}
