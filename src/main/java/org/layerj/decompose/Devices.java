package org.layerj.decompose;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.layerj.checkpoint.Machine;
import org.layerj.torch.Device;
import org.layerj.torch.Memory;
import org.layerj.torch.Torch;
import org.layerj.torch.TorchUnavailableException;

/** What models can run on here, for people; and if no graphics card is used, why. */
public final class Devices {

	private Devices() {}

	/** Number of graphics cards that PyTorch can use; 0 if PyTorch cannot be started. */
	public static int cards() {
		try {
			return Torch.gpuCount();
		}
		catch (final TorchUnavailableException e) {
			return 0;
		}
	}

	/** The values that the option {@code device} may have here: {@code auto}, {@code cpu} and the cards. */
	public static List<String> names() {
		final List<String> names = new ArrayList<>(List.of(DecomposeOptions.AUTO, "cpu"));
		for (int k = 0; k < cards(); k++) names.add("cuda:" + k);
		return names;
	}

	/** One line per device, and one that tells why there is no graphics card among them. */
	public static String report() {
		final Machine here = Machine.here();
		final StringBuilder text = new StringBuilder();
		text.append("Device    cpu: ").append(here.processors()).append(" processors, ").append(Forecast.gigabytes(here.available())).append(" of memory free\n");
		final int cards = cards();
		for (int k = 0; k < cards; k++) text.append("Device    cuda:").append(k).append(": ").append(Forecast.gigabytes(Memory.free(Device.cuda(k)))).append(
			" of graphics memory free\n");
		whyNoCard().ifPresent(why -> text.append("Device    no graphics card is used: ").append(why).append('\n'));
		return text.toString();
	}

	/** Why PyTorch uses no graphics card, and what to do; empty if it can use one. */
	public static Optional<String> whyNoCard() {
		try {
			if (Torch.gpuCount() > 0) return Optional.empty();
			if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac")) return Optional.of("graphics of Apple computers are not supported.");
			if (!hasDriver()) return Optional.of("there is no NVIDIA driver on this computer.");
			return Optional.of("there is an NVIDIA driver, but the PyTorch " + Torch.version() + " in use cannot use the card; point PYTORCH_LIBRARY_PATH to the folder of a PyTorch "
				+ Torch.version() + " with CUDA, and restart.");
		}
		catch (final TorchUnavailableException e) {
			return Optional.of(e.getMessage());
		}
	}

	private static boolean hasDriver() {
		if (Files.exists(Path.of("/proc/driver/nvidia/version"))) return true;
		final String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
		return Stream.of(path.split(File.pathSeparator)).filter(p -> !p.isBlank()).map(File::new).anyMatch(f -> new File(f, "nvidia-smi").exists() || new File(f,
			"nvidia-smi.exe").exists());
	}
}
