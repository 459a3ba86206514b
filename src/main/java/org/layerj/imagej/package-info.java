/**
 * Everything ImageJ. In this package what menus, macros and scripts name: plugins for the menu and for macros, in
 * ImageJ and Fiji alike, and two commands for scripts in Fiji; all thin over {@code DecomposeRun} and the packages
 * below. In those, one above the other:
 * <ul>
 * <li>{@link org.layerj.imagej.window} the Layers Window; the only one above this package</li>
 * <li>{@link org.layerj.imagej.edit} what an edit is and does</li>
 * <li>{@link org.layerj.imagej.open} a hyperstack and its view that are open, with undo</li>
 * <li>{@link org.layerj.imagej.stack} the hyperstack itself</li>
 * <li>{@link org.layerj.imagej.macro} how macros write options; knows none of the others</li>
 * </ul>
 * <p>
 * The only packages that know {@code ij} and {@code org.scijava}; the latter only for commands.
 */
package org.layerj.imagej;
