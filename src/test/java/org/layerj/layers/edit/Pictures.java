package org.layerj.layers.edit;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Lut;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;
import org.layerj.layers.Samples;
import org.layerj.provenance.Kind;

/** Layers to edit. */
final class Pictures {

	private Pictures() {}

	/** A picture whose pixel at (x, y) is the function's {@code 0xAARRGGBB}. */
	static RgbaImage picture(final int width, final int height, final IntBinaryOperator argb) {
		final int[] pixels = new int[width * height];
		for (int i = 0; i < pixels.length; i++) pixels[i] = argb.applyAsInt(i % width, i / width);
		return RgbaImage.ofArgb(width, height, pixels);
	}

	static Layer layer(final String id, final Bounds bounds, final IntBinaryOperator argb) {
		return new Layer(id, id.toUpperCase(), bounds, picture(bounds.width(), bounds.height(), argb), 1, true,
			Optional.empty(), Mask.none(bounds.width(), bounds.height()).as(Kind.GENERATED));
	}

	/** Anything, of any alpha, with some synthetic pixels. */
	static Layer noise(final String id, final Bounds bounds, final long seed) {
		final Random random = new Random(seed);
		final Layer layer = layer(id, bounds, (x, y) -> {
			final int argb = random.nextInt();
			return switch (random.nextInt(4)) {
				case 0 -> argb & 0xffffff;
				case 1 -> argb | 0xff000000;
				default -> argb;
			};
		});
		return layer
			.withProvenance(Mask.of(bounds.width(), bounds.height(), i -> random.nextInt(5) == 0).as(Kind.GENERATED));
	}

	/** With 16-bit samples that count from 1000 on. */
	static Layer measured(final Layer layer) {
		final short[] samples = new short[layer.bounds().width() * layer.bounds().height()];
		for (int i = 0; i < samples.length; i++) samples[i] = (short) (1000 + i);
		return layer
			.withSamples(Samples.of(new SampleFormat(Type.U16, List.of(new Channel("", Lut.GREY, 0, 65535, true))),
				layer.bounds().width(), layer.bounds().height(), List.of(samples)));
	}

	static LayerStack stack(final int width, final int height, final Layer... layers) {
		return new LayerStack(width, height, List.of(layers));
	}

	/** Largest difference of any channel of what two pictures show on white. */
	static int difference(final RgbaImage a, final RgbaImage b) {
		int most = 0;
		for (int c = 0; c < RgbaImage.PLANES; c++) {
			for (int i = 0; i < a.plane(c).length; i++)
				most = Math.max(most, Math.abs((a.plane(c)[i] & 0xff) - (b.plane(c)[i] & 0xff)));
		}
		return most;
	}
}
