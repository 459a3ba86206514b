package org.layerj.io.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.io.formats.LayerTree.Group;
import org.layerj.io.formats.LayerTree.Leaf;
import org.layerj.io.formats.LayerTree.Node;
import org.layerj.io.header.ColourProfile;
import org.layerj.io.header.PixelSize;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * Writes PSD and PSB, after Adobe's <em>Photoshop File Formats Specification</em> (2019). Row by row; what is held
 * besides the layers is one row, and the row lengths of one channel.
 * <p>
 * No library for Java that is free and maintained writes layers, which is why this is here.
 */
final class PsdWriter {

	/** The largest side of a PSD and of a PSB. */
	static final int SIDE = 30_000, LARGE_SIDE = 300_000;
	/** Image resource with our manifest; the numbers from 4000 to 4999 are for plug-ins, and Photoshop keeps them. */
	static final int MANIFEST = 4747;
	static final int XMP = 1060;
	static final int RESOLUTION = 1005, PROFILE = 1039;

	/** Adobe's fixed-point numbers end there. */
	private static final double MOST_DPI = 30_000;
	private static final int MOST_LAYERS = 8000;

	/**
	 * What a layer record stands for: a layer, the end of a group, or the group's name.
	 *
	 * @param shown opacity and visibility of a layer, or of one that is a group of its text and what else it shows
	 */
	private record Item(Optional<Layer> layer, Optional<Layer> shown, String name, int id, int section,
		Optional<KnownText> text)
	{

		static Item of(final Layer layer, final int id, final Optional<KnownText> text) {
			return new Item(Optional.of(layer), Optional.of(layer), text.map(KnownText::text).orElse(layer.name()), id,
				0, text);
		}

		static Item group(final Optional<Layer> shown, final String name, final int id) {
			return new Item(Optional.empty(), shown, name, id, 1, Optional.empty());
		}

		static Item end(final int id) {
			return new Item(Optional.empty(), Optional.empty(), "</Layer group>", id, 3, Optional.empty());
		}
	}

	private final LayerDocument document;
	private final LayerStack stack;
	private final Depth depth;
	private final Steps steps;
	private final List<Item> items = new ArrayList<>();
	private final Map<String, String> groups = new LinkedHashMap<>();
	/** Ids of what is no layer of the stack come after those that are. */
	private int free;

	PsdWriter(final LayerDocument document, final Steps steps) {
		this.document = document;
		this.stack = document.layers();
		this.depth = Depth.of(stack);
		this.steps = steps;
		addAll(LayerTree.of(stack), true);
		if (items.size() > MOST_LAYERS) {
			items.clear();
			groups.clear();
			addAll(LayerTree.of(stack), false);
		}
	}

	/** Whether only a PSB can hold it. */
	static boolean needsLarge(final LayerStack stack) {
		return side(stack) > SIDE;
	}

	/** Why not even a PSB can hold it. */
	static Optional<String> obstacle(final LayerStack stack) {
		if (side(stack) > LARGE_SIDE)
			return Optional.of("Photoshop files have at most 300,000 pixels from side to side, not " + side(stack)
				+ "; use another format.");
		if (stack.size() > MOST_LAYERS) return Optional
			.of("Photoshop files have at most 8000 layers, not " + stack.size() + "; use another format.");
		return Optional.empty();
	}

	private static int side(final LayerStack stack) {
		int side = Math.max(stack.width(), stack.height());
		for (final Layer l : stack.layers()) side = Math.max(side, Math.max(l.bounds().width(), l.bounds().height()));
		return side;
	}

	/** Throws {@link PsdOut.TooLarge} if it does not fit into a PSD and {@code large} does not allow for more. */
	void write(final FileChannel channel, final boolean large) throws IOException {
		final PsdOut out = new PsdOut(channel, large);
		final FlatRow flat = new FlatRow(stack, depth);
		final boolean opaque = flat.opaque();
		out.ascii("8BPS");
		out.u16(large ? 2 : 1);
		out.zeros(6);
		out.u16(depth.colours() + (opaque ? 0 : 1));
		out.u32(stack.height());
		out.u32(stack.width());
		out.u16(depth.bytes() * 8);
		out.u16(depth.colours() == 1 ? 1 : 3);
		out.u32(0);
		resources(out);
		layersAndMasks(out, opaque);
		merged(out, flat, opaque);
		out.flush();
	}

	private void addAll(final List<Node> nodes, final boolean live) {
		free = Math.max(free, stack.size() + 1);
		for (final Node node : nodes) {
			if (node instanceof Leaf leaf) add(leaf.layer(), leaf.index() + 1,
				live ? Optional.ofNullable(document.texts().get(leaf.layer().id())) : Optional.empty());
			if (node instanceof Group group) {
				final int id = free++;
				groups.put(String.valueOf(id), group.id());
				items.add(Item.end(free++));
				addAll(group.children(), live);
				items.add(Item.group(Optional.empty(), group.name(), id));
			}
		}
	}

	/** A layer; or a group in its place with its id, of type layers and what else it shows. */
	private void add(final Layer layer, final int id, final Optional<LiveText> text) {
		if (text.isEmpty()) {
			items.add(Item.of(layer, id, Optional.empty()));
			return;
		}
		final List<KnownText> lines = text.get().lines();
		final List<Layer> parts = text.get().parts(layer);
		if (parts.size() == 1) {
			items.add(new Item(Optional.of(layer), Optional.of(layer), layer.name(), id, 0, Optional.of(lines.get(0))));
			return;
		}
		items.add(Item.end(free++));
		final int under = parts.size() - lines.size();
		for (int k = 0; k < parts.size(); k++)
			items.add(Item.of(parts.get(k).withOpacity(1).withVisible(true), free++,
				k < under ? Optional.empty() : Optional.of(lines.get(k - under))));
		items.add(Item.group(Optional.of(layer), layer.name(), id));
	}

	private void resources(final PsdOut out) throws IOException {
		final long length = out.reserve(4);
		final Optional<PixelSize> size = document.metadata().pixelSize().filter(p -> fits(p.dpiX()) && fits(p.dpiY()));
		if (size.isPresent()) resource(out, RESOLUTION,
			ByteBuffer.allocate(16)
				.putInt(fixed(size.get().dpiX()))
				.putShort((short) 1)
				.putShort((short) 1)
				.putInt(fixed(size.get().dpiY()))
				.putShort((short) 1)
				.putShort((short) 1)
				.array());
		final Optional<ColourProfile> profile =
			document.metadata().profile().filter(p -> p.grey() == (depth.colours() == 1));
		if (profile.isPresent()) resource(out, PROFILE, profile.get().bytes());
		// A real merged picture is there; the spelling of two empty names follows.
		resource(out, 1057, ByteBuffer.allocate(17).putInt(1).put((byte) 1).putInt(0).putInt(0).putInt(1).array());
		resource(out, XMP, document.xmp().getBytes(StandardCharsets.UTF_8));
		resource(out, MANIFEST,
			Manifest.text(document, Manifest.numbers(), groups, depth).getBytes(StandardCharsets.US_ASCII));
		out.fillLength(length, 4);
	}

	private static boolean fits(final double dpi) {
		return dpi >= 1.0 / 65536 && dpi <= MOST_DPI;
	}

	private static int fixed(final double dpi) {
		return (int) Math.round(dpi * 65536);
	}

	private static void resource(final PsdOut out, final int id, final byte[] data) throws IOException {
		out.ascii("8BIM");
		out.u16(id);
		out.u16(0);
		out.u32(data.length);
		out.bytes(data, data.length);
		if (data.length % 2 == 1) out.u8(0);
	}

	private void layersAndMasks(final PsdOut out, final boolean opaque) throws IOException {
		final long all = out.reserve(out.wide());
		if (depth.bytes() == 1) {
			final long length = out.reserve(out.wide());
			layers(out, opaque);
			out.fillLength(length, out.wide());
			out.u32(0);
		}
		else {
			// Deeper layers are not where layers are, but in an additional block.
			out.zeros(out.wide());
			out.u32(0);
			out.ascii("8BIMLr16");
			final long length = out.reserve(out.wide());
			layers(out, opaque);
			out.fillLength(length, out.wide());
		}
		out.fillLength(all, out.wide());
	}

	private void layers(final PsdOut out, final boolean opaque) throws IOException {
		final long start = out.position();
		// Negative: the merged picture's last channel is its transparency.
		out.u16(opaque ? items.size() : -items.size());
		final List<Long> lengths = new ArrayList<>();
		for (final Item item : items) lengths.add(record(out, item));
		for (int i = 0; i < items.size(); i++) {
			for (int c = 0; c <= depth.colours(); c++) {
				final long at = out.position();
				if (items.get(i).layer().isPresent())
					channel(out, items.get(i).layer().get(), c == 0 ? depth.colours() : c - 1);
				else out.u16(0);
				final ByteBuffer length = ByteBuffer.allocate(8).putLong(0, out.position() - at);
				out.fill(lengths.get(i) + (long) c * (2 + out.wide()) + 2, length.position(8 - out.wide()));
			}
		}
		out.pad(start, 4);
	}

	/** Returns where the channels' numbers and lengths are. */
	private long record(final PsdOut out, final Item item) throws IOException {
		final Optional<Bounds> b = item.layer().map(Layer::bounds);
		out.u32(b.map(Bounds::y).orElse(0));
		out.u32(b.map(Bounds::x).orElse(0));
		out.u32(b.map(Bounds::bottom).orElse(0));
		out.u32(b.map(Bounds::right).orElse(0));
		out.u16(depth.colours() + 1);
		final long channels = out.position();
		for (int c = 0; c <= depth.colours(); c++) {
			out.u16(c - 1);
			out.zeros(out.wide());
		}
		out.ascii("8BIM");
		out.ascii(item.section() == 1 ? "pass" : "norm");
		out.u8(item.shown().map(l -> (int) Math.round(l.opacity() * 255)).orElse(255));
		out.u8(0);
		final boolean hidden = item.shown().filter(l -> !l.visible()).isPresent();
		// Bit 3: bit 4 counts; bit 4: there are no pixels; bit 1: hidden.
		out.u8((item.layer().isPresent() ? 0x08 : 0x18) | (hidden ? 0x02 : 0));
		out.u8(0);
		final long extra = out.reserve(4);
		out.u32(0);
		out.u32(0);
		name(out, item.name());
		block(out, "luni", unicode(XmlText.clean(item.name())));
		block(out, "lyid", ByteBuffer.allocate(4).putInt(item.id()).array());
		if (item.shown().filter(Layer::locked).isPresent())
			block(out, "lspf", ByteBuffer.allocate(4).putInt(PsdLock.ALL).array());
		if (item.text().isPresent()) block(out, "TySh", PsdType.of(item.text().get()));
		if (item.section() == 1) block(out, "lsct",
			ByteBuffer.allocate(12).putInt(1).put("8BIMpass".getBytes(StandardCharsets.US_ASCII)).array());
		if (item.section() == 3) block(out, "lsct", ByteBuffer.allocate(4).putInt(3).array());
		out.fillLength(extra, 4);
		return channels;
	}

	/** For programs that know no Unicode. */
	private static void name(final PsdOut out, final String name) throws IOException {
		final String plain = name.replaceAll("[^ -~]", "?");
		final String cut = plain.substring(0, Math.min(255, plain.length()));
		final long start = out.position();
		out.u8(cut.length());
		out.ascii(cut);
		out.pad(start, 4);
	}

	private static byte[] unicode(final String text) {
		final ByteBuffer out = ByteBuffer.allocate((4 + 2 * text.length() + 3) / 4 * 4).putInt(text.length());
		for (int i = 0; i < text.length(); i++) out.putChar(text.charAt(i));
		return out.array();
	}

	private static void block(final PsdOut out, final String key, final byte[] data) throws IOException {
		out.ascii("8BIM");
		out.ascii(key);
		out.u32(data.length);
		out.bytes(data, data.length);
	}

	private void channel(final PsdOut out, final Layer layer, final int channel) throws IOException {
		out.u16(1);
		final int height = layer.bounds().height();
		final int width = layer.bounds().width();
		packed(out, width, height, (y, row) -> depth.row(layer, channel, y, row));
	}

	private void merged(final PsdOut out, final FlatRow flat, final boolean opaque) throws IOException {
		out.u16(1);
		final int channels = depth.colours() + (opaque ? 0 : 1);
		// The row lengths of all channels come first.
		packed(out, stack.width(), channels * stack.height(),
			(y, row) -> flat.row(y / stack.height(), y % stack.height(), row));
	}

	/** Where rows come from. */
	private interface Rows {

		void row(int y, byte[] row);
	}

	private void packed(final PsdOut out, final int width, final int rows, final Rows source) throws IOException {
		final int wide = out.large() ? 4 : 2;
		final long at = out.reserve((long) rows * wide);
		final byte[] row = new byte[width * depth.bytes()];
		final byte[] code = new byte[PackBits.most(row.length)];
		final ByteBuffer lengths = ByteBuffer.allocate(rows * wide);
		for (int y = 0; y < rows; y++) {
			source.row(y, row);
			final int n = PackBits.encode(row, row.length, code);
			out.bytes(code, n);
			if (wide == 4) lengths.putInt(n);
			else lengths.putShort((short) n);
			steps.step(row.length);
		}
		out.fill(at, lengths.flip());
	}
}
