package org.layerj.io.header;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * What is in front of a GIF's first frame. The frame has its place on a screen, which is the picture; where it does not
 * reach, there is nothing.
 */
final class GifHeader {

	private static final int EXTENSION = 0x21, CONTROL = 0xf9, FRAME = 0x2c, TABLE = 0x80;

	private GifHeader() {}

	static PictureHeader read(final PictureBytes bytes) throws IOException {
		final ByteBuffer screen = bytes.at(0, 13, ByteOrder.LITTLE_ENDIAN);
		long at = 13 + table(screen.get(10));
		long control = -1;
		while ((bytes.at(at, 1).get() & 0xff) == EXTENSION) {
			if ((bytes.at(at + 1, 1).get() & 0xff) == CONTROL && bytes.at(at + 2, 1).get() == 4) control = at + 3;
			at += 2;
			// Blocks until an empty one.
			for (int length = bytes.at(at, 1).get() & 0xff; length > 0; length = bytes.at(at, 1).get() & 0xff)
				at += 1 + length;
			at++;
		}
		if ((bytes.at(at, 1).get() & 0xff) != FRAME) throw new Broken("no picture in it");
		final ByteBuffer frame = bytes.at(at, 10, ByteOrder.LITTLE_ENDIAN);
		final int x = frame.getShort(1) & 0xffff;
		final int y = frame.getShort(3) & 0xffff;
		// Frames that reach beyond the screen make it larger, as everywhere.
		final int width = Math.max(screen.getShort(6) & 0xffff, x + (frame.getShort(5) & 0xffff));
		final int height = Math.max(screen.getShort(8) & 0xffff, y + (frame.getShort(7) & 0xffff));
		if (width < 1 || height < 1) throw new Broken("a picture of " + width + " × " + height + " pixels");
		final int palette = table(frame.get(9)) > 0 ? table(frame.get(9)) : table(screen.get(10));
		return new PictureHeader("gif", width, height, Orientation.UPRIGHT, PictureNotes.NONE, Optional.empty(),
			pieces(bytes, control, palette / 3), decoded -> place(decoded, x, y, width, height));
	}

	/**
	 * Without transparency if its colour is beyond the palette: then none is transparent, and the decoder would take
	 * the last.
	 */
	private static List<Piece> pieces(final PictureBytes bytes, final long control, final int colours)
		throws IOException
	{
		if (control < 0 || (bytes.at(control + 3, 1).get() & 0xff) < colours) return Pieces.all(bytes);
		return List.of(Piece.of(0, control), Piece.of(new byte[] { (byte) (bytes.at(control, 1).get() & ~1) }),
			Piece.of(control + 1, bytes.size() - control - 1));
	}

	private static int table(final byte flags) {
		return (flags & TABLE) == 0 ? 0 : 3 << (flags & 7) + 1;
	}

	private static BufferedImage place(final BufferedImage frame, final int x, final int y, final int width,
		final int height)
	{
		if (frame.getWidth() == width && frame.getHeight() == height) return frame;
		final BufferedImage screen = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
		screen.setRGB(x, y, frame.getWidth(), frame.getHeight(),
			frame.getRGB(0, 0, frame.getWidth(), frame.getHeight(), null, 0, frame.getWidth()), 0, frame.getWidth());
		return screen;
	}
}
