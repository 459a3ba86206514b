package org.layerj.imagej.window;

import ij.CompositeImage;
import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.Menus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.Roi;
import ij.plugin.frame.Recorder;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Container;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.swing.JButton;
import org.layerj.elements.Elements;
import org.layerj.elements.LayerElements;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.open.LayerRoi;
import org.layerj.imagej.open.LayerView;
import org.layerj.imagej.open.LayerWindows;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/**
 * A walk through ImageJ with a real mouse and keyboard: open layers, click on one in the view, drag it, recolour it,
 * undo, recomposite, save, reopen. Leaves screenshots. Needs a screen with a window manager, {@code Xvfb} and
 * {@code fluxbox} for example:
 * <pre>mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.layerj.imagej.window.GuiWalk -Dexec.args="docs/screenshots model"</pre>
 * <p>
 * With {@code model}, the bundled figure is decomposed first; otherwise the layers are drawn.
 */
public final class GuiWalk {

	private final Hand hand;
	private final boolean photograph;
	private final Path work;

	private GuiWalk(final Hand hand, final boolean photograph) throws IOException {
		this.hand = hand;
		this.photograph = photograph;
		work = Files.createTempDirectory("walk");
	}

	/** Arguments: folder for screenshots; then {@code model} to decompose, {@code fast} to walk without photographs. */
	public static void main(final String[] args) {
		final List<String> wishes = List.of(args);
		try {
			new GuiWalk(Hand.on(Path.of(wishes.isEmpty() ? "target/screenshots" : wishes.get(0))),
				!wishes.contains("fast")).walk(wishes.contains("model"));
			System.out.println("walked");
			System.exit(0);
		}
		catch (final Throwable t) {
			t.printStackTrace();
			System.exit(1);
		}
	}

	private void walk(final boolean model) throws Exception {
		final ImageJ app = new ImageJ();
		app.setLocation(20, 10);
		for (final var e : Macros.entries().entrySet()) Menus.getCommands().put(e.getKey(), e.getValue());
		final ImagePlus image = model ? decomposed() : made();
		final OpenLayers open = OpenLayers.of(image).orElseThrow();
		final ImagePlus view = open.view().orElseThrow();
		final LayerStack start = open.layers();
		IJ.run("Layers Window");
		hand.await("the Layers Window is open", () -> window(LayersWindow.class).isPresent());
		final LayersWindow layers = window(LayersWindow.class).orElseThrow();
		layers.setLocation(view.getWindow().getX() + view.getWindow().getWidth() + 8, view.getWindow().getY());
		pause(500);
		Hand.check("the hyperstack is the current image", WindowManager.getCurrentImage() == image);

		// A click on a layer, the topmost that does not cover everything.
		final LayerRoi element = small(view);
		final String id = element.id();
		final Point at = solid(view, element);
		final Layer before = start.find(id).orElseThrow();
		hand.click(view, at.x, at.y);
		hand.await("the click selects " + before.name(),
			() -> view.getRoi() instanceof LayerRoi r && r.id().equals(id));
		hand.await("the hyperstack follows", () -> image.getZ() == start.indexOf(id) + 1);
		hand.drag(view, at.x, at.y, 30, 60);
		hand.await("the drag moves it",
			() -> open.layers()
				.find(id)
				.orElseThrow()
				.bounds()
				.equals(before.bounds().at(before.bounds().x() + 30, before.bounds().y() + 60)));
		Hand.check("in one step", open.undoName().equals(Optional.of("Move " + before.name())));
		IJ.wait(400);
		shot("layers-window.png");

		click(layers, "Recolour...");
		hand.await("the dialog is open", () -> window(GenericDialog.class).filter(Window::isFocused).isPresent());
		pause(1500);
		shot("recolour.png");
		hand.key(KeyEvent.VK_ENTER);
		hand.await("the layer is recoloured",
			() -> !open.layers().find(id).orElseThrow().pixels().equals(before.pixels()));
		pause(500);
		click(layers, "Undo");
		hand.await("undone", () -> open.layers().find(id).orElseThrow().pixels().equals(before.pixels()));
		click(layers, "Duplicate");
		hand.await("a copy", () -> open.layers().size() == start.size() + 1);
		hand.await("the copy is selected", () -> !open.selected().equals(id));
		if (!model) {
			hand.await("the new window was waited for", () -> Watched.WAITS.get() > 0);
			Hand.check("and nothing else was held up", !Watched.HELD_UP.get());
		}
		IJ.wait(400);
		hand.key(KeyEvent.VK_CONTROL, KeyEvent.VK_Z);
		hand.await("Ctrl+Z", () -> open.layers().size() == start.size());
		// Right after another one it would be a double click.
		IJ.wait(400);
		hand.click(view, at.x + 30, at.y + 60);
		hand.await("selected again", () -> view.getRoi() instanceof LayerRoi r && r.id().equals(id));
		hand.key(KeyEvent.VK_DELETE);
		hand.await("Delete removes the layer", () -> open.layers().find(id).isEmpty());
		open.undo();
		hand.await("and undo brings it back", () -> open.layers().find(id).isPresent());
		open.undo();
		Hand.check("all is as it was", open.layers().equals(start));
		open.redo();

		if (!model) elements(layers, open, view);

		final RgbaImage expected = Compositor.flatten(open.layers());
		IJ.run(view, "Recomposite", "");
		final ImagePlus flat = WindowManager.getCurrentImage();
		Hand.check("the recomposite is current", flat.getTitle().equals(open.name() + "-recomposite"));
		Hand.check("and exact", Arrays.equals(expected.argb(), (int[]) flat.getProcessor().convertToRGB().getPixels()));
		flat.changes = false;
		flat.close();

		final File file = work.resolve("layers.tif").toFile();
		IJ.saveAsTiff(image, file.getPath());
		final LayerStack saved = open.layers();
		view.changes = false;
		image.changes = false;
		view.close();
		image.close();
		hand.await("the Layers Window goes with its images", () -> window(LayersWindow.class).isEmpty());
		final ImagePlus again = IJ.openImage(file.getPath());
		again.show();
		IJ.run("Layers to Overlay");
		Hand.check("all is back",
			Compositor.flatten(OpenLayers.of(again).orElseThrow().layers()).equals(Compositor.flatten(saved)));
		Hand.check("the view is current", WindowManager.getCurrentImage().getTitle().endsWith("-view"));
		pause(500);
		shot("reopened.png");
	}

	/** Elements below their layer: chosen by clicks, and dragged to another layer; recorded so that it replays. */
	private void elements(final LayersWindow window, final OpenLayers open, final ImagePlus view) throws IOException {
		final LayersTable table = Hand.find(window, LayersTable.class, t -> true).orElseThrow();
		final LayerStack start = open.layers();
		final RgbaImage picture = Compositor.flatten(start);
		final Recorder recorder = new Recorder();
		recorder.setLocation(20, 480);
		final int bars = 2;
		hand.click(table, place(table, bars));
		hand.await("the layer is selected", () -> open.selected().equals("bars"));
		hand.key(KeyEvent.VK_RIGHT);
		hand.await("Right opens it", () -> table.getRowCount() == 8);
		Hand.check("four bars", table.line(bars + 1) instanceof ElementRow e && e.layer().equals("bars"));
		final Rectangle first = new Rectangle(40, 150, 30, 30);
		hand.click(table, place(table, row(table, first, view)));
		hand.await("a click selects the element",
			() -> view.getRoi() != null && view.getRoi().getBounds().equals(first));
		hand.click(table, place(table, row(table, new Rectangle(90, 125, 30, 55), view)), KeyEvent.VK_CONTROL);
		hand.await("with Ctrl another one too",
			() -> view.getRoi() != null && view.getRoi().getBounds().equals(new Rectangle(40, 125, 80, 55)));
		IJ.wait(300);
		shot("layers-window-elements.png");
		hand.drag(table, place(table, row(table, first, view)), place(table, 0));
		hand.await("dragged to the uppermost layer they are there",
			() -> open.layers().get(3).onCanvas(260, 200).argb(50, 165) == 0xff4682b4);
		Hand.check("and no more where they were", open.layers().get(1).onCanvas(260, 200).argb(50, 165) >>> 24 == 0);
		Hand.check("the picture stays", Compositor.flatten(open.layers()).equals(picture));
		hand.await("two are left below their layer", () -> table.getRowCount() == 6);
		final LayerStack sent = open.layers();
		hand.await("the lines are recorded",
			() -> recorder.getText().contains("run(\"Assign to Layer...\", \"layer=Label\");"));
		final String lines = recorder.getText();
		recorder.close();
		open.undo();
		hand.await("undone in one step", () -> open.layers().equals(start));
		view.deleteRoi();
		IJ.selectWindow(view.getID());
		IJ.runMacro(lines.substring(lines.indexOf("run(\"Select Elements")));
		Hand.check("and replay", open.layers().equals(sent));
		open.undo();
		hand.click(table, new Point(table.getCellRect(bars, LayersTable.NAME, false).x + 5, place(table, bars).y));
		hand.await("the triangle closes it", () -> table.getRowCount() == 4);
		// Layers are dragged as ever.
		hand.drag(table, place(table, 0), new Point(place(table, 2).x, place(table, 2).y - 15));
		hand.await("a layer dragged between two others lies there", () -> open.layers().get(2).id().equals("label"));
		open.undo();
		hand.await("undone", () -> open.layers().equals(start));
		hand.drag(table, place(table, 1), place(table, bars));
		hand.await("dropped onto another it is merged with that", () -> open.layers().size() == start.size() - 1);
		Hand.check("the picture stays", Compositor.flatten(open.layers()).equals(picture));
		open.undo();
		hand.await("undone", () -> open.layers().equals(start));
	}

	private static Point place(final LayersTable table, final int row) {
		final Rectangle cell = table.getCellRect(row, LayersTable.NAME, false);
		return new Point(cell.x + 60, cell.y + cell.height / 2);
	}

	/** Row of the element with these bounds. */
	private static int row(final LayersTable table, final Rectangle bounds, final ImagePlus view) {
		final Elements found = LayerElements.of(OpenLayers.of(view).orElseThrow().layers());
		final Bounds b = new Bounds(bounds.x, bounds.y, bounds.width, bounds.height);
		for (int k = 0; k < table.getRowCount(); k++)
			if (table.line(k) instanceof ElementRow e && found.get(e.id()).bounds().equals(b)) return k;
		throw new AssertionError(
			"no element " + b + " among " + found.list().stream().map(e -> e.kind() + " " + e.bounds()).toList());
	}

	/** The bundled figure, decomposed by the built-in model. */
	private static ImagePlus decomposed() throws IOException {
		final BufferedImage sample = ImageIO.read(GuiWalk.class.getResource("/org/layerj/sample/figure.png"));
		final ImagePlus figure = new ImagePlus("figure.png", sample);
		figure.show();
		figure.getWindow().setLocation(20, 130);
		IJ.run("Decompose...", "layers=4 seed=1");
		final ImagePlus image = WindowManager.getCurrentImage();
		Hand.check("layers", Hyperstacks.isLayers(image));
		figure.close();
		half(image);
		image.getWindow().setLocation(20, 130);
		LayerWindows.show(image);
		final ImagePlus view = OpenLayers.of(image).orElseThrow().view().orElseThrow();
		half(view);
		view.getWindow().setLocation(30 + image.getWindow().getWidth(), 130);
		return image;
	}

	/** Shown at half its size, so that all windows fit. */
	private static void half(final ImagePlus image) {
		while (image.getCanvas().getMagnification() > 0.5) IJ.run(image, "Out [-]", "");
		IJ.wait(200);
	}

	private static ImagePlus made() {
		final ImagePlus image = new Watched(Hyperstacks.of(figure(), "figure-layers"));
		image.show();
		image.getWindow().setLocation(20, 130);
		LayerWindows.show(image);
		return image;
	}

	/** Whether a thread waited for its window while the layers were locked for others. */
	private static final class Watched extends CompositeImage {

		static final AtomicInteger WAITS = new AtomicInteger();
		static final AtomicBoolean HELD_UP = new AtomicBoolean();

		Watched(final ImagePlus image) {
			super(image, IJ.COMPOSITE);
			setLuts(image.getLuts());
			for (final String key : image.getImageProperties().stringPropertyNames()) setProp(key, image.getProp(key));
		}

		@Override
		public void waitTillActivated() {
			WAITS.incrementAndGet();
			if (OpenLayers.known(this).filter(Thread::holdsLock).isPresent()) HELD_UP.set(true);
			super.waitTillActivated();
		}
	}

	/** The topmost element that leaves some of the canvas free. */
	private static LayerRoi small(final ImagePlus view) {
		final List<Roi> all = LayerView.elements(view);
		for (int i = all.size() - 1; i > 0; i--) {
			final Rectangle b = all.get(i).getBounds();
			if (b.width < view.getWidth() * 0.9 && b.height < view.getHeight() * 0.9) return (LayerRoi) all.get(i);
		}
		throw new AssertionError("every layer is as large as the picture");
	}

	/** A pixel where the mouse finds this element. */
	private static Point solid(final ImagePlus view, final LayerRoi element) {
		final Rectangle b = element.getBounds();
		for (int y = b.y + b.height / 2; y < b.y + b.height; y++) for (int x = b.x + 3; x < b.x + b.width; x++) {
			if (LayerView.hit(view, x, y).filter(r -> r == element).isPresent()) return new Point(x, y);
		}
		throw new AssertionError(element.getName() + " cannot be seen");
	}

	/** A small figure made of layers, so that the walk does not depend on what a model finds. */
	private static LayerStack figure() {
		final int w = 260;
		final int h = 200;
		return new LayerStack(w, h, List.of(Layer.of("background", "Background", drawn(w, h, g -> {
			g.setColor(new Color(250, 248, 240));
			g.fillRect(0, 0, w, h);
		})), Layer.of("bars", "Bars", drawn(w, h, g -> {
			g.setColor(new Color(70, 130, 180));
			for (int i = 0; i < 4; i++) g.fillRect(40 + 50 * i, 150 - 25 * i, 30, 30 + 25 * i);
		})), Layer.of("curve", "Curve", drawn(w, h, g -> {
			g.setColor(new Color(200, 60, 40, 200));
			g.setStroke(new BasicStroke(4));
			g.drawArc(20, 40, 220, 180, 20, 130);
		})), Layer.of("label", "Label", drawn(110, 30, g -> {
			g.setColor(new Color(150, 40, 60));
			g.setFont(new Font("SansSerif", Font.BOLD, 20));
			g.drawString("Figure 1", 6, 22);
		})).at(20, 10)));
	}

	private static RgbaImage drawn(final int w, final int h, final Consumer<Graphics2D> drawing) {
		final BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_ARGB);
		final Graphics2D g = image.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		drawing.accept(g);
		g.dispose();
		return RgbaImage.ofArgb(w, h, image.getRGB(0, 0, w, h, null, 0, w));
	}

	private void click(final Container window, final String text) throws IOException {
		hand.click(Hand.find(window, JButton.class, b -> text.equals(b.getText())).orElseThrow());
	}

	private static <W extends Window> Optional<W> window(final Class<W> type) {
		return Hand.window(type, w -> true);
	}

	/** Lets windows come to rest before they are photographed. */
	private void pause(final int milliseconds) {
		if (photograph) IJ.wait(milliseconds);
	}

	private void shot(final String name) throws IOException {
		if (photograph) hand.shot(name);
	}
}
