package org.layerj.io.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.layers.Bounds;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;
import org.layerj.provenance.Kind;
import org.layerj.provenance.PictureOrigin;
import org.layerj.provenance.Provenance;

/**
 * Files that psd-tools 1.26, GIMP 2.10, Krita 5.1 and pyora 0.3 have written ({@code src/test/python/make_foreign.py},
 * which says what is in them).
 */
class ForeignFilesTest {

	private static LayerDocument read(final String name) throws URISyntaxException {
		return LayerFormat.read(Path.of(ForeignFilesTest.class.getResource("/org/layerj/foreign/" + name).toURI()));
	}

	private static int value(final int channel, final int x, final int y, final boolean opaque) {
		return switch (channel) {
			case RgbaImage.RED -> x * 10 % 256;
			case RgbaImage.GREEN -> y * 15 % 256;
			case RgbaImage.BLUE -> 100;
			default -> opaque ? 255 : (x * 30 + y * 3) % 256;
		};
	}

	private static void assertPixels(final Layer layer, final boolean opaque, final int seen) {
		layer.samples()
			.ifPresent(v -> assertTrue(
				Display.of(v.format()).render(v, layer.pixels().plane(RgbaImage.ALPHA)).equals(layer.pixels()),
				layer.name()));
		final Bounds b = layer.bounds();
		for (int y = 0; y < b.height(); y++) for (int x = 0; x < b.width(); x++) {
			final int alpha = x < seen ? value(RgbaImage.ALPHA, x, y, opaque) : 0;
			final int i = y * b.width() + x;
			assertEquals(alpha, layer.pixels().plane(RgbaImage.ALPHA)[i] & 0xff, layer.name() + " " + x + " " + y);
			// What cannot be seen, some programs forget.
			for (int c = 0; c < 3 && alpha > 0 && layer.samples().isEmpty(); c++)
				assertEquals(value(c, x, y, opaque), layer.pixels().plane(c)[i] & 0xff,
					layer.name() + " " + c + " " + x + " " + y);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "psd-tools.psd", "gimp.psd", "gimp-16.psd", "krita.psd", "krita.ora", "pyora.ora" })
	void layersGroupsMasksAndOddBounds(final String file) throws URISyntaxException {
		final LayerDocument document = read(file);
		final List<Layer> layers = document.layers().layers();
		assertEquals("24 16", document.layers().width() + " " + document.layers().height());
		assertEquals(List.of("Ground", "odd", "hidden", "empty", "masked"), layers.stream().map(Layer::name).toList());
		assertEquals(List.of(Bounds.all(24, 16), new Bounds(-3, 5, 9, 7), new Bounds(20, 10, 8, 8)),
			layers.subList(0, 3).stream().map(Layer::bounds).toList());
		// Krita forgets where nothing was, and cuts off what cannot be seen.
		assertEquals(file.startsWith("krita") ? Bounds.all(1, 1) : new Bounds(3, 2, 1, 1), layers.get(3).bounds());
		assertEquals(new Bounds(4, 4, file.startsWith("krita") ? 3 : 6, 6), layers.get(4).bounds());
		assertEquals(List.of(true, true, false, true, true), layers.stream().map(Layer::visible).toList());
		assertEquals(128 / 255.0 * 128 / 255, layers.get(1).opacity(), 1e-6, "with the group's");
		assertEquals(List.of(Optional.empty(), Optional.of("Gruppe Ü"), Optional.of("Gruppe Ü"), Optional.empty(),
			Optional.empty()), layers.stream().map(Layer::parent).toList());
		assertPixels(layers.get(0), true, 24);
		assertPixels(layers.get(1), false, 9);
		assertPixels(layers.get(2), false, 8);
		assertPixels(layers.get(3), true, 0);
		assertPixels(layers.get(4), true, 3);
		assertEquals(file.contains("16"), layers.get(1).samples().isPresent());
	}

	@ParameterizedTest
	@ValueSource(strings = { "gimp-16.psd", "psd-tools-16.psd" })
	void sixteenBitsAreKept(final String file) throws URISyntaxException {
		for (final Layer layer : read(file).layers()
			.layers()
			.stream()
			.filter(l -> List.of("Ground", "odd").contains(l.name()))
			.toList())
		{
			final Samples samples = layer.samples().orElseThrow();
			for (int c = 0; c < 3; c++) for (int i = 0; i < samples.width() * samples.height(); i++) {
				final int x = i % samples.width();
				assertEquals(value(c, x, i / samples.width(), true) * 257 + x, (int) samples.get(c, i), layer.name());
			}
			assertPixels(layer, layer.name().equals("Ground"), 24);
		}
	}

	private static final String UNKNOWN =
		"Where the pixels of its layers come from is not known: the file holds no record"
			+ " of them. They count as unknown, not as observed.";

	@Test
	void whatCannotBeKeptIsSaid() throws URISyntaxException {
		// GIMP mixes colours of half opaque groups a little differently.
		assertEquals(List.of(
			"The layers together differ from the file's own preview in 7.29 % of the pixels, by up to 6 of 255 levels at 3, 5.",
			UNKNOWN), read("gimp.psd").notes());
		for (final String file : List.of("psd-tools.psd", "krita.psd", "krita.ora", "pyora.ora"))
			assertEquals(List.of(UNKNOWN), read(file).notes(), file);
		assertEquals(
			List.of("The layer dark is blended in another way than normally (mul), which is not kept.",
				"The layers together differ from the file's own preview in", UNKNOWN),
			read("notes.psd").notes().stream().map(n -> n.replaceAll("(preview in).*", "$1")).toList());
	}

	@Test
	void whatWasEditedElsewhereComesBackWithIdsLineageAndMasks() throws URISyntaxException {
		final LayerDocument before = Documents.document();
		final LayerDocument after = read("edited.psd");
		assertEquals(before.metadata().withOrigin(PictureOrigin.NONE), after.metadata().withOrigin(PictureOrigin.NONE));
		assertTrue(
			after.notes().stream().anyMatch(n -> n.startsWith("Where the pixels of 1 of its 8 layers come from")));
		assertEquals(after.layers().get(7).pixels().plane(RgbaImage.ALPHA)[0] == 0 ? 0 : Provenance.ALL,
			after.layers().get(7).provenance().share(Kind.UNKNOWN, 0));
		assertTrue(!after.layers().get(7).provenance().isObserved());
		assertEquals(List.of("ground", "a", "c", "d", "e", "f", "id \"<&>\" ü", "layer-8"),
			after.layers().layers().stream().map(Layer::id).toList());
		final Layer moved = after.layers().find("a").orElseThrow();
		final Layer was = before.layers().find("a").orElseThrow();
		assertEquals("moved", moved.name());
		assertEquals(was.bounds().at(was.bounds().x() + 5, was.bounds().y() + 2), moved.bounds());
		assertEquals(was.synthetic(), moved.synthetic(), "made-up pixels move along");
		assertTrue(was.pixels().equals(moved.pixels()));
		// The file was written before layers could be locked.
		for (final String id : List.of("ground", "c", "d", "e", "f"))
			assertEquals(before.layers().find(id).map(l -> l.withLocked(false)), after.layers().find(id));
		assertEquals("new", after.layers().get(7).name());
	}
}
