package org.layerj.io.formats;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.layerj.io.PictureException;
import org.layerj.io.header.Broken;
import org.layerj.io.header.ColourProfile;
import org.layerj.io.header.Iptc;
import org.layerj.io.header.PixelSize;
import org.layerj.io.header.Xmp;
import org.layerj.layers.Bounds;
import org.layerj.layers.Display;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.PictureOrigin;

/**
 * Reads PSD and PSB with 8 or 16 bits of grey or RGB, ours and others'. Layer masks are worked into alpha, as is what
 * groups and clipping do to their layers; about what else there is (blend modes, adjustments, effects) there is a note,
 * and the result is compared with the file's own preview.
 */
final class PsdReader {

	private static final int ALPHA_IDS = 1053, VERSION = 1057, IPTC = 1028;
	/** Kinds of colour that are not read. */
	private static final Map<Integer, String> MODES = Map.of(0, "a bitmap", 2, "in indexed colours", 4,
		"in CMYK, the colours of printing", 7, "in several channels without a meaning", 8, "in duotone", 9, "in Lab");

	private final Path file;
	private final PsdIn in;
	private final Room room;
	private final List<String> notes = new ArrayList<>();
	private int width;
	private int height;
	private int channels;
	private int bytes;
	private boolean grey;
	private boolean selections;
	private boolean previewed = true;
	private Optional<Boolean> transparent = Optional.empty();
	private Optional<Manifest> manifest = Optional.empty();
	private Optional<PixelSize> pixelSize = Optional.empty();
	private PictureOrigin origin = PictureOrigin.NONE;
	private PictureOrigin iptc = PictureOrigin.NONE;
	private Optional<ColourProfile> profile = Optional.empty();

	/** A record and where its channels are. */
	record Placed(PsdRecord record, long data) {}

	private PsdReader(final Path file, final FileChannel channel) throws IOException {
		this.file = file;
		this.in = new PsdIn(channel);
		this.room = new Room(file);
	}

	static LayerDocument read(final Path file, final FileChannel channel) throws IOException {
		return new PsdReader(file, channel).document();
	}

	private LayerDocument document() throws IOException {
		header();
		in.seek(in.end(in.u32(), in.size()));
		resources();
		final long end = in.end(in.wide(), in.size());
		final List<Placed> records = records(end);
		final Assembly assembly = new Assembly(manifest, XmlText::clean, 1 / 255.0);
		final boolean layered = records.stream().anyMatch(p -> p.record().section() == 0);
		if (!layered) {
			in.seek(end);
			assembly.add(merged());
			if (!records.isEmpty()) notes.add("There are no layers with pixels in it; this is the picture as a whole.");
		}
		final List<PsdPart> parts = layered
			? new PsdLayers(in, room, bytes, grey, manifest.map(m -> m.layers().keySet()).orElse(Set.of()), notes)
				.of(PsdNode.of(records), Optional.empty())
			: List.of();
		for (final PsdPart part : parts) assembly.add(part.found());
		final LayerStack stack = assembly.stack(width, height);
		// Previews know nothing of how samples are shown by lookup tables and display ranges.
		if (layered && previewed && manifest.flatMap(Manifest::values).isEmpty()) preview(stack, end);
		final LayerMetadata known = manifest.map(Manifest::metadata).orElse(LayerMetadata.titled(""));
		// The file's numbers are rounded; ours hold unless somebody has changed them.
		final Optional<PixelSize> size =
			pixelSize.filter(p -> known.pixelSize().filter(k -> near(k, p)).isEmpty()).or(known::pixelSize);
		assembly.note().ifPresent(notes::add);
		final PictureOrigin own = known.origin().or(manifest.isPresent() ? origin.withoutTerm() : origin).or(iptc);
		return new LayerDocument(stack,
			new LayerMetadata(known.title(), known.run(), size, known.calibration(), own, profile, known.elements()),
			notes).withRead(typed(parts, stack));
	}

	/** What type layers say: text that stands in a file is certain. */
	private static List<ReadLine> typed(final List<PsdPart> parts, final LayerStack stack) {
		final List<ReadLine> lines = new ArrayList<>();
		for (int k = 0; k < parts.size(); k++) {
			final String id = stack.get(k).id();
			parts.get(k).text.forEach((text, letters) -> {
				if (letters.on(stack.width(), stack.height()).isPresent())
					lines.add(new ReadLine(0, id, 1, text, letters));
			});
		}
		return lines;
	}

	private static boolean near(final PixelSize a, final PixelSize b) {
		return Math.abs(a.dpiX() - b.dpiX()) <= 1.0 / 65536 && Math.abs(a.dpiY() - b.dpiY()) <= 1.0 / 65536;
	}

	private void header() throws IOException {
		if (!in.ascii(4).equals("8BPS")) throw new Broken("it is not a Photoshop file");
		final int version = in.u16();
		if (version != 1 && version != 2) throw new Broken("version " + version);
		in.setLarge(version == 2);
		in.skip(6);
		channels = in.u16();
		height = in.i32();
		width = in.i32();
		final int bits = in.u16();
		final int mode = in.u16();
		if (channels < 1 || channels > 56 || width < 1 || height < 1 || width > PsdWriter.LARGE_SIDE
			|| height > PsdWriter.LARGE_SIDE)
			throw new Broken(width + " × " + height + " pixels in " + channels + " channels");
		if (mode != 1 && mode != 3) throw new PictureException("The file " + file + " is "
			+ MODES.getOrDefault(mode, "neither RGB nor grey") + "; convert it to RGB first.");
		if (bits != 8 && bits != 16) throw new PictureException(
			"The file " + file + " has " + bits + " bits per channel; save it with 8 or 16.");
		bytes = bits / 8;
		grey = mode == 1;
		if (channels < colours()) throw new Broken("too few channels");
	}

	private int colours() {
		return grey ? 1 : 3;
	}

	private void resources() throws IOException {
		final long end = in.end(in.u32(), in.size());
		while (end - in.position() >= 12) {
			final String signature = in.ascii(4);
			if (!Set.of("8BIM", "MeSa", "AgHg", "PHUT", "DCSR").contains(signature))
				throw new Broken("an invalid resource");
			final int id = in.u16();
			final int name = in.u8();
			in.skip(name + 1 - name % 2);
			final long length = in.u32();
			final long next = in.end(length, end);
			if (id == ALPHA_IDS) selections = ids(length);
			else if (id == VERSION && length >= 5) {
				in.skip(4);
				previewed = in.u8() != 0;
			}
			else if (id == PsdWriter.XMP) origin = Xmp.read(new String(in.bytes(length), StandardCharsets.UTF_8));
			else if (id == IPTC) iptc = Iptc.read(in.bytes(length));
			else if (id == PsdWriter.PROFILE)
				profile = ColourProfile.of(in.bytes(length)).filter(p -> p.grey() == grey);
			else if (id == PsdWriter.RESOLUTION && length >= 16) resolution();
			else if (id == PsdWriter.MANIFEST) // Krita pads it.
				manifest(new String(in.bytes(length), StandardCharsets.US_ASCII).replaceAll("\\x00+$", ""));
			in.seek(Math.min(end, next + length % 2));
		}
		in.seek(end);
	}

	/** Whether all channels after the colours are saved selections: that of transparency has the number 0. */
	private boolean ids(final long length) throws IOException {
		boolean all = length >= 4;
		for (long i = 0; i + 4 <= length; i += 4) all &= in.i32() > 0;
		return all;
	}

	private void resolution() throws IOException {
		final double x = in.u32() / 65536.0;
		in.skip(4);
		final double y = in.u32() / 65536.0;
		if (x > 0 && y > 0) pixelSize = Optional.of(new PixelSize(PixelSize.INCH / x, PixelSize.INCH / y));
	}

	private void manifest(final String text) {
		if (!text.startsWith("{\"format\":\"" + Manifest.FORMAT)) return;
		try {
			manifest = Optional.of(Manifest.parse(text));
		}
		catch (final Broken e) {
			notes.add("What was noted in it about ids and synthetic pixels is damaged, and left out.");
		}
	}

	/** All layer records; empty if there are none. */
	private List<Placed> records(final long end) throws IOException {
		if (end - in.position() < (in.large() ? 8 : 4)) return List.of();
		final long infoEnd = in.end(in.wide(), end);
		List<Placed> records = info(infoEnd);
		in.seek(infoEnd);
		if (!records.isEmpty() || end - in.position() < 4) return records;
		in.seek(in.end(in.u32(), end));
		while (end - in.position() >= 12 && records.isEmpty()) {
			final String signature = in.ascii(4);
			if (!signature.equals("8BIM") && !signature.equals("8B64")) break;
			final String key = in.ascii(4);
			final boolean layers = key.equals("Lr16") || key.equals("Layr");
			final boolean wide = in.large() && (layers
				|| Set.of("LMsk", "Lr32", "Mt16", "Mt32", "Mtrn", "Alph", "FMsk", "lnk2", "FEid", "FXid", "PxSD")
					.contains(key));
			final long blockEnd = in.end(wide ? in.wide() : in.u32(), end);
			final long padded = blockEnd + Math.floorMod(in.position() - blockEnd, 4L);
			if (layers) records = info(blockEnd);
			in.seek(Math.min(end, padded));
		}
		return records;
	}

	private List<Placed> info(final long end) throws IOException {
		if (end - in.position() < 2) return List.of();
		final int signed = in.i16();
		// Negative: the first channel after the colours is the merged picture's transparency.
		if (signed != 0) transparent = Optional.of(signed < 0);
		final int count = Math.abs(signed);
		final List<PsdRecord> records = new ArrayList<>();
		for (int i = 0; i < count; i++) records.add(PsdRecord.read(in, end));
		final List<Placed> placed = new ArrayList<>();
		long data = in.position();
		for (final PsdRecord r : records) {
			placed.add(new Placed(r, data));
			for (final long length : r.lengths().values()) {
				if (length < 0 || length > end - data) throw new Broken("a layer that ends too early");
				data += length;
			}
		}
		return placed;
	}

	/** Compares the layers with the merged picture; files that break off before it have none. */
	private void preview(final LayerStack stack, final long at) throws IOException {
		try {
			in.seek(at);
			final FoundLayer merged = merged();
			final RgbaImage seen = merged.samples()
				.map(v -> Display.of(v.format()).render(v, merged.pixels().plane(RgbaImage.ALPHA)))
				.orElse(merged.pixels());
			PsdPreview.difference(stack, seen).ifPresent(notes::add);
		}
		catch (final Broken e) {
			notes.add("The file's own preview is damaged, so the layers were not compared with it.");
		}
		catch (final PictureException e) {
			notes.add("There is not enough memory to compare the layers with the file's own preview.");
		}
	}

	/**
	 * Whether the merged picture has alpha. What a flattened file has besides colours and does not name is taken for
	 * it.
	 */
	private boolean mergedAlpha() {
		return channels > colours() && (transparent.orElse(false) || transparent.isEmpty() && !selections);
	}

	/** The merged picture. */
	private FoundLayer merged() throws IOException {
		final int code = in.u16();
		final int all = colours() + (mergedAlpha() ? 1 : 0);
		PsdPlane.check(in, code, (long) width * height * bytes * all, in.size());
		room.take(width, height, bytes == 1 ? 4 : 4 + 2 * colours());
		final PsdPixels samples = new PsdPixels(width, height, bytes, grey);
		if (all == colours()) samples.opaque();
		final PsdPlane.Sink sink =
			(y, row) -> samples.put(y / height == colours() ? PsdPixels.ALPHA : y / height, y % height, row);
		if (code == 1) {
			// The row lengths of all channels come first.
			final int[] lengths = PsdPlane.lengths(in, channels * height, in.size());
			PsdPlane.packed(in, Arrays.copyOf(lengths, all * height), new byte[width * bytes], in.size(), sink);
		}
		else PsdPlane.read(in, code, width, all * height, bytes, in.size(), sink);
		return samples.found("", "Background", Bounds.all(width, height), 1, true, false, Optional.empty());
	}
}
