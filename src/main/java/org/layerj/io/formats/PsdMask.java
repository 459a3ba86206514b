package org.layerj.io.formats;

import java.io.IOException;
import java.util.Optional;
import org.layerj.io.header.Broken;

/** The mask of a layer or of a group, on the canvas: how much of it is shown where, density worked in. */
final class PsdMask {

	private final PsdRecord.MaskArea area;
	private final byte[] levels;
	private final int width;

	private PsdMask(final PsdRecord.MaskArea area, final byte[] levels) {
		this.area = area;
		this.levels = levels;
		this.width = area.right() - area.left();
	}

	/**
	 * Reads the mask of a record whose channels begin at {@code data}; none if it has none that is in use.
	 *
	 * @param bytes of a sample
	 */
	static Optional<PsdMask> read(final PsdIn in, final Room room, final PsdRecord record, final long data,
		final int bytes) throws IOException
	{
		if (record.mask().isEmpty() || !record.lengths().containsKey(PsdPixels.MASK)) return Optional.empty();
		final PsdRecord.MaskArea area = record.mask().get();
		final long w = (long) area.right() - area.left();
		final long h = (long) area.bottom() - area.top();
		if (w < 0 || h < 0 || w > PsdWriter.LARGE_SIDE || h > PsdWriter.LARGE_SIDE)
			throw new Broken("a mask that is too large");
		if (w == 0 || h == 0) return Optional.of(new PsdMask(area, new byte[0]));
		long at = data;
		for (final var channel : record.lengths().entrySet()) {
			if (channel.getKey() == PsdPixels.MASK) break;
			at += channel.getValue();
		}
		final long end = at + record.lengths().get(PsdPixels.MASK);
		in.seek(at);
		final int code = in.u16();
		PsdPlane.check(in, code, w * h * bytes, end);
		room.take(w, h, 1);
		final byte[] levels = new byte[(int) (w * h)];
		PsdPlane.read(in, code, (int) w, (int) h, bytes, end, (y, row) -> {
			for (int x = 0; x < w; x++) levels[(int) (y * w + x)] = row[x * bytes];
		});
		return Optional.of(new PsdMask(area, levels));
	}

	/** What is shown of a pixel of the canvas, 0 … 255. */
	int at(final int x, final int y) {
		final boolean in = x >= area.left() && x < area.right() && y >= area.top() && y < area.bottom();
		final int level = in ? levels[(y - area.top()) * width + x - area.left()] & 0xff : area.outside();
		// What a mask of less density hides is hidden in part.
		return 255 - ((255 - level) * area.density() + 127) / 255;
	}
}
