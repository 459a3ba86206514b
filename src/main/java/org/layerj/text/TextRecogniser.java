package org.layerj.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.model.Weights;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Program;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/**
 * The small text recogniser of PP-OCRv6: reads pictures of single lines, 48 pixels high.
 * <p>
 * A PP-LCNetV4 backbone that ends in one feature vector for every eighth column, two attention blocks over the columns,
 * and at each column one of 18 709 characters or nothing (connectionist temporal classification, Graves et al., ICML
 * 2006). 5.27 million weights, converted from PaddleOCR's (see {@code NOTICE.txt} beside them) by
 * {@code training/convert_text_models.py}.
 * <p>
 * One instance may be used by one thread at a time.
 */
public final class TextRecogniser implements AutoCloseable {

	/** Name of the weights' resource beside this class. */
	public static final String FILE = "text_recogniser.safetensors";

	/** Height of a line's picture, and width of one step, in pixels. */
	public static final int HEIGHT = 48, STEP = 8;

	private static final Program PROGRAM = Program.load(TextRecogniser.class, "text_recogniser.py");

	/**
	 * A character that was read.
	 *
	 * @param character Unicode code point
	 * @param confidence 0 … 1
	 * @param column of its middle, in pixels of the line's picture
	 */
	public record Glyph(int character, double confidence, double column) {

		/** {@return the character as text} */
		public String text() {
			return Character.toString(character);
		}
	}

	private final Device device;
	private final Scope resident = Torch.scope();
	private final Map<String, Tensor> weights;
	/** The character of each class. Class 0 is none. */
	private final int[] characters;

	/**
	 * Loads the weights, 21 MB.
	 *
	 * @param device on which it computes
	 */
	public TextRecogniser(final Device device) {
		this.device = device;
		characters = characters();
		try {
			weights =
				new Weights(Component.openFile(ModelFiles.resources("text recogniser", "/org/layerj/text/"), FILE),
					device, DType.F32).all(resident);
		}
		catch (final RuntimeException e) {
			resident.close();
			throw e;
		}
	}

	/** One a line in {@code characters.txt}; after the last one comes the space. */
	private static int[] characters() {
		try (InputStream in = TextRecogniser.class.getResourceAsStream("characters.txt")) {
			final String[] lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n");
			final int[] out = new int[lines.length + 2];
			for (int i = 0; i < lines.length; i++) out[i + 1] = lines[i].codePointAt(0);
			out[lines.length + 1] = ' ';
			return out;
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/**
	 * Reads line pictures of one width.
	 *
	 * @param rgb of each line the red, green and blue plane one after another, {@code 3 · 48 · width} bytes
	 * @param width a multiple of {@link #STEP}, at least 16
	 * @return the characters of each line from left to right, spaces included
	 */
	public List<List<Glyph>> read(final List<byte[]> rgb, final int width) {
		final List<List<Glyph>> lines = new ArrayList<>();
		if (rgb.isEmpty()) return lines;
		final int columns = width / STEP;
		try (Scope scope = Torch.scope()) {
			final Tensor[] best = PROGRAM.tensors(scope, "best", picture(scope, rgb, width), weights);
			final long[] which = best[0].toLongs();
			final float[] sure = best[1].toFloats();
			for (int k = 0; k < rgb.size(); k++) lines.add(glyphs(which, sure, k * columns, columns));
		}
		return lines;
	}

	/** The probability of every class at each column, {@code lines · width / 8 · classes}. */
	float[] probabilities(final List<byte[]> rgb, final int width) {
		try (Scope scope = Torch.scope()) {
			return PROGRAM.tensor(scope, "probabilities", picture(scope, rgb, width), weights).toFloats();
		}
	}

	private Tensor picture(final Scope scope, final List<byte[]> rgb, final int width) {
		if (width < 2 * STEP || width % STEP != 0) throw new IllegalArgumentException(
			"The width must be a multiple of " + STEP + " and at least " + 2 * STEP + ", not " + width + ".");
		final int size = 3 * HEIGHT * width;
		final byte[] all = new byte[Math.multiplyExact(size, rgb.size())];
		for (int k = 0; k < rgb.size(); k++) System.arraycopy(rgb.get(k), 0, all, k * size, size);
		return PROGRAM.tensor(scope, "picture",
			Tensors.to(scope, Tensors.of(scope, all, rgb.size(), 3, HEIGHT, width), device, DType.U8));
	}

	/**
	 * Columns that say the same one after another are one character; class 0 between two of the same keeps them apart.
	 */
	private List<Glyph> glyphs(final long[] which, final float[] sure, final int from, final int columns) {
		final List<Glyph> glyphs = new ArrayList<>();
		for (int c = 0; c < columns;) {
			final int start = c;
			double best = 0;
			while (c < columns && which[from + c] == which[from + start]) best = Math.max(best, sure[from + c++]);
			if (which[from + start] != 0)
				glyphs.add(new Glyph(characters[(int) which[from + start]], best, (start + c) * STEP / 2.0));
		}
		return glyphs;
	}

	@Override
	public void close() {
		resident.close();
	}
}
