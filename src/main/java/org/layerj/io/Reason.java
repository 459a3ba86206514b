package org.layerj.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;
import org.layerj.decompose.DecompositionException;
import org.layerj.io.header.Broken;

/**
 * The reason why a file operation failed, in words: Java's own messages are often only the file's name, or missing.
 */
public final class Reason {

	private Reason() {}

	/**
	 * A few words without a full stop, never empty.
	 *
	 * @param e that came up with a file
	 * @return for a message
	 */
	public static String of(final Exception e) {
		if (e instanceof NoSuchFileException f) return f.getFile() + " is missing";
		if (e instanceof AccessDeniedException f) return "no permission for " + f.getFile();
		if (e instanceof FileAlreadyExistsException f) return f.getFile() + " is there already";
		if (e instanceof DirectoryNotEmptyException f) return "the folder " + f.getFile() + " is not empty";
		if (e instanceof EOFException) return "it ends too early";
		if (e instanceof ZipException) return "what is compressed in it is damaged";
		if (e instanceof CharacterCodingException) return "its text is damaged";
		final String text =
			e instanceof FileSystemException f ? f.getReason() : ours(e) || systems(e) ? e.getMessage() : null;
		return text == null || text.isBlank() ? "for a reason that the system does not tell"
			: text.strip().replaceAll("\\.+$", "");
	}

	private static boolean ours(final Exception e) {
		return e instanceof Broken || e instanceof DecompositionException;
	}

	/** Whether it is the operating system's text, which Java hands on; libraries speak to programmers. */
	private static boolean systems(final Exception e) {
		final StackTraceElement[] trace = e.getStackTrace();
		return e.getClass() == IOException.class && trace.length > 0
			&& (trace[0].getClassName().startsWith("sun.nio.") || trace[0].getClassName().startsWith("java.io."));
	}
}
