package org.layerj.imagej;

import ij.IJ;
import ij.gui.GenericDialog;
import java.awt.EventQueue;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.layerj.common.CancelledException;
import org.layerj.decompose.ModelDownload;
import org.layerj.decompose.Problem;
import org.layerj.imagej.open.Background;
import org.layerj.imagej.open.Show;

/**
 * Downloads a model for somebody at the screen: which, from where and to where; then, when the hub has said how large
 * it is and under which licence, whether to. The rest happens in the background, and a {@link FetchWindow} tells how
 * far it is; cancelled, it goes on from there the next time.
 */
final class FetchDialog {

	private static final int WIDE = 40;

	private FetchDialog() {}

	/**
	 * Asks, and begins.
	 *
	 * @param then called in the event thread with the folder in which the model is when all of it is there
	 */
	static void open(final Consumer<Path> then) {
		final GenericDialog dialog = new GenericDialog("Download a Model");
		dialog.addStringField("Model", ModelDownload.words().get(0), WIDE);
		dialog.addStringField("Hub (blank: Hugging Face)", "", WIDE);
		dialog.addDirectoryField("Folder (blank: in your home folder)", "", WIDE);
		dialog.addMessage("The next window tells its size and licence. Nothing is downloaded before you agree.");
		dialog.showDialog();
		if (dialog.wasCanceled()) return;
		final String model = dialog.getNextString();
		final String hub = dialog.getNextString();
		final Optional<Path> folder =
			Optional.of(dialog.getNextString()).filter(f -> !f.isBlank()).map(f -> Path.of(f.strip()));
		begin(model, hub, folder, then);
	}

	/** Asks for PyTorch's libraries for graphics cards, tells how large they are, and begins if that is wanted. */
	static void pytorch() {
		begin(ModelDownload.PYTORCH, "", Optional.empty(),
			folder -> IJ.log("Decompose Layers: restart the program to use the graphics card."));
	}

	private static void begin(final String model, final String hub, final Optional<Path> folder,
		final Consumer<Path> then)
	{
		// Not in the one thread that layers' windows share: it takes hours.
		final Thread thread = new Thread(() -> Background.guarded(() -> fetch(model, hub, folder, then)), Show.TITLE);
		thread.setDaemon(true);
		thread.start();
	}

	private static void fetch(final String model, final String hub, final Optional<Path> folder,
		final Consumer<Path> then)
	{
		final ModelDownload download = ModelDownload.of(model, hub, folder);
		if (!IJ.showMessageWithCancel(Show.TITLE, download.terms().replace(". ", ".\n") + "\nDownload it?")) return;
		final FetchWindow window = opened(model.strip());
		final ImageJProgress progress = new ImageJProgress(window::cancelled, window::show);
		try {
			download.run(progress);
			progress.end("");
		}
		catch (final CancelledException e) {
			progress.end(Problem.message(e));
			return;
		}
		catch (RuntimeException | Error e) {
			progress.end("");
			throw e;
		}
		finally {
			window.end();
		}
		IJ.log("Decompose Layers: downloaded and checked " + download.folder());
		EventQueue.invokeLater(() -> then.accept(download.folder()));
	}

	private static FetchWindow opened(final String what) {
		final AtomicReference<FetchWindow> window = new AtomicReference<>();
		try {
			EventQueue.invokeAndWait(() -> window.set(new FetchWindow(what)));
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancelledException();
		}
		catch (final InvocationTargetException e) {
			throw new IllegalStateException(e.getCause());
		}
		return window.get();
	}
}
