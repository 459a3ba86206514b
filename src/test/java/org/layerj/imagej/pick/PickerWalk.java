package org.layerj.imagej.pick;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.Menus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.ImageCanvas;
import ij.gui.Toolbar;
import ij.plugin.frame.Recorder;
import java.awt.Checkbox;
import java.awt.EventQueue;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.TextField;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.ItemEvent;
import java.awt.event.KeyEvent;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.open.LayerWindows;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/**
 * The Layer Picker by mouse and keys on real windows: hover, click, click again, add, box, zoomed and panned, keys, and
 * the macro lines that are recorded. Needs a screen. With {@code model} it shows the bundled figure instead, and leaves
 * screenshots in the folder given: <pre>
 * mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.layerj.imagej.pick.PickerWalk \
 *   -Dexec.args="docs/screenshots model"
 * </pre>
 */
public final class PickerWalk {

	private final Robot robot;
	private final File screenshots;

	private PickerWalk(final Robot robot, final File screenshots) {
		this.robot = robot;
		this.screenshots = screenshots;
		robot.setAutoDelay(12);
	}

	public static void main(final String[] args) {
		try {
			final PickerWalk walk = new PickerWalk(new Robot(), new File(args[0]));
			walk.screenshots.mkdirs();
			final ImageJ app = new ImageJ();
			app.setLocation(20, 10);
			Macros.entries().forEach((name, plugin) -> Menus.getCommands().put(name, plugin));
			if (args.length > 1 && args[1].equals("model")) walk.figure();
			else walk.bars();
			System.exit(0);
		}
		catch (final Throwable t) {
			t.printStackTrace();
			System.exit(1);
		}
	}

	/** Grey background with two red bars and a blue one in one layer, and an empty layer for marks. */
	private static LayerStack stack() {
		final int w = 300;
		final int h = 200;
		final int[] background = new int[w * h];
		Arrays.fill(background, 0xffc8c8c8);
		final int[] bars = new int[w * h];
		for (int y = 50; y < 175; y++)
			for (int x = 0; x < w; x++)
				if (x % 100 >= 25 && x % 100 < 60) bars[y * w + x] = x < 200 ? 0xffd02020 : 0xff2040d0;
		return new LayerStack(w, h,
			List.of(Layer.of("background", "Background", RgbaImage.ofArgb(w, h, background)),
				Layer.of("bars", "Curves and bars", RgbaImage.ofArgb(w, h, bars)),
				Layer.of("marks", "Marks", RgbaImage.blank(w, h))));
	}

	private void bars() throws IOException {
		final ImagePlus image = Hyperstacks.of(stack(), "bars");
		image.show();
		image.getWindow().setLocation(20, 130);
		LayerWindows.show(image);
		final OpenLayers open = OpenLayers.of(image).orElseThrow();
		final ImagePlus view = open.view().orElseThrow();
		view.getWindow().setLocation(450, 130);
		final LayerStack start = open.layers();
		final RgbaImage picture = Compositor.flatten(start);
		final Recorder recorder = new Recorder();
		recorder.setLocation(20, 450);
		IJ.run("Layer Picker");
		check("the tool is chosen", Toolbar.getToolName().startsWith("Layer Picker"));
		for (final ImagePlus one : List.of(view, image)) {
			front(one);
			hover(one, 140, 100);
			await("what is below the cursor is shown", () -> one.getCanvas().getShowAllList() != null);
			click(one, 140, 100);
			await("a click takes a bar", () -> isSelected(one, 125, 50, 35, 125));
			click(one, 130, 60);
			await("another one all bars", () -> isSelected(one, 25, 50, 235, 125));
			if (one == image) {
				final int slice = image.getCurrentSlice();
				robot.mouseWheel(image.getC() == 1 ? 1 : -1);
				await("the wheel is ImageJ's", () -> image.getCurrentSlice() != slice);
			}
			click(one, 5, 5);
			await("the background", () -> isSelected(one, 0, 0, 300, 200));
			click(one, 240, 100);
			await("the blue bar", () -> isSelected(one, 225, 50, 35, 125));
			robot.keyPress(KeyEvent.VK_SHIFT);
			click(one, 40, 100);
			robot.keyRelease(KeyEvent.VK_SHIFT);
			await("with Shift the first too", () -> isSelected(one, 25, 50, 235, 125));
			drag(one, 110, 40, 170, 185);
			await("a box takes what is in it", () -> isSelected(one, 125, 50, 35, 125));
			key(KeyEvent.VK_3);
			await("key 3 sends it to the third layer",
				() -> open.layers().get(2).onCanvas(300, 200).argb(140, 100) == 0xffd02020);
			check("and away from the second", open.layers().get(1).onCanvas(300, 200).argb(140, 100) >>> 24 == 0);
			check("the picture stays", Compositor.flatten(open.layers()).equals(picture));
			open.undo();
			await("undone in one step", () -> open.layers().equals(start));
		}
		front(view);
		similar(view);
		IJ.run(view, "In [+]", "");
		IJ.run(view, "In [+]", "");
		view.getCanvas()
			.setSourceRect(
				new Rectangle(100, 60, view.getCanvas().getSrcRect().width, view.getCanvas().getSrcRect().height));
		view.getCanvas().repaint();
		IJ.wait(300);
		click(view, 140, 100);
		await("zoomed and panned, a click means the same place", () -> isSelected(view, 125, 50, 35, 125));
		key(KeyEvent.VK_0);
		await("key 0 makes a new layer", () -> open.layers().size() == 4);
		check("the picture stays", Compositor.flatten(open.layers()).equals(picture));
		for (final String line : List.of("\"x=140 y=100\"", "x=130 y=60 clicks=2", "x=40 y=100 mode=add",
			"x=110 y=40 width=60 height=145", "run(\"Assign to Layer...\", \"layer=Marks\");",
			"run(\"Assign to Layer...\", \"layer=new\");"))
			await("recorded: " + line, () -> recorder.getText().contains(line));
		click(view, 140, 100);
		IJ.run(view, "Copy with Alpha", "");
		IJ.run(view, "Paste as Layer", "");
		await("copied and pasted through the clipboard", () -> open.layers().size() == 5);
		check("with its colour, in the middle", open.layers().get(4).onCanvas(300, 200).argb(150, 100) == 0xffd02020);
		Toolbar.getInstance().setTool(Toolbar.RECTANGLE);
		hover(view, 150, 110);
		await("another tool shows nothing", () -> view.getCanvas().getShowAllList() == null);
		System.out.println("walked");
	}

	/** The preview of the dialog of Select similar, moved and given up. */
	private void similar(final ImagePlus view) throws IOException {
		click(view, 5, 5);
		await("the background again", () -> isSelected(view, 0, 0, 300, 200));
		click(view, 140, 100);
		await("one red bar", () -> isSelected(view, 125, 50, 35, 125));
		final AtomicReference<Optional<Double>> answer = new AtomicReference<>();
		final Thread asking = new Thread(() -> answer.set(SimilarDialog.ask(view, .1)));
		asking.start();
		await("a dialog asks", () -> dialog().isPresent());
		final GenericDialog dialog = dialog().orElseThrow();
		EventQueue.invokeLater(() -> {
			final Checkbox preview = (Checkbox) dialog.getCheckboxes().get(0);
			preview.setState(true);
			dialog.itemStateChanged(new ItemEvent(preview, ItemEvent.ITEM_STATE_CHANGED, "", ItemEvent.SELECTED));
		});
		await("its preview shows the other red bar too", () -> isSelected(view, 25, 50, 135, 125));
		((TextField) dialog.getNumericFields().get(0)).setText("1");
		await("and with a larger tolerance the blue one", () -> isSelected(view, 25, 50, 235, 125));
		EventQueue.invokeLater(() -> dialog.getButtons()[1]
			.dispatchEvent(new ActionEvent(dialog.getButtons()[1], ActionEvent.ACTION_PERFORMED, "Cancel")));
		await("given up, all is as it was",
			() -> !asking.isAlive() && answer.get().isEmpty() && isSelected(view, 125, 50, 35, 125));
		front(view);
		// Another click there would take what is around.
		click(view, 5, 5);
	}

	private static Optional<GenericDialog> dialog() {
		return Arrays.stream(Window.getWindows())
			.filter(w -> w instanceof GenericDialog && w.isVisible())
			.map(GenericDialog.class::cast)
			.findFirst();
	}

	/** From a wrong result to a right one. */
	private void figure() throws IOException {
		final ImagePlus figure =
			new ImagePlus("figure.png", ImageIO.read(PickerWalk.class.getResource("/org/layerj/sample/figure.png")));
		figure.show();
		IJ.run("Decompose...", "");
		final ImagePlus image = WindowManager.getCurrentImage();
		figure.close();
		LayerWindows.show(image);
		final OpenLayers open = OpenLayers.of(image).orElseThrow();
		final ImagePlus view = open.view().orElseThrow();
		view.getWindow().setLocation(20, 130);
		image.getWindow().setLocation(900, 130);
		final RgbaImage picture = Compositor.flatten(open.layers());
		final int[] curve = { 692, 152 };
		IJ.run("Layer Picker");
		front(view);
		hover(view, curve[0], curve[1]);
		IJ.wait(1500);
		check("the curve breaks where it crosses the ellipse", shows(open, "Shapes", curve));
		final long begun = System.nanoTime();
		// Red, what the ellipse hides of it and its end, blue, and what is hidden of that.
		click(view, 583, 122);
		click(view, 583, 122);
		robot.keyPress(KeyEvent.VK_SHIFT);
		for (final int[] p : new int[][] { { 676, 151 }, { 676, 151 }, { 741, 179 }, { 574, 184 }, { 574, 184 },
			curve }) click(view, p[0], p[1]);
		robot.keyRelease(KeyEvent.VK_SHIFT);
		shot("picker-curves.png");
		toNewLayer(open, view);
		System.out.printf("put right in %.0f s%n", (System.nanoTime() - begun) / 1e9);
		check("the picture stays", Compositor.flatten(open.layers()).equals(picture));
		check("the curves are in a layer of their own", shows(open, "New layer", curve)
			&& shows(open, "New layer", new int[] { 583, 122 }) && shows(open, "New layer", new int[] { 574, 184 }));
		check("and the ellipse is whole below them", shows(open, "Shapes", curve));
		shot("picker-after.png");
	}

	/** Whether a layer is opaque at a pixel. */
	private static boolean shows(final OpenLayers open, final String name, final int[] at) {
		final LayerStack layers = open.layers();
		return layers.layers()
			.stream()
			.filter(l -> l.name().equals(name))
			.anyMatch(l -> l.onCanvas(layers.width(), layers.height()).argb(at[0], at[1]) >>> 24 == 255);
	}

	private void toNewLayer(final OpenLayers open, final ImagePlus view) throws IOException {
		await("something is chosen", () -> view.getRoi() != null);
		final LayerStack before = open.layers();
		key(KeyEvent.VK_0);
		await("it is sent to a new layer", () -> !open.layers().equals(before));
	}

	private static boolean isSelected(final ImagePlus image, final int x, final int y, final int w, final int h) {
		return image.getRoi() != null && image.getRoi().getBounds().equals(new Rectangle(x, y, w, h));
	}

	private void front(final ImagePlus image) {
		IJ.selectWindow(image.getID());
		IJ.wait(400);
	}

	private static Point screen(final ImagePlus image, final int x, final int y) {
		final ImageCanvas canvas = image.getCanvas();
		final Point p = canvas.getLocationOnScreen();
		return new Point(p.x + canvas.screenX(x), p.y + canvas.screenY(y));
	}

	private void hover(final ImagePlus image, final int x, final int y) {
		final Point p = screen(image, x, y);
		robot.mouseMove(p.x - 3, p.y - 3);
		robot.mouseMove(p.x, p.y);
		robot.waitForIdle();
		// The first time, the elements are only looked for.
		IJ.wait(300);
		robot.mouseMove(p.x + 1, p.y);
		robot.waitForIdle();
	}

	private void click(final ImagePlus image, final int x, final int y) {
		final Point p = screen(image, x, y);
		robot.mouseMove(p.x, p.y);
		robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
		robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
		robot.waitForIdle();
		IJ.wait(150);
	}

	private void drag(final ImagePlus image, final int x, final int y, final int toX, final int toY) {
		Point p = screen(image, x, y);
		robot.mouseMove(p.x, p.y);
		robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
		for (int k = 1; k <= 8; k++) {
			p = screen(image, x + (toX - x) * k / 8, y + (toY - y) * k / 8);
			robot.mouseMove(p.x, p.y);
		}
		robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
		robot.waitForIdle();
	}

	private void key(final int code) {
		robot.keyPress(code);
		robot.keyRelease(code);
		robot.waitForIdle();
	}

	private void shot(final String name) throws IOException {
		ImageIO.write(robot.createScreenCapture(new Rectangle(Toolkit.getDefaultToolkit().getScreenSize())), "png",
			new File(screenshots, name));
	}

	private static void check(final String what, final boolean holds) {
		System.out.println((holds ? "ok " : "FAILED ") + what);
		if (!holds) throw new AssertionError(what);
	}

	private void await(final String what, final BooleanSupplier condition) throws IOException {
		for (int k = 0; k < 300 && !condition.getAsBoolean(); k++) IJ.wait(50);
		if (!condition.getAsBoolean()) shot("picker-failed.png");
		check(what, condition.getAsBoolean());
	}
}
