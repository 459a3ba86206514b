package org.layerj.layers;

import java.util.Arrays;
import java.util.List;
import net.imglib2.img.Img;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * An 8-bit picture with straight (un-premultiplied) alpha: four planes R, G, B, A, each row by row, one byte per pixel.
 * <p>
 * Pictures are values. The planes are handed out without a copy, because a layer of a large picture is large; whoever
 * wants to change pixels makes a {@link #copy()} first. Colour under alpha 0 is kept as it is.
 * <p>
 * Planes rather than interleaved pixels: that is how ImageJ's stacks and the network's tensors hold a picture too.
 */
public final class RgbaImage {

	/** Number of planes, and the plane numbers. */
	public static final int PLANES = 4, RED = 0, GREEN = 1, BLUE = 2, ALPHA = 3;

	private final int width;
	private final int height;
	private final byte[][] planes;

	private RgbaImage(final int width, final int height, final byte[][] planes) {
		if (width < 1 || height < 1) throw new IllegalArgumentException(
			"A picture is at least 1 × 1 pixels, not " + width + " × " + height + ".");
		if ((long) width * height > Integer.MAX_VALUE - 8)
			throw new IllegalArgumentException("A picture of " + width + " × " + height + " pixels is too large.");
		for (final byte[] plane : planes) {
			if (plane.length != width * height) throw new IllegalArgumentException(
				"A plane of " + plane.length + " bytes is not " + width + " × " + height + ".");
		}
		this.width = width;
		this.height = height;
		this.planes = planes;
	}

	/**
	 * A transparent black picture.
	 *
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @return a picture of its own memory
	 */
	public static RgbaImage blank(final int width, final int height) {
		final int n = Math.multiplyExact(width, height);
		return new RgbaImage(width, height, new byte[][] { new byte[n], new byte[n], new byte[n], new byte[n] });
	}

	/**
	 * A picture over existing planes of width × height bytes each; they are not copied.
	 *
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @param red row by row, as all planes
	 * @param green as red
	 * @param blue as red
	 * @param alpha as red; 0 transparent, 255 opaque
	 * @return a picture over these planes
	 * @throws IllegalArgumentException if a plane has another length
	 */
	public static RgbaImage ofPlanes(final int width, final int height, final byte[] red, final byte[] green,
		final byte[] blue, final byte[] alpha)
	{
		return new RgbaImage(width, height, new byte[][] { red, green, blue, alpha });
	}

	/**
	 * A picture from pixels {@code 0xAARRGGBB}, row by row, straight alpha.
	 *
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @param argb {@code width * height} pixels
	 * @return a picture of its own memory
	 * @throws IllegalArgumentException if there are more pixels or fewer
	 */
	public static RgbaImage ofArgb(final int width, final int height, final int[] argb) {
		if (argb.length != width * height)
			throw new IllegalArgumentException(argb.length + " pixels are not " + width + " × " + height + ".");
		final RgbaImage image = blank(width, height);
		for (int i = 0; i < argb.length; i++) {
			image.planes[RED][i] = (byte) (argb[i] >> 16);
			image.planes[GREEN][i] = (byte) (argb[i] >> 8);
			image.planes[BLUE][i] = (byte) argb[i];
			image.planes[ALPHA][i] = (byte) (argb[i] >> 24);
		}
		return image;
	}

	/** {@return the width in pixels} */
	public int width() {
		return width;
	}

	/** {@return the height in pixels} */
	public int height() {
		return height;
	}

	/**
	 * The pixels of one plane, not a copy: value of (x, y) at {@code y * width + x}, read with {@code & 0xff}.
	 *
	 * @param plane {@link #RED}, {@link #GREEN}, {@link #BLUE} or {@link #ALPHA}
	 * @return {@code width * height} bytes
	 */
	public byte[] plane(final int plane) {
		return planes[plane];
	}

	/**
	 * One pixel as {@code 0xAARRGGBB}.
	 *
	 * @param x column, counted from 0 at the left
	 * @param y row, counted from 0 at the top
	 * @return straight alpha in the highest eight bits
	 * @throws IndexOutOfBoundsException outside of the picture
	 */
	public int argb(final int x, final int y) {
		if (x < 0 || y < 0 || x >= width || y >= height)
			throw new IndexOutOfBoundsException("(" + x + ", " + y + ") is outside " + width + " × " + height);
		return argbAt(y * width + x);
	}

	/** {@return all pixels as {@code 0xAARRGGBB}, row by row, a copy} */
	public int[] argb() {
		final int[] out = new int[width * height];
		for (int i = 0; i < out.length; i++) out[i] = argbAt(i);
		return out;
	}

	/** {@return the picture as an imglib2 image of size (width, height, 4) over the same memory} */
	public Img<UnsignedByteType> img() {
		final List<ByteArray> slices = Arrays.stream(planes).map(ByteArray::new).toList();
		final PlanarImg<UnsignedByteType, ByteArray> img =
			new PlanarImg<>(slices, new long[] { width, height, PLANES }, new UnsignedByteType().getEntitiesPerPixel());
		img.setLinkedType(new UnsignedByteType(img));
		return img;
	}

	/** {@return the same picture in memory of its own} */
	public RgbaImage copy() {
		return new RgbaImage(width, height, Arrays.stream(planes).map(byte[]::clone).toArray(byte[][]::new));
	}

	/**
	 * A part of this picture, copied. Where the part reaches beyond the picture it is transparent black.
	 *
	 * @param part may reach beyond the picture
	 * @return a picture as large as the part
	 */
	public RgbaImage crop(final Bounds part) {
		return window(part.x(), part.y(), part.width(), part.height());
	}

	/** {@link #crop} for windows whose far edges no {@link Bounds} can express. */
	RgbaImage window(final int x, final int y, final int windowWidth, final int windowHeight) {
		final RgbaImage out = blank(windowWidth, windowHeight);
		final int left = Math.max(0, x);
		final int right = (int) Math.min(width, (long) x + windowWidth);
		final int bottom = (int) Math.min(height, (long) y + windowHeight);
		for (int c = 0; c < PLANES && left < right; c++) {
			for (int row = Math.max(0, y); row < bottom; row++) {
				System.arraycopy(planes[c], row * width + left, out.planes[c], (row - y) * windowWidth + left - x,
					right - left);
			}
		}
		return out;
	}

	/** {@return whether every pixel is opaque} */
	public boolean isOpaque() {
		for (final byte a : planes[ALPHA]) if (a != -1) return false;
		return true;
	}

	private int argbAt(final int i) {
		return planes[ALPHA][i] << 24 | (planes[RED][i] & 0xff) << 16 | (planes[GREEN][i] & 0xff) << 8
			| planes[BLUE][i] & 0xff;
	}

	/** Whether all four planes are equal, colour under alpha 0 included. */
	@Override
	public boolean equals(final Object other) {
		return other instanceof RgbaImage o && width == o.width && height == o.height
			&& Arrays.deepEquals(planes, o.planes);
	}

	@Override
	public int hashCode() {
		return 31 * (31 * width + height) + Arrays.deepHashCode(planes);
	}

	@Override
	public String toString() {
		return "RgbaImage " + width + " × " + height;
	}
}
