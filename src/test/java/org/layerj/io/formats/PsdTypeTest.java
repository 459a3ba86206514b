package org.layerj.io.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.common.Progress;
import org.layerj.elements.WrittenFigure;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;

/** Type layers of PSD: what is written is read again, and pixels stay what they were. */
class PsdTypeTest {

	private static final KnownText TURNED =
		new KnownText("Größe (µm) \\ 細胞", "Arial", true, false, 18.5, 0x962c41, 30, 40, 120, 21, -Math.PI / 2, 0.9);

	@TempDir
	Path dir;

	private static void assertSame(final KnownText expected, final KnownText text) {
		assertEquals(expected.text(), text.text());
		assertEquals(List.of(expected.bold(), expected.italic(), expected.rgb()),
			List.of(text.bold(), text.italic(), text.rgb()));
		assertEquals(FontNames.office(expected.font()), FontNames.office(text.font()));
		assertEquals(expected.size(), text.size(), 1e-4);
		assertEquals(expected.stretch(), text.stretch(), 1e-4);
		assertEquals(expected.angle(), text.angle(), 1e-9);
		assertEquals(expected.baseline(0).getTranslateX(), text.baseline(0).getTranslateX(), 1e-6);
		assertEquals(expected.baseline(0).getTranslateY(), text.baseline(0).getTranslateY(), 1e-6);
	}

	@Test
	void whatATypeLayerSaysIsReadAgain() {
		for (final String font : List.of("Arial", "Times New Roman", "Courier New", "SansSerif", "Serif"))
			for (final boolean bold : new boolean[] { false, true })
				for (final boolean italic : new boolean[] { false, true })
				{
					final KnownText text =
						new KnownText("two\nlines (a)", font, bold, italic, 24, 0x0000ff, 3, 4, 90, 50);
					assertSame(text, PsdTypeReader.read(PsdType.of(text)).orElseThrow());
				}
		assertSame(TURNED, PsdTypeReader.read(PsdType.of(TURNED)).orElseThrow());
	}

	@Test
	void blocksThatBreakOffOrAreDamagedSayNothing() {
		final byte[] block = PsdType.of(TURNED);
		// After the descriptors there is nothing that is read.
		for (int n = 0; n < block.length - 100; n += 13)
			assertEquals(Optional.empty(), PsdTypeReader.read(Arrays.copyOf(block, n)));
		for (int n = 0; n < block.length; n += 17) {
			final byte[] damaged = block.clone();
			damaged[n] ^= 0x55;
			// Whatever it says now, it is no exception.
			PsdTypeReader.read(damaged);
		}
	}

	@Test
	void aLayerOfLinesComesBackAsOneWithEveryBitWhereItWas() throws IOException {
		for (final LayerDocument document : List.of(Documents.document(), Documents.deep(3), Documents.deep(1))) {
			final LayerStack stack = document.layers();
			for (final int layer : new int[] { 1, 4 }) {
				final boolean rest = layer == 1;
				final Layer l = stack.get(layer);
				final Bounds b = l.bounds();
				final Region left = new Region(b, Optional.of(Mask.of(b.width(), b.height(), i -> i % 3 == 0)));
				final Region right = new Region(b, Optional.of(Mask.of(b.width(), b.height(), i -> i % 3 != 0)));
				final LayerDocument live = document.withTexts(Map.of(l.id(), new LiveText(List.of(TURNED, TURNED),
					List.of(left, right), rest ? Optional.of(l) : Optional.empty())));
				final Path file = LayerFormat.PSD.write(live, dir.resolve("a.psd"), Progress.none());
				final LayerDocument back = LayerFormat.read(file);
				assertEquals(stack.layers(), back.layers().layers(), layer + " of " + Depth.of(stack));
				assertEquals(List.of(), back.notes());
			}
		}
	}

	@Test
	void linesAreTypeLayersAboveWhatIsLeftInAGroup() throws IOException {
		final WrittenFigure figure = new WrittenFigure(300, 200);
		figure.write("Control", new Font(Font.SANS_SERIF, Font.BOLD, 24), Color.BLUE, 80, 40, 0, .95);
		figure.write("Rate (Hz)", new Font(Font.SERIF, Font.PLAIN, 24), Color.RED, 20, 120, -90, .95);
		figure.write("mumble", new Font(Font.SANS_SERIF, Font.PLAIN, 24), Color.BLACK, 200, 120, 0, .5);
		final LayerStack stack =
			figure.layers().with(figure.layers().get(1).withOpacity(.5).withVisible(true).withParent("background"));
		final LayerDocument live =
			new LayerDocument(stack, LayerMetadata.titled("t")).withRead(ReadLine.of(stack, figure.elements()));
		final Path file = LayerFormat.PSD.write(live, dir.resolve("a.psd"), Progress.none());
		final List<PsdRecord> records = records(file);
		assertEquals(List.of("Background", "</Layer group>", "</Layer group>", "Text", "Control", "Rate (Hz)", "Text",
			"Background"), records.stream().map(PsdRecord::name).toList());
		assertEquals(.5, records.get(6).opacity(), .01);
		assertEquals(1, records.get(4).opacity());
		for (int k = 4; k < 6; k++)
			assertSame(live.texts().get("text").lines().get(k - 4), records.get(k).text().orElseThrow());
		final LayerDocument back = LayerFormat.read(file);
		assertEquals(stack.layers(), back.layers().layers());
		assertEquals(Compositor.flatten(stack), Compositor.flatten(back.layers()));
		final LiveText text = back.texts().get("text");
		assertEquals(List.of("Control", "Rate (Hz)"), text.lines().stream().map(KnownText::text).toList());
		assertTrue(text.rest().isPresent(), "what was not sure is pixels");
		assertEquals(live.texts().get("text").rest().orElseThrow().pixels(), text.rest().orElseThrow().pixels());
		final LayerDocument again =
			LayerFormat.read(LayerFormat.PSD.write(back, dir.resolve("b.psd"), Progress.none()));
		assertEquals(stack.layers(), again.layers().layers());
		for (int k = 0; k < 2; k++) assertSame(text.lines().get(k), again.texts().get("text").lines().get(k));
	}

	@Test
	void aLayerThatIsOneTextIsATypeLayer() throws IOException {
		final Layer layer = Documents.stack().get(1);
		final LayerDocument document = Documents.document().withTexts(Map.of(layer.id(), LiveText.all(TURNED)));
		final Path file = LayerFormat.PSD.write(document, dir.resolve("a.psd"), Progress.none());
		final PsdRecord record = records(file).get(1);
		assertEquals(List.of(layer.name(), 0), List.of(record.name(), record.section()));
		assertSame(TURNED, record.text().orElseThrow());
		final LayerDocument back = LayerFormat.read(file);
		assertEquals(Documents.stack().layers(), back.layers().layers());
		assertSame(TURNED, back.texts().get(layer.id()).lines().get(0));
	}

	/** All layer records, without their pixels. */
	private static List<PsdRecord> records(final Path file) throws IOException {
		final byte[] all = Files.readAllBytes(file);
		final String text = new String(all, StandardCharsets.ISO_8859_1);
		final List<PsdRecord> records = new ArrayList<>();
		try (FileChannel channel = FileChannel.open(file)) {
			final PsdIn in = new PsdIn(channel);
			in.seek(26);
			in.skip(in.u32());
			in.skip(in.u32());
			in.skip(8);
			final int count = Math.abs(in.i16());
			for (int k = 0; k < count; k++) records.add(PsdRecord.read(in, all.length));
		}
		assertEquals(records.stream().filter(r -> r.text().isPresent()).count(), text.split("TySh", -1).length - 1);
		return records;
	}
}
