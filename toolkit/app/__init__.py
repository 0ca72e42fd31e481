"""Doors: the one walk, the command line, and what the buttons call."""
