package org.layerj.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights of one part of a model ({@code transformer}, {@code vae}, {@code text_encoder}): all its tensors, whichever shard
 * holds them. Opening reads headers only.
 */
public final class Component {

	private static final List<String> STEMS = List.of("diffusion_pytorch_model", "model");

	private final ModelFiles files;
	private final String folder;
	private final Map<String, TensorInfo> tensors;

	private Component(final ModelFiles files, final String folder, final Map<String, TensorInfo> tensors) {
		this.files = files;
		this.folder = folder;
		this.tensors = tensors;
	}

	/** Opens the part in this folder; an index file, where there is one, says which shards to read. */
	public static Component open(final ModelFiles files, final String folder) {
		final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
		for (final String stem : STEMS) {
			final String index = folder + "/" + stem + ".safetensors.index.json";
			final String single = folder + "/" + stem + ".safetensors";
			if (files.has(index)) {
				for (final String shard : shards(files, index)) tensors.putAll(Safetensors.header(files, folder + "/" + shard));
				final JsonObject map = Json.object(files, index).getAsJsonObject("weight_map");
				for (final String name : map.keySet()) if (!tensors.containsKey(name)) throw new ModelException("The index " + index + " of model " + files.name()
					+ " lists " + name + ", but no shard holds it; the download is incomplete.");
				return new Component(files, folder, tensors);
			}
			if (files.has(single)) return new Component(files, folder, Safetensors.header(files, single));
		}
		throw new ModelException("The model " + files.name() + " has no weights in " + folder + "/ (*.safetensors); the download is incomplete.");
	}

	/** Opens one safetensors file on its own, for example {@code prompt_embeds/blank.safetensors}. */
	public static Component openFile(final ModelFiles files, final String path) {
		if (!files.has(path)) throw new ModelException("The model " + files.name() + " lacks " + path + "; the download is incomplete.");
		final int slash = path.lastIndexOf('/');
		return new Component(files, slash < 0 ? "" : path.substring(0, slash), Safetensors.header(files, path));
	}

	private static Set<String> shards(final ModelFiles files, final String index) {
		final JsonObject root = Json.object(files, index);
		if (!root.has("weight_map") || !root.get("weight_map").isJsonObject()) throw new ModelException("The index " + index + " of model " + files.name()
			+ " has no weight_map; download it again.");
		final Set<String> shards = new LinkedHashSet<>();
		for (final Map.Entry<String, JsonElement> e : root.getAsJsonObject("weight_map").entrySet()) {
			final String shard = e.getValue().getAsString();
			if (shard.contains("/") || shard.contains("\\") || shard.contains("..")) throw new ModelException("The index " + index + " of model " + files.name()
				+ " points outside its folder; do not use this model.");
			if (!files.has(index.substring(0, index.lastIndexOf('/') + 1) + shard)) throw new ModelException("The model " + files.name() + " lacks the shard " + shard
				+ " named in " + index + "; the download is incomplete.");
			shards.add(shard);
		}
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
		if (info == null) throw new ModelException("The model " + files.name() + " lacks the tensor " + name + " in " + folder
			+ "/; it is incomplete or not a Qwen-Image-Layered model.");
		return info;
	}

	/** The bytes of a tensor, little-endian, read-only, not copied where the model lies on disk. */
	public ByteBuffer data(final String name) {
		final TensorInfo info = info(name);
		if (info.bytes() > Integer.MAX_VALUE) throw new ModelException("The tensor " + name + " of model " + files.name() + " is larger than 2 GiB, which is not supported.");
		return files.map(info.file(), info.offset(), info.bytes());
	}
}
