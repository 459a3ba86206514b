package org.layerj.decompose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.layerj.checkpoint.Machine;
import org.layerj.checkpoint.ModelDefaults;
import org.layerj.common.Progress;
import org.layerj.layers.LayerStack;
import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;
import org.layerj.model.SizeRule;
import org.layerj.provenance.Kind;
import org.layerj.refine.Refinement;
import org.layerj.remote.LayerRequest;
import org.layerj.remote.LayerServer;
import org.layerj.remote.ServerAddress;
import org.layerj.remote.ServerInfo;
import org.layerj.remote.Servers;
import org.layerj.remote.Stage;

/**
 * The model on a server that the user has named: the picture is sent at the working size, the layers come back, and
 * refinement runs here as with any other model, so that they composite to the picture exactly.
 * <p>
 * Servers accept no alpha: a transparent picture is sent on its mean colour, and its alpha limits the layers
 * afterwards.
 */
public final class RemoteDecomposer implements Decomposer {

	private static final String REFINE = "refine";

	/** Bytes of the Java heap for a pixel of a layer at the picture's size, and at the working size as it comes. */
	private static final long LAYER_BYTES_PER_PIXEL = 12, ANSWER_BYTES_PER_PIXEL = 24;
	/** Planned shares of time, before anything was measured. */
	private static final double REFINING_PER_PIXEL = 2e-6, PER_STEP = 2;

	/** Seconds of a server for a step, a layer and a pixel, as last measured in this JVM. */
	private static final Map<String, Double> MEASURED = new ConcurrentHashMap<>();

	private final ServerAddress address;
	private final LayerServer server;
	private final ModelInfo info;

	private RemoteDecomposer(final ServerAddress address, final LayerServer server) {
		this.address = address;
		this.server = server;
		final ServerInfo s = server.info();
		final ModelDefaults d = ModelDefaults.OFFICIAL;
		info = new ModelInfo(
			s.model(), address.toString(), "", new Settings(Math.max(s.minLayers(), d.layers()), d.resolution(),
				d.steps(), d.guidance(), 0, "", " ", DecomposeOptions.AUTO, false),
			true, s.maxLayers(), s.resolutions());
	}

	/**
	 * Identifies the server; sends no picture.
	 *
	 * @param address of a ComfyUI or OpenAI-style server
	 * @return to be closed by the caller
	 * @throws org.layerj.remote.ServerException if it cannot be used
	 */
	public static RemoteDecomposer open(final ServerAddress address) {
		return open(address, Servers::open);
	}

	static RemoteDecomposer open(final ServerAddress address, final Function<ServerAddress, LayerServer> servers) {
		return new RemoteDecomposer(address, servers.apply(address));
	}

	/**
	 * Why it cannot run there, as a message; empty if it can.
	 *
	 * @throws InvalidOptionException if that is no device at all
	 */
	static Optional<String> rejection(final String device) {
		final String wanted = DecomposeOptions.defaults().withDevice(device).device();
		return wanted.equals(DecomposeOptions.AUTO) ? Optional.empty() : Optional.of("The option device is " + wanted
			+ ", but the model runs on a server, which chooses its devices itself; leave the option out.");
	}

	/** The server, human-readable: several lines of a report. */
	String report() {
		final ServerInfo s = server.info();
		return "Server    " + s.kind() + " at " + address.base() + "\nModel     " + s.model() + ", precision "
			+ s.precision() + ", " + s.minLayers() + " to " + s.maxLayers() + " layers"
			+ (s.resolutions().isEmpty() ? ""
				: ", resolution " + String.join(" or ", s.resolutions().stream().map(String::valueOf).toList()))
			+ "\n" + (s.memory().isEmpty() ? "" : "Memory    " + s.memory() + "\n")
			+ (s.obstacle().isEmpty() ? "" : "Memory    " + s.obstacle() + "\n") + "Pictures  are sent to "
			+ address.origin() + (address.isLocal() ? " (on this computer, or through a tunnel)" : "") + "\n";
	}

	/** See {@link ServerInfo#obstacle}. */
	String obstacle() {
		return server.info().obstacle();
	}

	@Override
	public ModelInfo model() {
		return info;
	}

	private Settings settings(final DecomposeOptions options) {
		final Settings s = info.settings(options);
		rejection(s.device()).ifPresent(message -> {
			throw new InvalidOptionException("device", message);
		});
		if (s.layers() < server.info().minLayers()) throw new InvalidOptionException("layers",
			server.info().kind() + " makes at least " + server.info().minLayers() + " layers, not " + s.layers() + ".");
		if (s.seed() < 0)
			throw new InvalidOptionException("seed", "A server takes seeds from 0 up, not " + s.seed() + ".");
		return s;
	}

	private static SizeRule workingSize(final int width, final int height, final Settings s) {
		final SizeRule size = SizeRule.of(width, height, s.resolution());
		if (size.width() > 0 && size.height() > 0) return size;
		throw new DecompositionException("The picture is " + width + " × " + height
			+ " pixels, too narrow for resolution " + s.resolution() + "; crop it or decompose it in parts.");
	}

	@Override
	public Forecast forecast(final int width, final int height, final DecomposeOptions options) {
		final Settings s = settings(options);
		final SizeRule size = workingSize(width, height, s);
		final double seconds =
			MEASURED.getOrDefault(key(), Double.NaN) * work(s, size) + REFINING_PER_PIXEL * width * height * s.layers();
		final long heap = (s.layers() + 2L)
			* (LAYER_BYTES_PER_PIXEL * width * height + ANSWER_BYTES_PER_PIXEL * size.width() * size.height());
		return new Forecast(seconds, heap, 0, Machine.here().available(), 0, heap, JavaHeap.left(heap), "",
			server.info().kind() + " at " + address.origin() + ", where the picture is sent"
				+ (server.info().memory().isEmpty() ? "" : "; " + server.info().memory()),
			server.info().obstacle());
	}

	private String key() {
		return address.base() + " " + server.info().model();
	}

	private static double work(final Settings s, final SizeRule size) {
		return (double) s.steps() * (s.layers() + 2) * size.width() * size.height();
	}

	@Override
	public synchronized Decomposition decompose(final RgbaImage picture, final DecomposeOptions options,
		final Progress progress)
	{
		final Settings s = settings(options);
		final SizeRule size = workingSize(picture.width(), picture.height(), s);
		forecast(picture.width(), picture.height(), options).rejection().ifPresent(message -> {
			throw new DecompositionException(message);
		});
		final double planned = MEASURED.containsKey(key()) ? MEASURED.get(key()) * work(s, size) : PER_STEP * s.steps();
		final List<Progress.Phase> phases = new ArrayList<>(ServerProgress.phases(planned));
		phases.add(new Progress.Phase(REFINE, REFINING_PER_PIXEL * picture.width() * picture.height() * s.layers()));
		final Job job = new Job(progress, phases);
		final RgbaImage small = resized(picture, size.width(), size.height());
		final RgbaImage opaque = onMeanColour(small);
		final List<RgbaImage> found =
			ServerProgress.ask(server.info(), () -> server.layers(new LayerRequest(opaque, s.layers(), s.resolution(),
				s.steps(), s.guidance(), s.seed(), s.prompt(), s.negative()), new ServerProgress(job, planned)));
		job.begin(REFINE);
		final int w = found.get(0).width();
		final int h = found.get(0).height();
		final Optional<byte[]> alpha =
			opaque == small ? Optional.empty() : Optional.of(resized(picture, w, h).plane(RgbaImage.ALPHA));
		final LayerStack proposal = Refinement.proposal(
			found.stream().map(l -> alpha.map(a -> within(l, a)).orElse(l)).toList(), options.layers().isEmpty());
		final LayerStack layers = new Refinement(picture, Kind.GENERATED, info.generators(), s.raw()).of(proposal, job);
		job.check();
		final Map<String, Double> seconds = job.end();
		if (seconds.getOrDefault(Stage.RUN.phase(), 0.0) > 0)
			MEASURED.put(key(), seconds.get(Stage.RUN.phase()) / work(s, size));
		return new Decomposition(layers,
			new RunRecord(info.name(), info.folder(), info.hash(), s, server.info().kind() + " at " + address.origin(),
				server.info().precision(), seconds, ProcessMemory.peak(), w, h, s.prompt()));
	}

	// -- Pixels --

	private static RgbaImage resized(final RgbaImage picture, final int width, final int height) {
		return picture.width() == width && picture.height() == height ? picture
			: PillowResize.picture(picture, width, height, PillowResize.Filter.LANCZOS);
	}

	/** The picture on the mean colour of what it shows; the same one if it is opaque. */
	static RgbaImage onMeanColour(final RgbaImage picture) {
		final byte[] alpha = picture.plane(RgbaImage.ALPHA);
		final double[] sum = new double[3];
		double weight = 0;
		boolean opaque = true;
		for (int i = 0; i < alpha.length; i++) {
			final int a = alpha[i] & 0xff;
			opaque &= a == 255;
			weight += a;
			for (int c = 0; c < 3; c++) sum[c] += (double) a * (picture.plane(c)[i] & 0xff);
		}
		if (opaque) return picture;
		final RgbaImage out = RgbaImage.blank(picture.width(), picture.height());
		for (int i = 0; i < alpha.length; i++) {
			final int a = alpha[i] & 0xff;
			out.plane(RgbaImage.ALPHA)[i] = (byte) 255;
			for (int c = 0; c < 3; c++) {
				final double mean = weight == 0 ? 255 : sum[c] / weight;
				out.plane(c)[i] = (byte) Math.round((a * (picture.plane(c)[i] & 0xff) + (255 - a) * mean) / 255);
			}
		}
		return out;
	}

	/** A layer that shows only as much as the picture does. */
	static RgbaImage within(final RgbaImage layer, final byte[] alpha) {
		final byte[] limited = new byte[alpha.length];
		for (int i = 0; i < alpha.length; i++)
			limited[i] = (byte) (((layer.plane(RgbaImage.ALPHA)[i] & 0xff) * (alpha[i] & 0xff) + 127) / 255);
		return RgbaImage.ofPlanes(layer.width(), layer.height(), layer.plane(0), layer.plane(1), layer.plane(2),
			limited);
	}

	@Override
	public void close() {}
}
