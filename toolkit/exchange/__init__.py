"""The study as JSON: the same model for other systems."""
