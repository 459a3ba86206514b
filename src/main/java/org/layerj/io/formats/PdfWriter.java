package org.layerj.io.formats;

import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.color.PDColorSpace;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.graphics.color.PDICCBased;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.graphics.optionalcontent.PDOptionalContentGroup;
import org.apache.pdfbox.pdmodel.graphics.optionalcontent.PDOptionalContentProperties;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.util.Matrix;
import org.layerj.io.formats.LayerTree.Group;
import org.layerj.io.formats.LayerTree.Leaf;
import org.layerj.io.formats.LayerTree.Node;
import org.layerj.io.header.ColourProfile;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * Writes a PDF of one page with PDFBox: a layer is an optional content group (PDF 1.5, ISO 32000-1, 8.11) with a
 * picture and its soft mask, or with live text, and the page is tagged for those who do not see it. The page is as
 * large as the picture; without a size, a pixel is 1/96 inch. Compressed pictures are held in memory until the file is
 * written.
 */
final class PdfWriter {

	private static final double POINTS_PER_METRE = 72 / 0.0254, POINTS_PER_PIXEL = 72.0 / 96;
	/** Sides that a page may have, in points (ISO 32000-1, annex C). */
	private static final double LEAST = 3, MOST = 14_400;
	private static final double INSET = 0.001;

	private final LayerDocument document;
	private final LayerStack stack;
	private final Depth depth;
	private final Steps steps;
	private final double scaleX;
	private final double scaleY;
	private final Map<String, Optional<PDType0Font>> fonts = new HashMap<>();

	private PdfWriter(final LayerDocument document, final Steps steps) {
		this.document = document;
		this.stack = document.layers();
		this.depth = Depth.of(stack);
		this.steps = steps;
		final double x =
			document.metadata().pixelSize().map(p -> p.width() * POINTS_PER_METRE).orElse(POINTS_PER_PIXEL);
		final double y =
			document.metadata().pixelSize().map(p -> p.height() * POINTS_PER_METRE).orElse(POINTS_PER_PIXEL);
		// Micrographs are smaller than pages and maps larger.
		final double small = Math.max(1, Math.max(LEAST / (x * stack.width()), LEAST / (y * stack.height())));
		final double fit = Math.min(small, Math.min(MOST / (x * stack.width()), MOST / (y * stack.height())));
		this.scaleX = x * fit;
		this.scaleY = y * fit;
	}

	static void write(final LayerDocument document, final OutputStream out, final Steps steps) throws IOException {
		new PdfWriter(document, steps).write(out);
	}

	private void write(final OutputStream out) throws IOException {
		try (PDDocument pdf = new PDDocument(); OutputStream closed = out) {
			pdf.setVersion(1.5f);
			properties(pdf);
			final PDPage page =
				new PDPage(new PDRectangle((float) (stack.width() * scaleX), (float) (stack.height() * scaleY)));
			pdf.addPage(page);
			final PDOptionalContentProperties layers = new PDOptionalContentProperties();
			pdf.getDocumentCatalog().setOCProperties(layers);
			final List<PDOptionalContentGroup> groups = new ArrayList<>();
			final PdfTags tags = new PdfTags(pdf, page);
			try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
				for (final Layer layer : stack.layers()) {
					final PDOptionalContentGroup group = new PDOptionalContentGroup(XmlText.clean(layer.name()));
					groups.add(group);
					layers.addGroup(group);
					layers.setGroupEnabled(group, layer.visible());
					content.beginMarkedContent(COSName.OC, group);
					content.saveGraphicsState();
					if (layer.opacity() < 1) content.setGraphicsStateParameters(opacity(layer));
					final Optional<LiveText> live = Optional.ofNullable(document.texts().get(layer.id()))
						.filter(t -> t.lines().stream().allMatch(k -> font(pdf, k).isPresent()));
					final Optional<Layer> seen = live.isEmpty() ? Optional.of(layer) : live.get().rest();
					if (seen.isPresent()) picture(pdf, content, seen.get(), tags);
					for (final KnownText known : live.map(LiveText::lines).orElse(List.of())) {
						tags.paragraph(content);
						text(content, known, font(pdf, known).orElseThrow());
						content.endMarkedContent();
					}
					content.restoreGraphicsState();
					content.endMarkedContent();
				}
			}
			layers.getCOSObject()
				.getCOSDictionary(COSName.D)
				.setItem(COSName.ORDER, order(LayerTree.of(stack), groups));
			tags.end();
			pdf.save(closed);
		}
	}

	private void properties(final PDDocument pdf) throws IOException {
		final PDDocumentInformation information = new PDDocumentInformation();
		information.setTitle(document.metadata().title());
		information.setCreator("Decompose Layers");
		document.metadata().run().ifPresent(run -> information.setCustomMetadataValue("decompose.run", run));
		pdf.setDocumentInformation(information);
		// The same layers make the same file.
		pdf.setDocumentId(1L);
		pdf.getDocumentCatalog()
			.setMetadata(
				new PDMetadata(pdf, new ByteArrayInputStream(document.xmp().getBytes(StandardCharsets.UTF_8))));
	}

	/** The top comes first; layers that were split are headings. */
	private static COSArray order(final List<Node> nodes, final List<PDOptionalContentGroup> groups) {
		final COSArray order = new COSArray();
		for (int i = nodes.size() - 1; i >= 0; i--) {
			if (nodes.get(i) instanceof Leaf leaf) order.add(groups.get(leaf.index()).getCOSObject());
			if (nodes.get(i) instanceof Group group) {
				final COSArray inside = order(group.children(), groups);
				inside.add(0, new COSString(group.name()));
				order.add(inside);
			}
		}
		return order;
	}

	private static PDExtendedGraphicsState opacity(final Layer layer) {
		final PDExtendedGraphicsState state = new PDExtendedGraphicsState();
		state.setNonStrokingAlphaConstant((float) layer.opacity());
		return state;
	}

	private void picture(final PDDocument pdf, final PDPageContentStream content, final Layer layer, final PdfTags tags)
		throws IOException
	{
		final Optional<Bounds> part = AlphaBounds.of(layer.pixels());
		// Nothing is seen of it; its name is there.
		if (part.isEmpty()) return;
		final int n = depth.colours();
		final PDImageXObject mask = image(pdf, layer, part.get(), n, n + 1, PDDeviceGray.INSTANCE);
		final PDImageXObject image = image(pdf, layer, part.get(), 0, n, colours(pdf));
		image.getCOSObject().setItem(COSName.SMASK, mask);
		final double x = (layer.bounds().x() + (double) part.get().x()) * scaleX;
		final double bottom = (stack.height() - layer.bounds().y() - (double) part.get().bottom()) * scaleY;
		tags.figure(content, AltText.of(stack, layer), new PDRectangle((float) x, (float) bottom,
			(float) (part.get().width() * scaleX), (float) (part.get().height() * scaleY)));
		// Less by nothing that can be seen: some viewers enlarge by a pixel what rounding lets reach beyond one.
		content.drawImage(image, (float) (x + INSET), (float) (bottom + INSET),
			(float) (part.get().width() * scaleX - 2 * INSET), (float) (part.get().height() * scaleY - 2 * INSET));
		content.endMarkedContent();
	}

	/** Some channels of a layer as they are, row by row. */
	private PDImageXObject image(final PDDocument pdf, final Layer layer, final Bounds part, final int from,
		final int to, final PDColorSpace colours) throws IOException
	{
		final PDImageXObject image = new PDImageXObject(pdf, new ByteArrayInputStream(new byte[0]),
			COSName.FLATE_DECODE, part.width(), part.height(), 8 * depth.bytes(), colours);
		final RowImage rows = RowImage.of(layer, depth, steps).part(part);
		final byte[] row = new byte[part.width() * (to - from) * depth.bytes()];
		try (OutputStream packed = image.getCOSObject().createOutputStream(COSName.FLATE_DECODE)) {
			for (int y = 0; y < part.height(); y++) {
				final Raster raster = rows.getData(new Rectangle(0, y, part.width(), 1));
				for (int x = 0; x < part.width(); x++)
					for (int c = from; c < to; c++)
						depth.put(row, x * (to - from) + c - from, raster.getSample(x, y, c));
				packed.write(row);
			}
		}
		return image;
	}

	private PDColorSpace colours(final PDDocument pdf) throws IOException {
		final boolean grey = depth.colours() == 1;
		final PDColorSpace device = grey ? PDDeviceGray.INSTANCE : PDDeviceRGB.INSTANCE;
		final Optional<ColourProfile> profile = document.metadata().profile().filter(p -> p.grey() == grey);
		if (profile.isEmpty()) return device;
		final PDICCBased space = new PDICCBased(pdf);
		try (OutputStream out = space.getPDStream().createOutputStream(COSName.FLATE_DECODE)) {
			out.write(profile.get().bytes());
		}
		space.getPDStream().getCOSObject().setInt(COSName.N, depth.colours());
		space.setAlternateColorSpaces(List.of(device));
		return space;
	}

	/**
	 * A font of that name that has all letters and may lie in the file; without one, the layer's pixels are as good.
	 */
	private Optional<PDType0Font> font(final PDDocument pdf, final KnownText text) {
		final String style = (text.bold() ? "Bold" : "") + (text.italic() ? "Italic" : "");
		for (final String family : FontNames.alike(text.font())) {
			final String name = family.replace(" ", "") + (style.isEmpty() ? "" : "-" + style);
			final Optional<PDType0Font> font = fonts.computeIfAbsent(name, k -> font(pdf, k))
				.filter(f -> text.lines().stream().allMatch(line -> encodes(f, line)));
			if (font.isPresent()) return font;
		}
		return Optional.empty();
	}

	private static Optional<PDType0Font> font(final PDDocument pdf, final String name) {
		final FontMapping<TrueTypeFont> found = FontMappers.instance().getTrueTypeFont(name, null);
		try {
			return found == null || found.isFallback() ? Optional.empty()
				: Optional.of(PDType0Font.load(pdf, found.getFont(), true));
		}
		catch (IOException | RuntimeException e) {
			// Its maker does not want it in files, or it is a kind that does not fit in.
			return Optional.empty();
		}
	}

	private static boolean encodes(final PDType0Font font, final String line) {
		try {
			font.encode(line);
			return true;
		}
		catch (IOException | RuntimeException e) {
			return false;
		}
	}

	private void text(final PDPageContentStream content, final KnownText text, final PDType0Font font)
		throws IOException
	{
		content.setNonStrokingColor((text.rgb() >> 16 & 0xff) / 255f, (text.rgb() >> 8 & 0xff) / 255f,
			(text.rgb() & 0xff) / 255f);
		for (int k = 0; k < text.lines().size(); k++) {
			final AffineTransform at = new AffineTransform(scaleX, 0, 0, -scaleY, 0, stack.height() * scaleY);
			at.concatenate(text.baseline(k));
			at.scale(text.stretch(), -1);
			content.beginText();
			content.setFont(font, (float) text.size());
			content.setTextMatrix(new Matrix(at));
			content.showText(text.lines().get(k));
			content.endText();
		}
	}
}
