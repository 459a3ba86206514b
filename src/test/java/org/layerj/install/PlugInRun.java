package org.layerj.install;

import ij.IJ;
import java.util.Map;
import java.util.Optional;
import org.layerj.imagej.DecomposePlugIn;

/** <em>Decompose...</em> as a script calls it; arguments: a picture, the folder for the layers. */
public final class PlugInRun {

	private PlugInRun() {}

	public static void main(final String... args) {
		new DecomposePlugIn().call(Optional.of(IJ.openImage(args[0])), Map.of("output", args[1]));
	}
}
