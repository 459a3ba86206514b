package org.layerj.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.common.Progress;

/** Everything that a network, a server and a disk can do to a download: the same bytes come, or a message. */
class DownloadTest {

	private static final String BIG = "transformer/model-00001-of-00001.safetensors";
	private static final int SIZE = 1_300_000;
	private static final Tuning HASTY = new Tuning(4, 4, Duration.ofMillis(2), Duration.ofMillis(400), 150_000, 20_000);

	@TempDir
	Path dir;

	private FakeHub hub;
	private Path folder;

	@BeforeEach
	void begin() throws IOException {
		hub = new FakeHub();
		folder = dir.resolve("model");
		final byte[] big = new byte[SIZE];
		new Random(1).nextBytes(big);
		hub.files.put("model_index.json", "{}".getBytes());
		hub.files.put(BIG, big);
		hub.files.put("LICENSE", "free".getBytes());
		hub.files.put("setup.py", "print()".getBytes());
		hub.publish();
	}

	@AfterEach
	void end() {
		hub.close();
	}

	private Offer offer() {
		return Hub.of(hub.address(), Duration.ofMillis(1)).offer(FakeHub.MODEL);
	}

	private Download download() {
		return download(PartFile.Writing::all);
	}

	private Download download(final PartFile.Writing writing) {
		return new Download(offer().files(), folder, HASTY, writing);
	}

	private void run() {
		download().run(Progress.none());
	}

	private String message() {
		final String text = assertThrows(FetchException.class, this::run).getMessage();
		assertTrue(text.endsWith(".") && text.lines().count() == 1, text);
		return text;
	}

	private void assertComplete() throws IOException {
		for (final String path : List.of("model_index.json", BIG, "LICENSE"))
			assertArrayEquals(hub.files.get(path), Files.readAllBytes(folder.resolve(path)), path);
		try (Stream<Path> all = Files.walk(folder)) {
			assertEquals(3, all.filter(Files::isRegularFile).count(), "and nothing else");
		}
	}

	private void assertNothingOfTheBigFile() {
		assertFalse(Files.exists(folder.resolve(BIG)));
	}

	@Test
	void sizeAndLicenceComeFirstAndNothingIsFetchedForThem() {
		final Offer offer = offer();
		assertEquals("apache-2.0", offer.license());
		assertEquals(FakeHub.COMMIT, offer.revision());
		assertEquals(List.of("model_index.json", BIG, "LICENSE"), offer.files().stream().map(RemoteFile::path).toList(),
			"no programs");
		assertEquals(SIZE + 6, download().total());
		assertEquals(SIZE + 6, download().missing());
		assertTrue(hub.requests.stream().allMatch(r -> r.startsWith("/api/")), hub.requests::toString);
		assertFalse(Files.exists(folder));
	}

	@Test
	void allComesInPartsOverSeveralConnections() throws IOException {
		run();
		assertComplete();
		assertEquals(9, hub.requests.stream().filter(r -> r.startsWith("/store/" + BIG)).count());
		hub.requests.clear();
		assertEquals(0, download().missing());
		run();
		assertTrue(hub.requests.stream().allMatch(r -> r.startsWith("/api/")), "existing files are only checked");
	}

	@Test
	void aServerWithoutPartsSendsAll() throws IOException {
		hub.ranges = false;
		run();
		assertComplete();
		assertEquals(1, hub.requests.stream().filter(r -> r.startsWith("/store/" + BIG)).count());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void fiftyInterruptionsAtAnyByteGiveTheSameBytes(final boolean ranges) throws IOException {
		hub.ranges = ranges;
		final Random random = new Random(2);
		int interrupted = 0;
		long had = 0;
		for (int i = 0; i < 50; i++) {
			// Sometimes the connection, sometimes the user, sometimes the whole program.
			final long stop = 1 + (long) (random.nextDouble() * SIZE / 25);
			final AtomicLong budget = new AtomicLong(stop);
			final AtomicInteger come = new AtomicInteger();
			final int kind = random.nextInt(3);
			final Download some = download(kind != 2 ? PartFile.Writing::all : (to, bytes, at) -> {
				if (budget.addAndGet(-bytes.remaining()) < 0) throw new IOException("killed");
				PartFile.Writing.all(to, bytes, at);
			});
			if (kind == 1) hub.fault = (e, file, from, to) -> {
				FakeHub.head(e, file, from, to, ranges);
				final int n = (int) Math.min(Math.max(0, budget.getAndAdd(from - to)), to - from);
				e.getResponseBody().write(file, from, n);
				return true;
			};
			else hub.fault = (e, file, from, to) -> false;
			try {
				some.run(new Progress() {

					@Override
					public void update(final double fraction, final String message) {
						if (kind == 0 && fraction * some.total() > stop + 2 && come.getAndIncrement() == 0)
							throw new IllegalStateException("stop");
					}
				});
				// It came through, so once more from the beginning.
				assertComplete();
				try (Stream<Path> all = Files.walk(folder)) {
					for (final Path file : all.filter(Files::isRegularFile).toList()) Files.delete(file);
				}
				had = 0;
				continue;
			}
			catch (final FetchException | IllegalStateException e) {
				interrupted++;
			}
			final long has = SIZE + 6 - download().missing();
			assertTrue(has >= had, () -> "nothing that was recorded is lost: " + has);
			had = has;
			// A log that was cut off in a line.
			final Path log = folder.resolve(BIG + ".part.log");
			if (Files.exists(log) && random.nextBoolean()) Files.writeString(log, "12", StandardOpenOption.APPEND);
		}
		hub.fault = (e, file, from, to) -> false;
		run();
		assertComplete();
		assertTrue(interrupted >= 5, "interrupted " + interrupted + " times");
	}

	@Test
	void interruptedFiftyTimesBySmallPiecesItStillEnds() throws IOException {
		final Random random = new Random(3);
		final AtomicInteger broken = new AtomicInteger();
		hub.fault = (e, file, from, to) -> {
			if (file.length < 1000 || broken.get() >= 50) return false;
			broken.incrementAndGet();
			FakeHub.head(e, file, from, to, true);
			e.getResponseBody().write(file, from, 1 + random.nextInt(Math.min(20_000, to - from)));
			return true;
		};
		run();
		assertEquals(50, broken.get());
		assertComplete();
	}

	@Test
	void whatComesAfterABrokenConnectionIsOnlyWhatIsMissing() throws IOException {
		hub.fault = (e, file, from, to) -> {
			if (from < 600_000) return false;
			e.sendResponseHeaders(403, -1);
			return true;
		};
		message();
		assertNothingOfTheBigFile();
		final long missing = download().missing();
		assertTrue(missing < SIZE && missing >= SIZE - 600_000, "missing " + missing);
		hub.fault = (e, file, from, to) -> false;
		hub.requests.clear();
		run();
		assertComplete();
		assertTrue(hub.requests.stream().filter(r -> r.startsWith("/store/" + BIG)).count() < 9,
			hub.requests::toString);
	}

	@Test
	void aServerThatIsBusyIsWaitedFor() throws IOException {
		// Each place of each file is rejected once: by chance one connection could be rejected again and again.
		final Set<List<Integer>> rejected = ConcurrentHashMap.newKeySet();
		hub.fault = (e, file, from, to) -> {
			if (!rejected.add(List.of(file.length, from))) return false;
			e.sendResponseHeaders(rejected.size() % 2 == 1 ? 429 : 503, -1);
			return true;
		};
		run();
		assertComplete();
	}

	@Test
	void aServerThatFallsSilentIsAskedAgain() throws IOException {
		final AtomicInteger silent = new AtomicInteger();
		hub.fault = (e, file, from, to) -> {
			if (file.length < 1000 || silent.getAndIncrement() > 1) return false;
			if (silent.get() == 1) {
				FakeHub.head(e, file, from, to, true);
				e.getResponseBody().write(file, from, 1000);
				e.getResponseBody().flush();
			}
			sleep(3000);
			return true;
		};
		run();
		assertComplete();
	}

	@Test
	void aServerThatNeverAnswersIsAMessage() {
		hub.fault = (e, file, from, to) -> {
			if (file.length < 1000) return false;
			sleep(3000);
			return true;
		};
		final String text = message();
		assertTrue(text.contains("broke off at byte") && text.contains("does not answer"), text);
	}

	@Test
	void aRejectionIsAMessageAtOnce() {
		for (final Map.Entry<Integer, String> e : Map
			.of(401, "licence accepted", 403, "licence accepted", 404, "check the name", 400, "use another hub")
			.entrySet())
		{
			hub.requests.clear();
			hub.fault = (x, file, from, to) -> {
				x.sendResponseHeaders(e.getKey(), -1);
				return true;
			};
			final String text = message();
			assertTrue(text.contains(e.getValue()) && text.contains("(" + e.getKey() + ")"), text);
			assertTrue(hub.requests.size() <= 3, "not asked again: " + hub.requests);
		}
	}

	@Test
	void anotherLengthThanAnnouncedIsAMessage() {
		final byte[] all = hub.files.get(BIG);
		for (final boolean ranges : List.of(true, false)) for (final int length : List.of(SIZE - 500_000, SIZE + 1)) {
			hub.ranges = ranges;
			hub.files.put(BIG, java.util.Arrays.copyOf(all, length));
			final String text = message();
			assertTrue(text.contains("has been changed there"), text);
			assertNothingOfTheBigFile();
		}
	}

	@Test
	void rangeNotSatisfiableIsAMessage() {
		hub.fault = (e, file, from, to) -> {
			if (from < 400_000) return false;
			e.sendResponseHeaders(416, -1);
			return true;
		};
		final String text = message();
		assertTrue(text.contains("ends before byte") && text.contains("1300000"), text);
	}

	@Test
	void anotherPartThanAskedForIsNotWritten() throws IOException {
		final AtomicInteger wrong = new AtomicInteger();
		hub.fault = (e, file, from, to) -> {
			if (file.length < 1000 || wrong.getAndIncrement() > 2) return false;
			if (wrong.get() == 1) e.getResponseHeaders().set("Content-Range", "nonsense");
			else e.getResponseHeaders().set("Content-Range", "bytes 7-" + (6 + to - from) + "/" + file.length);
			e.sendResponseHeaders(206, to - from);
			e.getResponseBody().write(new byte[to - from]);
			return true;
		};
		run();
		assertComplete();
	}

	@Test
	void moreBytesThanAskedForAreLeft() throws IOException {
		hub.fault = (e, file, from, to) -> {
			if (file.length < 1000) return false;
			e.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + file.length);
			e.sendResponseHeaders(206, to - from + 5000);
			e.getResponseBody().write(file, from, to - from);
			e.getResponseBody().write(new byte[5000]);
			return true;
		};
		run();
		assertComplete();
	}

	@Test
	void anotherCodingIsAMessage() {
		hub.fault = (e, file, from, to) -> {
			e.getResponseHeaders().set("Content-Encoding", "gzip");
			return false;
		};
		assertTrue(message().contains("another encoding"));
	}

	@Test
	void aFileThatHasBeenChangedIsNotTaken() throws IOException {
		final byte[] good = hub.files.get(BIG);
		final byte[] changed = good.clone();
		changed[700_000]++;
		hub.files.put(BIG, changed);
		final String text = message();
		assertTrue(text.contains("its hash differs") && text.contains("nothing of it was kept"), text);
		try (Stream<Path> all = Files.walk(folder)) {
			assertEquals(List.of("model_index.json"),
				all.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList());
		}
		hub.files.put(BIG, good);
		run();
		assertComplete();
	}

	@Test
	void aFileThatChangesBetweenTwoStartsIsFetchedAnew() throws IOException {
		hub.fault = (e, file, from, to) -> {
			if (from < 600_000) return false;
			e.sendResponseHeaders(403, -1);
			return true;
		};
		message();
		hub.fault = (e, file, from, to) -> false;
		final byte[] other = hub.files.get(BIG).clone();
		other[5]++;
		hub.files.put(BIG, other);
		hub.publish();
		assertEquals(SIZE + 4, download().missing(), "parts of another file do not count");
		run();
		assertComplete();
	}

	@Test
	void whatWasDamagedOnTheDiskIsFetchedAgain() throws IOException {
		hub.fault = (e, file, from, to) -> {
			if (from < 600_000) return false;
			e.sendResponseHeaders(403, -1);
			return true;
		};
		message();
		hub.fault = (e, file, from, to) -> false;
		final Path part = folder.resolve(BIG + ".part");
		final byte[] bytes = Files.readAllBytes(part);
		bytes[10]++;
		Files.write(part, bytes);
		run();
		assertComplete();
	}

	@Test
	void whatIsMissingOfAPartThatWasCutOffComesAgain() throws IOException {
		hub.fault = (e, file, from, to) -> {
			if (from < 600_000) return false;
			e.sendResponseHeaders(403, -1);
			return true;
		};
		message();
		hub.fault = (e, file, from, to) -> false;
		try (var part = java.nio.channels.FileChannel.open(folder.resolve(BIG + ".part"), StandardOpenOption.WRITE)) {
			part.truncate(1234);
		}
		assertEquals(SIZE + 4 - 1234, download().missing());
		run();
		assertComplete();
	}

	@Test
	void aFullDiskIsAMessageAndWhatIsThereStaysGood() throws IOException {
		final AtomicLong room = new AtomicLong(500_000);
		final Download full = download((to, bytes, at) -> {
			if (room.addAndGet(-bytes.remaining()) < 0) throw new IOException("No space left on device");
			PartFile.Writing.all(to, bytes, at);
		});
		final String text = assertThrows(FetchException.class, () -> full.run(Progress.none())).getMessage();
		assertTrue(text.contains("the disk is full; make room; what has arrived stays"), text);
		final long missing = download().missing();
		assertTrue(missing < SIZE && missing >= SIZE - 500_000, "missing " + missing);
		run();
		assertComplete();
	}

	@Test
	void spaceIsLookedAtBeforeAnythingIsFetched() {
		final RemoteFile huge =
			new RemoteFile("huge.safetensors", URI.create(hub.address() + "/store/huge"), 1L << 55, Optional.empty());
		final String text =
			assertThrows(FetchException.class, () -> new Download(List.of(huge), folder).run(Progress.none()))
				.getMessage();
		assertTrue(text.matches("The download needs 3602879\\d\\.\\d GB in .*, where [0-9.]+ [GM]B are free; .*"),
			text);
		assertTrue(hub.requests.isEmpty());
	}

	@Test
	void somebodyElsesFileIsNotReplaced() throws IOException {
		final Path own = Files.createDirectories(folder).resolve("model_index.json");
		Files.writeString(own, "{\"mine\": 1}");
		final String text = message();
		assertTrue(text.contains("is there already, but is not the one"), text);
		assertEquals("{\"mine\": 1}", Files.readString(own));
	}

	@Test
	void twoDownloadsAtOnceDoNotWriteOneFile() throws IOException {
		Files.createDirectories(folder.resolve("transformer"));
		try (PartFile other = PartFile.open(folder.resolve(BIG), "other", PartFile.Writing::all)) {
			assertTrue(message().startsWith("Another download is writing "));
			assertEquals(0, other.count());
		}
	}

	@Test
	void pathsLeadIntoTheFolderOnly() {
		for (final String path : List.of("../x.json", "/etc/x.json", "a/../../x.json", "C:\\x.json", ".hidden.json",
			"a//b.json", "a\n.json"))
		{
			hub.files.put(path, new byte[1]);
			hub.publish();
			if (path.equals("a\n.json")) assertEquals(3, offer().files().size());
			else assertTrue(
				assertThrows(FetchException.class, this::offer).getMessage().contains("no path in a folder"), path);
			hub.files.remove(path);
		}
	}

	@Test
	void aHubThatIsNoneIsAMessage() throws IOException {
		hub.list.remove("siblings");
		assertTrue(assertThrows(FetchException.class, this::offer).getMessage().contains("is not that of a model hub"));
		hub.listStatus = 404;
		assertTrue(assertThrows(FetchException.class, this::offer).getMessage().contains("(404); check the name"));
		hub.listStatus = 500;
		assertTrue(assertThrows(FetchException.class, this::offer).getMessage().contains("it answers 500"));
		assertTrue(assertThrows(FetchException.class, () -> Hub.of("ftp://x")).getMessage().contains("option hub"));
		assertTrue(assertThrows(FetchException.class, () -> Hub.of(hub.address()).offer("../x")).getMessage()
			.contains("owner/name"));
		hub.close();
		final String text = assertThrows(FetchException.class, this::offer).getMessage();
		assertTrue(text.contains("failed: the server cannot be reached"), text);
	}

	private static void sleep(final long ms) {
		try {
			Thread.sleep(ms);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
