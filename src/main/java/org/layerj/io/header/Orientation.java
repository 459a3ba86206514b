package org.layerj.io.header;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;

/**
 * How a stored picture has to be turned to stand upright: tag 274 of TIFF and EXIF, 1 to 8.
 *
 * @param swaps whether rows become columns
 * @param flipX whether the stored rows run from right to left
 * @param flipY whether the stored columns run from the bottom up
 */
public record Orientation(boolean swaps, boolean flipX, boolean flipY) {

	/** As it is stored. */
	public static final Orientation UPRIGHT = new Orientation(false, false, false);

	private static final List<Orientation> ALL = List.of(UPRIGHT, new Orientation(false, true, false),
		new Orientation(false, true, true), new Orientation(false, false, true), new Orientation(true, false, false),
		new Orientation(true, false, true), new Orientation(true, true, true), new Orientation(true, true, false));

	/**
	 * Of a tag's value; what is none of 1 to 8 says nothing.
	 *
	 * @param tag value of the tag
	 * @return how the picture has to be turned
	 */
	public static Orientation of(final long tag) {
		return tag >= 1 && tag <= ALL.size() ? ALL.get((int) tag - 1) : UPRIGHT;
	}

	/**
	 * The picture upright; itself if it is already.
	 *
	 * @param image as it lies in the file
	 * @return upright
	 */
	public RgbaImage turn(final RgbaImage image) {
		if (equals(UPRIGHT)) return image;
		final int w = image.width();
		final int h = image.height();
		final RgbaImage out = RgbaImage.blank(swaps ? h : w, swaps ? w : h);
		for (int c = 0; c < RgbaImage.PLANES; c++) turn(image.plane(c), out.plane(c), w, h);
		return out;
	}

	/**
	 * Samples upright; themselves if they are already.
	 *
	 * @param samples as they lie in the file
	 * @return upright
	 */
	public Samples turn(final Samples samples) {
		if (equals(UPRIGHT)) return samples;
		final int w = samples.width();
		final int h = samples.height();
		final List<Object> planes = new ArrayList<>();
		for (int c = 0; c < samples.channels(); c++) {
			final Object plane = samples.plane(c);
			final Object out = Array.newInstance(plane.getClass().getComponentType(), w * h);
			turn(plane, out, w, h);
			planes.add(out);
		}
		return Samples.of(samples.format(), swaps ? h : w, swaps ? w : h, planes);
	}

	/** Arrays of any one kind. */
	private void turn(final Object from, final Object to, final int w, final int h) {
		final int width = swaps ? h : w;
		for (int y = 0; y < (swaps ? w : h); y++) for (int x = 0; x < width; x++) {
			final int i = swaps ? y : x;
			final int k = swaps ? x : y;
			System.arraycopy(from, (flipY ? h - 1 - k : k) * w + (flipX ? w - 1 - i : i), to, y * width + x, 1);
		}
	}
}
