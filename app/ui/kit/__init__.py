"""Widgets and ways of working that would fit any app: nothing here knows Northing's core or pages."""
