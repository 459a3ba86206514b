package org.layerj.cluster;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.layerj.common.CancelledException;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.Problem;
import org.layerj.io.OutputException;

/**
 * Part of a list of pictures, one after the other. A picture that fails is tried again, then recorded, and does not end
 * the job; one that is done already is skipped, so that a job that was ended can be started again.
 * <p>
 * The record is {@code shard-3-of-16.json} in the folder of the results, replaced as a whole after every picture.
 */
public final class Batch {

	/** What is done with one picture. */
	@FunctionalInterface
	public interface Work {

		/**
		 * Decomposes a picture.
		 *
		 * @param target folder of its result
		 * @return whether there was anything to do
		 * @throws RuntimeException if it failed
		 */
		boolean run(Pictures.Item picture, Path target);
	}

	/** Told what happens. */
	public interface Listener {

		/** Begins with a picture, counted from 1; for the n-th time, counted from 1. */
		void begins(int number, int of, Pictures.Item picture, int attempt);

		/** It was done already. */
		void skipped(Pictures.Item picture);

		/** It has failed for good. */
		void failed(Pictures.Item picture, Throwable why);
	}

	/**
	 * What became of the pictures.
	 *
	 * @param record the file that says so
	 */
	public record Outcome(int done, int skipped, int failed, Path record) {}

	/** What became of one picture. */
	public enum State {
		DONE, SKIPPED, FAILED
	}

	/**
	 * What became of one picture.
	 *
	 * @param message why it failed; empty if it did not
	 */
	public record Result(String picture, State state, String message) implements Serializable {}

	private final List<Pictures.Item> pictures;
	private final Shard shard;
	private final Path output;
	private final int retries;

	/**
	 * @param all the whole list, of which this does its part
	 * @param output folder of the results, one folder each
	 * @param retries how often a picture that failed is tried again
	 */
	public Batch(final Pictures all, final Shard shard, final Path output, final int retries) {
		pictures = shard.of(all.items());
		this.shard = shard;
		this.output = output;
		this.retries = retries;
	}

	/** The pictures of this part. */
	public List<Pictures.Item> pictures() {
		return pictures;
	}

	/** Where the result of a picture goes. */
	public Path target(final Pictures.Item picture) {
		return output.resolve(picture.name());
	}

	/**
	 * Does them all.
	 *
	 * @throws CancelledException if somebody stops it
	 * @throws InvalidOptionException if the options can work with no picture
	 * @throws OutputException if the record cannot be written
	 */
	public Outcome run(final Work work, final Listener listener) {
		final BatchRecord record = record();
		for (int k = 0; k < pictures.size(); k++) {
			final int number = k + 1;
			final Pictures.Item picture = pictures.get(k);
			final Result result = one(picture.name(), retries, attempt -> {
				listener.begins(number, pictures.size(), picture, attempt);
				return work.run(picture, target(picture));
			}, why -> listener.failed(picture, why));
			if (result.state() == State.SKIPPED) listener.skipped(picture);
			record.add(result);
		}
		return record.outcome();
	}

	/** A record in which nothing has been done yet; it is written at once. */
	public BatchRecord record() {
		return new BatchRecord(output, shard, pictures.size());
	}

	/** One attempt at a picture. */
	@FunctionalInterface
	public interface Attempt {

		/**
		 * Decomposes a picture.
		 *
		 * @param number of the attempt, from 1
		 * @return whether there was anything to do
		 * @throws RuntimeException if it failed
		 */
		boolean run(int number);
	}

	/**
	 * One picture: tried, tried again, given up.
	 *
	 * @param failed receives the reason why it was given up
	 * @throws CancelledException if somebody stops it
	 * @throws InvalidOptionException if the options can work with no picture
	 */
	public static Result one(final String picture, final int retries, final Attempt attempt,
		final Consumer<Throwable> failed)
	{
		for (int k = 1;; k++) {
			try {
				return new Result(picture, attempt.run(k) ? State.DONE : State.SKIPPED, "");
			}
			catch (final CancelledException | InvalidOptionException e) {
				throw e;
			}
			catch (final RuntimeException | OutOfMemoryError e) {
				if (k <= retries) continue;
				failed.accept(e);
				return new Result(picture, State.FAILED, Problem.message(e));
			}
		}
	}
}
