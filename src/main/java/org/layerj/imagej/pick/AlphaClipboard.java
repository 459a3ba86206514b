package org.layerj.imagej.pick;

import java.awt.GraphicsEnvironment;
import java.awt.Image;
import java.awt.Toolkit;
import java.awt.datatransfer.Clipboard;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import org.layerj.decompose.DecompositionException;
import org.layerj.layers.RgbaImage;

/** Pictures with alpha in the system's clipboard. Windows keeps no alpha there; Linux and macOS do. */
final class AlphaClipboard {

	private AlphaClipboard() {}

	private record Picture(BufferedImage image) implements Transferable {

		@Override
		public DataFlavor[] getTransferDataFlavors() {
			return new DataFlavor[] { DataFlavor.imageFlavor };
		}

		@Override
		public boolean isDataFlavorSupported(final DataFlavor flavor) {
			return DataFlavor.imageFlavor.equals(flavor);
		}

		@Override
		public Object getTransferData(final DataFlavor flavor) throws UnsupportedFlavorException {
			if (!isDataFlavorSupported(flavor)) throw new UnsupportedFlavorException(flavor);
			return image;
		}
	}

	private static Clipboard clipboard() {
		if (GraphicsEnvironment.isHeadless())
			throw new DecompositionException("There is no clipboard without a screen; export the layers instead.");
		return Toolkit.getDefaultToolkit().getSystemClipboard();
	}

	static void put(final RgbaImage picture) {
		final BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_ARGB);
		image.setRGB(0, 0, picture.width(), picture.height(), picture.argb(), 0, picture.width());
		final Clipboard clipboard = clipboard();
		clipboard.setContents(new Picture(image), null);
	}

	/** The picture there; empty if there is none. */
	static Optional<RgbaImage> get() {
		try {
			final Clipboard clipboard = clipboard();
			if (!clipboard.isDataFlavorAvailable(DataFlavor.imageFlavor)) return Optional.empty();
			final Image image = (Image) clipboard.getData(DataFlavor.imageFlavor);
			final int w = image.getWidth(null);
			final int h = image.getHeight(null);
			if (w < 1 || h < 1) return Optional.empty();
			final BufferedImage drawn = new BufferedImage(w, h, BufferedImage.TYPE_INT_ARGB);
			if (image instanceof BufferedImage known)
				drawn.setRGB(0, 0, w, h, known.getRGB(0, 0, w, h, null, 0, w), 0, w);
			else {
				final var g = drawn.createGraphics();
				g.drawImage(image, 0, 0, null);
				g.dispose();
			}
			return Optional.of(RgbaImage.ofArgb(w, h, drawn.getRGB(0, 0, w, h, null, 0, w)));
		}
		catch (final UnsupportedFlavorException | IOException | IllegalStateException e) {
			throw new DecompositionException(
				"The clipboard cannot be read just now (" + e.getMessage() + "); try again.", e);
		}
	}
}
