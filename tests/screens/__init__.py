"""Every page as a picture: python -m tests.screens [FOLDER]."""
