package org.layerj.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.layerj.common.CancelAt;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.ModelName;
import org.layerj.imagej.stack.HyperstackTiff;
import org.layerj.io.Picture;
import org.layerj.io.PictureReader;
import org.layerj.io.formats.LayerDocument;
import org.layerj.io.formats.LayerFormat;
import org.layerj.io.formats.LayerMetadata;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/** Cancelled wherever it asks, a run says so and leaves nothing: neither folders, nor files beside them. */
class CancelledRunTest {

	@TempDir
	Path dir;

	private List<String> files() {
		try (Stream<Path> files = Files.list(dir)) {
			return files.map(f -> f.getFileName().toString()).sorted().toList();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** 16-bit grey, with text, and with a disc on a pattern, which goes on beneath it. */
	private Picture picture() throws IOException {
		final int width = 128, height = 72;
		final BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
		final Graphics2D g = image.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, width, height);
		for (int y = 30; y < 68; y++)
			for (int x = 10; x < 70; x++) image.getRaster().setSample(x, y, 0, 20_000 + 9_000 * ((x / 3 + y / 2) % 3));
		g.setColor(Color.DARK_GRAY);
		g.fillOval(30, 40, 20, 20);
		g.fillRect(90, 30, 25, 30);
		g.setColor(Color.BLACK);
		g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 20));
		g.drawString("Cells 12", 14, 22);
		g.dispose();
		final Path file = dir.resolve("picture.png");
		ImageIO.write(image, "png", file.toFile());
		return PictureReader.read(file);
	}

	@Test
	void inEveryPhaseOfTheDefault() throws IOException {
		final Picture picture = picture();
		final PictureRun run = new RunPlan(Map.of(), "", "", "", "zip", "", "").run(HyperstackTiff::write);
		final AtomicInteger runs = new AtomicInteger();
		try (Decomposer model = Decomposers.open(ModelName.BUILT_IN, "auto")) {
			// Text, segments, colours, hidden texture, samples, files.
			assertTrue(CancelAt
				.everywhere(
					progress -> run.run(model, picture, dir.resolve("result" + runs.getAndIncrement()), progress),
					where -> assertEquals(List.of("picture.png", "result0"), files(), where))
				.containsAll(List.of("PictureRun", "TextScales", "LineReader", "SegmentNetwork", "NativeSize",
					"HiddenTexture", "Task", "LayerFolder", "LayerFiles")));
		}
	}

	@ParameterizedTest
	@EnumSource(LayerFormat.class)
	void whileAFileIsWritten(final LayerFormat format) throws IOException {
		// Large enough to be asked within.
		final LayerDocument document = new LayerDocument(
			new LayerStack(400, 400, List.of(Layer.of("a", "a", RgbaImage.ofArgb(400, 400, new int[160_000])))),
			LayerMetadata.titled("t"));
		final AtomicInteger runs = new AtomicInteger();
		assertEquals(Set.of("Steps", "LayerFiles"),
			CancelAt.everywhere(
				progress -> format.write(document, dir.resolve("layers" + runs.getAndIncrement()), progress),
				where -> assertEquals(List.of("layers0"), files(), where)));
	}
}
