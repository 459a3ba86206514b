package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.ItemEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.imagej.window.Screen;
import org.layerj.layers.LayerStack;
import org.layerj.remote.FakeComfyUi;

/** The dialogs of an edit by words, consent and preview included, on a screen of their own. */
class GenerateDialogTest {

	@TempDir
	Path dir;

	@Test
	void consentPreviewAndRecord() throws IOException, InterruptedException {
		Screen.run(Walk.class, dir.resolve("walk.txt"), 120, dir.toString());
	}

	/** What a person would do, in a Java of its own. */
	public static final class Walk {

		private static final long PATIENCE = 30_000_000_000L;

		private Walk() {}

		/** @param args a folder for ImageJ's preferences */
		public static void main(final String[] args) {
			if (GraphicsEnvironment.isHeadless()) System.exit(Screen.NONE);
			try {
				// Where ImageJ keeps its preferences, in which it is noted which servers somebody has agreed to.
				System.setProperty("user.home", args[0]);
				walk();
				System.exit(0);
			}
			catch (final Throwable t) {
				t.printStackTrace();
				System.exit(1);
			}
		}

		private static void walk() throws Exception {
			try (FakeComfyUi server = new FakeComfyUi()) {
				new ImageJ(ImageJ.NO_SHOW);
				final Recorder recorder = new Recorder();
				final ImagePlus image = LayeredPictures.hyperstack();
				image.show();
				final OpenLayers open = OpenLayers.of(image).orElseThrow();
				open.select("box");
				final LayerStack before = open.layers();
				WindowManager.setTempCurrentImage(image);
				final Thread command = new Thread(() -> new EditLayerPlugIn().run("generate"), "command");
				command.start();
				final GenericDialog dialog = (GenericDialog) dialog("Generate Box");
				assertEquals(2, ((java.awt.Choice) dialog.getChoices().get(0)).getItemCount(), "plain, figure");
				type(dialog, 0, "make it blue");
				type(dialog, 2, server.address());
				final Checkbox preview = (Checkbox) dialog.getCheckboxes().lastElement();
				tick(preview);
				final Dialog consent = dialog("Decompose Layers");
				assertEquals(0, server.requests.size(), "nothing before somebody agrees");
				click(consent, "Cancel");
				waitFor(() -> !consent.isShowing(), "declined");
				Thread.sleep(300);
				assertEquals(0, server.requests.size(), "nor when the user declines");
				type(dialog, 0, "make it really blue");
				assertFalse(preview.getState(), "another prompt needs another preview");
				tick(preview);
				click(dialog("Decompose Layers"), "OK");
				waitFor(() -> server.requests.stream().anyMatch(r -> r.contains("/view")), "preview");
				Thread.sleep(1000);
				assertEquals(before, open.layers(), "a preview changes nothing");
				click(dialog, "OK");
				command.join(30_000);
				assertFalse(command.isAlive());
				assertEquals(1, posts(server), "what the preview has fetched is taken");
				assertEquals(200, open.layers().find("box").orElseThrow().pixels().argb(6, 5) & 255, 6);
				assertEquals(Optional.of("Generate Box"), open.undoName());
				final String line = recorder.getText();
				for (final String part : new String[] { "run(\"Edit Layer...\", \"action=generate layer=Box ",
					" prompt=[make it really blue] ", " seed=0 ", " background=plain" })
					assertTrue(line.contains(part), line);
			}
		}

		private static long posts(final FakeComfyUi server) {
			return server.requests.stream().filter("POST /prompt"::equals).count();
		}

		private static void waitFor(final BooleanSupplier done, final String what) throws InterruptedException {
			final long end = System.nanoTime() + PATIENCE;
			while (!done.getAsBoolean()) {
				if (System.nanoTime() > end) throw new AssertionError(what + " does not come");
				Thread.sleep(20);
			}
		}

		private static Dialog dialog(final String title) throws InterruptedException {
			final Dialog[] found = { null };
			waitFor(() -> {
				for (final Window w : Window.getWindows())
					if (w instanceof Dialog d && d.isShowing() && title.equals(d.getTitle())) found[0] = d;
				return found[0] != null;
			}, "the dialog " + title);
			return found[0];
		}

		private static void type(final GenericDialog dialog, final int field, final String text) throws Exception {
			EventQueue.invokeAndWait(() -> {
				final TextField f = (TextField) dialog.getStringFields().get(field);
				f.setText(text);
				f.dispatchEvent(new java.awt.event.TextEvent(f, java.awt.event.TextEvent.TEXT_VALUE_CHANGED));
			});
			// The field's own event comes by itself, later.
			Thread.sleep(200);
		}

		private static void tick(final Checkbox box) throws Exception {
			EventQueue.invokeAndWait(() -> {
				box.setState(true);
				box.dispatchEvent(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, box.getLabel(), ItemEvent.SELECTED));
			});
		}

		private static void click(final Dialog dialog, final String label) throws Exception {
			final Button button = buttons(dialog).filter(b -> b.getLabel().strip().equals(label))
				.findFirst()
				.orElseThrow(() -> new AssertionError("no button " + label));
			EventQueue
				.invokeLater(() -> button.dispatchEvent(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, label)));
		}

		private static java.util.stream.Stream<Button> buttons(final java.awt.Container in) {
			return Arrays.stream(in.getComponents())
				.flatMap(c -> c instanceof Button b ? java.util.stream.Stream.of(b)
					: c instanceof java.awt.Container inner ? buttons(inner) : java.util.stream.Stream.empty());
		}
	}
}
