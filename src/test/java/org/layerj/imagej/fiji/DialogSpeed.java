package org.layerj.imagej.fiji;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.GenericDialog;
import ij.process.ColorProcessor;
import java.awt.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How long the first dialog takes to open, beside a bare {@code GenericDialog} with one field, each in JVMs of its own in turn:
 *
 * <pre>mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.layerj.imagej.fiji.DialogSpeed</pre>
 *
 * <p>Needs {@code Xvfb}. The times are those from the command to the window on the screen.
 */
public final class DialogSpeed {

	private static final int TIMES = 5;
	private static final String BARE = "bare";
	private static final String OURS = "Decompose...";

	private DialogSpeed() {}

	/** Without arguments starts the JVMs and compares; with the name of a dialog opens that. */
	public static void main(final String[] args) throws Exception {
		if (args.length > 0) {
			open(args[0]);
			return;
		}
		final List<Long> bare = new ArrayList<>();
		final List<Long> ours = new ArrayList<>();
		for (int k = 0; k < TIMES; k++) {
			bare.add(milliseconds(BARE));
			ours.add(milliseconds(OURS));
			System.out.println("bare GenericDialog " + bare.get(k) + " ms, Decompose... " + ours.get(k) + " ms");
		}
		System.out.printf("medians %d and %d ms: %.2f times as long%n", median(bare), median(ours), median(ours) / (double) median(bare));
		System.exit(0);
	}

	private static long milliseconds(final String dialog) throws Exception {
		final Optional<String> told = PatchedImageJ.onScreen(DialogSpeed.class, dialog);
		return told.orElseThrow(() -> new IllegalStateException("There is no Xvfb.")).lines().filter(l -> l.startsWith("opened in ")).map(l -> Long.parseLong(l.split(" ")[2]))
			.findFirst().orElseThrow();
	}

	private static long median(final List<Long> times) {
		final List<Long> sorted = new ArrayList<>(times);
		Collections.sort(sorted);
		return sorted.get(sorted.size() / 2);
	}

	private static void open(final String dialog) throws InterruptedException {
		Fiji.start();
		new ImagePlus("A", new ColorProcessor(640, 480)).show();
		final long begin = System.nanoTime();
		if (dialog.equals(BARE)) new Thread(DialogSpeed::bare).start();
		else IJ.doCommand(dialog);
		while (Arrays.stream(Window.getWindows()).noneMatch(w -> w instanceof GenericDialog && w.isShowing())) Thread.sleep(1);
		System.out.println("opened in " + (System.nanoTime() - begin) / 1_000_000 + " ms");
	}

	private static void bare() {
		final GenericDialog bare = new GenericDialog("Bare");
		bare.addStringField("Field", "", 8);
		bare.showDialog();
	}
}
