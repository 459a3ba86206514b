package org.layerj.decompose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.layerj.common.Progress;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/**
 * A decomposer that needs no model: the picture is the bottom layer, each further layer a stripe of it. Notes what it
 * was asked for.
 */
public final class FakeDecomposer implements Decomposer {

	/** Every call of {@link #open}, as {@code model device}. */
	public final List<String> opened = new ArrayList<>();
	/** Every picture and its settings. */
	public final List<RgbaImage> pictures = new ArrayList<>();
	public final List<Settings> settings = new ArrayList<>();
	/** What happens in each step. */
	public Runnable step = () -> {};
	/** Memory it says there is. */
	public long availableRam = 16_000_000_000L;
	public boolean readsPrompts = true;
	public boolean closed;

	public Decomposer open(final ModelName model, final String device) {
		opened.add(model + " " + device);
		return this;
	}

	@Override
	public ModelInfo model() {
		return new ModelInfo("fake", folder(), "f00d", new Settings(3, 256, 5, 1, 11, "", " ", "auto", false),
			readsPrompts, 20, List.of());
	}

	@Override
	public Forecast forecast(final int width, final int height, final DecomposeOptions options) {
		model().settings(options);
		return new Forecast(5, 2_000_000_000L, 0, availableRam, 0);
	}

	@Override
	public Decomposition decompose(final RgbaImage picture, final DecomposeOptions options, final Progress progress) {
		final Settings s = model().settings(options);
		pictures.add(picture);
		settings.add(s);
		progress.plan(List.of(new Progress.Phase("encode", 1), new Progress.Phase("denoise", 4)));
		progress.phase("encode");
		progress.phase("denoise");
		for (int k = 1; k <= s.steps(); k++) {
			step.run();
			progress.check();
			progress.update((double) k / s.steps(), "step " + k + " of " + s.steps());
		}
		LayerStack stack =
			new LayerStack(picture.width(), picture.height(), List.of(Layer.of("l0", "Background", picture)));
		for (int k = 1; k < s.layers(); k++) {
			final byte[] alpha = new byte[picture.width() * picture.height()];
			for (int i = 0; i < alpha.length; i++) alpha[i] = (byte) (i % s.layers() == k ? 200 : 0);
			final RgbaImage stripe = RgbaImage.ofPlanes(picture.width(), picture.height(), picture.plane(0),
				picture.plane(1), picture.plane(2), alpha);
			stack = stack.with(Layer.of("l" + k, "Layer " + (k + 1), stripe)
				.withProvenance(Mask.of(picture.width(), picture.height(), i -> i % 5 == 0).as(Kind.GENERATED)));
		}
		if (s.raw()) stack = new LayerStack(stack.width(), stack.height(),
			stack.layers()
				.stream()
				.map(l -> l.withProvenance(Provenance.all(l.bounds().width(), l.bounds().height(), Kind.GENERATED)
					.withModels(model().generators())))
				.toList());
		final Map<String, Double> seconds = new LinkedHashMap<>();
		seconds.put("encode", 0.25);
		seconds.put("denoise", 1.5);
		return new Decomposition(stack,
			new RunRecord("fake", folder(), "f00d", s, "cpu", "f32", seconds, 123_000_000L, 256, 256, s.prompt()));
	}

	/** As it was opened. */
	private String folder() {
		return opened.isEmpty() ? ModelInfo.BUILT_IN : opened.get(opened.size() - 1).replaceFirst(" [^ ]*$", "");
	}

	@Override
	public void close() {
		closed = true;
	}
}
