package org.layerj.fetch;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file that can be fetched.
 *
 * @param path where it belongs, relative, with forward slashes
 * @param address where it is
 * @param size in bytes
 * @param checksum of its bytes; empty if unknown
 */
public record RemoteFile(String path, URI address, long size, Optional<Checksum> checksum) {

	/** Neither absolute, nor of another drive, nor hidden, nor above the folder. */
	private static final Pattern PATH =
		Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+ -]*(/[A-Za-z0-9_][A-Za-z0-9_.+ -]*)*");

	/** @throws FetchException if the path leads anywhere but into the folder, or the size is none */
	public RemoteFile {
		if (!PATH.matcher(path).matches() || path.length() > 200) throw new FetchException("The list of files names \""
			+ Hub.shown(path) + "\", which is no path in a folder; do not use this source.");
		if (size < 0) throw new FetchException(
			"The list of files gives " + path + " a length of " + size + " bytes; do not use this source.");
	}

	/** By which bytes fetched before are known to belong to the same file. */
	String identity() {
		return checksum.map(Checksum::toString).orElse(address.toString()) + " " + size;
	}
}
