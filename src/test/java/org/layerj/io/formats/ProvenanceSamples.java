package org.layerj.io.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.layerj.common.Progress;
import org.layerj.io.PictureFile;
import org.layerj.io.header.PictureNotes;
import org.layerj.io.header.PixelSize;
import org.layerj.io.header.Xmp;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Visibility;
import org.layerj.layers.VisibleProvenance;
import org.layerj.provenance.Kind;
import org.layerj.provenance.PictureOrigin;
import org.layerj.provenance.Provenance;
import org.layerj.provenance.Terms;

/** Small layers with every kind of provenance, and files of them for other programs to open and save. */
public final class ProvenanceSamples {

	static final PictureOrigin ORIGIN = new PictureOrigin("cells.tif", "sha256:00ff", "",
		Optional.of(Terms.BASE + "digitalCapture"), List.of("A. Müller"), Optional.of("© 2026 Institute"),
		Optional.of("Institute"), List.of(), Optional.empty());

	private ProvenanceSamples() {}

	/** A background, a box that hides a part of it, and a half transparent disc over both. */
	static LayerDocument document() {
		final int w = 40;
		final int h = 30;
		final Random random = new Random(5);
		final RgbaImage background = RgbaImage.ofArgb(w, h, random.ints(w * h).map(p -> p | 0xff000000).toArray());
		final RgbaImage box = RgbaImage.ofArgb(12, 10, random.ints(120).map(p -> p | 0xff000000).toArray());
		final int[] disc = new int[100];
		for (int i = 0; i < disc.length; i++) {
			final double r = Math.hypot(i % 10 - 4.5, i / 10 - 4.5);
			disc[i] = r > 5 ? 0 : r > 4 ? 0x80c03020 : 0xffc03020;
		}
		final LayerStack stack = new LayerStack(w, h,
			List.of(
				Layer.of("ground", "Ground", background), new Layer("box", "Box", new Bounds(6, 8, 12, 10), box, 1,
					true, Optional.of("ground"), Provenance.observed(12, 10)),
				Layer.of("disc", "Disc", RgbaImage.ofArgb(10, 10, disc)).at(14, 12)));
		final LayerStack marked = Visibility.markHidden(stack, Kind.GENERATED, Set.of("model sha256:cafe"));
		return new LayerDocument(marked,
			LayerMetadata.titled("cells")
				.withOrigin(ORIGIN.showing(VisibleProvenance.content(marked)))
				.withPixelSize(PixelSize.ofDpi(254_000))
				.withCalibration("{\"pixelWidth\":0.1,\"pixelHeight\":0.1,\"unit\":\"micron\"}"));
	}

	/** Writes {@code whole.*}, as decomposed, and {@code moved.*}, with the box moved, into a folder. */
	public static void main(final String... args) throws IOException {
		final Path folder = Files.createDirectories(Path.of(args[0]));
		final LayerDocument whole = document();
		write(folder, "whole", whole);
		final LayerStack s = whole.layers();
		write(folder, "moved", new LayerDocument(s.with(s.find("box").orElseThrow().at(20, 4)), whole.metadata()));
	}

	private static void write(final Path folder, final String name, final LayerDocument document) throws IOException {
		for (final LayerFormat f : LayerFormat.values())
			f.write(document, folder.resolve(name + f.suffix()), Progress.none());
		final RgbaImage flat = Compositor.flatten(document.layers());
		final String xmp = Xmp.of(VisibleProvenance.declaration(document.layers(), document.metadata().origin()), "");
		for (final String suffix : List.of(".png", ".jpg"))
			PictureFile.write(folder.resolve(name + suffix), flat, Optional.empty(), out -> {}, xmp, PictureNotes.NONE);
	}
}
