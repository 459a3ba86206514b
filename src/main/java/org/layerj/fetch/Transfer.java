package org.layerj.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings what is missing of one file, over several connections where the server can send parts.
 * <p>
 * A connection that breaks or falls silent is made anew and goes on where it was; only failures without a single byte
 * count. Threads are never interrupted, since that would close the file under them.
 */
final class Transfer {

	private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");
	private static final long TICK_MS = 50;
	private static final int BUFFER = 1 << 16;

	private final HttpClient client;
	private final RemoteFile file;
	private final PartFile part;
	private final Tuning tuning;
	private final Queue<Ranges.Range> queue = new ConcurrentLinkedQueue<>();
	private final AtomicLong received = new AtomicLong();
	private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
	/** Whether the first answer has come, so that it is known whether the server sends parts. */
	private final CountDownLatch answered = new CountDownLatch(1);
	private volatile boolean whole;
	private volatile boolean stopped;

	Transfer(final HttpClient client, final RemoteFile file, final PartFile part, final Tuning tuning) {
		this.client = client;
		this.file = file;
		this.part = part;
		this.tuning = tuning;
	}

	/**
	 * Does it.
	 *
	 * @param arrived receives the number of bytes that have come so far, several times a second; may throw to stop
	 * @throws FetchException if it cannot be done; what has arrived is recorded
	 */
	void run(final LongConsumer arrived) {
		queue.addAll(part.missing(file.size(), tuning.piece()));
		final int count = Math.min(tuning.connections(), queue.size());
		final List<Connection> connections = new ArrayList<>();
		for (int i = 0; i < count; i++) connections.add(new Connection(i == 0));
		try {
			connections.forEach(Thread::start);
			while (connections.stream().anyMatch(Thread::isAlive)) {
				for (final Connection c : connections) {
					c.join(TICK_MS / count + 1);
					c.endSilence();
				}
				arrived.accept(received.get());
			}
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new FetchException("The download was interrupted; it goes on when it is begun again.", e);
		}
		finally {
			stopped = true;
			answered.countDown();
			connections.forEach(Connection::abort);
			connections.forEach(Connection::end);
		}
		if (failure.get() != null) throw failure.get();
	}

	/** What can be tried again. */
	private static final class Fault extends IOException {

		private static final long serialVersionUID = 1L;
		private final Duration pause;

		Fault(final String why, final Duration pause) {
			super(why);
			this.pause = pause;
		}
	}

	/** One thread with one request at a time. */
	private final class Connection extends Thread {

		private final boolean first;
		private volatile long lastByte = System.nanoTime();
		private volatile CompletableFuture<HttpResponse<InputStream>> asked;
		private volatile InputStream body;
		/** The next byte to write, and the first that is not recorded. */
		private long at;
		private long recorded;
		private long to;

		Connection(final boolean first) {
			super("Decompose Layers download");
			this.first = first;
			setDaemon(true);
		}

		@Override
		public void run() {
			try {
				if (!first) {
					answered.await();
					if (whole) return;
				}
				for (Ranges.Range r = queue.poll(); r != null && !stopped; r = queue.poll()) fetch(r);
			}
			catch (final InterruptedException e) {
				stopped = true;
			}
			catch (final RuntimeException e) {
				failure.compareAndSet(null, e);
				stopped = true;
			}
			catch (final IOException e) {
				failure.compareAndSet(null, Download.disk(part.path(), e));
				stopped = true;
			}
			finally {
				if (first) answered.countDown();
			}
		}

		/** @throws IOException of the disk; everything else is a {@link FetchException} */
		private void fetch(final Ranges.Range range) throws IOException, InterruptedException {
			at = range.from();
			recorded = at;
			to = range.to();
			int failures = 0;
			while (at < to && !stopped) {
				final long before = at;
				Fault fault;
				try {
					request();
					fault = new Fault("the connection was closed too early", Duration.ZERO);
				}
				catch (final Fault f) {
					fault = f;
				}
				finally {
					part.record(recorded, at);
					recorded = at;
				}
				if (at >= to || stopped) return;
				failures = at > before ? 1 : failures + 1;
				if (failures >= tuning.tries()) throw new FetchException("The download of " + file.path() + " from "
					+ file.address().getHost() + " broke off at byte " + at + ": " + fault.getMessage()
					+ "; what has arrived stays, so begin it again later, or use another hub.", fault);
				pause(failures, fault.pause);
			}
		}

		private void pause(final int failures, final Duration asked) throws InterruptedException {
			final Duration own = tuning.pause().multipliedBy(1L << Math.min(6, failures - 1));
			final Duration longer = own.compareTo(asked) > 0 ? own : asked;
			final long end =
				System.nanoTime() + (longer.compareTo(Tuning.LONGEST) < 0 ? longer : Tuning.LONGEST).toNanos();
			while (!stopped && System.nanoTime() < end) Thread.sleep(Math.min(TICK_MS, tuning.pause().toMillis() + 1));
		}

		/** Asks for what is missing of the range, and writes as much of it as comes. */
		private void request() throws IOException, InterruptedException {
			lastByte = System.nanoTime();
			final HttpRequest request = HttpRequest.newBuilder(file.address())
				.header("Range", "bytes=" + at + "-" + (to - 1))
				.header("Accept-Encoding", "identity")
				.header("User-Agent", "decompose-layers")
				.GET()
				.build();
			final HttpResponse<InputStream> answer = answer(request);
			try (InputStream in = answer.body()) {
				body = in;
				final long skipped = begin(answer);
				if (first) answered.countDown();
				copy(in, skipped);
			}
			finally {
				body = null;
			}
		}

		private HttpResponse<InputStream> answer(final HttpRequest request) throws Fault, InterruptedException {
			final CompletableFuture<HttpResponse<InputStream>> future =
				client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
			asked = future;
			try {
				while (true) try {
					return future.get(TICK_MS, TimeUnit.MILLISECONDS);
				}
				catch (final TimeoutException e) {
					if (!stopped && !silent()) continue;
					future.cancel(true);
					throw new Fault("the server does not answer", Duration.ZERO);
				}
			}
			catch (final ExecutionException e) {
				throw new Fault(Http.reason(e.getCause()), Duration.ZERO);
			}
			catch (final java.util.concurrent.CancellationException e) {
				throw new Fault("it was stopped", Duration.ZERO);
			}
			finally {
				asked = null;
			}
		}

		/**
		 * What the server is going to send.
		 *
		 * @return how many bytes come before the next one that is wanted
		 */
		private long begin(final HttpResponse<InputStream> answer) throws Fault {
			final int status = answer.statusCode();
			if (!answer.headers().firstValue("Content-Encoding").orElse("identity").equals("identity"))
				throw new FetchException("The server " + file.address().getHost() + " sends " + file.path()
					+ " in another encoding than asked for; use another hub.");
			if (status == 206) {
				final Matcher m =
					CONTENT_RANGE.matcher(answer.headers().firstValue("Content-Range").orElse("").strip());
				if (!m.matches()) throw new Fault("the server does not say which part it sends", Duration.ZERO);
				if (!m.group(3).equals("*")) sameLength(m.group(3));
				if (Long.parseLong(m.group(1)) != at)
					throw new Fault("the server sends another part than asked for", Duration.ZERO);
				return 0;
			}
			if (status == 200) {
				final Optional<String> length = answer.headers().firstValue("Content-Length");
				if (length.isPresent()) sameLength(length.get());
				if (first && to < file.size() || whole) {
					// Only whole files: all of the rest at once, over this connection.
					whole = true;
					queue.clear();
					to = file.size();
				}
				return at;
			}
			if (status == 416) throw new FetchException("The server " + file.address().getHost() + " says that "
				+ file.path() + " ends before byte " + at + ", but " + file.size()
				+ " bytes were announced; the file has been changed there: begin again, or use another hub.");
			final Optional<String> rejection = Http.rejection(status, file.address());
			if (rejection.isPresent()) throw new FetchException(rejection.get());
			throw new Fault("the server answers " + status, Http.retryAfter(answer.headers()));
		}

		private void sameLength(final String length) {
			if (length.equals(String.valueOf(file.size()))) return;
			throw new FetchException("The file " + file.path() + " has " + Hub.shown(length) + " bytes on "
				+ file.address().getHost() + ", but " + file.size()
				+ " were announced; it has been changed there: begin again, or use another hub.");
		}

		private void copy(final InputStream in, final long skipped) throws IOException {
			long skip = skipped;
			final byte[] buffer = new byte[BUFFER];
			while (at < to && !stopped) {
				final int n;
				try {
					n = in.read(buffer, 0, (int) Math.min(BUFFER, skip > 0 ? skip : to - at));
				}
				catch (final IOException e) {
					throw new Fault(Http.reason(e), Duration.ZERO);
				}
				if (n < 0) return;
				lastByte = System.nanoTime();
				if (skip > 0) {
					skip -= n;
					continue;
				}
				part.write(ByteBuffer.wrap(buffer, 0, n), at);
				at += n;
				received.addAndGet(n);
				if (at - recorded >= tuning.record()) {
					part.record(recorded, at);
					recorded = at;
				}
			}
		}

		private boolean silent() {
			return System.nanoTime() - lastByte > tuning.stall().toNanos();
		}

		/** Called by the thread that waits: a read knows no time limit of its own. */
		void endSilence() {
			if (silent() && body != null) abort();
		}

		void abort() {
			final CompletableFuture<HttpResponse<InputStream>> future = asked;
			final InputStream in = body;
			if (future != null) future.cancel(true);
			try {
				if (in != null) in.close();
			}
			catch (final IOException e) {
				// It is not wanted any more.
			}
		}

		void end() {
			boolean interrupted = false;
			while (isAlive()) try {
				abort();
				join(TICK_MS);
			}
			catch (final InterruptedException e) {
				interrupted = true;
			}
			if (interrupted) Thread.currentThread().interrupt();
		}
	}
}
