"""Whatever arrives is looked at before anything parses it: the gate, far cells, what cannot be said."""
