"""Templates, one file each: `train` for training, `development` for the development set. A file has a tuple `TEMPLATES`."""
