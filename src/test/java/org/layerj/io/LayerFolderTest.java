package org.layerj.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.RunRecord;
import org.layerj.decompose.Settings;
import org.layerj.imagej.stack.HyperstackTiff;
import org.layerj.io.formats.LayerFormat;
import org.layerj.io.header.ColourProfile;
import org.layerj.io.header.MadeFiles;
import org.layerj.io.header.PictureNotes;
import org.layerj.io.header.PixelSize;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Kind;
import org.layerj.provenance.PictureOrigin;

class LayerFolderTest {

	@TempDir
	Path dir;

	private Path out;

	private static final TiffWriter TIFF =
		(decomposition, title, out) -> out.write(title.getBytes(StandardCharsets.UTF_8));
	private static final Source SOURCE = new Source("cells.png", "00ff", "file", 3, 2);
	private static final RgbaImage BOTTOM =
		RgbaImage.ofArgb(3, 2, new int[] { 0xff112233, 0x00445566, 0x80778899, 0xffaabbcc, 0x01ddeeff, 0xff010203 });
	private static final RgbaImage PATCH =
		RgbaImage.ofArgb(2, 2, new int[] { 0x10ff0000, 0xff00ff00, 0xff0000ff, 0x80ffff00 });

	private static Decomposition decomposition(final int count) {
		LayerStack stack = new LayerStack(3, 2, List.of(Layer.of("a", "Background", BOTTOM)));
		for (int k = 1; k < count; k++) {
			stack = stack.with(Layer.of("p" + k, "Patch " + k, PATCH)
				.at(2, -1)
				.withOpacity(0.5)
				.withParent("a")
				.withProvenance(Mask.of(2, 2, i -> i == 0).as(Kind.GENERATED)));
		}
		final RunRecord run =
			new RunRecord("tiny", "built-in", "cafe", new Settings(count, 256, 8, 2.5, 42, "", " ", "auto", false),
				"cpu", "f32", Map.of("denoise", 1.23456), 1234567, 288, 224, "two <cells> & \"more\"");
		return new Decomposition(stack, run);
	}

	@BeforeEach
	void name() {
		out = dir.resolve("layers-cells");
	}

	private static TreeSet<String> names(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString())
				.collect(java.util.stream.Collectors.toCollection(TreeSet::new));
		}
	}

	private static String rejection(final Path folder) {
		final String message = assertThrows(OutputException.class, () -> write(folder, 2)).getMessage();
		assertTrue(message.endsWith(".") && !message.contains("\n"), message);
		return message;
	}

	@Test
	void everythingIsThere() throws IOException {
		write(out, 2);
		assertEquals("[layer-00.png, layer-01.png, layers.json, layers.tif, recomposed.png]", names(out).toString());
		assertEquals("[layers-cells]", names(dir).toString(), "and nothing else");
		assertEquals(BOTTOM, PictureReader.read(out.resolve("layer-00.png")).image());
		final RgbaImage top = PictureReader.read(out.resolve("layer-01.png")).image();
		assertEquals(RgbaImage.ofArgb(3, 2, new int[] { 0, 0, 0xff0000ff, 0, 0, 0 }), top,
			"on the canvas, cut where it reaches beyond");
		assertEquals(Compositor.flatten(decomposition(2).layers()),
			PictureReader.read(out.resolve("recomposed.png")).image());
		assertEquals("cells-layers", Files.readString(out.resolve("layers.tif")));
	}

	@Test
	void profileAndResolutionGoIntoEveryFile() throws IOException {
		final PictureNotes notes =
			new PictureNotes(ColourProfile.of(MadeFiles.profile(false)), Optional.of(PixelSize.ofDpi(300)));
		try (LayerFolder output = LayerFolder.open(out)) {
			output.write(decomposition(2), SOURCE.withNotes(notes), HyperstackTiff::write, List.of(), Progress.none());
		}
		for (final String name : List.of("layer-00.png", "layer-01.png", "recomposed.png", "layers.tif"))
			assertEquals(notes, PictureReader.storedNotes(out.resolve(name)).with(PictureOrigin.NONE), name);
		final JsonObject input = JsonParser.parseString(Files.readString(out.resolve("layers.json")))
			.getAsJsonObject()
			.getAsJsonObject("input");
		assertEquals(notes.profile().get().name(), input.get("profile").getAsString());
		assertEquals(300, input.getAsJsonArray("dpi").get(1).getAsDouble(), 1e-9);
		assertEquals(notes, LayerFormat.read(out).metadata().notes().with(PictureOrigin.NONE));
	}

	@Test
	void theRecordSaysHowItCameAbout() throws IOException {
		write(out, 2);
		final JsonObject json = JsonParser.parseString(Files.readString(out.resolve("layers.json"))).getAsJsonObject();
		final JsonObject input = json.getAsJsonObject("input");
		assertEquals("sha256:00ff", PictureOrigin.parse(input.remove("origin").getAsString()).hash());
		assertEquals("{\"name\":\"cells.png\",\"sha256\":\"00ff\",\"hashed\":\"file\",\"width\":3,\"height\":2}",
			input.toString());
		assertEquals("{\"name\":\"tiny\",\"folder\":\"built-in\",\"hash\":\"cafe\"}", json.get("model").toString());
		assertEquals(
			"{\"layers\":2,\"resolution\":256,\"steps\":8,\"guidance\":2.5,\"seed\":42,\"prompt\":\"\",\"negative\":\" \",\"device\":\"auto\",\"raw\":false,\"rescale\":true}",
			json.get("options").toString());
		final JsonObject run = json.getAsJsonObject("run");
		assertEquals(1.235, run.getAsJsonObject("seconds").get("denoise").getAsDouble());
		assertEquals(1234567, run.get("peakMemoryBytes").getAsLong());
		assertEquals("two <cells> & \"more\"", run.get("prompt").getAsString());
		final JsonObject top = json.getAsJsonArray("layers").get(1).getAsJsonObject();
		assertEquals("layer-01.png", top.get("file").getAsString());
		assertEquals("{\"x\":2,\"y\":-1,\"width\":2,\"height\":2}", top.get("bounds").toString());
		assertEquals(0.5, top.get("opacity").getAsDouble());
		assertEquals("a", top.get("parent").getAsString());
		assertEquals(0.25, top.get("syntheticFraction").getAsDouble());
	}

	@Test
	void anotherRunReplacesOurFilesOnly() throws IOException {
		write(out, 4);
		Files.writeString(out.resolve("notes.txt"), "mine");
		Files.writeString(out.resolve("layer-one.png"), "mine");
		write(out, 2);
		assertEquals("[layer-00.png, layer-01.png, layer-one.png, layers.json, layers.tif, notes.txt, recomposed.png]",
			names(out).toString());
	}

	@Test
	void othersKeepFilesThatAreNamedLikeOurs() throws IOException {
		Files.createDirectory(out);
		Files.writeString(out.resolve("layer-07.png"), "mine");
		write(out, 2);
		assertEquals("mine", Files.readString(out.resolve("layer-07.png")), "no record of ours lists it");
		write(out, 1);
		assertEquals("[layer-00.png, layer-07.png, layers.json, layers.tif, recomposed.png]", names(out).toString());
	}

	@Test
	void aRecordCannotMakeUsDeleteAnythingElse() throws IOException {
		write(out, 2);
		final Path notes = Files.writeString(dir.resolve("notes.txt"), "mine");
		Files.writeString(out.resolve("mine.png"), "mine");
		for (final String record : new String[] { "", "[]", "{\"layers\": 3}",
			"{\"format\": \"other 1\", \"layers\": [{\"file\": \"layer-01.png\"}]}" })
		{
			Files.writeString(out.resolve("layers.json"), record);
			write(out, 1);
			assertTrue(Files.exists(out.resolve("layer-01.png")), record);
		}
		Files.writeString(out.resolve("layers.json"),
			"{\"format\": \"decompose-layers 1\", \"layers\": [{\"file\": \"../notes.txt\"}, {\"file\": \"mine.png\"}, "
				+ "{\"file\": \"layer-01.png\"}]}");
		write(out, 1);
		assertEquals("mine", Files.readString(notes));
		assertEquals("[layer-00.png, layers.json, layers.tif, mine.png, recomposed.png]", names(out).toString());
	}

	@Test
	void missingParentsAreMade() throws IOException {
		final Path deep = dir.resolve("a/b/c");
		write(deep, 1);
		assertEquals(4, names(deep).size());
	}

	@Test
	void anErrorLeavesTheOldState() throws IOException {
		final TiffWriter full = (d, t, f) -> {
			throw new IOException("write failed", new IOException("No space left on device"));
		};
		try (LayerFolder output = LayerFolder.open(dir.resolve("a/b/c"))) {
			final String message = assertThrows(OutputException.class,
				() -> output.write(decomposition(2), SOURCE, full, List.of(), Progress.none())).getMessage();
			assertEquals("There is not enough space on the disk for the layers in " + dir.resolve("a/b/c")
				+ "; free some or give another folder.", message);
		}
		assertEquals("[]", names(dir).toString());

		write(out, 3);
		final String before = Files.readString(out.resolve("layers.json"));
		try (LayerFolder output = LayerFolder.open(out)) {
			assertThrows(OutputException.class,
				() -> output.write(decomposition(2), SOURCE, full, List.of(), Progress.none()));
		}
		assertEquals(before, Files.readString(out.resolve("layers.json")));
		assertEquals(6, names(out).size());
	}

	/** Every file with its content, hidden ones included. */
	private static String state(final Path folder) throws IOException {
		final StringBuilder all = new StringBuilder();
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path f : files.sorted().toList()) {
				all.append(folder.relativize(f))
					.append(Files.isRegularFile(f) ? " " + Arrays.hashCode(Files.readAllBytes(f)) : "")
					.append('\n');
			}
		}
		return all.toString();
	}

	@Test
	void whatCannotBeReplacedLeavesTheWholeOldResult() throws IOException {
		write(out, 3);
		final String before = state(out);
		// Somebody else is quicker: what was free to be replaced at the start is not any more.
		final TiffWriter rival = (d, t, f) -> {
			TIFF.write(d, t, f);
			Files.createDirectory(out.resolve("recomposed.png.d"));
			Files.move(out.resolve("recomposed.png"), out.resolve("recomposed.png.d/old"));
			Files.move(out.resolve("recomposed.png.d"), out.resolve("recomposed.png"));
		};
		try (LayerFolder output = LayerFolder.open(out)) {
			final String message = assertThrows(OutputException.class,
				() -> output.write(decomposition(2), SOURCE, rival, List.of(), Progress.none())).getMessage();
			assertEquals(
				"The layers cannot be written to " + out + " (" + out.resolve("recomposed.png") + " is a folder).",
				message);
		}
		Files.move(out.resolve("recomposed.png"), dir.resolve("aside"));
		Files.move(dir.resolve("aside/old"), out.resolve("recomposed.png"));
		assertEquals(before, state(out));
	}

	@Test
	void aJobThatEndsWithoutAResultLeavesNothing() throws IOException {
		try (LayerFolder output = LayerFolder.open(dir.resolve("a/b"))) {
			assertFalse(names(dir).isEmpty(), "it was tried");
		}
		assertEquals("[]", names(dir).toString());
	}

	@Test
	void placesThatCannotBeWrittenToAreRejectedBeforeTheJob() throws IOException {
		final Path file = Files.writeString(dir.resolve("file"), "mine");
		assertEquals("The output " + file + " is a file, not a folder; give another name.", rejection(file));
		assertEquals("The output folder " + file.resolve("x/y") + " cannot be made because " + file
			+ " is a file; give another name.", rejection(file.resolve("x/y")));
		assertEquals("mine", Files.readString(file));
	}

	@Test
	void linksThatLeadNowhereAreRejectedBeforeTheJob() throws IOException {
		final Path link = link(dir.resolve("link"), dir.resolve("nowhere"));
		assertEquals("The output " + link + " is a link that leads nowhere, not a folder; give another name.",
			opening(link));
		assertEquals("The output folder " + link.resolve("x") + " cannot be made because " + link
			+ " is a link that leads nowhere; give another name.", opening(link.resolve("x")));
		assertEquals("[link]", names(dir).toString());
		Files.createDirectory(dir.resolve("nowhere"));
		write(link, 1);
		assertEquals(4, names(dir.resolve("nowhere")).size(), "a link to a folder is one");
	}

	@Test
	void aPlaceWithoutARootIsRejected() {
		// What a missing drive is on Windows: a path of which not even the beginning exists.
		final Path drive = Path.of("Z:/cells/layers");
		assertEquals(
			"The output folder " + drive + " cannot be made because there is no " + drive + "; give another folder.",
			LayerFolder.obstacle(drive, drive).orElseThrow());
	}

	@Test
	void aFolderInPlaceOfAFileIsRejectedBeforeTheJob() throws IOException {
		write(out, 3);
		Files.delete(out.resolve("layers.tif"));
		Files.createDirectories(out.resolve("layers.tif/mine"));
		final String before = state(out);
		assertEquals("The output folder " + out
			+ " has a folder layers.tif in it, where a file would be written; give another name.", opening(out));
		assertEquals(before, state(out));
	}

	private static Path link(final Path link, final Path to) throws IOException {
		try {
			return Files.createSymbolicLink(link, to);
		}
		catch (IOException | UnsupportedOperationException e) {
			return Assumptions.abort("This system has no links: " + e);
		}
	}

	/** Why a folder cannot even be opened. */
	private static String opening(final Path folder) {
		return assertThrows(OutputException.class, () -> LayerFolder.open(folder).close()).getMessage();
	}

	@Test
	void aFolderWithoutPermissionIsRejected() throws IOException {
		final Path locked = Files.createDirectory(dir.resolve("locked"));
		// Whoever runs the tests as root may write everywhere except to the kernel's own folders.
		final Path place =
			locked.toFile().setWritable(false) && !Files.isWritable(locked) ? locked : Path.of("/sys/kernel");
		Assumptions.assumeTrue(Files.isDirectory(place));
		assertEquals("The output folder " + place + " cannot be written to; give another folder.", rejection(place));
		locked.toFile().setWritable(true);
	}

	private static LayerFolder.Result write(final Path folder, final int count, final String... exports) {
		try (LayerFolder output = LayerFolder.open(folder)) {
			return output.write(decomposition(count), SOURCE, TIFF,
				Arrays.stream(exports).map(name -> new Export(name.substring(name.indexOf('.') + 1), (staging, p) -> {
					try (FileChannel file = staging.create(name)) {
						file.write(ByteBuffer.wrap((name + count).getBytes(StandardCharsets.UTF_8)));
						return name;
					}
					catch (final IOException e) {
						throw new UncheckedIOException(e);
					}
				})).toList(), Progress.none());
		}
	}

	@Test
	void exportsBelongToTheirLayers() throws IOException {
		assertEquals(List.of(out.resolve("layers.psd"), out.resolve("layers.ora")),
			write(out, 2, "layers.psd", "layers.ora").exports());
		assertEquals("[layer-00.png, layer-01.png, layers.json, layers.ora, layers.psd, layers.tif, recomposed.png]",
			names(out).toString());
		assertEquals(List.of("psd", "ora"), Repeat.of(out).exports());
		write(out, 1, "layers.ora");
		assertEquals("[layer-00.png, layers.json, layers.ora, layers.tif, recomposed.png]", names(out).toString());
		assertEquals("layers.ora1", Files.readString(out.resolve("layers.ora")));
		assertEquals(List.of(), write(out, 1).notes());
		assertEquals("[layer-00.png, layers.json, layers.tif, recomposed.png]", names(out).toString());
	}

	@Test
	void anExportThatSomebodyHasChangedIsKept() throws IOException {
		write(out, 2, "layers.psd", "layers.ora");
		// As long as before.
		Files.writeString(out.resolve("layers.psd"), "LAYERS.PSD");
		final LayerFolder.Result second = write(out, 3, "layers.psd");
		assertEquals(
			List.of("The file " + out.resolve("layers.psd")
				+ " has been changed since it was exported and is kept; it belongs to the layers before."),
			second.notes());
		assertEquals(List.of(out.resolve("layers-2.psd")), second.exports());
		assertEquals("LAYERS.PSD", Files.readString(out.resolve("layers.psd")));
		assertEquals("layers.psd3", Files.readString(out.resolve("layers-2.psd")));
		assertFalse(Files.exists(out.resolve("layers.ora")), "the one that was not changed");
		final LayerFolder.Result third = write(out, 1, "layers.psd");
		assertEquals(List.of(unlisted("layers.psd")), third.notes());
		assertEquals(List.of(out.resolve("layers-2.psd")), third.exports());
		assertEquals("layers.psd1", Files.readString(out.resolve("layers-2.psd")));
		write(out, 1);
		assertEquals("[layer-00.png, layers.json, layers.psd, layers.tif, recomposed.png]", names(out).toString());
	}

	private String unlisted(final String name) {
		return "The file " + out.resolve(name)
			+ " is kept because no layers.json lists it; it does not belong to the new layers.";
	}

	@Test
	void filesThatStayBesideNewLayersLikeExportsAreNamed() throws IOException {
		final String[] all = Arrays.stream(LayerFormat.values()).map(LayerFormat::fileName).toArray(String[]::new);
		write(out, 2, all);
		for (final String mine : List.of("layers.txt", "layers-of-mine.psd", "more layers.psd"))
			Files.writeString(out.resolve(mine), "mine");
		Files.createDirectory(out.resolve("layers-3.psd"));
		assertEquals(List.of(), write(out, 2, all).notes());
		Files.writeString(out.resolve("layers-2.ora"), "mine");
		assertEquals(List.of(unlisted("layers-2.ora")), write(out, 2, all).notes());
		Files.delete(out.resolve("layers.json"));
		assertEquals(Stream.concat(Stream.of("layers-2.ora"), Arrays.stream(all)).sorted().map(this::unlisted).toList(),
			write(out, 1).notes());
	}

	@Test
	void exportsOfUnknownOriginAreKept() throws IOException {
		Files.createDirectories(out.resolve("layers.ora"));
		Files.writeString(out.resolve("layers.psd"), "mine");
		assertEquals(List.of(out.resolve("layers-2.psd"), out.resolve("layers-2.ora")),
			write(out, 2, "layers.psd", "layers.ora").exports());
		assertEquals("mine", Files.readString(out.resolve("layers.psd")));
	}

	@Test
	void whatStopsAnExportLeavesTheOldResult() throws IOException {
		write(out, 3, "layers.psd");
		final String before = state(out);
		try (LayerFolder output = LayerFolder.open(out)) {
			assertThrows(OutputException.class,
				() -> output.write(decomposition(2), SOURCE, TIFF, List.of(new Export("psd", (s, p) -> {
					throw new OutputException("Full.");
				})), Progress.none()));
		}
		assertEquals(before, state(out));
		try (LayerFolder output = LayerFolder.open(out)) {
			assertThrows(CancelledException.class,
				() -> output.write(decomposition(2), SOURCE, TIFF, List.of(), new ProgressAdapter()));
		}
		assertEquals(before, state(out));
	}

	@Test
	void waitingForAnotherWriterCanBeCancelled() throws IOException {
		write(out, 2);
		final String before = state(out);
		try (FolderLock other = FolderLock.of(out, Staging.PUBLISHING, Duration.ZERO, () -> {}).orElseThrow();
			LayerFolder output = LayerFolder.open(out))
		{
			final Progress impatient = new Progress() {

				@Override
				public boolean cancelled() {
					return StackWalker.getInstance()
						.walk(frames -> frames.anyMatch(f -> f.getClassName().equals(FolderLock.class.getName())));
				}
			};
			assertThrows(CancelledException.class,
				() -> output.write(decomposition(3), SOURCE, TIFF, List.of(), impatient));
		}
		assertEquals(before, state(out));
	}

	/** Somebody who has changed their mind. */
	private static final class ProgressAdapter implements Progress {

		@Override
		public void plan(final List<Phase> phases) {}

		@Override
		public void phase(final String name) {}

		@Override
		public void update(final double fraction, final String message) {}

		@Override
		public boolean cancelled() {
			return true;
		}
	}
}
