package org.layerj.decompose.child;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.layerj.checkpoint.LoraChoice;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.Forecast;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.ModelInfo;
import org.layerj.decompose.ModelName;
import org.layerj.decompose.child.Wire.Say;
import org.layerj.layers.RgbaImage;

/**
 * A model in a process of its own. If that process is killed, runs out of memory or is ended by native code, that is a
 * message, and the next call starts a new one. It ends with this decomposer, and with this process.
 */
public final class ProcessDecomposer implements Decomposer {

	/** Bytes by which the child is known. */
	static final int TOKEN = 32;
	/** The kind of a failure that is none. */
	static final String CANCELLED = "!cancelled";

	private final ModelName name;
	private final String device;
	private final Isolation isolation;
	private Optional<ChildProcess> child = Optional.empty();
	private final Opened opened;
	private boolean closed;

	private ProcessDecomposer(final ModelName name, final String device, final Isolation isolation) {
		this.name = name;
		this.device = device;
		this.isolation = isolation;
		opened = started().opened();
	}

	/**
	 * Starts a process and opens a model in it.
	 *
	 * @param name of the model
	 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}
	 * @param isolation memory of the process
	 * @return to be closed by the caller, which ends the process
	 * @throws DecompositionException if the process cannot be started, or the model not be opened
	 * @throws InvalidOptionException if the model cannot do what is asked for
	 */
	public static ProcessDecomposer open(final ModelName name, final String device, final Isolation isolation) {
		return new ProcessDecomposer(name, device, isolation);
	}

	/** The running process, a new one if the last has ended. */
	private ChildProcess started() {
		if (closed) throw new IllegalStateException("This model is closed");
		if (child.filter(ChildProcess::alive).isPresent()) return child.get();
		child.ifPresent(ChildProcess::close);
		child = Optional.empty();
		final ChildProcess fresh = ChildProcess.start(isolation);
		try {
			fresh.ask(wire -> wire.say(Say.OPEN)
				.text(name.text())
				.text(name.tokenizer().map(Path::toString).orElse(""))
				.text(LoraChoice.text(name.lora()))
				.text(device), Progress.none());
			child = Optional.of(fresh);
			return fresh;
		}
		finally {
			if (child.isEmpty()) fresh.close();
		}
	}

	/** Of the process; for tests. */
	synchronized Optional<ProcessHandle> process() {
		return child.map(ChildProcess::handle);
	}

	@Override
	public ModelInfo model() {
		return opened.info();
	}

	@Override
	public List<String> notes() {
		return opened.notes();
	}

	@Override
	public synchronized Forecast forecast(final int width, final int height, final DecomposeOptions options) {
		return started()
			.ask(wire -> wire.say(Say.FORECAST).whole(width).whole(height).options(options), Progress.none())
			.forecast();
	}

	@Override
	public synchronized Decomposition decompose(final RgbaImage picture, final DecomposeOptions options,
		final Progress progress)
	{
		progress.check();
		return started().ask(wire -> wire.say(Say.DECOMPOSE).options(options).picture(picture), progress)
			.decomposition();
	}

	/** What a child said of a failure, as the exception it was there. */
	static RuntimeException failure(final String kind, final String message) {
		if (kind.equals(CANCELLED))
			return message.isBlank() ? new CancelledException() : new CancelledException(message);
		return kind.isEmpty() ? new DecompositionException(message) : new InvalidOptionException(kind, message);
	}

	@Override
	public synchronized void close() {
		closed = true;
		child.ifPresent(ChildProcess::close);
		child = Optional.empty();
	}
}
