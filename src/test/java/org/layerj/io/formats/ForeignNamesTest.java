package org.layerj.io.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.io.PictureException;
import org.layerj.io.header.MadeFiles;
import org.layerj.layers.Layer;

/** Names of PNGs as others write them, in ZIPs and folders. */
class ForeignNamesTest {

	@TempDir
	private Path dir;

	private static byte[] png(final int red) {
		return MadeFiles.png(1, 1, 8, 2, new byte[] { (byte) red, 0, 0 });
	}

	private static List<String> names(final Path place) {
		return LayerFormat.read(place).layers().layers().stream().map(Layer::name).toList();
	}

	private Path zip(final Charset charset, final String... names) throws IOException {
		final Path file = dir.resolve("layers.zip");
		try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out, charset)) {
			for (int i = 0; i < names.length; i++) {
				zip.putNextEntry(new ZipEntry(names[i]));
				zip.write(names[i].endsWith(".png") && !names[i].contains("._") ? png(i) : new byte[] { 0, 5, 22, 7 });
			}
		}
		return file;
	}

	@ParameterizedTest
	@CsvSource({ "windows-31j, レイヤー, 背景", "windows-31j, ひらがな, b", "EUC-KR, 배경, 글자", "GB2312, 背景, 文字图层",
		"IBM437, Gemälde, Öl", "IBM437, é, à", "IBM866, Слой, фон", "UTF-8, レイヤ, Gemälde", "UTF-8, 🧬, b" })
	void characterSets(final String charset, final String first, final String second) throws IOException {
		final Path file = zip(Charset.forName(charset), "1 " + first + ".png", "2 " + second + ".png");
		if (!charset.equals("UTF-8")) {
			// Java says of no other set which it is.
			final byte[] bytes = Files.readAllBytes(file);
			assertEquals(0, bytes[7] & 8);
		}
		assertEquals(List.of("1 " + first, "2 " + second), names(file));
	}

	@Test
	void bytesOfNoCharacterSetAreNamesToo() throws IOException {
		final Path file = zip(StandardCharsets.ISO_8859_1, "1\u00ff\u0081\u008d.png", "2\u00fe.png");
		assertEquals(2, names(file).size());
	}

	@Test
	void whatSystemsPutBesideFilesIsSkipped() throws IOException {
		final String[] all = { "a/b.png", "a/._b.png", "__MACOSX/a/._b.png", "__MACOSX/x.png", "a/.DS_Store",
			"a/.hidden.png", ".cache/c.png", "a/c.png" };
		assertEquals(List.of("b", "c"), names(zip(StandardCharsets.UTF_8, all)));
		final Path folder = Files.createDirectory(dir.resolve("folder"));
		for (final String name : List.of("b.png", "c.png")) {
			Files.write(folder.resolve(name), png(1));
			Files.write(folder.resolve("._" + name), new byte[] { 0, 5, 22, 7 });
		}
		assertEquals(List.of("b", "c"), names(folder));
	}

	/**
	 * Changes a byte in the headers of all entries, which begin with PK, 3 4, and in those of the directory at the end,
	 * which begin with PK, 1 2 and have the same two bytes later.
	 */
	private static void patch(final Path file, final int offset, final int value) throws IOException {
		final byte[] bytes = Files.readAllBytes(file);
		for (int i = 0; i + 12 < bytes.length; i++) {
			if (bytes[i] != 'P' || bytes[i + 1] != 'K') continue;
			if (bytes[i + 2] == 1) bytes[i + offset + 2] = (byte) value;
			if (bytes[i + 2] == 3) bytes[i + offset] = (byte) value;
		}
		Files.write(file, bytes);
	}

	/** Zstandard, LZMA, XZ, PPMd, and none at all: methods for which there is no library. */
	@ParameterizedTest
	@ValueSource(ints = { 93, 14, 95, 98, 77 })
	void otherCompressionsAreNamed(final int method) throws IOException {
		final Path file = zip(StandardCharsets.UTF_8, "a.png");
		patch(file, 8, method);
		final PictureException e = assertThrows(PictureException.class, () -> LayerFormat.read(file));
		assertTrue(e.getMessage().contains("a.png") && e.getMessage().contains("method " + method), e.getMessage());
	}

	@Test
	void encryptedPartsAreNamed() throws IOException {
		final Path file = zip(StandardCharsets.UTF_8, "a.png");
		patch(file, 6, 1);
		final PictureException e = assertThrows(PictureException.class, () -> LayerFormat.read(file));
		assertTrue(e.getMessage().contains("a.png") && e.getMessage().contains("encrypted"), e.getMessage());
	}

	@Test
	void numbersAreInTheirOrder() throws IOException {
		final String[] all =
			{ "layer10.png", "layer2.png", "Layer 3.png", "layer1.png", "layer002a.png", "layer.png", "b/1.png",
				"a/12.png", "a/9.png", "a b/1.png", "20261129120000000000001.png", "20261129120000000000000.png" };
		assertEquals(
			List.of("20261129120000000000000", "20261129120000000000001", "9", "12", "1", "1", "layer", "Layer 3",
				"layer1", "layer002a", "layer2", "layer10").stream().sorted().toList(),
			names(zip(StandardCharsets.UTF_8, all)).stream().sorted().toList());
		assertEquals(List.of("layer1", "layer2", "layer10"),
			names(zip(StandardCharsets.UTF_8, "layer10.png", "layer2.png", "layer1.png")));
		assertEquals(List.of("9", "12", "1"), names(zip(StandardCharsets.UTF_8, "b/1.png", "a/12.png", "a/9.png")));
		assertEquals(List.of("001", "2", "010"), names(zip(StandardCharsets.UTF_8, "010.png", "2.png", "001.png")));
		final Path folder = Files.createDirectory(dir.resolve("numbers"));
		for (final String n : List.of("12", "2", "1", "11")) Files.write(folder.resolve("l" + n + ".png"), png(1));
		assertEquals(List.of("l1", "l2", "l11", "l12"), names(folder));
	}
}
