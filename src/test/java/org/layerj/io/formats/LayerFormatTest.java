package org.layerj.io.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.io.OutputException;
import org.layerj.io.Staging;
import org.layerj.io.header.Broken;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Lut;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;

class LayerFormatTest {

	@TempDir
	private Path dir;

	private static LayerDocument noise(final int width, final int height) {
		return new LayerDocument(
			new LayerStack(width, height, List.of(Layer.of("a", "a", Documents.noise(width, height, 1)))),
			LayerMetadata.titled("t"));
	}

	/** Cancelled when it has been asked so many times. */
	private static Progress cancelled(final int after) {
		final AtomicInteger asked = new AtomicInteger();
		return new Progress() {

			@Override
			public void plan(final List<Phase> phases) {}

			@Override
			public void phase(final String name) {}

			@Override
			public void update(final double fraction, final String message) {
				assertTrue(fraction >= 0 && fraction <= 1);
			}

			@Override
			public boolean cancelled() {
				return asked.incrementAndGet() > after;
			}
		};
	}

	private List<String> files() throws IOException {
		try (Stream<Path> all = Files.list(dir)) {
			return all.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}

	@ParameterizedTest
	@EnumSource
	void cancellingLeavesTheOldFile(final LayerFormat format) throws IOException {
		final Path file = Files.writeString(dir.resolve("old"), "mine");
		final LayerDocument document = noise(400, 400);
		for (int after = 0; after < 3; after++) {
			final Progress progress = cancelled(after);
			assertThrows(CancelledException.class, () -> format.write(document, file, progress), format + " " + after);
			assertEquals("mine", Files.readString(file));
			assertEquals(List.of("old"), files());
		}
		format.write(document, file, cancelled(100));
		assertTrue(Files.size(file) > 1000);
		assertEquals(List.of("old"), files());
	}

	@ParameterizedTest
	@EnumSource
	void placesThatCannotBeWrittenToAreASentence(final LayerFormat format) throws IOException {
		final Path folder = Files.createDirectory(dir.resolve("folder"));
		assertEquals(folder + " is a folder; give another name for the file.", rejection(format, noise(2, 2), folder));
		assertEquals("There is no folder " + dir.resolve("none") + " to write x into; make it first or give another.",
			rejection(format, noise(2, 2), dir.resolve("none/x")));
		assertEquals("There are no layers to write to x.", rejection(format,
			new LayerDocument(new LayerStack(2, 2, List.of()), LayerMetadata.titled("")), Path.of("x")));
		assertEquals(List.of("folder"), files());
	}

	private static String rejection(final LayerFormat format, final LayerDocument document, final Path file) {
		return assertThrows(OutputException.class, () -> format.write(document, file, Progress.none())).getMessage();
	}

	@Test
	void aFullDiskIsSaid() throws IOException {
		final Path full = Path.of("/dev/full");
		Assumptions.assumeTrue(Files.exists(full));
		final IOException e = assertThrows(IOException.class, () -> Files.write(full, new byte[1]));
		try (Staging staging = Staging.in(dir)) {
			assertEquals("There is not enough space on the disk for a.psd; free some or give another folder.",
				LayerFiles.failure(staging, e, "a.psd").getMessage());
		}
	}

	/** A file that is being written goes when the program is killed, and with the next one that is written there. */
	@Test
	void whatAKilledProgramLeftIsRemoved() throws IOException {
		final Path left = Files.createDirectory(dir.resolve(".decompose-layers-1-abc"));
		Files.createFile(left.resolve(".lock"));
		Files.writeString(left.resolve("draft"), "half");
		LayerFormat.ORA.write(noise(2, 2), dir.resolve("a.ora"), Progress.none());
		assertEquals(List.of("a.ora"), files());
	}

	@Test
	void aLinkStaysALink() throws IOException {
		final Path file = Files.writeString(dir.resolve("file"), "old");
		final Path link = dir.resolve("link");
		try {
			Files.createSymbolicLink(link, file);
		}
		catch (IOException | UnsupportedOperationException e) {
			Assumptions.abort("This system has no links: " + e);
		}
		LayerFormat.ZIP.write(noise(2, 2), link, Progress.none());
		assertTrue(Files.isSymbolicLink(link));
		assertEquals(1, LayerFormat.read(file).layers().size());
	}

	@Test
	void whatIsTooLargeForAPsdBecomesAPsb() throws IOException {
		for (final int channels : new int[] { 0, 1, 3 }) {
			final LayerDocument small = channels == 0 ? Documents.document() : Documents.deep(channels);
			final LayerStack s = small.layers();
			final LayerDocument wide =
				new LayerDocument(new LayerStack(30_001, s.height(), s.layers()), small.metadata());
			final Path file = LayerFormat.PSD.write(wide, dir.resolve("wide.psd"), Progress.none());
			assertEquals(List.of("wide.psb"), files());
			assertEquals(2, Files.readAllBytes(file)[5]);
			RoundTripTest.assertSame(wide.layers(), LayerFormat.read(file).layers());
		}
		final LayerDocument wider = noise(300_001, 1);
		assertEquals("Photoshop files have at most 300,000 pixels from side to side, not 300001; use another format.",
			rejection(LayerFormat.PSD, wider, dir.resolve("x")));
	}

	@Test
	void thePreviewIsTheComposite() {
		final LayerStack stack = Documents.stack();
		final RgbaImage flat = Compositor.flatten(stack);
		final FlatRow rows = new FlatRow(stack, Depth.RGB8);
		assertTrue(rows.opaque());
		final byte[] row = new byte[stack.width()];
		for (int c = 0; c < 4; c++) for (int y = 0; y < stack.height(); y++) {
			rows.row(c, y, row);
			assertArrayEquals(Arrays.copyOfRange(flat.plane(c), y * row.length, (y + 1) * row.length), row,
				c + " " + y);
		}
	}

	@Test
	void valuesInOtherColoursAreWrittenAsTheyLook() {
		assertEquals(Depth.GREY16, Depth.of(Documents.deep(1).layers()));
		assertEquals(Depth.RGB16, Depth.of(Documents.deep(3).layers()));
		assertEquals(Depth.RGB8, Depth.of(Documents.deep(2).layers()));
		final LayerStack stack = Documents.deep(1).layers();
		final SampleFormat green = new SampleFormat(SampleFormat.Type.U16,
			List.of(new SampleFormat.Channel("GFP", Lut.ramp(0xff00), 0, 4000, true)));
		final List<Layer> layers =
			stack.layers().stream().map(l -> l.withSamples(l.samples().orElseThrow().shownAs(green))).toList();
		assertEquals(Depth.RGB8, Depth.of(new LayerStack(stack.width(), stack.height(), layers)));
	}

	@Test
	void packedRowsAreUnpacked() throws Broken {
		final byte[] row = new byte[1000];
		final byte[] code = new byte[PackBits.most(row.length)];
		final Random random = new Random(1);
		for (int variety = 1; variety < 300; variety++) {
			for (int i = 0; i < row.length; i++)
				row[i] = i > 0 && random.nextInt(300) > variety ? row[i - 1] : (byte) random.nextInt(variety);
			final byte[] back = new byte[row.length];
			PackBits.decode(code, PackBits.encode(row, row.length, code), back);
			assertArrayEquals(row, back);
		}
	}

	@Test
	void formatsHaveNames() {
		assertEquals(List.of(LayerFormat.PSD, LayerFormat.TIFF, LayerFormat.ORA),
			LayerFormat.parse(" psd, TIF psd,tiff;ora".replace(';', ',')));
		assertEquals(List.of(), LayerFormat.parse(" "));
		assertEquals("There is no format doc to export to; the formats are psd, pptx, ora, svg, tiff, zip, pdf.",
			assertThrows(InvalidOptionException.class, () -> LayerFormat.parse("doc")).getMessage());
	}
}
