package org.layerj.io;

import java.io.IOException;

/** Pixels are of a kind that is no picture to look at: neither grey nor RGB, or neither 8 nor 16 bits. */
final class PixelKindException extends IOException {

	private static final long serialVersionUID = 1L;

	PixelKindException() {
		super("pixels of an unsupported kind");
	}
}
