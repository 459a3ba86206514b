package org.layerj.decompose.child;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.layerj.common.CancelledException;
import org.layerj.common.ProcessExit;
import org.layerj.common.Progress;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.Forecast;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.ModelName;
import org.layerj.decompose.Problem;
import org.layerj.decompose.child.Wire.Say;
import org.layerj.layers.RgbaImage;

/**
 * The process that runs a model for another one. It speaks with its parent over a socket on the loopback interface, and
 * ends as soon as that is closed: by the parent, or because there is none any more.
 */
public final class ChildMain {

	private static final int INTERRUPTED = 130;

	private final Wire wire;
	private final ExecutorService worker = Executors.newSingleThreadExecutor();
	private Optional<Decomposer> model = Optional.empty();
	private volatile boolean cancelled;

	private ChildMain(final Wire wire) {
		this.wire = wire;
	}

	/**
	 * @param args the port to call; the token to say there comes by standard input
	 * @throws IOException if the parent cannot be reached
	 */
	public static void main(final String... args) throws IOException {
		// Ctrl-C reaches this process, too. Its parent has all that matters.
		Runtime.getRuntime().addShutdownHook(new Thread(() -> ProcessExit.now(INTERRUPTED)));
		final byte[] token = System.in.readNBytes(ProcessDecomposer.TOKEN);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]))) {
			socket.setTcpNoDelay(true);
			socket.getOutputStream().write(token);
			new ChildMain(new Wire(socket)).listen();
		}
		finally {
			// Does not wait for native code.
			ProcessExit.now(0);
		}
	}

	private void listen() throws IOException {
		while (true) {
			final Say what = wire.heard();
			switch (what) {
				case OPEN -> {
					final String text = wire.text();
					final String tokenizer = wire.text();
					final ModelName name = ModelName.of(text)
						.withTokenizer(Optional.of(tokenizer).filter(t -> !t.isEmpty()).map(Path::of))
						.withLora(wire.text());
					final String device = wire.text();
					work(() -> {
						final Decomposer opened = Decomposers.open(name, device);
						model = Optional.of(opened);
						answer(Say.INFO, () -> wire.record(new Opened(opened.model(), opened.notes())));
					});
				}
				case FORECAST -> {
					final int width = wire.whole();
					final int height = wire.whole();
					final DecomposeOptions options = wire.options();
					work(() -> {
						final Forecast forecast = model.orElseThrow().forecast(width, height, options);
						answer(Say.FORECAST, () -> wire.record(forecast));
					});
				}
				case DECOMPOSE -> {
					final DecomposeOptions options = wire.options();
					final RgbaImage picture = wire.picture();
					cancelled = false;
					work(() -> {
						final Decomposition found = model.orElseThrow().decompose(picture, options, new Told());
						answer(Say.RESULT, () -> wire.decomposition(found));
					});
				}
				case CANCEL -> cancelled = true;
				default -> throw new IOException("nothing for us");
			}
		}
	}

	private void work(final Runnable task) {
		worker.execute(() -> {
			try {
				task.run();
			}
			catch (final Unheard e) {
				// The parent is gone; the one who listens learns that too.
			}
			catch (RuntimeException | Error e) {
				final String kind = e instanceof CancelledException ? ProcessDecomposer.CANCELLED
					: e instanceof InvalidOptionException o ? o.option() : "";
				answer(Say.FAILED, () -> wire.text(kind).text(Problem.message(e)));
			}
		});
	}

	private interface Words {

		void say() throws IOException;
	}

	/** The parent does not hear us. */
	private static final class Unheard extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Unheard(final IOException cause) {
			super(cause);
		}
	}

	private void answer(final Say what, final Words words) {
		try {
			wire.say(what);
			words.say();
			wire.flush();
		}
		catch (final IOException e) {
			throw new Unheard(e);
		}
		catch (RuntimeException | Error e) {
			// Half a message was sent, so that nothing after it would be understood. What is printed last is the reason
			// given.
			System.err.println(Problem.message(e));
			ProcessExit.now(1);
		}
	}

	/** Progress as messages; the parent's wish to stop as an answer. */
	private final class Told implements Progress {

		@Override
		public void plan(final List<Phase> phases) {
			answer(Say.PLAN, () -> {
				wire.whole(phases.size());
				for (final Phase p : phases) wire.text(p.name()).number(p.seconds());
			});
		}

		@Override
		public void phase(final String name) {
			answer(Say.PHASE, () -> wire.text(name));
		}

		@Override
		public void update(final double fraction, final String message) {
			answer(Say.UPDATE, () -> wire.number(fraction).text(message));
		}

		@Override
		public boolean cancelled() {
			return cancelled;
		}
	}
}
