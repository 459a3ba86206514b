package org.layerj.io.formats;

import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.plugins.tiff.TIFFTag;
import org.layerj.io.header.PixelSize;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;

/** What a TIFF page says of itself besides its pixels. */
final class TiffFields {

	static final int X_POSITION = 286, Y_POSITION = 287, PAGE_NAME = 285, XMP = 700;
	private static final TIFFTag XMP_TAG = new TIFFTag("XMP", XMP, 1 << TIFFTag.TIFF_BYTE);
	private static final long MOST = 0xffffffffL;
	private static final int INCHES = 2, NO_UNIT = 1;

	private TiffFields() {}

	/** The metadata of one page; the first one carries those of the document. */
	static IIOMetadata of(final IIOMetadata base, final LayerDocument document, final int page,
		final Optional<String> manifest) throws IIOInvalidTreeException
	{
		final TIFFDirectory fields = TIFFDirectory.createFromMetadata(base);
		final Layer layer = document.layers().get(page);
		final Optional<PixelSize> size = document.metadata().pixelSize();
		final long[] x = rational(size.map(PixelSize::dpiX).orElse(1.0));
		final long[] y = rational(size.map(PixelSize::dpiY).orElse(1.0));
		put(fields, BaselineTIFFTagSet.TAG_X_RESOLUTION, TIFFTag.TIFF_RATIONAL, new long[][] { x });
		put(fields, BaselineTIFFTagSet.TAG_Y_RESOLUTION, TIFFTag.TIFF_RATIONAL, new long[][] { y });
		put(fields, BaselineTIFFTagSet.TAG_RESOLUTION_UNIT, TIFFTag.TIFF_SHORT,
			new char[] { (char) (size.isPresent() ? INCHES : NO_UNIT) });
		// Positions are in the unit of the resolution, and cannot be negative; so that pages lie on each other as the
		// layers do, all of them are moved by what lies left of or above the canvas. The manifest has them as they are.
		final Bounds all = document.layers()
			.layers()
			.stream()
			.map(Layer::bounds)
			.reduce(Bounds.all(document.layers().width(), document.layers().height()), Bounds::union);
		put(fields, X_POSITION, TIFFTag.TIFF_RATIONAL, new long[][] { position(layer.bounds().x() - all.x(), x) });
		put(fields, Y_POSITION, TIFFTag.TIFF_RATIONAL, new long[][] { position(layer.bounds().y() - all.y(), y) });
		put(fields, BaselineTIFFTagSet.TAG_NEW_SUBFILE_TYPE, TIFFTag.TIFF_LONG, new long[] { 2 });
		put(fields, BaselineTIFFTagSet.TAG_PAGE_NUMBER, TIFFTag.TIFF_SHORT,
			new char[] { (char) page, (char) document.layers().size() });
		put(fields, PAGE_NAME, TIFFTag.TIFF_ASCII, new String[] { pageName(layer.name()) });
		put(fields, BaselineTIFFTagSet.TAG_SOFTWARE, TIFFTag.TIFF_ASCII, new String[] { "Decompose Layers" });
		if (manifest.isPresent())
			put(fields, BaselineTIFFTagSet.TAG_IMAGE_DESCRIPTION, TIFFTag.TIFF_ASCII, new String[] { manifest.get() });
		if (page == 0) {
			final byte[] xmp = document.xmp().getBytes(StandardCharsets.UTF_8);
			fields.addTIFFField(new TIFFField(XMP_TAG, TIFFTag.TIFF_BYTE, xmp.length, xmp));
		}
		final boolean grey = Depth.of(document.layers()).colours() == 1;
		document.metadata().profile().filter(p -> p.grey() == grey).ifPresent(p -> {
			final byte[] profile = p.bytes();
			put(fields, BaselineTIFFTagSet.TAG_ICC_PROFILE, TIFFTag.TIFF_UNDEFINED, profile);
		});
		return fields.getAsMetadata();
	}

	private static void put(final TIFFDirectory fields, final int tag, final int type, final Object data) {
		fields.addTIFFField(
			new TIFFField(BaselineTIFFTagSet.getInstance().getTag(tag), type, Array.getLength(data), data));
	}

	/** What is left of a name: TIFF has ASCII only. */
	static String pageName(final String name) {
		return name.replaceAll("[^ -~]", "?");
	}

	/** As exact as two 32-bit numbers can be with a round denominator. */
	private static long[] rational(final double value) {
		for (long d = 1_000_000; d >= 1; d /= 10)
			if (value * d <= MOST) return new long[] { Math.max(1, Math.round(value * d)), d };
		return new long[] { MOST, 1 };
	}

	private static long[] position(final int pixels, final long[] resolution) {
		final long numerator = pixels * resolution[1];
		return numerator <= MOST ? new long[] { numerator, resolution[0] }
			: new long[] { Math.round((double) numerator / resolution[0]), 1 };
	}
}
