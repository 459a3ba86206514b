package org.layerj.imagej.fiji;

import com.sun.management.OperatingSystemMXBean;
import ij.IJ;
import ij.ImagePlus;
import ij.gui.GenericDialog;
import ij.process.ColorProcessor;
import java.awt.Window;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How long the first dialog takes to open, beside a bare {@code GenericDialog} with one field, each in JVMs of its own
 * in turn:
 * <pre>mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.layerj.imagej.fiji.DialogSpeed</pre>
 * <p>
 * Needs {@code Xvfb}. From the command to the window on the screen, by the clock and by processor time, which other
 * work on the machine disturbs less.
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
		final List<List<Long>> bare = List.of(new ArrayList<>(), new ArrayList<>());
		final List<List<Long>> ours = List.of(new ArrayList<>(), new ArrayList<>());
		for (int k = 0; k < TIMES; k++) {
			milliseconds(BARE, bare);
			milliseconds(OURS, ours);
			System.out.println("bare GenericDialog " + bare.get(0).get(k) + " (" + bare.get(1).get(k)
				+ ") ms, Decompose... " + ours.get(0).get(k) + " (" + ours.get(1).get(k) + ") ms");
		}
		for (int k = 0; k < 2; k++)
			System.out.printf("medians by %s %d and %d ms: %.2f times as long%n",
				k == 0 ? "the clock" : "processor time", median(bare.get(k)), median(ours.get(k)),
				median(ours.get(k)) / (double) median(bare.get(k)));
		System.exit(0);
	}

	private static void milliseconds(final String dialog, final List<List<Long>> times) throws Exception {
		final Optional<String> reported = PatchedImageJ.onScreen(DialogSpeed.class, dialog);
		final String[] words = reported.orElseThrow(() -> new IllegalStateException("There is no Xvfb."))
			.lines()
			.filter(l -> l.startsWith("opened in "))
			.findFirst()
			.orElseThrow()
			.split(" ");
		times.get(0).add(Long.parseLong(words[2]));
		times.get(1).add(Long.parseLong(words[4]));
	}

	private static long median(final List<Long> times) {
		final List<Long> sorted = new ArrayList<>(times);
		Collections.sort(sorted);
		return sorted.get(sorted.size() / 2);
	}

	private static void open(final String dialog) throws InterruptedException {
		Fiji.start();
		new ImagePlus("A", new ColorProcessor(640, 480)).show();
		Thread.sleep(1000);
		final long begin = System.nanoTime();
		final long busy = processor();
		if (dialog.equals(BARE)) new Thread(DialogSpeed::bare).start();
		else IJ.doCommand(dialog);
		while (Arrays.stream(Window.getWindows()).noneMatch(w -> w instanceof GenericDialog && w.isShowing()))
			Thread.sleep(1);
		System.out.println("opened in " + (System.nanoTime() - begin) / 1_000_000 + " ms, "
			+ (processor() - busy) / 1_000_000 + " ms of processor time");
	}

	private static long processor() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}

	private static void bare() {
		final GenericDialog bare = new GenericDialog("Bare");
		bare.addStringField("Field", "", 8);
		bare.showDialog();
	}
}
