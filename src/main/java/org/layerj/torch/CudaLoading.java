package org.layerj.torch;

import ai.djl.util.Platform;
import ai.djl.util.Utils;
import com.sun.jna.NativeLibrary;
import java.util.List;
import java.util.Optional;

/**
 * Lets DJL load a build of PyTorch for graphics cards: the first that {@link CudaSearch} finds, or the one that was
 * chosen. CUDA's own libraries are loaded first, each after those that it needs; the loader of the system then takes
 * these wherever one is asked for by name, so no search path has to be set before the program starts. Only when all of
 * them are there is DJL given their folder; until then nothing of PyTorch is loaded, and the processor's build can
 * still be taken.
 */
final class CudaLoading {

	/** Where the choice is kept, for this process and those it starts. */
	private static final String CHOICE = "org.layerj.pytorch";
	private static final String PATH = "PYTORCH_LIBRARY_PATH", VERSION = "PYTORCH_VERSION", FLAVOR = "PYTORCH_FLAVOR";
	/** The driver's own library on Linux. */
	private static final String DRIVER = "libcuda.so.1";
	/** The flavour of the native glue that DJL has for CUDA; it fits any CUDA 12. */
	static final String GLUE = "cu128";

	private CudaLoading() {}

	static void choose(final String choice) {
		System.setProperty(CHOICE, choice.strip());
	}

	static String choice() {
		final String choice = System.getProperty(CHOICE, "").strip();
		return choice.isEmpty() ? Torch.AUTO : choice;
	}

	/** The folder that was chosen; blank if none was. */
	static String named() {
		return choice().equals(Torch.AUTO) || choice().equals(Torch.BUNDLED) ? "" : choice();
	}

	/** What DJL would call a build for graphics cards that fits. */
	static CudaTarget target() {
		return Torch.withOurLoader(() -> {
			final Platform platform = Platform.detectPlatform("pytorch");
			final String version = platform.getVersion().replaceFirst("-.*", "");
			return new CudaTarget(version, GLUE, platform.getClassifier(),
				Utils.getEngineCacheDir("pytorch")
					.toAbsolutePath()
					.resolve(version + "-" + GLUE + "-" + platform.getClassifier()));
		});
	}

	/** What there is on this computer; loads nothing. */
	static List<CudaBuild> found() {
		return Torch.withOurLoader(() -> {
			try {
				final Platform platform = Platform.detectPlatform("pytorch");
				return new CudaSearch(TorchPlaces.here(), platform.getVersion().replaceFirst("-.*", ""),
					platform.getClassifier()).all();
			}
			catch (RuntimeException | AssertionError e) {
				return List.<CudaBuild> of();
			}
		});
	}

	/**
	 * Prepares the start with a build for graphics cards, if there is one to use.
	 *
	 * @return the build that will be loaded; empty: the processor's, or what the environment names
	 * @throws TorchUnavailableException if one was chosen that cannot be used
	 */
	static Optional<CudaBuild> prepare() {
		final boolean named = !named().isEmpty();
		if (choice().equals(Torch.BUNDLED) || !named && !Nvidia.hasDriver()) return Optional.empty();
		final List<CudaBuild> all = found();
		final boolean environment =
			Optional.ofNullable(Utils.getEnvOrSystemProperty(PATH)).filter(p -> !p.isBlank()).isPresent();
		// What somebody has named is taken or nothing is.
		final Optional<CudaBuild> build =
			named || environment ? all.stream().findFirst() : all.stream().filter(CudaBuild::usable).findFirst();
		obstacle().ifPresent(why -> {
			throw new TorchUnavailableException(why, null);
		});
		final Optional<CudaBuild> loaded = build.filter(CudaBuild::usable).filter(CudaLoading::load);
		if (named && loaded.isEmpty()) throw new TorchUnavailableException(
			"PyTorch could not be started: of " + build.get().folder() + " " + failure.orElse("nothing could be loaded")
				+ "; choose another folder, or " + Torch.BUNDLED + " for the processor, and restart.",
			null);
		return loaded;
	}

	/** Why the build that somebody has named cannot be used; empty if none is named, or it can. */
	static Optional<String> obstacle() {
		if (choice().equals(Torch.BUNDLED) || named().isEmpty()) return Optional.empty();
		final Optional<CudaBuild> build = found().stream().findFirst();
		return build.filter(CudaBuild::usable).isPresent() ? Optional.empty()
			: Optional.of("PyTorch could not be started: "
				+ build.map(CudaBuild::toString).orElse(choice() + " is not a PyTorch installation")
				+ "; choose another folder, or " + Torch.BUNDLED + " for the processor.");
	}

	/** Whether all of CUDA's libraries could be loaded; if not, {@link #failure} says why. */
	private static boolean load(final CudaBuild build) {
		try {
			// In containers the device may be there and the driver's library not; PyTorch would miss it half loaded.
			if (!build.before().isEmpty()) NativeLibrary.getInstance(DRIVER);
		}
		catch (final UnsatisfiedLinkError e) {
			failure = Optional.of("the library " + DRIVER + " of NVIDIA's driver cannot be loaded");
			return false;
		}
		for (final var library : build.before()) try {
			System.load(library.toAbsolutePath().toString());
			if (library.getFileName().toString().startsWith("libcudart."))
				NativeLibrary.addSearchPath("cudart", library.toAbsolutePath().getParent().toString());
		}
		catch (final UnsatisfiedLinkError e) {
			failure = Optional.of("its library " + library + " cannot be loaded ("
				+ e.getMessage().lines().findFirst().orElse("").replaceFirst("^.*?: ", "") + ")");
			return false;
		}
		failure = Optional.empty();
		setIfAbsent(PATH, build.folder().toAbsolutePath().toString());
		setIfAbsent(VERSION, build.version());
		setIfAbsent(FLAVOR, GLUE);
		return true;
	}

	private static volatile Optional<String> failure = Optional.empty();

	/** Why the build that was found was not loaded, as part of a sentence; empty if none failed. */
	static Optional<String> failure() {
		return failure;
	}

	private static void setIfAbsent(final String key, final String value) {
		if (Optional.ofNullable(Utils.getEnvOrSystemProperty(key)).filter(v -> !v.isBlank()).isEmpty())
			System.setProperty(key, value);
	}
}
