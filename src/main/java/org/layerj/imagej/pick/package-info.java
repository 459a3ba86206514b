/** Choosing elements of open layers: by the tool <em>Layer Picker</em>, by commands and by macros. */
package org.layerj.imagej.pick;
