package org.layerj.layers.edit;

import org.layerj.layers.RgbaImage;
import org.layerj.layers.ValueFormat;
import org.layerj.layers.ValueFormat.Channel;
import org.layerj.layers.Values;

/**
 * Values for pixels that have none: those whose colours, shown with the picture's lookup table and display range, come nearest. Only where the picture
 * has one channel is that a question with one answer.
 */
final class ShownValues {

	private ShownValues() {}

	/** Samples that show these colours as nearly as they can. */
	static Values of(final RgbaImage pixels, final ValueFormat format) {
		if (format.channels().size() > 1) throw new EditException("The layers hold samples of " + format.channels().size()
			+ " channels, so that colours alone do not say what to write; convert the picture to RGB before decomposing it.");
		final Channel channel = format.channels().get(0);
		final Values out = Values.blank(format, pixels.width(), pixels.height());
		final int[] argb = pixels.argb();
		for (int i = 0; i < argb.length; i++) {
			if (argb[i] >>> 24 == 0) continue;
			int nearest = 0;
			for (int k = 1; k < 256; k++) {
				if (MainColours.distance2(argb[i] & 0xffffff, channel.lut().rgb(k)) < MainColours.distance2(argb[i] & 0xffffff, channel.lut().rgb(nearest))) nearest = k;
			}
			Warp.set(out.plane(0), format.type(), i, channel.min() + (channel.max() - channel.min()) * nearest / 255);
		}
		return out;
	}
}
