"""What Northing knows and does. No Qt here: the window and the command line stand on top of it."""
