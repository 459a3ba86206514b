package org.layerj.decompose;

import java.util.Optional;
import org.layerj.checkpoint.ModelCheck;
import org.layerj.remote.ServerAddress;
import org.layerj.remote.ServerException;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Torch;

/**
 * Whether a model can be run here, human-readable. Reads headers and configurations only; loads no weights, downloads
 * nothing and sends no picture.
 *
 * @param ok whether it can be used
 * @param problem the first thing that is wrong, as a message; empty if nothing is
 * @param text the whole report, several lines of a fixed-width font
 */
public record ModelReport(boolean ok, String problem, String text) {

	/**
	 * @param model a folder, a server, which is asked what it is, or the built-in default
	 * @param device that a run would use: {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}
	 * @return whatever is wrong, unless there is no such model at all
	 * @throws org.layerj.checkpoint.ModelException if there is no such folder
	 */
	public static ModelReport of(final ModelName model, final String device) {
		final Optional<String> lora = Decomposers.rejectedLora(model);
		if (model.isBuiltIn()) {
			final Optional<String> rejection = lora.or(() -> SegmentDecomposer.rejection(device)).or(Torch::obstacle);
			return new ModelReport(rejection.isEmpty(), rejection.orElse(""),
				"Model     built-in: small networks for text and segments; needs no model folder and no graphics card\n"
					+ rejection.map(r -> "Problem   " + r + "\n").orElse(""));
		}
		if (model.server().isPresent())
			return lora.map(l -> failed(model.server().get(), l)).orElseGet(() -> server(model.server().get(), device));
		final ModelCheck check = ModelCheck.of(model.files(), Computer.with(device));
		final Optional<String> obstacle = Torch.obstacle();
		final String problem = check.problems().stream().findFirst().or(() -> obstacle).orElse("");
		final boolean ok = check.ok() && obstacle.isEmpty();
		return new ModelReport(ok, problem, check.report() + obstacle.map(o -> "Problem   " + o + "\n").orElse("")
			+ (ok ? "Precision " + precision(check, device) + "\n" : ""));
	}

	private static ModelReport server(final ServerAddress address, final String device) {
		final Optional<String> rejection = RemoteDecomposer.rejection(device);
		if (rejection.isPresent()) return failed(address, rejection.get());
		try (RemoteDecomposer remote = RemoteDecomposer.open(address)) {
			final String obstacle = remote.obstacle();
			return new ModelReport(obstacle.isEmpty(), obstacle, remote.report());
		}
		catch (final ServerException e) {
			return failed(address, e.getMessage());
		}
	}

	private static ModelReport failed(final ServerAddress address, final String problem) {
		return new ModelReport(false, problem, "Server    " + address + "\nProblem   " + problem + "\n");
	}

	private static String precision(final ModelCheck check, final String device) {
		final long parameters = check.parts()
			.stream()
			.filter(p -> p.folder().equals("transformer"))
			.mapToLong(ModelCheck.Part::parameters)
			.sum();
		final boolean card = Devices.cards() > 0 && !device.equals("cpu");
		final DType type = Precision.choose(card ? Device.cuda(0) : Device.CPU, parameters);
		return type == DType.BF16 ? "bfloat16" : "float32";
	}
}
