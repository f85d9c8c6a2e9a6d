"""The Journal, through its window."""
