package org.layerj.io.header;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.io.PictureReader;
import org.layerj.provenance.PictureOrigin;
import org.layerj.provenance.Terms;

/** What files say of themselves in IPTC-IIM and in manifests of the C2PA. */
class ManifestTest {

	@TempDir
	Path dir;

	private PictureOrigin read(final String suffix, final byte[] bytes) throws IOException {
		final Path file = dir.resolve("marked." + suffix);
		Files.write(file, bytes);
		return PictureReader.read(file).source().notes().origin();
	}

	@Test
	void aManifestSaysHowThePictureCameAbout() throws IOException {
		for (final String suffix : MarkedFiles.WITH_MANIFESTS) {
			final PictureOrigin made =
				read(suffix, MarkedFiles.manifest(suffix, "trainedAlgorithmicMedia", "Drawer Café 3"));
			assertEquals(Optional.of(Terms.TRAINED), made.term(), suffix);
			assertEquals(List.of("Drawer Café 3"), made.systems(), suffix);
			assertEquals(Optional.of("C2PA"), made.manifest(), suffix);
			final PictureOrigin taken = read(suffix, MarkedFiles.manifest(suffix, "digitalCapture", "Camera"));
			assertEquals(Optional.of(Terms.BASE + "digitalCapture"), taken.term(), suffix);
			assertEquals(List.of(), taken.systems(), "a camera is no AI system");
			assertEquals(1, taken.remarks().size());
			assertEquals(2, made.remarks().size());
		}
	}

	@Test
	void aModelIsNotOutweighedByWhatXmpSays() throws IOException {
		final byte[] store = "c2pa \"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia\""
			.getBytes(StandardCharsets.ISO_8859_1);
		final PictureOrigin camera = PictureOrigin.parse("1;term=" + Terms.BASE + "digitalCapture;creator=A");
		assertEquals(Optional.of(Terms.TRAINED), Manifest.add(camera, store).term());
		assertEquals(List.of("A"), Manifest.add(camera, store).creators());
		final PictureOrigin composite = PictureOrigin.parse("1;term=" + Terms.COMPOSITE);
		assertEquals(Optional.of(Terms.COMPOSITE), Manifest.add(composite, store).term());
	}

	@Test
	void damagedManifestsAreOnlyNamed() throws IOException {
		final byte[] whole = MarkedFiles.manifest("png", "trainedAlgorithmicMedia", "A");
		final Random random = new Random(1);
		final byte[] store = new byte[400];
		for (int i = 0; i < 200; i++) {
			System.arraycopy(whole, 40, store, 0, Math.min(store.length, whole.length - 40));
			for (int k = 0; k < 20; k++) store[random.nextInt(store.length)] = (byte) random.nextInt();
			assertEquals(Optional.of("C2PA"), Manifest.add(PictureOrigin.NONE, store).manifest());
		}
	}

	@Test
	void aCreditLineMaySayIt() throws IOException {
		for (final String suffix : List.of("jpg", "tif")) {
			assertEquals(Optional.of(Terms.TRAINED),
				read(suffix, MarkedFiles.credit(suffix, "Made with Google AI")).term(), suffix);
			assertEquals(Optional.of(Terms.COMPOSITE),
				read(suffix, MarkedFiles.credit(suffix, "Edited with Google AI")).term(), suffix);
			final PictureOrigin agency = read(suffix, MarkedFiles.credit(suffix, "Agency Ai Photo"));
			assertEquals(Optional.empty(), agency.term(), suffix);
			assertEquals(Optional.of("Agency Ai Photo"), agency.credit(), suffix);
		}
	}
}
