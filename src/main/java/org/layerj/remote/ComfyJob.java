package org.layerj.remote;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.layerj.common.Progress;
import org.layerj.remote.Connection.Answer;

/** A job on a ComfyUI server, waited for. */
final class ComfyJob {

	/** How often a job must be missing from queue and history, which are not read at the same instant. */
	private static final int LOST = 3;

	private final Connection connection;
	private final String who;
	private final JsonObject graph;
	private final String id;
	private final ComfySocket socket;

	ComfyJob(final Connection connection, final String who, final JsonObject graph, final String id,
		final ComfySocket socket)
	{
		this.connection = connection;
		this.who = who;
		this.graph = graph;
		this.id = id;
		this.socket = socket;
	}

	/**
	 * Waits until the job has ended; the files of its result.
	 *
	 * @param queued whether a job is in the server's queue
	 */
	JsonArray end(final BiPredicate<String, Progress> queued, final Progress progress) {
		final ServerAddress address = connection.address();
		final long begun = System.nanoTime();
		long heard = begun;
		int missing = 0;
		Stage.RUN.tell(progress, -1, "");
		while (true) {
			if (past(begun, address.timeout())) throw new ServerException(who + " has not finished within "
				+ Connection.seconds(address.timeout())
				+ "; the job was cancelled. Choose fewer steps or layers, or give it longer (docs/REMOTE.md says how).");
			socket.news(address.poll(), progress, event -> tell(event, progress));
			try {
				final Answer answer = connection.get("/history/" + id, Connection.SHORT, progress);
				if (!answer.ok()) throw connection.rejection(answer, "say how far the job is");
				final JsonObject job = Fields.object(connection.object(answer, "the history of a job"), id);
				if (job.size() > 0) {
					final Optional<JsonArray> images = ended(job);
					if (images.isPresent()) return images.get();
				}
				missing = job.size() > 0 || queued.test(id, progress) ? 0 : missing + 1;
				heard = System.nanoTime();
			}
			catch (final ServerException e) {
				// It may come back, and the job with it.
				if (!e.passing() || past(heard, address.answer())) throw e;
				Stage.RUN.tell(progress, -1, "the connection is lost, looking for the job");
			}
			if (missing >= LOST) throw new ServerException(
				who + " no longer knows the job; it was cleared there or the server was started anew. Run it again.");
		}
	}

	private static boolean past(final long since, final Duration time) {
		return System.nanoTime() - since > time.toNanos();
	}

	/** The files, once the job has ended well. */
	private Optional<JsonArray> ended(final JsonObject job) {
		final JsonObject status = Fields.object(job, "status");
		for (final JsonElement message : Fields.array(status, "messages")) {
			if (!(message instanceof JsonArray pair) || pair.size() < 2 || !pair.get(0).isJsonPrimitive()) continue;
			if (pair.get(0).getAsString().equals("execution_interrupted"))
				throw new ServerException(who + " was asked by somebody to cancel the job; run it again.");
			if (pair.get(0).getAsString().equals("execution_error")) throw failure(pair.get(1));
		}
		if (Fields.text(status, "status_str").equals("error")) throw failure(new JsonObject());
		final JsonArray images =
			Fields.array(Fields.object(Fields.object(job, "outputs"), ComfyGraph.RESULT), "images");
		final boolean completed = status.has("completed") && status.get("completed").isJsonPrimitive()
			&& status.get("completed").getAsBoolean();
		return completed || !images.isEmpty() ? Optional.of(images) : Optional.empty();
	}

	private ServerException failure(final JsonElement error) {
		final String words = connection.shown(Fields.text(error, "exception_message"));
		if (Connection.outOfMemory(Fields.text(error, "exception_type") + " " + words)) return new ServerException(who
			+ " ran out of graphics memory; choose fewer layers, a lower resolution or smaller weights (fp8, GGUF).");
		final String node = connection.shown(Fields.text(error, "node_type"));
		return new ServerException(who + " failed" + (node.isEmpty() ? "" : " in " + node)
			+ (words.isEmpty() ? "" : ": " + words) + "; its own log says more.");
	}

	private void tell(final JsonObject event, final Progress progress) {
		final JsonElement data = Fields.object(event, "data");
		final String job = Fields.text(data, "prompt_id");
		if (!job.isEmpty() && !job.equals(id)) return;
		switch (Fields.text(event, "type")) {
			case "status" -> {
				final int remaining = (int) Math.min(9999,
					Fields.number(Fields.object(Fields.object(data, "status"), "exec_info"), "queue_remaining"));
				if (remaining > 1) Stage.RUN.tell(progress, -1, remaining + " jobs in the server's queue");
			}
			case "executing" -> say(Fields.text(data, "node"), progress);
			case "progress" -> steps(Fields.text(data, "node"), data, progress);
			case "progress_state" -> Fields.object(data, "nodes")
				.entrySet()
				.stream()
				.filter(n -> Fields.text(n.getValue(), "state").equals("running"))
				.forEach(n -> steps(n.getKey(), n.getValue(), progress));
			default -> {
				// Nothing for people; ends are asked for.
			}
		}
	}

	private void say(final String node, final Progress progress) {
		final String name = ComfyGraph.name(graph, node);
		if (!name.isEmpty()) Stage.RUN.tell(progress, -1, name);
	}

	private void steps(final String node, final JsonElement data, final Progress progress) {
		final double most = Fields.number(data, "max");
		final double value = Math.min(most, Fields.number(data, "value"));
		final String name = ComfyGraph.name(graph, node);
		if (name.isEmpty()) return;
		// Before its first step a node is said to be at 0 of 1, whatever it will do.
		if (node.equals(ComfyGraph.SAMPLER) && value > 0)
			Stage.RUN.tell(progress, value / most, name + ", step " + (long) value + " of " + (long) most);
		else say(node, progress);
	}
}
