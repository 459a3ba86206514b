package org.layerj.imagej.macro;

import ij.IJ;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Tells whether it was a macro that asked for something. {@link IJ#isMacro()} says that some macro is running, maybe another one, for
 * hours; but whoever calls {@code IJ.run} does so in a thread that ImageJ then names {@code Run$_…}. A menu's thread is named after the command.
 */
public final class MacroThread {

	/** ImageJ's own mark, see {@code ij.IJ.run} and {@code ij.Macro.getOptions}. */
	private static final String MARK = "Run$_";

	private MacroThread() {}

	/** The current thread, if a macro or script called from it. */
	public static Optional<Thread> current() {
		return of(t -> Optional.empty());
	}

	/**
	 * The thread of the macro or script that waits for what is done in the current thread.
	 *
	 * @param parent the thread that had another one do something and waits for it; empty if there is none. SciJava runs commands in threads of
	 *          its own, and hands macro options down the same way.
	 */
	public static Optional<Thread> of(final Function<Thread, Optional<Thread>> parent) {
		if (!IJ.isMacro()) return Optional.empty();
		final Set<Thread> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		Optional<Thread> next = parent.apply(Thread.currentThread());
		// Threads of a pool keep the mark of an earlier job, so a thread that has a parent is not asked itself.
		if (next.isEmpty()) next = Optional.of(Thread.currentThread());
		while (next.isPresent() && seen.add(next.get())) {
			if (next.get().getName().startsWith(MARK)) return next;
			next = parent.apply(next.get());
		}
		return Optional.empty();
	}
}
