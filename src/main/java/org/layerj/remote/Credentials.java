package org.layerj.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who we are to a server: lines {@code ORIGIN bearer TOKEN} or {@code ORIGIN basic USER PASSWORD}, in the environment
 * or in a file that only its owner can read. They are sent to that origin (scheme, host and port) and no other, and
 * only by https, or by http within this computer. Never part of an address, a message, a record or a macro.
 *
 * @param header the value of {@code Authorization}
 * @param secrets what must not appear in anything that is shown
 */
record Credentials(String header, List<String> secrets) {

	/** Environment variable with one such line, or several. */
	static final String VARIABLE = "LAYERJ_CREDENTIALS";
	/** Environment variable with the path of a file of such lines; {@code #} begins a comment. */
	static final String FILE_VARIABLE = "LAYERJ_CREDENTIALS_FILE";

	private static final long LONGEST = 1 << 16;
	private static final String FORM = "a line is ORIGIN bearer TOKEN or ORIGIN basic USER PASSWORD (docs/REMOTE.md)";

	/**
	 * Those for a server, if there are any.
	 *
	 * @param environment of the process
	 * @throws ServerException if they cannot be read, or would be sent for everybody to read
	 */
	static Optional<Credentials> of(final ServerAddress address, final Map<String, String> environment) {
		final Optional<Credentials> found = find(address, environment.getOrDefault(VARIABLE, ""), VARIABLE)
			.or(() -> file(environment).flatMap(text -> find(address, text, FILE_VARIABLE)));
		if (found.isPresent() && !address.base().getScheme().equals("https") && !address.isLocal())
			throw new ServerException("Credentials for " + address.origin()
				+ " would be sent unencrypted, where others can read them; use https or an SSH tunnel (docs/REMOTE.md).");
		return found;
	}

	private static Optional<String> file(final Map<String, String> environment) {
		final String name = environment.getOrDefault(FILE_VARIABLE, "").strip();
		if (name.isEmpty()) return Optional.empty();
		try {
			final Path file = Path.of(name);
			if (!Files.isRegularFile(file))
				throw new ServerException(FILE_VARIABLE + " names no file; correct it or unset it.");
			if (Files.size(file) > LONGEST)
				throw new ServerException("The file that " + FILE_VARIABLE + " names is too long; " + FORM + ".");
			if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
				final Set<PosixFilePermission> all = Files.getPosixFilePermissions(file);
				if (all.contains(PosixFilePermission.GROUP_READ) || all.contains(PosixFilePermission.OTHERS_READ))
					throw new ServerException("The file that " + FILE_VARIABLE
						+ " names can be read by others; make it yours alone (chmod 600).");
			}
			return Optional.of(Files.readString(file));
		}
		catch (IOException | InvalidPathException e) {
			// Without the cause: its text may hold what the file does.
			throw new ServerException(
				"The file that " + FILE_VARIABLE + " names cannot be read; it is a text file in UTF-8.");
		}
	}

	private static Optional<Credentials> find(final ServerAddress address, final String lines, final String where) {
		for (final String line : lines.split("[\\r\\n]+")) {
			final String text = line.strip();
			if (text.isEmpty() || text.startsWith("#")) continue;
			final String[] words = text.split("\\s+");
			final boolean bearer = words.length == 3 && words[1].equalsIgnoreCase("bearer");
			final boolean basic = words.length == 4 && words[1].equalsIgnoreCase("basic");
			if (!bearer && !basic) throw new ServerException("A line in " + where + " is not valid; " + FORM + ".");
			if (!words[0].replaceAll("/+$", "").equalsIgnoreCase(address.origin())) continue;
			if (!words[2].concat(bearer ? "" : words[3]).chars().allMatch(c -> c > 32 && c < 127 || !bearer && c > 160))
				throw new ServerException("The credentials in " + where + " have characters that cannot be sent.");
			final String pair = words[2] + ":" + (bearer ? "" : words[3]);
			final String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
			return Optional.of(bearer ? new Credentials("Bearer " + words[2], List.of(words[2]))
				: new Credentials("Basic " + encoded, List.of(encoded, words[3])));
		}
		return Optional.empty();
	}

	/** Not what it holds. */
	@Override
	public String toString() {
		return "credentials";
	}
}
