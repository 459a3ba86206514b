/**
 * The Layers Window: a {@code LayersModel} is what it shows at one moment, {@code LayersTable} shows it and says what
 * the user wants, {@code LayerActions} has that done. Everything it does a macro can do without it, so nobody needs to
 * know it.
 */
package org.layerj.imagej.window;
