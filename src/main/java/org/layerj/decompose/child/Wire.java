package org.layerj.decompose.child;

import com.google.gson.ExclusionStrategy;
import com.google.gson.FieldAttributes;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.Hint;
import org.layerj.decompose.RunRecord;
import org.layerj.elements.ElementsJson;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Provenance;
import org.layerj.provenance.ProvenanceText;

/** What two processes of ours say to each other: values one after the other, records as JSON, pixels as bytes. */
final class Wire {

	/** What follows. */
	enum Say {
		OPEN, FORECAST, DECOMPOSE, CANCEL, INFO, PLAN, PHASE, UPDATE, RESULT, FAILED
	}

	/** Hints are applied to what a child found, so that it knows of none. */
	private static final Gson JSON =
		new GsonBuilder().serializeSpecialFloatingPointValues().setExclusionStrategies(new ExclusionStrategy()
		{

			@Override
			public boolean shouldSkipField(final FieldAttributes field) {
				return false;
			}

			@Override
			public boolean shouldSkipClass(final Class<?> type) {
				return type == Hint.class;
			}
		}).create();
	private static final int LONGEST_TEXT = 1 << 30;
	private static final int MOST_LAYERS = 10_000;

	private final DataInputStream in;
	private final DataOutputStream out;

	Wire(final Socket socket) throws IOException {
		in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
		out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
	}

	Wire say(final Say what) throws IOException {
		out.writeByte(what.ordinal());
		return this;
	}

	/** Throws {@link EOFException} if the other process has ended. */
	Say heard() throws IOException {
		final int what = in.readByte();
		if (what < 0 || what >= Say.values().length) throw new IOException("nothing of ours");
		return Say.values()[what];
	}

	void flush() throws IOException {
		out.flush();
	}

	Wire text(final String text) throws IOException {
		final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		out.writeInt(bytes.length);
		out.write(bytes);
		return this;
	}

	String text() throws IOException {
		return new String(bytes(size(LONGEST_TEXT)), StandardCharsets.UTF_8);
	}

	Wire number(final double number) throws IOException {
		out.writeDouble(number);
		return this;
	}

	double number() throws IOException {
		return in.readDouble();
	}

	Wire whole(final int number) throws IOException {
		out.writeInt(number);
		return this;
	}

	int whole() throws IOException {
		return in.readInt();
	}

	Wire record(final Record record) throws IOException {
		return text(JSON.toJson(record));
	}

	<T> T record(final Class<T> type) throws IOException {
		return JSON.fromJson(text(), type);
	}

	/** Options by their keys, as a command line has them. */
	Wire options(final DecomposeOptions o) throws IOException {
		final Map<String, String> values = new LinkedHashMap<>();
		o.layers().ifPresent(v -> values.put("layers", String.valueOf(v)));
		o.resolution().ifPresent(v -> values.put("resolution", String.valueOf(v)));
		o.steps().ifPresent(v -> values.put("steps", String.valueOf(v)));
		o.guidance().ifPresent(v -> values.put("guidance", String.valueOf(v)));
		o.seed().ifPresent(v -> values.put("seed", String.valueOf(v)));
		o.prompt().ifPresent(v -> values.put("prompt", v));
		o.negative().ifPresent(v -> values.put("negative", v));
		values.put("device", o.device());
		values.put("raw", String.valueOf(o.raw()));
		values.put("rescale", String.valueOf(o.rescale()));
		o.shift().ifPresent(v -> values.put("shift", String.valueOf(v)));
		values.put("stepcache", String.valueOf(o.stepcache()));
		values.put("elements", String.valueOf(o.elements()));
		whole(values.size());
		for (final Map.Entry<String, String> v : values.entrySet()) text(v.getKey()).text(v.getValue());
		return this;
	}

	DecomposeOptions options() throws IOException {
		DecomposeOptions options = DecomposeOptions.defaults();
		final int n = size(100);
		for (int k = 0; k < n; k++) options = options.with(text(), text());
		return options;
	}

	Wire picture(final RgbaImage p) throws IOException {
		whole(p.width()).whole(p.height());
		for (int c = 0; c < RgbaImage.PLANES; c++) out.write(p.plane(c));
		return this;
	}

	RgbaImage picture() throws IOException {
		final int width = in.readInt();
		final int height = in.readInt();
		final int n = Math.multiplyExact(width, height);
		return RgbaImage.ofPlanes(width, height, bytes(n), bytes(n), bytes(n), bytes(n));
	}

	Wire decomposition(final Decomposition d) throws IOException {
		record(d.run());
		whole(d.layers().width()).whole(d.layers().height()).whole(d.layers().size());
		for (final Layer l : d.layers().layers()) {
			if (l.samples().isPresent()) throw new IOException("samples beyond 8 bits are not a model's");
			text(l.id()).text(l.name())
				.text(l.parent().orElse(""))
				.record(l.bounds())
				.number(l.opacity())
				.whole(l.visible() ? 1 : 0);
			picture(l.pixels());
			text(ProvenanceText.of(l.provenance()));
		}
		text(d.elements().map(e -> ElementsJson.of(e).toString()).orElse(""));
		return this;
	}

	Decomposition decomposition() throws IOException {
		final RunRecord run = record(RunRecord.class);
		final int width = in.readInt();
		final int height = in.readInt();
		final int n = size(MOST_LAYERS);
		final List<Layer> layers = new ArrayList<>();
		for (int k = 0; k < n; k++) {
			final String id = text();
			final String name = text();
			final Optional<String> parent = Optional.of(text()).filter(p -> !p.isEmpty());
			final Bounds bounds = record(Bounds.class);
			final double opacity = number();
			final boolean visible = whole() == 1;
			final RgbaImage pixels = picture();
			final Provenance known = ProvenanceText.parse(text(), pixels.width(), pixels.height())
				.orElseThrow(() -> new IOException("nothing of ours"));
			layers.add(new Layer(id, name, bounds, pixels, opacity, visible, parent, known));
		}
		return new Decomposition(new LayerStack(width, height, layers), run, ElementsJson.parse(text(), width, height));
	}

	private int size(final int most) throws IOException {
		final int n = in.readInt();
		if (n < 0 || n > most) throw new IOException("nothing of ours");
		return n;
	}

	private byte[] bytes(final int n) throws IOException {
		final byte[] bytes = new byte[n];
		in.readFully(bytes);
		return bytes;
	}
}
