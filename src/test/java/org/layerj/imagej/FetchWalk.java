package org.layerj.imagej;

import ij.IJ;
import ij.ImageJ;
import ij.Menus;
import ij.gui.GenericDialog;
import ij.text.TextWindow;
import java.awt.Button;
import java.awt.TextField;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import javax.swing.JButton;
import javax.swing.JProgressBar;
import org.layerj.Fixtures;
import org.layerj.fetch.FakeHub;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.window.Hand;

/**
 * Downloads a tiny model with a real mouse and keyboard from a hub on this computer: declines first, agrees, cancels by
 * button and by key, goes on, and chooses what has come. Leaves screenshots in the folder that is its argument.
 */
public final class FetchWalk {

	private static final String MODELS = "Models and Devices";

	private final Hand hand;
	private final FakeHub hub;
	private final Path folder =
		Path.of(System.getProperty("user.home"), ".decompose-layers", "models", "qwen-image-layered");

	private FetchWalk(final Hand hand, final FakeHub hub) {
		this.hand = hand;
		this.hub = hub;
	}

	/** Argument: folder for screenshots. */
	public static void main(final String[] args) {
		try (FakeHub hub = new FakeHub()) {
			new FetchWalk(Hand.on(Path.of(args[0])), hub).walk();
			System.out.println("walked");
			System.exit(0);
		}
		catch (final Throwable t) {
			t.printStackTrace();
			System.exit(1);
		}
	}

	private void walk() throws IOException {
		publish();
		new ImageJ().setLocation(20, 10);
		for (final var e : Macros.entries().entrySet()) Menus.getCommands().put(e.getKey(), e.getValue());
		IJ.doCommand(MODELS + "...");
		final GenericDialog models = dialog(MODELS);
		final TextField model = (TextField) models.getStringFields().firstElement();
		final String before = model.getText();

		final GenericDialog rejected = asked(models);
		final String terms = Hand.text(rejected);
		hand.shot("fetch-consent.png");
		Hand.check("it says how much, under which licence, and where to: " + terms,
			terms.contains("none of it here yet") && terms.contains("Licence: apache-2.0")
				&& terms.contains(folder.toString()) && terms.contains("Download it?"));
		hand.click(button(rejected, "Cancel"));
		hand.await("the question is gone", () -> !rejected.isShowing());
		Hand.check("nothing was downloaded", Files.notExists(folder));

		hub.holdAt(60_000);
		agree(asked(models));
		FetchWindow window = progress(0);
		hand.shot("fetch-progress.png");
		hand.click(Hand.find(window, JButton.class, b -> b.getText().equals("Cancel")).orElseThrow());
		gone(window);
		Hand.check("the dialog is still there, and has the model it had",
			models.isShowing() && model.getText().equals(before));
		Hand.check("not all is there", !complete());

		hub.holdAt(160_000);
		final GenericDialog again = asked(models);
		Hand.check("what has arrived stays: " + Hand.text(again), Hand.text(again).contains("still to come"));
		agree(again);
		window = progress(1);
		hand.click(window.getContentPane());
		hand.key(KeyEvent.VK_ESCAPE);
		gone(window);

		hub.goOn();
		agree(asked(models));
		hand.await("the model is chosen", () -> model.getText().equals(folder.toString()));
		Hand.check("all of it is there", complete());
		hand.shot("fetch-chosen.png");
		hand.click(button(models, "  OK  "));
		hand.await("the report", () -> Hand.window(TextWindow.class, w -> w.getTitle().equals(MODELS)).isPresent());
		hand.await("the model is kept", () -> ModelChoice.model().equals(folder.toString()));
		hand.shot("fetch-report.png");
	}

	/** A model as small as can be, with all that a real one has. */
	private void publish() throws IOException {
		final Path source = Fixtures.open("14-pipeline").folder().resolve("model");
		try (Stream<Path> all = Files.walk(source)) {
			for (final Path p : all.filter(Files::isRegularFile).sorted().toList())
				hub.files.put(source.relativize(p).toString().replace('\\', '/'), Files.readAllBytes(p));
		}
		hub.files.put("decompose.json",
			"{\"name\": \"tiny\", \"resolution\": 64, \"resolutions\": [64], \"steps\": 1, \"layers\": 2}".getBytes());
		hub.publish();
	}

	private boolean complete() throws IOException {
		for (final Map.Entry<String, byte[]> e : hub.files.entrySet()) {
			final Path file = folder.resolve(e.getKey());
			if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), e.getValue())) return false;
		}
		return true;
	}

	/** From the button to the question whether to download. */
	private GenericDialog asked(final GenericDialog models) throws IOException {
		hand.click(button(models, "Download a model..."));
		final GenericDialog which = dialog("Download a Model");
		final TextField address = (TextField) which.getStringFields().elementAt(1);
		hand.click(address);
		hand.await("the field has the keyboard", address::isFocusOwner);
		hand.type(hub.address());
		hand.await("the address is typed", () -> address.getText().equals(hub.address()));
		hand.click(button(which, "  OK  "));
		return dialog("Decompose Layers");
	}

	private void agree(final GenericDialog question) throws IOException {
		hand.click(button(question, "  OK  "));
		hand.await("the question is gone", () -> !question.isShowing());
	}

	/** @param least share in per cent that must have come */
	private FetchWindow progress(final int least) throws IOException {
		hand.await("progress is shown",
			() -> Hand.window(FetchWindow.class, w -> true)
				.flatMap(w -> Hand.find(w, JProgressBar.class, b -> b.getPercentComplete() > least / 100.0))
				.isPresent());
		return Hand.window(FetchWindow.class, w -> true).orElseThrow();
	}

	private void gone(final FetchWindow window) throws IOException {
		hand.await("the download has stopped", () -> !window.isShowing());
	}

	private GenericDialog dialog(final String title) throws IOException {
		hand.await("the dialog " + title,
			() -> Hand.window(GenericDialog.class, d -> d.getTitle().equals(title)).isPresent());
		return Hand.window(GenericDialog.class, d -> d.getTitle().equals(title)).orElseThrow();
	}

	private static Button button(final GenericDialog dialog, final String label) {
		return Hand.find(dialog, Button.class, b -> b.getLabel().strip().equals(label.strip())).orElseThrow();
	}
}
