package org.layerj.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.blend.BlendMode;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.layers.RgbaImage;

/** Pages of PDFs as pictures. */
class PdfPagesTest {

	@TempDir
	Path dir;

	/** An inch wide and half an inch high, a colour for each page, its left half white. */
	private static PDDocument pages(final Color... colours) throws IOException {
		final PDDocument document = new PDDocument();
		for (final Color colour : colours) {
			final PDPage page = new PDPage(new PDRectangle(72, 36));
			document.addPage(page);
			try (PDPageContentStream content = new PDPageContentStream(document, page)) {
				content.setNonStrokingColor(colour);
				content.addRect(36, 0, 36, 36);
				content.fill();
			}
		}
		return document;
	}

	private Path save(final String name, final PDDocument document) throws IOException {
		try (PDDocument closed = document) {
			closed.save(dir.resolve(name).toFile());
		}
		return dir.resolve(name);
	}

	@Test
	void thePageIsDrawnAtTheResolutionChosen() throws IOException {
		final Path file = save("figure.pdf", pages(Color.RED, Color.BLUE));
		for (final int dpi : new int[] { 72, 100, 300 }) {
			final Picture picture = PictureReader.read(file, PageChoice.parse("2", String.valueOf(dpi)));
			assertEquals(dpi, picture.image().width());
			assertEquals(dpi / 2, picture.image().height());
			assertEquals(-1, picture.image().argb(0, 0));
			assertEquals(0xff0000ff, picture.image().argb(dpi - 1, dpi / 2 - 1));
			assertEquals(dpi, picture.source().notes().pixelSize().orElseThrow().dpiX(), 1e-9);
			assertEquals("figure.pdf#page=2", picture.source().name());
			assertEquals("figure", picture.source().stem());
			assertEquals("file", picture.source().hashed());
		}
		final Picture first = PictureReader.read(file);
		assertEquals(300, first.image().width(), "as journals want it");
		assertEquals(0xffff0000, first.image().argb(299, 149));
		assertEquals("one.pdf", PictureReader.read(save("one.pdf", pages(Color.RED))).source().name());
		assertEquals(first.image(), PictureReader.read("figure.pdf", Files.readAllBytes(file)).image());
	}

	/** Letter, A4 and others at usual resolutions, rounded to whole pixels; nothing of a page is cut off. */
	@ParameterizedTest
	@CsvSource({ "612, 792, 300, 0, 2550, 3300", "612, 792, 150, 90, 1650, 1275", "595.276, 841.89, 300, 0, 2480, 3508",
		"72, 54, 300, 0, 300, 225", "15.36, 11.52, 300, 180, 64, 48", "200, 10.1, 100, 270, 14, 278" })
	void aPageHasAllOfItsPixels(final float width, final float height, final String dpi, final int rotation,
		final int pixelsX, final int pixelsY) throws IOException
	{
		final PDDocument document = new PDDocument();
		final PDPage page = new PDPage(new PDRectangle(width, height));
		page.setRotation(rotation);
		document.addPage(page);
		try (PDPageContentStream content = new PDPageContentStream(document, page)) {
			content.setNonStrokingColor(Color.BLUE);
			content.addRect(-5, -5, width + 10, height + 10);
			content.fill();
		}
		final RgbaImage image = PictureReader.read(save("page.pdf", document), PageChoice.parse("", dpi)).image();
		assertEquals(pixelsX, image.width());
		assertEquals(pixelsY, image.height());
		for (int i = 0; i < pixelsX * pixelsY; i += 7)
			assertEquals(0xff0000ff, image.argb(i % pixelsX, i / pixelsX), i % pixelsX + ", " + i / pixelsX);
		assertEquals(0xff0000ff, image.argb(pixelsX - 1, pixelsY - 1));
	}

	/** Colours that are multiplied with what is below are not multiplied with the paper twice. */
	@Test
	void blendedColoursAreThoseOfTheDocument() throws IOException {
		final PDDocument document = pages(Color.RED);
		final PDExtendedGraphicsState multiply = new PDExtendedGraphicsState();
		multiply.setBlendMode(BlendMode.MULTIPLY);
		try (PDPageContentStream content =
			new PDPageContentStream(document, document.getPage(0), PDPageContentStream.AppendMode.APPEND, false))
		{
			content.setGraphicsStateParameters(multiply);
			content.setNonStrokingColor(Color.YELLOW);
			content.addRect(18, 0, 36, 36);
			content.fill();
		}
		final RgbaImage image = PictureReader.read(save("blend.pdf", document), PageChoice.parse("", "72")).image();
		assertEquals(-1, image.argb(9, 18));
		assertEquals(0xffffff00, image.argb(27, 18));
		assertEquals(0xffff0000, image.argb(45, 18));
		assertEquals(0xffff0000, image.argb(63, 18));
	}

	@Test
	void turnedAndCroppedPagesAreAsTheyAreSeen() throws IOException {
		final PDDocument document = pages(Color.RED);
		document.getPage(0).setRotation(90);
		document.getPage(0).setCropBox(new PDRectangle(18, 0, 36, 36));
		document.getPage(0).setUserUnit(2);
		final RgbaImage image = PictureReader.read(save("turned.pdf", document), PageChoice.parse("", "72")).image();
		assertEquals(72, image.width());
		assertEquals(72, image.height());
		assertEquals(-1, image.argb(36, 10));
		assertEquals(0xffff0000, image.argb(36, 60));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "3 | 72 | The PDF FILE has 2 pages, and no page 3.",
			"0 | 72 | The option page must be the number of a page, not 0.",
			"x | 72 | The option page must be the number of a page, not x.",
			"1 | 5 | The option dpi must be a number from 10 to 2400, not 5.",
			"1 | no | The option dpi must be a number from 10 to 2400, not no.",
			"1 | NaN | The option dpi must be a number from 10 to 2400, not NaN." })
	void whatThereIsNotIsSaid(final String page, final String dpi, final String message) throws IOException {
		final Path file = save("figure.pdf", pages(Color.RED, Color.BLUE));
		assertEquals(message.replace("FILE", file.toString()),
			assertThrows(RuntimeException.class, () -> PictureReader.read(file, PageChoice.parse(page, dpi)))
				.getMessage());
	}

	@Test
	void otherFilesHaveNoPages() throws IOException {
		final Path file = dir.resolve("a.png");
		ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
		assertEquals("The options page and dpi are for PDF files, which " + file + " is not; leave them out.",
			assertThrows(InvalidOptionException.class, () -> PictureReader.read(file, PageChoice.parse("", "100")))
				.getMessage());
	}

	private static String rejection(final Path file) {
		final String message = assertThrows(PictureException.class, () -> PictureReader.read(file)).getMessage();
		assertTrue(message.endsWith(".") && !message.contains("\n") && !message.contains("org.apache"), message);
		return message;
	}

	@Test
	void whatCannotBeDrawnIsNamed() throws IOException {
		final PDDocument secret = pages(Color.RED);
		secret.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
		final Path locked = save("secret.pdf", secret);
		assertEquals("The PDF " + locked + " is protected by a password; save it without one first.",
			rejection(locked));
		final Path none = save("none.pdf", new PDDocument());
		assertEquals("The PDF " + none + " has no pages.", rejection(none));
		final PDDocument wavelets = pages(Color.RED);
		final PDImageXObject image = new PDImageXObject(wavelets, new ByteArrayInputStream(new byte[9]),
			COSName.JPX_DECODE, 2, 2, 8, PDDeviceRGB.INSTANCE);
		wavelets.getPage(0).getResources().add(image);
		final Path jpx = save("jpx.pdf", wavelets);
		assertEquals(
			"Page 1 of the PDF " + jpx
				+ " holds a picture compressed as JPEG 2000, which cannot be read; save the page as PNG first.",
			rejection(jpx));
		final PDDocument wide = pages(Color.RED);
		wide.getPage(0).setMediaBox(new PDRectangle(14_400, 14_400));
		final Path large = save("wide.pdf", wide);
		assertTrue(rejection(large).startsWith("The picture " + large + " has 60000 × 60000 pixels and needs "),
			rejection(large));
	}

	@Test
	void damagedFilesAreASentence() throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (PDDocument document = pages(Color.RED, Color.BLUE)) {
			document.save(out);
		}
		final byte[] whole = out.toByteArray();
		final Random random = new Random(1);
		for (int k = 0; k < 60; k++) {
			final byte[] damaged = k % 2 == 0 ? Arrays.copyOf(whole, whole.length * k / 60) : whole.clone();
			if (k % 2 == 1)
				for (int i = 0; i < 8; i++) damaged[5 + random.nextInt(whole.length - 5)] = (byte) random.nextInt();
			try {
				PictureReader.read("x.pdf", damaged);
			}
			catch (final PictureException e) {
				assertTrue(e.getMessage().endsWith(".") && !e.getMessage().contains("org.apache"), e.getMessage());
			}
		}
	}
}
