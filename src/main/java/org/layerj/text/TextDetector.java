package org.layerj.text;

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
 * The small text detector of PP-OCRv6: how likely each pixel of a picture belongs to the core of a line of text.
 * <p>
 * Differentiable binarization (Liao et al., AAAI 2020) on a PP-LCNetV4 backbone with four stages at strides 4, 8, 16
 * and 32 and a feature pyramid. It marks the core of a line, the outline shrunk by 0.4 of the offset at which it would
 * vanish; {@link TextBoxes} grows it again. 2.45 million weights, converted from PaddleOCR's (see {@code NOTICE.txt}
 * beside them) by {@code training/convert_text_models.py}.
 * <p>
 * One instance may be used by one thread at a time.
 */
public final class TextDetector implements AutoCloseable {

	/** Name of the weights' resource beside this class. */
	public static final String FILE = "text_detector.safetensors";

	/** Heights and widths of input have to be multiples of this, pixels. */
	public static final int GRID = 32;

	private static final Program PROGRAM = Program.load(TextDetector.class, "text_detector.py");

	private final Device device;
	private final Scope resident = Torch.scope();
	private final Map<String, Tensor> weights;

	/**
	 * Loads the weights, 10 MB.
	 *
	 * @param device on which it computes
	 */
	public TextDetector(final Device device) {
		this.device = device;
		try {
			weights = new Weights(Component.openFile(ModelFiles.resources("text detector", "/org/layerj/text/"), FILE),
				device, DType.F32).all(resident);
		}
		catch (final RuntimeException e) {
			resident.close();
			throw e;
		}
	}

	/**
	 * Computes the probability map of one picture.
	 *
	 * @param rgb red, green and blue plane one after another, {@code 3 · height · width} bytes
	 * @param width a multiple of {@link #GRID}
	 * @param height a multiple of {@link #GRID}
	 * @return the probability of text at each pixel, row by row, 0 … 1
	 */
	public float[] probability(final byte[] rgb, final int width, final int height) {
		if (width < GRID || height < GRID || width % GRID != 0 || height % GRID != 0)
			throw new IllegalArgumentException(
				"Width and height must be multiples of " + GRID + ", not " + width + " × " + height + ".");
		try (Scope scope = Torch.scope()) {
			final Tensor bytes = Tensors.to(scope, Tensors.of(scope, rgb, 1, 3, height, width), device, DType.U8);
			return PROGRAM.tensor(scope, "probability", PROGRAM.tensor(scope, "picture", bytes), weights).toFloats();
		}
	}

	@Override
	public void close() {
		resident.close();
	}
}
