package org.layerj.decompose;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Options of a decomposition as the user gave them. All are optional; those not given have the model's default
 * ({@link ModelInfo#settings}).
 * <p>
 * The keys of {@link #with} are those of the command line, of macros and of the dialog.
 *
 * @param layers number of layers, 1 … 20; open: as many as the picture needs, at most the model's default number
 * @param resolution side in pixels of the square with as many pixels as the working size; a multiple of 32, 32 … 4096
 * @param steps denoising steps, 1 … 1000
 * @param guidance classifier-free guidance scale, 0 … 100; 1 and below switch it off
 * @param seed of the noise, any whole number
 * @param prompt description of the picture; one of white space alone, as an empty one, lets the model describe it
 * itself (the pipeline does so for an empty text and a single space, and takes longer white space for a prompt)
 * @param negative what the layers should not show; an empty text leaves the model's default, a single space, which
 * guidance needs (the pipeline takes an empty text as it is)
 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}
 * @param raw whether the layers are the network's own pixels, enlarged, rather than refined ones that composite to the
 * picture exactly
 * @param rescale whether guidance keeps each token's velocity as long as the prompt's own; true, as in the official
 * application (its {@code cfg_normalize}), whose strong guidance would otherwise oversaturate; the diffusers pipeline's
 * own default is false
 * @param shift of the schedule towards noise, above 0 to 100, the same for every size of picture, as few-step models
 * are trained with; open: by the size of the picture
 * @param stepcache 0 (off) to 1: a pass through the network whose first block changes the picture by a share of less
 * than this otherwise than in the last full pass ends there, and takes the rest from that pass
 * @param elements whether every element, such as a line of text, an arrow or a bar, is a layer of its own; at most
 * {@value ElementLayers#MOST} layers in all, beyond which the smallest elements of each layer stay together
 */
public record DecomposeOptions(OptionalInt layers, OptionalInt resolution, OptionalInt steps, OptionalDouble guidance,
	OptionalLong seed, Optional<String> prompt, Optional<String> negative, String device, boolean raw, boolean rescale,
	OptionalDouble shift, double stepcache, boolean elements)
{

	/** The largest number of layers that can be asked for. */
	public static final int MAX_LAYERS = 20;
	/** The largest {@code resolution}, in pixels. */
	public static final int MAX_RESOLUTION = 4096;
	/** The largest number of denoising steps. */
	public static final int MAX_STEPS = 1000;
	/** The largest guidance scale. */
	public static final int MAX_GUIDANCE = 100;
	/** The largest shift of the schedule. */
	public static final int MAX_SHIFT = 100;

	/** The device the program chooses itself. */
	public static final String AUTO = "auto";

	/** Throws {@link InvalidOptionException} if a value is out of its range. */
	public DecomposeOptions {
		layers.ifPresent(n -> require("layers", n, n >= 1 && n <= MAX_LAYERS, LAYERS));
		resolution.ifPresent(r -> require("resolution", r, r >= 32 && r <= MAX_RESOLUTION && r % 32 == 0, RESOLUTION));
		steps.ifPresent(n -> require("steps", n, n >= 1 && n <= MAX_STEPS, STEPS));
		guidance.ifPresent(g -> require("guidance", g, g >= 0 && g <= MAX_GUIDANCE, GUIDANCE));
		shift.ifPresent(x -> require("shift", x, x > 0 && x <= MAX_SHIFT, SHIFT));
		require("stepcache", stepcache, stepcache >= 0 && stepcache <= 1, STEPCACHE);
		device = device.strip().toLowerCase(Locale.ROOT);
		require("device", device, device.matches("auto|cpu|cuda(:[0-9]{1,3})?"),
			"auto, cpu, cuda or cuda: and a number");
	}

	private static final String LAYERS = "a whole number from 1 to " + MAX_LAYERS;
	private static final String RESOLUTION = "a multiple of 32 from 32 to " + MAX_RESOLUTION;
	private static final String STEPS = "a whole number from 1 to " + MAX_STEPS;
	private static final String SHIFT = "auto, or a number above 0 to " + MAX_SHIFT;
	private static final String STEPCACHE = "a number from 0 to 1";
	private static final String GUIDANCE = "a number from 0 to " + MAX_GUIDANCE;

	/** {@return options that leave everything to the model} */
	public static DecomposeOptions defaults() {
		return new DecomposeOptions(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(),
			OptionalDouble.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(), AUTO, false, true,
			OptionalDouble.empty(), 0, false);
	}

	/**
	 * These options with one of them read from text. Blank text (and, for layers, {@code auto}) leaves the option open.
	 *
	 * @param key
	 * {@code layers resolution steps guidance seed prompt negative device raw rescale shift stepcache elements}
	 * @param text as a user writes it
	 * @return other options
	 * @throws InvalidOptionException if there is no such option or the text is no value for it
	 */
	public DecomposeOptions with(final String key, final String text) {
		final String value = text.strip();
		return switch (key) {
			case "layers" -> new DecomposeOptions(
				value.equalsIgnoreCase(AUTO) ? OptionalInt.empty() : integer(key, value, LAYERS), resolution, steps,
				guidance, seed, prompt, negative, device, raw, rescale, shift, stepcache, elements);
			case "resolution" -> new DecomposeOptions(layers, integer(key, value, RESOLUTION), steps, guidance, seed,
				prompt, negative, device, raw, rescale, shift, stepcache, elements);
			case "steps" -> new DecomposeOptions(layers, resolution, integer(key, value, STEPS), guidance, seed, prompt,
				negative, device, raw, rescale, shift, stepcache, elements);
			case "guidance" -> new DecomposeOptions(layers, resolution, steps, decimal(key, value, GUIDANCE), seed,
				prompt, negative, device, raw, rescale, shift, stepcache, elements);
			case "seed" ->
				new DecomposeOptions(layers, resolution, steps, guidance, whole(key, value, "a whole number"), prompt,
					negative, device, raw, rescale, shift, stepcache, elements);
			case "prompt" -> new DecomposeOptions(layers, resolution, steps, guidance, seed,
				value.isEmpty() ? Optional.empty() : Optional.of(text), negative, device, raw, rescale, shift,
				stepcache, elements);
			// A negative prompt of one space is meaningful: the reference uses it to switch guidance on.
			case "negative" -> new DecomposeOptions(layers, resolution, steps, guidance, seed, prompt,
				text.isEmpty() ? Optional.empty() : Optional.of(text), device, raw, rescale, shift, stepcache,
				elements);
			case "device" -> new DecomposeOptions(layers, resolution, steps, guidance, seed, prompt, negative,
				value.isEmpty() ? AUTO : value, raw, rescale, shift, stepcache, elements);
			case "raw" -> new DecomposeOptions(layers, resolution, steps, guidance, seed, prompt, negative, device,
				yes(key, value), rescale, shift, stepcache, elements);
			case "rescale" -> new DecomposeOptions(layers, resolution, steps, guidance, seed, prompt, negative, device,
				raw, value.isEmpty() || yes(key, value), shift, stepcache, elements);
			case "shift" -> new DecomposeOptions(layers, resolution, steps, guidance, seed, prompt, negative, device,
				raw, rescale, value.equalsIgnoreCase(AUTO) ? OptionalDouble.empty() : decimal(key, value, SHIFT),
				stepcache, elements);
			case "stepcache" -> new DecomposeOptions(layers, resolution, steps, guidance, seed, prompt, negative,
				device, raw, rescale, shift, decimal(key, value, STEPCACHE).orElse(0), elements);
			case "elements" -> new DecomposeOptions(layers, resolution, steps, guidance, seed, prompt, negative, device,
				raw, rescale, shift, stepcache, yes(key, value));
			default -> throw new InvalidOptionException(key,
				"There is no option " + key
					+ "; the options are layers, resolution, steps, guidance, seed, prompt, negative,"
					+ " device, raw, rescale, shift, stepcache and elements.");
		};
	}

	/**
	 * These options with this number of layers, 1 … {@value #MAX_LAYERS}.
	 *
	 * @param n number of layers
	 * @return other options
	 * @throws InvalidOptionException if it is outside of this range
	 */
	public DecomposeOptions withLayers(final int n) {
		return new DecomposeOptions(OptionalInt.of(n), resolution, steps, guidance, seed, prompt, negative, device, raw,
			rescale, shift, stepcache, elements);
	}

	/**
	 * These options with this resolution, a multiple of 32 up to {@value #MAX_RESOLUTION}.
	 *
	 * @param side in pixels
	 * @return other options
	 * @throws InvalidOptionException if it is not of this kind
	 */
	public DecomposeOptions withResolution(final int side) {
		return new DecomposeOptions(layers, OptionalInt.of(side), steps, guidance, seed, prompt, negative, device, raw,
			rescale, shift, stepcache, elements);
	}

	/**
	 * These options with this number of denoising steps, 1 … {@value #MAX_STEPS}.
	 *
	 * @param n number of steps
	 * @return other options
	 * @throws InvalidOptionException if it is outside of this range
	 */
	public DecomposeOptions withSteps(final int n) {
		return new DecomposeOptions(layers, resolution, OptionalInt.of(n), guidance, seed, prompt, negative, device,
			raw, rescale, shift, stepcache, elements);
	}

	/**
	 * These options with this guidance scale, 0 … {@value #MAX_GUIDANCE}.
	 *
	 * @param scale 1 and below switch guidance off
	 * @return other options
	 * @throws InvalidOptionException if it is outside of this range
	 */
	public DecomposeOptions withGuidance(final double scale) {
		return new DecomposeOptions(layers, resolution, steps, OptionalDouble.of(scale), seed, prompt, negative, device,
			raw, rescale, shift, stepcache, elements);
	}

	/**
	 * These options with this seed of the noise.
	 *
	 * @param newSeed any whole number
	 * @return other options
	 */
	public DecomposeOptions withSeed(final long newSeed) {
		return new DecomposeOptions(layers, resolution, steps, guidance, OptionalLong.of(newSeed), prompt, negative,
			device, raw, rescale, shift, stepcache, elements);
	}

	/**
	 * These options with this description of the picture; a blank one leaves it to the model.
	 *
	 * @param text what the picture shows
	 * @return other options
	 */
	public DecomposeOptions withPrompt(final String text) {
		return with("prompt", text);
	}

	/**
	 * These options with this negative prompt; an empty one leaves the model's default.
	 *
	 * @param text what the layers should not show
	 * @return other options
	 */
	public DecomposeOptions withNegative(final String text) {
		return with("negative", text);
	}

	/**
	 * These options with this device: {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}.
	 *
	 * @param name of the device; whether it is there is asked when the model is opened
	 * @return other options
	 */
	public DecomposeOptions withDevice(final String name) {
		return with("device", name);
	}

	/**
	 * These options with the network's own pixels, or with refined ones.
	 *
	 * @param networksOwn whether the layers are the network's own pixels, which do not composite to the picture exactly
	 * @return other options
	 */
	public DecomposeOptions withRaw(final boolean networksOwn) {
		return with("raw", String.valueOf(networksOwn));
	}

	private static boolean yes(final String key, final String value) {
		require(key, value, value.isEmpty() || value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false"),
			"true or false");
		return value.equalsIgnoreCase("true");
	}

	private static OptionalInt integer(final String key, final String value, final String allowed) {
		final OptionalLong n = whole(key, value, allowed);
		if (n.isEmpty()) return OptionalInt.empty();
		if (n.getAsLong() != (int) n.getAsLong()) throw invalid(key, value, allowed);
		return OptionalInt.of((int) n.getAsLong());
	}

	private static OptionalLong whole(final String key, final String value, final String allowed) {
		if (value.isEmpty()) return OptionalLong.empty();
		try {
			return OptionalLong.of(Long.parseLong(value));
		}
		catch (final NumberFormatException e) {
			throw invalid(key, value, allowed);
		}
	}

	private static OptionalDouble decimal(final String key, final String value, final String allowed) {
		if (value.isEmpty()) return OptionalDouble.empty();
		try {
			return OptionalDouble.of(Double.parseDouble(value));
		}
		catch (final NumberFormatException e) {
			throw invalid(key, value, allowed);
		}
	}

	private static void require(final String key, final Object value, final boolean ok, final String allowed) {
		if (!ok) throw invalid(key, value, allowed);
	}

	private static InvalidOptionException invalid(final String key, final Object value, final String allowed) {
		return new InvalidOptionException(key, "The option " + key + " must be " + allowed + ", not " + value + ".");
	}
}
