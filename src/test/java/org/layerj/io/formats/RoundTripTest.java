package org.layerj.io.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.layerj.common.Progress;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Samples;

/** What is written and read again is the same, to the last bit and letter. */
class RoundTripTest {

	@TempDir
	private Path dir;

	private LayerDocument trip(final LayerFormat format, final LayerDocument document) throws IOException {
		final Path file = dir.resolve("picture" + format.suffix());
		assertEquals(file, format.write(document, file, Progress.none()));
		try (Stream<Path> all = Files.list(dir)) {
			assertEquals(List.of(file), all.toList());
		}
		return LayerFormat.read(file);
	}

	private static void assertSame(final LayerDocument expected, final LayerDocument actual) {
		assertSame(expected.layers(), actual.layers());
		assertEquals(expected.metadata(), actual.metadata());
		assertEquals(List.of(), actual.notes());
	}

	static void assertSame(final LayerStack expected, final LayerStack actual) {
		assertEquals(expected.layers().stream().map(Layer::id).toList(),
			actual.layers().stream().map(Layer::id).toList());
		assertEquals(expected.width() + " " + expected.height(), actual.width() + " " + actual.height());
		for (int k = 0; k < expected.size(); k++) {
			final Layer e = expected.get(k);
			final Layer a = actual.get(k);
			assertEquals(e.name(), a.name());
			assertEquals(e.bounds(), a.bounds(), e.id());
			assertEquals(e.opacity(), a.opacity(), e.id());
			assertEquals(e.visible(), a.visible(), e.id());
			assertEquals(e.locked(), a.locked(), e.id());
			assertEquals(e.parent(), a.parent(), e.id());
			assertEquals(e.synthetic(), a.synthetic(), e.id());
			assertTrue(e.pixels().equals(a.pixels()), "pixels of " + e.id());
			assertEquals(e.samples().map(Samples::format), a.samples().map(Samples::format), e.id());
			assertTrue(e.samples().equals(a.samples()), "values of " + e.id());
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PSD", "ORA", "ZIP", "TIFF" })
	void everythingComesBack(final LayerFormat format) throws IOException {
		assertSame(Documents.document(), trip(format, Documents.document()));
	}

	@ParameterizedTest
	@EnumSource(names = { "PSD", "ORA", "ZIP", "TIFF" })
	void sixteenBitsComeBackToo(final LayerFormat format) throws IOException {
		for (final int channels : new int[] { 1, 3 })
			assertSame(Documents.deep(channels), trip(format, Documents.deep(channels)));
	}

	@ParameterizedTest
	@EnumSource(names = { "PSD", "ORA", "ZIP", "TIFF" })
	void aBarePictureComesBackBare(final LayerFormat format) throws IOException {
		final LayerDocument bare = new LayerDocument(
			new LayerStack(3, 2, List.of(Layer.of("only", "n", Documents.noise(3, 2, 1)))), LayerMetadata.titled(""));
		assertSame(bare, trip(format, bare));
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE)
	void theSameLayersMakeTheSameFile(final LayerFormat format) throws IOException {
		final Path one = dir.resolve("one");
		final Path two = dir.resolve("two");
		format.write(Documents.document(), one, Progress.none());
		format.write(Documents.document(), two, Progress.none());
		assertEquals(-1, Files.mismatch(one, two));
	}
}
