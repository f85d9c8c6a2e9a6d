"""The main window."""

from app.ui.window.main import MainWindow

__all__ = ["MainWindow"]
