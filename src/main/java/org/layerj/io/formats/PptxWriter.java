package org.layerj.io.formats;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.poi.ooxml.POIXMLProperties;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagePartName;
import org.apache.poi.openxml4j.opc.PackageRelationship;
import org.apache.poi.openxml4j.opc.PackageRelationshipTypes;
import org.apache.poi.sl.usermodel.Insets2D;
import org.apache.poi.sl.usermodel.VerticalAlignment;
import org.apache.poi.util.Units;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFFactory;
import org.apache.poi.xslf.usermodel.XSLFGroupShape;
import org.apache.poi.xslf.usermodel.XSLFPictureData;
import org.apache.poi.xslf.usermodel.XSLFPictureShape;
import org.apache.poi.xslf.usermodel.XSLFRelation;
import org.apache.poi.xslf.usermodel.XSLFShape;
import org.apache.poi.xslf.usermodel.XSLFShapeContainer;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xslf.usermodel.XSLFTextBox;
import org.apache.poi.xslf.usermodel.XSLFTextRun;
import org.layerj.io.formats.LayerTree.Group;
import org.layerj.io.formats.LayerTree.Leaf;
import org.layerj.io.formats.LayerTree.Node;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.openxmlformats.schemas.drawingml.x2006.main.CTNonVisualDrawingProps;
import org.openxmlformats.schemas.presentationml.x2006.main.CTGroupShape;
import org.openxmlformats.schemas.presentationml.x2006.main.CTPicture;
import org.openxmlformats.schemas.presentationml.x2006.main.CTShape;
import org.openxmlformats.schemas.presentationml.x2006.main.CTSlideSize;

/**
 * Writes a presentation of one slide with a picture per layer, layers that were split from one grouped, and text boxes
 * where text is known, with Apache POI. The slide is as large as the canvas; a picture is what is visible of its
 * layer's pixels, at its place. POI holds the texts only: {@link PptxPictures} makes the pictures while the file is
 * written.
 */
final class PptxWriter {

	/** Units of a metre and of a pixel at 96 dpi, which is taken where pixels have no size. */
	private static final double EMU_PER_METRE = 36_000_000, EMU_PER_PIXEL = 9525;
	/** PowerPoint has slides of 1 to 56 inches. */
	private static final int LEAST = 914_400, MOST = 56 * 914_400;
	/** Distance between letters, points, below which it is invisible. */
	private static final double LEAST_SPACING = 0.02;

	private final LayerDocument document;
	private final LayerStack stack;
	private final double scaleX;
	private final double scaleY;

	private PptxWriter(final LayerDocument document) {
		this.document = document;
		this.stack = document.layers();
		final double x = document.metadata().pixelSize().map(p -> p.width() * EMU_PER_METRE).orElse(EMU_PER_PIXEL);
		final double y = document.metadata().pixelSize().map(p -> p.height() * EMU_PER_METRE).orElse(EMU_PER_PIXEL);
		// Micrographs are smaller than slides and maps larger; the proportions stay if they can.
		final double small = Math.max(1, Math.max(LEAST / (x * stack.width()), LEAST / (y * stack.height())));
		final double fit = Math.min(small, Math.min(MOST / (x * stack.width()), MOST / (y * stack.height())));
		this.scaleX = x * fit;
		this.scaleY = y * fit;
	}

	static void write(final LayerDocument document, final OutputStream file, final Steps steps) throws IOException {
		new PptxWriter(document).write(file, steps);
	}

	private void write(final OutputStream file, final Steps steps) throws IOException {
		try (XMLSlideShow show = new XMLSlideShow(); OutputStream out = file) {
			size(show.getCTPresentation().getSldSz());
			properties(show.getProperties());
			dropThumbnail(show.getPackage());
			final PptxPictures pictures = new PptxPictures(document);
			final XSLFSlide slide = show.createSlide();
			nodes(LayerTree.of(stack), slide, slide, pictures, steps);
			pictures.write(show, out);
		}
	}

	private void nodes(final List<Node> nodes, final XSLFSlide slide, final XSLFShapeContainer into,
		final PptxPictures pictures, final Steps steps)
	{
		for (final Node node : nodes) {
			if (node instanceof Leaf leaf) {
				layer(leaf.layer(), slide, into, pictures, steps);
				continue;
			}
			final Group group = (Group) node;
			final XSLFGroupShape shape = into.createGroup();
			nodes(group.children(), slide, shape, pictures, steps);
			((CTGroupShape) shape.getXmlObject()).getNvGrpSpPr().getCNvPr().setName(XmlText.clean(group.name()));
			final Rectangle2D all =
				shape.getShapes().stream().map(XSLFShape::getAnchor).reduce(Rectangle2D::createUnion).orElseThrow();
			shape.setAnchor(all);
			shape.setInteriorAnchor(all);
		}
	}

	private void layer(final Layer layer, final XSLFSlide slide, final XSLFShapeContainer into,
		final PptxPictures pictures, final Steps steps)
	{
		final Optional<LiveText> texts = Optional.ofNullable(document.texts().get(layer.id()));
		final Optional<Layer> seen = texts.isEmpty() ? Optional.of(layer) : texts.get().rest();
		if (seen.isPresent()) {
			// Of a layer in which nothing is to be seen one pixel stands for it, so that it can be found.
			final Bounds part = AlphaBounds.of(seen.get().pixels()).orElse(new Bounds(0, 0, 1, 1));
			pictures.put(picture(slide, into, seen.get(), part), RowImage.of(seen.get(), Depth.RGB8, steps).part(part),
				seen.get());
		}
		for (final KnownText known : texts.map(LiveText::lines).orElse(List.of())) text(into, layer, known);
	}

	private void size(final CTSlideSize size) {
		size.setCx(slide(scaleX * stack.width()));
		size.setCy(slide(scaleY * stack.height()));
		// The template's is one of the usual sizes.
		if (size.isSetType()) size.unsetType();
	}

	private static int slide(final double emu) {
		return (int) Math.max(LEAST, Math.min(MOST, Math.round(emu)));
	}

	/**
	 * The run record is a property of the document. What would be wrong of the template's own is replaced; its dates
	 * are dropped, since the same layers make the same file.
	 */
	private void properties(final POIXMLProperties properties) {
		properties.getCoreProperties().setTitle(XmlText.clean(document.metadata().title()));
		properties.getCoreProperties().setCreated(Optional.empty());
		properties.getCoreProperties().setModified(Optional.empty());
		properties.getExtendedProperties().setApplication("Decompose Layers");
		properties.getExtendedProperties().setPresentationFormat("Custom");
		properties.getExtendedProperties().setSlides(1);
		properties.getCustomProperties()
			.addProperty("decompose.run", XmlText.clean(document.metadata().run().orElse("")));
	}

	/** The template has one of an empty slide. */
	private static void dropThumbnail(final OPCPackage parts) {
		for (final PackageRelationship thumbnail : parts.getRelationshipsByType(PackageRelationshipTypes.THUMBNAIL)) {
			parts.removePart(parts.getPart(thumbnail));
			parts.removeRelationship(thumbnail.getId());
		}
	}

	/** Puts a picture on the slide whose pixels are still missing, and tells what their part of the file is called. */
	private PackagePartName picture(final XSLFSlide slide, final XSLFShapeContainer into, final Layer layer,
		final Bounds part)
	{
		final int number = stack.indexOf(layer.id()) + 1;
		// Not addPicture, which wants all bytes and makes one picture of two that are the same.
		final XSLFPictureData data =
			(XSLFPictureData) slide.createRelationship(XSLFRelation.IMAGE_PNG, XSLFFactory.getInstance(), number);
		final XSLFPictureShape shape = into.createPicture(data);
		shape.setAnchor(anchor(layer.bounds(), part));
		final CTPicture xml = (CTPicture) shape.getXmlObject();
		final CTNonVisualDrawingProps properties = xml.getNvPicPr().getCNvPr();
		properties.setName(XmlText.clean(layer.name()));
		properties.setDescr(XmlText.clean(AltText.of(stack, layer)));
		if (!layer.visible()) properties.setHidden(true);
		if (layer.opacity() < 1)
			xml.getBlipFill().getBlip().addNewAlphaModFix().setAmt((int) Math.round(layer.opacity() * 100_000));
		return data.getPackagePart().getPartName();
	}

	/** Live text where it is known, in a box of its own place and size that does not wrap. */
	private void text(final XSLFShapeContainer into, final Layer layer, final KnownText known) {
		final XSLFTextBox box = into.createTextBox();
		box.setAnchor(new Rectangle2D.Double(points(known.x() * scaleX), points(known.y() * scaleY),
			points(known.width() * scaleX), points(known.height() * scaleY)));
		box.setInsets(new Insets2D(0, 0, 0, 0));
		box.setWordWrap(false);
		// Programs put what a font has between lines above the first; from the bottom a line stands where it stood.
		if (known.lines().size() == 1) box.setVerticalAlignment(VerticalAlignment.BOTTOM);
		box.setRotation(Math.toDegrees(known.angle()));
		box.clearText();
		final Color colour = new Color(known.rgb() >> 16 & 0xff, known.rgb() >> 8 & 0xff, known.rgb() & 0xff,
			(int) Math.round(layer.opacity() * 255));
		known.text().lines().forEach(line -> {
			final XSLFTextRun run = box.addNewTextParagraph().addNewTextRun();
			run.setText(XmlText.clean(line));
			run.setFontFamily(XmlText.clean(FontNames.office(known.font())));
			run.setFontSize(points(known.size() * scaleY));
			run.setBold(known.bold());
			run.setItalic(known.italic());
			run.setFontColor(colour);
			final double spacing = spacing(known, line);
			if (Math.abs(spacing) >= LEAST_SPACING) run.setCharacterSpacing(spacing);
		});
		final CTNonVisualDrawingProps properties = ((CTShape) box.getXmlObject()).getNvSpPr().getCNvPr();
		// A layer that is this text alone has its name; a line of others is called what it says.
		final LiveText all = document.texts().get(layer.id());
		final boolean alone = all.lines().size() == 1 && all.rest().isEmpty();
		properties.setName(XmlText.clean(alone ? layer.name() : known.text()));
		properties.setDescr(XmlText.clean(AltText.of(stack, layer)));
		if (!layer.visible()) properties.setHidden(true);
	}

	/** Points between letters that make a line as wide as it is: the format has no narrower or wider ones. */
	private double spacing(final KnownText known, final String line) {
		final int gaps = line.codePointCount(0, line.length()) - 1;
		final double wide = known.advance(line);
		return gaps < 1 ? 0 : points((wide - wide / known.stretch()) * scaleX) / gaps;
	}

	private static double points(final double emu) {
		return Units.toPoints(Math.round(emu));
	}

	/** In points. Edges are rounded to the format's units, not sizes: neighbours stay neighbours. */
	private Rectangle2D anchor(final Bounds layer, final Bounds part) {
		final long x = Math.round((layer.x() + (double) part.x()) * scaleX);
		final long y = Math.round((layer.y() + (double) part.y()) * scaleY);
		final long width = Math.max(1, Math.round((layer.x() + (double) part.right()) * scaleX) - x);
		final long height = Math.max(1, Math.round((layer.y() + (double) part.bottom()) * scaleY) - y);
		return new Rectangle2D.Double(Units.toPoints(x), Units.toPoints(y), Units.toPoints(width),
			Units.toPoints(height));
	}
}
