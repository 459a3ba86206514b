package org.layerj.refine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.layerj.common.Progress;
import org.layerj.exact.ExactRecomposition;
import org.layerj.exact.ExactSamples;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Lut;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;
import org.layerj.layers.Samples;
import org.layerj.layers.VisibleProvenance;
import org.layerj.provenance.Kind;
import org.layerj.provenance.PictureOrigin;

class RefinementTest {

	private static final int SIDE = 40;
	private static final Set<String> MODEL = Set.of("a model");

	/** A bright disc with a soft edge on a dark background, 16-bit grey. */
	private static Samples samples() {
		final short[] plane = new short[SIDE * SIDE];
		for (int i = 0; i < plane.length; i++) {
			final double share = Math.max(0, Math.min(1, 12.5 - Math.hypot(i % SIDE - 20, i / SIDE - 20)));
			plane[i] = (short) (4000 + i % 7 + share * 50000);
		}
		return Samples.of(new SampleFormat(Type.U16, List.of(new Channel("", Lut.GREY, 0, 65535, true))), SIDE, SIDE,
			List.of(plane));
	}

	private static RgbaImage picture() {
		final byte[] opaque = new byte[SIDE * SIDE];
		Arrays.fill(opaque, (byte) 255);
		return Display.of(samples().format()).render(samples(), opaque);
	}

	private static LayerStack proposal(final int side) {
		final int[] background = new int[side * side];
		final int[] disc = new int[side * side];
		for (int i = 0; i < background.length; i++) {
			background[i] = 0xff101010;
			final double r = Math.hypot(i % side + 0.5 - side / 2.0, i / side + 0.5 - side / 2.0) * SIDE / side;
			disc[i] = (int) (255 * Math.max(0, Math.min(1, 12.5 - r))) << 24 | 0xd2d2d2;
		}
		return Refinement
			.proposal(List.of(RgbaImage.ofArgb(side, side, background), RgbaImage.ofArgb(side, side, disc)), false);
	}

	@Test
	void aProposalBecomesExactNamedLayersThatShowThePicture() {
		final List<Double> reported = new ArrayList<>();
		final LayerStack layers =
			new Refinement(picture(), Kind.GENERATED, MODEL, false).of(proposal(20), new Progress()
			{

				@Override
				public void update(final double fraction, final String message) {
					reported.add(fraction);
				}
			});
		assertTrue(ExactRecomposition.holds(picture(), layers));
		assertEquals(List.of("Layer 1", "Layer 2"), layers.layers().stream().map(Layer::name).toList());
		assertEquals(List.of("layer-00", "layer-01"), layers.layers().stream().map(Layer::id).toList());
		assertTrue(layers.get(0).synthetic().get(20, 20), "hidden under the disc");
		assertFalse(VisibleProvenance.of(layers).any(), "the picture itself is seen");
		assertFalse(reported.isEmpty());
		assertEquals(reported.stream().sorted().toList(), reported);
	}

	@Test
	void withItsSamplesItStillShowsThePicture() {
		final LayerStack layers = Refinement.withSamples(
			new Refinement(picture(), Kind.GENERATED, MODEL, false).of(proposal(20), Progress.none()),
			Optional.of(samples()));
		assertTrue(ExactSamples.holds(samples(), layers));
		assertTrue(layers.layers().stream().anyMatch(l -> l.provenance().hasSeals()), "soft edges are seen in part");
		assertFalse(VisibleProvenance.of(layers).any(), "what is sealed are samples");
	}

	@Test
	void whatWasLiftedOffIsPutBackIntoItsLayer() {
		final int[] bar = new int[SIDE * SIDE];
		final int[] seen = picture().argb();
		for (int x = 3; x < 9; x++) bar[5 * SIDE + x] = seen[5 * SIDE + x] = 0xff0000ff;
		final RgbaImage lifted = RgbaImage.ofArgb(SIDE, SIDE, bar);
		final RgbaImage picture = RgbaImage.ofArgb(SIDE, SIDE, seen);
		final LayerStack layers = new Refinement(picture, Kind.COMPUTED, Set.of(), false).of(picture(), proposal(20),
			lifted, OptionalInt.of(1), Progress.none());
		assertTrue(ExactRecomposition.holds(picture, layers));
		assertEquals(0xff0000ff, layers.get(1).pixels().argb(6, 5));
		assertEquals(0, layers.get(1).pixels().argb(6, 2) >>> 24);
		assertTrue((layers.get(0).pixels().argb(6, 5) & 0xff) < 0x20, "its background goes on");
	}

	@Test
	void nothingOfARawProposalIsObserved() {
		final LayerStack layers =
			new Refinement(picture(), Kind.GENERATED, MODEL, true).of(proposal(20), Progress.none());
		assertEquals(SIDE, layers.width());
		assertEquals(1, VisibleProvenance.declaration(layers, PictureOrigin.NONE).share(Kind.GENERATED), 1e-9);
	}

	@Test
	void theSameLayersFitAnotherPicture() {
		final LayerStack found = Refinement.withSamples(
			new Refinement(picture(), Kind.GENERATED, MODEL, false).of(proposal(20), Progress.none()),
			Optional.of(samples()));
		final Samples next = samples();
		for (int i = 0; i < SIDE * SIDE; i++) next.set(0, i, 65535 - next.get(0, i));
		final RgbaImage negative = Display.of(next.format()).render(next, picture().plane(RgbaImage.ALPHA));
		final LayerStack layers = Refinement.onAnother(found, negative, Optional.of(next));
		assertTrue(ExactSamples.holds(next, layers));
		for (int k = 0; k < 2; k++)
			assertArrayEquals(found.get(k).pixels().plane(RgbaImage.ALPHA),
				layers.get(k).pixels().plane(RgbaImage.ALPHA));
		assertFalse(VisibleProvenance.of(layers).any());
	}

	@Test
	void exactLayersStayWhatTheyAre() {
		final LayerStack layers =
			new Refinement(picture(), Kind.COMPUTED, Set.of(), false).of(proposal(20), Progress.none());
		assertEquals(layers, Refinement.exact(picture(), Optional.empty(), layers));
		final LayerStack worse = layers.without("layer-01");
		assertTrue(ExactRecomposition.holds(picture(), Refinement.exact(picture(), Optional.empty(), worse)));
		assertTrue(ExactSamples.holds(samples(), Refinement.exact(picture(), Optional.of(samples()), worse)));
	}

	@Test
	void layersThatThePictureDoesNotNeedAreLeftOutIfAskedFor() {
		final List<RgbaImage> pictures =
			List.of(proposal(20).get(0).pixels(), RgbaImage.blank(20, 20), proposal(20).get(1).pixels());
		assertEquals(3, Refinement.proposal(pictures, false).size());
		assertEquals(List.of("layer-00", "layer-02"),
			Refinement.proposal(pictures, true).layers().stream().map(Layer::id).toList());
	}
}
