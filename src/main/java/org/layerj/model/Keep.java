package org.layerj.model;

/**
 * What of a stack of equal blocks stays where the network computes between uses: memory against time.
 *
 * @param form in which it stays
 * @param blocks how many of the first blocks stay; the others are fetched from the mapped file for every use
 */
public record Keep(Form form, int blocks) {

	/** How weights stay. */
	public enum Form {
		/** As the network computes with them: no time is lost. */
		EXPANDED,
		/** As the file stores them: expanded for every use, one block at a time. */
		STORED
	}

	/** Every block, ready to compute with. */
	public static Keep all() {
		return new Keep(Form.EXPANDED, Integer.MAX_VALUE);
	}

	/** No block. */
	public static Keep none() {
		return new Keep(Form.EXPANDED, 0);
	}

	boolean expanded(final int block) {
		return form == Form.EXPANDED && block < blocks;
	}

	boolean stored(final int block) {
		return form == Form.STORED && block < blocks;
	}
}
