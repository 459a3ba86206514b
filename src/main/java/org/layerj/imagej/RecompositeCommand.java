package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.Problem;
import org.layerj.imagej.macro.MacroThread;
import org.layerj.imagej.open.Show;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * <em>Plugins › Decompose Layers › Recomposite</em> in Fiji: does what {@link RecompositePlugIn} does, and hands the result to scripts. The other
 * commands have no such twin, because scripts gain nothing by it.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Decompose Layers>Recomposite", headless = true)
public final class RecompositeCommand extends ContextCommand {

	@Parameter(required = false)
	private ImagePlus image;

	@Parameter(label = "Background", description = "Colour where the layers are not opaque, or transparent", required = false)
	private String background = RecompositePlugIn.WHITE;

	@Parameter(label = "Picture", type = ItemIO.OUTPUT)
	private ImagePlus result;

	@Override
	public void run() {
		final Optional<Thread> macro = MacroThread.of(DecomposeCommand.parents(getContext()));
		try {
			result = new RecompositePlugIn().call(Optional.ofNullable(image), Map.of(RecompositePlugIn.BACKGROUND, background == null ? "" : background)).orElseThrow();
			DecomposeRun.show(result);
			macro.ifPresent(thread -> WindowManager.setTempCurrentImage(thread, result));
		}
		catch (RuntimeException | Error e) {
			if (!Problem.isExpected(e) && IJ.debugMode) IJ.handleException(e);
			// As in DecomposeCommand: only ImageJ's error ends a macro.
			if (macro.isPresent()) IJ.error(Show.TITLE, Problem.sentence(e));
			cancel(macro.isPresent() ? "" : Problem.sentence(e));
		}
	}
}
