package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.Fixtures;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.io.formats.LayerDocument;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.provenance.Kind;

/** On a folder written by the command line of commit 8cac79d, with {@code --model classical --layers 3}. */
class ResultFolderTest {

	@TempDir
	Path dir;

	@BeforeEach
	void copy() throws IOException {
		try (var files = Files.list(Fixtures.open("24-old-folder").folder())) {
			for (final Path f : files.toList()) Files.copy(f, dir.resolve(f.getFileName().toString()));
		}
	}

	private static int pixels(final Layer l, final Kind kind) {
		int n = 0;
		for (int i = 0; i < l.bounds().width() * l.bounds().height(); i++) if (l.provenance().share(kind, i) > 0) n++;
		return n;
	}

	@Test
	void masksOfAnOldFolderAreReadFromItsHyperstack() {
		final LayerDocument read = ResultFolder.read(dir);
		final LayerStack tiff = Hyperstacks.layers(IJ.openImage(dir.resolve("layers.tif").toString()));
		assertEquals(3, read.layers().size());
		int synthetic = 0;
		for (final Layer l : read.layers().layers()) {
			assertEquals(0, pixels(l, Kind.UNKNOWN), l.name());
			assertEquals(0, pixels(l, Kind.BY_HAND), l.name());
			assertEquals(tiff.find(l.id()).orElseThrow().synthetic(), l.synthetic(), l.name());
			synthetic += pixels(l, Kind.COMPUTED);
		}
		assertTrue(synthetic > 50, synthetic + " pixels");
		assertTrue(read.notes().stream().noneMatch(n -> n.contains(LayerDocument.NO_RECORD)), read.notes()::toString);
		assertTrue(read.notes().stream().anyMatch(n -> n.contains("layers.tif")), read.notes()::toString);
		assertEquals(read.layers(), Hyperstacks
			.layers(new ImportPlugIn().call(Optional.empty(), Map.of("file", dir.toString())).orElseThrow()));
	}

	@Test
	void whatWasPaintedOnAPngSinceIsByHand() throws IOException {
		final Path png = dir.resolve("layer-00.png");
		final BufferedImage image = ImageIO.read(png.toFile());
		for (int x = 0; x < 5; x++) image.setRGB(x, 2, 0xff00ff00);
		ImageIO.write(image, "png", png.toFile());
		final Layer l = ResultFolder.read(dir).layers().get(0);
		assertEquals(5, pixels(l, Kind.BY_HAND));
		assertEquals(0, pixels(l, Kind.UNKNOWN));
	}

	@Test
	void withoutTheHyperstackItStaysUnknown() throws IOException {
		Files.delete(dir.resolve("layers.tif"));
		final LayerDocument read = ResultFolder.read(dir);
		assertTrue(pixels(read.layers().get(0), Kind.UNKNOWN) > 0);
		assertEquals(List.of(true), read.notes().stream().map(n -> n.contains(LayerDocument.NO_RECORD)).toList());
	}
}
