"""The built-in default's network over the segments of a picture: targets, graphs, network."""
