package org.layerj.decompose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.layerj.checkpoint.ModelCheck;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.torch.DType;
import org.layerj.torch.Device;

/**
 * Whether a model can be run here, for people. Reads headers and configurations only; loads no weights and downloads nothing.
 *
 * @param ok whether it can be used
 * @param problem the first thing that is wrong, as a sentence; empty if nothing is
 * @param text the whole report, several lines of a fixed-width font
 */
public record ModelReport(boolean ok, String problem, String text) {

	/**
	 * @param folder a model folder, {@value ClassicalDecomposer#NAME}, or empty for the built-in model
	 * @param device that a run would use: {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}
	 */
	public static ModelReport of(final Optional<Path> folder, final String device) {
		if (folder.filter(f -> f.toString().equals(ClassicalDecomposer.NAME) && !Files.isDirectory(f)).isPresent()) {
			final Optional<String> refusal = ClassicalDecomposer.refusal(device);
			return new ModelReport(refusal.isEmpty(), refusal.orElse(""), "Model     the classical method: no network, no weights, any processor\n");
		}
		final ModelCheck check = ModelCheck.of(folder.map(ModelFiles::folder).orElseGet(ModelFiles::builtIn), Computer.with(device));
		final String problem = check.problems().stream().findFirst().orElse("");
		return new ModelReport(check.ok(), problem, check.report() + (check.ok() ? "Precision " + precision(check, device) + "\n" : ""));
	}

	private static String precision(final ModelCheck check, final String device) {
		final long parameters = check.parts().stream().filter(p -> p.folder().equals("transformer")).mapToLong(ModelCheck.Part::parameters).sum();
		final boolean card = Devices.cards() > 0 && !device.equals("cpu");
		final DType type = Precision.choose(card ? Device.cuda(0) : Device.CPU, parameters);
		return type == DType.BF16 ? "bfloat16" : "float32";
	}
}
