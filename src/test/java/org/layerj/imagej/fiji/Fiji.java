package org.layerj.imagej.fiji;

import ij.IJ;
import ij.ImageJ;
import ij.Menus;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.plugin.PlugIn;
import java.awt.GraphicsEnvironment;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import net.imagej.patcher.EssentialLegacyHooks;
import net.imagej.patcher.LegacyInjector;
import org.layerj.imagej.macro.Macros;
import org.scijava.Context;
import org.scijava.MenuPath;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.thread.ThreadService;

/**
 * Fiji, as far as our commands can tell, in a {@linkplain PatchedImageJ patched} JVM: ImageJ with its menus, a SciJava
 * context, threads that know who waits for them, and a menu in which a SciJava command of the same name takes the place
 * of a plugin, as imagej-legacy has it.
 */
public final class Fiji {

	private static final List<String> NOTES = new CopyOnWriteArrayList<>();
	/** The command table knows classes by name only, hence static. */
	private static final Context CONTEXT = new Context();

	private Fiji() {}

	/** For all of a JVM's time. */
	static Context context() {
		return CONTEXT;
	}

	/** Starts it: with its window on a screen, without one elsewhere. */
	static void start() {
		final ThreadService threads = CONTEXT.service(ThreadService.class);
		LegacyInjector.installHooks(Thread.currentThread().getContextClassLoader(), new EssentialLegacyHooks() {

			@Override
			public Iterable<Thread> getThreadAncestors() {
				return () -> ancestors(threads);
			}
		});
		if (GraphicsEnvironment.isHeadless()) IJ.runPlugIn("ij.IJ.init", "");
		else new ImageJ(ImageJ.STANDALONE);
		@SuppressWarnings("unchecked")
		final Map<String, String> commands = Menus.getCommands();
		commands.putAll(Macros.entries());
		for (final CommandInfo info : CONTEXT.service(CommandService.class).getCommands()) {
			final MenuPath path = info.getMenuPath();
			if (!path.isEmpty() && Macros.entries().containsKey(path.getLeaf().getName()))
				commands.put(path.getLeaf().getName(), Runner.class.getName() + "(\"" + info.getClassName() + "\")");
		}
	}

	private static Iterator<Thread> ancestors(final ThreadService threads) {
		return Stream.iterate(threads.getParent(Thread.currentThread()), t -> t != null, threads::getParent)
			.limit(20)
			.iterator();
	}

	/**
	 * Runs a SciJava command as imagej-legacy does when ImageJ's menu or a macro names it: in a thread of the pool, for
	 * which the caller waits.
	 */
	public static final class Runner implements PlugIn {

		@Override
		public void run(final String arg) {
			try {
				CONTEXT.service(CommandService.class).run(arg, true).get();
			}
			catch (final Exception e) {
				throw new IllegalStateException(e);
			}
		}
	}

	/**
	 * How a macro ended.
	 *
	 * @param notes what it noted by {@code call("org.layerj.imagej.fiji.Fiji.note", …)}, in short {@code note(…)}
	 * @param error the message that ended it, empty if it came to its end
	 */
	record Ended(List<String> notes, String error) {}

	/** Runs a macro as SciJava runs scripts, in a thread of its pool. */
	static Ended macro(final String text) {
		NOTES.clear();
		final Interpreter interpreter = new Interpreter();
		// Otherwise ImageJ shows a dialog.
		interpreter.setIgnoreErrors(true);
		try {
			CONTEXT.service(ThreadService.class).run(() -> interpreter.run(notes(text))).get();
		}
		catch (final Exception e) {
			throw new IllegalStateException(e);
		}
		return new Ended(List.copyOf(NOTES), Optional.ofNullable(interpreter.getErrorMessage()).orElse(""));
	}

	/** The macro with {@code note(…)} written out. */
	static String notes(final String macro) {
		return macro.replaceAll("\\bnote\\(", "call('" + Fiji.class.getName() + ".note', ");
	}

	/** For macros. */
	public static void note(final String text) {
		NOTES.add(text);
	}

	/** All that has been noted since the last macro began. */
	static List<String> noted() {
		return List.copyOf(NOTES);
	}

	/** Nothing is open, and no settings are kept. */
	static void forget() {
		IJ.resetEscape();
		NOTES.clear();
		WindowManager.setTempCurrentImage(null);
	}
}
