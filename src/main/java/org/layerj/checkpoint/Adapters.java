package org.layerj.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.layerj.common.Hash;

/**
 * The LoRAs that change a model: for each weight that is changed, the low-rank products that are added to it, W + s·B·A
 * (Hu et al. 2021). They stay as small as they are; the sum is made where a weight is brought to the device, so the
 * model is there once.
 */
public final class Adapters {

	/** None: the model is as it is. */
	public static final Adapters NONE = new Adapters(Map.of(), List.of());

	/**
	 * One product.
	 *
	 * @param file that holds the factors
	 * @param down A, {@code (rank, in)}
	 * @param up B, {@code (out, rank)}
	 * @param scale s: the user's weight times alpha / rank
	 */
	public record Change(Component file, TensorInfo down, TensorInfo up, double scale) {}

	/**
	 * A LoRA in use, for the record of a run.
	 *
	 * @param file its path
	 * @param weight how strongly
	 * @param sha256 of the file
	 */
	public record Used(String file, double weight, String sha256) {}

	/**
	 * What the changes of a part of the model cost.
	 *
	 * @param bytes of all factors, as stored
	 * @param flops of adding all products to their weights once
	 * @param largest parameters of the largest weight that is changed
	 */
	public record Cost(double bytes, double flops, double largest) {

		/** Nothing is changed. */
		public static final Cost NONE = new Cost(0, 0, 0);
	}

	private final Map<String, Map<String, List<Change>>> changes;
	private final List<Used> used;

	private Adapters(final Map<String, Map<String, List<Change>>> changes, final List<Used> used) {
		this.changes = changes;
		this.used = List.copyOf(used);
	}

	/**
	 * Reads LoRAs for a model; headers only, and the few numbers that are no matrices.
	 *
	 * @throws ModelException if a file cannot be read, or is for another model
	 */
	public static Adapters of(final ModelFiles model, final List<LoraChoice> choices) {
		if (choices.isEmpty()) return NONE;
		final LoraTargets targets = new LoraTargets(Component.open(model, TransformerConfig.FOLDER),
			model.has(TextConfig.FOLDER + "/config.json") ? Optional.of(Component.open(model, TextConfig.FOLDER))
				: Optional.empty());
		final Map<String, Map<String, List<Change>>> changes = new HashMap<>();
		final List<Used> used = new ArrayList<>();
		for (final LoraChoice choice : choices) {
			final Path file = file(choice.file());
			new LoraFile(file, targets).changes(choice.weight())
				.forEach((target, change) -> changes.computeIfAbsent(target.folder(), f -> new LinkedHashMap<>())
					.computeIfAbsent(target.tensor().name(), n -> new ArrayList<>())
					.add(change));
			used.add(new Used(choice.file().toString(), choice.weight(), hash(file)));
		}
		return new Adapters(changes, used);
	}

	/** Hashes of files as they were; a dialog asks again with every change of a field. */
	private static final Map<List<Object>, String> HASHES = new ConcurrentHashMap<>();

	private static String hash(final Path file) {
		try {
			final List<Object> key = List.of(file.toAbsolutePath(), Files.size(file), Files.getLastModifiedTime(file));
			final String known = HASHES.get(key);
			if (known != null) return known;
			final String hash = Hash.of(Files.newInputStream(file));
			HASHES.put(key, hash);
			return hash;
		}
		catch (final IOException e) {
			throw new ModelException("The LoRA " + file + " cannot be read: " + e.getMessage() + ".", e);
		}
	}

	private static Path file(final Path given) {
		if (Files.isRegularFile(given)) return given;
		return LoraChoice.FILES.stream()
			.map(given::resolve)
			.filter(Files::isRegularFile)
			.findFirst()
			.orElseThrow(() -> new ModelException(
				"There is no LoRA " + given + "; give its file (.safetensors), or the folder that PEFT has written."));
	}

	/** What is added to the weights of a part of the model, by the tensors' names. */
	public Map<String, List<Change>> of(final String folder) {
		return Collections.unmodifiableMap(changes.getOrDefault(folder, Map.of()));
	}

	/** What it costs to change the weights of a part of the model. */
	public Cost cost(final String folder) {
		double bytes = 0;
		double flops = 0;
		double largest = 0;
		for (final List<Change> all : of(folder).values()) for (final Change c : all) {
			final double out = c.up().shape()[0];
			final double in = c.down().shape()[1];
			bytes += c.up().bytes() + c.down().bytes();
			// In rows: a product and a sum.
			flops += 2 * out * in * (c.down().shape()[0] + 1);
			largest = Math.max(largest, out * in);
		}
		return new Cost(bytes, flops, largest);
	}

	/** The LoRAs, in the order in which they were named. */
	public List<Used> used() {
		return used;
	}

	/** The hash of a model with these LoRAs: its own if there are none. */
	public String hash(final String model) {
		if (used.isEmpty()) return model;
		final MessageDigest digest = Hash.sha256();
		digest.update(model.getBytes(StandardCharsets.US_ASCII));
		for (final Used u : used)
			digest.update((" " + u.sha256() + " " + u.weight()).getBytes(StandardCharsets.US_ASCII));
		return Hash.hex(digest);
	}
}
