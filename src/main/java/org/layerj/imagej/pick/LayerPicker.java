package org.layerj.imagej.pick;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.GenericDialog;
import ij.gui.ImageCanvas;
import ij.gui.ImageWindow;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.Toolbar;
import ij.plugin.tool.PlugInTool;
import java.awt.Color;
import java.awt.Component;
import java.awt.Cursor;
import java.awt.EventQueue;
import java.awt.KeyEventDispatcher;
import java.awt.KeyboardFocusManager;
import java.awt.MenuItem;
import java.awt.Point;
import java.awt.PopupMenu;
import java.awt.Rectangle;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.MouseListener;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.layerj.common.CancelledException;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.Problem;
import org.layerj.elements.Element;
import org.layerj.elements.Pick;
import org.layerj.imagej.macro.MacroRecord;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.layers.LayerStack;

/**
 * The tool <em>Layer Picker</em> of ImageJ's tool bar: shows the element below the cursor, chooses it by a click, and
 * sends it to another layer by a key.
 * <ul>
 * <li>A click takes the word or part there, a further one the larger element around it; with Ctrl (Command on a Mac)
 * the letter or smallest piece. Shift adds, Ctrl-Shift takes off. A box that is drawn takes everything wholly inside.
 * <li>1 … 9 sends what is chosen to that layer, counted from the bottom, 0 to a new one; the right button has a menu.
 * <li>Double-click on the tool: options.
 * </ul>
 * What it does is recorded as lines that a macro can repeat.
 */
public final class LayerPicker extends PlugInTool implements KeyEventDispatcher {

	/** Name in menu and tool bar. */
	static final String NAME = "Layer Picker";
	/** The key that means less: Ctrl, and Command, since a Mac takes a click with Ctrl for the right button. */
	private static final int CONTROL = InputEvent.CTRL_DOWN_MASK | InputEvent.META_DOWN_MASK;
	/** Pixels of the screen from which a drag is a box and not a click. */
	private static final int DRAG = 4;
	private static final Color HIGHLIGHT = new Color(255, 140, 0);

	private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
		final Thread thread = new Thread(task, NAME);
		thread.setDaemon(true);
		return thread;
	});
	/** Counts moves of the mouse. */
	private final AtomicInteger moves = new AtomicInteger();
	private Optional<Point> pressed = Optional.empty();
	private int grow;
	private boolean soft = true;
	private volatile double tolerance = .25;
	private boolean listening;

	@Override
	public void run(final String arg) {
		super.run(arg);
		if (listening) return;
		listening = true;
		KeyboardFocusManager.getCurrentKeyboardFocusManager().addKeyEventDispatcher(this);
	}

	@Override
	public String getToolName() {
		return NAME + " Tool (click elements; 1-9 sends them to a layer)";
	}

	/** Two sheets, and an arrow on the upper one. */
	@Override
	public String getToolIcon() {
		return "C888P2b8eeb88bb00C06cP258be85525b0C000L5dc6L5dd8L5d8fC000Ldf9b";
	}

	private boolean active() {
		return Toolbar.getPlugInTool() == this;
	}

	// -- Mouse --

	@Override
	public void mouseMoved(final ImagePlus image, final MouseEvent e) {
		if (!hasLayers(image)) return;
		final ImageCanvas canvas = image.getCanvas();
		final int x = canvas.offScreenX(e.getX());
		final int y = canvas.offScreenY(e.getY());
		canvas.setCursor(Cursor.getPredefinedCursor(Cursor.HAND_CURSOR));
		listen(canvas, image);
		// Where the cursor was meanwhile is of no interest any more; else the tool would lag behind on large pictures.
		final int move = moves.incrementAndGet();
		worker.execute(() -> quietly(() -> {
			if (move == moves.get()) OpenLayers.of(image).ifPresent(open -> highlight(open, canvas, x, y, move));
		}));
		e.consume();
	}

	/** Looks at no pixels, so the event thread may ask. */
	private static boolean hasLayers(final ImagePlus image) {
		return OpenLayers.known(image).isPresent() || Hyperstacks.isLayers(image);
	}

	private void highlight(final OpenLayers open, final ImageCanvas canvas, final int x, final int y, final int move) {
		final Picked picked = Picked.of(open);
		final Optional<Element> leaf = picked.elements().at(x, y);
		if (leaf.isEmpty()) {
			clear(canvas);
			return;
		}
		final Element e = picked.pick().target(picked.elements(), leaf.get(), Pick.Mode.REPLACE, true);
		final Roi outline = picked.outline(e);
		final String words = Words.of(e, Words.seen(open.layers(), x, y));
		if (move != moves.get()) return;
		IJ.showStatus(words);
		outline.setStrokeColor(HIGHLIGHT);
		outline.setStrokeWidth(0);
		final Overlay shown = new Overlay(outline);
		shown.drawLabels(false);
		shown.setIsCalibrationBar(false);
		show(canvas, shown);
	}

	/** The list that the ROI Manager shows is left alone. */
	private static void show(final ImageCanvas canvas, final Overlay shown) {
		final Overlay now = canvas.getShowAllList();
		if (now != null && !isOurs(now)) return;
		canvas.setShowAllList(shown);
		canvas.repaint();
	}

	private static void clear(final ImageCanvas canvas) {
		final Overlay now = canvas.getShowAllList();
		if (now == null || !isOurs(now)) return;
		canvas.setShowAllList(null);
		canvas.repaint();
	}

	private static boolean isOurs(final Overlay overlay) {
		return overlay.size() == 1 && HIGHLIGHT.equals(overlay.get(0).getStrokeColor());
	}

	@Override
	public void mouseExited(final ImagePlus image, final MouseEvent e) {
		moves.incrementAndGet();
		if (image.getCanvas() != null) clear(image.getCanvas());
	}

	@Override
	public void mousePressed(final ImagePlus image, final MouseEvent e) {
		if (e.getButton() != MouseEvent.BUTTON1) return;
		if (!hasLayers(image)) {
			IJ.showStatus(NAME + ": " + image.getTitle() + " has no layers; decompose it first");
			return;
		}
		pressed = Optional.of(e.getPoint());
		e.consume();
	}

	@Override
	public void mouseDragged(final ImagePlus image, final MouseEvent e) {
		if (pressed.isEmpty()) return;
		if (isBox(e)) {
			final Rectangle box = box(image.getCanvas(), pressed.get(), e.getPoint());
			if (box.width > 0 && box.height > 0) image.setRoi(box);
		}
		e.consume();
	}

	@Override
	public void mouseReleased(final ImagePlus image, final MouseEvent e) {
		if (pressed.isEmpty()) return;
		final Point from = pressed.get();
		final boolean drawn = isBox(e);
		pressed = Optional.empty();
		final ImageCanvas canvas = image.getCanvas();
		final boolean control = (e.getModifiersEx() & CONTROL) != 0;
		final Pick.Mode mode = !e.isShiftDown() ? Pick.Mode.REPLACE : control ? Pick.Mode.SUBTRACT : Pick.Mode.ADD;
		final boolean smaller = !e.isShiftDown() && control;
		final int x = canvas.offScreenX(e.getX());
		final int y = canvas.offScreenY(e.getY());
		worker.execute(() -> quietly(() -> OpenLayers.of(image).ifPresent(open -> {
			final Picked picked = Picked.of(open);
			if (drawn) {
				// Only what lies on the picture, so that a macro may say it too.
				final Rectangle box = box(canvas, from, e.getPoint())
					.intersection(new Rectangle(picked.elements().width(), picked.elements().height()));
				if (box.isEmpty()) return;
				picked.choose(
					picked.pick().box(picked.elements(), box.x, box.y, box.x + box.width, box.y + box.height, mode),
					image);
				recordBox(box, mode);
				return;
			}
			final Pick before = picked.pick();
			final Pick after = before.click(picked.elements(), x, y, mode, !smaller);
			picked.choose(after, image);
			record(picked, after, x, y, mode);
			after.last().ifPresent(l -> IJ.showStatus(Words.of(l, Words.seen(open.layers(), x, y))));
		})));
		e.consume();
	}

	private boolean isBox(final MouseEvent e) {
		return pressed.filter(p -> Math.abs(p.x - e.getX()) > DRAG || Math.abs(p.y - e.getY()) > DRAG).isPresent();
	}

	private static Rectangle box(final ImageCanvas canvas, final Point a, final Point b) {
		final int left = canvas.offScreenX(Math.min(a.x, b.x));
		final int top = canvas.offScreenY(Math.min(a.y, b.y));
		return new Rectangle(left, top, canvas.offScreenX(Math.max(a.x, b.x)) - left,
			canvas.offScreenY(Math.max(a.y, b.y)) - top);
	}

	/** The line that chooses the same, whatever was clicked before. */
	private static void record(final Picked picked, final Pick after, final int x, final int y, final Pick.Mode mode) {
		if (after.last().isEmpty()) return;
		final Map<String, String> values = new LinkedHashMap<>();
		values.put("x", String.valueOf(x));
		values.put("y", String.valueOf(y));
		values.put("clicks", String.valueOf(picked.clicks(after.last().get(), x, y)));
		if (mode != Pick.Mode.REPLACE) values.put("mode", mode.name().toLowerCase(Locale.ROOT));
		if ("1".equals(values.get("clicks"))) values.remove("clicks");
		MacroRecord.of(SelectElementsPlugIn.COMMAND, values);
	}

	private static void recordBox(final Rectangle box, final Pick.Mode mode) {
		final Map<String, String> values = new LinkedHashMap<>();
		values.put("x", String.valueOf(box.x));
		values.put("y", String.valueOf(box.y));
		values.put("width", String.valueOf(box.width));
		values.put("height", String.valueOf(box.height));
		if (mode != Pick.Mode.REPLACE) values.put("mode", mode.name().toLowerCase(Locale.ROOT));
		MacroRecord.of(SelectElementsPlugIn.COMMAND, values);
	}

	@Override
	public void showPopupMenu(final MouseEvent e, final Toolbar bar) {
		showOptionsDialog();
	}

	@Override
	public void showOptionsDialog() {
		final GenericDialog dialog = new GenericDialog(NAME);
		dialog.addNumericField("Grow by (pixels)", grow, 0);
		dialog.addCheckbox("Soft edge goes along", soft);
		dialog.addNumericField("Tolerance of Select Similar (0-1)", tolerance, 2);
		dialog.addMessage("Click: word or part; again: what is around it; Ctrl: the letter or smallest piece.\n"
			+ "Shift adds, Ctrl-Shift takes off; a box takes all that is wholly inside.\n"
			+ "1-9: send to that layer from the bottom; 0: to a new one; right button: menu.");
		dialog.showDialog();
		if (dialog.wasCanceled()) return;
		final double by = dialog.getNextNumber();
		if (by >= 0 && by <= 100) grow = (int) by;
		soft = dialog.getNextBoolean();
		final double t = dialog.getNextNumber();
		if (t >= 0 && t <= 1) tolerance = t;
	}

	// -- Keys and menu --

	@Override
	public boolean dispatchKeyEvent(final KeyEvent e) {
		if (e.getID() != KeyEvent.KEY_PRESSED || !active() || e.getModifiersEx() != 0) return false;
		final int digit = e.getKeyCode() >= KeyEvent.VK_NUMPAD0 && e.getKeyCode() <= KeyEvent.VK_NUMPAD9
			? e.getKeyCode() - KeyEvent.VK_NUMPAD0
			: e.getKeyCode() >= KeyEvent.VK_0 && e.getKeyCode() <= KeyEvent.VK_9 ? e.getKeyCode() - KeyEvent.VK_0 : -1;
		if (digit < 0) return false;
		final Optional<ImagePlus> image = focused(e.getComponent());
		if (image.isEmpty()) return false;
		assign(image.get(), digit == 0 ? AssignPlugIn.NEW : String.valueOf(digit), digit > 0);
		return true;
	}

	/** The image of layers whose window has the focus. */
	private static Optional<ImagePlus> focused(final Component component) {
		final Window window = KeyboardFocusManager.getCurrentKeyboardFocusManager().getActiveWindow();
		return window instanceof ImageWindow w && (component == w || w.isAncestorOf(component))
			? Optional.ofNullable(w.getImagePlus()).filter(LayerPicker::hasLayers) : Optional.empty();
	}

	/**
	 * @param number whether the layer is said by its number rather than by what it is called
	 */
	private void assign(final ImagePlus image, final String layer, final boolean number) {
		final Map<String, String> values = new LinkedHashMap<>(Map.of("layer", layer));
		if (grow > 0) values.put("grow", String.valueOf(grow));
		if (!soft) values.put("edge", "hard");
		worker.execute(() -> quietly(() -> {
			if (number) {
				final LayerStack stack = OpenLayers.require(Optional.of(image)).layers();
				final int index = Integer.parseInt(layer) - 1;
				// A layer may be called by the number of another one, or of none.
				if (index >= stack.size()) throw new DecompositionException(
					"There is no layer " + layer + "; there are " + stack.size() + ", and key 0 makes a new one.");
				// By name in the record: numbers change as layers are added.
				values.put("layer", AssignPlugIn.called(stack, index));
			}
			new AssignPlugIn().call(Optional.of(image), values);
			MacroRecord.of(AssignPlugIn.COMMAND, values);
		}));
	}

	/** ImageJ's own menu of the right button gives way to the tool's while the tool is in use. */
	private void listen(final ImageCanvas canvas, final ImagePlus image) {
		for (final MouseListener l : canvas.getMouseListeners()) if (l instanceof RightButton) return;
		final RightButton button = new RightButton(canvas, image);
		canvas.addMouseListener(button);
		canvas.addMouseMotionListener(button);
	}

	private final class RightButton extends MouseAdapter {

		private final ImageCanvas canvas;
		private final ImagePlus image;

		RightButton(final ImageCanvas canvas, final ImagePlus image) {
			this.canvas = canvas;
			this.image = image;
		}

		@Override
		public void mouseMoved(final MouseEvent e) {
			canvas.disablePopupMenu(active());
			if (!active()) clear(canvas);
		}

		@Override
		public void mousePressed(final MouseEvent e) {
			if (e.isPopupTrigger()) open(e);
		}

		@Override
		public void mouseReleased(final MouseEvent e) {
			if (e.isPopupTrigger()) open(e);
		}

		private void open(final MouseEvent e) {
			if (!active()) return;
			worker.execute(() -> quietly(() -> OpenLayers.of(image).ifPresent(layers -> {
				final PopupMenu menu = menu(image, layers);
				EventQueue.invokeLater(() -> {
					canvas.add(menu);
					menu.show(canvas, e.getX(), e.getY());
				});
			})));
		}
	}

	/** The menu of the right button. */
	private PopupMenu menu(final ImagePlus image, final OpenLayers open) {
		final PopupMenu menu = new PopupMenu();
		final LayerStack stack = open.layers();
		for (int k = stack.size() - 1; k >= 0; k--) {
			final String called = AssignPlugIn.called(stack, k);
			item(menu, "Assign to " + stack.get(k).name(), () -> assign(image, called, false));
		}
		item(menu, "Assign to a new layer", () -> assign(image, AssignPlugIn.NEW, false));
		menu.addSeparator();
		item(menu, "Select similar...",
			() -> new Thread(() -> quietly(() -> SimilarDialog.ask(image, tolerance).ifPresent(t -> {
				tolerance = t;
				select(image);
			})), NAME).start());
		item(menu, "Select similar", () -> worker.execute(() -> quietly(() -> select(image))));
		return menu;
	}

	private void select(final ImagePlus image) {
		final OpenLayers open = OpenLayers.require(Optional.of(image));
		final Picked picked = Picked.of(open);
		final String like = Likenesses.text(picked.pick().chosen(picked.elements()));
		new SelectElementsPlugIn().call(Optional.of(image),
			Map.of("similar", "true", "tolerance", String.valueOf(tolerance)));
		// What they are like, so that the line does the same in another picture.
		final Map<String, String> values = new LinkedHashMap<>(Map.of("like", like));
		values.put("tolerance", String.valueOf(tolerance));
		MacroRecord.of(SelectElementsPlugIn.COMMAND, values);
	}

	private static void item(final PopupMenu menu, final String label, final Runnable action) {
		final MenuItem item = new MenuItem(label);
		item.addActionListener(e -> action.run());
		menu.add(item);
	}

	/**
	 * What cannot be done is said in ImageJ's status bar: a tool that opens a window at every wrong click is no help.
	 */
	private static void quietly(final Runnable work) {
		try {
			work.run();
		}
		catch (final CancelledException e) {
			IJ.showStatus(NAME + ": cancelled");
		}
		catch (final RuntimeException | Error e) {
			// Errors too: without enough memory, which large pictures need, nothing would happen, without a message.
			if (!Problem.isExpected(e) && IJ.debugMode) IJ.handleException(e);
			IJ.showStatus(NAME + ": " + Problem.message(e));
			IJ.log(Problem.message(e));
		}
	}
}
