package org.layerj.decompose.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.Forecast;
import org.layerj.decompose.child.Wire.Say;

/** A child, as its parent sees it. One question at a time. */
final class ChildProcess implements AutoCloseable {

	/** Seconds until a new process has called. */
	private static final int START = 60;
	/** Seconds that a process may go on after it was asked to stop. */
	private static final int PATIENCE = 10;
	private static final int TICK_MS = 20;
	/** Option by which Java ends when its memory is used up. */
	private static final int OUT_OF_MEMORY = 3;
	/** How a shell would say that a process was ended by signal 9. */
	private static final int KILLED = 128 + 9;
	private static final int LINES = 30;

	private final Process process;
	private final Socket socket;
	private final Wire wire;
	private final Deque<String> printed;
	private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();

	/** One thing that a child says. */
	private sealed interface Said {}

	private record Plan(List<Progress.Phase> phases) implements Said {}

	private record Begun(String phase) implements Said {}

	private record Update(double fraction, String message) implements Said {}

	private record Failed(String kind, String message) implements Said {}

	/** Nothing more will come. */
	private record Ended() implements Said {}

	/** What was asked for. */
	record Answer(Optional<Opened> opened, Optional<Forecast> foreseen, Optional<Decomposition> found) implements Said {

		Forecast forecast() {
			return foreseen.orElseThrow();
		}

		Decomposition decomposition() {
			return found.orElseThrow();
		}
	}

	/** Words for the child. */
	interface Words {

		void say(Wire wire) throws IOException;
	}

	private volatile boolean closed;
	private Optional<Opened> opened = Optional.empty();

	private ChildProcess(final Process process, final Socket socket, final Deque<String> printed) throws IOException {
		this.process = process;
		this.socket = socket;
		this.printed = printed;
		wire = new Wire(socket);
		daemon(this::listen, "Decompose Layers child");
	}

	// -- Start --

	/** Starts one; throws {@link DecompositionException} if that fails. */
	static ChildProcess start(final Isolation isolation) {
		final byte[] token = new byte[ProcessDecomposer.TOKEN];
		new SecureRandom().nextBytes(token);
		Optional<Process> begun = Optional.empty();
		try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			final ProcessBuilder builder =
				new ProcessBuilder(command(isolation, server.getLocalPort())).redirectErrorStream(true);
			// Not on the command line, which Windows keeps short.
			builder.environment().put("CLASSPATH", ClassPath.here());
			if (isolation.threads() > 0)
				builder.environment().put("OMP_NUM_THREADS", String.valueOf(isolation.threads()));
			final Process process = builder.start();
			begun = Optional.of(process);
			final Deque<String> printed = new ArrayDeque<>();
			daemon(() -> drain(process, printed), "Decompose Layers child's log");
			process.getOutputStream().write(token);
			process.getOutputStream().flush();
			final Socket socket = accept(server, process, token, printed);
			return new ChildProcess(process, socket, printed);
		}
		catch (final IOException e) {
			begun.ifPresent(Process::destroyForcibly);
			throw new DecompositionException("A process for the model could not be started (" + e.getMessage()
				+ "); leave out the option isolation to run it here.", e);
		}
		catch (final RuntimeException e) {
			begun.ifPresent(Process::destroyForcibly);
			throw e;
		}
	}

	private static List<String> command(final Isolation isolation, final int port) {
		final List<String> command =
			new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Djava.awt.headless=true", "-XX:+ExitOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash",
				"-XX:ErrorFile=" + Path.of(System.getProperty("java.io.tmpdir"), "decompose-layers-%p.log")));
		if (!isolation.heap().isEmpty()) command.add("-Xmx" + isolation.heap());
		// What chooses PyTorch here chooses it there.
		for (final String key : System.getProperties().stringPropertyNames()) {
			if (key.startsWith("ai.djl.") || key.startsWith("org.layerj.") || key.startsWith("DJL_")
				|| key.startsWith("PYTORCH_")) command.add("-D" + key + "=" + System.getProperty(key));
		}
		if (isolation.threads() > 0) command.add("-Dai.djl.pytorch.num_threads=" + isolation.threads());
		command.add(ChildMain.class.getName());
		command.add(String.valueOf(port));
		return command;
	}

	/** The child's call: whoever does not know the token is not it. */
	private static Socket accept(final ServerSocket server, final Process process, final byte[] token,
		final Deque<String> printed) throws IOException
	{
		server.setSoTimeout(100);
		final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START);
		while (System.nanoTime() < end) {
			try {
				final Socket socket = server.accept();
				socket.setSoTimeout(5000);
				if (MessageDigest.isEqual(token, socket.getInputStream().readNBytes(token.length))) {
					socket.setSoTimeout(0);
					socket.setTcpNoDelay(true);
					return socket;
				}
				socket.close();
			}
			catch (final SocketTimeoutException e) {
				if (!process.isAlive()) throw ended(process, printed);
			}
		}
		throw new IOException("it did not answer within " + START + " s");
	}

	private static void daemon(final Runnable task, final String name) {
		final Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	private static void drain(final Process process, final Deque<String> printed) {
		try (BufferedReader lines =
			new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)))
		{
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				synchronized (printed) {
					printed.add(line.length() > 200 ? line.substring(0, 200) : line);
					if (printed.size() > LINES) printed.remove();
				}
			}
		}
		catch (final IOException e) {
			// It has ended.
		}
	}

	// -- Questions --

	boolean alive() {
		return !closed && process.isAlive() && said.stream().noneMatch(Ended.class::isInstance);
	}

	ProcessHandle handle() {
		return process.toHandle();
	}

	Opened opened() {
		return opened.orElseThrow();
	}

	/** Asks something and passes on progress until the answer comes, or the process has ended. */
	Answer ask(final Words words, final Progress progress) {
		try {
			words.say(wire);
			wire.flush();
		}
		catch (final IOException e) {
			throw ended(process, printed);
		}
		long stop = Long.MAX_VALUE;
		while (true) {
			if (stop == Long.MAX_VALUE && progress.cancelled()) {
				stop = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
				cancel();
			}
			if (System.nanoTime() > stop) {
				close();
				throw new CancelledException();
			}
			final Optional<Said> next = next();
			if (next.isEmpty()) continue;
			if (next.get() instanceof Plan p) progress.plan(p.phases);
			else if (next.get() instanceof Begun b) progress.phase(b.phase);
			else if (next.get() instanceof Update u) progress.update(u.fraction, u.message);
			else if (next.get() instanceof Failed f) throw ProcessDecomposer.failure(f.kind, f.message);
			else if (next.get() instanceof Ended) {
				if (stop != Long.MAX_VALUE) throw new CancelledException();
				throw ended(process, printed);
			}
			else if (next.get() instanceof Answer a) {
				opened = a.opened.or(() -> opened);
				return a;
			}
		}
	}

	private void cancel() {
		try {
			wire.say(Say.CANCEL).flush();
		}
		catch (final IOException e) {
			// It has ended, as was wanted.
		}
	}

	private Optional<Said> next() {
		try {
			return Optional.ofNullable(said.poll(TICK_MS, TimeUnit.MILLISECONDS));
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			close();
			throw new CancelledException();
		}
	}

	private void listen() {
		try {
			while (true) {
				switch (wire.heard()) {
					case PLAN -> {
						final List<Progress.Phase> phases = new ArrayList<>();
						final int n = wire.whole();
						for (int k = 0; k < n; k++) phases.add(new Progress.Phase(wire.text(), wire.number()));
						said.add(new Plan(phases));
					}
					case PHASE -> said.add(new Begun(wire.text()));
					case UPDATE -> said.add(new Update(wire.number(), wire.text()));
					case FAILED -> said.add(new Failed(wire.text(), wire.text()));
					case INFO -> said
						.add(new Answer(Optional.of(wire.record(Opened.class)), Optional.empty(), Optional.empty()));
					case FORECAST -> said
						.add(new Answer(Optional.empty(), Optional.of(wire.record(Forecast.class)), Optional.empty()));
					case RESULT ->
						said.add(new Answer(Optional.empty(), Optional.empty(), Optional.of(wire.decomposition())));
					default -> throw new IOException("nothing for us");
				}
			}
		}
		catch (IOException | RuntimeException | OutOfMemoryError e) {
			// Not only of the child: a result that does not fit into our memory is as good as none.
			said.add(new Ended());
			close();
		}
	}

	// -- End --

	/** The message for a process that is no more. */
	private static DecompositionException ended(final Process process, final Deque<String> printed) {
		try {
			process.waitFor(2, TimeUnit.SECONDS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		if (process.isAlive()) return new DecompositionException(
			"The connection to the process that runs the model is lost; nothing here has changed, run it again.");
		final int status = process.exitValue();
		if (status == OUT_OF_MEMORY) return new DecompositionException(
			"The process that runs the model has used up its Java memory; give it more, as in isolation=process:8g, or choose "
				+ "fewer layers.");
		final String why = status == KILLED ? "it was killed, which the system does where memory runs out"
			: "exit status " + status + last(printed);
		return new DecompositionException("The process that runs the model has ended (" + why
			+ "). Nothing here has changed; the next run starts a new one.");
	}

	private static String last(final Deque<String> printed) {
		synchronized (printed) {
			// A crash of native code begins its report with the signal.
			final Optional<String> signal = printed.stream()
				.filter(l -> l.startsWith("#  ") && !l.isBlank())
				.map(l -> l.substring(1).strip())
				.findFirst();
			return signal.or(() -> Optional.ofNullable(printed.peekLast()))
				.filter(l -> !l.isBlank())
				.map(l -> ": " + l.strip().replaceAll("\\.+$", ""))
				.orElse("");
		}
	}

	/** Ends it, whatever it is doing. */
	@Override
	public void close() {
		// The system takes a moment.
		closed = true;
		process.destroyForcibly();
		try {
			socket.close();
		}
		catch (final IOException e) {
			// It is closed.
		}
	}
}
