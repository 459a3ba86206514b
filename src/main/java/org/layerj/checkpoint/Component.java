package org.layerj.checkpoint;

import com.google.gson.JsonElement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The weights of one part of a model ({@code transformer}, {@code vae}, {@code text_encoder}): all its tensors,
 * whichever shard holds them. Opening reads headers only.
 */
public final class Component {

	private static final List<String> STEMS = List.of("diffusion_pytorch_model", "model");
	private static final String SINGLE_FIRST = "model";
	private static final List<String> VARIANTS = List.of("fp16", "bf16", "fp32", "fp8");
	/** A file beside the index: no path, no drive, no hidden file. */
	private static final Pattern SHARD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]*\\.safetensors");

	private final ModelFiles files;
	private final String folder;
	private final Map<String, TensorInfo> tensors;
	private final Set<String> lost;
	private final int shards;

	private Component(final ModelFiles files, final String folder, final Map<String, TensorInfo> tensors,
		final Set<String> lost, final int shards)
	{
		this.files = files;
		this.folder = folder;
		this.tensors = tensors;
		this.lost = lost;
		this.shards = shards;
	}

	/** Opens the part in this folder; an index file, where there is one, says which shards to read. */
	public static Component open(final ModelFiles files, final String folder) {
		return open(files, folder, problem -> {
			throw problem;
		}, note -> {}).orElseThrow();
	}

	/**
	 * Opens as much of the part as can be read and reports every problem instead of stopping at the first one.
	 *
	 * @param notes receives the files that are not read
	 * @return empty if there is nothing to read
	 */
	static Optional<Component> open(final ModelFiles files, final String folder,
		final Consumer<ModelException> problems, final Consumer<String> notes)
	{
		final Optional<Map<String, TensorInfo>> elsewhere = files.weights(folder);
		if (elsewhere.isPresent()) return Optional
			.of(new Component(files, folder, elsewhere.get(), Set.of(), files.weightFiles(folder).size()));
		for (final String stem : STEMS) {
			final String index = folder + "/" + stem + ".safetensors.index.json";
			final String single = folder + "/" + stem + ".safetensors";
			try {
				if (files.has(index) && files.has(single))
					notes.accept("There are both " + index + " and " + single + "; as in "
						+ (stem.equals(SINGLE_FIRST) ? "transformers, the single file" : "diffusers, the index")
						+ " is read.");
				if (isSharded(files, stem, index, single)) return Optional.of(sharded(files, folder, index, problems));
				if (files.has(single)) return Optional.of(
					new Component(files, folder, SingleFile.scaled(Safetensors.header(files, single)), Set.of(), 1));
			}
			catch (final ModelException e) {
				problems.accept(e);
				return Optional.empty();
			}
			if (hasShards(files, folder + "/" + stem)) {
				problems.accept(new ModelException("The model " + files.name() + " has weights in " + folder
					+ "/ but lacks their index " + index + "; the download is incomplete."));
				return Optional.empty();
			}
		}
		problems.accept(new ModelException(
			"The model " + files.name() + " has no weights in " + folder + "/ " + otherForm(files, folder)));
		return Optional.empty();
	}

	/**
	 * Which of the two names of weights is read first where there are both: transformers takes the file, diffusers the
	 * index.
	 */
	private static boolean isSharded(final ModelFiles files, final String stem, final String index,
		final String single)
	{
		return files.has(index) && !(stem.equals(SINGLE_FIRST) && files.has(single));
	}

	/** The end of the sentence that says that there are no weights of ours: which others there are. */
	private static String otherForm(final ModelFiles files, final String folder) {
		for (final String variant : VARIANTS) for (final String stem : STEMS) {
			final String start = folder + "/" + stem;
			final String single = start + "." + variant + ".safetensors";
			if (files.has(single)) return "under the usual name, only the variant " + variant + " (" + single
				+ "); rename it to " + stem + ".safetensors.";
			final String index = start + ".safetensors.index." + variant + ".json";
			if (files.has(index)) return "under the usual name, only the variant " + variant + " (" + index
				+ "); rename this index to " + stem + ".safetensors.index.json.";
		}
		for (final String stem : List.of("diffusion_pytorch_model", "pytorch_model")) {
			if (files.has(folder + "/" + stem + ".bin") || files.has(folder + "/" + stem + ".bin.index.json"))
				return "as safetensors, only as pickled .bin files, which may run any program and are not read; take the safetensors.";
		}
		if (files.has(folder + "/adapter_model.safetensors") || files.has(folder + "/adapter_config.json"))
			return "but an adapter (LoRA, PEFT), which changes a model and is none; give it as the option lora, beside the model it was made for.";
		return "(*.safetensors); the download is incomplete.";
	}

	/** Opens one weight file on its own, for example {@code prompt_embeds/blank.safetensors}. */
	public static Component openFile(final ModelFiles files, final String path) {
		if (!files.has(path))
			throw new ModelException("The model " + files.name() + " lacks " + path + "; the download is incomplete.");
		final int slash = path.lastIndexOf('/');
		return new Component(files, slash < 0 ? "" : path.substring(0, slash),
			path.endsWith(".gguf") ? Gguf.read(files, path).tensors() : Safetensors.header(files, path), Set.of(), 1);
	}

	private static Component sharded(final ModelFiles files, final String folder, final String index,
		final Consumer<ModelException> problems)
	{
		final Map<String, String> map = weightMap(files, index);
		final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
		final Set<String> unread = new LinkedHashSet<>();
		final List<String> unlisted = new ArrayList<>();
		final Set<String> shards = new LinkedHashSet<>(map.values());
		for (final String shard : shards) {
			final String path = folder + "/" + shard;
			try {
				if (!files.has(path)) throw new ModelException("The model " + files.name() + " lacks the shard " + path
					+ " named in " + index + "; the download is incomplete.");
				Safetensors.header(files, path).forEach((name, info) -> {
					if (shard.equals(map.get(name))) tensors.put(name, info);
					else unlisted.add(name);
				});
			}
			catch (final ModelException e) {
				unread.add(shard);
				problems.accept(e);
			}
		}
		if (!unlisted.isEmpty()) problems.accept(new ModelException("The index " + index + " of model " + files.name()
			+ " does not list, or lists in another shard, " + Names.of(unlisted) + "; download the index again."));
		final Set<String> lost = new LinkedHashSet<>();
		final List<String> absent = new ArrayList<>();
		map.forEach((name, shard) -> {
			if (unread.contains(shard)) lost.add(name);
			else if (!tensors.containsKey(name)) absent.add(name);
		});
		if (!absent.isEmpty()) problems.accept(new ModelException("The index " + index + " of model " + files.name()
			+ " lists " + Names.of(absent) + ", but the shards do not hold it there; the download is incomplete."));
		return new Component(files, folder, SingleFile.scaled(tensors), lost, shards.size());
	}

	/** The files that hold the part's weights, and their index if there is one; empty if there are no weights. */
	static List<String> files(final ModelFiles files, final String folder) {
		if (!files.weightFiles(folder).isEmpty()) return files.weightFiles(folder);
		for (final String stem : STEMS) {
			final String index = folder + "/" + stem + ".safetensors.index.json";
			final String single = folder + "/" + stem + ".safetensors";
			if (isSharded(files, stem, index, single)) {
				final List<String> out = new ArrayList<>(List.of(index));
				new LinkedHashSet<>(weightMap(files, index).values()).forEach(shard -> out.add(folder + "/" + shard));
				return out;
			}
			if (files.has(single)) return List.of(single);
		}
		return List.of();
	}

	/** Which shard holds which tensor. */
	static Map<String, String> weightMap(final ModelFiles files, final String index) {
		final JsonElement map = Json.object(files, index).get("weight_map");
		if (map == null || !map.isJsonObject()) throw new ModelException(
			"The index " + index + " of model " + files.name() + " has no weight_map; download it again.");
		final Map<String, String> out = new LinkedHashMap<>();
		for (final Map.Entry<String, JsonElement> e : map.getAsJsonObject().entrySet()) {
			final JsonElement shard = e.getValue();
			if (!shard.isJsonPrimitive() || !shard.getAsJsonPrimitive().isString())
				throw new ModelException("The index " + index + " of model " + files.name()
					+ " names no file for the tensor " + Json.show(e.getKey()) + "; download it again.");
			if (!SHARD.matcher(shard.getAsString()).matches()) throw new ModelException("The index " + index
				+ " of model " + files.name() + " names the file \"" + Json.show(shard.getAsString())
				+ "\", which is not a weight file in its folder; do not use this model.");
			out.put(e.getKey(), shard.getAsString());
		}
		return out;
	}

	/** Whether there are numbered shards, of however many; {@link ModelFiles} cannot list a folder inside a jar. */
	private static boolean hasShards(final ModelFiles files, final String stem) {
		for (int count = 1; count <= 99; count++)
			if (files.has(String.format(Locale.ROOT, "%s-00001-of-%05d.safetensors", stem, count))) return true;
		return false;
	}

	/** Tensors the index lists in shards that could not be read. */
	Set<String> lost() {
		return Collections.unmodifiableSet(lost);
	}

	/** Number of weight files. */
	int shards() {
		return shards;
	}

	/** Folder name inside the model. */
	public String folder() {
		return folder;
	}

	/** Name of the model, for messages. */
	public String model() {
		return files.name();
	}

	public Set<String> names() {
		return Collections.unmodifiableSet(tensors.keySet());
	}

	public boolean has(final String name) {
		return tensors.containsKey(name);
	}

	/** The header entry of a tensor. */
	public TensorInfo info(final String name) {
		final TensorInfo info = tensors.get(name);
		if (info == null) throw new ModelException("The model " + files.name() + " lacks the tensor " + name + " in "
			+ folder + "/; it is incomplete or not a Qwen-Image-Layered model.");
		return info;
	}

	/** The bytes of a tensor, little-endian, read-only, not copied where the model lies on disk. */
	public ByteBuffer data(final String name) {
		return data(info(name));
	}

	/** The same of one piece of a tensor. */
	public ByteBuffer data(final TensorInfo piece) {
		if (piece.bytes() > Integer.MAX_VALUE) throw new ModelException("The tensor " + piece.name() + " of model "
			+ files.name() + " is larger than 2 GiB and cannot be read at once.");
		return files.map(piece.file(), piece.offset(), piece.bytes());
	}

	/** Part of a tensor's bytes, at most 2 GiB. */
	public ByteBuffer data(final TensorInfo piece, final long from, final long length) {
		if (from < 0 || length < 0 || from + length > piece.bytes())
			throw new IllegalArgumentException(piece + " has no bytes " + from + " + " + length);
		return files.map(piece.file(), piece.offset() + from, length);
	}

	/** Says that the bytes of a tensor were copied elsewhere and need not stay in memory; {@link #data} stays valid. */
	public void release(final String name) {
		release(info(name));
	}

	/** The same of one piece. */
	public void release(final TensorInfo piece) {
		piece.parts().forEach(this::release);
		if (piece.parts().isEmpty()) files.release(piece.file(), piece.offset(), piece.bytes());
	}
}
