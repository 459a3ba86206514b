package org.layerj.imagej;

import ij.ImagePlus;
import java.util.HashMap;
import java.util.Map;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** {@link RecompositePlugIn} for scripts. The other commands have no such twin, because scripts gain nothing by it. */
@Plugin(type = Command.class, headless = true, attrs = @Attr(name = "no-record"))
public final class RecompositeCommand extends ScriptCommand {

	@Parameter(required = false)
	private ImagePlus image;

	@Parameter(description = "Colour where the layers are not opaque, or transparent", required = false)
	private String background = RecompositePlugIn.WHITE;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus result;

	@Override
	public void run() {
		final Map<String, String> values = new HashMap<>();
		put(values, RecompositePlugIn.BACKGROUND, background);
		run(() -> result = new RecompositePlugIn().call(given(image), values).orElseThrow());
	}
}
