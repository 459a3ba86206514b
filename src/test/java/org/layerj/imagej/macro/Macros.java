package org.layerj.imagej.macro;

import ij.ImagePlus;
import ij.Menus;
import ij.macro.Interpreter;
import ij.plugin.PlugIn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs real macro text without a screen. Plain ImageJ builds its menus from windows and has none here, so its command
 * table is filled in by hand: with ImageJ's own commands and those of {@code plugins.config}, but {@code Decompose...}
 * does what a test wants done.
 */
public final class Macros {

	/** The interpreter and the command table know classes by name only, hence static fields. */
	private static final AtomicReference<Runnable> COMMAND = new AtomicReference<>();
	private static final AtomicReference<ImagePlus> IMAGE = new AtomicReference<>();
	private static final List<String> NOTES = new CopyOnWriteArrayList<>();

	private static final Pattern ENTRY = Pattern.compile("Plugins>Decompose Layers, \"(.*)\", ([\\w.]+)");

	private static final Pattern IMAGEJ_ENTRY = Pattern.compile("[a-z]+\\d\\d=\"(.*?)(?:\\[.*])?\",(ij\\..*?)\\s*");
	/** Commands that ImageJ adds in code, some of them. */
	private static final Map<String, String> IMAGEJ = Map.of("Duplicate...", "ij.plugin.Duplicator", "Clear",
		"ij.plugin.filter.Filler(\"clear\")", "Fill", "ij.plugin.filter.Filler(\"fill\")", "Invert",
		"ij.plugin.filter.Filters(\"invert\")", "Smooth", "ij.plugin.filter.Filters(\"smooth\")", "Crop",
		"ij.plugin.Resizer(\"crop\")", "Undo", "ij.plugin.Commands(\"undo\")");

	private Macros() {}

	/**
	 * How a macro ended.
	 *
	 * @param notes what it noted
	 * @param error the message that ended it, empty if it came to its end
	 */
	public record Outcome(List<String> notes, String error) {

		/** The macro came to its end and had these things to say. */
		public static Outcome of(final String... notes) {
			return new Outcome(List.of(notes), "");
		}

		/** The macro did not get beyond the command. */
		public static Outcome error(final String message) {
			return new Outcome(List.of(), message);
		}
	}

	/**
	 * Runs {@code run("Decompose...", options)} on an image in batch mode.
	 *
	 * @param image the only image open, or null if none is
	 * @param command what {@code Decompose...} does, in the macro's thread
	 * @return notes the title of the current image after the command
	 */
	public static Outcome run(final ImagePlus image, final String options, final Runnable command) {
		return run(image, command,
			"run('Decompose...', '" + options + "');\nif (nImages > 0) call('" + Macros.class.getName()
				+ ".note', getTitle());\n" + "else call('" + Macros.class.getName() + ".note', 'no image');");
	}

	/** Runs a macro of one's own; it may note things by {@code call("org.layerj.imagej.macro.Macros.note", …)}. */
	public static Outcome run(final ImagePlus image, final Runnable command, final String macro) {
		NOTES.clear();
		COMMAND.set(command);
		IMAGE.set(image);
		installCommands();
		final String text = "setBatchMode(true);\n" + (image == null ? "" : "run('Open Test Image');\n") + macro;
		final Interpreter interpreter = new Interpreter();
		// Otherwise ImageJ shows a dialog.
		interpreter.setIgnoreErrors(true);
		final Thread thread = new Thread(() -> interpreter.run(text), "Run$_Macro");
		thread.start();
		try {
			thread.join(60_000);
		}
		catch (final InterruptedException e) {
			throw new IllegalStateException(e);
		}
		return new Outcome(List.copyOf(NOTES), Optional.ofNullable(interpreter.getErrorMessage()).orElse(""));
	}

	/** For macros. */
	public static void note(final String text) {
		NOTES.add(text);
	}

	/** For the command table. */
	public static final class Command implements PlugIn {

		@Override
		public void run(final String arg) {
			COMMAND.get().run();
		}
	}

	/** For the command table. */
	public static final class Open implements PlugIn {

		@Override
		public void run(final String arg) {
			IMAGE.get().show();
		}
	}

	private static void installCommands() {
		try {
			final Field table = Menus.class.getDeclaredField("pluginsTable");
			table.setAccessible(true);
			final Map<String, String> commands = new Hashtable<>(entries("/IJ_Props.txt", IMAGEJ_ENTRY));
			commands.putAll(IMAGEJ);
			commands.putAll(entries());
			commands.put("Decompose...", Command.class.getName());
			commands.put("Open Test Image", Open.class.getName());
			table.set(null, commands);
		}
		catch (final ReflectiveOperationException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Label and class of all commands in {@code plugins.config}. */
	public static Map<String, String> entries() {
		return entries("/plugins.config", ENTRY);
	}

	private static Map<String, String> entries(final String resource, final Pattern pattern) {
		final Map<String, String> entries = new LinkedHashMap<>();
		try (InputStream in = Macros.class.getResourceAsStream(resource)) {
			new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.map(pattern::matcher)
				.filter(Matcher::matches)
				.forEach(m -> entries.put(m.group(1), m.group(2)));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return entries;
	}
}
