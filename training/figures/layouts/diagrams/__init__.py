"""Training templates for vector diagrams: networks, trees, circuits, molecules, cells, schedules, flows, maps and the like, as people draw
them with diagram programs."""

# In the order in which the figures of a seed choose among them, which does not change.
ORDER = (
    "network", "tree", "mind_map", "neural", "circuit", "molecule", "cell", "apparatus", "schedule",
    "ribbons", "stages", "region_map", "slabs", "compartments")
