"""Cells by their codes, of this version of the template and of earlier ones."""
