package org.layerj.io.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.common.Progress;
import org.layerj.io.header.MadeFiles;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/** Where pages lie that begin left of or above the canvas. */
class TiffPositionTest {

	@TempDir
	Path dir;

	private Path file;
	private LayerStack layers;

	@BeforeEach
	void write() {
		final int[] argb = new int[24];
		Arrays.fill(argb, 0xff204060);
		final RgbaImage pixels = RgbaImage.ofArgb(6, 4, argb);
		layers = new LayerStack(20, 16, List.of(Layer.of("a", "A", pixels), Layer.of("b", "B", pixels).at(-3, -2),
			Layer.of("c", "C", pixels).at(5, 7)));
		file = LayerFormat.TIFF.write(new LayerDocument(layers, LayerMetadata.titled("t")), dir.resolve("layers.tif"),
			Progress.none());
	}

	private List<Bounds> places() {
		return LayerFormat.read(file).layers().layers().stream().map(Layer::bounds).toList();
	}

	/** As programs leave it that do not know what the manifest is. */
	private void forget() throws IOException {
		final byte[] bytes = Files.readAllBytes(file);
		final int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("{\"format\":\"");
		assertTrue(at > 0);
		bytes[at] = ' ';
		Files.write(file, bytes);
	}

	@Test
	void ourRecordHasThemAsTheyAre() {
		assertEquals(layers.layers().stream().map(Layer::bounds).toList(), places());
	}

	@Test
	void withoutItPagesLieOnEachOtherAsTheLayersDo() throws IOException {
		forget();
		assertEquals(List.of(new Bounds(3, 2, 6, 4), new Bounds(0, 0, 6, 4), new Bounds(8, 9, 6, 4)), places());
	}

	@Test
	void pagesOfBigTiffsInBothByteOrders() throws IOException {
		for (final ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
			final MadeFiles.Tiff tiff = new MadeFiles.Tiff(order, true);
			for (int page = 1; page < 3; page++) tiff.page(2, 1, 8, 1, 1, tiff.samples(8, page, 9), 2, Map.of());
			Files.write(file, tiff.bytes());
			assertEquals(List.of(0xff010101, 0xff020202),
				LayerFormat.read(file).layers().layers().stream().map(l -> l.pixels().argb(0, 0)).toList());
		}
	}

	/** Not in the format, but seen to be understood. */
	@Test
	void aSignIsRead() throws IOException {
		forget();
		final byte[] bytes = Files.readAllBytes(file);
		final ByteBuffer b =
			ByteBuffer.wrap(bytes).order(bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		int changed = 0;
		for (int i = 0; i + 12 <= bytes.length; i += 2) {
			if (b.getShort(i) != TiffFields.X_POSITION || b.getShort(i + 2) != 5 || b.getInt(i + 4) != 1) continue;
			b.putShort(i + 2, (short) 10);
			final int at = b.getInt(i + 8);
			b.putInt(at, -b.getInt(at));
			changed++;
		}
		assertEquals(3, changed);
		Files.write(file, bytes);
		assertEquals(List.of(-3, 0, -8), places().stream().map(Bounds::x).toList());
	}
}
