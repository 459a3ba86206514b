/**
 * The built-in default: text is read and taken off, the rest becomes segments of even colour, the segments a graph, a
 * small graph network says of every segment what it is and what lies above what, and layers are grouped from that.
 * Knows text, layers, checkpoint and torch.
 */
package org.layerj.segment;
