"""Blocks of text become files: Word, HTML, PDF and plain text, with their pictures."""
