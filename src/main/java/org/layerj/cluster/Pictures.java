package org.layerj.cluster;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.layerj.common.LocaleNames;
import org.layerj.decompose.DecompositionException;
import org.layerj.io.LayerFolder;

/**
 * Pictures to decompose: those in a folder and the folders in it, or those that a text file lists, one path a line. In
 * an order that is the same on every machine.
 *
 * @param items in that order
 */
public record Pictures(List<Item> items) {

	/**
	 * A picture.
	 *
	 * @param file where it is
	 * @param name of its result, a relative path: the picture's own, ending included, so that {@code a.png} and
	 * {@code a.tif} have one each
	 */
	public record Item(Path file, String name) {}

	private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "tif", "tiff", "gif", "bmp");
	private static final long LONGEST_LIST = 256L << 20;

	public Pictures {
		items = List.copyOf(items);
	}

	/** Whether this means several pictures rather than one. */
	public static boolean are(final Path path) {
		return Files.isDirectory(path) || ending(String.valueOf(path.getFileName())).equals("txt");
	}

	/** Whether a file of this name is taken for a picture. */
	static boolean isPicture(final String name) {
		return ENDINGS.contains(ending(name));
	}

	/**
	 * Looks which there are; reads none of them.
	 *
	 * @param path a folder, or a text file with a path in each line; blank lines and those after {@code #} are left
	 * out, and relative paths begin at the list
	 * @param output where results go: what lies there is no picture to decompose
	 * @throws DecompositionException if there are none, or two would have the same result
	 */
	public static Pictures of(final Path path, final Path output) {
		try {
			final List<Item> items = Files.isDirectory(path) ? folder(path, output) : list(path);
			if (items.isEmpty()) throw new DecompositionException(
				"There is no picture (" + String.join(", ", new TreeSet<>(ENDINGS)) + ") in " + path + ".");
			final TreeMap<String, Item> names = new TreeMap<>();
			for (final Item item : items) {
				// Not every file system tells capitals from small letters.
				final Optional<Item> same = Optional.ofNullable(names.put(item.name.toLowerCase(Locale.ROOT), item));
				if (same.isPresent()) throw new DecompositionException("The pictures " + same.get().file + " and "
					+ item.file + " would have the same result " + item.name + "; leave one out or rename it.");
			}
			return new Pictures(items);
		}
		catch (final CharacterCodingException e) {
			throw new DecompositionException("The list " + path + " is not text in UTF-8.", e);
		}
		catch (final IOException e) {
			throw new DecompositionException("The pictures in " + path + " cannot be listed (" + e.getMessage()
				+ "); check that it is there and its permissions.", e);
		}
	}

	private static String ending(final String name) {
		return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
	}

	private static List<Item> folder(final Path folder, final Path output) throws IOException {
		final Path results = output.toAbsolutePath().normalize();
		final List<Item> items = new ArrayList<>();
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(final Path dir, final BasicFileAttributes attributes) {
				final boolean ours = !dir.equals(folder)
					&& (dir.toAbsolutePath().normalize().equals(results) || hidden(dir) || LayerFolder.isResult(dir));
				return ours ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
				if (hidden(file) || !isPicture(String.valueOf(file.getFileName())) || !Files.isRegularFile(file))
					return FileVisitResult.CONTINUE;
				final String name = name(folder.relativize(file));
				// What Java cannot say is this character, and results could not have such names.
				if (name.indexOf('\ufffd') >= 0) LocaleNames.unreadable(name).ifPresent(message -> {
					throw new DecompositionException(message);
				});
				items.add(new Item(file, name));
				return FileVisitResult.CONTINUE;
			}
		});
		items.sort(Comparator.comparing(Item::name));
		return items;
	}

	private static boolean hidden(final Path path) {
		return String.valueOf(path.getFileName()).startsWith(".");
	}

	private static String name(final Path relative) {
		return relative.toString().replace('\\', '/');
	}

	private static List<Item> list(final Path list) throws IOException {
		if (!Files.isRegularFile(list)) throw new DecompositionException("There is no list " + list + ".");
		if (Files.size(list) > LONGEST_LIST)
			throw new DecompositionException("The list " + list + " is too long; split it into several.");
		final Path home = Optional.ofNullable(list.toAbsolutePath().getParent()).orElse(Path.of(""));
		final List<Item> items = new ArrayList<>();
		for (final String line : Files.readAllLines(list)) {
			final String text = line.strip();
			if (text.isEmpty() || text.startsWith("#")) continue;
			try {
				final Path path = Path.of(text);
				final Path file = home.resolve(path).normalize();
				final boolean below = !path.isAbsolute() && file.startsWith(home.normalize());
				items.add(new Item(file, name(below ? home.normalize().relativize(file) : file.getFileName())));
			}
			catch (InvalidPathException | NullPointerException e) {
				throw new DecompositionException(LocaleNames.unreadable(text)
					.orElse("The list " + list + " has a line that is no path of a picture: " + text + "."), e);
			}
		}
		return items;
	}
}
