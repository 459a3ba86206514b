package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.GenericDialog;
import ij.text.TextWindow;
import java.awt.Font;
import java.awt.TextField;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.Devices;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.ModelDownload;
import org.layerj.decompose.ModelInfo;
import org.layerj.decompose.ModelName;
import org.layerj.decompose.ModelReport;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.Show;

/**
 * <em>Plugins › Decompose Layers › Models and Devices...</em>: which model decomposes pictures, and on what. A choice
 * is checked (complete, consistent, enough memory; a server is asked what it is), and the dialogs of this computer
 * begin with it from then on; what cannot work is not kept. Macros do not depend on it. No picture is sent, and nothing
 * downloaded unless somebody agrees to it: a button asks a hub for a model, tells its size and licence, and then
 * downloads it ({@link FetchDialog}).
 * <p>
 * Macro keys: {@code model}, a folder, a server's address or {@code built-in}; {@code device} as in
 * <em>Decompose...</em>; {@code pytorch}, {@code auto}, {@code bundled} or a folder, which PyTorch is started;
 * {@code cache=empty} removes the libraries of PyTorch that have been unpacked, and does nothing else; {@code fetch},
 * {@code hub}, {@code output} and the word {@code agree} as on the command line. Without a screen the report goes to
 * the log. The dialog loads no library; only a check of a graphics card does.
 */
public final class ModelsPlugIn extends LayerPlugIn {

	private static final String NAME = "Models and Devices";

	public ModelsPlugIn() {
		super(NAME + "...", Option.text("model", ModelInfo.BUILT_IN), Option.text("device", "auto"),
			Option.text("pytorch", "auto"), Option.choice("cache", "keep", "empty"), Option.text("fetch", ""),
			Option.text("hub", ""), Option.text("output", ""), Option.flag("agree"));
	}

	@Override
	boolean isField(final Option option) {
		return !List.of("fetch", "hub", "output", "agree").contains(option.key());
	}

	@Override
	void complete(final GenericDialog dialog) {
		dialog.addMessage(Devices.libraries().replaceAll("\\s+", " ").strip());
		final TextField model = (TextField) dialog.getStringFields().firstElement();
		dialog.addButton("Download PyTorch for graphics cards...", e -> FetchDialog.pytorch());
		dialog.addButton("Download a model...", e -> FetchDialog.open(folder -> {
			if (dialog.isShowing()) model.setText(folder.toString());
			else IJ.log("Decompose Layers: to use it, give this folder in " + NAME + "....");
		}));
	}

	@Override
	String initial(final Option option) {
		if (option.key().equals("device")) return ModelChoice.device();
		if (option.key().equals("pytorch")) return ModelChoice.pytorch();
		return ModelChoice.model().isBlank() ? ModelInfo.BUILT_IN : ModelChoice.model();
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		if (values.get("cache").equals("empty")) {
			IJ.log(Devices.emptyCache());
			return Optional.empty();
		}
		if (!values.get("fetch").isBlank()) {
			fetch(values);
			return Optional.empty();
		}
		Devices.choose(values.get("pytorch"));
		final ModelName model = ModelName.of(values.get("model"));
		final String device = DecomposeOptions.defaults().with("device", values.get("device")).device();
		final ModelReport report = ModelReport.of(model, device);
		final String text = report.text() + "\n" + Devices.report() + folder();
		if (Show.windows()) {
			// The report has columns.
			new TextWindow(NAME, text, 950, 500).getTextPanel()
				.setFont(new Font(Font.MONOSPACED, Font.PLAIN, 12), true);
		}
		else IJ.log(text);
		if (!report.ok()) throw new DecompositionException(
			"The model " + model + " cannot be used and was not chosen: " + report.problem());
		if (device.startsWith("cuda") && !Devices.names().contains(device.equals("cuda") ? "cuda:0" : device))
			throw new InvalidOptionException("device",
				"The option device is " + device + ", but there is no such graphics card: "
					+ Devices.whyNoCard().orElse("there are " + Devices.cards() + "."));
		ModelChoice.keep(model.isBuiltIn() ? "" : model.text(), device, values.get("pytorch").strip());
		return Optional.empty();
	}

	/** As a macro asks for it. */
	private static void fetch(final Map<String, String> values) {
		final Optional<Path> folder =
			Optional.of(values.get("output")).filter(f -> !f.isBlank()).map(f -> Path.of(f.strip()));
		final ModelDownload download = ModelDownload.of(values.get("fetch"), values.get("hub"), folder);
		if (!Boolean.parseBoolean(values.get("agree"))) throw new InvalidOptionException("agree",
			download.terms() + " Nothing was downloaded; add the word agree to the options to agree.");
		IJ.log("Decompose Layers: " + download.terms());
		ImageJProgress.during(progress -> {
			download.run(progress);
			return download;
		});
		IJ.log("Decompose Layers: downloaded and checked " + download.folder());
	}

	/** Whoever cannot write there cannot update either, and should know that nothing else depends on it. */
	private static String folder() {
		final Optional<Path> home = Optional.ofNullable(IJ.getDirectory("imagej"))
			.map(Path::of)
			.filter(f -> Files.isDirectory(f) && !Files.isWritable(f));
		return home
			.map(f -> "Folder    " + f + " cannot be written: updates are installed by who can; Decompose Layers "
				+ "itself writes nothing there\n")
			.orElse("");
	}
}
