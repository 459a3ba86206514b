package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.NoSuchElementException;
import net.imglib2.RandomAccess;
import net.imglib2.type.logic.BitType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.junit.jupiter.api.Test;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

class LayerStackTest {

	private static final RgbaImage PICTURE =
		RgbaImage.ofArgb(3, 2, new int[] { 0x01020304, 0xff000000, 0x00ffffff, 0x80402010, 0xfffefdfc, 0x7f808182 });

	@Test
	void pixelsGoInAndOutUnchanged() {
		assertEquals(0x01020304, PICTURE.argb(0, 0));
		assertEquals(0x00ffffff, PICTURE.argb(2, 0), "colour under alpha 0 is kept");
		assertEquals(PICTURE, RgbaImage.ofArgb(3, 2, PICTURE.argb()));
		assertNotEquals(PICTURE, RgbaImage.blank(3, 2));
		assertEquals(RgbaImage.ofArgb(2, 1, new int[] { 0xfffefdfc, 0x7f808182 }),
			PICTURE.crop(new Bounds(1, 1, 2, 1)));
		assertThrows(IndexOutOfBoundsException.class, () -> PICTURE.argb(3, 0));
		assertThrows(IllegalArgumentException.class, () -> RgbaImage.blank(0, 4));
	}

	@Test
	void imglibSeesTheSameMemory() {
		final RgbaImage copy = PICTURE.copy();
		final RandomAccess<UnsignedByteType> access = copy.img().randomAccess();
		assertEquals(0xfe, access.setPositionAndGet(1, 1, RgbaImage.RED).get());
		access.get().set(9);
		assertEquals(0xff09fdfc, copy.argb(1, 1));
		assertEquals(0xfffefdfc, PICTURE.argb(1, 1), "a copy has memory of its own");
	}

	@Test
	void masksCount() {
		final Mask mask = Mask.of(13, 11, i -> i % 3 == 0);
		assertEquals(48, mask.count());
		assertTrue(mask.get(3, 0));
		assertFalse(mask.get(4, 0));
		assertEquals(143, Mask.all(13, 11).count());
		long set = 0;
		for (final BitType b : mask.img()) if (b.get()) set++;
		assertEquals(48, set);
	}

	@Test
	void aLayerOnTheCanvasIsCutAndPadded() {
		assertSame(PICTURE, Layer.of("a", "A", PICTURE).onCanvas(3, 2), "nothing to do, nothing copied");
		final Layer moved = Layer.of("a", "A", PICTURE).withOpacity(0.5).withVisible(false).at(-1, 1);
		assertEquals(RgbaImage.ofArgb(3, 2, new int[] { 0, 0, 0, 0xff000000, 0x00ffffff, 0 }), moved.onCanvas(3, 2));
		assertEquals(RgbaImage.ofArgb(3, 2, new int[] { 0, 0, 0, 0, 0, 0x01020304 }), moved.at(2, 1).onCanvas(3, 2));
		for (final int far : new int[] { -Integer.MAX_VALUE, -50, 50, Integer.MAX_VALUE - 3 }) {
			assertEquals(RgbaImage.blank(3, 2), moved.at(far, 0).onCanvas(3, 2));
			assertEquals(RgbaImage.blank(3, 2), moved.at(0, far).onCanvas(3, 2));
		}
	}

	@Test
	void syntheticIsAShareOfTheVisiblePixels() {
		final Layer layer = Layer.of("a", "A", PICTURE);
		assertEquals(0, layer.syntheticFraction());
		// Pixel 2 is transparent and does not count.
		assertEquals(2 / 5.0,
			layer.withProvenance(Mask.of(3, 2, i -> i == 2 || i > 3).as(Kind.GENERATED)).syntheticFraction());
		assertEquals(0,
			Layer.of("b", "B", RgbaImage.blank(3, 2))
				.withProvenance(Mask.all(3, 2).as(Kind.GENERATED))
				.syntheticFraction());
	}

	@Test
	void editsLeaveTheOldStackAlone() {
		final Layer a = Layer.of("a", "A", PICTURE);
		final Layer b = Layer.of("b", "B", PICTURE);
		final Layer c = Layer.of("c", "C", PICTURE);
		final LayerStack stack = new LayerStack(3, 2, List.of(a, b)).with(c);
		assertEquals(List.of(a, b, c), stack.layers());
		assertEquals(List.of(b, c, a), stack.move("a", 2).layers());
		assertEquals(List.of(c, a, b), stack.move("c", 0).layers());
		assertEquals(List.of(a, c), stack.without("b").layers());
		assertEquals(List.of(a, c, b), stack.without("c").insert(1, c).layers());
		assertEquals("B2", stack.with(b.withName("B2")).get(1).name());
		assertSame(b, stack.get(1));
		assertEquals(2, stack.indexOf("c"));
		assertThrows(NoSuchElementException.class, () -> stack.without("d"));
		assertThrows(IllegalArgumentException.class, () -> stack.insert(0, a));
	}

	@Test
	void layersThatCannotBeAreRejected() {
		final Layer a = Layer.of("a", "A", PICTURE);
		assertThrows(IllegalArgumentException.class, () -> a.withOpacity(1.01));
		assertThrows(IllegalArgumentException.class, () -> a.withOpacity(Double.NaN));
		assertThrows(IllegalArgumentException.class, () -> a.withParent("a"));
		assertThrows(IllegalArgumentException.class, () -> a.withProvenance(Mask.none(2, 3).as(Kind.GENERATED)));
		assertThrows(IllegalArgumentException.class, () -> Layer.of(" ", "", PICTURE));
	}

	@Test
	void whatIsLessThanHalfObservedIsSynthetic() {
		final Layer layer = Layer.of("a", "A", PICTURE);
		assertEquals(Mask.none(3, 2), layer.synthetic());
		final Provenance.Builder shares = new Provenance.Builder(3, 2);
		shares.set(0, Kind.COMPUTED, 255).set(1, Kind.COMPUTED, 128).set(2, Kind.COMPUTED, 127);
		shares.set(3, Kind.COMPUTED, 64).set(4, Kind.COMPUTED, 100);
		assertEquals(Mask.of(3, 2, i -> i < 2), layer.withProvenance(shares.build()).synthetic());
	}
}
