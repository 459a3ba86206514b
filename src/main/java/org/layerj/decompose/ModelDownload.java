package org.layerj.decompose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.checkpoint.ModelException;
import org.layerj.common.Progress;
import org.layerj.fetch.DjlLibraries;
import org.layerj.fetch.Download;
import org.layerj.fetch.FetchException;
import org.layerj.fetch.Hub;
import org.layerj.fetch.Offer;
import org.layerj.torch.CudaTarget;
import org.layerj.torch.Torch;

/**
 * A model that can be fetched from a hub: asked for first, so that size and licence are known, and fetched only when
 * somebody has agreed.
 */
public final class ModelDownload {

	/** The models that have a word of their own, and what they are called on the hub. */
	private static final Map<String, String> KNOWN = Map.of("qwen-image-layered", "Qwen/Qwen-Image-Layered");
	/** What people set who want their models elsewhere than in their home folder. */
	public static final String SETTING = "DECOMPOSE_LAYERS_MODELS";

	/** The word for PyTorch's libraries for graphics cards, which are no model. */
	public static final String PYTORCH = "pytorch-cuda";

	private final Offer offer;
	private final Download download;
	/** Where what was downloaded is unpacked; empty if it stays as it is. */
	private final Optional<Path> unpacked;

	private ModelDownload(final Offer offer, final Download download, final Optional<Path> unpacked) {
		this.offer = offer;
		this.download = download;
		this.unpacked = unpacked;
	}

	/**
	 * Asks a hub what there is; fetches nothing.
	 *
	 * @param model a word such as {@code qwen-image-layered}, or {@code owner/name}, or {@code owner/name@revision}; or
	 * {@value #PYTORCH}
	 * @param hub its address; blank: see {@link Hub#of}
	 * @param folder where it shall go; empty: {@link #home}
	 * @return what would be downloaded
	 * @throws org.layerj.fetch.FetchException if the hub cannot be reached, or has no such model
	 */
	public static ModelDownload of(final String model, final String hub, final Optional<Path> folder) {
		if (model.strip().equals(PYTORCH)) return pytorch(hub);
		final Offer offer = Hub.of(hub).offer(KNOWN.getOrDefault(model.strip(), model));
		return new ModelDownload(offer, new Download(offer.files(), folder.orElseGet(() -> home(model.strip()))),
			Optional.empty());
	}

	/** Into DJL's cache, where the next start finds it. */
	private static ModelDownload pytorch(final String hub) {
		final CudaTarget target = Torch.cudaTarget();
		if (Files.isDirectory(target.folder())) throw new FetchException(
			"PyTorch for graphics cards is in " + target.folder() + " already; delete this folder to fetch it again.");
		final Offer offer = DjlLibraries.offer(hub, target.version(), target.flavor(), target.classifier());
		final Path packed = target.folder().resolveSibling(target.folder().getFileName() + ".download");
		return new ModelDownload(offer, new Download(offer.files(), packed), Optional.of(target.folder()));
	}

	/** {@return the words that stand for models} */
	public static List<String> words() {
		return KNOWN.keySet().stream().sorted().toList();
	}

	/** Where a model goes by default: a folder in the user's home. */
	static Path home(final String model) {
		final Path all = Optional.ofNullable(System.getProperty(SETTING, System.getenv(SETTING)))
			.filter(s -> !s.isBlank())
			.map(Path::of)
			.orElseGet(() -> Path.of(System.getProperty("user.home"), ".decompose-layers", "models"));
		return all.resolve(model.replaceFirst("@.*", "").replace('/', '_'));
	}

	/**
	 * Where the model of a word lies.
	 *
	 * @return empty if the word is none of these
	 * @throws ModelException if it is, but the model has not been fetched
	 */
	static Optional<Path> fetched(final String word) {
		if (!KNOWN.containsKey(word)) return Optional.empty();
		final Path folder = home(word);
		if (!folder.toFile().isDirectory()) throw new ModelException("The model " + word + " is not in " + folder
			+ " yet; fetch it with --fetch " + word + ", or in Models and Devices..., or give the folder it is in.");
		return Optional.of(folder);
	}

	/** {@return the folder it goes to} */
	public Path folder() {
		return unpacked.orElseGet(download::folder);
	}

	/** {@return what somebody has to agree to: how much, of whom, under which licence, where to; sentences} */
	public String terms() {
		final long missing = download.missing();
		return offer.repository() + " of "
			+ (offer.files().isEmpty() ? offer.page() : offer.files().get(0).address()).getHost() + ", revision "
			+ offer.revision().substring(0, Math.min(12, offer.revision().length())) + ": " + offer.files().size()
			+ " files, " + Download.size(download.total()) + ", "
			+ (missing == download.total() ? "none of it here yet"
				: missing == 0 ? "all of it here; it would only be checked" : Download.size(missing) + " still to come")
			+ ". Licence: " + (offer.license().isEmpty() ? "not stated" : offer.license()) + " (" + offer.page()
			+ "). It goes to " + folder() + ", where " + Download.size(download.free()) + " are free.";
	}

	/**
	 * Fetches what is missing and checks all of it. If it is stopped it goes on from there the next time.
	 *
	 * @param progress receives what happens, and is asked whether to stop
	 * @throws org.layerj.fetch.FetchException if that cannot be done
	 */
	public void run(final Progress progress) {
		progress.plan(List.of(new Progress.Phase("download", 1)));
		progress.phase("download");
		download.run(progress);
		unpacked.ifPresent(to -> DjlLibraries.unpack(download.folder(), to, progress::check));
	}
}
