/**
 * How macros speak to commands: {@link org.layerj.imagej.macro.MacroOptions options as text},
 * {@link org.layerj.imagej.macro.Option what a command takes}, and {@link org.layerj.imagej.macro.MacroRecord the lines
 * that repeat what was done by mouse}. Knows nothing of layers.
 */
package org.layerj.imagej.macro;
