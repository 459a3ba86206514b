package org.layerj.io.formats;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.layerj.layers.LayerStack;

/**
 * Writes a ZIP of PNGs: one per layer, as large as its bounds; the whole picture; and the manifest, whose keys are the
 * files' names.
 */
final class PngZip {

	static final String MANIFEST = "layers.json";
	static final String FLAT = "recomposed.png";

	private PngZip() {}

	static void write(final LayerDocument document, final OutputStream file, final Steps steps) throws IOException {
		final LayerStack stack = document.layers();
		final Depth depth = Depth.of(stack);
		final IntFunction<String> key = k -> String.format(Locale.ROOT, "layer-%02d.png", k);
		try (ZipParts zip = new ZipParts(file)) {
			zip.text(MANIFEST, Manifest.text(document, key, Map.of(), depth));
			for (int k = 0; k < stack.size(); k++)
				zip.png(key.apply(k), RowImage.of(stack.get(k), depth, steps), Optional.of(document.xmp(stack.get(k))),
					document.metadata().notes());
			zip.png(FLAT, RowImage.flat(stack, steps), Optional.of(document.xmpOfComposite()),
				document.metadata().notes());
		}
	}
}
