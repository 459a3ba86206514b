/**
 * Follows the pixels of layers through what other programs did to them, so that their provenance stays true.
 */
package org.layerj.tracking;
