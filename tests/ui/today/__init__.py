"""Today, through its window."""
