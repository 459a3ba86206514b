package org.layerj.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One LoRA in a safetensors file, as diffusers, PEFT, kohya's scripts and ComfyUI write it.
 * <p>
 * Alpha is a number beside the matrices (kohya, ComfyUI), in {@code adapter_config.json} beside the file (PEFT), or in
 * the header (diffusers); where none is said the product is added as it is. Whatever is understood otherwise by another
 * program (DoRA, LoHa, LoKr, biases, convolutions) is an error, not left out.
 */
final class LoraFile {

	private static final Pattern MATRIX =
		Pattern.compile("(.+)\\.(lora_A|lora_B|lora_down|lora_up|lora\\.down|lora\\.up)(\\.default)?\\.weight");
	private static final Pattern ALPHA = Pattern.compile("(.+)\\.alpha");
	private static final String CONFIG = "adapter_config.json";
	private static final String METADATA = "lora_adapter_metadata";

	private final Path path;
	private final LoraTargets targets;
	private final Component file;
	private final Map<String, TensorInfo> down = new LinkedHashMap<>();
	private final Map<String, TensorInfo> up = new LinkedHashMap<>();
	private final Map<String, TensorInfo> alpha = new LinkedHashMap<>();
	/** What is said of alpha for the parts of the model, by the prefix of their modules; "" for all. */
	private final Map<String, JsonObject> configs = new LinkedHashMap<>();

	LoraFile(final Path path, final LoraTargets targets) {
		this.path = path;
		this.targets = targets;
		final Path whole = path.toAbsolutePath();
		final ModelFiles files = ModelFiles.plain(whole.getParent());
		final String name = whole.getFileName().toString();
		if (!name.endsWith(".safetensors")) throw new ModelException("The LoRA " + path
			+ " is not a safetensors file; convert it, since other forms may hold programs and are not read.");
		file = Component.openFile(files, name);
		sort();
		// Beside a file that is called otherwise it may belong to another one.
		if (name.equals(LoraChoice.FILES.get(0)) && files.has(CONFIG)) config("", Json.object(files, CONFIG));
		metadata(files, name);
	}

	private void sort() {
		final List<String> unknown = new ArrayList<>();
		for (final String name : file.names()) {
			final Matcher matrix = MATRIX.matcher(name);
			final Matcher number = ALPHA.matcher(name);
			if (matrix.matches())
				(matrix.group(2).matches("lora_A|.*down") ? down : up).put(matrix.group(1), file.info(name));
			else if (number.matches()) alpha.put(number.group(1), file.info(name));
			else unknown.add(name);
		}
		if (!unknown.isEmpty()) throw new ModelException("The file " + path + " is not a plain LoRA, because of "
			+ Names.of(unknown) + " (DoRA, LoHa, LoKr and biases are not supported).");
		if (down.isEmpty()) throw new ModelException("The file " + path + " holds no LoRA.");
		if (!down.keySet().equals(up.keySet())) throw new ModelException(
			"The LoRA " + path + " is incomplete: matrices lack their counterpart; download it again.");
	}

	/** PEFT's own words. */
	private void config(final String prefix, final JsonObject config) {
		if (flag(config, "use_dora")) throw new ModelException(
			"The LoRA " + path + " is a DoRA (use_dora), which cannot be applied; train it as a plain LoRA.");
		final JsonElement bias = config.get("bias");
		if (bias != null && bias.isJsonPrimitive() && !bias.getAsString().equals("none"))
			throw new ModelException("The LoRA " + path + " changes biases (bias = " + Json.show(bias.getAsString())
				+ "), which cannot be applied.");
		configs.put(prefix, config);
	}

	private static boolean flag(final JsonObject config, final String key) {
		return config.has(key) && config.get(key).isJsonPrimitive() && config.get(key).getAsBoolean();
	}

	/** Diffusers': one object for all parts, each key with its part in front. */
	private void metadata(final ModelFiles files, final String name) {
		final Optional<String> text = Safetensors.metadata(files, name, METADATA);
		if (text.isEmpty()) return;
		try {
			final Map<String, JsonObject> parts = new LinkedHashMap<>();
			final JsonObject all = Json.read(text.get().getBytes(StandardCharsets.UTF_8)).getAsJsonObject();
			for (final Map.Entry<String, JsonElement> e : all.entrySet()) {
				final int dot = e.getKey().indexOf('.');
				parts.computeIfAbsent(dot < 0 ? "" : e.getKey().substring(0, dot), p -> new JsonObject())
					.add(e.getKey().substring(dot + 1), e.getValue());
			}
			parts.forEach(this::config);
		}
		catch (final IOException | IllegalStateException | NumberFormatException e) {
			throw new ModelException(
				"The LoRA " + path + " has metadata that cannot be read (" + METADATA + " is no JSON); save it again.",
				e);
		}
	}

	/**
	 * What is added to which weights.
	 *
	 * @param weight of the whole LoRA
	 */
	Map<LoraTargets.Target, Adapters.Change> changes(final double weight) {
		final Map<LoraTargets.Target, Adapters.Change> changes = new LinkedHashMap<>();
		final List<String> foreign = new ArrayList<>();
		down.forEach((module, a) -> {
			final Optional<LoraTargets.Target> target = targets.find(module);
			if (target.isEmpty()) foreign.add(module);
			else if (changes.put(target.get(), change(module, target.get(), a, up.get(module), weight)) != null)
				throw new ModelException(
					"The LoRA " + path + " changes " + target.get().tensor().name() + " twice, by several names.");
		});
		if (!foreign.isEmpty()) throw new ModelException("The LoRA " + path + " is for another model: it changes "
			+ Names.of(foreign).replace("tensors", "modules").replace("the tensor", "the module")
			+ ", which this one does not have.");
		return changes;
	}

	private Adapters.Change change(final String module, final LoraTargets.Target target, final TensorInfo a,
		final TensorInfo b, final double weight)
	{
		final long[] w = target.tensor().shape();
		final long rank = a.shape().length == 2 ? a.shape()[0] : 0;
		final boolean fits =
			rank > 0 && b.shape().length == 2 && b.shape()[1] == rank && a.shape()[1] == w[1] && b.shape()[0] == w[0];
		if (!fits) throw new ModelException(
			"The LoRA " + path + " is for another model: " + a + " and " + b + " do not fit " + target.tensor() + ".");
		for (final TensorInfo t : List.of(a, b))
			if (t.stored().filter(StoredType::isPlain).isEmpty()) throw new ModelException(
				"The LoRA " + path + " holds " + t + ", whose type cannot be read; save it in F32, F16 or BF16.");
		return new Adapters.Change(file, a, b, weight * scale(module, rank));
	}

	/** Alpha / rank, or alpha / √rank where the LoRA was trained so. */
	private double scale(final String module, final long rank) {
		if (alpha.containsKey(module)) return number(alpha.get(module)) / rank;
		final Optional<Map.Entry<String, JsonObject>> config = configs.entrySet()
			.stream()
			.filter(c -> c.getKey().isEmpty() || module.startsWith(c.getKey() + "."))
			.findFirst();
		if (config.isEmpty()) return 1;
		final JsonObject said = config.get().getValue();
		final double a =
			pattern(said, module).orElseGet(() -> said.has("lora_alpha") && !said.get("lora_alpha").isJsonNull()
				? said.get("lora_alpha").getAsDouble() : rank);
		return flag(said, "use_rslora") ? a / Math.sqrt(rank) : a / rank;
	}

	/** PEFT lets modules have an alpha of their own, chosen by a pattern that the end of the name has to match. */
	private static Optional<Double> pattern(final JsonObject config, final String module) {
		if (!config.has("alpha_pattern") || !config.get("alpha_pattern").isJsonObject()) return Optional.empty();
		for (final Map.Entry<String, JsonElement> e : config.getAsJsonObject("alpha_pattern").entrySet()) try {
			if (Pattern.matches("(.*\\.)?(" + e.getKey() + ")", module)) return Optional.of(e.getValue().getAsDouble());
		}
		catch (final PatternSyntaxException x) {
			// No module is called so.
		}
		return Optional.empty();
	}

	/** A tensor of one number. */
	private double number(final TensorInfo info) {
		if (info.elements() != 1)
			throw new ModelException("The LoRA " + path + " has " + info + ", which is no number.");
		final ByteBuffer bytes = file.data(info).order(ByteOrder.LITTLE_ENDIAN);
		return switch (info.dtype()) {
			case "F64" -> bytes.getDouble(0);
			case "F32" -> bytes.getFloat(0);
			case "BF16" -> Float.intBitsToFloat(bytes.getShort(0) << 16);
			case "F16" -> half(bytes.getShort(0));
			case "I64" -> bytes.getLong(0);
			case "I32" -> bytes.getInt(0);
			default -> throw new ModelException(
				"The LoRA " + path + " has " + info + ", whose type cannot be read; save it in F32.");
		};
	}

	private static double half(final short bits) {
		final int exponent = bits >> 10 & 31;
		final int fraction = bits & 1023;
		final double magnitude =
			exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.scalb(1.0, exponent - 25);
		return bits < 0 ? -magnitude : magnitude;
	}
}
