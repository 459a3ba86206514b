"""Templates, one file each, with a tuple `TEMPLATES`; what a folder's templates share is its `pieces`.

`diagrams`, `charts` and `pages` are drawn for both collections of training figures, `train` for the larger one only, `development` for the
development set."""
