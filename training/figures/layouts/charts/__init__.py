"""Charts as different plotting programs draw them: templates of matrices, fields, polar charts, distributions, facets, journal
plots, bands, survival curves, forests, volcanoes, bars with values, spectra, lanes and many more."""

# In the order in which the figures of a seed choose among them, which does not change.
ORDER = (
    "matrix", "field", "round", "violins", "ridges", "facets", "journal", "two_axes", "bands",
    "clinical", "hits", "valued_bars", "spectrum", "tiles")
