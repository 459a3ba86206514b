/**
 * From a proposal of layers, of any size, to layers of the picture's own size that composite to it exactly.
 */
package org.layerj.refine;
