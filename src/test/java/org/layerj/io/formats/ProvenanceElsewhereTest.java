package org.layerj.io.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.common.Progress;
import org.layerj.io.PictureReader;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.VisibleProvenance;
import org.layerj.provenance.Declaration;
import org.layerj.provenance.Kind;
import org.layerj.provenance.PictureOrigin;
import org.layerj.provenance.Provenance;
import org.layerj.provenance.Terms;

/**
 * What is known of provenance after other programs: files of {@link ProvenanceSamples} opened and saved by GIMP 2.10.34
 * and Krita 5.1.5 in their batch modes, and our own edited.
 */
class ProvenanceElsewhereTest {

	@TempDir
	Path dir;

	private static Path file(final String name) throws URISyntaxException {
		return Path.of(ProvenanceElsewhereTest.class.getResource("/org/layerj/foreign/provenance/" + name).toURI());
	}

	private static void unknown(final LayerDocument read) {
		for (final Layer l : read.layers().layers())
			for (int i = 0; i < l.pixels().plane(0).length; i++)
				assertEquals(l.pixels().plane(RgbaImage.ALPHA)[i] == 0 ? 0 : Provenance.ALL,
					l.provenance().share(Kind.UNKNOWN, i));
		assertTrue(read.notes().stream().anyMatch(n -> n.contains("is not known: the file holds no record")));
	}

	@Test
	void gimpKeepsTheTermWhichGoesOnAndNoRecords() throws Exception {
		for (final String name : List.of("gimp.psd")) {
			final LayerDocument read = LayerFormat.read(file(name));
			unknown(read);
			assertEquals(Optional.of(Terms.COMPOSITE), read.metadata().origin().term(), name);
			assertEquals(List.of("A. Müller"), read.metadata().origin().creators());
			// Out again, a layer deleted: the term is still there.
			final LayerStack less = read.layers().without(read.layers().get(1).id());
			final Path out = dir.resolve(name + ".psd");
			LayerFormat.PSD.write(new LayerDocument(less, read.metadata()), out, Progress.none());
			final LayerDocument again = LayerFormat.read(out);
			final Declaration said = VisibleProvenance.declaration(again.layers(), again.metadata().origin());
			assertEquals(Optional.of(Terms.COMPOSITE), said.term());
			assertEquals(1, said.share(Kind.UNKNOWN), 1e-9);
			assertTrue(new String(Files.readAllBytes(out), StandardCharsets.UTF_8)
				.contains("<Iptc4xmpExt:DigitalSourceType>" + Terms.COMPOSITE));
		}
	}

	@Test
	void kritaKeepsTheRecordsAndTheyAreFoundThoughItRenumbersLayers() throws Exception {
		final LayerDocument read = LayerFormat.read(file("krita.psd"));
		final LayerDocument ours = ProvenanceSamples.document();
		assertEquals(List.of("ground", "box", "disc"), read.layers().layers().stream().map(Layer::id).toList());
		assertEquals(List.of(), read.notes());
		assertEquals(ours.metadata().calibration(), read.metadata().calibration());
		assertEquals(ours.metadata().origin(), read.metadata().origin());
		for (final Layer was : ours.layers().layers()) {
			final Layer is = read.layers().find(was.id()).orElseThrow();
			for (int y = 0; y < 30; y++) for (int x = 0; x < 40; x++) {
				if (!was.bounds().contains(x, y) || !is.bounds().contains(x, y)) continue;
				final int i = (y - was.bounds().y()) * was.bounds().width() + x - was.bounds().x();
				final int j = (y - is.bounds().y()) * is.bounds().width() + x - is.bounds().x();
				if (was.pixels().plane(RgbaImage.ALPHA)[i] == 0) continue;
				assertEquals(was.provenance().share(Kind.GENERATED, i), is.provenance().share(Kind.GENERATED, j));
				assertEquals(0, is.provenance().share(Kind.BY_HAND, j));
			}
		}
		unknown(LayerFormat.read(file("../krita.ora")));
	}

	@Test
	void ofATiffGimpKeepsTheDescriptionAndThusTheRecords() throws Exception {
		final LayerDocument read = LayerFormat.read(file("gimp.tif"));
		final Declaration inside = VisibleProvenance.inside(read.layers().layers(), read.metadata().origin());
		assertTrue(inside.share(Kind.GENERATED) > 0.1, inside.table());
		assertEquals(0, inside.share(Kind.BY_HAND) + inside.share(Kind.UNKNOWN), 1e-9, inside.table());
		assertEquals(ProvenanceSamples.document().metadata().origin(), read.metadata().origin());
	}

	@Test
	void picturesCarryOnWhatTheySay() throws Exception {
		for (final String name : List.of("gimp.png", "gimp.jpg")) {
			final PictureOrigin said = PictureReader.read(file(name)).source().notes().origin();
			assertEquals(Optional.of(Terms.COMPOSITE), said.term(), name);
			assertEquals(List.of("A. Müller"), said.creators());
			assertEquals(Optional.of("© 2026 Institute"), said.rights());
			assertEquals(List.of("model sha256:cafe"), said.systems());
		}
		assertEquals(Optional.empty(), PictureReader.read(file("krita.png")).source().notes().origin().term(),
			"Krita drops it");
	}

	@Test
	void partsOfOurFilesSpeakForThemselves() throws IOException {
		final LayerDocument whole = ProvenanceSamples.document();
		assertTrue(whole.xmpOfComposite().contains("Every pixel shown is that of the original image."));
		assertFalse(whole.xmpOfComposite().contains("rainedAlgorithmicMedia"));
		assertFalse(whole.xmpOfComposite().contains("AISystemUsed"));
		assertTrue(whole.xmp().contains("compositeWithTrainedAlgorithmicMedia"), "what is hidden is in the file");
		assertTrue(whole.xmp(whole.layers().get(0)).contains("compositeWithTrainedAlgorithmicMedia"));
		final LayerStack hard =
			new LayerStack(40, 30, List.of(whole.layers().get(0).withProvenance(Provenance.observed(40, 30))));
		assertFalse(new LayerDocument(hard, whole.metadata()).xmp(hard.get(0)).contains("rainedAlgorithmicMedia"));
	}

	@Test
	void paintingElsewhereIsByHandAndMovingIsNone() throws Exception {
		final LayerDocument whole = ProvenanceSamples.document();
		for (final LayerFormat format : List.of(LayerFormat.PSD, LayerFormat.ORA, LayerFormat.ZIP, LayerFormat.TIFF)) {
			final Path out = dir.resolve("out" + format.suffix());
			format.write(whole, out, Progress.none());
			final LayerDocument read = LayerFormat.read(out);
			assertEquals(whole.layers(), read.layers());
			assertEquals(Set.of("model sha256:cafe"), read.layers().get(0).provenance().models());
		}
	}
}
