package org.layerj.imagej;

import ij.ImagePlus;
import ij.Menus;
import ij.macro.Interpreter;
import ij.plugin.PlugIn;
import java.lang.reflect.Field;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs real macro text without a screen. Plain ImageJ builds its menus from windows and has none here, so its command table is filled in by hand with
 * one command, {@code Decompose...}, that does what a test wants done.
 */
public final class Macros {

	/** The interpreter and the command table know classes by name only, hence static fields. */
	private static final AtomicReference<Runnable> COMMAND = new AtomicReference<>();
	private static final AtomicReference<ImagePlus> IMAGE = new AtomicReference<>();
	private static final List<String> NOTES = new CopyOnWriteArrayList<>();

	private Macros() {}

	/**
	 * How a macro ended.
	 *
	 * @param notes what it noted
	 * @param error the message that ended it, empty if it came to its end
	 */
	record Outcome(List<String> notes, String error) {

		/** The macro came to its end and had these things to say. */
		static Outcome of(final String... notes) {
			return new Outcome(List.of(notes), "");
		}

		/** The macro did not get beyond the command. */
		static Outcome error(final String message) {
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
	static Outcome run(final ImagePlus image, final String options, final Runnable command) {
		return run(image, command, "run('Decompose...', '" + options + "');\nif (nImages > 0) call('" + Macros.class.getName() + ".note', getTitle());\n"
			+ "else call('" + Macros.class.getName() + ".note', 'no image');");
	}

	/** Runs a macro of one's own; it may note things by {@code call("org.layerj.imagej.Macros.note", …)}. */
	static Outcome run(final ImagePlus image, final Runnable command, final String macro) {
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
			table.set(null, new Hashtable<>(Map.of("Decompose...", Command.class.getName(), "Open Test Image", Open.class.getName())));
		}
		catch (final ReflectiveOperationException e) {
			throw new IllegalStateException(e);
		}
	}
}
