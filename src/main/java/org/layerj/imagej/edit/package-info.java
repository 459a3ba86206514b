/**
 * What <em>Edit Layer...</em> can do: an {@link org.layerj.imagej.edit.EditRequest} says it in the words of macros,
 * {@link org.layerj.imagej.edit.EditDialog} asks for one, {@link org.layerj.imagej.edit.EditRun} does it to
 * {@linkplain org.layerj.imagej.open open layers}, {@link org.layerj.imagej.macro.MacroRecord} writes it down for the
 * macro recorder. Selections, text, colours and pictures are taken from ImageJ; the edits themselves are those of
 * {@code layers.edit}.
 */
package org.layerj.imagej.edit;
