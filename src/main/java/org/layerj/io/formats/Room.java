package org.layerj.io.formats;

import java.nio.file.Path;
import org.layerj.decompose.Forecast;
import org.layerj.io.PictureException;
import org.layerj.io.header.Broken;

/**
 * Whether what a file says it holds fits into memory and can be in the file at all: asked before anything of that size
 * is allocated.
 */
final class Room {

	/** No deflated data become more than so many times as large; the most that PackBits can do is less. */
	static final long DEFLATE = 1032;
	/** Two bytes become at most 128. */
	static final long PACK_BITS = 64;

	private final Path file;
	private long promised;

	/** @param file for the message */
	Room(final Path file) {
		this.file = file;
	}

	/**
	 * Takes room for a picture and the masks and values that go with it; throws {@link PictureException} if there is
	 * none.
	 */
	void take(final long width, final long height, final int bytesPerPixel) throws Broken {
		if (width < 1 || height < 1) throw new Broken("a picture of " + width + " × " + height + " pixels");
		final long pixels = width * height;
		if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE || pixels > Integer.MAX_VALUE - 8)
			throw new PictureException("A picture in " + file + " has " + width + " × " + height
				+ " pixels, more than can be worked with; make it smaller.");
		final Runtime java = Runtime.getRuntime();
		if (promised == 0) promised = java.totalMemory() - java.freeMemory();
		promised += pixels * bytesPerPixel;
		if (promised > java.maxMemory()) throw new PictureException(
			"The layers in " + file + " need " + Forecast.gigabytes(promised) + " of memory, but Java may use only "
				+ Forecast.gigabytes(java.maxMemory()) + "; give Java more (-Xmx) or make them smaller.");
	}
}
