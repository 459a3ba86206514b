package org.layerj.model;

import org.layerj.torch.Program;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Torch;

/**
 * What the blocks after the first added to the picture in the last pass that was made in full. Where the first block
 * changes the picture almost as it did then, the others are taken to add the same again and are not run: the
 * first-block cache of ParaAttention and diffusers, the idea of TeaCache. One cache for one prompt of one run.
 * <p>
 * It compares with the last full pass, not with the last pass, so that small changes add up until one is made in full.
 * The first and the last step always are.
 */
final class StepCache implements AutoCloseable {

	private static final Program PROGRAM = Program.load(LayeredTransformer.class, "layered_transformer.py");

	private final double threshold;
	private final int steps;
	private Scope first = Torch.scope();
	private Scope rest = Torch.scope();
	/** What the first block added, and what the others did. */
	private Tensor firstAdded;
	private Tensor restAdded;
	private int spared;

	/**
	 * @param threshold a share, above 0
	 * @param steps of the run
	 */
	StepCache(final double threshold, final int steps) {
		this.threshold = threshold;
		this.steps = steps;
	}

	/** Passes that ended after the first block. */
	int spared() {
		return spared;
	}

	/**
	 * Whether the rest of a pass can be spared; if not, it has to be {@linkplain #remember remembered}.
	 *
	 * @param change what the first block added now
	 */
	boolean near(final Tensor change, final int step) {
		if (restAdded != null && step < steps - 1) try (Scope scratch = Torch.scope()) {
			final float share = PROGRAM.tensor(scratch, "share", change, firstAdded).toFloats()[0];
			if (share < threshold) {
				spared++;
				return true;
			}
		}
		final Scope fresh = Torch.scope();
		firstAdded = PROGRAM.tensor(fresh, "copy", change);
		first.close();
		first = fresh;
		return false;
	}

	/** What comes out of the last block, if the others add what they did. */
	Tensor added(final Scope scope, final Tensor afterFirst) {
		return PROGRAM.tensor(scope, "added", afterFirst, restAdded);
	}

	/**
	 * Remembers a full pass.
	 *
	 * @param out of the last block, generated tokens only
	 * @param afterFirst the same tokens after the first block
	 */
	void remember(final Tensor out, final Tensor afterFirst) {
		final Scope fresh = Torch.scope();
		restAdded = PROGRAM.tensor(fresh, "difference", out, afterFirst, out.size(1));
		rest.close();
		rest = fresh;
	}

	@Override
	public void close() {
		first.close();
		rest.close();
	}
}
