package org.layerj.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.torch.NativeLibraries;
import org.layerj.torch.Torch;

/**
 * What the update site serves, as Fiji starts Java on it: {@code mvn} has laid it out before the tests, but for the
 * plugin, for which its classes stand here. Fiji's own libraries are those of our dependencies that it has.
 * <p>
 * Fiji 2.17 and 2.18 give Java {@code --module-path=jars/<platform>} and the class path {@code
 * jars/*.jar:jars/*}{@code /*.jar:plugins/*.jar}; up to 2.16 only the class path. (Their {@code --add-modules} names
 * JavaFX, which is not at hand here.)
 */
class FijiLayoutTest {

	private static final Path SITE = Path.of("target/update-site/jars");
	/**
	 * Ours to bring: what no Fiji has. A new one needs a look at Fiji's list first, and a line in docs/DEPENDENCIES.md.
	 */
	private static final Set<String> OURS = Set.of("SparseBitSet", "api", "fontbox", "log4j-api", "log4j-to-slf4j",
		"pdfbox", "pdfbox-io", "poi", "poi-ooxml", "poi-ooxml-lite", "pytorch-engine", "pytorch-jni", "xmlbeans");
	/** Fiji has them, if in another version; a second copy would break it or other plugins. */
	private static final Set<String> FIJIS =
		Set.of("commons-codec", "commons-collections4", "commons-compress", "commons-io", "commons-lang3",
			"commons-logging", "gson", "ij", "imglib2", "jna", "parsington", "scijava-common", "slf4j-api");
	/** For the command line only. */
	private static final Set<String> NOT_NEEDED = Set.of("picocli");
	private static final List<String> NEW_FIJI = List.of("--add-opens=java.base/java.lang=ALL-UNNAMED");

	@TempDir
	private Path dir;

	private static Path platform() throws IOException {
		assertTrue(Files.isDirectory(SITE), "mvn lays out " + SITE + " in the phase process-test-classes");
		final Set<String> platforms = Set.of("linux64", "linux-arm64", "macos-arm64", "win64");
		try (Stream<Path> folders = Files.list(SITE)) {
			final List<Path> found = folders.filter(Files::isDirectory).toList();
			assertTrue(found.stream().allMatch(f -> platforms.contains(f.getFileName().toString())), found.toString());
			return found.size() == 1 ? found.get(0) : SITE.resolve(System.getProperty("fiji.platform", "linux64"));
		}
	}

	/** Fiji's class path, with the oldest of the libraries we share with it. */
	private static List<Path> fiji() throws IOException {
		final List<Path> path = new ArrayList<>(Child.jars(SITE).values());
		path.addAll(Child.jars(platform()).values());
		path.add(Path.of("target/classes"));
		path.add(Path.of("target/test-classes"));
		final Map<String, Path> own = Child.byArtifact(Child.classPath());
		own.putAll(Child.jars(Path.of("target/fijis-own")));
		own.keySet().retainAll(FIJIS);
		path.addAll(own.values());
		return path;
	}

	private Child start(final List<String> flags) throws IOException, InterruptedException {
		return Child.run(fiji(), flags, dir.resolve("log.txt"), FijiStart.class.getName(),
			dir.resolve("layers.pptx").toString());
	}

	@Test
	void whatIsServedIsWhatFijiLacks() throws IOException {
		assertEquals(new TreeSet<>(OURS), Child.jars(SITE).keySet());
		assertEquals(Set.of("pytorch-native-cpu"), Child.jars(platform()).keySet());
		final Set<String> unlisted = new TreeSet<>(Child.byArtifact(runtime()).keySet());
		unlisted.removeAll(OURS);
		unlisted.removeAll(FIJIS);
		unlisted.removeAll(NOT_NEEDED);
		assertEquals(Set.of("pytorch-native-cpu"), unlisted, "Has Fiji this library? See docs/DEPENDENCIES.md");
	}

	/** Jars on the tests' class path that are not for tests only. */
	private static List<Path> runtime() {
		final Set<String> tests =
			Set.of("Java-WebSocket", "apiguardian-api", "byte-buddy", "classgraph", "common-image", "common-io",
				"common-lang", "error_prone_annotations", "failureaccess", "guava", "ij1-patcher", "imageio-core",
				"imageio-metadata", "imageio-tiff", "j2objc-annotations", "javassist", "jimfs", "jspecify",
				"junit-jupiter-api", "junit-jupiter-engine", "junit-jupiter-params", "junit-platform-commons",
				"junit-platform-engine", "junit-platform-launcher", "listenablefuture", "opentest4j", "slf4j-nop");
		return Child.classPath()
			.stream()
			.filter(f -> f.toString().endsWith(".jar")
				&& f.toString().contains(File.separator + "repository" + File.separator))
			.filter(f -> !tests.contains(f.getFileName().toString().replaceFirst("-\\d.*", ""))
				&& !f.getFileName().toString().startsWith("surefire"))
			.toList();
	}

	@Test
	void fijiStartsWithThePlatformsFolderOnTheModulePath() throws IOException, InterruptedException {
		final List<String> flags = new ArrayList<>(NEW_FIJI);
		flags.add("--module-path=" + platform());
		final Child child = start(flags);
		assertEquals(0, child.status(), child.output());
		assertTrue(child.output().contains("PyTorch 2.") && child.output().contains("PowerPoint true"), child.output());
	}

	@Test
	void itDoesNotWithTheJarAsDjlMadeIt() throws IOException, InterruptedException {
		final Path djl = Child.byArtifact(Child.classPath()).get("pytorch-native-cpu");
		Files.copy(djl, dir.resolve(djl.getFileName()));
		final Child child = start(List.of("--module-path=" + dir));
		assertNotEquals(0, child.status());
		assertTrue(child.output().contains("Invalid module name"), child.output());
	}

	/**
	 * Up to Fiji 2.16 there is the class path only; and with damaged libraries in the cache, which used to end Java.
	 */
	@Test
	void damagedLibrariesAreUnpackedAgain() throws IOException, InterruptedException {
		// Unpacks good ones, if no test has yet.
		Torch.start();
		final NativeLibraries good = NativeLibraries.bundled().orElseThrow();
		final Path cache = dir.resolve("cache");
		final Path folder = cache.resolve("pytorch").resolve(good.folder().getFileName());
		Files.createDirectories(folder);
		try (Stream<Path> files = Files.list(good.folder())) {
			for (final Path f : files.toList()) Files.copy(f, folder.resolve(f.getFileName()));
		}
		final Path library = folder.resolve(System.mapLibraryName("torch_cpu"));
		final long size = Files.size(library);
		try (FileChannel file = FileChannel.open(library, StandardOpenOption.WRITE)) {
			file.truncate(size / 2);
		}
		final Child child = start(List.of("-DDJL_CACHE_DIR=" + cache));
		assertEquals(0, child.status(), child.output());
		assertTrue(child.output().contains(folder.toString()) && child.output().contains("PyTorch 2."), child.output());
		assertEquals(size, Files.size(library));
	}
}
