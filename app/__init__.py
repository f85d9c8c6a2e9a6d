"""Northing: a private journal and goal tracker that keeps a product manager's career on course."""

from typing import Final

APP_NAME: Final = "Northing"
__version__ = "0.1.0"
