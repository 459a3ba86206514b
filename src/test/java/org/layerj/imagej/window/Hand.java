package org.layerj.imagej.window;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.ImageCanvas;
import ij.gui.MultiLineLabel;
import java.awt.Component;
import java.awt.Container;
import java.awt.Label;
import java.awt.MouseInfo;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;

/**
 * A hand on a real mouse and keyboard, which looks where it clicks: windows come up, move and cover each other some
 * time after they were told to, and where there is no window manager, Java at times takes one to be elsewhere than it
 * is. So a click waits until the screen itself has the mouse over what is meant.
 */
public final class Hand {

	private static final String FAILED = "failed.png";
	private static final int TRIES = 600;
	/** After so many misses a window is taken to be elsewhere than Java believes. */
	private static final int LOST = 10;

	private final Robot robot;
	private final Path screenshots;

	private Hand(final Robot robot, final Path screenshots) {
		this.robot = robot;
		this.screenshots = screenshots;
		robot.setAutoDelay(25);
	}

	/** Ends the program where there is no screen. */
	public static Hand on(final Path screenshots) throws IOException {
		Files.createDirectories(screenshots);
		try {
			return new Hand(new Robot(), screenshots);
		}
		catch (final Exception | LinkageError e) {
			System.out.println(e);
			System.exit(Screen.NONE);
			throw new IllegalStateException(e);
		}
	}

	/** On a pixel of an image. */
	public void click(final ImagePlus image, final int x, final int y) throws IOException {
		over(image.getCanvas(), at(image, x, y));
		press();
	}

	/** In the middle of a button or a field. */
	public void click(final Component component) throws IOException {
		over(component, new Point(component.getWidth() / 2, component.getHeight() / 2));
		press();
	}

	private void press() {
		robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
		robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
		robot.waitForIdle();
	}

	/** From one pixel of an image to another. */
	public void drag(final ImagePlus image, final int x, final int y, final int dx, final int dy) throws IOException {
		// Right after a click it would be a double click.
		IJ.wait(400);
		over(image.getCanvas(), at(image, x, y));
		robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
		for (int i = 1; i <= 10; i++) {
			final Point p = at(image, x + dx * i / 10, y + dy * i / 10);
			SwingUtilities.convertPointToScreen(p, image.getCanvas());
			robot.mouseMove(p.x, p.y);
		}
		robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
		robot.waitForIdle();
	}

	/** On a place of a component, with keys held. */
	public void click(final Component component, final Point at, final int... held) throws IOException {
		over(component, at);
		for (final int k : held) robot.keyPress(k);
		press();
		for (final int k : held) robot.keyRelease(k);
	}

	/** From one place of a component to another, slowly enough for what is dragged out of a window. */
	public void drag(final Component component, final Point from, final Point to) throws IOException {
		IJ.wait(400);
		over(component, from);
		robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
		for (int i = 1; i <= 20; i++) {
			final Point p = new Point(from.x + (to.x - from.x) * i / 20, from.y + (to.y - from.y) * i / 20);
			SwingUtilities.convertPointToScreen(p, component);
			robot.mouseMove(p.x, p.y);
			robot.waitForIdle();
		}
		IJ.wait(200);
		robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
		robot.waitForIdle();
	}

	private static Point at(final ImagePlus image, final int x, final int y) {
		final ImageCanvas canvas = image.getCanvas();
		return new Point(canvas.screenX(x), canvas.screenY(y));
	}

	/** Brings the mouse over a place of a component; its window to the front, should another one cover it. */
	private void over(final Component component, final Point at) throws IOException {
		final AtomicInteger misses = new AtomicInteger();
		await("the mouse is over " + component.getClass().getSimpleName(), () -> {
			if (!component.isShowing() || !component.isEnabled()) return false;
			final Point there = new Point(at);
			SwingUtilities.convertPointToScreen(there, component);
			robot.mouseMove(there.x, there.y);
			robot.waitForIdle();
			// Asks the screen which window is under the mouse.
			if (at.equals(component.getMousePosition())) return true;
			final Window window = SwingUtilities.getWindowAncestor(component);
			window.toFront();
			// Java believed a dialog to be at 0, 0 that was at 417, 153, and stayed with it. Moved, it knows again.
			if (misses.incrementAndGet() % LOST == 0) window.setLocation(window.getX() + 1, window.getY());
			return false;
		}, false);
	}

	/** All of them at once, the last one last and released first. */
	public void key(final int... keys) {
		for (final int k : keys) robot.keyPress(k);
		for (int i = keys.length - 1; i >= 0; i--) robot.keyRelease(keys[i]);
		robot.waitForIdle();
	}

	/** Types small letters, digits and what lies on keys of their own on an American keyboard. */
	public void type(final String text) {
		for (final char c : text.toCharArray()) {
			if (c == ':') key(KeyEvent.VK_SHIFT, KeyEvent.VK_SEMICOLON);
			else key(KeyEvent.getExtendedKeyCodeForChar(c));
		}
	}

	/** The first component of a kind in a window. */
	public static <C extends Component> Optional<C> find(final Container in, final Class<C> type,
		final Predicate<C> wanted)
	{
		for (final Component c : in.getComponents()) {
			if (type.isInstance(c) && wanted.test(type.cast(c))) return Optional.of(type.cast(c));
			if (c instanceof Container inner) {
				final Optional<C> found = find(inner, type, wanted);
				if (found.isPresent()) return found;
			}
		}
		return Optional.empty();
	}

	/** All that can be read in a window. */
	public static String text(final Container window) {
		final StringBuilder all = new StringBuilder();
		for (final Component c : window.getComponents()) {
			if (c instanceof Label l) all.append(l.getText()).append('\n');
			if (c instanceof JLabel l) all.append(l.getText()).append('\n');
			if (c instanceof MultiLineLabel l) all.append(lines(l)).append('\n');
			if (c instanceof Container inner) all.append(text(inner));
		}
		return all.toString();
	}

	/** ImageJ's label of several lines hides its text. */
	public static String lines(final MultiLineLabel label) {
		try {
			final Field lines = MultiLineLabel.class.getDeclaredField("lines");
			lines.setAccessible(true);
			return String.join(" ", (String[]) lines.get(label));
		}
		catch (final ReflectiveOperationException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The first window of a kind that can be seen. */
	public static <W extends Window> Optional<W> window(final Class<W> type, final Predicate<W> wanted) {
		return Arrays.stream(Window.getWindows())
			.filter(f -> type.isInstance(f) && f.isShowing())
			.map(type::cast)
			.filter(wanted)
			.findFirst();
	}

	/** Photographs all windows. */
	public void shot(final String name) throws IOException {
		robot.waitForIdle();
		final Rectangle all = new Rectangle(-1, -1);
		for (final Window f : Window.getWindows()) if (f.isShowing()) all.add(f.getBounds());
		final Rectangle screen = new Rectangle(Toolkit.getDefaultToolkit().getScreenSize());
		ImageIO.write(robot.createScreenCapture(name.equals(FAILED) ? screen : all.intersection(screen)), "png",
			screenshots.resolve(name).toFile());
	}

	/** Says whether something holds; the program ends if not. */
	public static void check(final String what, final boolean holds) {
		System.out.println((holds ? "ok " : "FAILED ") + what);
		if (!holds) throw new AssertionError(what);
	}

	/** Waits until something holds; the program ends if it does not in half a minute. */
	public void await(final String what, final BooleanSupplier condition) throws IOException {
		await(what, condition, true);
	}

	private void await(final String what, final BooleanSupplier condition, final boolean reported) throws IOException {
		boolean holds = condition.getAsBoolean();
		for (int i = 0; i < TRIES && !holds; i++) {
			IJ.wait(50);
			holds = condition.getAsBoolean();
		}
		if (!holds) failed();
		if (reported || !holds) check(what, holds);
	}

	/** What there was when something did not come about. */
	private void failed() throws IOException {
		shot(FAILED);
		for (final Window w : Window.getWindows())
			System.out.println(w.getClass().getSimpleName() + " " + w.getName() + " " + w.getBounds()
				+ (w.isShowing() ? " at " + w.getLocationOnScreen() : " not showing") + (w.isActive() ? " active" : "")
				+ (w.isFocused() ? " focused" : ""));
		System.out.println("the mouse at " + MouseInfo.getPointerInfo().getLocation());
		Thread.getAllStackTraces()
			.forEach((thread, trace) -> System.out.println(thread + " " + Arrays.toString(trace)));
	}
}
