package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ColorProcessor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.io.header.ColourProfile;
import org.layerj.io.header.MadeFiles;
import org.layerj.io.header.PictureNotes;
import org.layerj.io.header.PixelSize;

class FileNotesTest {

	private static final PictureNotes NOTES =
		new PictureNotes(ColourProfile.of(MadeFiles.profile(false)), Optional.of(PixelSize.ofDpi(300)));

	@TempDir
	private Path dir;

	private ImagePlus opened() throws IOException {
		final byte[] density = ByteBuffer.allocate(9).putInt(11811).putInt(11811).put((byte) 1).array();
		final Path file = Files.write(dir.resolve("figure.png"), MadeFiles.png(2, 2, 8, 2, new byte[12], "iCCP",
			MadeFiles.packedProfile(MadeFiles.profile(false)), "pHYs", density));
		return IJ.openImage(file.toString());
	}

	@Test
	void profileAndResolutionAreLookedUpInTheFileThatAnImageWasOpenedFrom() throws IOException {
		assertEquals(NOTES, FileNotes.picture(opened()));
		assertEquals(PictureNotes.NONE, FileNotes.picture(new ImagePlus("new", new ColorProcessor(2, 2))));
	}

	@Test
	void aCalibrationCountsMoreThanTheFile() throws IOException {
		final ImagePlus image = opened();
		image.getCalibration().pixelWidth = 2;
		image.getCalibration().pixelHeight = 2;
		image.getCalibration().setUnit("mm");
		assertEquals(0.002, FileNotes.picture(image).pixelSize().orElseThrow().width(), 1e-12);
		image.getCalibration().setUnit("parsec");
		assertEquals(Optional.empty(), FileNotes.picture(image).pixelSize());
	}

	@Test
	void layersKeepTheProfileInAProperty() {
		final ImagePlus layers = new ImagePlus("layers", new ColorProcessor(2, 2));
		FileNotes.keep(NOTES, layers);
		assertEquals(NOTES.profile(), FileNotes.picture(layers).profile());
		layers.setProp("decompose.profile", "not base64!");
		assertEquals(Optional.empty(), FileNotes.picture(layers).profile());
	}
}
