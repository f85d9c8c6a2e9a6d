"""Templates: a page begins with one, and the user makes them his own."""

from app.ui.templates.beginning import Templates

__all__ = ["Templates"]
