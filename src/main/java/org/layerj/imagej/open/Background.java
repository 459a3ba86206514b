package org.layerj.imagej.open;

import ij.IJ;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.layerj.decompose.Problem;

/**
 * The one thread in which windows have their work done, in the order they ask for it: a large picture must not hold up
 * ImageJ's event thread.
 */
public final class Background {

	private static final ScheduledExecutorService THREAD = Executors.newSingleThreadScheduledExecutor(work -> {
		final Thread thread = new Thread(work, Show.TITLE);
		thread.setDaemon(true);
		return thread;
	});

	private Background() {}

	/** Does this as soon as what came before is done; problems are shown to the user. */
	public static void run(final Runnable work) {
		THREAD.execute(() -> guarded(work));
	}

	/** Does this after so many milliseconds. */
	public static void later(final long milliseconds, final Runnable work) {
		THREAD.schedule(() -> guarded(work), milliseconds, TimeUnit.MILLISECONDS);
	}

	/** Does something with layers whose windows may be closed meanwhile; then it does not matter whether it worked. */
	public static void whileOpen(final OpenLayers open, final Runnable work) {
		if (!open.isOpen()) return;
		try {
			work.run();
		}
		catch (final RuntimeException e) {
			if (open.isOpen()) throw e;
		}
	}

	/** Does this here and now; problems are shown to the user. */
	public static void guarded(final Runnable work) {
		try {
			work.run();
		}
		catch (RuntimeException | Error e) {
			if (!Problem.isExpected(e) && IJ.debugMode) IJ.handleException(e);
			IJ.showMessage(Show.TITLE, Problem.message(e));
		}
	}
}
