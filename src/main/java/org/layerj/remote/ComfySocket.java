package org.layerj.remote;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.layerj.checkpoint.Json;
import org.layerj.common.Progress;

/**
 * The websocket on which a ComfyUI server reports progress. Losing it is no error: progress is missing then, and it is
 * opened again from time to time.
 */
final class ComfySocket implements AutoCloseable {

	/** Longest text that is listened to; previews are binary and not read. */
	private static final int LONGEST = 1 << 18;
	private static final int MOST = 256;
	private static final Duration TICK = Duration.ofMillis(20);
	private static final Duration PATIENCE = Duration.ofSeconds(3);
	/** After these it is time to ask. */
	private static final Set<String> ENDS = Set.of("execution_success", "execution_error", "execution_interrupted");

	private final Connection connection;
	private final URI uri;
	private final BlockingQueue<JsonObject> events = new ArrayBlockingQueue<>(MOST);
	private CompletableFuture<WebSocket> opening;
	private long opened;
	private volatile boolean broken;

	ComfySocket(final Connection connection, final String client) {
		this.connection = connection;
		uri = URI.create(connection.address().at("/ws?clientId=" + client).toString().replaceFirst("^http", "ws"));
		open();
	}

	private void open() {
		broken = false;
		opened = System.nanoTime();
		final WebSocket.Builder builder =
			connection.client().newWebSocketBuilder().connectTimeout(connection.address().connect());
		connection.authorization().ifPresent(a -> builder.header("Authorization", a));
		opening = builder.buildAsync(uri, new Ears());
	}

	/** Waits until it is open, so that the beginning is not missed; not for long, since nothing depends on it. */
	void await(final Progress progress) {
		final long end = System.nanoTime() + Math.min(PATIENCE.toNanos(), connection.address().answer().toNanos());
		while (!opening.isDone() && System.nanoTime() < end) Connection.pause(TICK, progress);
	}

	/** Passes on progress, for as long as this at most; ends sooner when a job has ended. */
	void news(final Duration time, final Progress progress, final Consumer<JsonObject> listener) {
		if ((broken || opening.isCompletedExceptionally())
			&& System.nanoTime() - opened > connection.address().poll().toNanos()) open();
		final long end = System.nanoTime() + time.toNanos();
		while (true) {
			progress.check();
			final long left = (end - System.nanoTime()) / 1_000_000;
			if (left <= 0) return;
			try {
				final Optional<JsonObject> event =
					Optional.ofNullable(events.poll(Math.min(left, TICK.toMillis()), TimeUnit.MILLISECONDS));
				event.ifPresent(listener);
				if (event.filter(e -> ENDS.contains(Fields.text(e, "type"))).isPresent()) return;
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new ServerException("Waiting for the server was interrupted.");
			}
		}
	}

	@Override
	public void close() {
		opening.whenComplete((socket, failed) -> {
			if (socket != null) socket.abort();
		});
		opening.cancel(true);
	}

	private final class Ears implements WebSocket.Listener {

		private final StringBuilder text = new StringBuilder();
		private boolean tooLong;

		@Override
		public CompletionStage<?> onText(final WebSocket socket, final CharSequence part, final boolean last) {
			tooLong |= text.length() + part.length() > LONGEST;
			if (!tooLong) text.append(part);
			if (last) {
				if (!tooLong) heard(text.toString());
				text.setLength(0);
				tooLong = false;
			}
			socket.request(1);
			return null;
		}

		private void heard(final String message) {
			try {
				final JsonElement event = Json.read(message.getBytes(StandardCharsets.UTF_8));
				// Messages beyond the limit are dropped.
				if (event.isJsonObject()) events.offer(event.getAsJsonObject());
			}
			catch (IOException | IllegalStateException | NumberFormatException e) {
				// Not for us.
			}
		}

		@Override
		public CompletionStage<?> onClose(final WebSocket socket, final int code, final String reason) {
			broken = true;
			return null;
		}

		@Override
		public void onError(final WebSocket socket, final Throwable error) {
			broken = true;
		}
	}
}
