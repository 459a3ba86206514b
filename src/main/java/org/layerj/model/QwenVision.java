package org.layerj.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.layerj.checkpoint.VisionConfig;
import org.layerj.torch.DType;
import org.layerj.torch.Program;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/**
 * The vision tower of Qwen2.5-VL: turns a picture into a sequence of features that the language model reads in place of
 * words.
 * <p>
 * Most blocks let a patch look only at its window; the last of every few look at the whole picture. Windows at the
 * right and lower border may be smaller. Windows of equal size are computed together, so patches are sorted by window
 * for the length of the tower. Weights are read under their old names ({@code visual…}) or the newer ones
 * ({@code model.visual…}).
 */
public final class QwenVision implements AutoCloseable {

	private static final Program PROGRAM = Program.load(QwenVision.class, "qwen_vision.py");
	private static final String OLDER = "visual.";
	private static final String NEWER = "model.visual.";
	private static final String FIRST = "patch_embed.proj.weight";

	private final VisionConfig config;
	private final Weights weights;
	private final String prefix;
	private final Blocks blocks;

	/** @param keep which blocks stay in memory between uses; a picture passes them once */
	public QwenVision(final VisionConfig config, final Weights weights, final Keep keep) {
		this.config = config;
		this.weights = weights;
		prefix = weights.has(NEWER + FIRST) ? NEWER : OLDER;
		blocks = new Blocks(weights, keep, prefix + "blocks.", config.depth(), this::ofBlock);
	}

	/** Whether a text encoder's weights include a vision tower. */
	public static boolean isIn(final Weights weights) {
		return weights.has(OLDER + FIRST) || weights.has(NEWER + FIRST);
	}

	public VisionConfig config() {
		return config;
	}

	/**
	 * The features of a picture, one per {@code merge × merge} patches, row by row.
	 *
	 * @param check called before every block; may throw to stop
	 * @return {@code (rows · columns / merge², out)}
	 */
	public Tensor features(final Scope scope, final ImageProcessor.Patches picture, final Runnable check) {
		final Order order = order(picture.rows(), picture.columns());
		try (Scope scratch = Torch.scope()) {
			final Tensor[] rope = rope(scratch, order);
			Tensor x = embed(scratch, picture, order);
			for (int i = 0; i < blocks.size(); i++) {
				check.run();
				final Tensor next = block(scratch, i, x, rope, order);
				scratch.free(x);
				x = next;
			}
			check.run();
			return merge(scope, x, order);
		}
	}

	/**
	 * How the features of a picture are sorted by window.
	 *
	 * @param units the feature at each place
	 * @param columns features from left to right
	 * @param windows number of windows and patches per window, for each size of window
	 */
	record Order(int[] units, int columns, long[] windows) {}

	/** Sorts the features of a picture of so many patches. */
	Order order(final int rows, final int columns) {
		final int merge = config.merge();
		if (rows < merge || columns < merge || rows % merge != 0 || columns % merge != 0)
			throw new IllegalArgumentException(
				rows + "×" + columns + " patches do not make features of " + merge + "×" + merge);
		final int high = rows / merge;
		final int wide = columns / merge;
		final int side = config.windowUnits();
		final Map<Integer, List<int[]>> bySize = new TreeMap<>();
		for (int top = 0; top < high; top += side) {
			for (int left = 0; left < wide; left += side) {
				final int[] window = new int[Math.min(side, high - top) * Math.min(side, wide - left)];
				int i = 0;
				for (int y = top; y < Math.min(top + side, high); y++)
					for (int x = left; x < Math.min(left + side, wide); x++) window[i++] = y * wide + x;
				bySize.computeIfAbsent(window.length, k -> new ArrayList<>()).add(window);
			}
		}
		final int[] units = new int[high * wide];
		final long[] windows = new long[2 * bySize.size()];
		int place = 0;
		int group = 0;
		for (final Map.Entry<Integer, List<int[]>> e : bySize.entrySet()) {
			windows[group++] = e.getValue().size();
			windows[group++] = (long) e.getKey() * merge * merge;
			for (final int[] window : e.getValue()) {
				System.arraycopy(window, 0, units, place, window.length);
				place += window.length;
			}
		}
		return new Order(units, wide, windows);
	}

	/** Embedded patches in window order, {@code (n, hidden)}. */
	Tensor embed(final Scope scope, final ImageProcessor.Patches picture, final Order order) {
		final int size = config.channels() * config.patch() * config.patch();
		final int perUnit = config.merge() * config.merge() * size;
		if (picture.values().length != order.units().length * perUnit)
			throw new IllegalArgumentException(picture.values().length + " numbers are not " + picture.rows() + "×"
				+ picture.columns() + " patches of " + size);
		final float[] sorted = new float[picture.values().length];
		for (int i = 0; i < order.units().length; i++)
			System.arraycopy(picture.values(), order.units()[i] * perUnit, sorted, i * perUnit, perUnit);
		try (Scope scratch = Torch.scope()) {
			final Tensor patches = Tensors.to(scratch, Tensors.of(scratch, sorted, sorted.length / size, size),
				weights.device(), DType.F32);
			final Tensor kernel = weights.get(scratch, prefix + "patch_embed.proj.weight", config.hidden(),
				config.channels(), config.temporalPatch(), config.patch(), config.patch());
			return PROGRAM.tensor(scope, "embed", patches, kernel, weights.dtype());
		}
	}

	/** Cosine and sine of the patches' angles in window order, {@code (n, 1, headDim)}, float32. */
	Tensor[] rope(final Scope scope, final Order order) {
		final int merge = config.merge();
		final long[] places = new long[2 * order.units().length * merge * merge];
		int i = 0;
		for (final int unit : order.units()) {
			for (int inside = 0; inside < merge * merge; inside++) {
				places[i++] = (long) unit / order.columns() * merge + inside / merge;
				places[i++] = (long) unit % order.columns() * merge + inside % merge;
			}
		}
		try (Scope scratch = Torch.scope()) {
			final Tensor there =
				Tensors.to(scratch, Tensors.of(scratch, places, places.length / 2, 2), weights.device(), DType.I64);
			return PROGRAM.tensors(scope, "rope", there, config.headDim(), config.ropeTheta());
		}
	}

	/** One block; patches in window order, {@code (n, hidden)}. */
	Tensor block(final Scope scope, final int index, final Tensor x, final Tensor[] rope, final Order order) {
		final long[] windows = config.isFull(index) ? new long[] { 1, x.size(0) } : order.windows();
		try (Scope scratch = Torch.scope()) {
			return PROGRAM.tensor(scope, "block", x, blocks.get(scratch, index), rope[0], rope[1], windows);
		}
	}

	private Tensor merge(final Scope scope, final Tensor x, final Order order) {
		final long[] back = new long[order.units().length];
		for (int i = 0; i < back.length; i++) back[order.units()[i]] = i;
		final int wide = config.hidden() * config.merge() * config.merge();
		try (Scope scratch = Torch.scope()) {
			final Map<String, Tensor> w = new NamedWeights(weights, scratch, prefix + "merger.") //
				.tensor("ln_q.weight", config.hidden())
				.linear("mlp.0", wide, wide)
				.linear("mlp.2", config.out(), wide)
				.all();
			return PROGRAM.tensor(scope, "merge", x, w,
				Tensors.to(scratch, Tensors.of(scratch, back, back.length), weights.device(), DType.I64));
		}
	}

	private NamedWeights ofBlock(final NamedWeights w) {
		final int d = config.hidden();
		return w //
			.tensor("norm1.weight", d)
			.linear("attn.qkv", 3 * d, d)
			.linear("attn.proj", d, d)
			.tensor("norm2.weight", d)
			.linear("mlp.gate_proj", config.intermediate(), d)
			.linear("mlp.up_proj", config.intermediate(), d)
			.linear("mlp.down_proj", d, config.intermediate());
	}

	@Override
	public void close() {
		blocks.close();
	}
}
