package org.layerj.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.VaeConfig;
import org.layerj.torch.Program;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/**
 * The RGBA-VAE (Qwen-Image-Layered, section 3.1): between RGBA pictures and latents an eighth of their size. Every
 * layer is encoded and decoded on its own.
 * <p>
 * Reads the official 3-D kernels of {@code AutoencoderKLQwenImage} and uses only their last temporal slice, which is
 * exact for still pictures. The weights of {@code time_conv} are never used.
 * <p>
 * Pictures are {@code (B, 4, H, W)}, float, straight alpha, all four channels in −1…1. Latents are
 * {@code (B, z, H/8, W/8)}, float32, normalised with the configuration's mean and standard deviation.
 */
public final class RgbaVae implements AutoCloseable {

	private static final Program PROGRAM = Program.load(RgbaVae.class, "rgba_vae.py");

	/** One step of the encoder or decoder. */
	private interface Part {

		Tensor apply(Scope scope, Tensor x);
	}

	/** Parts around the middle that see the whole picture: in the decoder the first, in the encoder the last ones. */
	private static final int GLOBAL = 5;
	/**
	 * Side in pixels of the tiles in which larger pictures are worked on; with their margins the memory is that of
	 * about 1000 × 1000 pixels.
	 */
	public static final int TILE = 768;

	private final VaeConfig config;
	private final Weights weights;
	private final int tile;
	private final Scope resident = Torch.scope();
	private final List<Part> encoder = new ArrayList<>();
	private final List<Part> decoder = new ArrayList<>();
	private final Tensor mean;
	private final Tensor std;

	/** Loads the weights; about a third of the file's bytes are kept. */
	public RgbaVae(final VaeConfig config, final Weights weights) {
		this(config, weights, TILE);
	}

	/**
	 * @param tile side in pixels of the tiles; a picture of which no side is longer than a tile with its margins is
	 * worked on as a whole
	 */
	RgbaVae(final VaeConfig config, final Weights weights, final int tile) {
		this.config = config;
		this.weights = weights;
		this.tile = Math.max(1, tile / config.scale());
		try {
			mean = perChannel(config.mean());
			std = perChannel(config.std());
			buildEncoder();
			buildDecoder();
		}
		catch (final RuntimeException e) {
			resident.close();
			throw e;
		}
	}

	public VaeConfig config() {
		return config;
	}

	/** Picture bytes {@code (B, 4, H, W)} to −1…1. */
	public Tensor fromBytes(final Scope scope, final Tensor planes) {
		return PROGRAM.tensor(scope, "from_bytes", Tensors.to(scope, planes, weights.device(), planes.dtype()));
	}

	/** −1…1 to bytes, rounding halves to even. */
	public Tensor toBytes(final Scope scope, final Tensor picture) {
		return PROGRAM.tensor(scope, "to_bytes", picture);
	}

	/**
	 * The normalised latent of each picture: the posterior's mean.
	 *
	 * @param pictures {@code (B, 4, H, W)}; H and W multiples of {@link VaeConfig#scale()}
	 * @param check called between the parts of the network; may throw to stop
	 */
	public Tensor encode(final Scope scope, final Tensor pictures, final Runnable check) {
		try (Scope scratch = Torch.scope()) {
			return scratch.keep(PROGRAM.tensor(scratch, "latent", moments(scratch, pictures, check), mean, std), scope);
		}
	}

	/** Mean and log-variance of the posterior before normalisation, {@code (B, 2z, H/8, W/8)}. */
	Tensor moments(final Scope scope, final Tensor pictures, final Runnable check) {
		if (pictures.rank() != 4 || pictures.size(1) != config.pictureChannels()) throw new IllegalArgumentException(
			"Pictures are (B, " + config.pictureChannels() + ", H, W), not " + pictures);
		if (pictures.size(2) % config.scale() != 0 || pictures.size(3) % config.scale() != 0)
			throw new IllegalArgumentException(
				"Height and width must be multiples of " + config.scale() + ": " + pictures);
		final int local = encoder.size() - GLOBAL;
		try (Scope scratch = Torch.scope()) {
			final Tensor x = tiled(scratch, encoder.subList(0, local),
				Tensors.to(scratch, pictures, weights.device(), weights.dtype()), config.scale(), 1, check);
			return scratch.keep(run(scratch, encoder.subList(local, encoder.size()), x, check), scope);
		}
	}

	/** Pictures {@code (B, 4, H, W)} in −1…1, float32, of normalised latents. */
	public Tensor decode(final Scope scope, final Tensor latents, final Runnable check) {
		if (latents.rank() != 4 || latents.size(1) != config.latentChannels()) throw new IllegalArgumentException(
			"Latents are (B, " + config.latentChannels() + ", h, w), not " + latents);
		try (Scope scratch = Torch.scope()) {
			final Tensor here = Tensors.to(scratch, latents, weights.device(), latents.dtype());
			final Tensor z = PROGRAM.tensor(scratch, "unlatent", here, mean, std, weights.dtype());
			return scratch.keep(PROGRAM.tensor(scratch, "clamp", tiled(scratch, decoder.subList(GLOBAL, decoder.size()),
				run(scratch, decoder.subList(0, GLOBAL), z, check), 1, config.scale(), check)), scope);
		}
	}

	/**
	 * Latent pixels around a tile that its result depends on: two convolutions per residual block and one per change of
	 * size, each of which counts half as much one stage further from the latent.
	 */
	private int margin() {
		double sum = 1;
		for (int level = 0; level < config.dimMult().length; level++)
			sum += (2.0 * (config.resBlocks() + 1) + 2) / (1 << level);
		return (int) Math.ceil(sum);
	}

	/**
	 * Applies parts that see only their surroundings tile by tile, so that the memory does not grow with the picture.
	 * Tiles bring the margin that they depend on, so the result is that of the whole picture.
	 *
	 * @param in pixels of the input per latent pixel and side
	 * @param out pixels of the result per latent pixel and side
	 */
	private Tensor tiled(final Scope scope, final List<Part> parts, final Tensor x, final int in, final int out,
		final Runnable check)
	{
		final int height = Math.toIntExact(x.size(2) / in);
		final int width = Math.toIntExact(x.size(3) / in);
		final int margin = margin();
		if (Math.max(height, width) <= tile + 2 * margin) return run(scope, parts, x, check);
		Tensor all = null;
		for (int top = 0; top < height; top += tile)
			for (int left = 0; left < width; left += tile) try (Scope scratch = Torch.scope())
			{
				final int bottom = Math.min(height, top + tile);
				final int right = Math.min(width, left + tile);
				final int above = Math.max(0, top - margin);
				final int before = Math.max(0, left - margin);
				final Tensor part = run(scratch, parts, PROGRAM.tensor(scratch, "window", x, above * in, before * in,
					Math.min(height, bottom + margin) * in, Math.min(width, right + margin) * in), check);
				if (all == null) all = PROGRAM.tensor(scope, "room", part,
					new long[] { part.size(0), part.size(1), (long) height * out, (long) width * out });
				final Tensor inner = PROGRAM.tensor(scratch, "window", part, (top - above) * out, (left - before) * out,
					(bottom - above) * out, (right - before) * out);
				PROGRAM.tensor(scratch, "paste", all, inner, top * out, left * out);
			}
		return all;
	}

	/** Applies parts one after another, so that at most one part's temporaries are alive. */
	private static Tensor run(final Scope scope, final List<Part> parts, final Tensor input, final Runnable check) {
		Tensor x = input;
		for (final Part part : parts) {
			check.run();
			final Tensor next = part.apply(scope, x);
			if (x != input) scope.free(x);
			x = next;
		}
		return x;
	}

	@Override
	public void close() {
		resident.close();
	}

	// -- Structure: keys and shapes as in the official checkpoint --

	private void buildEncoder() {
		final int[] mult = config.dimMult();
		int channels = config.baseDim();
		encoder.add(conv("encoder.conv_in", config.pictureChannels(), channels, 3));
		int block = 0;
		for (int level = 0; level < mult.length; level++) {
			final int out = config.baseDim() * mult[level];
			for (int i = 0; i < config.resBlocks(); i++) {
				encoder.add(resBlock("encoder.down_blocks." + block++, channels, out));
				channels = out;
			}
			if (level < mult.length - 1) encoder.add(down("encoder.down_blocks." + block++ + ".resample.1", channels));
		}
		addMiddle(encoder, "encoder.mid_block", channels);
		encoder.add(head("encoder", channels, 2 * config.latentChannels()));
		encoder.add(conv("quant_conv", 2 * config.latentChannels(), 2 * config.latentChannels(), 1));
	}

	private void buildDecoder() {
		final int[] mult = config.dimMult();
		int channels = config.baseDim() * mult[mult.length - 1];
		decoder.add(conv("post_quant_conv", config.latentChannels(), config.latentChannels(), 1));
		decoder.add(conv("decoder.conv_in", config.latentChannels(), channels, 3));
		addMiddle(decoder, "decoder.mid_block", channels);
		for (int level = 0; level < mult.length; level++) {
			final int out = config.baseDim() * mult[mult.length - 1 - level];
			final String block = "decoder.up_blocks." + level;
			for (int i = 0; i <= config.resBlocks(); i++) {
				decoder.add(resBlock(block + ".resnets." + i, channels, out));
				channels = out;
			}
			if (level < mult.length - 1) {
				decoder.add(up(block + ".upsamplers.0.resample.1", channels, channels / 2));
				channels /= 2;
			}
		}
		decoder.add(head("decoder", channels, config.pictureChannels()));
	}

	private void addMiddle(final List<Part> parts, final String key, final int channels) {
		parts.add(resBlock(key + ".resnets.0", channels, channels));
		final Map<String, Tensor> w = new HashMap<>();
		w.put("norm.gamma", scale(key + ".attentions.0.norm.gamma", channels, 1, 1));
		putConv(w, key + ".attentions.0.", "to_qkv", 3 * channels, channels, 1);
		putConv(w, key + ".attentions.0.", "proj", channels, channels, 1);
		parts.add((scope, x) -> PROGRAM.tensor(scope, "attention", x, w));
		parts.add(resBlock(key + ".resnets.1", channels, channels));
	}

	private Part resBlock(final String key, final int in, final int out) {
		final Map<String, Tensor> w = new HashMap<>();
		w.put("norm1.gamma", scale(key + ".norm1.gamma", in, 1, 1, 1));
		putConv(w, key + ".", "conv1", out, in, 3);
		w.put("norm2.gamma", scale(key + ".norm2.gamma", out, 1, 1, 1));
		putConv(w, key + ".", "conv2", out, out, 3);
		if (in != out) putConv(w, key + ".", "conv_shortcut", out, in, 1);
		return (scope, x) -> PROGRAM.tensor(scope, "res_block", x, w);
	}

	private Part conv(final String key, final int in, final int out, final int size) {
		final Tensor w = kernel(key + ".weight", out, in, size);
		final Tensor b = bias(key + ".bias", out);
		return (scope, x) -> PROGRAM.tensor(scope, "conv", x, w, b);
	}

	private Part down(final String key, final int channels) {
		final Tensor w = kernel(key + ".weight", channels, channels, 3);
		final Tensor b = bias(key + ".bias", channels);
		return (scope, x) -> PROGRAM.tensor(scope, "down", x, w, b);
	}

	private Part up(final String key, final int in, final int out) {
		final Tensor w = kernel("up_kernels", key + ".weight", out, in, 3);
		final Tensor b = bias(key + ".bias", out);
		return (scope, x) -> PROGRAM.tensor(scope, "up", x, w, b);
	}

	private Part head(final String key, final int in, final int out) {
		final Map<String, Tensor> w = new HashMap<>();
		w.put("norm_out.gamma", scale(key + ".norm_out.gamma", in, 1, 1, 1));
		putConv(w, key + ".", "conv_out", out, in, 3);
		return (scope, x) -> PROGRAM.tensor(scope, "head", x, w);
	}

	// -- Weights --

	/** A convolution kernel; stored with a temporal axis (causal 3-D, size × size × size or 1 × 1 × 1) or without. */
	private Tensor kernel(final String key, final int out, final int in, final int size) {
		return kernel("kernel", key, out, in, size);
	}

	private Tensor kernel(final String method, final String key, final int out, final int in, final int size) {
		final int rank = weights.rank(key);
		if (rank != 4 && rank != 5) throw new ModelException(
			"The tensor " + key + " is not a convolution kernel; weights and configuration do not belong together.");
		final long[] shape = rank == 5 ? new long[] { out, in, size, size, size } : new long[] { out, in, size, size };
		return derive(method, key, shape);
	}

	private Tensor scale(final String key, final long... shape) {
		return derive("scale", key, shape);
	}

	private Tensor derive(final String method, final String key, final long... shape) {
		try (Scope scratch = Torch.scope()) {
			final Tensor derived =
				scratch.keep(PROGRAM.tensor(scratch, method, weights.get(scratch, key, shape)), resident);
			weights.release(key);
			return derived;
		}
	}

	/** Kernel and bias of a convolution, under its name in the part. */
	private void putConv(final Map<String, Tensor> w, final String part, final String name, final int out, final int in,
		final int size)
	{
		w.put(name + ".weight", kernel(part + name + ".weight", out, in, size));
		w.put(name + ".bias", bias(part + name + ".bias", out));
	}

	private Tensor bias(final String key, final int out) {
		return weights.get(resident, key, out);
	}

	private Tensor perChannel(final double[] values) {
		final float[] floats = new float[values.length];
		for (int i = 0; i < floats.length; i++) floats[i] = (float) values[i];
		try (Scope scratch = Torch.scope()) {
			final Tensor cpu = Tensors.of(scratch, floats, floats.length, 1, 1);
			return scratch.keep(Tensors.to(scratch, cpu, weights.device(), cpu.dtype()), resident);
		}
	}

	@Override
	public String toString() {
		return "RgbaVae" + Arrays.toString(config.dimMult()) + "×" + config.baseDim();
	}
}
