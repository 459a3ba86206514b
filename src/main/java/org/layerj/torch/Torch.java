package org.layerj.torch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.NativeTorch;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.util.Optional;
import java.util.ServiceConfigurationError;

/**
 * Starts libtorch once per JVM and hands out {@link Scope}s.
 *
 * <p>Start-up touches no network: DJL is put into offline mode before any of its classes load, so it neither looks for a cloud
 * metadata service nor downloads libraries. A libtorch of the user's own (for a GPU) is chosen with DJL's
 * {@code PYTORCH_LIBRARY_PATH}, {@code PYTORCH_VERSION} and {@code PYTORCH_FLAVOR}.
 */
public final class Torch {

	private static Engine engine;

	private Torch() {}

	/** Loads the native libraries if that has not happened yet. */
	public static synchronized void start() {
		if (engine != null) return;
		setIfAbsent("ai.djl.offline", "true");
		setIfAbsent("RUST_FLAVOR", "cpu");
		HostMemory.prepare();
		final Thread thread = Thread.currentThread();
		final ClassLoader before = thread.getContextClassLoader();
		// DJL finds its engines through the context class loader; inside ImageJ that is not the one that loaded this plugin.
		thread.setContextClassLoader(Torch.class.getClassLoader());
		try {
			TorchEnvironment.problem(Utils::getEnvOrSystemProperty, bundled()).ifPresent(why -> {
				throw new TorchUnavailableException("PyTorch could not be started: " + why, null);
			});
			engine = Engine.getEngine("PyTorch");
		}
		catch (final TorchUnavailableException e) {
			throw e;
		}
		catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
			throw new TorchUnavailableException("PyTorch could not be started on " + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ": "
				+ reason(e), e);
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	/** The version of PyTorch that is installed with this program. */
	private static Optional<String> bundled() {
		try {
			final Platform platform = Platform.detectPlatform("pytorch");
			return platform.isPlaceholder() ? Optional.empty() : Optional.of(platform.getVersion().replaceFirst("-.*", ""));
		}
		catch (RuntimeException | AssertionError e) {
			// None for this computer.
			return Optional.empty();
		}
	}

	/** DJL wraps what went wrong several times; the innermost message is the one that helps. */
	private static String reason(final Throwable thrown) {
		Throwable root = thrown;
		while (root.getCause() != null) root = root.getCause();
		final String message = String.valueOf(root.getMessage());
		if (message.contains("already loaded in another classloader")) return "another plugin has loaded it already; restart the program and run this one first.";
		return message.strip().lines().findFirst().orElse(root.getClass().getSimpleName()) + " (DJL keeps its libraries in DJL_CACHE_DIR or ~/.djl.ai).";
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
		return engine.getVersion();
	}

	/**
	 * Number of CUDA graphics cards this libtorch can use; 0 with a CPU-only libtorch, even where a driver is installed.
	 */
	public static int gpuCount() {
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
