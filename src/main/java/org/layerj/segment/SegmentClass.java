package org.layerj.segment;

import org.layerj.elements.Role;

/**
 * Classes of layers at the finest decomposition, from bottom to top. Overlapping panels and shapes are on up to three
 * levels. The order is that of the network's outputs ({@code training/segment/targets.py}).
 */
public enum SegmentClass {

	/** The background. */
	BACKGROUND(Role.BACKGROUND),
	/** Panels. */
	PANEL_1(Role.PANEL),
	/** Panels that overlap others. */
	PANEL_2(Role.PANEL),
	/** Panels that overlap those of the second level. */
	PANEL_3(Role.PANEL),
	/** Data of charts. */
	DATA(Role.DATA),
	/** Shapes. */
	SHAPE_1(Role.SHAPE),
	/** Shapes that overlap others. */
	SHAPE_2(Role.SHAPE),
	/** Shapes that overlap those of the second level. */
	SHAPE_3(Role.SHAPE),
	/** Arrows, frames, scale bars and the like. */
	MARK(Role.MARK),
	/** Text. */
	TEXT(Role.TEXT);

	private final Role role;

	SegmentClass(final Role role) {
		this.role = role;
	}

	/** {@return the role of elements of this class} */
	public Role role() {
		return role;
	}

	/** 1 for the lowest layer of its role, 2 for the one above it. */
	int level() {
		int level = 1;
		for (final SegmentClass c : values()) if (c.role == role && c.compareTo(this) < 0) level++;
		return level;
	}
}
