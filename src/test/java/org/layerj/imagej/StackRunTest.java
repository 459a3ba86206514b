package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.common.CancelAt;
import org.layerj.common.CancelledException;
import org.layerj.common.Hash;
import org.layerj.common.Progress;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.FakeDecomposer;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.imagej.stack.Recomposed;
import org.layerj.imagej.stack.SavedTiff;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/** Stacks, selections and the samples of both, through the whole run. */
class StackRunTest {

	private static final int W = 12;
	private static final int H = 9;

	private final FakeDecomposer fake = new FakeDecomposer();

	@TempDir
	Path dir;

	private static ImagePlus zStack(final int slices) {
		final Random random = new Random(4);
		final ImageStack stack = new ImageStack(W, H);
		for (int z = 1; z <= slices; z++) {
			final short[] pixels = new short[W * H];
			for (int i = 0; i < pixels.length; i++) pixels[i] = (short) random.nextInt(5000);
			stack.addSlice("z " + z, pixels);
		}
		final ImagePlus image = new ImagePlus("cells.tif", stack);
		image.setDimensions(1, slices, 1);
		image.setDisplayRange(100, 4000);
		image.getCalibration().pixelDepth = 0.7;
		image.getCalibration().setUnit("µm");
		return image;
	}

	private ImagePlus run(final ImagePlus image, final Map<String, String> values) {
		return new DecomposeRun(fake::open).run(Optional.of(image), DecomposeRequest.parse(values), Progress.none());
	}

	private static void assertSameSlices(final ImagePlus image, final ImagePlus recomposed, final int... slices) {
		assertEquals(slices.length, recomposed.getStackSize());
		for (int k = 0; k < slices.length; k++) {
			assertArrayEquals((short[]) image.getStack().getPixels(slices[k]),
				(short[]) recomposed.getStack().getPixels(k + 1), "slice " + slices[k]);
			assertEquals(image.getStack().getSliceLabel(slices[k]), recomposed.getStack().getSliceLabel(k + 1));
		}
	}

	@Test
	void everySliceIsAFrame() {
		final ImagePlus image = zStack(4);
		final ImagePlus layers = run(image, Map.of("slices", "all", "layers", "2"));
		assertArrayEquals(new int[] { W, H, 2, 2, 4 }, layers.getDimensions());
		assertEquals(4, fake.pictures.size());
		final ImagePlus recomposed = Recomposed.of(layers);
		assertSameSlices(image, recomposed, 1, 2, 3, 4);
		assertArrayEquals(new int[] { W, H, 1, 4, 1 }, recomposed.getDimensions());
		assertEquals(0.7, recomposed.getCalibration().pixelDepth);
		assertEquals(4000, recomposed.getDisplayRangeMax());
		layers.setPosition(1, 1, 3);
		assertEquals(Hyperstacks.layers(layers, 3), Hyperstacks.layers(layers), "the current frame");
		assertEquals(W * H / 5 + 1, Hyperstacks.layers(layers, 4).get(1).synthetic().count(),
			"masks are kept by frame");
	}

	@Test
	void someSlicesAndTheCurrentOne() throws IOException {
		final ImagePlus image = zStack(5);
		assertSameSlices(image, Recomposed.of(run(image, Map.of("slices", "4, 2-3"))), 2, 3, 4);
		image.setSlice(5);
		assertSameSlices(image, Recomposed.of(run(image, Map.of())), 5);
		final Path out = dir.resolve("out");
		final ImagePlus layers = run(image, Map.of("slices", "1,3", "output", out.toString()));
		assertTrue(Files.exists(out.resolve("slice-0003/layers.json")));
		assertFalse(Files.exists(out.resolve("layers.json")));
		final JsonObject record =
			JsonParser.parseString(Files.readString(out.resolve("slice-0003/layers.json"))).getAsJsonObject();
		assertEquals("{\"bits\":16,\"channels\":1}", record.get("samples").toString());
		assertEquals("samples", record.getAsJsonObject("input").get("hashed").getAsString());
		final ByteBuffer hashed =
			ByteBuffer.allocate(9 + 2 * W * H).put((W + " " + H + " 16 1").getBytes(StandardCharsets.US_ASCII));
		for (final short v : (short[]) image.getStack().getPixels(3)) hashed.putShort(v);
		assertEquals(Hash.of(new ByteArrayInputStream(hashed.array())),
			record.getAsJsonObject("input").get("sha256").getAsString());
		assertEquals(Hyperstacks.layers(layers, 2),
			Hyperstacks.layers(IJ.openImage(out.resolve("slice-0003/layers.tif").toString())));
		SavedTiff.write(layers, dir.resolve("all.tif"));
		assertSameSlices(image, Recomposed.of(IJ.openImage(dir.resolve("all.tif").toString())), 1, 3);
	}

	@Test
	void compositesRunByPlaneAndTime() {
		final ImageStack stack = new ImageStack(W, H);
		for (int i = 0; i < 12; i++) {
			final byte[] pixels = new byte[W * H];
			new Random(i).nextBytes(pixels);
			stack.addSlice("plane " + i, pixels);
		}
		final ImagePlus plain = new ImagePlus("movie", stack);
		plain.setDimensions(2, 3, 2);
		final CompositeImage image = new CompositeImage(plain, CompositeImage.COMPOSITE);
		final ImagePlus layers = run(image, Map.of("slices", "all"));
		assertArrayEquals(new int[] { W, H, 3, 3, 6 }, layers.getDimensions());
		final ImagePlus recomposed = Recomposed.of(layers);
		for (int i = 1; i <= 12; i++)
			assertArrayEquals((byte[]) stack.getPixels(i), (byte[]) recomposed.getStack().getPixels(i));
		assertEquals("plane 11", recomposed.getStack().getSliceLabel(12));
	}

	@Test
	void masksOfTheFirstSliceServeForAll() {
		final ImagePlus image = zStack(3);
		final ImagePlus layers = run(image, Map.of("slices", "all", "reuse", "true"));
		assertEquals(1, fake.pictures.size());
		assertSameSlices(image, Recomposed.of(layers), 1, 2, 3);
		final LayerStack first = Hyperstacks.layers(layers, 1);
		final LayerStack last = Hyperstacks.layers(layers, 3);
		for (int k = 0; k < first.size(); k++) {
			assertArrayEquals(first.get(k).pixels().plane(RgbaImage.ALPHA),
				last.get(k).pixels().plane(RgbaImage.ALPHA));
			assertEquals(first.get(k).synthetic(), last.get(k).synthetic());
		}
		assertThrows(InvalidOptionException.class, () -> run(image, Map.of("reuse", "true", "raw", "true")));
	}

	@Test
	void onlyTheSelectionIsTakenApart() {
		final ImagePlus image = zStack(1);
		image.setRoi(new Roi(3, 2, 5, 4));
		final ImagePlus layers = run(image, Map.of("layers", "3"));
		assertEquals("RgbaImage 5 × 4", fake.pictures.get(0).toString());
		assertSameSlices(image, Recomposed.of(layers), 1);
		final LayerStack stack = Hyperstacks.layers(layers);
		assertEquals(List.of("[0, 0]", "[3, 2]", "[3, 2]"),
			stack.layers().stream().map(l -> "[" + l.bounds().x() + ", " + l.bounds().y() + "]").toList());
		image.setRoi(new OvalRoi(3, 2, 6, 5));
		final ImagePlus oval = run(image, Map.of("layers", "2"));
		assertSameSlices(image, Recomposed.of(oval), 1);
		final Layer top = Hyperstacks.layers(oval).get(1);
		assertEquals(0, top.pixels().argb(0, 0) >>> 24, "corners of the oval are not in it");
		image.setRoi(new Roi(0, 0, W, H));
		assertEquals(W, run(image, Map.of()).getWidth());
		assertEquals(W + " × " + H, fake.pictures.get(2).toString().substring(10));
	}

	@Test
	void oneBarOverAllAndCancellingBetween() {
		final List<String> phases = new ArrayList<>();
		final Progress progress = new Progress() {

			@Override
			public void plan(final List<Phase> plan) {
				plan.forEach(p -> phases.add(p.name()));
			}

			@Override
			public void phase(final String name) {
				assertTrue(phases.contains(name), name);
			}

			@Override
			public void update(final double fraction, final String message) {}

			@Override
			public boolean cancelled() {
				return fake.pictures.size() == 2;
			}
		};
		final DecomposeRequest request = DecomposeRequest.parse(Map.of("slices", "all"));
		assertThrows(CancelledException.class,
			() -> new DecomposeRun(fake::open).run(Optional.of(zStack(4)), request, progress));
		assertEquals(List.of("slice 1 of 4: encode", "slice 1 of 4: denoise"), phases.subList(0, 2));
		assertEquals(8, phases.size());
		assertTrue(fake.closed);
	}

	@Test
	void cancelledAnywhereItLeavesNothing() {
		final AtomicInteger runs = new AtomicInteger();
		final Collection<String> places = CancelAt.everywhere(progress -> {
			final Path output = dir.resolve("result" + runs.getAndIncrement());
			fake.closed = false;
			new DecomposeRun(fake::open).run(Optional.of(zStack(1)),
				DecomposeRequest.parse(Map.of("output", output.toString())), progress);
		}, where -> {
			assertArrayEquals(new String[] { "result0" }, dir.toFile().list(), where);
			assertEquals(0, WindowManager.getImageCount(), where);
			assertTrue(fake.closed, where);
		});
		assertEquals("[DecomposeRun, FakeDecomposer, LayerFolder, Task]", places.toString());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "some | The option slices must be current, all, or numbers such as 2-5 or 1,3,7, not some.",
			"0 | The option slices must be current, all, or numbers such as 2-5 or 1,3,7, not 0.",
			"2-9 | The option slices asks for slice 9, but the image has 3 slices.",
			"3-2 | The option slices has the range 3-2, which ends before it begins.", })
	void slicesThatAreNotThereAreRejectedInOneMessage(final String slices, final String message) {
		assertEquals(message,
			assertThrows(InvalidOptionException.class, () -> run(zStack(3), Map.of("slices", slices))).getMessage());
	}

	@Test
	void flagsMayStandAlone() {
		assertEquals(Macros.Outcome.error(
			"Decompose... has no option layer; there are layers, resolution, steps, guidance, seed, prompt, negative, model, tokenizer, device, isolation, output,"
				+ " raw, rescale, lora, shift, stepcache, elements, slices, reuse, hints, like, image."),
			Macros.run(zStack(1), "layer=4 raw", () -> new DecomposePlugIn(fake::open).run("")));
		assertEquals(Macros.Outcome.of("cells-layers"),
			Macros.run(zStack(1), "raw", () -> new DecomposePlugIn(fake::open).run("")));
		assertTrue(fake.settings.get(0).raw());
	}

	@Test
	void theViewOfLayersIsNoPicture() {
		final ImagePlus view = OpenLayers.of(LayeredPictures.hyperstack()).orElseThrow().openView();
		final DecompositionException e = assertThrows(DecompositionException.class, () -> new DecomposeRun(fake::open)
			.run(Optional.of(view), DecomposeRequest.parse(Map.of()), Progress.none()));
		assertEquals(
			"The image fig-view is the view of layers; run Recomposite and decompose its result, or Decompose Selected Layer.",
			e.getMessage());
	}
}
