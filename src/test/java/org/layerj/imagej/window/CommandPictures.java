package org.layerj.imagej.window;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.Menus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.Roi;
import java.awt.Button;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.open.LayerWindows;
import org.layerj.imagej.open.OpenLayers;

/**
 * Makes the user guide's pictures of commands: of each dialog on the bundled figure, and of what commands without a
 * dialog open. Needs a screen, {@code Xvfb} for example:
 * <pre>mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.layerj.imagej.window.CommandPictures -Dexec.args="docs/screenshots/commands"</pre>
 */
public final class CommandPictures {

	/** Tenths of a second that a dialog may take to open; some commands ask nothing if all is clear. */
	private static final int PATIENCE = 600;

	private final Robot robot;
	private final Path folder;

	private CommandPictures(final Path folder) throws Exception {
		this.folder = Files.createDirectories(folder);
		robot = new Robot();
	}

	/** Argument: folder for the pictures. */
	public static void main(final String[] args) {
		try {
			new CommandPictures(Path.of(args.length == 0 ? "target/screenshots/commands" : args[0])).all();
			System.out.println("done");
			System.exit(0);
		}
		catch (final Throwable t) {
			t.printStackTrace();
			System.exit(1);
		}
	}

	private void all() throws Exception {
		final ImageJ app = new ImageJ();
		app.setLocation(20, 10);
		for (final var e : Macros.entries().entrySet()) Menus.getCommands().put(e.getKey(), e.getValue());
		final ImagePlus figure = new ImagePlus("figure.png",
			ImageIO.read(CommandPictures.class.getResource("/org/layerj/sample/figure.png")));
		figure.show();
		for (final String command : new String[] { "Decompose...", "Find Text", "Find Subject", "Check Figure..." })
			dialog(command);
		IJ.run("Decompose...", "layers=4 seed=1");
		final ImagePlus layers = WindowManager.getCurrentImage();
		for (final String command : new String[] { "Decompose Selected Layer...", "Edit Layer...", "Select Elements...",
			"Elements to Results", "Elements to ROI Manager", "Recomposite", "Export...", "Export Picture...",
			"Check Provenance..." }) dialog(command);
		layers.setRoi(new Roi(60, 40, 80, 60));
		dialog("Assign to Layer...");
		layers.deleteRoi();
		IJ.run("Layers to Overlay");
		LayerWindows.show(layers);
		final ImagePlus view = OpenLayers.of(layers).orElseThrow().view().orElseThrow();
		picture("Layers to Overlay", view.getWindow());
		IJ.run("Text to Overlay");
		picture("Text to Overlay", view.getWindow());
	}

	/** Opens a command's dialog, and cancels it. */
	private void dialog(final String command) throws IOException, InterruptedException {
		// Not IJ.run, which is what macros do, and those see no dialog.
		final Thread running =
			new Thread(() -> IJ.runPlugIn(Macros.entries().get(command), ""), "dialog of " + command);
		running.start();
		for (int i = 0; i < PATIENCE && running.isAlive() && shown().isEmpty(); i++) IJ.wait(100);
		if (shown().isEmpty()) {
			System.out.println(command + " asks nothing.");
			return;
		}
		final GenericDialog dialog = shown().get();
		picture(command, dialog);
		final Button cancel = (Button) Hand.find(dialog, Button.class, b -> b.getLabel().strip().equals("Cancel"))
			.orElseThrow(() -> new IllegalStateException(command + " cannot be cancelled"));
		dialog.actionPerformed(new ActionEvent(cancel, ActionEvent.ACTION_PERFORMED, "Cancel"));
		running.join(60_000);
	}

	private static Optional<GenericDialog> shown() {
		return Hand.window(GenericDialog.class, Window::isShowing);
	}

	private void picture(final String command, final Window window) throws IOException {
		window.setLocation(40, 80);
		window.toFront();
		// Previews and forecasts come a moment later than the dialog.
		IJ.wait(2500);
		robot.waitForIdle();
		final Rectangle all = window.getBounds();
		final BufferedImage seen = robot.createScreenCapture(all);
		final String name = command.replace("...", "").toLowerCase(Locale.ROOT).replace(' ', '-');
		ImageIO.write(seen, "png", folder.resolve(name + ".png").toFile());
	}
}
