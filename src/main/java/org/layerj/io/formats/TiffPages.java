package org.layerj.io.formats;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.FileImageOutputStream;
import org.layerj.io.OutputException;
import org.layerj.io.PictureException;
import org.layerj.layers.Bounds;
import org.layerj.layers.LayerStack;

/**
 * Layers as the pages of a TIFF, the bottom first: RGBA or grey with alpha that is not premultiplied, each as large as its layer, with its
 * place. The manifest is the first page's description.
 *
 * <p>By the Java library's own TIFF plug-in: it writes strip by strip, has 16 bits and unassociated alpha, and is there on every machine.
 */
final class TiffPages {

	/** Offsets in a TIFF have 32 bits. */
	private static final long LONGEST = 0xffffffffL;

	private TiffPages() {}

	static void write(final LayerDocument document, final Path file, final Steps steps) throws IOException {
		final LayerStack stack = document.layers();
		final Depth depth = Depth.of(stack);
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
		try (FileImageOutputStream out = new FileImageOutputStream(file.toFile())) {
			writer.setOutput(out);
			final ImageWriteParam how = writer.getDefaultWriteParam();
			how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			how.setCompressionType("ZLib");
			writer.prepareWriteSequence(null);
			for (int k = 0; k < stack.size(); k++) {
				final RowImage page = RowImage.of(stack.get(k), depth, steps);
				final Optional<String> manifest = k > 0 ? Optional.empty() : Optional.of(Manifest.text(document, Manifest.numbers(), Map.of(), depth));
				writer.writeToSequence(new IIOImage(page, null, TiffFields.of(writer.getDefaultImageMetadata(new ImageTypeSpecifier(page), how), document, k, manifest)),
					how);
				if (out.length() > LONGEST) throw new OutputException("These layers take more than 4 GB, which a TIFF cannot hold; export them as ora, psd or zip.");
			}
			writer.endWriteSequence();
		}
		finally {
			writer.dispose();
		}
	}

	static LayerDocument read(final Path file) throws IOException {
		final int pages = TiffCheck.pages(file);
		if (pages == 0) throw new Broken("no pages");
		final ImageReader reader = ImageIO.getImageReadersByFormatName("tiff").next();
		try (FileImageInputStream in = new FileImageInputStream(file.toFile())) {
			reader.setInput(in, true);
			final TIFFDirectory first = TIFFDirectory.createFromMetadata(reader.getImageMetadata(0));
			final String description = TiffFields.text(first, BaselineTIFFTagSet.TAG_IMAGE_DESCRIPTION).orElse("");
			if (description.startsWith("ImageJ=")) throw new PictureException("The file " + file + " is an ImageJ stack; open it in ImageJ.");
			final boolean ours = description.startsWith("{\"format\":\"" + Manifest.FORMAT);
			return ours ? read(file, reader, pages, Optional.of(Manifest.parse(description)), first) : read(file, reader, pages, Optional.empty(), first);
		}
		finally {
			reader.dispose();
		}
	}

	private static LayerDocument read(final Path file, final ImageReader reader, final int pages, final Optional<Manifest> manifest, final TIFFDirectory first)
		throws IOException
	{
		final Room room = new Room(file);
		final List<FoundLayer> found = new ArrayList<>();
		int width = 1;
		int height = 1;
		for (int k = 0; k < pages; k++) {
			final long w = reader.getWidth(k);
			final long h = reader.getHeight(k);
			room.take(w, h, 18);
			if (w * h / 8 > Room.DEFLATE * file.toFile().length()) throw new Broken("fewer pixels than it says");
			final TIFFDirectory fields = TIFFDirectory.createFromMetadata(reader.getImageMetadata(k));
			final BufferedImage image = reader.read(k);
			final LayerPng page = LayerPng.of(image);
			final String name = TiffFields.text(fields, TiffFields.PAGE_NAME).orElse("");
			final String key = Manifest.numbers().apply(k);
			// A page of another name is another layer.
			final Optional<Manifest.Entry> entry = manifest.map(m -> m.layers().get(key)).filter(e -> TiffFields.pageName(e.name()).strip().equals(name.strip()));
			final int x = entry.map(e -> e.bounds().x()).orElse(TiffFields.position(fields, TiffFields.X_POSITION, BaselineTIFFTagSet.TAG_X_RESOLUTION));
			final int y = entry.map(e -> e.bounds().y()).orElse(TiffFields.position(fields, TiffFields.Y_POSITION, BaselineTIFFTagSet.TAG_Y_RESOLUTION));
			final Bounds bounds = new Bounds(x, y, (int) w, (int) h);
			width = Math.max(width, bounds.right());
			height = Math.max(height, bounds.bottom());
			found.add(new FoundLayer(entry.isPresent() ? key : "", entry.map(Manifest.Entry::name).orElse(name), bounds, page.pixels(), page.values(), entry.map(
				Manifest.Entry::opacity).orElse(1.0), entry.map(Manifest.Entry::visible).orElse(true), Optional.empty()));
		}
		final Assembly assembly = new Assembly(manifest, n -> n, 0);
		final boolean deep = found.stream().map(f -> f.values().map(v -> v.format())).distinct().count() == 1;
		for (final FoundLayer f : found) assembly.add(deep ? f : f.withoutValues());
		final LayerStack stack = assembly.stack(manifest.map(Manifest::width).orElse(width), manifest.map(Manifest::height).orElse(height));
		final LayerMetadata known = manifest.map(Manifest::metadata).orElse(LayerMetadata.titled(""));
		return new LayerDocument(stack, new LayerMetadata(known.title(), known.run(), known.pixelSize(), known.calibration(), TiffFields.xmp(first).or(known::xmp)));
	}
}
