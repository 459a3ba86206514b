/**
 * The parts of a picture that a person would point at: words, arrows, bars, panels, and what they are parts of. The
 * record of them goes with the layers through files and edits (docs/ELEMENTS.md).
 */
package org.layerj.elements;
