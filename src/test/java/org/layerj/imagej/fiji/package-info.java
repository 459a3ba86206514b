/**
 * ImageJ as it is in Fiji, for tests: patched by ij1-patcher, with SciJava's threads and stand-ins for the parts of
 * imagej-legacy that matter here, which is not on Maven Central. Classes must be patched before they are loaded, so all
 * of it happens in {@linkplain org.layerj.imagej.fiji.PatchedImageJ JVMs of their own}.
 */
package org.layerj.imagej.fiji;
