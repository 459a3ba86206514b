package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ColorProcessor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.common.Progress;
import org.layerj.decompose.SegmentDecomposer;
import org.layerj.elements.ElementsJson;
import org.layerj.elements.LayerElements;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.HyperstackBuilder;
import org.layerj.imagej.stack.StackElements;
import org.layerj.io.PictureReader;
import org.layerj.io.formats.LayerFormat;
import org.layerj.io.formats.LayerMetadata;
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
	void layersKeepProfileAndResolutionInProperties() {
		final ImagePlus layers = new ImagePlus("layers", new ColorProcessor(2, 2));
		FileNotes.keep(NOTES, layers);
		assertEquals(NOTES, FileNotes.picture(layers));
		layers.getCalibration().pixelWidth = layers.getCalibration().pixelHeight = 3;
		layers.getCalibration().setUnit("mm");
		assertEquals(0.003, FileNotes.picture(layers).pixelSize().orElseThrow().width(), 1e-12);
		layers.getCalibration().setUnit("parsec");
		assertEquals(Optional.empty(), FileNotes.picture(layers).pixelSize());
		for (final String foreign : List.of("not base64!", "1", "1 -1", "a b", "")) {
			layers.setProp("decompose.profile", foreign);
			layers.setProp("decompose.pixel", foreign);
			layers.getCalibration().pixelWidth = layers.getCalibration().pixelHeight = 1;
			layers.getCalibration().setUnit("pixel");
			assertEquals(PictureNotes.NONE, FileNotes.picture(layers), foreign);
		}
	}

	/** ImageJ leaves pictures lying that their files want turned. */
	@Test
	void sidesOfAPixelAreThoseOfThePictureAsImageJShowsIt() throws IOException {
		final byte[] density = ByteBuffer.allocate(9).putInt(10_000).putInt(5000).put((byte) 1).array();
		for (int orientation = 1; orientation <= 8; orientation++) {
			final Path file = Files.write(dir.resolve(orientation + ".png"), MadeFiles.png(3, 2, 8, 2, new byte[18],
				"pHYs", density, "eXIf", MadeFiles.exif(ByteOrder.BIG_ENDIAN, orientation)));
			final ImagePlus image = IJ.openImage(file.toString());
			assertEquals(3, image.getWidth());
			final PixelSize size = FileNotes.picture(image).pixelSize().orElseThrow();
			assertEquals(1e-4, size.width(), 1e-9);
			assertEquals(2e-4, size.height(), 1e-9);
		}
	}

	/** By way of the layers, in everything that is made of them. */
	@Test
	void profileAndResolutionReachExportsAndRecompositedPictures() throws IOException {
		final ImagePlus layers = new DecomposeRun((m, d) -> new SegmentDecomposer()).run(Optional.of(opened()),
			DecomposeRequest.parse(Map.of("layers", "1")), Progress.none());
		for (final String format : List.of("psd", "ora", "tif", "zip")) {
			final Path file = dir.resolve("layers." + format);
			assertEquals("", Macros.run(layers, () -> {}, "run('Export...', 'file=[" + file + "]');").error());
			final LayerMetadata said = LayerFormat.read(file).metadata();
			assertEquals(NOTES.profile(), said.notes().profile(), format);
			assertEquals(300, said.pixelSize().orElseThrow().dpiX(), 0.01, format);
		}
		final ImagePlus recomposited = new RecompositePlugIn().call(Optional.of(layers), Map.of()).orElseThrow();
		for (final ImagePlus image : List.of(layers, recomposited))
			for (final String format : List.of("png", "jpg", "tif"))
			{
				final Path file = dir.resolve("picture." + format);
				assertEquals("",
					Macros.run(image, () -> {}, "run('Export Picture...', 'file=[" + file + "]');").error());
				final PictureNotes said = PictureReader.storedNotes(file);
				assertEquals(NOTES.profile(), said.profile(), format);
				assertEquals(300, said.pixelSize().orElseThrow().dpiX(), 0.01, format);
			}
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
