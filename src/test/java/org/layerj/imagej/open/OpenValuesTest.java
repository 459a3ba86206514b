package org.layerj.imagej.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.process.LUT;
import ij.process.ShortProcessor;
import java.awt.Color;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.layerj.exact.ExactSamples;
import org.layerj.imagej.stack.HyperstackBuilder;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.ImagePictures;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.imagej.stack.Recomposed;
import org.layerj.imagej.stack.SourceNotes;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Kind;

/** Open layers that have the picture's own samples, and open layers of several frames. */
class OpenValuesTest {

	private static final int WIDTH = 12;
	private static final int HEIGHT = 9;

	private final ImagePlus source = source();
	private final LayerStack stack = valued(source);
	private final ImagePlus image = hyperstack(source, stack);
	private final OpenLayers open = OpenLayers.of(image).orElseThrow();

	private static ImagePlus source() {
		final ShortProcessor pixels = new ShortProcessor(WIDTH, HEIGHT);
		final Random random = new Random(5);
		for (int i = 0; i < WIDTH * HEIGHT; i++) pixels.set(i, random.nextInt(4000));
		final ImagePlus source = new ImagePlus("cells.tif", pixels);
		source.setDisplayRange(0, 4000);
		source.setProperty("Info", "taken today");
		return source;
	}

	private static LayerStack valued(final ImagePlus source) {
		final ImagePictures.Seen seen = ImagePictures.current(source);
		final byte[] alpha = new byte[WIDTH * HEIGHT];
		for (int i = 0; i < alpha.length; i++) if (i % WIDTH > 6) alpha[i] = (byte) 180;
		final RgbaImage p = seen.image();
		return ExactSamples.of(seen.samples().orElseThrow(),
			new LayerStack(WIDTH, HEIGHT, List.of(Layer.of("bg", "Background", p),
				Layer.of("cell", "Cell", RgbaImage.ofPlanes(WIDTH, HEIGHT, p.plane(0), p.plane(1), p.plane(2), alpha))
					.withProvenance(Mask.of(WIDTH, HEIGHT, i -> i % 4 == 0).as(Kind.GENERATED)))));
	}

	private static ImagePlus hyperstack(final ImagePlus source, final LayerStack stack) {
		final ImagePlus image = Hyperstacks.of(stack, "cells-layers");
		SourceNotes.of(source, List.of(1)).write(image);
		return image;
	}

	@Test
	void samplesSurviveEditsAndTheirUndoing() {
		open.apply("Hide", s -> s.with(s.get(1).withVisible(false)));
		open.apply("Move", s -> s.with(s.get(1).at(3, 0)));
		open.undo();
		open.undo();
		assertEquals(stack, open.layers());
		final ImagePlus back = Recomposed.of(image);
		assertEquals(16, back.getBitDepth());
		for (int i = 0; i < WIDTH * HEIGHT; i++) assertEquals(source.getProcessor().get(i), back.getProcessor().get(i));
		assertEquals("taken today", back.getInfoProperty());
	}

	@Test
	void movingAnElementMovesSamples() {
		final ImagePlus view = open.openView();
		final LayerRoi cell = LayerView.element(view, "cell").orElseThrow();
		cell.setLocation(cell.getBounds().x - 5, cell.getBounds().y);
		final Layer moved = open.layers().get(1);
		assertEquals(-5, moved.bounds().x());
		assertEquals(stack.get(1).samples(), moved.samples());
		assertTrue(open.layers().format().isPresent());
		assertEquals(16, Recomposed.of(image).getBitDepth());
	}

	@Test
	void anotherDisplayRangeIsAnotherLook() {
		final ImagePlus view = open.openView();
		final LayerRoi before = LayerView.element(view, "bg").orElseThrow();
		final LUT lut = LUT.createLutFromColor(Color.green);
		lut.min = 0;
		lut.max = 2000;
		((CompositeImage) image).setChannelLut(lut, 1);
		assertEquals(0, open.layers().get(0).pixels().argb(0, 0) & 0xff00ff, "green");
		assertFalse(before.shows(open.layers().get(0)));
		assertEquals(stack.get(0).samples().orElseThrow().get(0, 7),
			open.layers().get(0).samples().orElseThrow().get(0, 7));
	}

	@Test
	void whatReachesBeyondTheCanvasStaysWhenTheRestIsPaintedOnOrShownOtherwise() {
		open.apply("Move", s -> s.with(s.get(1).at(-8, 0)));
		image.getStack().getProcessor(image.getStackIndex(1, 2, 1)).set(0, 0, 99);
		final Layer painted = open.layers().get(1);
		assertEquals(99, painted.samples().orElseThrow().get(0, 8));
		assertEquals(stack.get(1).samples().orElseThrow().get(0, 7), painted.samples().orElseThrow().get(0, 7),
			"left of the canvas");
		assertEquals(stack.get(1).pixels().argb(7, 0), painted.pixels().argb(7, 0));
		final LUT lut = LUT.createLutFromColor(Color.green);
		lut.min = 0;
		lut.max = 2000;
		((CompositeImage) image).setChannelLut(lut, 1);
		open.layers();
		open.apply("Move back", s -> s.with(s.get(1).at(0, 0)));
		final Layer back = open.layers().get(1);
		for (int i = 0; i < WIDTH * HEIGHT; i++)
			if (i != 8) assertEquals(stack.get(1).samples().orElseThrow().get(0, i),
				back.samples().orElseThrow().get(0, i), "sample " + i);
		for (int i = 0; i < WIDTH * HEIGHT; i++)
			assertEquals(stack.get(1).pixels().argb()[i] >>> 24, back.pixels().argb()[i] >>> 24, "alpha " + i);
		assertEquals(0, back.pixels().argb(7, 0) & 0xff00ff, "green too");
		assertEquals(stack.get(1).synthetic(), back.synthetic());
	}

	@Test
	void layersDrawnInEightBitsGetSamples() {
		open.apply("Add", s -> s.with(Layer.of("new", "New", LayeredPictures.filled(3, 3, 0xffffffff)).at(2, 2)));
		assertTrue(open.layers().format().isPresent());
		assertTrue(open.layers().get(2).samples().orElseThrow().get(0, 4) > 3900);
		assertEquals(3, image.getNSlices());
	}

	@Test
	void framesAreEditedOneByOne() {
		final LayerStack first = LayeredPictures.three();
		final LayerStack second = new LayerStack(first.width(), first.height(),
			List.of(first.get(0), first.get(1).at(9, 9),
				Layer.of("star", "Star", LayeredPictures.filled(40, 30, 0x4000ff00))
					.withProvenance(Mask.all(40, 30).as(Kind.GENERATED))));
		final HyperstackBuilder builder = new HyperstackBuilder(first);
		builder.add(first);
		builder.add(second);
		final ImagePlus movie = builder.image("movie-layers");
		final OpenLayers frames = OpenLayers.of(movie).orElseThrow();
		final ImagePlus view = frames.openView();
		assertEquals(first, frames.layers());
		movie.setPosition(1, 1, 2);
		LayerView.element(view, "title").orElseThrow().setLocation(0, 0);
		assertEquals(second, frames.layers(), "what was moved belongs to the frame before");
		assertTrue(LayerView.element(view, "star").isPresent());
		frames.apply("Hide Star", s -> s.with(s.get(2).withVisible(false)));
		assertEquals(Optional.of("Hide Star"), frames.undoName());
		movie.setPosition(1, 1, 1);
		assertEquals(first.with(first.get(2).at(0, 0)), frames.layers());
		assertEquals(Optional.of("Move Title µ"), frames.undoName());
		assertEquals(second.with(second.get(2).withVisible(false)), Hyperstacks.layers(movie, 2));
		frames.apply("Delete", s -> s.without("box"));
		assertEquals(3, movie.getNSlices(), "the other frame has three");
		assertEquals(List.of("bg", "title", "(empty)"),
			frames.layers().layers().stream().map(l -> l.name().equals("(empty)") ? l.name() : l.id()).toList());
		assertEquals(second.with(second.get(2).withVisible(false)), Hyperstacks.layers(movie, 2));
		frames.undo();
		assertEquals(first.with(first.get(2).at(0, 0)), frames.layers());
	}

	@Test
	void aLayerMoreInOneFrameTakesNothingFromTheOthers() {
		final LayerStack first = LayeredPictures.three();
		final HyperstackBuilder builder = new HyperstackBuilder(first);
		builder.add(first);
		builder.add(first);
		final ImagePlus movie = builder.image("movie-layers");
		final OpenLayers frames = OpenLayers.of(movie).orElseThrow();
		frames.apply("Move Title", s -> s.with(s.get(2).at(-5, 5)));
		movie.setPosition(1, 1, 2);
		frames.layers();
		LayeredPictures.paint(movie, 1, 1, 0, 0, 99);
		frames.apply("Add", s -> s.with(Layer.of("new", "New", LayeredPictures.filled(3, 3, -1))));
		assertEquals(4, movie.getNSlices());
		movie.setPosition(1, 1, 1);
		assertEquals(first.get(2).pixels(), frames.layers().get(2).pixels(), "left of the canvas too");
		assertEquals(4, frames.layers().size());
		assertEquals(Optional.of("Paint on Background"), frames.undoName(), "done while it was not shown");
		frames.undo();
		frames.undo();
		assertEquals(first.layers(), frames.layers().layers().subList(0, 3));
		movie.setPosition(1, 1, 2);
		frames.undo();
		assertEquals(first.layers(), frames.layers().layers().subList(0, 3));
	}
}
