"""Northing's own formats: everything an item is, in files that need no Northing to be read."""
