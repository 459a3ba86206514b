package org.layerj.io.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.common.Progress;
import org.layerj.io.PictureReader;
import org.layerj.io.header.ColourProfile;
import org.layerj.io.header.MadeFiles;
import org.layerj.io.header.PictureNotes;
import org.layerj.io.header.PixelSize;
import org.layerj.layers.LayerStack;
import org.layerj.provenance.PictureOrigin;

/** The picture's colour profile and resolution in every file that can hold them. */
class ProfilesTest {

	private static final PictureNotes NOTES =
		new PictureNotes(ColourProfile.of(MadeFiles.profile(false)), Optional.of(PixelSize.ofDpi(300)));

	@TempDir
	private Path dir;

	private Path written(final LayerFormat format, final LayerDocument document) {
		return format.write(document, dir.resolve("layers" + format.suffix()), Progress.none());
	}

	private static LayerDocument document(final LayerStack layers, final PictureNotes notes) {
		return new LayerDocument(layers, LayerMetadata.titled("t").with(notes));
	}

	@ParameterizedTest
	@EnumSource(names = { "PSD", "ORA", "ZIP", "TIFF" })
	void comeBack(final LayerFormat format) {
		for (final LayerStack layers : List.of(Documents.stack(), Documents.deep(3).layers())) {
			final LayerMetadata back = LayerFormat.read(written(format, document(layers, NOTES))).metadata();
			assertEquals(NOTES.profile(), back.profile());
			assertEquals(300, back.pixelSize().orElseThrow().dpiX(), 1e-9);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PSD", "ORA", "ZIP", "TIFF" })
	void profilesOfGreyAreInGreyFilesOnly(final LayerFormat format) {
		final PictureNotes grey = new PictureNotes(ColourProfile.of(MadeFiles.profile(true)), Optional.empty());
		assertEquals(grey.profile(),
			LayerFormat.read(written(format, document(Documents.deep(1).layers(), grey))).metadata().profile());
		assertEquals(Optional.empty(),
			LayerFormat.read(written(format, document(Documents.stack(), grey))).metadata().profile());
	}

	@ParameterizedTest
	@EnumSource(names = { "ORA", "ZIP", "PPTX" })
	void areInEveryPng(final LayerFormat format) throws IOException {
		try (ZipFile zip = new ZipFile(written(format, document(Documents.stack(), NOTES)).toFile())) {
			final List<? extends ZipEntry> pngs =
				zip.stream().filter(e -> e.getName().endsWith(".png") && !e.getName().contains("thumbnail")).toList();
			assertTrue(pngs.size() >= Documents.stack().size());
			for (final ZipEntry png : pngs) {
				try (InputStream in = zip.getInputStream(png)) {
					assertEquals(NOTES,
						PictureReader.read(png.getName(), in.readAllBytes()).source().notes().with(PictureOrigin.NONE),
						png.getName());
				}
			}
		}
	}

	@Test
	void areInThePicturesOfDrawings() throws IOException {
		final String svg =
			Files.readString(written(LayerFormat.SVG, document(Documents.stack(), NOTES)), StandardCharsets.UTF_8);
		for (final String part : svg.split("base64,", -1)) {
			if (part.startsWith("<?xml")) continue;
			assertEquals(NOTES,
				PictureReader.read("png", Base64.getDecoder().decode(part.substring(0, part.indexOf('"'))))
					.source()
					.notes()
					.with(PictureOrigin.NONE));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Display P3", "Ärger – mit Namen", " ",
		"a name of more than seventy-nine letters, which is more than a chunk of a PNG can hold, so it is cut" })
	void namesOfProfilesAreReadInBothVersions(final String name) {
		for (final boolean languages : new boolean[] { false, true }) {
			final ColourProfile profile = ColourProfile.of(named(name, languages)).orElseThrow();
			final String ascii = name.replaceAll("[^ -~]", "?");
			assertEquals(name.isBlank() ? "unnamed" : languages ? name : ascii, profile.name());
			final PictureNotes notes = new PictureNotes(Optional.of(profile), Optional.empty());
			assertEquals(Optional.of(profile),
				LayerFormat.read(written(LayerFormat.ZIP, document(Documents.stack(), notes))).metadata().profile());
		}
	}

	/** A profile of a description and nothing else. */
	private static byte[] named(final String name, final boolean languages) {
		final byte[] text = name.getBytes(languages ? StandardCharsets.UTF_16BE : StandardCharsets.US_ASCII);
		final ByteBuffer b = ByteBuffer.allocate(144 + 28 + text.length + 80);
		b.putInt(0, b.capacity())
			.put(16, "RGB ".getBytes(StandardCharsets.US_ASCII))
			.put(36, "acsp".getBytes(StandardCharsets.US_ASCII));
		b.putInt(128, 1)
			.put(132, "desc".getBytes(StandardCharsets.US_ASCII))
			.putInt(136, 144)
			.putInt(140, 28 + text.length);
		b.put(144, (languages ? "mluc" : "desc").getBytes(StandardCharsets.US_ASCII));
		if (languages) b.putInt(152, 1).putInt(156, 12).putInt(164, text.length).putInt(168, 28).put(172, text);
		else b.putInt(152, text.length + 1).put(156, text);
		return b.array();
	}
}
