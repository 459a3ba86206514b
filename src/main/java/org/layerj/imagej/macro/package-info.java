/**
 * How macros speak to commands: {@link org.layerj.imagej.macro.MacroOptions options as text}, {@link org.layerj.imagej.macro.Option what a command takes},
 * and {@link org.layerj.imagej.macro.MacroThread whether a macro asks at all}. Knows nothing of layers.
 */
package org.layerj.imagej.macro;
