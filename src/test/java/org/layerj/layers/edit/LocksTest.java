package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

class LocksTest {

	private final Layer free = Pictures.noise("free", Bounds.all(6, 4), 1);
	private final Layer locked = Pictures.noise("locked", Bounds.all(6, 4), 2).withLocked(true);
	private final LayerStack before = new LayerStack(6, 4, List.of(free, locked));

	@Test
	void namesPlacesInTheStackAndVisibilityMayChange() {
		final Layer renamed = locked.withName("other").withVisible(false);
		final LayerStack after = new LayerStack(6, 4, List.of(renamed, free.withOpacity(.5)));
		assertSame(after, Locks.checked(before, after));
		assertEquals(List.of(), Locks.changed(before, after));
		assertEquals(after, Locks.restored(before, after));
		assertSame(free, Locks.free(free));
	}

	@Test
	void pixelsPlaceAndOpacityStay() {
		final Layer other = Pictures.noise("locked", Bounds.all(6, 4), 3).withLocked(true);
		for (final Layer l : List.of(other, locked.withOpacity(.5), locked.at(1, 0))) {
			final LayerStack after = before.with(l);
			final String message = assertThrows(EditException.class, () -> Locks.checked(before, after)).getMessage();
			assertEquals("Layer LOCKED is locked, so it was not changed; " + Locks.HOW, message);
			assertEquals(List.of(locked), Locks.changed(before, after));
			assertEquals(before, Locks.restored(before, after));
		}
	}

	@Test
	void whatIsGoneComesBackWhereItLay() {
		final Layer top = Pictures.noise("top", Bounds.all(6, 4), 4);
		final LayerStack three = before.insert(2, top);
		final LayerStack after = three.without("locked");
		assertEquals(List.of(locked), Locks.changed(three, after));
		assertEquals(three, Locks.restored(three, after));
		assertEquals(List.of("locked"),
			Locks.restored(before, new LayerStack(6, 4, List.of())).layers().stream().map(Layer::id).toList());
		final LayerStack renamed = after.without("free").insert(0, free.withName("new"));
		assertEquals("new", Locks.restored(three, renamed).get(0).name(), "what else was done stays");
	}
}
