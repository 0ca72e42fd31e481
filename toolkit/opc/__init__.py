"""The ground for Office files: the zip, its XML, and how a file takes its name on the disk."""
