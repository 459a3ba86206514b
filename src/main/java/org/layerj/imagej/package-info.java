/**
 * Everything ImageJ: the command for Fiji and the plugin for plain ImageJ, both thin over
 * {@code DecomposeRun}; {@link org.layerj.imagej.Hyperstacks layers as hyperstacks}; {@code OpenLayers}, a hyperstack and its view that are open, on
 * which all other commands and the Layers Window work. The only package that knows {@code ij} and {@code org.scijava}.
 */
package org.layerj.imagej;
