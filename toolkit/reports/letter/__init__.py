"""Facts and templates become blocks of text."""
