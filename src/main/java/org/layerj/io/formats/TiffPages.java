package org.layerj.io.formats;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.layerj.io.ChannelImageOutput;
import org.layerj.io.JavaCodecs;
import org.layerj.io.OutputException;
import org.layerj.io.PictureDecoder;
import org.layerj.io.PictureException;
import org.layerj.io.header.Broken;
import org.layerj.io.header.PictureBytes;
import org.layerj.io.header.PictureHeader;
import org.layerj.io.header.PictureNotes;
import org.layerj.io.header.TiffDirectory;
import org.layerj.io.header.TiffHeader;
import org.layerj.layers.Bounds;
import org.layerj.layers.LayerStack;
import org.layerj.provenance.PictureOrigin;

/**
 * Layers as the pages of a TIFF, the bottom first: RGBA or grey with alpha that is not premultiplied, each as large as
 * its layer, with its place. The manifest is the first page's description.
 * <p>
 * By the Java library's own TIFF plug-in: it writes strip by strip, has 16 bits and unassociated alpha, and is there on
 * every machine.
 */
final class TiffPages {

	/** Offsets in a TIFF have 32 bits. */
	private static final long LONGEST = 0xffffffffL;

	private TiffPages() {}

	static void write(final LayerDocument document, final FileChannel file, final Steps steps) throws IOException {
		final LayerStack stack = document.layers();
		final Depth depth = Depth.of(stack);
		final ImageWriter writer = JavaCodecs.writer("tiff");
		try (ChannelImageOutput out = new ChannelImageOutput(file)) {
			writer.setOutput(out);
			final ImageWriteParam how = writer.getDefaultWriteParam();
			how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			how.setCompressionType("ZLib");
			writer.prepareWriteSequence(null);
			for (int k = 0; k < stack.size(); k++) {
				final RowImage page = RowImage.of(stack.get(k), depth, steps);
				final Optional<String> manifest = k > 0 ? Optional.empty()
					: Optional.of(Manifest.text(document, Manifest.numbers(), Map.of(), depth));
				writer.writeToSequence(
					new IIOImage(page, null, TiffFields
						.of(writer.getDefaultImageMetadata(new ImageTypeSpecifier(page), how), document, k, manifest)),
					how);
				if (out.length() > LONGEST) throw new OutputException(
					"These layers take more than 4 GB, which a TIFF cannot hold; export them as ora, psd or zip.");
			}
			writer.endWriteSequence();
		}
		finally {
			writer.dispose();
		}
	}

	static LayerDocument read(final Path file) throws IOException {
		try (PictureBytes bytes = PictureBytes.of(file)) {
			final TiffHeader tiff = TiffHeader.read(bytes);
			final String description = tiff.description().orElse("");
			if (description.startsWith("ImageJ="))
				throw new PictureException("The file " + file + " is an ImageJ stack; open it in ImageJ.");
			final boolean ours = description.startsWith("{\"format\":\"" + Manifest.FORMAT);
			return read(file, bytes, tiff, ours ? Optional.of(Manifest.parse(description)) : Optional.empty());
		}
	}

	private static LayerDocument read(final Path file, final PictureBytes bytes, final TiffHeader tiff,
		final Optional<Manifest> manifest) throws IOException
	{
		final Room room = new Room(file);
		final Profiles profiles = new Profiles();
		final List<FoundLayer> found = new ArrayList<>();
		int width = 1;
		int height = 1;
		for (int k = 0; k < tiff.pages().size(); k++) {
			final TiffDirectory fields = tiff.pages().get(k).directory();
			final PictureHeader header = tiff.pages().get(k).header();
			if (header.obstacle().isPresent())
				throw new PictureException("Page " + (k + 1) + " of " + file + " " + header.obstacle().get() + ".");
			room.take(header.width(), header.height(), 18);
			if ((long) header.width() * header.height() / 8 > Room.DEFLATE * bytes.size())
				throw new Broken("fewer pixels than it declares");
			final PictureDecoder.Decoded page = PictureDecoder.decode(header, bytes);
			profiles.add(header.notes().profile());
			final String name = fields.text(TiffFields.PAGE_NAME).orElse("");
			final String key = Manifest.numbers().apply(k);
			// A page of another name is another layer.
			final Optional<Manifest.Entry> entry = manifest.map(m -> m.layers().get(key))
				.filter(e -> TiffFields.pageName(e.name()).strip().equals(name.strip()));
			final int x = entry.map(e -> e.bounds().x()).orElse(fields.pixels(TiffFields.X_POSITION, false));
			final int y = entry.map(e -> e.bounds().y()).orElse(fields.pixels(TiffFields.Y_POSITION, true));
			final Bounds bounds = new Bounds(x, y, page.image().width(), page.image().height());
			width = Math.max(width, bounds.right());
			height = Math.max(height, bounds.bottom());
			found.add(new FoundLayer(entry.isPresent() ? key : "", entry.map(Manifest.Entry::name).orElse(name), bounds,
				page.image(), page.samples(), entry.map(Manifest.Entry::opacity).orElse(1.0),
				entry.map(Manifest.Entry::visible).orElse(true), entry.map(Manifest.Entry::locked).orElse(false),
				Optional.empty()));
		}
		final Assembly assembly = new Assembly(manifest, n -> n, 0);
		final boolean deep = found.stream().map(f -> f.samples().map(v -> v.format())).distinct().count() == 1;
		for (final FoundLayer f : found) assembly.add(deep ? f : f.withoutSamples());
		final LayerStack stack =
			assembly.stack(manifest.map(Manifest::width).orElse(width), manifest.map(Manifest::height).orElse(height));
		final LayerMetadata known = manifest.map(Manifest::metadata).orElse(LayerMetadata.titled(""));
		final List<String> notes = new ArrayList<>();
		final PictureNotes said =
			new PictureNotes(profiles.common(notes), tiff.pages().get(0).header().notes().pixelSize());
		assembly.note().ifPresent(notes::add);
		// What a file of ours says is said of what it shows; what another says is all that is known.
		final PictureOrigin own = tiff.pages().get(0).header().notes().origin();
		return new LayerDocument(stack, known.with(said.with(manifest.isPresent() ? own.withoutTerm() : own)), notes);
	}
}
