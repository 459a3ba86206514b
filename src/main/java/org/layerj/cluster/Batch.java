package org.layerj.cluster;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.layerj.decompose.DecompositionCancelledException;
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

	private record Failure(String picture, String message) {}

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
	 * @throws DecompositionCancelledException if somebody stops it
	 * @throws InvalidOptionException if the options can work with no picture
	 * @throws OutputException if the record cannot be written
	 */
	public Outcome run(final Work work, final Listener listener) {
		final List<Failure> failures = new ArrayList<>();
		int done = 0;
		int skipped = 0;
		Path record = record(done, skipped, failures);
		for (int k = 0; k < pictures.size(); k++) {
			final Pictures.Item picture = pictures.get(k);
			for (int attempt = 1;; attempt++) {
				listener.begins(k + 1, pictures.size(), picture, attempt);
				try {
					if (work.run(picture, target(picture))) done++;
					else {
						skipped++;
						listener.skipped(picture);
					}
					break;
				}
				catch (final DecompositionCancelledException | InvalidOptionException e) {
					throw e;
				}
				catch (final RuntimeException | OutOfMemoryError e) {
					if (attempt <= retries) continue;
					failures.add(new Failure(picture.name(), Problem.sentence(e)));
					listener.failed(picture, e);
					break;
				}
			}
			record = record(done, skipped, failures);
		}
		return new Outcome(done, skipped, failures.size(), record);
	}

	private Path record(final int done, final int skipped, final List<Failure> failures) {
		final JsonObject all = new JsonObject();
		all.addProperty("shard", shard.toString());
		all.addProperty("pictures", pictures.size());
		all.addProperty("done", done);
		all.addProperty("skipped", skipped);
		final JsonArray failed = new JsonArray();
		for (final Failure f : failures) {
			final JsonObject one = new JsonObject();
			one.addProperty("picture", f.picture);
			one.addProperty("message", f.message);
			failed.add(one);
		}
		all.add("failed", failed);
		final Path record = output.resolve("shard-" + shard.index() + "-of-" + shard.count() + ".json");
		final Path draft = output.resolve("." + record.getFileName() + ".part");
		try {
			Files.createDirectories(output);
			Files.writeString(draft,
				new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all) + "\n");
			try {
				Files.move(draft, record, StandardCopyOption.ATOMIC_MOVE);
			}
			catch (final AtomicMoveNotSupportedException e) {
				Files.move(draft, record, StandardCopyOption.REPLACE_EXISTING);
			}
			return record;
		}
		catch (final IOException e) {
			throw new OutputException(
				"The record " + record + " cannot be written (" + e.getMessage() + "); give another output folder.", e);
		}
	}
}
