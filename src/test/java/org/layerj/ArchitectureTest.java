package org.layerj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which package may know which: read from the sources, imports and full names alike, comments aside. A new package
 * needs a line here; a new arrow needs a reason.
 */
class ArchitectureTest {

	private static final Path SOURCES = Path.of("src/main/java");
	private static final Path EDITS = SOURCES.resolve("org/layerj/layers/edit");
	private static final Pattern OURS = Pattern.compile("(?<![\\w.])org\\.layerj\\.(layers\\.edit|[a-z]+)\\.");
	private static final Pattern IMAGEJ =
		Pattern.compile("(?<![\\w.])(ij\\.[\\w.]+|org\\.scijava\\.[\\w.]+|net\\.imagej\\.[\\w.]+)");
	private static final Pattern DJL = Pattern.compile("(?<![\\w.])ai\\.djl\\.[\\w.]+");

	/**
	 * The arrows. {@code imagej} writes result folders, so it knows {@code io}; {@code io} gets its TIFF writer handed
	 * in, so it need not know ImageJ.
	 */
	private static final Map<String, Set<String>> ARROWS = Map.ofEntries( //
		// Progress, cancelling, messages, hashes, disjoint sets: what every package may know.
		Map.entry("common", Set.of()), //
		Map.entry("provenance", Set.of("common")), //
		Map.entry("layers", Set.of("common", "provenance")), //
		Map.entry("tracking", Set.of("common", "layers", "provenance")), //
		Map.entry("exact", Set.of("common", "layers", "provenance")), //
		// An edit that moves what is seen from layer to layer solves for the picture again.
		Map.entry("layers.edit", Set.of("common", "exact", "layers", "provenance")), //
		Map.entry("refine", Set.of("common", "exact", "layers", "provenance")), //
		Map.entry("checkpoint", Set.of("common")), //
		Map.entry("torch", Set.of("common")), //
		// Scores models, so it opens them; their VAEs also alone.
		Map.entry("eval",
			Set.of("common", "layers", "layers.edit", "elements", "decompose", "io", "checkpoint", "model", "torch",
				"text", "subject")), //
		Map.entry("model", Set.of("common", "checkpoint", "torch", "layers")), //
		// Small networks; of model only how weights are brought to a device.
		Map.entry("text", Set.of("common", "model", "checkpoint", "torch", "layers", "layers.edit")), //
		Map.entry("subject", Set.of("common", "model", "checkpoint", "torch", "layers")), //
		// What text looks like and where it stands.
		Map.entry("elements", Set.of("common", "text", "layers", "layers.edit")), //
		Map.entry("segment",
			Set.of("common", "elements", "text", "model", "checkpoint", "torch", "layers", "layers.edit")), //
		// Of checkpoint only how JSON of strangers is read.
		Map.entry("remote", Set.of("common", "checkpoint", "layers")), //
		// Of checkpoint only how JSON of strangers is read.
		Map.entry("fetch", Set.of("common", "checkpoint")), //
		Map.entry("decompose",
			Set.of("common", "remote", "fetch", "segment", "elements", "model", "checkpoint", "torch", "layers",
				"layers.edit", "refine", "provenance")), //
		// With io.formats, the files of other programs, which needs no more than its parent does.
		Map.entry("io",
			Set.of("common", "decompose", "elements", "text", "layers", "layers.edit", "tracking", "provenance")), //
		Map.entry("imagej",
			Set.of("common", "decompose", "elements", "remote", "io", "layers", "layers.edit", "refine", "tracking",
				"provenance", "text", "subject")), //
		// Many pictures, without windows.
		Map.entry("cluster", Set.of("common", "decompose", "io", "layers")), //
		// Of imagej only the hyperstack's TIFF, to write layers.tif.
		Map.entry("cli", Set.of("common", "cluster", "decompose", "io", "layers", "checkpoint", "imagej")));

	/**
	 * What a layered picture is, and no more: how one is found, made exact, followed or edited has packages of its own.
	 */
	private static final Set<String> LAYERS = Set.of("AlphaBounds", "Bounds", "Compositor", "Diffusion", "Display",
		"ImgViews", "Layer", "LayerStack", "Lut", "Mask", "PillowResize", "PixelHash", "PushPull", "Region",
		"RgbaImage", "SampleCompositor", "SampleFormat", "Samples", "Visibility", "VisibleProvenance", "package-info");

	private static final Pattern WITHIN_IMAGEJ =
		Pattern.compile("(?<![\\w.])org\\.layerj\\.imagej\\.(?:([a-z]+)\\.)?(?:[A-Z]\\w*|\\*)");

	/** The arrows within {@code imagej}, whose own classes, the entries, have an empty name. */
	private static final Map<String, Set<String>> IMAGEJ_ARROWS = Map.of( //
		// How macros write things, whatever about.
		"macro", Set.of(), //
		"stack", Set.of(), //
		"open", Set.of("stack"), //
		"edit", Set.of("open", "stack", "macro"), //
		"", Set.of("edit", "open", "stack", "macro"), //
		"pick", Set.of("", "edit", "open", "stack", "macro"), //
		// Its buttons do what menu entries do, and are recorded as those are; its elements are chosen as those of the
		// tool.
		"window", Set.of("", "pick", "edit", "open", "stack", "macro"));

	private static Stream<Path> sources(final String folder) {
		try (Stream<Path> files = Files.walk(SOURCES.resolve(folder))) {
			return files.filter(f -> f.toString().endsWith(".java")).toList().stream();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static String code(final Path source) {
		try {
			return Files.readString(source).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//[^\n]*", "");
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** {@code file: what} for everything the pattern finds and the filter takes offence at. */
	private static Set<String> uses(final Stream<Path> sources, final Pattern pattern,
		final Predicate<String> offence)
	{
		final Set<String> found = new TreeSet<>();
		sources.forEach(f -> {
			final Matcher m = pattern.matcher(code(f));
			while (m.find())
				if (offence.test(Objects.requireNonNullElse(m.group(m.groupCount() > 0 ? 1 : 0), "")))
					found.add(SOURCES.relativize(f) + ": " + m.group());
		});
		return found;
	}

	@Test
	void arrowsPointOneWay() throws IOException {
		try (Stream<Path> folders = Files.list(SOURCES.resolve("org/layerj"))) {
			for (final Path folder : folders.filter(Files::isDirectory).toList())
				pointsOneWay(folder.getFileName().toString(), f -> !f.getParent().equals(EDITS));
		}
		// Edits lie in the folder of layers, and stand above the exact colour solve, which layers do not know.
		pointsOneWay("layers.edit", f -> true);
	}

	private static void pointsOneWay(final String name, final Predicate<Path> own) {
		final Set<String> allowed = ARROWS.get(name);
		assertTrue(allowed != null, "The package " + name + " has no place in the house yet");
		assertEquals(Set.of(), uses(sources("org/layerj/" + name.replace('.', '/')).filter(own), OURS,
			other -> !other.equals(name) && !allowed.contains(other)));
	}

	/** By an order of packages in which every one knows only those before it: no arrow ever comes back. */
	@Test
	void thereIsNoWayBack() {
		final List<String> placed = new ArrayList<>();
		while (placed.size() < ARROWS.size()) {
			final List<String> next = ARROWS.entrySet()
				.stream()
				.filter(e -> !placed.contains(e.getKey()) && placed.containsAll(e.getValue()))
				.map(Map.Entry::getKey)
				.toList();
			assertFalse(next.isEmpty(), () -> "A circle among " + ARROWS.keySet() + " without " + placed);
			placed.addAll(next);
		}
	}

	@Test
	void layersHoldWhatALayeredPictureIs() {
		assertEquals(LAYERS,
			sources("org/layerj/layers").filter(f -> !f.getParent().equals(EDITS))
				.map(f -> f.getFileName().toString().replace(".java", ""))
				.collect(Collectors.toSet()));
	}

	@Test
	void whoeverHasAProposalGoesThroughRefinement() {
		assertEquals(Set.of(), uses(sources("").filter(f -> !f.startsWith(SOURCES.resolve("org/layerj/refine"))),
			Pattern.compile("org\\.layerj\\.refine\\.(?!Refinement\\b)\\w+"), x -> true));
	}

	/** PyTorch's errors, and words that are no search, are put into words by those who know where they came from. */
	@Test
	void messagesToUsersHaveOneRoot() {
		assertEquals(
			Set.of("org/layerj/common/UserException.java: class UserException extends RuntimeException",
				"org/layerj/elements/ElementQuery.java: class UnknownWordException extends IllegalArgumentException",
				"org/layerj/torch/TorchException.java: class TorchException extends RuntimeException"),
			uses(sources(""),
				Pattern.compile("class \\w+Exception extends (?:Runtime|IllegalArgument|IllegalState)Exception"),
				x -> true));
	}

	@Test
	void arrowsWithinImagejPointOneWay() throws IOException {
		final Path imagej = SOURCES.resolve("org/layerj/imagej");
		try (Stream<Path> files = Files.walk(imagej)) {
			for (final Path folder : files.filter(Files::isDirectory).toList()) {
				final String name = imagej.relativize(folder).toString();
				final Set<String> allowed = IMAGEJ_ARROWS.get(name);
				assertTrue(allowed != null, "The package imagej." + name + " has no place in the house yet");
				assertEquals(Set.of(), uses(sources("org/layerj/imagej").filter(f -> f.getParent().equals(folder)),
					WITHIN_IMAGEJ, other -> !other.equals(name) && !allowed.contains(other)));
			}
		}
	}

	@Test
	void onlyTheImagejPackageKnowsImageJ() {
		assertEquals(Set.of(),
			uses(sources("").filter(f -> !f.startsWith(SOURCES.resolve("org/layerj/imagej"))), IMAGEJ, x -> true));
	}

	@Test
	void onlyTheTorchPackageKnowsDjl() {
		final List<Path> allowed = List.of(SOURCES.resolve("org/layerj/torch"), SOURCES.resolve("ai/djl/pytorch/jni"));
		assertEquals(Set.of(),
			uses(sources("").filter(f -> allowed.stream().noneMatch(f::startsWith)), DJL, x -> true));
	}

	@Test
	void plainImageJCanLinkItsPlugIn() {
		assertEquals(Set.of(), uses(sources("org/layerj/imagej").filter(f -> !f.toString().endsWith("Command.java")),
			Pattern.compile("org\\.scijava\\.[\\w.]+"), x -> true));
	}

	/** What is compiled with Spark only stands apart, and is of the package {@code cluster} all the same. */
	@Test
	void sparkIsKnownToItsOwnSourcesOnly() throws IOException {
		assertEquals(Set.of(),
			uses(sources(""), Pattern.compile("org\\.apache\\.(spark|hadoop)\\.[\\w.]+"), x -> true));
		try (Stream<Path> files = Files.walk(Path.of("src/spark/java"))) {
			final Set<String> ours = new TreeSet<>();
			files.filter(f -> f.toString().endsWith(".java")).forEach(f -> {
				final Matcher m = OURS.matcher(code(f));
				while (m.find()) ours.add(m.group(1));
			});
			ours.removeAll(ARROWS.get("cluster"));
			assertEquals(Set.of("imagej"), ours, "of imagej the hyperstack's TIFF, as the command line");
		}
	}

	@Test
	void theCommandLineTakesOnlyTheTiffWriterFromImagej() {
		assertEquals(Set.of("org/layerj/cli/Main.java: org.layerj.imagej.stack.HyperstackTiff"),
			uses(sources("org/layerj/cli"), Pattern.compile("org\\.layerj\\.imagej\\.[\\w.]+"), x -> true));
	}
}
