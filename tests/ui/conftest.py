"""The real window on a real journal."""

from __future__ import annotations

import shutil
import traceback
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QSettings

from app.core.refusals import PlaceRefused
from app.core.store import Store, open_store
from app.ui import errors, start
from app.ui.kit import background, theme


@pytest.fixture(autouse=True)
def bugs(monkeypatch):
    """Where each exception passed that ended in the dialog for bugs; a test takes out those that it expects."""
    found: list[str] = []
    told = errors._tell

    def tell(window, kind):
        found.append(f"{kind}\n{trace[-1] if trace else ''}")
        told(window, kind)

    trace: list[str] = []
    described = errors.described

    def describe(error):
        trace.append("".join(traceback.format_exception(error)))
        return described(error)

    monkeypatch.setattr(errors, "_tell", tell)
    monkeypatch.setattr(errors, "described", describe)
    yield found
    assert not found, found[0]


@pytest.fixture
def store(fresh_journal):
    store = open_store(fresh_journal)
    yield store
    store.close()


@pytest.fixture
def full_disk(monkeypatch):
    """`with full_disk():` nothing can be written to a journal."""

    def refuse(_store):
        raise PlaceRefused("The disk is full.")

    @contextmanager
    def full():
        with monkeypatch.context() as patched:
            patched.setattr(Store, "write", refuse)
            yield

    return full


@pytest.fixture
def preferences(tmp_path):
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    kept.setValue("theme", "light")
    kept.setValue("editor/spelling", "false")  # a dictionary takes a second to load; its tests switch it on
    return kept


@pytest.fixture
def window(qtbot, qapp, tmp_path, empty_journal, preferences):
    """A window whose store is open; closed, with nothing unsaved, at the end."""
    theme.install(qapp, "light")
    path = tmp_path / "Journal.northing"
    if not path.exists():
        shutil.copy(empty_journal, path)
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.store is not None, timeout=10_000)
    yield window
    window.close()
    background.shutdown()
    if window.store is not None:
        window.store.close()
