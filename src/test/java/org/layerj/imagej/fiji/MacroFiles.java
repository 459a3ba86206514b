package org.layerj.imagej.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.plugin.filter.ThresholdToSelection;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.layerj.Jvm;
import org.layerj.imagej.DecomposeCommand;
import org.layerj.imagej.edit.EditAction;
import org.layerj.imagej.edit.EditRequest;
import org.layerj.imagej.edit.EditRun;
import org.layerj.imagej.edit.RegionPicture;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.Recomposed;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

/**
 * Runs every macro in {@code macros/} on several pictures and compares: decompositions with those of the command line,
 * edits and stacks with those that Java makes by the same steps. Pictures are what the macro draws to try it on, and
 * variations of it; the macro then runs without these lines, on the open image, as its first comment says.
 */
public final class MacroFiles {

	/** From the comment that says so to the next empty line. */
	private static final String TO_TRY = "(?s)// (A|An) [^\\n]* to try it on; leave this out[^\\n]*\\n(.*?)\\n\\n";
	private static final String HERE = MacroFiles.class.getName();

	/** What macros hand out and in; the interpreter knows classes by name only. */
	private static final Map<String, ImagePlus> KEPT = new ConcurrentHashMap<>();

	private final Path dir;

	private final int variations;

	private MacroFiles(final Path dir, final int variations) {
		this.dir = dir;
		this.variations = variations;
	}

	/** A folder to work in, and how many variations of each picture, 2 at most. */
	public static void main(final String[] args) throws Exception {
		Fiji.start();
		final MacroFiles files = new MacroFiles(Path.of(args[0]), Integer.parseInt(args[1]));
		files.example();
		files.folder();
		files.stack();
		files.scaleBar();
		files.arrow();
		files.curves();
		files.letter();
		System.out.println("all the same");
	}

	// -- Macros --

	private static String text(final String name) {
		try (InputStream in = MacroFiles.class.getResourceAsStream("/macros/" + name + ".ijm")) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** For macros: hands out the current image. */
	public static void keep(final String name) {
		KEPT.put(name, WindowManager.getCurrentImage());
	}

	/** For macros: opens an image that was handed in. */
	public static void give(final String name) {
		final ImagePlus image = KEPT.get(name);
		image.show();
	}

	private static List<String> run(final String macro) {
		final Fiji.Ended ended = Fiji.macro(
			"setBatchMode(true);\n" + macro.replace("print(", "call('" + Fiji.class.getName() + ".note', '' + "));
		assertEquals("", ended.error(), macro);
		return ended.notes();
	}

	/** What a macro makes of the picture that it draws to try it on: the image of that title. */
	static ImagePlus made(final String name, final String title, final boolean batch) {
		final Fiji.Ended ended = Fiji.macro((batch ? "setBatchMode(true);\n" : "") + text(name) + "\nselectImage('"
			+ title + "');\ncall('" + HERE + ".keep', '" + title + "');");
		assertEquals("", ended.error(), name);
		return KEPT.get(title);
	}

	/** The picture that a macro draws to try it on, its lines changed. */
	private static ImagePlus picture(final String name, final UnaryOperator<String> changed) {
		final Matcher lines = Pattern.compile(TO_TRY).matcher(text(name));
		assertTrue(lines.find(), name + " draws a picture");
		run(changed.apply(lines.group(2)) + "\ncall('" + HERE + ".keep', 'picture');");
		return KEPT.get("picture").duplicate();
	}

	/** Runs a macro on a picture; the images of these titles, and what it printed under {@code notes}. */
	private static Map<String, ImagePlus> run(final String name, final ImagePlus picture, final String title,
		final String... titles)
	{
		final ImagePlus given = picture.duplicate();
		given.setTitle(title);
		KEPT.put("given", given);
		final String macro = text(name).replaceFirst(TO_TRY, "call('" + HERE + ".give', 'given');\n\n");
		run(macro + "\n"
			+ Arrays.stream(titles)
				.map(t -> "selectImage('" + t + "');\ncall('" + HERE + ".keep', '" + t + "');\n")
				.collect(Collectors.joining()));
		return Arrays.stream(titles).collect(Collectors.toMap(t -> t, KEPT::get));
	}

	/** The picture as the macro draws it, and variations by replacing words in its lines. */
	private List<ImagePlus> pictures(final String name, final String[][] replacements) {
		final List<ImagePlus> pictures = new ArrayList<>(List.of(picture(name, t -> t)));
		for (final String[] pairs : List.of(replacements).subList(0, Math.min(variations, replacements.length))) {
			pictures.add(picture(name, text -> {
				String changed = text;
				for (int k = 0; k < pairs.length; k += 2) {
					assertTrue(changed.contains(pairs[k]), name + " has " + pairs[k]);
					changed = changed.replace(pairs[k], pairs[k + 1]);
				}
				return changed;
			}));
		}
		return pictures;
	}

	// -- What else makes the same --

	/** By the command line. */
	private ImagePlus commandLine(final Path picture, final String... options)
		throws IOException, InterruptedException
	{
		final Path out = dir.resolve("cli-" + picture.getFileName());
		final List<String> command = Jvm.command("-Xmx400m", "-cp", System.getProperty("java.class.path"),
			"org.layerj.cli.Main", picture.toString(), "--output", out.toString());
		command.addAll(List.of(options));
		final Path log = dir.resolve("log.txt");
		final Process process =
			new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		assertTrue(process.waitFor(3, TimeUnit.MINUTES));
		assertEquals(0, process.exitValue(), Files.readString(log));
		return IJ.openImage(out.resolve("layers.tif").toString());
	}

	/** By Java. */
	private static OpenLayers decomposed(final ImagePlus picture, final String title, final Object... options)
		throws Exception
	{
		final ImagePlus image = picture.duplicate();
		image.setTitle(title);
		final Object[] inputs = new Object[options.length + 2];
		inputs[0] = "image";
		inputs[1] = image;
		System.arraycopy(options, 0, inputs, 2, options.length);
		final CommandModule module =
			Fiji.context().service(CommandService.class).run(DecomposeCommand.class, false, inputs).get();
		return OpenLayers.of((ImagePlus) module.getOutput("result")).orElseThrow();
	}

	private static void edit(final OpenLayers open, final EditAction action, final String... pairs) {
		new EditRun(EditRequest.of(action, pairs), Optional.of(open.hyperstack())).on(open);
	}

	private static ImagePlus recomposed(final OpenLayers open) {
		open.layers();
		return Recomposed.of(open.hyperstack());
	}

	/** What the macros' function {@code select} selects. */
	private static void select(final ImagePlus on, final ImagePlus picture, final int around,
		final IntPredicate wanted)
	{
		final ImageProcessor mask = new ByteProcessor(picture.getWidth(), picture.getHeight());
		mask.setColor(255);
		for (int y = 0; y < picture.getHeight(); y++) for (int x = 0; x < picture.getWidth(); x++) {
			if (wanted.test(picture.getProcessor().get(x, y)))
				mask.fillRect(x - around, y - around, 2 * around + 1, 2 * around + 1);
		}
		mask.setThreshold(255, 255, ImageProcessor.NO_LUT_UPDATE);
		on.setRoi(new ThresholdToSelection().convert(mask));
	}

	private static boolean red(final int rgb) {
		return (rgb >> 16 & 255) - (rgb >> 8 & 255) >= 40;
	}

	static void assertSame(final ImagePlus expected, final ImagePlus actual, final String what) {
		final ImageStack a = expected.getStack();
		final ImageStack b = actual.getStack();
		assertEquals(a.size(), b.size(), what);
		for (int n = 1; n <= a.size(); n++) {
			final Object p = a.getPixels(n);
			final Object q = b.getPixels(n);
			assertEquals(p.getClass(), q.getClass(), what);
			for (int i = 0; i < Array.getLength(p); i++)
				if (!Array.get(p, i).equals(Array.get(q, i)))
					throw new AssertionError(what + " differs in plane " + n + " at " + i % a.getWidth() + ", "
						+ i / a.getWidth() + ": " + Array.get(p, i) + " and " + Array.get(q, i));
		}
	}

	// -- Each macro --

	private void example() throws Exception {
		final List<ImagePlus> pictures = pictures("Decompose_Example",
			new String[][] { { "70, 130, 180", "20, 90, 60", "fillOval(120, 40", "fillOval(60, 90" },
				{ "320, 240", "200, 150", "fillRect(30, 60, 140, 120)", "drawRect(10, 10, 100, 90)" } });
		for (int k = 0; k < pictures.size(); k++) {
			final Path file = dir.resolve("example" + k + ".png");
			IJ.saveAs(pictures.get(k).duplicate(), "png", file.toString());
			final String text = text("Decompose_Example");
			KEPT.put("given", pictures.get(k).duplicate());
			final List<String> reported = run(text.replaceFirst(TO_TRY, "call('" + HERE + ".give', 'given');\n\n")
				+ "\ncall('" + HERE + ".keep', 'layers');");
			final ImagePlus expected = commandLine(file, "--layers", "3", "--seed", "1");
			assertSame(expected, KEPT.get("layers"), "example " + k);
			assertEquals(Hyperstacks.layers(expected), Hyperstacks.layers(KEPT.get("layers")));
			assertEquals(expected.getNSlices() + 1, reported.size());
		}
	}

	private void folder() throws Exception {
		final Path folder = Files.createDirectories(dir.resolve("folder"));
		final List<ImagePlus> pictures = pictures("Recolour_Curve",
			new String[][] { { "setLineWidth(2)", "setLineWidth(5)" }, { "\"RGB white\"", "\"8-bit white\"" } });
		for (int k = 0; k < pictures.size(); k++)
			IJ.saveAs(pictures.get(k).duplicate(), "png", folder.resolve("plot" + k + ".png").toString());
		IJ.saveAs(pictures.get(0).duplicate(), "jpg", folder.resolve("photo.jpg").toString());
		// Another picture is open meanwhile.
		KEPT.put("given", pictures.get(0).duplicate());
		final List<String> reported = run("call('" + HERE + ".give', 'given');\n"
			+ text("Decompose_Folder").replace("getArgument()", "'" + folder + "'"));
		assertEquals(pictures.size() + 1, reported.size());
		for (final String line : reported) assertTrue(line.endsWith("recomposite identical"), line);
		final List<String> names = new ArrayList<>(List.of("photo.jpg"));
		for (int k = 0; k < pictures.size(); k++) names.add("plot" + k + ".png");
		for (final String name : names)
			assertSame(commandLine(folder.resolve(name)), IJ.openImage(
				folder.resolve("layers").resolve(name.replaceFirst("\\..*", "") + "-layers.tif").toString()), name);
	}

	private void stack() throws Exception {
		for (final ImagePlus series : pictures("Decompose_Stack", new String[][] {
			{ "4000 * s", "9000 + 100 * s", "50, 50", "30, 60" }, { "16-bit black", "32-bit black" } }))
		{
			final Map<String, ImagePlus> made =
				run("Decompose_Stack", series, "series", "series-layers", "series-recomposite");
			final OpenLayers open = decomposed(series, "series", "layers", 2, "slices", "all", "reuse", "true");
			assertSame(open.hyperstack(), made.get("series-layers"), "layers of a stack");
			assertSame(series, made.get("series-recomposite"), "a stack composited again");
		}
	}

	private void scaleBar() {
		for (final ImagePlus cells : pictures("Lift_Scale_Bar",
			new String[][] {
				{ "(\"seed\", 1)", "(\"seed\", 5)", "fillRect(290, 270, 90, 6)", "fillRect(250, 280, 120, 4)" },
				{ "\"20 um\", 308, 264", "\"5 um\", 280, 200" } }))
		{
			final Map<String, ImagePlus> made = run("Lift_Scale_Bar", cells, "cells", "bar on the left", "without bar");
			final ImagePlus picture = cells.duplicate();
			select(picture, cells, 2, value -> value >= 200);
			final OpenLayers open = OpenLayers.of(RegionPicture.of(picture, "Scale bar")).orElseThrow();
			edit(open, EditAction.MOVE, "layer", "Scale bar", "x", "20", "y", "240");
			assertSame(recomposed(open), made.get("bar on the left"), "bar on the left");
			edit(open, EditAction.HIDE, "layer", "Scale bar");
			assertSame(recomposed(open), made.get("without bar"), "without bar");
		}
	}

	private void arrow() {
		for (final ImagePlus tissue : pictures("Remove_Arrow", new String[][] { { "(\"seed\", 2)", "(\"seed\", 7)" },
			{ "makeArrow(60, 50, 150, 110", "makeArrow(200, 150, 90, 40" } }))
		{
			final Map<String, ImagePlus> made = run("Remove_Arrow", tissue, "micrograph", "without arrow");
			final ImagePlus picture = tissue.duplicate();
			select(picture, tissue, 2, MacroFiles::red);
			final OpenLayers open = OpenLayers.of(RegionPicture.of(picture, "Arrow")).orElseThrow();
			edit(open, EditAction.DELETE, "layer", "Arrow");
			assertSame(recomposed(open), made.get("without arrow"), "without arrow");
		}
	}

	private void curves() throws Exception {
		for (final ImagePlus plot : pictures("Recolour_Curve",
			new String[][] { { "180 - 6 * i, 55 + 10 * i, 174 - 6 * i", "150 - 3 * i, 55 + 10 * i, 147 - 3 * i" },
				{ "setColor(0, 160, 0)", "setColor(0, 120, 40)" } }))
		{
			final Map<String, ImagePlus> made = run("Recolour_Curve", plot, "plot", "safe colours", "one curve blue");
			final OpenLayers open = decomposed(plot, "plot", "layers", 2);
			edit(open, EditAction.RENAME, "layer", "2", "name", "Curves");
			edit(open, EditAction.RECOLOUR, "layer", "Curves", "palette", "okabe-ito");
			assertSame(recomposed(open), made.get("safe colours"), "safe colours");
			select(open.hyperstack(), plot, 0, MacroFiles::red);
			edit(open, EditAction.SPLIT, "layer", "Curves", "name", "Red curve");
			open.hyperstack().deleteRoi();
			edit(open, EditAction.RECOLOUR, "layer", "Red curve", "tint", "#0072b2");
			assertSame(recomposed(open), made.get("one curve blue"), "one curve blue");
		}
	}

	private void letter() throws Exception {
		for (final ImagePlus panel : pictures("Swap_Panel_Letter",
			new String[][] { { "drawString(\"A\"", "drawString(\"E\"" },
				{ "24, \"bold", "18, \"bold", "setColor(200, 90, 60)", "setColor(60, 160, 60)" } }))
		{
			final Map<String, ImagePlus> made = run("Swap_Panel_Letter", panel, "panel", "panel A", "panel B");
			final OpenLayers open = decomposed(panel, "panel", "layers", "auto");
			edit(open, EditAction.TEXT, "layer", "Text", "text", "B", "font", "SansSerif bold");
			assertSame(recomposed(open), made.get("panel B"), "panel B");
			edit(open, EditAction.UNDO);
			assertSame(recomposed(open), made.get("panel A"), "panel A");
			assertSame(panel, made.get("panel A"), "the panel as it was");
		}
	}
}
