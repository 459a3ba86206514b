/**
 * Everything ImageJ: the command for Fiji and the plugin for plain ImageJ, both thin over
 * {@code DecomposeRun}, and {@link org.layerj.imagej.Hyperstacks layers as hyperstacks}. The only package that knows {@code ij} and {@code org.scijava}.
 */
package org.layerj.imagej;
