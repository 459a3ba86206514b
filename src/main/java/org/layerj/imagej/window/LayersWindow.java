package org.layerj.imagej.window;

import ij.ImageListener;
import ij.ImagePlus;
import ij.Prefs;
import ij.WindowManager;
import ij.gui.ImageWindow;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.KeyboardFocusManager;
import java.awt.Point;
import java.awt.Window;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.beans.PropertyChangeEvent;
import java.beans.PropertyChangeListener;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSlider;
import javax.swing.SwingUtilities;
import org.layerj.imagej.open.Background;
import org.layerj.imagej.open.LayerEvents;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.pick.LayerParts;

/**
 * The Layers Window: one for all layered pictures, it shows the one whose image was used last. All it does itself is on
 * the event thread; looking at layers and editing them is done in the {@link Background}.
 */
final class LayersWindow extends JFrame {

	private static final long serialVersionUID = 1L;
	private static final String TITLE = "Layers";
	private static final long SOON = 200;
	private static final String LOCATION = "decompose.layers.loc";

	private final double scale = Prefs.getGuiScale();
	private final transient Thumbnails thumbnails = new Thumbnails((int) (56 * scale), (int) (40 * scale));
	private final LayersTable table;
	private final JSlider opacity = new JSlider(0, 100, 100);
	private final JLabel opacityText = new JLabel();
	private final LayerButtons buttons;
	private final transient Runnable listener = this::refresh;
	private final transient PropertyChangeListener activated = this::activated;
	private final transient ImageListener closed = new Closing();
	private transient OpenLayers open;
	/** What was found last; of the background thread. */
	private transient Optional<LayerParts> parts = Optional.empty();
	/** Of the event thread: the slider is being set, not dragged. */
	private boolean updating;

	private LayersWindow(final OpenLayers open) {
		super(TITLE);
		this.open = open;
		table = new LayersTable(new Wishes(), scale);
		buttons = new LayerButtons(() -> this.open, table, this::edit);
		final Font font = new Font(Font.SANS_SERIF, Font.PLAIN, (int) Math.round(12 * scale));
		final int gap = (int) (6 * scale);
		final JPanel top = new JPanel(new BorderLayout(gap, 0));
		final JLabel label = new JLabel("Opacity");
		label.setDisplayedMnemonic('O');
		label.setLabelFor(opacity);
		label.setFont(font);
		opacityText.setFont(font);
		opacityText.setPreferredSize(new Dimension((int) (44 * scale), (int) (18 * scale)));
		opacity.setToolTipText("Opacity of the selected layer");
		opacity.getAccessibleContext().setAccessibleName("Opacity");
		opacity.addChangeListener(e -> slide());
		top.add(label, BorderLayout.WEST);
		top.add(opacity, BorderLayout.CENTER);
		top.add(opacityText, BorderLayout.EAST);
		final JPanel content = new JPanel(new BorderLayout(gap, gap));
		content.setBorder(BorderFactory.createEmptyBorder(gap, gap, gap, gap));
		content.add(top, BorderLayout.NORTH);
		final JScrollPane scroll = new JScrollPane(table);
		scroll.setPreferredSize(new Dimension((int) (380 * scale), (int) (270 * scale)));
		content.add(scroll, BorderLayout.CENTER);
		buttons.panel().setFont(font);
		Arrays.stream(buttons.panel().getComponents()).forEach(b -> b.setFont(font));
		content.add(buttons.panel(), BorderLayout.SOUTH);
		setContentPane(content);
		LayerKeys.install(getRootPane(), table, this::edit);
		setDefaultCloseOperation(DISPOSE_ON_CLOSE);
		addWindowListener(new WindowAdapter() {

			@Override
			public void windowClosed(final WindowEvent e) {
				leave();
			}
		});
		pack();
	}

	/** Shows these layers in the Layers Window, opening it if need be. May be called from any thread. */
	static void open(final OpenLayers open) {
		LayerEvents.install();
		SwingUtilities.invokeLater(() -> {
			final LayersWindow window = Arrays.stream(Window.getWindows())
				.filter(w -> w instanceof LayersWindow && w.isDisplayable())
				.map(LayersWindow.class::cast)
				.findFirst()
				.orElseGet(() -> new LayersWindow(open).enter());
			window.follow(open);
			window.toFront();
		});
	}

	private LayersWindow enter() {
		final Point location = Prefs.getLocation(LOCATION);
		if (location != null) setLocation(location);
		else setLocationByPlatform(true);
		KeyboardFocusManager.getCurrentKeyboardFocusManager().addPropertyChangeListener("activeWindow", activated);
		ImagePlus.addImageListener(closed);
		WindowManager.addWindow(this);
		open.addListener(listener);
		setVisible(true);
		table.requestFocusInWindow();
		return this;
	}

	private void leave() {
		Prefs.saveLocation(LOCATION, getLocation());
		KeyboardFocusManager.getCurrentKeyboardFocusManager().removePropertyChangeListener("activeWindow", activated);
		ImagePlus.removeImageListener(closed);
		WindowManager.removeWindow(this);
		open.removeListener(listener);
	}

	private void follow(final OpenLayers next) {
		if (next != open) {
			open.removeListener(listener);
			next.addListener(listener);
			open = next;
			table.closeAll();
		}
		refresh();
	}

	/** Has the present state read and shown. */
	private void refresh() {
		final OpenLayers of = open;
		Background.run(() -> Background.whileOpen(of, () -> {
			final LayersModel model = LayersModel.of(of, thumbnails);
			// Elements are looked for only when they are to be shown.
			parts = table.isOpened() ? Optional.of(LayerParts.of(of, parts)) : Optional.empty();
			final Optional<LayerParts> found = parts;
			SwingUtilities.invokeLater(() -> {
				if (of == open) show(model, found);
			});
		}));
	}

	private void show(final LayersModel model, final Optional<LayerParts> found) {
		setTitle(TITLE + ": " + model.title());
		table.show(model, found);
		updating = true;
		opacity.setEnabled(table.selection().isPresent());
		table.selection().ifPresent(r -> {
			if (!opacity.getValueIsAdjusting()) opacity.setValue((int) Math.round(100 * r.opacity()));
		});
		opacityText.setText(opacity.getValue() + " %");
		updating = false;
		buttons.show(model);
	}

	private void slide() {
		opacityText.setText(opacity.getValue() + " %");
		if (updating || opacity.getValueIsAdjusting()) return;
		final double value = opacity.getValue() / 100.0;
		table.selection()
			.filter(r -> Math.round(100 * r.opacity()) != opacity.getValue())
			.map(LayerRow::id)
			.ifPresent(id -> edit(o -> LayerActions.setOpacity(o, id, value)));
	}

	/** Has something done to the layers; what came of it is shown. */
	private void edit(final Consumer<OpenLayers> work) {
		final OpenLayers of = open;
		Background.run(() -> {
			try {
				Background.whileOpen(of, () -> work.accept(of));
			}
			finally {
				// Also if nothing was changed: the table may show what was wished for.
				SwingUtilities.invokeLater(this::refresh);
			}
		});
	}

	private void activated(final PropertyChangeEvent e) {
		if (e.getNewValue() instanceof ImageWindow window && window.getImagePlus() != null)
			OpenLayers.known(window.getImagePlus()).ifPresent(this::follow);
	}

	private final class Wishes implements LayersTable.Wishes {

		@Override
		public void select(final String id) {
			edit(o -> {
				if (o.layers().find(id).isPresent() && !o.selected().equals(id)) o.select(id);
			});
		}

		@Override
		public void setVisible(final String id, final boolean visible) {
			edit(o -> LayerActions.setVisible(o, id, visible));
		}

		@Override
		public void setLocked(final String id, final boolean locked) {
			edit(o -> LayerActions.setLocked(o, id, locked));
		}

		@Override
		public void rename(final String id, final String name) {
			edit(o -> LayerActions.rename(o, id, name));
		}

		@Override
		public void reorder(final String id, final int index) {
			edit(o -> LayerActions.reorder(o, id, index));
		}

		@Override
		public void merge(final String id, final String other) {
			edit(o -> LayerActions.merge(o, id, other));
		}

		@Override
		public void choose(final List<Integer> elements) {
			edit(o -> parts.ifPresent(p -> p.choose(elements)));
		}

		@Override
		public void send(final List<Integer> elements, final String layer) {
			edit(o -> parts.ifPresent(p -> p.send(elements, layer)));
		}

		@Override
		public void opened() {
			refresh();
		}

		@Override
		public void draw(final int element) {
			Background.run(() -> parts.ifPresent(p -> {
				final BufferedImage image = thumbnails.of(p.picture(element, (int) (48 * scale), (int) (22 * scale)));
				SwingUtilities.invokeLater(() -> table.picture(element, image));
			}));
		}
	}

	/** Nothing is left to show when both images are closed. */
	private final class Closing implements ImageListener {

		@Override
		public void imageOpened(final ImagePlus image) {}

		@Override
		public void imageUpdated(final ImagePlus image) {}

		@Override
		public void imageClosed(final ImagePlus image) {
			// ImageJ says so a moment before it is true or after; by then the image may know nothing of its layers.
			Background.later(SOON, () -> SwingUtilities.invokeLater(() -> {
				if (!open.isOpen()) dispose();
			}));
		}
	}
}
