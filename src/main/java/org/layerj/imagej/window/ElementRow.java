package org.layerj.imagej.window;

/**
 * An element of a layer as the Layers Window shows it, below the layer.
 *
 * @param id of the element
 * @param name what it says or is
 * @param layer id of the layer
 */
record ElementRow(int id, String name, String layer) implements Line {}
