package org.layerj.imagej;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.Menus;
import ij.WindowManager;
import ij.gui.ImageCanvas;
import java.awt.Component;
import java.awt.Container;
import java.awt.Frame;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import javax.swing.JButton;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/**
 * A walk through ImageJ with a real mouse and keyboard: open layers, click on one in the view, drag it, change its opacity, undo,
 * recomposite, save, reopen. Leaves screenshots. Needs a screen, {@code xvfb-run} for example:
 *
 * <pre>mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.layerj.imagej.GuiWalk -Dexec.args=docs/screenshots</pre>
 */
public final class GuiWalk {

	private final Robot robot;
	private final Path screenshots;
	private final Path work;

	private GuiWalk(final Path screenshots) throws Exception {
		robot = new Robot();
		robot.setAutoDelay(25);
		this.screenshots = screenshots;
		work = Files.createTempDirectory("walk");
	}

	public static void main(final String[] args) {
		try {
			new GuiWalk(Path.of(args.length > 0 ? args[0] : "target/screenshots")).walk();
			System.out.println("walked");
			System.exit(0);
		}
		catch (final Throwable t) {
			t.printStackTrace();
			System.exit(1);
		}
	}

	private void walk() throws Exception {
		Files.createDirectories(screenshots);
		final ImageJ app = new ImageJ();
		app.setLocation(20, 10);
		for (final var e : Macros.entries().entrySet()) Menus.getCommands().put(e.getKey(), e.getValue());
		final ImagePlus image = Hyperstacks.of(figure(), "figure-layers");
		image.show();
		image.getWindow().setLocation(20, 130);
		LayerWindows.show(image);
		final OpenLayers open = OpenLayers.of(image).orElseThrow();
		final ImagePlus view = open.view().orElseThrow();
		IJ.run("Layers Window");
		await("the Layers Window is open", () -> window(LayersWindow.class).isPresent());
		window(LayersWindow.class).get().setLocation(600, 130);
		IJ.wait(500);
		check("the hyperstack is the current image", WindowManager.getCurrentImage() == image);
		shot("layers-window-start.png");

		// A click on the label.
		final LayerRoi label = LayerView.element(view, "label").orElseThrow();
		final Rectangle box = label.getBounds();
		click(view, box.x + 3, box.y + box.height / 2);
		await("the click selected the label", () -> view.getRoi() instanceof LayerRoi r && r.id().equals("label"));
		await("the hyperstack follows", () -> image.getZ() == 4);
		// A drag.
		drag(view, box.x + 3, box.y + box.height / 2, 30, 60);
		await("the label moved", () -> open.layers().find("label").get().bounds().y() == 10 + 60);
		check("one step", open.undoName().equals(Optional.of("Move Label")));
		IJ.wait(400);
		shot("layers-window.png");

		// Opacity by keyboard in the Layers Window: Alt+O, then arrows.
		final LayersWindow layers = window(LayersWindow.class).get();
		click(layers, "Duplicate");
		await("a copy", () -> open.layers().size() == 5);
		await("the copy is selected", () -> open.selected().equals("label-copy"));
		IJ.wait(300);
		key(KeyEvent.VK_CONTROL, KeyEvent.VK_Z);
		await("undone", () -> open.layers().size() == 4);
		// Arrow keys in the view.
		view.getWindow().toFront();
		click(view, box.x + 33, box.y + box.height / 2 + 60);
		IJ.wait(400);
		key(KeyEvent.VK_DELETE);
		await("Delete removes the layer", () -> open.layers().find("label").isEmpty());
		open.undo();
		await("and undo brings it back", () -> open.layers().find("label").isPresent());

		final RgbaImage expected = Compositor.flatten(open.layers());
		IJ.run(view, "Recomposite", "");
		final ImagePlus flat = WindowManager.getCurrentImage();
		check("recomposite is current", flat.getTitle().equals("figure-recomposite"));
		check("exact", Arrays.equals(expected.argb(), (int[]) flat.getProcessor().getPixels()));
		flat.close();

		final File file = work.resolve("layers.tif").toFile();
		IJ.saveAsTiff(image, file.getPath());
		final LayerStack saved = open.layers();
		view.changes = false;
		image.changes = false;
		view.close();
		image.close();
		await("the Layers Window went with its images", () -> window(LayersWindow.class).isEmpty());
		final ImagePlus again = IJ.openImage(file.getPath());
		again.show();
		IJ.run("Layers to Overlay");
		check("all is back", OpenLayers.of(again).orElseThrow().layers().equals(saved));
		check("the view is current", WindowManager.getCurrentImage().getTitle().endsWith("-view"));
		IJ.wait(500);
		shot("reopened.png");
	}

	/** A small figure made of layers, so that the walk does not depend on what a model finds. */
	private static LayerStack figure() throws IOException {
		final int w = 260;
		final int h = 200;
		return new LayerStack(w, h, java.util.List.of(Layer.of("paper", "Paper", drawn(w, h, g -> {
			g.setColor(new java.awt.Color(250, 248, 240));
			g.fillRect(0, 0, w, h);
		})), Layer.of("bars", "Bars", drawn(w, h, g -> {
			g.setColor(new java.awt.Color(70, 130, 180));
			for (int i = 0; i < 4; i++) g.fillRect(40 + 50 * i, 150 - 25 * i, 30, 30 + 25 * i);
		})), Layer.of("curve", "Curve", drawn(w, h, g -> {
			g.setColor(new java.awt.Color(200, 60, 40, 200));
			g.setStroke(new java.awt.BasicStroke(4));
			g.drawArc(20, 40, 220, 180, 20, 130);
		})), Layer.of("label", "Label", drawn(110, 30, g -> {
			g.setColor(java.awt.Color.black);
			g.setFont(new java.awt.Font("SansSerif", java.awt.Font.BOLD, 20));
			g.drawString("Figure 1", 6, 22);
		})).at(20, 10)));
	}

	private static RgbaImage drawn(final int w, final int h, final java.util.function.Consumer<java.awt.Graphics2D> drawing) {
		final BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_ARGB);
		final java.awt.Graphics2D g = image.createGraphics();
		g.setRenderingHint(java.awt.RenderingHints.KEY_ANTIALIASING, java.awt.RenderingHints.VALUE_ANTIALIAS_ON);
		drawing.accept(g);
		g.dispose();
		return RgbaImage.ofArgb(w, h, image.getRGB(0, 0, w, h, null, 0, w));
	}

	private void click(final ImagePlus image, final int x, final int y) {
		final Point p = screen(image, x, y);
		robot.mouseMove(p.x, p.y);
		robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
		robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
		robot.waitForIdle();
	}

	private void drag(final ImagePlus image, final int x, final int y, final int dx, final int dy) {
		IJ.wait(400);
		Point p = screen(image, x, y);
		robot.mouseMove(p.x, p.y);
		robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
		for (int i = 1; i <= 10; i++) {
			p = screen(image, x + dx * i / 10, y + dy * i / 10);
			robot.mouseMove(p.x, p.y);
		}
		robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
		robot.waitForIdle();
	}

	private void click(final Container window, final String text) {
		final JButton button = find(window, c -> c instanceof JButton b && text.equals(b.getText())).map(JButton.class::cast).orElseThrow();
		final Point p = button.getLocationOnScreen();
		robot.mouseMove(p.x + button.getWidth() / 2, p.y + button.getHeight() / 2);
		robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
		robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
		robot.waitForIdle();
	}

	private void key(final int... keys) {
		for (final int k : keys) robot.keyPress(k);
		for (int i = keys.length - 1; i >= 0; i--) robot.keyRelease(keys[i]);
		robot.waitForIdle();
	}

	private static Optional<Component> find(final Container in, final Predicate<Component> wanted) {
		for (final Component c : in.getComponents()) {
			if (wanted.test(c)) return Optional.of(c);
			if (c instanceof Container inner) {
				final Optional<Component> found = find(inner, wanted);
				if (found.isPresent()) return found;
			}
		}
		return Optional.empty();
	}

	private static Point screen(final ImagePlus image, final int x, final int y) {
		final ImageCanvas canvas = image.getCanvas();
		final Point p = canvas.getLocationOnScreen();
		return new Point(p.x + canvas.screenX(x), p.y + canvas.screenY(y));
	}

	private static <W extends Window> Optional<W> window(final Class<W> type) {
		return Arrays.stream(Frame.getFrames()).filter(f -> type.isInstance(f) && f.isVisible()).map(type::cast).findFirst();
	}

	private void shot(final String name) throws IOException {
		robot.waitForIdle();
		final Rectangle all = new Rectangle(-1, -1);
		for (final Frame f : Frame.getFrames()) if (f.isShowing()) all.add(f.getBounds());
		ImageIO.write(robot.createScreenCapture(all.intersection(new Rectangle(Toolkit.getDefaultToolkit().getScreenSize()))), "png", screenshots.resolve(name).toFile());
	}

	private static void check(final String what, final boolean holds) {
		System.out.println((holds ? "ok " : "FAILED ") + what);
		if (!holds) throw new AssertionError(what);
	}

	private void await(final String what, final BooleanSupplier condition) throws IOException {
		for (int i = 0; i < 100 && !condition.getAsBoolean(); i++) IJ.wait(50);
		if (!condition.getAsBoolean()) shot("failed.png");
		check(what, condition.getAsBoolean());
	}
}
