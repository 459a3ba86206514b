package org.layerj.install;

import java.nio.file.Files;
import java.nio.file.Path;
import org.layerj.common.Progress;
import org.layerj.decompose.Devices;
import org.layerj.io.formats.Documents;
import org.layerj.io.formats.LayerFormat;
import org.layerj.torch.Torch;

/** What {@link FijiLayoutTest} starts on the layout: loads libtorch, and writes a presentation with Apache POI. */
public final class FijiStart {

	private FijiStart() {}

	/** @param arguments the presentation to be written */
	public static void main(final String[] arguments) throws Exception {
		// In Fiji a thread has the loader of whatever runs there.
		Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
		System.out.print(Devices.libraries());
		System.out.println("PyTorch " + Torch.version());
		final Path file = LayerFormat.PPTX.write(Documents.document(), Path.of(arguments[0]), Progress.none());
		System.out.println("PowerPoint " + (Files.size(file) > 0));
	}
}
