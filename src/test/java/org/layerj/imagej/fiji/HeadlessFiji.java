package org.layerj.imagej.fiji;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import java.awt.Color;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.layerj.imagej.DecomposeCommand;
import org.layerj.imagej.stack.Hyperstacks;
import org.scijava.command.CommandService;
import org.scijava.thread.ThreadService;

/**
 * What must work in Fiji without a screen; the tests of {@link FijiTest} run it in a JVM of its own. Each check is one
 * method and begins with nothing open.
 */
public final class HeadlessFiji {

	private static final String TWO = "layers=2";

	/** What threads of their own and macros hand to each other; the interpreter knows classes by name only. */
	private static final Map<String, ImagePlus> SEEN = new ConcurrentHashMap<>();
	private static CyclicBarrier barrier = new CyclicBarrier(1);

	private final Path dir;

	private HeadlessFiji(final Path dir) {
		this.dir = dir;
	}

	/** A folder to work in; then names of checks, for all of them none. */
	public static void main(final String[] args) throws Exception {
		Fiji.start();
		final List<String> wanted = List.of(args).subList(1, args.length);
		int failed = 0;
		for (final Method check : Arrays.stream(HeadlessFiji.class.getDeclaredMethods())
			.filter(m -> m.isAnnotationPresent(Check.class))
			.sorted(Comparator.comparing(Method::getName))
			.toList())
		{
			if (!wanted.isEmpty() && !wanted.contains(check.getName())) continue;
			Fiji.forget();
			try {
				check.invoke(new HeadlessFiji(Files.createDirectories(Path.of(args[0], check.getName()))));
				System.out.println("passed " + check.getName());
			}
			catch (final Exception e) {
				failed++;
				System.out.println("failed " + check.getName());
				e.getCause().printStackTrace(System.out);
			}
		}
		if (failed > 0) throw new AssertionError(failed + " failed");
	}

	private static ImagePlus picture(final String title, final int colour) {
		final ColorProcessor pixels = new ColorProcessor(48, 32);
		pixels.setColor(Color.WHITE);
		pixels.fill();
		pixels.setColor(new Color(colour));
		pixels.fillRect(8, 8, 20, 12);
		return new ImagePlus(title, pixels);
	}

	private static int colour(final ImagePlus layers) {
		return Hyperstacks.layers(layers)
			.get(1)
			.pixels()
			.argb(10 - Hyperstacks.layers(layers).get(1).bounds().x(),
				10 - Hyperstacks.layers(layers).get(1).bounds().y())
			& 0xffffff;
	}

	private static String newImage(final String title, final String colour) {
		return "newImage('" + title + "', 'RGB white', 48, 32, 1); setColor(" + colour + "); fillRect(8, 8, 20, 12);\n";
	}

	// -- 2. The image that the macro means --

	@Check
	void aMacroDecomposesItsOwnImageAndNotAnEarlierResult() {
		final String step = "run('Decompose...', '" + TWO
			+ "');\nnote(getTitle());\nrun('Recomposite');\nnote(getTitle() + ' ' + (getPixel(10, 10) & 0xffffff));\n";
		for (final String batch : List.of("", "setBatchMode(true);\n")) {
			final Fiji.Ended ended = Fiji
				.macro(batch + newImage("A", "255, 0, 0") + step + newImage("B", "0, 0, 255") + step + "close('*');");
			assertEquals("", ended.error());
			assertEquals(List.of("A-layers", "A-recomposite " + 0xff0000, "B-layers", "B-recomposite " + 0x0000ff),
				ended.notes());
			// Another macro later must not see anything of it.
			assertEquals(List.of("C-layers"),
				Fiji.macro(
					batch + newImage("C", "0, 255, 0") + "run('Decompose...', '" + TWO + "');\nnote(getTitle());")
					.notes());
		}
	}

	@Check
	void aScriptsImageIsTheOneThatIsTakenApart() throws Exception {
		final ImagePlus front = picture("front", 0xff0000);
		final ImagePlus meant = picture("meant", 0x0000ff);
		WindowManager.setTempCurrentImage(front);
		final ThreadService threads = Fiji.context().service(ThreadService.class);
		threads.run(() -> {
			// As a script does it, in a thread of SciJava's pool.
			IJ.run(meant, "Decompose...", TWO + " output=[" + dir.resolve("out") + "]");
		}).get();
		final JsonObject record =
			JsonParser.parseString(Files.readString(dir.resolve("out/layers.json"))).getAsJsonObject();
		assertEquals("meant", record.getAsJsonObject("input").get("name").getAsString());
		assertEquals(0x0000ff, colour(IJ.openImage(dir.resolve("out/layers.tif").toString())));
		assertSame(front, WindowManager.getCurrentImage(), "the one who asked the script keeps its image");
	}

	@Check
	void anImageMayBeNamed() {
		final Fiji.Ended ended = Fiji.macro("setBatchMode(true);\n" + newImage("first one", "255, 0, 0")
			+ newImage("second", "0, 0, 255") + "run('Decompose...', 'image=[first one] " + TWO
			+ "');\nnote(getTitle());\nselectImage('second');\nrun('Recomposite', 'image=[first-layers]');\nnote(getTitle());");
		assertEquals("", ended.error());
		assertEquals(List.of("first-layers", "first-recomposite"), ended.notes());
		assertEquals("The option image is nowhere, but no image of that title is open.",
			Fiji.macro("setBatchMode(true);\n" + newImage("A", "1, 2, 3")
				+ "run('Decompose...', 'image=nowhere');\nnote('went on');").error());
		assertEquals(List.of(), Fiji.noted());
	}

	/** For a macro: what a script does that it calls, in a thread of the pool for which it waits. */
	public static void callScript() throws Exception {
		Fiji.context().service(ThreadService.class).run(() -> {
			WindowManager.setTempCurrentImage(SEEN.get("script"));
			IJ.run("Decompose...", TWO);
			SEEN.put("scripts result", WindowManager.getCurrentImage());
			WindowManager.setTempCurrentImage(null);
		}).get();
	}

	@Check
	void theResultIsCurrentForTheCallerAndNotForTheCallersCaller() {
		SEEN.put("script", picture("script", 0x00ff00));
		final Fiji.Ended ended = Fiji.macro("setBatchMode(true);\n" + newImage("macro", "255, 0, 0") + "call('"
			+ HeadlessFiji.class.getName() + ".callScript');\nnote(getTitle());");
		assertEquals(List.of("macro"), ended.notes());
		assertEquals("script-layers", SEEN.get("scripts result").getTitle());
	}

	/** For macros in threads: waits for the others, and notes what is current. */
	public static void meet(final String name) throws Exception {
		SEEN.put(name, WindowManager.getCurrentImage());
		barrier.await(2, TimeUnit.MINUTES);
	}

	@Check
	void severalMacrosAtOnceHaveTheirOwnImages() throws Exception {
		final int macros = 4;
		barrier = new CyclicBarrier(macros);
		final List<Future<?>> running = new ArrayList<>();
		for (int k = 0; k < macros; k++) {
			final String name = "macro-" + k;
			final ImagePlus image = picture(name, 0x2040 << k);
			running.add(Fiji.context().service(ThreadService.class).run(() -> {
				final Interpreter interpreter = new Interpreter();
				interpreter.setIgnoreErrors(true);
				WindowManager.setTempCurrentImage(image);
				final String meet = "call('" + HeadlessFiji.class.getName() + ".meet', '" + name + "');\n";
				// ImageJ forgets batch mode for all when one macro ends, so none ends before the others are done.
				interpreter.run(meet + "run('Decompose...', '" + TWO + "');\n" + meet + "run('Recomposite');\n" + meet);
			}));
		}
		for (final Future<?> f : running) f.get(3, TimeUnit.MINUTES);
		for (int k = 0; k < macros; k++) {
			final ImagePlus last = SEEN.get("macro-" + k);
			assertEquals("macro-" + k + "-recomposite", last.getTitle());
			assertEquals(0x2040 << k, last.getProcessor().getPixel(10, 10) & 0xffffff);
		}
	}

	/** Slices that are made when they are asked for, as files of a virtual stack are. */
	private static final class Made extends VirtualStack {

		Made() {
			super(48, 32, null, null);
		}

		@Override
		public int getSize() {
			return 3;
		}

		@Override
		public int size() {
			return 3;
		}

		@Override
		public ImageProcessor getProcessor(final int n) {
			return picture("", 0x400000 * n - 1).getProcessor();
		}

		@Override
		public Object getPixels(final int n) {
			return getProcessor(n).getPixels();
		}

		@Override
		public String getSliceLabel(final int n) {
			return "slice " + n;
		}
	}

	@Check
	void aVirtualStackIsTakenApart() {
		final ImagePlus stack = new ImagePlus("virtual", (ImageStack) new Made());
		WindowManager.setTempCurrentImage(stack);
		IJ.run("Decompose...", TWO + " slices=all");
		final ImagePlus layers = WindowManager.getCurrentImage();
		assertEquals("virtual-layers", layers.getTitle());
		assertEquals(3, layers.getNFrames());
		IJ.run("Recomposite", "");
		final ImagePlus again = WindowManager.getCurrentImage();
		for (int n = 1; n <= 3; n++)
			assertArrayEquals((int[]) new Made().getPixels(n), (int[]) again.getStack().getProcessor(n).getPixels());
	}

	// -- Options --

	@Check
	void aPromptIsAPrompt() throws Exception {
		// ../shared/cases/prompt.ijm
		final Fiji.Ended ended = Fiji.macro(
			"newImage('tab', 'RGB white', 64, 48, 1); setColor(200,10,50); fillRect(5,5,20,20); setColor(20,10,250); fillRect(35,25,20,20);\n"
				+ "run('Decompose...', 'prompt=[flow chart, boxes say layers=1 seed=77 output=" + dir.resolve("evil")
				+ " steps=3 end]');\n" + "note(Property.get('decompose.run')); note(nSlices / 4);");
		assertEquals("", ended.error());
		final JsonObject options =
			JsonParser.parseString(ended.notes().get(0)).getAsJsonObject().getAsJsonObject("options");
		assertEquals("0", options.get("seed").getAsString(), options::toString);
		assertEquals("1", options.get("steps").getAsString(), options::toString);
		assertTrue(options.get("prompt").getAsString().endsWith("steps=3 end"), options::toString);
		assertFalse(ended.notes().get(1).equals("1"), "not one layer");
		assertFalse(Files.exists(dir.resolve("evil")));
	}

	@Check
	void bracketsThatDoNotMatchEndTheMacro() throws Exception {
		for (final String options : List.of("output=[" + dir.resolve("a]b") + "]",
			"output=[" + dir.resolve("a") + " layers=2", "layers=2]"))
		{
			final Fiji.Ended ended =
				Fiji.macro(newImage("A", "1, 2, 3") + "run('Decompose...', '" + options + "');\nnote('went on');");
			assertTrue(ended.error().startsWith("Brackets or quotes do not match in "), ended.error());
			assertEquals(List.of(), ended.notes());
		}
		try (var files = Files.list(dir)) {
			assertEquals(0, files.count());
		}
	}

	// -- 3. Errors --

	@Check
	void errorsEndTheMacroWithTheirMessage() {
		assertEquals(new Fiji.Ended(List.of(), "The option layers must be a whole number from 1 to 20, not 99."),
			Fiji.macro(newImage("A", "1, 2, 3") + "run('Decompose...', 'layers=99');\nnote('went on');"));
		assertEquals(new Fiji.Ended(List.of(), "There is no image open; open a picture first."),
			Fiji.macro("run('Decompose...');\nnote('went on');"));
		assertEquals(
			new Fiji.Ended(List.of(),
				"The image A has no layers; choose a stack of layers or its view, or decompose the image first."),
			Fiji.macro(newImage("A", "1, 2, 3") + "run('Recomposite');\nnote('went on');"));
	}

	// -- 4. Memory --

	/** For a macro: remembers the current image without holding it. */
	public static void watch() {
		WATCHED.add(new WeakReference<>(WindowManager.getCurrentImage()));
	}

	private static final List<WeakReference<ImagePlus>> WATCHED = new ArrayList<>();

	@Check
	void resultsAreFreed() throws Exception {
		WATCHED.clear();
		for (int k = 0; k < 20; k++) {
			assertEquals("",
				Fiji.macro("setBatchMode(true);\n" + newImage("A", "255, 0, " + k) + "run('Decompose...', '" + TWO
					+ "');\ncall('" + HeadlessFiji.class.getName() + ".watch');\nrun('Recomposite');\ncall('"
					+ HeadlessFiji.class.getName() + ".watch');").error());
		}
		for (int k = 0; k < 10; k++) script(k);
		for (int tries = 0; tries < 50 && WATCHED.stream().anyMatch(w -> w.get() != null); tries++) {
			System.gc();
			Thread.sleep(100);
		}
		assertEquals(50, WATCHED.size());
		assertEquals(0, WATCHED.stream().filter(w -> w.get() != null).count(), "still reachable of 50");
	}

	private static void script(final int k) throws Exception {
		final Object result = Fiji.context()
			.service(CommandService.class)
			.run(DecomposeCommand.class, k % 2 == 0, "image", picture("s", 0x123456 + k), "layers", 2)
			.get()
			.getOutput("result");
		WATCHED.add(new WeakReference<>((ImagePlus) result));
		assertEquals(0x123456 + k, colour((ImagePlus) result));
	}
}
