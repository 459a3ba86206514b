package org.layerj.decompose.child;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.layerj.decompose.Decomposer;

/**
 * Where the classes of this program come from, for another Java: the class path, the module path (Fiji has PyTorch's
 * libraries there), and what class loaders were given, such as those of ImageJ's plugins and of Maven.
 */
final class ClassPath {

	private ClassPath() {}

	/** As {@code CLASSPATH} has it. */
	static String here() {
		final Set<String> all = new LinkedHashSet<>();
		for (ClassLoader loader = Decomposer.class.getClassLoader(); loader != null; loader = loader.getParent()) {
			if (loader instanceof URLClassLoader urls)
				Arrays.stream(urls.getURLs()).flatMap(u -> file(u).stream()).forEach(all::add);
		}
		all.addAll(split("java.class.path"));
		for (final String path : split("jdk.module.path"))
			all.add(Files.isDirectory(Path.of(path)) ? path + File.separator + "*" : path);
		// The last resort: where this very class is.
		Optional.ofNullable(Decomposer.class.getProtectionDomain().getCodeSource())
			.flatMap(c -> file(c.getLocation()))
			.ifPresent(all::add);
		return String.join(File.pathSeparator, all);
	}

	private static Set<String> split(final String property) {
		final Set<String> all =
			new LinkedHashSet<>(Arrays.asList(System.getProperty(property, "").split(File.pathSeparator)));
		all.remove("");
		return all;
	}

	private static Optional<String> file(final URL url) {
		try {
			return Optional.of(url)
				.filter(u -> u.getProtocol().equals("file"))
				.map(URL::toExternalForm)
				.map(u -> u.replace(" ", "%20"))
				.map(URI::create)
				.map(Path::of)
				.map(Path::toString);
		}
		catch (final IllegalArgumentException e) {
			return Optional.empty();
		}
	}
}
