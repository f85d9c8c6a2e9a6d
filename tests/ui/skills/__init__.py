"""The skills page."""
