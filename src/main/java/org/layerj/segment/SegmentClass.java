package org.layerj.segment;

import org.layerj.elements.Role;

/**
 * What a layer of the finest cut holds, from bottom to top. Panels and shapes that overlap others of their kind lie on
 * up to three levels. The order is the order of the network's outputs ({@code training/segment/targets.py}).
 */
public enum SegmentClass {

	BACKGROUND(Role.BACKGROUND), PANEL_1(Role.PANEL), PANEL_2(Role.PANEL), PANEL_3(Role.PANEL), DATA(
		Role.DATA), SHAPE_1(Role.SHAPE), SHAPE_2(Role.SHAPE), SHAPE_3(Role.SHAPE), MARK(Role.MARK), TEXT(Role.TEXT);

	private final Role role;

	SegmentClass(final Role role) {
		this.role = role;
	}

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
