package org.layerj.decompose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.layerj.checkpoint.Machine;
import org.layerj.torch.CudaBuild;
import org.layerj.torch.Device;
import org.layerj.torch.Memory;
import org.layerj.torch.NativeLibraries;
import org.layerj.torch.Nvidia;
import org.layerj.torch.Torch;
import org.layerj.torch.TorchUnavailableException;

/** The devices of this computer on which models can run; and if no graphics card is used, why. */
public final class Devices {

	private Devices() {}

	/**
	 * Chooses which PyTorch is started.
	 *
	 * @param pytorch {@code auto}, {@code bundled} or a folder; see {@link Torch#choose}
	 */
	public static void choose(final String pytorch) {
		Torch.choose(pytorch);
	}

	/** {@return the number of graphics cards that PyTorch can use; 0 if PyTorch cannot be started} */
	public static int cards() {
		try {
			return Torch.gpuCount();
		}
		catch (final TorchUnavailableException e) {
			return 0;
		}
	}

	/** {@return the values that the option {@code device} may have here: {@code auto}, {@code cpu} and the cards} */
	public static List<String> names() {
		final List<String> names = new ArrayList<>(List.of(DecomposeOptions.AUTO, "cpu"));
		for (int k = 0; k < cards(); k++) names.add("cuda:" + k);
		return names;
	}

	/**
	 * {@return human-readable lines, one for each device, and one that tells why there is no graphics card among them}
	 */
	public static String report() {
		final Machine here = Machine.here();
		final StringBuilder text = new StringBuilder();
		text.append(libraries());
		for (final CudaBuild b : Torch.builds()) text.append("PyTorch   ").append(b).append('\n');
		text.append("Device    cpu: ")
			.append(here.processors())
			.append(" processors, ")
			.append(Forecast.gigabytes(here.available()))
			.append(" of memory free\n");
		final int cards = cards();
		for (int k = 0; k < cards; k++)
			text.append("Device    cuda:")
				.append(k)
				.append(": ")
				.append(Forecast.gigabytes(Memory.free(Device.cuda(k))))
				.append(" of graphics memory free\n");
		whyNoCard().ifPresent(why -> text.append("Device    no graphics card is used: ").append(why).append('\n'));
		return text.toString();
	}

	/**
	 * One line on where PyTorch's libraries are, how large they are, and how to remove them. Loads none of them.
	 *
	 * @return human-readable text, with a line break at its end
	 */
	public static String libraries() {
		try {
			if (Torch.cuda().isPresent())
				return "PyTorch   for graphics cards, in " + Torch.cuda().get().folder() + ", is in use\n";
			final Optional<NativeLibraries> bundled = NativeLibraries.bundled();
			if (bundled.isEmpty()) return "PyTorch   the libraries that PYTORCH_LIBRARY_PATH names\n";
			final NativeLibraries libraries = bundled.get();
			final String others = libraries.othersSize() == 0 ? ""
				: "; other versions there: " + NativeLibraries.megabytes(libraries.othersSize());
			return "PyTorch   " + (libraries.unpacked()
				? NativeLibraries.megabytes(libraries.size()) + " in " + libraries.folder() + ", removed by cache=empty"
				: "will be unpacked into " + libraries.folder() + ", "
					+ NativeLibraries.megabytes(libraries.packedSize()))
				+ others + " (" + NativeLibraries.SETTING + " chooses another folder)\n";
		}
		catch (final TorchUnavailableException e) {
			return "PyTorch   " + e.getMessage() + "\n";
		}
	}

	/**
	 * Removes PyTorch's unpacked libraries; they are unpacked again when needed.
	 *
	 * @return what has been done, as a message
	 * @throws TorchUnavailableException if they are in use
	 */
	public static String emptyCache() {
		final Optional<NativeLibraries> bundled = NativeLibraries.bundled();
		if (bundled.isEmpty()) return "There is no cache: PyTorch is the one that PYTORCH_LIBRARY_PATH names.";
		return NativeLibraries.megabytes(bundled.get().empty()) + " of PyTorch's libraries have been removed from "
			+ bundled.get().folder().getParent() + "; they are unpacked again when they are needed.";
	}

	/** {@return why PyTorch uses no graphics card, and what to do; empty if it can use one} */
	public static Optional<String> whyNoCard() {
		try {
			if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac"))
				return Optional.of("graphics of Apple computers are not supported.");
			if (!Nvidia.hasDriver()) return Optional.of("there is no NVIDIA driver on this computer.");
			if (Torch.gpuCount() > 0) return Optional.empty();
			return Optional.of(withDriver());
		}
		catch (final TorchUnavailableException e) {
			return Optional.of(e.getMessage());
		}
	}

	/** There is a driver, and no card is used all the same. */
	private static String withDriver() {
		if (Torch.cuda().isPresent()) return "PyTorch " + Torch.version() + " of " + Torch.cuda().get().folder()
			+ " finds no card that it can use; the driver may be too old for it, or the card (nvidia-smi shows both).";
		if (Torch.cudaFailure().isPresent()) return "there is an NVIDIA driver and a PyTorch for it, but "
			+ Torch.cudaFailure().get() + "; install that PyTorch again, and restart.";
		return "there is an NVIDIA driver, but no PyTorch " + Torch.version()
			+ " with CUDA 12 was found; download one (--fetch " + ModelDownload.PYTORCH
			+ ", or in Models and Devices...) or install it (pip install torch==" + Torch.version() + "), and restart.";
	}
}
