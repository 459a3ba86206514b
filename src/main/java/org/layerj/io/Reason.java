package org.layerj.io;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file operation failed, in words: Java's own messages are often nothing but the file's name, or nothing at all. */
public final class Reason {

	private Reason() {}

	/** A few words without a full stop, never empty. */
	public static String of(final Exception e) {
		if (e instanceof NoSuchFileException f) return f.getFile() + " is missing";
		if (e instanceof AccessDeniedException f) return "no permission for " + f.getFile();
		if (e instanceof FileAlreadyExistsException f) return f.getFile() + " is there already";
		if (e instanceof DirectoryNotEmptyException f) return "the folder " + f.getFile() + " is not empty";
		final String text = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
		final boolean bare = text == null || text.isBlank() || e instanceof FileSystemException f && text.equals(f.getFile());
		return bare ? "for a reason that the system does not tell" : text.strip().replaceAll("\\.+$", "");
	}
}
