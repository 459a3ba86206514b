package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.Lut;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;
import org.layerj.layers.Samples;

class GatherTest {

	/** With samples 10, 11, 12 … in the first channel and 100, 101 … in the second. */
	private static Layer numbered(final Type type, final Bounds bounds) {
		final Samples samples = Samples.blank(
			new SampleFormat(type,
				List.of(new Channel("a", Lut.GREY, 0, 255, true), new Channel("b", Lut.GREY, 0, 255, true))),
			bounds.width(), bounds.height());
		for (int i = 0; i < bounds.area(); i++) {
			samples.set(0, i, 10 + i);
			samples.set(1, i, 100 + i);
		}
		return Pictures.layer("n", bounds, (x, y) -> 0xff808080).withSamples(samples);
	}

	private static List<Double> samples(final Layer layer, final int channel) {
		return java.util.stream.IntStream.range(0, (int) layer.bounds().area())
			.mapToObj(i -> layer.samples().get().get(channel, i))
			.toList();
	}

	@ParameterizedTest
	@EnumSource(Type.class)
	void samplesOfAnyTypeMoveWithTheirPixels(final Type type) {
		final Layer layer = numbered(type, new Bounds(5, 6, 3, 2));
		assertEquals(List.of(12., 11., 10., 15., 14., 13.), samples(Geometry.flip(layer, true), 0));
		assertEquals(List.of(103., 104., 105., 100., 101., 102.), samples(Geometry.flip(layer, false), 1));
		final Layer turned = Geometry.rotate(layer, 90, Geometry.middle(layer));
		assertEquals(List.of(13., 10., 14., 11., 15., 12.), samples(turned, 0));
		assertEquals(List.of(103., 100., 104., 101., 105., 102.), samples(turned, 1));
		assertEquals(layer.samples().get().format(), turned.samples().get().format());
	}

	@ParameterizedTest
	@EnumSource(Type.class)
	void beyondTheLayerSamplesAreZero(final Type type) {
		final Layer wide = Gather.cut(numbered(type, new Bounds(5, 6, 2, 1)), new Bounds(4, 6, 4, 1), i -> true);
		assertEquals(List.of(0., 10., 11., 0.), samples(wide, 0));
		assertEquals(List.of(0., 100., 101., 0.), samples(wide, 1));
		assertEquals(0, wide.pixels().argb(0, 0));
	}
}
