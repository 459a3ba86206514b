package org.layerj.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.common.CancelledException;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.InvalidOptionException;

class BatchTest {

	@TempDir
	Path dir;

	@Test
	void shardsAreDisjointAndComplete() {
		for (int size = 0; size < 40; size++) {
			final List<Integer> all = IntStream.range(0, size).boxed().toList();
			for (int n = 1; n <= 12; n++) {
				final List<Integer> together = new ArrayList<>();
				for (int i = 1; i <= n; i++) together.addAll(Shard.of(i + "/" + n).of(all));
				assertEquals(size, together.size(), "disjoint");
				assertEquals(all, together.stream().sorted().toList(), "complete");
			}
		}
		assertEquals(List.of(1, 2, 3), Shard.of("").of(List.of(1, 2, 3)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0/3", "4/3", "1/0", "1", "a/b", "-1/3", "1/3/5", "1/99999999999" })
	void whatIsNoShardIsSaid(final String text) {
		assertEquals("shard", assertThrows(InvalidOptionException.class, () -> Shard.of(text)).option());
	}

	private Path file(final String name) throws IOException {
		final Path file = dir.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, "x");
	}

	private static List<String> names(final Pictures pictures) {
		return pictures.items().stream().map(Pictures.Item::name).toList();
	}

	@Test
	void picturesOfAFolderAreThoseOfItsFoldersTooButNoResults() throws IOException {
		for (final String name : List.of("b.png", "a.PNG", "sub/deep/c.tif", "notes.txt", ".hidden.png", ".git/d.png",
			"out/b.png/layer-00.png", "old/layer-00.png")) file(name);
		Files.writeString(dir.resolve("old/layers.json"), "{\"format\":\"decompose-layers 1\"}");
		assertEquals(List.of("a.PNG", "b.png", "sub/deep/c.tif"), names(Pictures.of(dir, dir.resolve("out"))));
		final Path empty = Files.createDirectory(dir.resolve("empty"));
		final String none = assertThrows(DecompositionException.class, () -> Pictures.of(empty, dir)).getMessage();
		assertEquals("There is no picture (bmp, gif, jpeg, jpg, png, tif, tiff) in " + empty + ".", none);
	}

	@Test
	void picturesOfAListBeginAtTheList() throws IOException {
		final Path list = dir.resolve("lists/all.txt");
		file("lists/x");
		Files.writeString(list, "# mine\na.png\n\nsub/b.png\n../c.png\n" + dir.resolve("far/d.png") + "\n");
		final Pictures pictures = Pictures.of(list, dir.resolve("out"));
		assertEquals(List.of("a.png", "sub/b.png", "c.png", "d.png"), names(pictures));
		assertEquals(dir.resolve("c.png"), pictures.items().get(2).file().toAbsolutePath());
		Files.writeString(list, "a.png\nother/../A.png\n");
		assertTrue(assertThrows(DecompositionException.class, () -> Pictures.of(list, dir)).getMessage()
			.contains("the same result"));
		Files.writeString(list, "# nothing\n");
		assertTrue(assertThrows(DecompositionException.class, () -> Pictures.of(list, dir)).getMessage()
			.contains("There is no picture"));
		Files.write(list, new byte[] { (byte) 0xff, '\n' });
		assertTrue(assertThrows(DecompositionException.class, () -> Pictures.of(list, dir)).getMessage()
			.contains("not text in UTF-8"));
		assertThrows(DecompositionException.class, () -> Pictures.of(dir.resolve("none.txt"), dir));
	}

	private static Pictures pictures(final int n) {
		return new Pictures(
			IntStream.range(0, n).mapToObj(k -> new Pictures.Item(Path.of(k + ".png"), k + ".png")).toList());
	}

	/** Records progress. */
	private static final class Noted implements Batch.Listener {

		final List<String> reported = new ArrayList<>();

		@Override
		public void begins(final int number, final int of, final Pictures.Item picture, final int attempt) {
			reported.add(number + "/" + of + " " + picture.name() + " " + attempt);
		}

		@Override
		public void skipped(final Pictures.Item picture) {
			reported.add("skipped " + picture.name());
		}

		@Override
		public void failed(final Pictures.Item picture, final Throwable why) {
			reported.add("failed " + picture.name() + " " + why.getMessage());
		}
	}

	@Test
	void picturesThatFailAreTriedAgainRecordedAndDoNotEndTheJob() throws IOException {
		final Noted noted = new Noted();
		final int[] tries = new int[4];
		final Batch batch = new Batch(pictures(4), Shard.ALL, dir.resolve("out"), 2);
		final Batch.Outcome outcome = batch.run((p, target) -> {
			final int k = Integer.parseInt(p.name().substring(0, 1));
			assertEquals(dir.resolve("out").resolve(p.name()), target);
			tries[k]++;
			if (k == 1) throw new DecompositionException("Broken.");
			if (k == 2 && tries[k] < 3) throw new OutOfMemoryError();
			return k != 3;
		}, noted);
		assertEquals(List.of(2, 1, 1), List.of(outcome.done(), outcome.skipped(), outcome.failed()));
		assertEquals(List.of("1/4 0.png 1", "2/4 1.png 1", "2/4 1.png 2", "2/4 1.png 3", "failed 1.png Broken.",
			"3/4 2.png 1", "3/4 2.png 2", "3/4 2.png 3", "4/4 3.png 1", "skipped 3.png"), noted.reported);
		final String record = Files.readString(outcome.record());
		assertEquals("shard-1-of-1.json", outcome.record().getFileName().toString());
		assertTrue(record.contains("\"done\": 2") && record.contains("\"picture\": \"1.png\"")
			&& record.contains("\"message\": \"Broken.\""), record);
	}

	@Test
	void cancellingAndImpossibleOptionsEndTheJob() throws IOException {
		final Batch batch = new Batch(pictures(4), new Shard(2, 2), dir.resolve("out"), 2);
		final Noted noted = new Noted();
		assertThrows(CancelledException.class, () -> batch.run((p, target) -> {
			if (p.name().equals("3.png")) throw new CancelledException();
			return true;
		}, noted));
		assertEquals(List.of("1/2 1.png 1", "2/2 3.png 1"), noted.reported);
		assertTrue(Files.readString(dir.resolve("out/shard-2-of-2.json")).contains("\"done\": 1"),
			"what was done is recorded");
		assertThrows(InvalidOptionException.class, () -> batch.run((p, target) -> {
			throw new InvalidOptionException("layers", "No.");
		}, noted));
	}
}
