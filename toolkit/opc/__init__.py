"""The ground for Office files: the zip, its parts and their pointers, and how a file takes its name."""
