"""The demo journal: an invented product manager's year, brought in one batch and gone with one click."""

from app.core.demo.loading import SOURCE, load_demo, remove_demo

__all__ = ["SOURCE", "load_demo", "remove_demo"]
