"""Excel in and out: the map of the form, its blank, its reader and its results."""
