package org.layerj.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.layerj.common.Progress;
import org.layerj.io.PictureReader;
import org.layerj.layers.RgbaImage;
import org.layerj.subject.FoundSubject;
import org.layerj.subject.SubjectFinder;
import org.layerj.torch.Device;

/**
 * Measures how well the subject of a picture is found, on a set made by {@code training/make_text_set.py}: soft
 * intersection over union, Σ min / Σ max, with the cut-out's own mask, 0 where no subject is found; and how often a
 * subject is found in pictures of the folder {@code empty} that are textures. <pre>{@code
 * mvn -q compile exec:java -Dexec.mainClass=org.layerj.eval.SubjectEvaluation -Dexec.args="SET"
 * }</pre>
 */
public final class SubjectEvaluation {

	private SubjectEvaluation() {}

	public static void main(final String[] args) throws IOException {
		final Path set = Path.of(args[0]);
		try (SubjectFinder finder = new SubjectFinder(Device.CPU)) {
			double sum = 0;
			double regardless = 0;
			int missed = 0;
			final List<Path> pictures = files(set.resolve("subject"), "-mask.png");
			for (final Path file : pictures) {
				final RgbaImage truth =
					PictureReader.read(Path.of(file.toString().replaceAll("\\.png$", "-mask.png"))).image();
				final RgbaImage picture = PictureReader.read(file).image();
				final Optional<FoundSubject> subject = finder.find(picture, Progress.none());
				final boolean found = subject.isPresent();
				final FoundSubject seen = subject.orElseGet(() -> finder.look(picture, Progress.none()));
				final double iou = overlap(seen.alpha(), truth.plane(RgbaImage.RED));
				regardless += iou;
				if (found) sum += iou;
				else missed++;
				if (!found || iou < 0.7) System.out.printf(Locale.ROOT, "  %s: IoU %.3f, certainty %.2f%s%n",
					file.getFileName(), iou, seen.certainty(), found ? "" : ", not taken for a subject");
			}
			System.out.printf(Locale.ROOT,
				"subject: IoU %.3f over %d pictures, %d without a subject found; %.3f if every answer is taken%n",
				sum / pictures.size(), pictures.size(), missed, regardless / pictures.size());
			int textures = 0;
			int taken = 0;
			for (final Path file : files(set.resolve("empty"), "-text.png")) {
				if (!file.toString().matches(".*(micrograph|texture)\\.png")) continue;
				textures++;
				final Optional<FoundSubject> subject = finder.find(PictureReader.read(file).image(), Progress.none());
				if (subject.isPresent()) {
					taken++;
					System.out.printf(Locale.ROOT, "  %s: certainty %.2f, no subject there%n", file.getFileName(),
						subject.get().certainty());
				}
			}
			System.out.printf("subjects found in %d of %d pictures without one%n", taken, textures);
		}
	}

	private static List<Path> files(final Path folder, final String but) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(f -> f.toString().endsWith(".png") && !f.toString().endsWith(but)).sorted().toList();
		}
	}

	private static double overlap(final byte[] a, final byte[] b) {
		double both = 0;
		double either = 0;
		for (int i = 0; i < a.length; i++) {
			both += Math.min(a[i] & 0xff, b[i] & 0xff);
			either += Math.max(a[i] & 0xff, b[i] & 0xff);
		}
		return either == 0 ? 1 : both / either;
	}
}
