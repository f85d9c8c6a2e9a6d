"""Today: the day's page and what needs attention."""
