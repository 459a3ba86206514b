package org.layerj.provenance;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.layerj.common.DeflatedText;

/**
 * A layer's record as text, which is what image properties and JSON hold: {@code 1;WIDTHxHEIGHT;key=value;…}. The first
 * number is the version. Keys are kinds (bytes of their shares, deflated, in Base64), {@code model} (percent-encoded,
 * any number of times), {@code sealed} and {@code seals} (32-bit integers, the places as differences).
 */
public final class ProvenanceText {

	/** The version of the text that is written. */
	public static final int VERSION = 1;

	private ProvenanceText() {}

	/**
	 * Plain ASCII without spaces or line breaks.
	 *
	 * @param p any
	 * @return as {@link #parse} reads it
	 */
	public static String of(final Provenance p) {
		final StringBuilder out =
			new StringBuilder().append(VERSION).append(';').append(p.width()).append('x').append(p.height());
		for (final Kind kind : Kind.values()) {
			if (kind == Kind.OBSERVED || p.plane(kind) == null) continue;
			out.append(';').append(kind.key()).append('=').append(deflated(p.plane(kind)));
		}
		for (final String model : p.models())
			out.append(";model=").append(URLEncoder.encode(model, StandardCharsets.UTF_8));
		if (p.hasSeals()) {
			final int[] steps = p.sealedAt().clone();
			for (int i = steps.length - 1; i > 0; i--) steps[i] -= steps[i - 1];
			out.append(";sealed=").append(deflated(bytes(steps))).append(";seals=").append(deflated(bytes(p.seals())));
		}
		return out.toString();
	}

	/**
	 * Reads a record; empty if the text is not one, is damaged, or has another version or size.
	 *
	 * @param text as {@link #of} writes it
	 * @param width in pixels that it must have
	 * @param height in pixels that it must have
	 * @return the record
	 */
	public static Optional<Provenance> parse(final String text, final int width, final int height) {
		final String[] parts = text.split(";");
		if (parts.length < 2 || !parts[0].equals(String.valueOf(VERSION)) || !parts[1].equals(width + "x" + height))
			return Optional.empty();
		try {
			final int n = Math.multiplyExact(width, height);
			final Provenance.Builder builder = new Provenance.Builder(width, height);
			final List<String> models = new ArrayList<>();
			int[] sealed = new int[0];
			int[] seals = new int[0];
			final int[] sum = new int[n];
			for (int k = 2; k < parts.length; k++) {
				final int equals = parts[k].indexOf('=');
				if (equals < 0) return Optional.empty();
				final String key = parts[k].substring(0, equals);
				final String value = parts[k].substring(equals + 1);
				final Optional<Kind> kind = Kind.of(key).filter(x -> x != Kind.OBSERVED);
				if (kind.isPresent()) {
					final byte[] plane = inflated(value, n);
					for (int i = 0; i < n; i++) {
						sum[i] += plane[i] & 0xff;
						if (sum[i] > Provenance.ALL) return Optional.empty();
						builder.set(i, kind.get(), plane[i] & 0xff);
					}
				}
				else if (key.equals("model")) models.add(URLDecoder.decode(value, StandardCharsets.UTF_8));
				else if (key.equals("sealed")) sealed = ints(DeflatedText.all(value, 4L * n));
				else if (key.equals("seals")) seals = ints(DeflatedText.all(value, 4L * n));
				// Further keys of a later edition of this version say nothing that matters here.
			}
			if (sealed.length != seals.length) return Optional.empty();
			int at = 0;
			for (int i = 0; i < sealed.length; i++) {
				if (i > 0 && sealed[i] < 1) return Optional.empty();
				at += sealed[i];
				if (at < 0 || at >= n) return Optional.empty();
				builder.seal(at, seals[i]);
			}
			return Optional.of(builder.models(models).build());
		}
		catch (IllegalArgumentException | ArithmeticException | DataFormatException e) {
			return Optional.empty();
		}
	}

	private static byte[] bytes(final int[] numbers) {
		final ByteBuffer b = ByteBuffer.allocate(4 * numbers.length);
		for (final int n : numbers) b.putInt(n);
		return b.array();
	}

	private static int[] ints(final byte[] bytes) {
		final int[] out = new int[bytes.length / 4];
		ByteBuffer.wrap(bytes).asIntBuffer().get(out);
		return out;
	}

	private static String deflated(final byte[] bytes) {
		// A key ends at the first equals sign, and there is no other.
		return DeflatedText.of(bytes, Deflater.BEST_SPEED).replace("=", "");
	}

	private static byte[] inflated(final String text, final int length) throws DataFormatException {
		final byte[] all = DeflatedText.all(text, length);
		if (all.length != length) throw new DataFormatException("too short");
		return all;
	}
}
