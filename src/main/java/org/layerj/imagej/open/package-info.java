/**
 * A layered picture that is open: {@link org.layerj.imagej.open.OpenLayers} holds a hyperstack and its view together,
 * whatever tool worked on either, and knows what can be undone. {@link org.layerj.imagej.open.LayerView} is the view,
 * whose elements are {@linkplain org.layerj.imagej.open.LayerRoi layers}; {@link org.layerj.imagej.open.LayerEvents}
 * and {@link org.layerj.imagej.open.Background} keep it current without holding up ImageJ.
 * <p>
 * Does not know which edits there are; an edit is a function from layers to layers.
 */
package org.layerj.imagej.open;
