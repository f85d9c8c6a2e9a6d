"""Bringing diaries in: what would come is shown before anything is written."""
