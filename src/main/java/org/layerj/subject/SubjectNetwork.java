package org.layerj.subject;

import java.util.Map;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.model.Weights;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Program;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/**
 * The small U-2-Net (Qin et al., Pattern Recognition 2020): for each pixel of a photograph the probability that it
 * belongs to the salient subject.
 * <p>
 * Eleven stages in a U, each a small U of its own. 1.13 million weights, converted from the authors' (see
 * {@code NOTICE.txt} beside them) by {@code training/convert_subject_model.py}. It was trained on pictures of 320 × 320
 * pixels.
 * <p>
 * One instance may be used by one thread at a time.
 */
public final class SubjectNetwork implements AutoCloseable {

	/** Width and height that the network was trained on. */
	public static final int SIZE = 320;

	private static final Program PROGRAM = Program.load(SubjectNetwork.class, "subject.py");

	private final Device device;
	private final Scope resident = Torch.scope();
	private final Map<String, Tensor> weights;

	/**
	 * Loads the weights, 5 MB.
	 *
	 * @param device on which it computes
	 */
	public SubjectNetwork(final Device device) {
		this.device = device;
		try {
			weights = new Weights(
				Component.openFile(ModelFiles.resources("subject", "/org/layerj/subject/"), "subject.safetensors"),
				device, DType.F32).all(resident);
		}
		catch (final RuntimeException e) {
			resident.close();
			throw e;
		}
	}

	/**
	 * Computes the mask of one picture.
	 *
	 * @param rgb red, green and blue plane one after another, {@code 3 · height · width} bytes
	 * @param width at least 32
	 * @param height at least 32
	 * @return the mask, row by row, 0 … 1
	 */
	public float[] subject(final byte[] rgb, final int width, final int height) {
		if (width < 32 || height < 32) throw new IllegalArgumentException(
			"Width and height must be at least 32, not " + width + " × " + height + ".");
		try (Scope scope = Torch.scope()) {
			final Tensor bytes = Tensors.to(scope, Tensors.of(scope, rgb, 1, 3, height, width), device, DType.U8);
			return PROGRAM.tensor(scope, "subject", PROGRAM.tensor(scope, "picture", bytes), weights).toFloats();
		}
	}

	@Override
	public void close() {
		resident.close();
	}
}
