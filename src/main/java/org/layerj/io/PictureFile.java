package org.layerj.io;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.io.header.ColourProfile;
import org.layerj.io.header.PictureNotes;
import org.layerj.io.header.PixelSize;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;

/** Writes one picture as PNG, JPEG or TIFF with its provenance as XMP. */
public final class PictureFile {

	/** Of a JPEG; above this, files grow faster than they get better. */
	private static final float QUALITY = 0.95f;
	private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
	private static final String ICC = "ICC_PROFILE\0";
	/** Where JFIF's segment, the first one, has the unit of the density. */
	private static final int DENSITY = 13;
	/** A segment's length has 16 bits. */
	private static final int LONGEST = 65_533;
	private static final String DRAFT = "picture";

	/** Writes an uncompressed TIFF in the program's own way; the stream stays open. */
	@FunctionalInterface
	public interface Tiff {

		/**
		 * Writes the file; the stream stays open.
		 *
		 * @param out takes the file
		 * @throws IOException if the file cannot be read or written
		 */
		void write(OutputStream out) throws IOException;
	}

	private PictureFile() {}

	/**
	 * Writes a file; an older one is replaced when the new one is complete.
	 *
	 * @param file whose name ends in .png, .jpg, .jpeg, .tif or .tiff
	 * @param image what it shows
	 * @param samples its samples if they are 16-bit; pictures with other samples are written as displayed
	 * @param tiff writes a TIFF
	 * @param xmp provenance as an XMP packet
	 * @param notes profile and resolution
	 * @throws InvalidOptionException if the name has another extension
	 * @throws OutputException if it cannot be written; then an older file is unchanged
	 */
	public static void write(final Path file, final RgbaImage image, final Optional<Samples> samples, final Tiff tiff,
		final String xmp, final PictureNotes notes)
	{
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		final boolean png = name.endsWith(".png");
		final boolean jpeg = name.endsWith(".jpg") || name.endsWith(".jpeg");
		if (!png && !jpeg && !name.endsWith(".tif") && !name.endsWith(".tiff")) throw new InvalidOptionException("file",
			"The name " + file.getFileName() + " does not say which format is wanted; end it with .png, .jpg or .tif.");
		final Path folder = file.toAbsolutePath().getParent();
		try {
			if (folder == null || !Files.isDirectory(folder)) throw new OutputException("There is no folder " + folder
				+ " to write " + file.getFileName() + " into; make it first or give another.");
			try (Staging staging = Staging.in(folder)) {
				try (FileChannel channel = staging.create(DRAFT)) {
					if (png) PngFile.write(Pixels.toBuffered(image, samples), PngFile.texts(xmp), notes, channel);
					else if (jpeg) Channels.newOutputStream(channel).write(jpeg(image, xmp, notes));
					else tiff.write(Channels.newOutputStream(channel));
				}
				if (!png && !jpeg) TiffNotes.add(staging.file(DRAFT), xmp, notes);
				staging.replace(DRAFT, file.toAbsolutePath().normalize());
			}
		}
		catch (final IOException e) {
			throw Staging.failureOf(e, "The file " + file + " cannot be written",
				"There is not enough space on the disk for " + file + "; free some or give another folder.",
				"The file " + file + " cannot be written there; give another folder.");
		}
	}

	/** On white, with resolution, packet and profile right behind the start. */
	private static byte[] jpeg(final RgbaImage image, final String xmp, final PictureNotes notes) throws IOException {
		final byte[] packet = (XMP + xmp).getBytes(StandardCharsets.UTF_8);
		if (packet.length > LONGEST) throw new OutputException(
			"The provenance of this picture is too long for a JPEG; write a PNG or TIFF instead.");
		final BufferedImage opaque = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
		final int[] argb = image.argb();
		for (int i = 0; i < argb.length; i++) {
			final int a = argb[i] >>> 24;
			int rgb = 0;
			for (int shift = 16; shift >= 0; shift -= 8)
				rgb |= Math.round((argb[i] >> shift & 0xff) * a / 255f + 255 - a) << shift;
			argb[i] = rgb;
		}
		opaque.setRGB(0, 0, image.width(), image.height(), argb, 0, image.width());
		final ImageWriter writer = JavaCodecs.writer("jpeg");
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
			writer.setOutput(stream);
			final ImageWriteParam how = writer.getDefaultWriteParam();
			how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			how.setCompressionQuality(QUALITY);
			writer.write(null, new IIOImage(opaque, null, null), how);
		}
		finally {
			writer.dispose();
		}
		final byte[] plain = out.toByteArray();
		notes.pixelSize().ifPresent(p -> density(plain, p));
		// Behind the first segment, which has to be JFIF's own.
		final int first = 4 + ((plain[4] & 0xff) << 8 | plain[5] & 0xff);
		final ByteArrayOutputStream file = new ByteArrayOutputStream();
		file.write(plain, 0, first);
		segment(file, 0xe1, packet, 0, packet.length, new byte[0]);
		// A profile of greys does not fit: JPEGs are written in colours.
		final byte[] profile = notes.profile().filter(p -> !p.grey()).map(ColourProfile::bytes).orElse(new byte[0]);
		final int room = LONGEST - ICC.length() - 2;
		final int parts = (profile.length + room - 1) / room;
		// A profile has at most 255 parts.
		for (int k = 0; k < parts && parts <= 0xff; k++)
			segment(file, 0xe2, profile, k * room, Math.min(room, profile.length - k * room),
				(ICC + (char) (k + 1) + (char) parts).getBytes(StandardCharsets.ISO_8859_1));
		file.write(plain, first, plain.length - first);
		return file.toByteArray();
	}

	/** Writes pixels per inch into JFIF's own segment, where they have 16 bits each. */
	private static void density(final byte[] jpeg, final PixelSize size) {
		final long x = Math.round(size.dpiX());
		final long y = Math.round(size.dpiY());
		if (x < 1 || y < 1 || x > 0xffff || y > 0xffff) return;
		jpeg[DENSITY] = 1;
		ByteBuffer.wrap(jpeg).putShort(DENSITY + 1, (short) x).putShort(DENSITY + 3, (short) y);
	}

	private static void segment(final ByteArrayOutputStream out, final int marker, final byte[] data, final int from,
		final int length, final byte[] before)
	{
		out.write(0xff);
		out.write(marker);
		final int all = before.length + length + 2;
		out.write(all >> 8);
		out.write(all);
		out.write(before, 0, before.length);
		out.write(data, from, length);
	}
}
