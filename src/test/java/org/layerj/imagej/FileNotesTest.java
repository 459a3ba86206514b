package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ColorProcessor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.elements.ElementsJson;
import org.layerj.elements.LayerElements;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.HyperstackBuilder;
import org.layerj.imagej.stack.StackElements;
import org.layerj.io.header.ColourProfile;
import org.layerj.io.header.MadeFiles;
import org.layerj.io.header.PictureNotes;
import org.layerj.io.header.PixelSize;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

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

	@Test
	void aFileOfAFrameHasTheElementsOfThatFrame() {
		final HyperstackBuilder frames = new HyperstackBuilder(frame(1));
		frames.add(frame(1));
		frames.add(frame(2));
		final ImagePlus image = frames.image("two");
		for (int t = 1; t <= 2; t++) StackElements.keep(LayerElements.of(frame(t)), frame(t), image, t);
		final OpenLayers open = OpenLayers.of(image).orElseThrow();
		for (final int t : new int[] { 1, 2, 1 }) {
			image.setPosition(1, 1, t);
			assertEquals(LayerElements.of(frame(t)),
				ElementsJson.parse(FileNotes.of(open).elements().orElseThrow(), 3, 1).orElseThrow());
		}
	}

	/** One pixel on a background, at another place in each frame. */
	private static LayerStack frame(final int t) {
		final int[] dot = new int[3];
		dot[t] = 0xffff0000;
		return new LayerStack(3, 1,
			List.of(Layer.of("background", "Background", RgbaImage.ofArgb(3, 1, new int[] { -1, -1, -1 })),
				Layer.of("dot", "Dot", RgbaImage.ofArgb(3, 1, dot))));
	}
}
