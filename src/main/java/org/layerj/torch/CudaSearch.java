package org.layerj.torch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds builds of PyTorch for NVIDIA's graphics cards on this computer, without loading anything: the one that the user
 * has named, those in DJL's cache, and those of Python and conda environments. Only the very version can be used that
 * DJL's native glue was built for; of CUDA any 12 serves, since the glue itself uses none of its functions.
 */
final class CudaSearch {

	private static final Pattern VERSION = Pattern.compile("(?m)^__version__\\s*=\\s*['\"]([^'\"]+)['\"]");
	private static final Pattern CUDA = Pattern.compile("(?m)^cuda\\b[^=\\n]*=\\s*['\"]([0-9.]+)['\"]");
	private static final Pattern HIP = Pattern.compile("(?m)^hip\\b[^=\\n]*=\\s*['\"]([^'\"]+)['\"]");
	private static final Pattern CACHED = Pattern.compile("([0-9]+\\.[0-9]+\\.[0-9]+)(-[0-9]+)?-([a-z0-9]+)-(.+)");
	/** CUDA's own libraries; the driver's, libcuda, comes with the driver. */
	private static final Pattern OF_CUDA = Pattern.compile("lib(cu(?!da\\.)|nv|nccl).*\\.so(\\.[0-9]+)*");
	/** What others load by name while they run. */
	private static final Pattern LOADED_LATER = Pattern.compile("lib(cudnn_.*|nvrtc-builtins)\\.so(\\.[0-9]+)+");
	private static final List<String> ROOTS =
		List.of("torch_cpu", "c10_cuda", "torch_cuda", "torch_cuda_linalg", "caffe2_nvrtc");
	private static final int SMALL = 1 << 20;

	private final TorchPlaces places;
	private final String needed;
	private final String classifier;

	/**
	 * @param needed the version that the glue is for, for example {@code 2.7.1}
	 * @param classifier of the platform in DJL's words, for example {@code linux-x86_64}
	 */
	CudaSearch(final TorchPlaces places, final String needed, final String classifier) {
		this.places = places;
		this.needed = needed;
		this.classifier = classifier;
	}

	/** Everything there is, the best first; those that cannot be used say why. */
	List<CudaBuild> all() {
		final Map<Path, CudaBuild> found = new LinkedHashMap<>();
		places.named().ifPresent(n -> add(found, named(n)));
		cached().forEach(c -> add(found, c));
		for (final Path environment : places.environments())
			for (final Path torch : TorchPlaces.packages(environment))
				add(found, python(torch, "the Python environment " + environment, environment));
		for (final Path user : places.packages())
			for (final Path torch : TorchPlaces.packages(user))
				add(found, python(torch, "the user's Python packages", user));
		return List.copyOf(found.values());
	}

	/** An environment that is active and on the path is one. */
	private static void add(final Map<Path, CudaBuild> found, final CudaBuild build) {
		if (found.keySet().stream().noneMatch(f -> TorchPlaces.same(f, build.folder())))
			found.put(build.folder(), build);
	}

	private CudaBuild named(final Path given) {
		final String source = "the folder that was named";
		final String library = System.mapLibraryName("torch");
		final Path folder = Files.isRegularFile(given) ? given.toAbsolutePath().getParent()
			: Stream.of("", "lib", "torch/lib")
				.map(given::resolve)
				.filter(f -> Files.exists(f.resolve(library)))
				.findFirst()
				.orElse(given);
		if (!Files.exists(folder.resolve(library))) {
			final List<Path> packages = TorchPlaces.packages(given);
			return packages.isEmpty() ? new CudaBuild(given, source, "", "there is no " + library + " in it", List.of())
				: python(packages.get(0), source, given);
		}
		final Path torch = Optional.ofNullable(folder.toAbsolutePath().getParent()).orElse(folder);
		if (Files.exists(torch.resolve("version.py"))) return python(torch, source, environment(torch));
		final Matcher cached = CACHED.matcher(String.valueOf(folder.getFileName()));
		if (cached.matches()) return judged(folder, source, cached.group(1), Optional.of(cached.group(3)), List.of());
		// As the archives of PyTorch itself are.
		final Optional<String> version = text(torch.resolve("build-version")).map(String::strip);
		return judged(folder, source, version.map(CudaSearch::plain).orElse(""),
			version.filter(v -> v.contains("+")).map(v -> v.substring(v.indexOf('+') + 1)), List.of());
	}

	/** The environment that packages lie in: three or four folders up, of which the last is {@code lib}. */
	private static Path environment(final Path torch) {
		for (Path p = torch.toAbsolutePath(); p.getParent() != null; p = p.getParent())
			if (p.getFileName().toString().matches("(?i)lib|lib64")) return p.getParent();
		return torch;
	}

	private List<CudaBuild> cached() {
		if (!Files.isDirectory(places.cache())) return List.of();
		try (Stream<Path> all = Files.list(places.cache())) {
			return all.sorted()
				.map(f -> Map.entry(f, CACHED.matcher(f.getFileName().toString())))
				.filter(e -> e.getValue().matches() && e.getValue().group(3).startsWith("cu")
					&& Files.exists(e.getKey().resolve(System.mapLibraryName("torch"))))
				.map(e -> e.getValue().group(4).equals(classifier)
					? judged(e.getKey(), "DJL's cache", e.getValue().group(1), Optional.of(e.getValue().group(3)),
						List.of())
					: new CudaBuild(e.getKey(), "DJL's cache", e.getValue().group(1),
						"it is for " + e.getValue().group(4) + ", and this is " + classifier, List.of()))
				.toList();
		}
		catch (final IOException e) {
			return List.of();
		}
	}

	/** @param torch the package's folder, beside whose libraries {@code version.py} says what they are */
	private CudaBuild python(final Path torch, final String source, final Path environment) {
		final Path folder = torch.resolve("lib");
		final String text = text(torch.resolve("version.py")).orElse("");
		final Matcher version = VERSION.matcher(text);
		if (!version.find())
			return new CudaBuild(folder, source, "", "its version.py does not say which version it is", List.of());
		final Matcher hip = HIP.matcher(text);
		final Matcher cuda = CUDA.matcher(text);
		final Optional<String> kind = hip.find() ? Optional.of("rocm" + hip.group(1))
			: cuda.find() ? Optional.of("cu" + cuda.group(1).replace(".", "")) : Optional.of("cpu");
		// Packages of CUDA lie beside; conda's in the environment's own lib.
		final List<Path> beside = new ArrayList<>();
		for (final String where : List.of("nvidia", "")) {
			final Path site = torch.resolveSibling(where.isEmpty() ? "cusparselt" : where);
			if (!Files.isDirectory(site)) continue;
			try (Stream<Path> all = Files.walk(site, 2)) {
				all.filter(f -> f.getFileName().toString().matches("lib|bin") && Files.isDirectory(f))
					.sorted()
					.forEach(beside::add);
			}
			catch (final IOException e) {
				// What is missing is named below.
			}
		}
		beside.add(environment.resolve("lib"));
		beside.add(environment.resolve("Library/bin"));
		return judged(folder, source, plain(version.group(1)), kind, beside);
	}

	private static String plain(final String version) {
		return version.replaceFirst("[+].*", "");
	}

	/**
	 * @param kind such as {@code cu128}, {@code cpu} or {@code rocm6.3}; empty if unknown
	 * @param beside where libraries of CUDA may be besides the folder itself and the system's
	 */
	private CudaBuild judged(final Path folder, final String source, final String version, final Optional<String> kind,
		final List<Path> beside)
	{
		final String why = why(folder, version, kind);
		if (!why.isEmpty()) return new CudaBuild(folder, source, version, why, List.of());
		if (!classifier.startsWith("linux")) return new CudaBuild(folder, source, version, "", List.of());
		final List<Path> folders = new ArrayList<>(List.of(folder));
		folders.addAll(beside);
		folders.addAll(places.system());
		final Set<String> missing = new LinkedHashSet<>();
		final Map<String, Path> order = new LinkedHashMap<>();
		try {
			for (final String root : ROOTS) {
				final Path library = folder.resolve(System.mapLibraryName(root));
				if (Files.exists(library)) follow(library, folders, order, missing);
			}
			for (final Path found : List.copyOf(order.values())) later(found, folders, order, missing);
		}
		catch (final IOException e) {
			return new CudaBuild(folder, source, version, "a library is damaged (" + e.getMessage() + ")", List.of());
		}
		if (!missing.isEmpty()) return new CudaBuild(folder, source, version,
			"it lacks " + missing.stream().limit(4).collect(Collectors.joining(", "))
				+ (missing.size() > 4 ? " and " + (missing.size() - 4) + " more" : "") + " of CUDA",
			List.of());
		// DJL loads what lies in the folder itself.
		return new CudaBuild(folder, source, version, "",
			order.values().stream().filter(l -> !l.getParent().equals(folder)).toList());
	}

	private String why(final Path folder, final String version, final Optional<String> kind) {
		if (!Files.exists(folder.resolve(System.mapLibraryName("torch"))))
			return "there is no " + System.mapLibraryName("torch") + " in it";
		if (kind.filter(k -> k.startsWith("rocm")).isPresent()
			|| Files.exists(folder.resolve(System.mapLibraryName("torch_hip"))))
			return "it is for AMD's cards (ROCm), for which there is no native glue";
		if (version.isEmpty()) return "nothing says which version it is";
		if (!version.equals(needed))
			return "version " + needed + " is needed, the only one that the native glue was built for";
		if (kind.filter(k -> k.startsWith("cpu")).isPresent()
			|| !Files.exists(folder.resolve(System.mapLibraryName("torch_cuda")))) return "it is built without CUDA";
		if (kind.filter(k -> k.startsWith("cu") && !k.startsWith("cu12")).isPresent()) return "it is built for CUDA "
			+ kind.get().substring(2).replaceFirst("(?<=[0-9])(?=[0-9]$)", ".") + ", and CUDA 12 is needed";
		return "";
	}

	/** Puts what a library needs into the order in which it can be loaded: first what needs nothing more. */
	private static void follow(final Path library, final List<Path> folders, final Map<String, Path> order,
		final Set<String> missing) throws IOException
	{
		for (final String name : ElfFile.needed(library)) {
			if (!OF_CUDA.matcher(name).matches() || order.containsKey(name) || missing.contains(name)) continue;
			final Optional<Path> found = folders.stream().map(f -> f.resolve(name)).filter(Files::exists).findFirst();
			if (found.isEmpty()) missing.add(name);
			else {
				follow(found.get(), folders, order, missing);
				order.put(name, found.get());
			}
		}
	}

	private static void later(final Path found, final List<Path> folders, final Map<String, Path> order,
		final Set<String> missing) throws IOException
	{
		if (!found.getFileName().toString().matches("lib(cudnn|nvrtc)\\.so.*")) return;
		try (Stream<Path> all = Files.list(found.getParent())) {
			for (final Path p : all.sorted().toList()) {
				final String name = p.getFileName().toString();
				final boolean same = name.startsWith(found.getFileName().toString().replaceFirst("\\.so.*", ""));
				if (!same || !LOADED_LATER.matcher(name).matches() || order.containsKey(name)) continue;
				follow(p, folders, order, missing);
				order.put(name, p);
			}
		}
	}

	private static Optional<String> text(final Path file) {
		try {
			return Files.isRegularFile(file) && Files.size(file) < SMALL
				? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1)) : Optional.empty();
		}
		catch (final IOException e) {
			return Optional.empty();
		}
	}
}
