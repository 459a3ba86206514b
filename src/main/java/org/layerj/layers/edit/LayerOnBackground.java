package org.layerj.layers.edit;

import java.util.Arrays;
import java.util.Optional;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Diffusion;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;

/**
 * One layer as an opaque picture on a background, with a margin and a mask of the pixels that may change, for editors
 * without alpha. The result is brought into the layer by {@link #colours}, or by {@link Replace#part} if it has a matte
 * of its own.
 *
 * @param box where on the canvas the picture lies; it may reach beyond
 * @param picture the layer on the background, opaque, as large as the box
 * @param background the background alone
 * @param mask the pixels of the box that may become new
 */
public record LayerOnBackground(Bounds box, RgbaImage picture, RgbaImage background, Mask mask) {

	/** What lies behind the layer. */
	public enum Kind {
		/** One colour that the layer has nothing of. */
		PLAIN,
		/** All visible layers below it, on white. */
		FIGURE
	}

	/** Room around the layer, as a share of its longer side, and in pixels at least. */
	private static final double ROOM = 0.12;
	private static final int LEAST_ROOM = 8;
	/** The picture's longer side is at most so many times its shorter one. */
	private static final int LONGEST = 4;
	/** Plain colours, the usual ones first. */
	private static final int[] PLAIN = { 0xffffff, 0x808080, 0x000000, 0x00b140, 0xff00ff };
	/** A colour within this of the background, in levels of the channel that differs most, is lost on it. */
	private static final int LOST = 64;
	/** Least alpha from which a colour is computed from a mixture with the background. */
	private static final int CLEAR = 128;

	/**
	 * Puts a layer on a background.
	 *
	 * @param stack in which the layer is
	 * @param layer not changed
	 * @param kind what is behind the layer
	 * @param selection pixels of the canvas to which new ones are limited; empty for no limit
	 * @param shape whether the layer's shape may change; otherwise only pixels it has may become new
	 * @return what is to be sent to a model that edits pictures
	 * @throws EditException if there would be nothing to change
	 */
	public static LayerOnBackground of(final LayerStack stack, final Layer layer, final Kind kind,
		final Optional<Mask> selection, final boolean shape)
	{
		final Bounds seen = AlphaBounds.of(layer)
			.orElseThrow(() -> new EditException(
				"Layer " + layer.name() + " is empty, so there is nothing that words could change."));
		final Bounds box = around(seen);
		final RgbaImage own = Gather.cut(layer, box, i -> true).pixels();
		final RgbaImage background = kind == Kind.PLAIN ? plain(own) : below(stack, layer, box);
		final byte[] alpha = own.plane(RgbaImage.ALPHA);
		final Mask mask = Mask.of(box.width(), box.height(), i -> {
			final int x = box.x() + i % box.width();
			final int y = box.y() + i / box.width();
			return (shape || alpha[i] != 0)
				&& selection.map(s -> x >= 0 && y >= 0 && x < s.width() && y < s.height() && s.get(x, y)).orElse(true);
		});
		if (mask.count() == 0) throw new EditException(
			"The selection holds nothing of layer " + layer.name() + ", so there is nothing that words could change.");
		return new LayerOnBackground(box, over(own, background), background, mask);
	}

	private static Bounds around(final Bounds seen) {
		final int room = Math.max(LEAST_ROOM, (int) Math.round(ROOM * Math.max(seen.width(), seen.height())));
		final int longest = Math.max(seen.width(), seen.height()) + 2 * room;
		final int least = (longest + LONGEST - 1) / LONGEST;
		final int width = Math.max(seen.width() + 2 * room, least);
		final int height = Math.max(seen.height() + 2 * room, least);
		return new Bounds(seen.x() - (width - seen.width()) / 2, seen.y() - (height - seen.height()) / 2, width,
			height);
	}

	/** The first of the plain colours on which as little of the layer as possible is lost. */
	private static RgbaImage plain(final RgbaImage own) {
		final long[] lost = new long[PLAIN.length];
		final byte[] alpha = own.plane(RgbaImage.ALPHA);
		long all = 0;
		for (int i = 0; i < alpha.length; i++) {
			final int a = alpha[i] & 0xff;
			all += a;
			for (int k = 0; k < PLAIN.length; k++) if (distance(own, i, PLAIN[k]) < LOST) lost[k] += a;
		}
		int best = 0;
		// In hundredths: a few pixels are no reason for an unusual background.
		for (int k = 1; k < PLAIN.length; k++) if (lost[k] * 100 / all < lost[best] * 100 / all) best = k;
		final int[] argb = new int[alpha.length];
		Arrays.fill(argb, 0xff000000 | PLAIN[best]);
		return RgbaImage.ofArgb(own.width(), own.height(), argb);
	}

	private static int distance(final RgbaImage picture, final int i, final int rgb) {
		return Math.max(Math.abs((picture.plane(RgbaImage.RED)[i] & 0xff) - (rgb >> 16 & 0xff)),
			Math.max(Math.abs((picture.plane(RgbaImage.GREEN)[i] & 0xff) - (rgb >> 8 & 0xff)),
				Math.abs((picture.plane(RgbaImage.BLUE)[i] & 0xff) - (rgb & 0xff))));
	}

	private static RgbaImage below(final LayerStack stack, final Layer layer, final Bounds box) {
		final LayerStack under =
			new LayerStack(stack.width(), stack.height(), stack.layers().subList(0, stack.indexOf(layer.id())));
		return white(Compositor.flatten(under, 0xffffffff).crop(box));
	}

	/** White beyond the canvas. */
	private static RgbaImage white(final RgbaImage picture) {
		return over(picture, RgbaImage.ofArgb(1, 1, new int[] { -1 }));
	}

	/** A picture on an opaque one as large, or of one pixel that stands for all. */
	private static RgbaImage over(final RgbaImage picture, final RgbaImage background) {
		final RgbaImage out = RgbaImage.blank(picture.width(), picture.height());
		final byte[] alpha = picture.plane(RgbaImage.ALPHA);
		final boolean one = background.width() * background.height() == 1;
		for (int c = 0; c < 3; c++) for (int i = 0; i < alpha.length; i++) {
			final int a = alpha[i] & 0xff;
			out.plane(c)[i] =
				(byte) ((a * (picture.plane(c)[i] & 0xff) + (255 - a) * (background.plane(c)[one ? 0 : i] & 0xff) + 127)
					/ 255);
		}
		Arrays.fill(out.plane(RgbaImage.ALPHA), (byte) 255);
		return out;
	}

	/**
	 * The result as an opaque picture: where it is transparent, the background shows.
	 *
	 * @param answer as large as the box
	 * @return opaque
	 */
	public RgbaImage opaque(final RgbaImage answer) {
		return answer.isOpaque() ? answer : over(answer, background);
	}

	/**
	 * The layer in its own shape with the colours of a result: the background is removed from its soft pixels, and
	 * where these are too faint for that, neighbouring colours are continued. Outside of the mask nothing changes;
	 * within it every pixel is generated.
	 *
	 * @param layer that was put on the background
	 * @param answer opaque, as large as the box
	 * @param model that generated it
	 * @return the layer with new colours
	 */
	public Layer colours(final Layer layer, final RgbaImage answer, final String model) {
		final byte[] alpha = Gather.cut(layer, box, i -> true).pixels().plane(RgbaImage.ALPHA);
		int most = 0;
		for (int i = 0; i < alpha.length; i++) if (mask.get(i)) most = Math.max(most, alpha[i] & 0xff);
		// Of a layer that is faint everywhere the clearest pixels must do.
		final int clear = Math.min(CLEAR, (most + 1) / 2);
		final RgbaImage out = RgbaImage.blank(box.width(), box.height());
		for (int c = 0; c < 3; c++) {
			final double[] plane = new double[alpha.length];
			for (int i = 0; i < alpha.length; i++) {
				final int a = alpha[i] & 0xff;
				final double behind = background.plane(c)[i] & 0xff;
				if (a > 0)
					plane[i] = Math.max(0, Math.min(255, behind + ((answer.plane(c)[i] & 0xff) - behind) * 255 / a));
			}
			final double[] filled =
				Diffusion.fill(plane, box.width(), box.height(), i -> mask.get(i) && (alpha[i] & 0xff) >= clear, 0);
			for (int i = 0; i < filled.length; i++) out.plane(c)[i] = Warp.level(filled[i]);
		}
		for (int i = 0; i < alpha.length; i++) out.plane(RgbaImage.ALPHA)[i] = (byte) (mask.get(i) ? 255 : 0);
		return Replace.colours(layer, box, out, model);
	}

}
