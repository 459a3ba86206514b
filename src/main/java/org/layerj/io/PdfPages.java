package org.layerj.io;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.layerj.io.header.Broken;
import org.layerj.io.header.PictureBytes;
import org.layerj.io.header.PictureNotes;
import org.layerj.io.header.PixelSize;
import org.layerj.layers.RgbaImage;

/** Draws pages of PDFs as pictures, on white, with PDFBox. */
final class PdfPages {

	private static final String MARK = "%PDF-";
	/** Some programs put something before it. */
	private static final int MARK_WITHIN = 1024;
	private static final double POINTS = 72;
	/** Forms may hold forms. */
	private static final int DEEPEST = 20;

	/** A page that was drawn. */
	record Drawn(RgbaImage image, PictureNotes notes, int page, int pages) {}

	/** Looks how large a picture will be before it is made. */
	@FunctionalInterface
	interface SizeCheck {

		void check(int width, int height);
	}

	private PdfPages() {}

	static boolean isPdf(final PictureBytes bytes) throws IOException {
		final byte[] head = bytes.at(0, Math.min(MARK_WITHIN, bytes.size())).array();
		return new String(head, StandardCharsets.ISO_8859_1).contains(MARK);
	}

	/**
	 * Draws a page.
	 *
	 * @param name of the file, for messages
	 * @throws PictureException if there is no such page, or it cannot be drawn as it is
	 * @throws Broken if the file is damaged
	 */
	static Drawn draw(final String name, final byte[] file, final PageChoice choice, final SizeCheck size)
		throws IOException
	{
		try (PDDocument document = Loader.loadPDF(file)) {
			final int pages = document.getNumberOfPages();
			if (pages == 0) throw new PictureException("The PDF " + name + " has no pages.");
			if (choice.number() > pages) throw new PictureException("The PDF " + name + " has "
				+ (pages == 1 ? "one page" : pages + " pages") + ", and no page " + choice.number() + ".");
			final PDPage page = document.getPage(choice.number() - 1);
			missing(page.getResources(), Collections.newSetFromMap(new IdentityHashMap<>()), 0).ifPresent(what -> {
				throw new PictureException("Page " + choice.number() + " of the PDF " + name
					+ " holds a picture compressed as " + what + ", which cannot be read; save the page as PNG first.");
			});
			final double scale = choice.resolution() / POINTS * page.getUserUnit();
			final PDRectangle box = page.getCropBox();
			final boolean turned = page.getRotation() % 180 != 0;
			final double width = turned ? box.getHeight() : box.getWidth();
			final double height = turned ? box.getWidth() : box.getHeight();
			final int w = pixels(width * scale);
			final int h = pixels(height * scale);
			size.check(w, h);
			final RgbaImage image = image(document, choice.number() - 1, w, h, w / width, h / height);
			return new Drawn(image,
				new PictureNotes(Optional.empty(), Optional.of(PixelSize.ofDpi(choice.resolution()))), choice.number(),
				pages);
		}
		catch (final InvalidPasswordException e) {
			throw new PictureException("The PDF " + name + " is protected by a password; save it without one first.",
				e);
		}
		catch (final PictureException e) {
			throw e;
		}
		catch (final NoClassDefFoundError e) {
			// What decrypts for certificates is not on the class path.
			throw new PictureException(
				"The PDF " + name + " is encrypted with a certificate; save it without encryption first.", e);
		}
		catch (IOException | RuntimeException | StackOverflowError e) {
			final Broken broken = new Broken("its PDF is damaged");
			broken.initCause(e);
			throw broken;
		}
	}

	/** Whole pixels; PDFBox itself rounds down, and loses the last row of a page in letter format. */
	private static int pixels(final double length) {
		return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.rint(length)));
	}

	/**
	 * A page on white. It is drawn on nothing first, or PDFBox blends colours with white that have to be with others.
	 */
	private static RgbaImage image(final PDDocument document, final int page, final int width, final int height,
		final double scaleX, final double scaleY) throws IOException
	{
		final BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
		final Graphics2D graphics = drawn.createGraphics();
		graphics.setBackground(new Color(0, true));
		new PDFRenderer(document).renderPageToGraphics(page, graphics, (float) scaleX, (float) scaleY);
		graphics.setTransform(new AffineTransform());
		graphics.setClip(null);
		graphics.setComposite(AlphaComposite.DstOver);
		graphics.setColor(Color.WHITE);
		graphics.fillRect(0, 0, width, height);
		graphics.dispose();
		return RgbaImage.ofArgb(width, height, drawn.getRGB(0, 0, width, height, null, 0, width));
	}

	/** What pictures are compressed as that no reader here can open; PDFBox would leave them out without a word. */
	private static Optional<String> missing(final PDResources resources, final Set<COSBase> seen, final int depth)
		throws IOException
	{
		if (resources == null || depth > DEEPEST || !seen.add(resources.getCOSObject())) return Optional.empty();
		for (final COSName name : resources.getXObjectNames()) {
			final COSBase filters = resources.isImageXObject(name)
				? resources.getXObject(name).getCOSObject().getDictionaryObject(COSName.FILTER) : null;
			final String text = String.valueOf(filters);
			if (text.contains("JPXDecode") && !readable("jpeg2000")) return Optional.of("JPEG 2000");
			if (text.contains("JBIG2Decode") && !readable("jbig2")) return Optional.of("JBIG2");
			final PDXObject object =
				filters == null && !resources.isImageXObject(name) ? resources.getXObject(name) : null;
			if (object instanceof PDFormXObject form) {
				final Optional<String> inside = missing(form.getResources(), seen, depth + 1);
				if (inside.isPresent()) return inside;
			}
		}
		return Optional.empty();
	}

	private static boolean readable(final String format) {
		return ImageIO.getImageReadersByFormatName(format).hasNext();
	}

	/** What the picture is called: the file, and which page of several (RFC 8118). */
	static String name(final String file, final int page, final int pages) {
		return pages == 1 ? file : file + "#page=" + page;
	}

	/** The page in such a name. */
	static OptionalInt page(final String name) {
		final List<String> parts = List.of(name.split("#page=", 2));
		return parts.size() == 2 && parts.get(1).matches("[1-9]\\d{0,6}")
			? OptionalInt.of(Integer.parseInt(parts.get(1))) : OptionalInt.empty();
	}
}
