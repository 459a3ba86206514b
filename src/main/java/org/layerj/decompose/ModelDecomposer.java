package org.layerj.decompose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.layerj.checkpoint.Adapters;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.LoraChoice;
import org.layerj.checkpoint.Machine;
import org.layerj.checkpoint.ModelCheck;
import org.layerj.checkpoint.ModelConfigs;
import org.layerj.checkpoint.ModelDefaults;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.RunSize;
import org.layerj.checkpoint.SchedulerConfig;
import org.layerj.checkpoint.TextConfig;
import org.layerj.checkpoint.TransformerConfig;
import org.layerj.checkpoint.VaeConfig;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;
import org.layerj.layers.LayerStack;
import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;
import org.layerj.model.Denoiser;
import org.layerj.model.Keep;
import org.layerj.model.LayeredTransformer;
import org.layerj.model.RgbaVae;
import org.layerj.model.SizeRule;
import org.layerj.model.Weights;
import org.layerj.provenance.Kind;
import org.layerj.refine.Refinement;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Memory;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;
import org.layerj.torch.TorchException;

/**
 * Runs a model in this process: picture → latent → denoised latents → layers → layers at the picture's own size.
 * <p>
 * Opening reads configurations and headers; weights come in with the first picture and stay until {@link #close}. The
 * text encoder alone leaves memory as soon as the prompt is embedded.
 */
public final class ModelDecomposer implements Decomposer {

	/** Parameters from which on an autoencoder is brought in anew for every use. */
	private static final long LARGE_VAE = 20_000_000;

	private final ModelFiles files;
	private final Device device;
	private final DType dtype;
	private final ModelConfigs configs;
	private final SchedulerConfig schedule;
	private final List<String> notes;
	private final Component transformerFile;
	private final Component vaeFile;
	private final ModelInfo info;
	private final RunCost cost;
	private final Prompts prompts;
	private final Adapters adapters;
	private Optional<RgbaVae> vae = Optional.empty();
	private Optional<LayeredTransformer> transformer = Optional.empty();
	private boolean closed;

	/** Where the noise of a run comes from; tests bring that of the original. */
	@FunctionalInterface
	interface Noise {

		Tensor make(Scope scope, long seed, int frames, int channels, int height, int width);
	}

	private final Noise noise;

	ModelDecomposer(final ModelFiles files, final Device device, final Supplier<Machine> machine, final Noise noise) {
		this(files, List.of(), device, machine, noise, true);
	}

	private ModelDecomposer(final ModelFiles files, final List<LoraChoice> lora, final Device device,
		final Supplier<Machine> machine, final Noise noise, final boolean measured)
	{
		this.files = files;
		this.device = device;
		this.noise = noise;
		// The check of --check: from headers and configurations, before anything is computed or loaded.
		final ModelCheck check = ModelCheck.of(files);
		check.requireUsable();
		notes = check.notes();
		configs = check.configs().orElseThrow();
		schedule = SchedulerConfig.read(files);
		transformerFile = Component.open(files, TransformerConfig.FOLDER);
		vaeFile = Component.open(files, VaeConfig.FOLDER);
		dtype = Precision.choose(device, parameters(transformerFile));
		adapters = Adapters.of(files, lora);
		prompts = new Prompts(files, configs.transformer().textDim(), device, dtype, adapters);
		cost = new RunCost(check.forecast().orElseThrow().with(adapters), device, dtype, machine,
			() -> Memory.free(device), measured);
		final ModelDefaults d = check.defaults();
		info = new ModelInfo(d.name(), files.name(), adapters.hash(check.id().orElseThrow().sha256()),
			new Settings(d.layers(), d.resolution(), d.steps(), d.guidance(), 0, "", prompts.defaultNegative(),
				DecomposeOptions.AUTO, false),
			prompts.readsPrompts(), d.maxLayers(), d.resolutions());
	}

	/**
	 * Opens a model.
	 *
	 * @param files of a diffusion model
	 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}
	 * @return to be closed by the caller
	 * @throws ModelException if the files are no usable model
	 * @throws InvalidOptionException if there is no such device
	 */
	public static ModelDecomposer open(final ModelFiles files, final String device) {
		return open(files, List.of(), device);
	}

	/**
	 * The same with LoRAs that change the model.
	 *
	 * @param files of a diffusion model
	 * @param lora which LoRAs, and how strongly
	 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}
	 * @return to be closed by the caller
	 * @throws ModelException if the files are no usable model, or a LoRA does not fit
	 * @throws InvalidOptionException if there is no such device
	 */
	public static ModelDecomposer open(final ModelFiles files, final List<LoraChoice> lora, final String device) {
		return new ModelDecomposer(files, lora, device(device), Machine::here, Denoiser::noise, true);
	}

	/**
	 * Opens a model to ask what it is and what a run would cost, without starting PyTorch: before that has been started
	 * for another run, graphics cards are not known and the processor's speed is assumed.
	 *
	 * @param device as in {@link #open}
	 * @throws ModelException if the files are no usable model
	 * @throws InvalidOptionException if the device is a graphics card and nothing is known of it yet
	 */
	static ModelDecomposer outline(final ModelFiles files, final List<LoraChoice> lora, final String device) {
		final String n = device.toLowerCase(Locale.ROOT);
		if (cardsSeen < 0 && n.startsWith("cuda")) throw new InvalidOptionException("device",
			"What a run costs on a graphics card is known when the first one begins.");
		return new ModelDecomposer(files, lora, cardsSeen < 0 ? Device.CPU : device(device), Machine::here,
			Denoiser::noise, false);
	}

	/** Graphics cards that PyTorch has found; negative if it has not looked yet. */
	private static volatile int cardsSeen = -1;

	private static Device device(final String name) {
		final String n = name.toLowerCase(Locale.ROOT);
		if (n.equals("cpu")) return Device.CPU;
		final int cards = Torch.gpuCount();
		cardsSeen = cards;
		if (n.equals(DecomposeOptions.AUTO)) return cards > 0 ? Device.cuda(0) : Device.CPU;
		final int index = n.contains(":") ? Integer.parseInt(n.substring(n.indexOf(':') + 1)) : 0;
		if (index < cards) return Device.cuda(index);
		throw new InvalidOptionException("device",
			cards == 0
				? "The option device is " + name + ", but no graphics card can be used: "
					+ Devices.whyNoCard().orElse("PyTorch sees none; use device cpu.")
				: "The option device is " + name + ", but only " + cards + " CUDA graphics card"
					+ (cards == 1 ? " is" : "s are") + " there, counted from cuda:0.");
	}

	private static long parameters(final Component component) {
		return component.names().stream().mapToLong(n -> component.info(n).elements()).sum();
	}

	@Override
	public ModelInfo model() {
		return info;
	}

	@Override
	public List<String> notes() {
		return notes;
	}

	@Override
	public synchronized Forecast forecast(final int width, final int height, final DecomposeOptions options) {
		final Settings s = info.settings(options);
		return cost.forecast(size(workingSize(width, height, s), s, (long) width * height), held());
	}

	private RunSize size(final SizeRule working, final Settings s, final long picturePixels) {
		return new RunSize(working.width(), working.height(), s.layers(), s.steps(), guided(s), RunSize.USUAL_PROMPT,
			info.readsPrompts() && s.prompt().isBlank(), s.stepcache() > 0, picturePixels);
	}

	/** Guidance compares two prompts; a model that knows one embedding has nothing to compare. */
	private boolean guided(final Settings s) {
		return info.readsPrompts() && s.guidance() > 1 && !s.negative().isEmpty();
	}

	private SizeRule workingSize(final int width, final int height, final Settings s) {
		final SizeRule size = SizeRule.of(width, height, s.resolution(), 2 * configs.vae().scale());
		if (size.width() > 0 && size.height() > 0) return size;
		final long longest = Math.round(Math.pow(s.resolution() / 16.0, 2));
		throw new DecompositionException(
			"The picture is " + width + " × " + height + " pixels, too narrow for resolution " + s.resolution()
				+ ", which takes aspect ratios up to " + longest + " : 1; crop it or decompose it in parts.");
	}

	@Override
	public synchronized Decomposition decompose(final RgbaImage picture, final DecomposeOptions options,
		final Progress progress)
	{
		final Settings s = info.settings(options);
		final SizeRule size = workingSize(picture.width(), picture.height(), s);
		final RunSize runSize = size(size, s, (long) picture.width() * picture.height());
		final Forecast forecast = cost.forecast(runSize, held());
		forecast.rejection().ifPresent(message -> {
			throw new DecompositionException(message);
		});
		if (closed) throw new IllegalStateException("This model is closed");
		final RunCost.Choice choice = cost.choose(runSize, held());
		final Job job = new Job(progress, cost.phases(runSize, choice), files::checkUnchanged);
		try (Scope scope = Torch.scope()) {
			return run(scope, picture, s, options.layers().isEmpty(), size, choice, runSize, job);
		}
		catch (final CancellationException e) {
			throw new CancelledException();
		}
		catch (final TorchException e) {
			if (e.outOfMemory()) throw new DecompositionException("The memory was not enough, although " + forecast
				+ " was expected; close other programs, or choose fewer layers or a lower resolution.", e);
			throw e;
		}
		finally {
			Memory.release(device);
		}
	}

	/**
	 * @param automatic whether layers that the picture does not need are left out
	 */
	private Decomposition run(final Scope scope, final RgbaImage picture, final Settings s, final boolean automatic,
		final SizeRule size, final RunCost.Choice choice, final RunSize runSize, final Job job)
	{
		final int w = size.width();
		final int h = size.height();
		job.begin(RunCost.ENCODE);
		final byte[][] planes = { picture.plane(0), picture.plane(1), picture.plane(2), picture.plane(3) };
		final byte[][] small =
			PillowResize.rgba(planes, picture.width(), picture.height(), w, h, PillowResize.Filter.LANCZOS);
		final Tensor condition = encode(scope, vae(), small, w, h, job);
		requireNumbers(condition, "vae");
		leaveVae();

		job.begin(RunCost.PROMPT);
		// Kept from the picture before; comes back when the text encoder has left.
		if (transformer.isPresent() && !cost.textFitsBeside(runSize, choice, held())) leaveTransformer();
		final Prompts.Embedded text = prompts.embed(scope, s, small, w, h, guided(s),
			RunCost.Choice.keep(choice.text(), configs.text().map(TextConfig::layers).orElse(0)), job);
		Memory.release(device);
		requireNumbers(text.prompt(), "text_encoder");

		job.begin(RunCost.LOAD);
		final LayeredTransformer network =
			transformer(RunCost.Choice.keep(choice.plan(), configs.transformer().layers()));
		network.load(job::check);

		job.begin(RunCost.DENOISE);
		final Tensor start = noise.make(scope, s.seed(), s.layers() + 1, configs.vae().latentChannels(),
			h / configs.vae().scale(), w / configs.vae().scale());
		final Denoiser.Guidance guidance =
			new Denoiser.Guidance(text.prompt(), text.negative(), s.guidance(), s.rescale());
		final Denoiser denoiser = new Denoiser(network, schedule, dtype == DType.BF16);
		final Tensor latents = denoiser.run(scope, condition, start, guidance,
			new Denoiser.Schedule(s.steps(), s.shift(), s.stepcache()), steps(job, s.steps(), guided(s)));
		final int spared = denoiser.spared();

		job.begin(RunCost.DECODE);
		final List<RgbaImage> layers = new ArrayList<>();
		for (int i = 1; i <= s.layers(); i++) {
			job.update((i - 1.0) / s.layers(), "layer " + i + " of " + s.layers());
			layers.add(decode(vae(), Tensors.slice(scope, latents, 0, i, i + 1L), w, h, job));
		}
		final LayerStack proposal = Refinement.proposal(layers, automatic);

		leaveVae();
		job.begin(RunCost.REFINE);
		final LayerStack stack = new Refinement(picture, Kind.GENERATED, info.generators(), s.raw()).of(proposal, job);
		return new Decomposition(stack,
			new RunRecord(info.name(), info.folder(), info.hash(), s, device.name(),
				dtype.name().toLowerCase(Locale.ROOT), job.end(), ProcessMemory.peak(), w, h, text.used(),
				adapters.used(), spared, List.of()));
	}

	/** Tells how far the denoising is, and whether it still computes numbers. */
	private Denoiser.Listener steps(final Job job, final int steps, final boolean guided) {
		// One more than the passes: their modulation is computed first.
		final long blockRuns = configs.transformer().layers() * (1L + (long) steps * (guided ? 2 : 1));
		return new Denoiser.Listener() {

			private long done;
			private int step;

			@Override
			public void check() {
				job.check();
				job.update((double) done++ / blockRuns, "step " + (step + 1) + " of " + steps);
			}

			@Override
			public void step(final int number, final Tensor tokens) {
				step = number;
				requireNumbers(tokens, "transformer");
			}
		};
	}

	/** A picture of the working size, four planes, to its latent. */
	private static Tensor encode(final Scope scope, final RgbaVae vae, final byte[][] planes, final int w, final int h,
		final Job job)
	{
		return vae.encode(scope, vae.fromBytes(scope, Tensors.of(scope, join(planes), 1, 4, h, w)), job::check);
	}

	/** One layer's latent to pixels of the working size. */
	private RgbaImage decode(final RgbaVae vae, final Tensor latent, final int w, final int h, final Job job) {
		try (Scope scope = Torch.scope()) {
			final Tensor decoded = vae.decode(scope, latent, job::check);
			requireNumbers(decoded, "vae");
			final byte[] all = vae.toBytes(scope, decoded).toBytes();
			final byte[][] planes = new byte[4][w * h];
			for (int c = 0; c < 4; c++) System.arraycopy(all, c * w * h, planes[c], 0, w * h);
			return RgbaImage.ofPlanes(w, h, planes[0], planes[1], planes[2], planes[3]);
		}
	}

	private static byte[] join(final byte[][] planes) {
		final byte[] all = new byte[planes.length * planes[0].length];
		for (int c = 0; c < planes.length; c++)
			System.arraycopy(planes[c], 0, all, c * planes[0].length, planes[0].length);
		return all;
	}

	private void requireNumbers(final Tensor x, final String part) {
		if (!Tensors.allFinite(x)) throw new DecompositionException(
			"The " + part + " of model " + files.name() + " computed values that are not numbers in "
				+ dtype.name().toLowerCase(Locale.ROOT) + "; its weights are damaged, download it again.");
	}

	// -- Parts of the model --

	private RgbaVae vae() {
		// Always float32 (cuDNN may round the factors of its products to TF32): its cost is small beside the
		// transformer's, and bfloat16
		// would cost up to one 8-bit level.
		if (vae.isEmpty()) vae = Optional.of(new RgbaVae(configs.vae(), new Weights(vaeFile, device, DType.F32)));
		return vae.get();
	}

	/** Large autoencoders leave memory to the text encoder and the transformer as soon as they are done. */
	private void leaveVae() {
		if (parameters(vaeFile) < LARGE_VAE) return;
		vae.ifPresent(RgbaVae::close);
		vae = Optional.empty();
		Memory.release(device);
	}

	private LayeredTransformer transformer(final Keep keep) {
		if (transformer.isPresent() && !transformer.get().keep().equals(keep)) leaveTransformer();
		if (transformer.isEmpty()) transformer = Optional.of(new LayeredTransformer(configs.transformer(),
			new Weights(transformerFile, device, dtype, adapters.of(TransformerConfig.FOLDER)), keep));
		return transformer.get();
	}

	private void leaveTransformer() {
		transformer.ifPresent(LayeredTransformer::close);
		transformer = Optional.empty();
		Memory.release(device);
	}

	/** Bytes of the device's memory that this model holds between runs. */
	private long held() {
		return transformer.map(LayeredTransformer::held).orElse(0L);
	}

	@Override
	public synchronized void close() {
		closed = true;
		vae.ifPresent(RgbaVae::close);
		vae = Optional.empty();
		transformer.ifPresent(LayeredTransformer::close);
		transformer = Optional.empty();
		Memory.release(device);
	}
}
