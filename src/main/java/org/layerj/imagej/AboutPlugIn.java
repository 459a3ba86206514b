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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.layerj.imagej.open.Show;

/**
 * <em>Plugins › Decompose Layers › About Decompose Layers...</em>: the version, the networks of others that it holds,
 * and what changed since the versions before. Without a screen it goes to the log.
 */
public final class AboutPlugIn extends LayerPlugIn {

	private static final Pattern HEADING = Pattern.compile("(?m)^## (\\S+)");

	/** Whose networks the jar holds, as their licence asks; the licence and notices lie beside the weights. */
	static final String NETWORKS =
		"Holds weights of others, converted, under the Apache License 2.0: PP-OCRv6 small (text),"
			+ " © Baidu, Inc. and the PaddleOCR authors; U-2-Net small, U2NetP (subject), © Xuebin Qin and the authors of U-2-Net.";

	public AboutPlugIn() {
		super("About Decompose Layers...");
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		if (Show.windows()) new HTMLDialog("About " + Show.TITLE, html(), false);
		else IJ.log(Show.TITLE + " " + version() + "\n" + NETWORKS + "\n" + changes());
		return Optional.empty();
	}

	/** Of the changes, the latest; with the build, if this is a jar. */
	static String version() {
		final Matcher heading = HEADING.matcher(changes());
		final String latest = heading.find() ? heading.group(1) : "";
		return Optional.ofNullable(AboutPlugIn.class.getPackage().getImplementationVersion()).orElse(latest);
	}

	/** {@code CHANGELOG.md}. */
	static String changes() {
		try (InputStream in = AboutPlugIn.class.getResourceAsStream("/org/layerj/CHANGELOG.md")) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** What of Markdown the file uses: headings, lists, emphasis and code. */
	private static String html() {
		final String body = changes().replace("&", "&amp;")
			.replace("<", "&lt;")
			.replaceFirst("(?sm)\\A.*?(?=^## )", "")
			.replaceAll("(?m)^## (.*)$", "<h3>$1</h3>")
			.replaceAll("(?m)^### (.*)$", "<h4>$1</h4>")
			.replaceAll("(?m)^- (.*)$", "<p>• $1</p>")
			.replaceAll("\\*([^*\n]+)\\*", "<i>$1</i>")
			.replaceAll("`([^`\n]+)`", "<code>$1</code>");
		return "<html><body><h2>" + Show.TITLE + " " + version() + "</h2><p>" + NETWORKS + "</p>" + body
			+ "</body></html>";
	}
}
