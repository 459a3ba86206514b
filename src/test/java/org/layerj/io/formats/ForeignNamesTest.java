package org.layerj.io.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

	/** Names as they are usual, each alone: in a ZIP of several they help each other. */
	@ParameterizedTest
	@CsvSource({ "windows-31j, レイヤー1 背景 前景 人物 線画 新規レイヤー 影 下描き 文字 塗り 髪 主線 目盛 写真 顕微鏡 ガラス",
		"GBK, 背景 前景 后景 图层1 图层2 文字 标题 人物 边框 按钮 副本 线稿 阴影 高光 箭头 图例 坐标轴 天空 未命名 细胞 结果 左 右侧 树 图标 曲线1 比例尺 朱镕基 显微镜 误差线",
		"Big5, 背景 前景 圖層1 文字 標題 人物 邊框 按鈕 線稿 陰影 箭頭 圖例 天空 群組 未命名 細胞 結果 左 樹 藍色 照片 比例尺 玻璃 鍵盤",
		"x-windows-949, 배경 전경 글자 레이어1 사진 그림자 하늘 사람 선 밑그림 텍스트 제목 버튼 테두리 화살표 최종 결과 세포 축 눈금 범례 인물 왼쪽 강아지 현미경",
		"EUC-JP, レイヤー1 レイヤ はいけい 新規レイヤー グループ 塗り",
		"windows-1252, Größe Über Fläche naïve façade été año Überschrift Grüße Flèche Légende Échelle Título"
			+ " Região Kör Skärm Rød œuvre Käse Öl Ärger pájaro Straße",
		"IBM437, Größe Über Fläche naïve façade été año Gemälde Öl Überschrift Flèche Échelle é à Noël Skärm Straße",
		"windows-1250, Žlutý Tło Kształt Światło Pozadí Písmo Obrázek",
		"IBM866, Фон Слой Текст Заголовок Тень Рисунок Стрелка Копия Небо Ось ФОН шкала",
		"windows-1251, Фон фон Слой слой Текст Заголовок Тень Рисунок Стрелка Копия Небо Ось шкала",
		"KOI8-R, Фон фон Слой Текст Заголовок Тень Рисунок Стрелка Копия Небо шкала" })
	void usualNamesTellTheirCharacterSet(final String charset, final String names) {
		for (final String name : names.split(" ")) {
			final byte[] bytes = (name + ".png").getBytes(Charset.forName(charset));
			assertEquals(name + ".png", new String(bytes, ZipNames.charset(List.of(bytes))), charset);
		}
	}

	@Test
	void twoPartsOfOneNameAreTwoLayers() throws IOException {
		// Java writes none such.
		final Path file = zip(StandardCharsets.UTF_8, "a.png", "b.png", "c.png", "a_2.png");
		final byte[] bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).replace("b.png", "a.png")
			.replace("c.png", "a.png")
			.getBytes(StandardCharsets.ISO_8859_1);
		Files.write(file, bytes);
		final Map<String, Integer> reds = new TreeMap<>();
		for (final Layer l : LayerFormat.read(file).layers().layers())
			reds.put(l.name(), l.pixels().argb(0, 0) >> 16 & 0xff);
		assertEquals(Map.of("a", 0, "a_2", 1, "a_3", 2, "a_2_2", 3), reds);
	}

	/** Bytes that are no text in the locale's character set. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void namesInFoldersMayBeInOtherCharacterSets() throws IOException {
		final Path folder = Files.createDirectory(dir.resolve("foreign"));
		final String place = folder.toUri().toString().replaceFirst("/?$", "/");
		// レイヤ and 背景 in Shift-JIS.
		for (final String name : List.of("1%83%8C%83C%83%84.png", "2%94w%8Ci.png", "3+%20a.png"))
			Files.write(Path.of(URI.create(place + name)), png(name.charAt(0) - '0'));
		assertEquals(List.of("1レイヤ", "2背景", "3+ a"), names(folder));
		assertEquals(List.of(1, 2, 3),
			LayerFormat.read(folder).layers().layers().stream().map(l -> l.pixels().argb(0, 0) >> 16 & 0xff).toList());
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
