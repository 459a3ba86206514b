package org.layerj.torch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.NativeTorch;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Starts libtorch once per JVM and hands out {@link Scope}s.
 * <p>
 * Start-up touches no network: DJL is put into offline mode before any of its classes load, so it neither looks for a
 * cloud metadata service nor downloads libraries. For graphics cards a build of PyTorch is looked for on this computer
 * ({@link #builds}); {@link #choose} and {@code PYTORCH_LIBRARY_PATH} name one.
 */
public final class Torch {

	/** What Linux, macOS and Windows say of libraries that miss each other's symbols. */
	private static final List<String> UNFIT =
		List.of("undefined symbol", "Symbol not found", "specified procedure could not be found");

	/** Takes a build of PyTorch for graphics cards if there is a driver and one is found. */
	public static final String AUTO = "auto";
	/** Takes the build for the processor that comes with this program. */
	public static final String BUNDLED = "bundled";

	private static Engine engine;
	private static Optional<CudaBuild> cuda = Optional.empty();

	private Torch() {}

	/**
	 * Loads the native libraries if that has not happened yet. Damaged ones are unpacked again first.
	 *
	 * @throws TorchUnavailableException if they cannot be loaded; the message says why and what to do
	 */
	public static synchronized void start() {
		if (engine != null) return;
		HostMemory.prepare();
		engine = withOurLoader(() -> {
			try {
				cuda = CudaLoading.prepare();
				obstacle().ifPresent(why -> {
					throw new TorchUnavailableException(why, null);
				});
				final Optional<NativeLibraries> bundled = NativeLibraries.bundled();
				LoadedTorch.inTheWay(LoadedTorch.files(), folders(bundled)).ifPresent(message -> {
					throw new TorchUnavailableException(message, null);
				});
				bundled.ifPresent(NativeLibraries::repair);
				// DJL looks for its own library for compilers of long ago otherwise, which there is none of.
				if (bundled.isEmpty() && cuda.isEmpty()) setIfAbsent("PYTORCH_FLAVOR", "cpu");
				return bundled.isPresent() ? bundledEngine(bundled.get()) : Engine.getEngine("PyTorch");
			}
			catch (final TorchUnavailableException e) {
				throw e;
			}
			catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
				throw new TorchUnavailableException("PyTorch could not be started on " + System.getProperty("os.name")
					+ " " + System.getProperty("os.arch") + ": " + reason(e), e);
			}
		});
	}

	/** Why PyTorch could not be started, as far as that is known without loading it; empty if nothing is in the way. */
	public static Optional<String> obstacle() {
		return withOurLoader(() -> CudaLoading.obstacle()
			.or(() -> TorchEnvironment.problem(Utils::getEnvOrSystemProperty)
				.map(why -> "PyTorch could not be started: " + why)));
	}

	/** The engine with our own libraries, whichever version the environment speaks of. */
	private static Engine bundledEngine(final NativeLibraries libraries) {
		if (!TorchEnvironment.asksForAnotherVersion(Utils::getEnvOrSystemProperty, installedVersion().orElse("")))
			return Engine.getEngine("PyTorch");
		libraries.unpack();
		System.setProperty(TorchEnvironment.PATH, libraries.folder().toString());
		try {
			return Engine.getEngine("PyTorch");
		}
		finally {
			System.clearProperty(TorchEnvironment.PATH);
		}
	}

	/**
	 * Chooses which PyTorch is started; once it has been, nothing changes before the next start of the program.
	 *
	 * @param choice {@value #AUTO}, {@value #BUNDLED}, or a folder: of a Python environment, of a PyTorch, or of its
	 * libraries
	 */
	public static void choose(final String choice) {
		CudaLoading.choose(choice);
	}

	/** The builds of PyTorch for graphics cards that are found here, used or not; loads none. */
	public static List<CudaBuild> builds() {
		return CudaLoading.found();
	}

	/** Which build for graphics cards would fit, and where it belongs. */
	public static CudaTarget cudaTarget() {
		return CudaLoading.target();
	}

	/** The build for graphics cards that has been started; empty if none has, or the one for the processor. */
	public static synchronized Optional<CudaBuild> cuda() {
		return engine == null ? Optional.empty() : cuda;
	}

	/** Why a build that was found could not be started, as part of a sentence. */
	public static Optional<String> cudaFailure() {
		return CudaLoading.failure();
	}

	/** The version of PyTorch that is installed with this program; empty if none is for this computer. */
	private static Optional<String> installedVersion() {
		try {
			final Platform platform = Platform.detectPlatform("pytorch");
			return platform.isPlaceholder() ? Optional.empty()
				: Optional.of(platform.getVersion().replaceFirst("-.*", ""));
		}
		catch (RuntimeException | AssertionError e) {
			return Optional.empty();
		}
	}

	/** Where our own libraries may come from. */
	private static List<Path> folders(final Optional<NativeLibraries> bundled) {
		if (bundled.isPresent()) return List.of(bundled.get().folder());
		return Stream
			.of(Objects.requireNonNullElse(Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH"), "")
				.split(File.pathSeparator))
			.filter(f -> !f.isBlank())
			.map(Path::of)
			.map(f -> Files.isRegularFile(f) ? f.toAbsolutePath().getParent() : f)
			.toList();
	}

	/**
	 * DJL finds its engines and libraries through the context class loader; inside ImageJ that is not the one that
	 * loaded this plugin.
	 */
	static <T> T withOurLoader(final Supplier<T> action) {
		setIfAbsent("ai.djl.offline", "true");
		setIfAbsent("RUST_FLAVOR", "cpu");
		final Thread thread = Thread.currentThread();
		final ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(Torch.class.getClassLoader());
		try {
			return action.get();
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	/** DJL wraps what went wrong several times; the innermost message is the one that helps. */
	static String reason(final Throwable thrown) {
		Throwable root = thrown;
		while (root.getCause() != null) root = root.getCause();
		final String message = String.valueOf(root.getMessage());
		if (message.contains("already loaded in another classloader"))
			return "another plugin has loaded it already; restart the program and run this one first.";
		if (UNFIT.stream().anyMatch(message::contains)) return "its libraries do not fit together, because another "
			+ "PyTorch is in this program already, or PYTORCH_LIBRARY_PATH points "
			+ "to another version; restart the program, and run Decompose Layers without the other ("
			+ firstLine(message, root) + ").";
		final boolean named = Utils.getEnvOrSystemProperty(TorchEnvironment.PATH) != null;
		return firstLine(message, root) + (named
			? "; " + TorchEnvironment.PATH
				+ " names other libraries than those of this program, unset it to take these."
			: " (DJL keeps its libraries in " + NativeLibraries.SETTING + " or ~/.djl.ai).");
	}

	private static String firstLine(final String message, final Throwable thrown) {
		return message.strip().lines().findFirst().orElse(thrown.getClass().getSimpleName());
	}

	/** A new scope for tensors of this thread. */
	public static Scope scope() {
		start();
		NativeTorch.prepareThread();
		return new Scope();
	}

	/** The version of libtorch in use, for example {@code 2.7.1}. */
	public static String version() {
		start();
		return cuda.isPresent() ? engine.getVersion() : installedVersion().orElseGet(engine::getVersion);
	}

	/**
	 * Number of CUDA graphics cards this libtorch can use; 0 with a CPU-only libtorch, even where a driver is
	 * installed. Without a driver nothing is loaded to find that out.
	 */
	public static int gpuCount() {
		if (!Nvidia.hasDriver()) return 0;
		start();
		final int cards = engine.getGpuCount();
		if (cards == 0) return 0;
		try (Scope scope = scope()) {
			// A card may be listed and yet be unusable, too old for this libtorch for example.
			Tensors.to(scope, Tensors.of(scope, new float[] { 1 }, 1), Device.cuda(0), DType.F32);
			return cards;
		}
		catch (final TorchException e) {
			return 0;
		}
	}

	private static void setIfAbsent(final String key, final String value) {
		if (System.getProperty(key) == null) System.setProperty(key, value);
	}
}
