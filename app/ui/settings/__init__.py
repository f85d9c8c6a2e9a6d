"""Settings: choices, the Trash, and where the data is."""
