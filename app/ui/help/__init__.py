"""The guide, the keyboard sheet, and what Northing is made of."""
