package org.layerj.imagej;

import ij.IJ;
import ij.Prefs;
import java.awt.BorderLayout;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.KeyStroke;

/**
 * Tells how far a download is, and cancels it by a button, Escape or the window's own. It can be used while another
 * dialog waits: the one that a download was begun from keeps the mouse and the keyboard from ImageJ's status bar.
 */
final class FetchWindow extends JDialog {

	private static final long serialVersionUID = 1L;
	private static final int STEPS = 1000;

	private final JProgressBar bar = new JProgressBar(0, STEPS);
	private final JLabel status = new JLabel(" ");
	private volatile boolean cancelled;

	/**
	 * Belongs to the event thread.
	 *
	 * @param what is downloaded
	 */
	FetchWindow(final String what) {
		super(IJ.getInstance(), "Download", false);
		setModalExclusionType(Dialog.ModalExclusionType.APPLICATION_EXCLUDE);
		final double scale = Prefs.getGuiScale();
		final Font font = new Font(Font.SANS_SERIF, Font.PLAIN, (int) Math.round(12 * scale));
		final int gap = (int) (8 * scale);
		final JButton cancel = new JButton("Cancel");
		cancel.setToolTipText("What has arrived stays; the next download goes on from there");
		cancel.addActionListener(e -> cancel());
		final JPanel below = new JPanel(new FlowLayout(FlowLayout.RIGHT, 0, 0));
		below.add(cancel);
		final JPanel middle = new JPanel(new BorderLayout(gap, gap));
		middle.add(bar, BorderLayout.NORTH);
		middle.add(status, BorderLayout.CENTER);
		final JPanel content = new JPanel(new BorderLayout(gap, gap));
		content.setBorder(BorderFactory.createEmptyBorder(gap, gap, gap, gap));
		final JLabel name = new JLabel(what);
		content.add(name, BorderLayout.NORTH);
		content.add(middle, BorderLayout.CENTER);
		content.add(below, BorderLayout.SOUTH);
		for (final JComponent c : new JComponent[] { name, status, cancel }) c.setFont(font);
		bar.getAccessibleContext().setAccessibleName("Progress");
		setContentPane(content);
		getRootPane().registerKeyboardAction(e -> cancel(), KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
			JComponent.WHEN_IN_FOCUSED_WINDOW);
		setDefaultCloseOperation(DO_NOTHING_ON_CLOSE);
		addWindowListener(new WindowAdapter() {

			@Override
			public void windowClosing(final WindowEvent e) {
				cancel();
			}
		});
		pack();
		setSize((int) Math.max(getWidth(), 520 * scale), getHeight());
		setLocationRelativeTo(IJ.getInstance());
		setVisible(true);
	}

	/** Whether the person does not want it any more; may be asked by any thread. */
	boolean cancelled() {
		return cancelled;
	}

	/** Shows this; may be called by any thread. */
	void show(final double done, final String text) {
		EventQueue.invokeLater(() -> {
			bar.setValue((int) Math.round(STEPS * done));
			if (!cancelled) status.setText(text);
		});
	}

	/** Goes away; may be called by any thread. */
	void end() {
		EventQueue.invokeLater(this::dispose);
	}

	private void cancel() {
		cancelled = true;
		status.setText("Stopping ...");
	}
}
