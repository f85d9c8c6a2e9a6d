"""A part of the main window, with a module of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from app.core.store import Store
    from app.ui.window.main import MainWindow


class Part(QObject):
    """Belongs to `window`, and lives as long."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    @property
    def _store(self) -> Store | None:
        """The window's journal once it is open."""
        return self._window.store
