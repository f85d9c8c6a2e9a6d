"""The real window on a real journal."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings

from app.core.store import open_store
from app.ui import start
from app.ui.kit import background, theme


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "Journal.northing")
    yield store
    store.close()


@pytest.fixture
def preferences(tmp_path):
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    kept.setValue("theme", "light")
    kept.setValue("editor/spelling", "false")  # a dictionary takes a second to load; its tests switch it on
    return kept


@pytest.fixture
def window(qtbot, qapp, tmp_path, preferences):
    """A window whose store is open; closed, with nothing unsaved, at the end."""
    theme.install(qapp, "light")
    window = start.open_window(tmp_path / "Journal.northing", preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.store is not None, timeout=10_000)
    yield window
    window.close()
    background.shutdown()
    if window.store is not None:
        window.store.close()
