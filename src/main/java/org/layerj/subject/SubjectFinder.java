package org.layerj.subject;

import java.util.Optional;
import org.layerj.common.Progress;
import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;
import org.layerj.torch.Device;

/**
 * Finds the salient subject of a photograph, if it has one, as a soft mask of the picture's own size.
 * <p>
 * The {@link SubjectNetwork} sees the picture in 320 × 320 pixels, on white where it is transparent;
 * {@link GuidedUpsampling} brings its mask to the picture's size along the picture's edges. There is a subject if the
 * mask covers {@value #SMALLEST} to {@value #LARGEST} of the picture and is clear enough
 * ({@link FoundSubject#certainty} of {@value #CERTAIN} or more).
 * <p>
 * Calls from several threads run one after another.
 */
public final class SubjectFinder implements AutoCloseable {

	/** Share of the picture that a subject covers at least and at most; least certainty. */
	private static final double SMALLEST = 0.003;
	private static final double LARGEST = 0.9;
	private static final double CERTAIN = 0.6;

	private final SubjectNetwork network;

	/** Loads the network for the CPU. */
	public SubjectFinder() {
		this(Device.CPU);
	}

	/**
	 * Loads the network.
	 *
	 * @param device on which it computes
	 */
	public SubjectFinder(final Device device) {
		network = new SubjectNetwork(device);
	}

	/**
	 * Finds the subject of a picture.
	 *
	 * @param picture any size; straight alpha; not changed
	 * @param watch receives the share that is done, 0 … 1; may throw to stop it
	 * @return empty if there is none
	 */
	public synchronized Optional<FoundSubject> find(final RgbaImage picture, final Progress watch) {
		final FoundSubject seen = look(picture, watch);
		double share = 0;
		for (final byte a : seen.alpha()) share += (a & 0xff) / 255.0;
		share /= seen.alpha().length;
		return seen.certainty() >= CERTAIN && share >= SMALLEST && share <= LARGEST ? Optional.of(seen)
			: Optional.empty();
	}

	/**
	 * The network's mask, whether it is a subject or not.
	 *
	 * @param picture any size; straight alpha; not changed
	 * @param watch receives the share that is done, 0 … 1; may throw to stop
	 * @return the mask at the picture's size
	 */
	public synchronized FoundSubject look(final RgbaImage picture, final Progress watch) {
		watch.check();
		final byte[][] rgb = onWhite(picture);
		final int size = SubjectNetwork.SIZE;
		final byte[][] small = new byte[3][];
		final byte[] joined = new byte[3 * size * size];
		for (int c = 0; c < 3; c++) {
			small[c] =
				PillowResize.plane(rgb[c], picture.width(), picture.height(), size, size, PillowResize.Filter.LANCZOS);
			System.arraycopy(small[c], 0, joined, c * size * size, size * size);
		}
		watch.update(0.1, "");
		final float[] mask = network.subject(joined, size, size);
		watch.check();
		watch.update(0.8, "");
		final byte[] alpha =
			new GuidedUpsampling(small, mask, size, size).apply(rgb, picture.width(), picture.height());
		watch.update(1, "");
		return new FoundSubject(picture.width(), picture.height(), alpha, certainty(mask));
	}

	/** Intersection over union of the mask with its pixels above ½. */
	private static double certainty(final float[] mask) {
		double inside = 0;
		double around = 0;
		for (final float m : mask) {
			inside += m > 0.5 ? m : 0;
			around += m > 0.5 ? 1 : m;
		}
		return around < 1 ? 0 : inside / around;
	}

	private static byte[][] onWhite(final RgbaImage picture) {
		if (picture.isOpaque()) return new byte[][] { picture.plane(0), picture.plane(1), picture.plane(2) };
		final byte[] alpha = picture.plane(RgbaImage.ALPHA);
		final byte[][] out = new byte[3][alpha.length];
		for (int c = 0; c < 3; c++) for (int i = 0; i < alpha.length; i++) {
			final int a = alpha[i] & 0xff;
			out[c][i] = (byte) (((picture.plane(c)[i] & 0xff) * a + 255 * (255 - a) + 127) / 255);
		}
		return out;
	}

	@Override
	public synchronized void close() {
		network.close();
	}
}
