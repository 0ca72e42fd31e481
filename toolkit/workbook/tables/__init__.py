"""Results become the rows of the result tables; the same for a closed file and an open Excel."""
