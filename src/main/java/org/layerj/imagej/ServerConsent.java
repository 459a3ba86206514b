package org.layerj.imagej;

import ij.IJ;
import ij.Prefs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.layerj.common.CancelledException;
import org.layerj.decompose.ModelName;
import org.layerj.imagej.open.Show;
import org.layerj.remote.ServerAddress;

/**
 * Says before the first picture goes to a server that it does: in the log, and to a person also as a question. Once per
 * server and computer.
 */
final class ServerConsent {

	/** Servers of which it has been said. */
	private static final String KNOWN = "decompose.servers";

	private ServerConsent() {}

	/** Asks a person who has chosen a model in a dialog; a macro has named the server itself. */
	static void ask(final ModelName model) {
		ask(model, question -> IJ.showMessageWithCancel(Show.TITLE, question));
	}

	/** @param agrees shows a question; whether the person agrees */
	static void ask(final ModelName model, final Predicate<String> agrees) {
		model.server().filter(s -> !known().contains(s.origin())).ifPresent(s -> {
			if (!agrees.test(text(s) + "\nGo on?")) throw new CancelledException();
		});
	}

	/** Says it, if it has not been said. */
	static void say(final ModelName model) {
		model.server().filter(s -> !known().contains(s.origin())).ifPresent(s -> {
			IJ.log("Decompose Layers: " + text(s));
			final List<String> all = new ArrayList<>(known());
			all.add(s.origin());
			Prefs.set(KNOWN, String.join(" ", all));
			if (IJ.getInstance() != null) Prefs.savePreferences();
		});
	}

	static String text(final ServerAddress server) {
		return "Pictures and layers for model=" + server.base() + " are sent to " + server.origin()
			+ (server.isLocal() ? ", this computer or the end of a tunnel"
				: server.base().getScheme().equals("https") ? "" : ", unencrypted")
			+ ", where whoever runs it can see them.";
	}

	private static List<String> known() {
		return Arrays.stream(Prefs.get(KNOWN, "").split(" ")).filter(s -> !s.isEmpty()).toList();
	}
}
