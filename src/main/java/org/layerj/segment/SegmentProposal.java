package org.layerj.segment;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.common.Hash;
import org.layerj.common.Progress;
import org.layerj.elements.LayerTitle;
import org.layerj.elements.Role;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;
import org.layerj.segment.LayerGrouping.Grouped;
import org.layerj.text.FoundText;
import org.layerj.text.LiftedText;
import org.layerj.text.ReadText;
import org.layerj.text.TextDetector;
import org.layerj.text.TextFinder;
import org.layerj.text.TextRecogniser;

/**
 * Proposes layers for a picture: text is read and separated, the rest is segmented, and a network classifies the
 * segments. Weights are loaded with the first picture.
 */
public final class SegmentProposal implements AutoCloseable {

	static final String FILE = "segment_network.safetensors";

	/** Largest number of layers. */
	public static final int MOST_LAYERS = SegmentClass.values().length;

	/**
	 * Larger pictures are reduced to so many pixels; the training figures go up to that (training/segment/targets.py).
	 */
	private static final double MAX_PIXELS = 140_000;

	/** Share of the time that goes into reading, as measured. */
	private static final double READING_TIME_SHARE = 0.7;

	private Optional<TextFinder> reader = Optional.empty();
	private Optional<SegmentNetwork> network = Optional.empty();

	/** Resources of the program and its weights, named without loading PyTorch. */
	static ModelFiles files() {
		return ModelFiles.resources("built-in", "/org/layerj/segment/");
	}

	/** {@return a hash of the weights of all networks used: the graph network and those for text} */
	public static String hash() {
		return Known.HASH;
	}

	/** Taken once, by streams: the files lie in the jar and need not be in memory for it. */
	private static final class Known {

		static final String HASH = hash();

		private static String hash() {
			try (InputStream all =
				new SequenceInputStream(Collections.enumeration(List.of(SegmentProposal.class.getResourceAsStream(FILE),
					TextDetector.class.getResourceAsStream(TextDetector.FILE),
					TextRecogniser.class.getResourceAsStream(TextRecogniser.FILE)))))
			{
				return Hash.of(all);
			}
			catch (final IOException | NullPointerException e) {
				throw new ModelException(
					"The built-in model cannot be read; the plugin's jar is damaged, install it again.", e);
			}
		}
	}

	/**
	 * The proposal for a picture.
	 *
	 * @param picture any size; straight alpha
	 * @param layers largest number of layers; empty: as many as are found
	 * @param watch receives the share that is done, 0 … 1; may throw to stop
	 * @return layers, text and parts
	 */
	public synchronized FoundLayers of(final RgbaImage picture, final OptionalInt layers, final Progress watch) {
		if (reader.isEmpty()) reader = Optional.of(new TextFinder());
		final ReadText text = ReadText.of(reader.get(), picture, watch.part(0, READING_TIME_SHARE));
		watch.update(READING_TIME_SHARE, "");
		final Grouped found = group(text.lifted(), layers, watch);
		// Text that gets no layer stays in the picture.
		if (text.lifted().isEmpty() || found.text().isPresent())
			return new FoundLayers(titled(found, text.text()), text, found.text(), found.parts());
		final ReadText left = text.left(picture);
		final Grouped without = group(left.lifted(), layers, watch);
		return new FoundLayers(without.layers(), left, OptionalInt.empty(), without.parts());
	}

	/** A layer of nothing but text is named by what that says. */
	private static LayerStack titled(final Grouped found, final FoundText words) {
		final LayerStack layers = found.layers();
		if (found.text().isEmpty()) return layers;
		final Layer layer = layers.get(found.text().getAsInt());
		if (!layer.name().equals(Role.TEXT.title())) return layers;
		return layers.with(layer.withName(LayerTitle.of(Role.TEXT,
			words.lines().stream().map(l -> new LayerTitle.Said(l.text(), l.confidence())).toList())));
	}

	private Grouped group(final LiftedText text, final OptionalInt layers, final Progress watch) {
		final RgbaImage picture = text.background();
		final double scale = Math.min(1, Math.sqrt(MAX_PIXELS / ((double) picture.width() * picture.height())));
		final int w = Math.max(1, (int) Math.round(picture.width() * scale));
		final int h = Math.max(1, (int) Math.round(picture.height() * scale));
		final RgbaImage small = PillowResize.picture(picture, w, h, PillowResize.Filter.BILINEAR);
		watch.check();
		final SegmentGraph graph = SegmentGraph.of(small);
		watch.check();
		if (network.isEmpty()) network = Optional.of(SegmentNetwork.builtIn());
		return LayerGrouping.of(small, graph, network.get().run(graph, watch::check), layers,
			text.pixels() * scale * scale);
	}

	@Override
	public synchronized void close() {
		reader.ifPresent(TextFinder::close);
		reader = Optional.empty();
		network.ifPresent(SegmentNetwork::close);
		network = Optional.empty();
	}
}
