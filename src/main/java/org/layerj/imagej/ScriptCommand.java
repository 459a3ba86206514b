package org.layerj.imagej;

import ij.ImagePlus;
import ij.WindowManager;
import java.util.Map;
import java.util.Optional;
import org.layerj.common.CancelledException;
import org.layerj.decompose.Problem;
import org.scijava.command.ContextCommand;
import org.scijava.event.EventHandler;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.event.ModuleStartedEvent;

/**
 * A command for scripts in Fiji and pyimagej, which get its result returned; the menu and macros have a
 * {@link LayerPlugIn}. It has neither menu path nor label, or Fiji's search bar would list the same thing twice.
 * <p>
 * Whatever the caller leaves out has the field's default: no dialog asks for it, nothing is remembered from an earlier
 * run, and the image is the one that is active where the script is, not in the thread in which SciJava runs the
 * command. The result is returned and nothing else: as one of SciJava's outputs it would be shown in a display that is
 * kept for ever.
 */
abstract class ScriptCommand extends ContextCommand {

	/** SciJava makes commands in the thread that asks for them, and runs them in another. */
	private final Optional<ImagePlus> active = Optional.ofNullable(WindowManager.getCurrentImage());

	/** The image that was given, or else the active one; empty if there is none. */
	final Optional<ImagePlus> given(final ImagePlus image) {
		return Optional.ofNullable(image).or(() -> active);
	}

	/** SciJava hands null to fields that were left empty. */
	static void put(final Map<String, String> values, final String key, final String value) {
		if (value != null) values.put(key, value);
	}

	/**
	 * SciJava looks for values, asks for them and shows outputs only as long as they are not resolved. A command does
	 * not know its module but by events.
	 *
	 * @param event called before anything of that happens, and in the same thread
	 */
	@EventHandler
	private void started(final ModuleStartedEvent event) {
		final Module module = event.getModule();
		if (module.getDelegateObject() != this) return;
		for (final ModuleItem<?> input : module.getInfo().inputs()) module.resolveInput(input.getName());
		for (final ModuleItem<?> output : module.getInfo().outputs()) module.resolveOutput(output.getName());
	}

	/** Does the work; whatever goes wrong is the reason for which the command is cancelled, as a message. */
	final void run(final Runnable work) {
		try {
			work.run();
		}
		catch (final CancelledException e) {
			cancel("");
		}
		catch (RuntimeException | Error e) {
			cancel(Problem.message(e));
		}
	}
}
