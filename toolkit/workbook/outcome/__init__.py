"""Results become the rows of the result tables, and these go into cells; the same for an open Excel."""
