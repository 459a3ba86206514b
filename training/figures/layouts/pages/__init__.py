"""Training templates of composed pages, annotated pictures and loose arrangements: tables, printed pages, windows, covers, comics,
maps, emblems, overlays on pictures, scattered prints, patterns and cut-outs."""

# In the order in which the figures of a seed choose among them, which does not change.
ORDER = (
    "segmented", "compared", "keyed", "table", "strips", "film", "printed", "windows", "cover",
    "numbers", "comic", "scattered", "pattern", "emblem", "cut_out")
