package org.layerj.imagej;

import ij.ImagePlus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.layerj.common.Progress;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.DecomposerFactory;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.Recursion;
import org.layerj.decompose.RunJson;
import org.layerj.imagej.edit.LayerNames;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.Latin;
import org.layerj.layers.LayerStack;
import org.layerj.layers.edit.Locks;

/**
 * <em>Plugins › Decompose Layers › Decompose Selected Layer...</em>: decomposes one layer again, in its place; what the
 * stack shows stays the same. The new layers name the old one as their parent. One step that can be undone.
 * <p>
 * Macro keys: {@code layer} as in {@link EditLayerPlugIn}, and those of <em>Decompose...</em> that are about the
 * model's run.
 */
public final class DecomposeLayerPlugIn extends LayerStackPlugIn {

	/** Those of a decomposition that make no sense for one layer. */
	private static final List<String> NOT_HERE = List.of("output", "raw", "slices", "reuse", "hints", "like");

	/** What it takes. */
	private static final List<Option> OPTIONS =
		Stream
			.concat(Stream.of(Option.text("layer", "")),
				DecomposeRequest.OPTIONS.stream().filter(o -> !NOT_HERE.contains(o.key())))
			.toList();
	/** The keys of that. */
	static final List<String> KEYS = OPTIONS.stream().map(Option::key).toList();

	private final DecomposerFactory models;

	/** For ImageJ, which makes one by the name in {@code plugins.config}. */
	public DecomposeLayerPlugIn() {
		this(Decomposers::open);
	}

	/** With models from elsewhere. */
	DecomposeLayerPlugIn(final DecomposerFactory models) {
		super("Decompose Selected Layer...", OPTIONS);
		this.models = models;
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final OpenLayers open = OpenLayers.require(image);
		ImageJProgress.during(progress -> {
			split(open, values, progress);
			return open;
		});
		return Optional.empty();
	}

	/**
	 * As a script does it. The model works on the layers as they are when it begins; they can be looked at and edited
	 * meanwhile.
	 */
	void split(final OpenLayers open, final Map<String, String> values, final Progress progress) {
		final DecomposeRequest request = DecomposeRequest.parse(values);
		final LayerStack before = open.layers();
		final String id = Optional.ofNullable(values.get("layer"))
			.filter(l -> !l.isBlank())
			.map(l -> LayerNames.id(before, "layer", l))
			.orElseGet(open::selected);
		Locks.free(before.find(id).orElseThrow());
		final Recursion.Parts parts;
		try (Decomposer model = request.isolation().of(models).open(request.model(), request.options().device())) {
			ServerConsent.say(request.model());
			parts = Recursion.parts(model, before, id, request.options(), progress);
		}
		final LayerStack after = open.apply("Decompose " + parts.parent().name(), parts::into);
		after.layers()
			.stream()
			.filter(l -> l.parent().filter(id::equals).isPresent() && before.find(l.id()).isEmpty())
			.findFirst()
			.ifPresent(l -> open.select(l.id()));
		open.hyperstack()
			.setProp(Hyperstacks.RUN + "." + Latin.escape(id), Latin.json(RunJson.of(parts.run()).toString()));
	}

	@Override
	Optional<Map<String, String>> ask(final Optional<ImagePlus> image, final String arg) {
		return DecomposeDialog.of(title(), OpenLayers.require(image)).ask();
	}
}
