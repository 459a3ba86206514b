package org.layerj.imagej.window;

/** What a row of the Layers Window shows: a layer, or below one that is opened, an element. */
sealed interface Line permits LayerRow, ElementRow {}
