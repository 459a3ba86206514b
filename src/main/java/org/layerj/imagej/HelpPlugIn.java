package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.HTMLDialog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.layerj.imagej.open.Show;

/**
 * <em>Plugins › Decompose Layers › Help</em>: what the commands do, on one page. Without a screen it goes to the log.
 */
public final class HelpPlugIn extends LayerPlugIn {

	public HelpPlugIn() {
		super("Help");
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		if (Show.windows()) new HTMLDialog(Show.TITLE, page(), false);
		else IJ.log(page().replaceAll("(?s)<head>.*?</head>|<[^>]*>", "").replaceAll("\\s*\\R\\s*", "\n").strip());
		return Optional.empty();
	}

	static String page() {
		try (InputStream in = HelpPlugIn.class.getResourceAsStream("help.html")) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
