package org.layerj.imagej;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.IJ;
import ij.ImagePlus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.layerj.common.Hash;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.Latin;
import org.layerj.imagej.stack.StackProvenance;
import org.layerj.layers.LayerStack;
import org.layerj.layers.VisibleProvenance;
import org.layerj.provenance.Declaration;
import org.layerj.provenance.Kind;
import org.layerj.provenance.PictureOrigin;

/**
 * What a composited image says of where its pixels come from: as image properties, which its TIFF keeps, and in the
 * log. Whoever writes the image to another file finds it there.
 */
final class Declared {

	/** Image property: share of what is shown that was not observed, in per cent; missing if there is nothing of it. */
	static final String SYNTHETIC = "synthetic";
	/** Image property: the message for the figure's legend. */
	static final String CAPTION = "caption";
	/** Image property: the IPTC term; missing if there is none. */
	static final String TERM = "digitalsourcetype";

	private static final String SHARES = "decompose.shares";
	private static final String MODELS = "decompose.models";
	/** Hash of the pixels that all this was said of. */
	private static final String SHOWN = "decompose.shown";

	private Declared() {}

	/** What has to be said of all frames of a hyperstack, of which the current one is as given. */
	static Declaration of(final ImagePlus hyperstack, final LayerStack current) {
		final PictureOrigin own = StackProvenance.origin(hyperstack);
		if (hyperstack.getNFrames() == 1) return VisibleProvenance.declaration(current, own);
		final List<LayerStack> frames = IntStream.rangeClosed(1, hyperstack.getNFrames())
			.mapToObj(f -> f == hyperstack.getT() ? current : Hyperstacks.layers(hyperstack, f))
			.toList();
		final double[] sum = new double[Kind.values().length];
		final TreeSet<String> models = new TreeSet<>();
		for (final LayerStack frame : frames) {
			final VisibleProvenance shown = VisibleProvenance.of(frame);
			shown.weights().forEach(w -> Arrays.setAll(sum, n -> sum[n] + w[n]));
			models.addAll(shown.models());
		}
		final boolean exact = !own.content().isEmpty() && own.content().equals(content(frames));
		return Declaration.of(sum, models, own, exact);
	}

	/** By which a picture of several frames is known again. */
	static String content(final List<LayerStack> frames) {
		return frames.size() == 1 ? VisibleProvenance.content(frames.get(0))
			: joined(frames.stream().map(VisibleProvenance::content).toList());
	}

	/** Where a picture of several frames comes from. */
	static PictureOrigin origin(final List<PictureOrigin> frames) {
		if (frames.size() == 1) return frames.get(0);
		final boolean all = frames.stream().noneMatch(f -> f.content().isEmpty());
		return frames.get(0)
			.of(frames.get(0).name(), "")
			.showing(all ? joined(frames.stream().map(PictureOrigin::content).toList()) : "");
	}

	private static String joined(final List<String> contents) {
		final MessageDigest digest = Hash.sha256();
		contents.forEach(c -> digest.update(c.getBytes(StandardCharsets.US_ASCII)));
		return "frames-sha256:" + Hash.hex(digest);
	}

	/**
	 * Says it in an image.
	 *
	 * @param result the composited image
	 * @param hyperstack the layers it was made from
	 */
	static void note(final ImagePlus result, final ImagePlus hyperstack, final Declaration declaration) {
		final String caption = declaration.caption(model(hyperstack));
		if (declaration.any()) result.setProp(SYNTHETIC, String.format(Locale.ROOT, "%.4g", declaration.percent()));
		result.setProp(CAPTION, Latin.escape(caption));
		declaration.term().ifPresent(t -> result.setProp(TERM, t));
		result.setProp(SHARES, declaration.shares().stream().map(String::valueOf).collect(Collectors.joining(" "))
			+ (declaration.exact() ? " exact" : ""));
		if (!declaration.models().isEmpty())
			result.setProp(MODELS, Latin.escape(String.join("\n", declaration.models())));
		StackProvenance.keep(declaration.own(), result);
		result.setProp(SHOWN, pixels(result));
		if (declaration.any()) IJ.log(result.getTitle() + ": " + declaration.warning());
		IJ.log("For the caption: " + caption);
	}

	/**
	 * What an image says of itself. If its pixels have been changed since, what was observed is edited by hand, for
	 * what was done is unknown.
	 *
	 * @return nothing if it says nothing
	 */
	static Optional<Declaration> read(final ImagePlus image) {
		try {
			final String shares = image.getProp(SHARES);
			if (shares == null) return Optional.empty();
			final String[] parts = shares.split(" ");
			final boolean same = pixels(image).equals(image.getProp(SHOWN));
			final double[] weights = new double[Kind.values().length];
			for (int n = 0; n < weights.length; n++) weights[n] = Double.parseDouble(parts[n]);
			if (!same) {
				weights[Kind.BY_HAND.ordinal()] += weights[0];
				weights[0] = 0;
			}
			final TreeSet<String> models = new TreeSet<>();
			if (image.getProp(MODELS) != null)
				models.addAll(Arrays.asList(Latin.unescape(image.getProp(MODELS)).split("\n")));
			return Optional.of(Declaration.of(weights, models, StackProvenance.origin(image),
				same && parts[parts.length - 1].equals("exact")));
		}
		catch (NumberFormatException | IndexOutOfBoundsException e) {
			// Somebody else's property.
			return Optional.empty();
		}
	}

	/** SHA-256 of an image's size and samples. */
	private static String pixels(final ImagePlus image) {
		final MessageDigest digest = Hash.sha256();
		final List<Integer> size = new ArrayList<>(List.of(image.getWidth(), image.getHeight(), image.getStackSize()));
		digest.update(size.toString().getBytes(StandardCharsets.US_ASCII));
		for (int i = 1; i <= image.getStackSize(); i++) {
			final Object plane = image.getStack().getPixels(i);
			if (plane instanceof byte[] b) digest.update(b);
			else for (int y = 0; y < image.getHeight(); y++) digest.update(row(plane, y, image.getWidth()));
		}
		return Hash.hex(digest);
	}

	private static byte[] row(final Object plane, final int y, final int width) {
		final ByteBuffer row = ByteBuffer.allocate(4 * width);
		for (int i = y * width; i < (y + 1) * width; i++) {
			if (plane instanceof short[] s) row.putShort(s[i]);
			else if (plane instanceof int[] n) row.putInt(n[i]);
			else row.putFloat(((float[]) plane)[i]);
		}
		return Arrays.copyOf(row.array(), row.position());
	}

	/** The name of the model in the run's record; layers may have been made without any. */
	static String model(final ImagePlus hyperstack) {
		return run(hyperstack, "name").orElse(hyperstack.getProp(Hyperstacks.RUN) == null ? "none" : "unknown");
	}

	private static Optional<String> run(final ImagePlus hyperstack, final String key) {
		try {
			return Optional.ofNullable(hyperstack.getProp(Hyperstacks.RUN))
				.map(JsonParser::parseString)
				.map(r -> r.getAsJsonObject().get("model"))
				.map(m -> (JsonObject) m)
				.map(m -> m.get(key).getAsString());
		}
		catch (final RuntimeException e) {
			// Somebody else's; Gson has half a dozen exceptions for that.
			return Optional.empty();
		}
	}
}
