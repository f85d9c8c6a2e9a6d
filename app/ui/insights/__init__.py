"""Insights: what the numbers say, and on how many readings they stand."""
