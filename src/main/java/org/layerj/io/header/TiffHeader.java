package org.layerj.io.header;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a TIFF says of its pages, of BigTIFFs too. Thumbnails and masks are no pages. Cameras' files (DNG, TIFF/EP) have
 * only thumbnails in their chain, and the pictures are in directories beside it.
 *
 * @param pages from the first to the last; at least one
 */
public record TiffHeader(List<TiffPage> pages) {

	private static final int NEW_SUBFILE = 254, SUBFILE = 255;
	/** Bits of the kind of a page: it is another page's thumbnail; it is another page's mask. */
	private static final int REDUCED = 1, MASK = 4;
	private static final int OLD_REDUCED = 2;

	public TiffHeader {
		pages = List.copyOf(pages);
	}

	/**
	 * Looks at a file; throws {@link Broken} if its directories lead out of it or in circles, or if there are none.
	 *
	 * @param bytes of the file
	 * @return its pages
	 * @throws IOException if it cannot be read, or ({@link Broken}) is damaged
	 */
	public static TiffHeader read(final PictureBytes bytes) throws IOException {
		final List<TiffDirectory> all = TiffDirectory.all(bytes);
		if (all.isEmpty()) throw new Broken("no pages");
		final List<TiffPage> pages = new ArrayList<>();
		for (final TiffDirectory d : all) if (isPage(d)) pages.add(new TiffPage(bytes, d));
		if (pages.isEmpty())
			for (final TiffDirectory d : TiffDirectory.beside(all)) if (isPage(d)) pages.add(new TiffPage(bytes, d));
		// A file of nothing but thumbnails is a file of small pictures.
		return new TiffHeader(pages.isEmpty() ? List.of(new TiffPage(bytes, all.get(0))) : pages);
	}

	private static boolean isPage(final TiffDirectory d) throws IOException {
		return (d.number(NEW_SUBFILE, 0) & (REDUCED | MASK)) == 0 && d.number(SUBFILE, 0) != OLD_REDUCED;
	}

	/** The picture, where only one is wanted. */
	PictureHeader main() throws IOException {
		return pages.get(0).header();
	}

	/**
	 * What the file says of all its pages together.
	 *
	 * @return the text of the first page; empty if there is none
	 * @throws IOException if the file cannot be read
	 */
	public Optional<String> description() throws IOException {
		return pages.get(0).directory().text(270);
	}
}
