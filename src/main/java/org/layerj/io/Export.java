package org.layerj.io;

import org.layerj.common.Progress;

/**
 * A file of a result folder with the layers for another program.
 *
 * @param format its key, as in {@code --export}
 * @param writer writes the file
 */
public record Export(String format, Writer writer) {

	/** Writes a file in a staging folder. */
	@FunctionalInterface
	public interface Writer {

		/**
		 * @param staging folder in which the file is made
		 * @param progress asked now and then whether to stop
		 * @return the file's name
		 * @throws OutputException if it cannot be made
		 */
		String write(Staging staging, Progress progress);
	}

	/**
	 * One that is written, as the record lists it.
	 *
	 * @param format its key
	 * @param file name of the file in the result folder
	 * @param bytes its length
	 * @param sha256 its hash, 64 hexadecimal digits
	 */
	record Written(String format, String file, long bytes, String sha256) {}
}
