/**
 * The built-in default: a picture becomes segments of even colour, the segments a graph, a small graph network says of
 * every segment what it is and what lies above what, and layers are grouped from that. Knows layers, checkpoint and
 * torch.
 */
package org.layerj.segment;
