"""The roadmap, through its window."""
