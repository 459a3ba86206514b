package org.layerj.io.formats;

import java.util.Optional;
import org.layerj.layers.Bounds;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;

/**
 * A layer as a file has it, before the manifest says the rest.
 *
 * @param key by which the manifest knows it; empty if it has none
 * @param name as the file says
 * @param bounds where it lies
 * @param pixels what it looks like; where there are values, only alpha counts
 * @param samples its 16-bit samples, if the file has more than 8 bits
 * @param opacity 0 … 1
 * @param visible whether it and all groups it is in are shown
 * @param locked whether it, or a group it is in, is protected from edits
 * @param group the innermost group it is in: its key and name
 */
record FoundLayer(String key, String name, Bounds bounds, RgbaImage pixels, Optional<Samples> samples, double opacity,
	boolean visible, boolean locked, Optional<FoundGroup> group)
{

	/**
	 * @param key by which the manifest knows it
	 * @param name as the file says
	 */
	record FoundGroup(String key, String name) {}

	FoundLayer withoutSamples() {
		return new FoundLayer(key, name, bounds, pixels, Optional.empty(), opacity, visible, locked, group);
	}
}
