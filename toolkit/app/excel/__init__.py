"""The add-in for Excel: building it, putting it where Excel loads it, and looking whether it can work."""
