package org.layerj.io.formats;

import java.awt.Image;
import java.awt.Rectangle;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.Vector;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/**
 * A picture for the Java library's writers that is made while they write it, a few rows at a time: interleaved straight
 * RGBA or grey with alpha, 8 or 16 bits.
 */
final class RowImage implements RenderedImage {

	/** Fills rows. */
	private interface Source {

		/** Puts all samples of row y into {@code out}, channel after channel for each pixel. */
		void row(int y, int[] out);
	}

	/** Rows of the flattened picture made at a time. */
	private static final int BAND = 64;

	private final int width;
	private final int height;
	private final ColorModel colors;
	private final Source source;
	private final Steps steps;

	private RowImage(final int width, final int height, final Depth depth, final Source source, final Steps steps) {
		this(width, height,
			new ComponentColorModel(
				ColorSpace.getInstance(depth.colours() == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB), true, false,
				Transparency.TRANSLUCENT, depth.bytes() == 1 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT),
			source, steps);
	}

	private RowImage(final int width, final int height, final ColorModel colors, final Source source,
		final Steps steps)
	{
		this.width = width;
		this.height = height;
		this.colors = colors;
		this.source = source;
		this.steps = steps;
	}

	/** A layer, as large as its bounds. */
	static RowImage of(final Layer layer, final Depth depth, final Steps steps) {
		final int bands = depth.colours() + 1;
		final int w = layer.bounds().width();
		return new RowImage(w, layer.bounds().height(), depth, (y, out) -> {
			for (int c = 0; c < bands; c++)
				for (int x = 0; x < w; x++) out[x * bands + c] = depth.sample(layer, c, y * w + x);
		}, steps);
	}

	/** The composite of all layers, 8 bits. */
	static RowImage flat(final LayerStack stack, final Steps steps) {
		return new RowImage(stack.width(), stack.height(), Depth.RGB8, new Source() {

			private int top = -BAND;
			private RgbaImage band = RgbaImage.blank(1, 1);

			@Override
			public void row(final int y, final int[] out) {
				if (y / BAND * BAND != top) {
					top = y / BAND * BAND;
					band = band(stack, top, Math.min(BAND, stack.height() - top));
				}
				for (int c = 0; c < RgbaImage.PLANES; c++) {
					for (int x = 0; x < stack.width(); x++)
						out[x * RgbaImage.PLANES + c] = band.plane(c)[(y - top) * stack.width() + x] & 0xff;
				}
			}
		}, steps);
	}

	/** Some rows of the composite of all layers. */
	static RgbaImage band(final LayerStack stack, final int top, final int rows) {
		return Compositor.flatten(new LayerStack(stack.width(), rows,
			stack.layers()
				.stream()
				.filter(l -> l.bounds().y() < top + rows && l.bounds().bottom() > top)
				.map(l -> l.at(l.bounds().x(), l.bounds().y() - top))
				.toList()));
	}

	/** A picture that is in memory. */
	static RowImage of(final RgbaImage image, final Steps steps) {
		return new RowImage(image.width(), image.height(), Depth.RGB8, (y, out) -> {
			for (int c = 0; c < RgbaImage.PLANES; c++)
				for (int x = 0; x < image.width(); x++)
					out[x * RgbaImage.PLANES + c] = image.plane(c)[y * image.width() + x] & 0xff;
		}, steps);
	}

	/** A part of this picture. */
	RowImage part(final Bounds part) {
		final int bands = colors.getNumComponents();
		final int[] row = new int[width * bands];
		return new RowImage(part.width(), part.height(), colors, (y, out) -> {
			source.row(part.y() + y, row);
			System.arraycopy(row, part.x() * bands, out, 0, part.width() * bands);
		}, steps);
	}

	@Override
	public Raster getData(final Rectangle part) {
		final int bands = colors.getNumComponents();
		final WritableRaster raster = Raster.createInterleavedRaster(colors.getTransferType(), part.width, part.height,
			bands, part.getLocation());
		final int[] row = new int[width * bands];
		for (int y = part.y; y < part.y + part.height; y++) {
			source.row(y, row);
			final int[] some =
				part.width == width ? row : Arrays.copyOfRange(row, part.x * bands, (part.x + part.width) * bands);
			raster.setPixels(part.x, y, part.width, 1, some);
			steps.step((long) part.width * bands * (colors.getTransferType() == DataBuffer.TYPE_BYTE ? 1 : 2));
		}
		return raster;
	}

	@Override
	public Raster getData() {
		return getData(new Rectangle(width, height));
	}

	@Override
	public Raster getTile(final int tileX, final int tileY) {
		return getData();
	}

	@Override
	public WritableRaster copyData(final WritableRaster raster) {
		throw new UnsupportedOperationException("rows only");
	}

	@Override
	public Vector<RenderedImage> getSources() {
		return null;
	}

	@Override
	public Object getProperty(final String name) {
		return Image.UndefinedProperty;
	}

	@Override
	public String[] getPropertyNames() {
		return null;
	}

	@Override
	public ColorModel getColorModel() {
		return colors;
	}

	@Override
	public SampleModel getSampleModel() {
		return colors.createCompatibleSampleModel(width, height);
	}

	@Override
	public int getWidth() {
		return width;
	}

	@Override
	public int getHeight() {
		return height;
	}

	@Override
	public int getMinX() {
		return 0;
	}

	@Override
	public int getMinY() {
		return 0;
	}

	@Override
	public int getNumXTiles() {
		return 1;
	}

	@Override
	public int getNumYTiles() {
		return 1;
	}

	@Override
	public int getMinTileX() {
		return 0;
	}

	@Override
	public int getMinTileY() {
		return 0;
	}

	@Override
	public int getTileWidth() {
		return width;
	}

	@Override
	public int getTileHeight() {
		return height;
	}

	@Override
	public int getTileGridXOffset() {
		return 0;
	}

	@Override
	public int getTileGridYOffset() {
		return 0;
	}
}
