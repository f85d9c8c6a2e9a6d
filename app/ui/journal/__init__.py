"""The Journal: every entry, and the desk to write at."""
