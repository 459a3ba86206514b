package org.layerj.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.layerj.common.Progress;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.DecomposerFactory;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.Problem;
import org.layerj.imagej.stack.HyperstackTiff;
import org.layerj.io.Picture;

/**
 * What a Java that works for Spark keeps from task to task: the models, opened once and used by one task at a time. A
 * model whose run ended in an error of Java is closed.
 */
final class OnExecutor {

	private static final Map<RunPlan, OnExecutor> ALL = new HashMap<>();

	private final RunPlan plan;
	private final DecomposerFactory factory;
	private final Semaphore free;
	private final Deque<Decomposer> idle = new ArrayDeque<>();

	private OnExecutor(final RunPlan plan, final int models, final DecomposerFactory factory) {
		this.plan = plan;
		this.factory = factory;
		free = new Semaphore(models, true);
		Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close models"));
	}

	/** Decomposes a picture where it is, or fetches it first; the result is put in its place as a whole. */
	static Batch.Result run(final RunPlan plan, final int models, final int retries, final String output,
		final Places.Item item)
	{
		final OnExecutor here;
		synchronized (ALL) {
			here = ALL.computeIfAbsent(plan, p -> new OnExecutor(p, models, Decomposers::open));
		}
		return here.run(retries, output, item);
	}

	private Batch.Result run(final int retries, final String output, final Places.Item item) {
		final PictureRun run = plan.run(HyperstackTiff::write);
		return Batch.one(item.name(), retries, attempt -> {
			final Picture picture = Places.read(item);
			free.acquireUninterruptibly();
			try (Places.Target target = Places.open(output, item)) {
				final Decomposer model = take();
				boolean sound = false;
				try {
					// What can work with no picture ends the job.
					model.model().settings(run.options());
					final boolean due = !run.isDone(model, picture, target.folder());
					if (due) run.run(model, picture, target.folder(), Progress.none());
					sound = true;
					if (due) target.keep();
					return due;
				}
				catch (final RuntimeException e) {
					sound = true;
					throw e;
				}
				finally {
					if (sound) give(model);
					else model.close();
				}
			}
			finally {
				free.release();
			}
		}, why -> {});
	}

	private Decomposer take() {
		synchronized (idle) {
			if (!idle.isEmpty()) return idle.pop();
		}
		try {
			return plan.open(factory);
		}
		catch (final RuntimeException e) {
			// Without a model no picture can be done: that is no picture's failure.
			throw new InvalidOptionException("model", Problem.message(e));
		}
	}

	private void give(final Decomposer model) {
		synchronized (idle) {
			idle.push(model);
		}
	}

	private void close() {
		synchronized (idle) {
			while (!idle.isEmpty()) idle.pop().close();
		}
	}
}
