package org.layerj.eval;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.layerj.subject.SubjectNetwork;
import org.layerj.text.TextDetector;
import org.layerj.text.TextRecogniser;
import org.layerj.torch.Device;

/**
 * Times the three small networks, to be compared with {@code training/benchmark_onnx.py} on the same machine: the least
 * seconds of several runs, and of processor time, which on a busy machine tells more; all of it with one thread.
 * <pre>{@code
 * mvn -q compile exec:java -Dexec.mainClass=org.layerj.eval.NetworkSpeed -Dai.djl.pytorch.num_threads=1 -Dexec.args="5"
 * }</pre>
 */
public final class NetworkSpeed {

	private NetworkSpeed() {}

	public static void main(final String[] args) {
		final int runs = args.length > 0 ? Integer.parseInt(args[0]) : 5;
		final Random random = new Random(1);
		try (TextDetector detector = new TextDetector(Device.CPU);
			TextRecogniser recogniser = new TextRecogniser(Device.CPU);
			SubjectNetwork subject = new SubjectNetwork(Device.CPU))
		{
			final byte[] page = bytes(random, 3 * 640 * 640);
			time("detector 640 x 640", runs, () -> detector.probability(page, 640, 640));
			final List<byte[]> lines = new ArrayList<>();
			for (int k = 0; k < 6; k++) lines.add(bytes(random, 3 * TextRecogniser.HEIGHT * 320));
			time("recogniser 6 x 320", runs, () -> recogniser.read(lines, 320));
			final byte[] photo = bytes(random, 3 * SubjectNetwork.SIZE * SubjectNetwork.SIZE);
			time("subject 320 x 320", runs, () -> subject.subject(photo, SubjectNetwork.SIZE, SubjectNetwork.SIZE));
		}
	}

	private static byte[] bytes(final Random random, final int n) {
		final byte[] out = new byte[n];
		random.nextBytes(out);
		return out;
	}

	private static void time(final String what, final int runs, final Runnable run) {
		run.run();
		double best = Double.MAX_VALUE;
		double least = Double.MAX_VALUE;
		for (int k = 0; k < runs; k++) {
			final long start = System.nanoTime();
			final long busy = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
			run.run();
			best = Math.min(best, (System.nanoTime() - start) / 1e9);
			least = Math.min(least, (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - busy) / 1e9);
		}
		System.out.printf(Locale.ROOT, "%-20s %.3f s, of this thread %.3f s%n", what, best, least);
	}
}
