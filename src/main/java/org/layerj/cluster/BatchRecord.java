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
import org.layerj.io.OutputException;

/**
 * What has become of the pictures of a batch so far, in the folder of the results: {@code shard-3-of-16.json}, replaced
 * as a whole after every picture.
 */
public final class BatchRecord {

	private final Path output;
	private final Shard shard;
	private final int pictures;
	private final List<Batch.Result> failed = new ArrayList<>();
	private int done;
	private int skipped;

	BatchRecord(final Path output, final Shard shard, final int pictures) {
		this.output = output;
		this.shard = shard;
		this.pictures = pictures;
		write();
	}

	/**
	 * Takes down what has become of a picture; from any thread.
	 *
	 * @throws OutputException if the record cannot be written
	 */
	public synchronized void add(final Batch.Result result) {
		switch (result.state()) {
			case DONE -> done++;
			case SKIPPED -> skipped++;
			case FAILED -> failed.add(result);
		}
		write();
	}

	/** What has become of them. */
	public synchronized Batch.Outcome outcome() {
		return new Batch.Outcome(done, skipped, failed.size(), file());
	}

	private Path file() {
		return output.resolve("shard-" + shard.index() + "-of-" + shard.count() + ".json");
	}

	private void write() {
		final JsonObject all = new JsonObject();
		all.addProperty("shard", shard.toString());
		all.addProperty("pictures", pictures);
		all.addProperty("done", done);
		all.addProperty("skipped", skipped);
		final JsonArray list = new JsonArray();
		for (final Batch.Result f : failed) {
			final JsonObject one = new JsonObject();
			one.addProperty("picture", f.picture());
			one.addProperty("message", f.message());
			list.add(one);
		}
		all.add("failed", list);
		final Path record = file();
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
		}
		catch (final IOException e) {
			throw new OutputException(
				"The record " + record + " cannot be written (" + e.getMessage() + "); give another output folder.", e);
		}
	}
}
