"""Shared fixtures: no screen, no real home folder, and a clock that stands still."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

if sys.platform == "linux":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("QT_STYLE_OVERRIDE", None)

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _standing_clock(monkeypatch, tmp_path_factory):
    """Monday 23 November 2026, 09:30 UTC, in every test, and a home folder of its own."""
    from app.core import clock

    monkeypatch.setenv("NORTHING_HOME", str(tmp_path_factory.mktemp("home")))
    clock.fix(NOW, "UTC")
    yield
    clock.fix(None)


@pytest.fixture(scope="session")
def empty_journal(tmp_path_factory) -> Path:
    """A journal as Northing makes it, to copy: making it anew runs every migration."""
    from app.core.store import open_store

    path = Path(tmp_path_factory.mktemp("empty")) / "Journal.northing"
    open_store(path).close()
    return path


@pytest.fixture
def fresh_journal(tmp_path, empty_journal) -> Path:
    """An empty journal of this test's own."""
    return Path(shutil.copy(empty_journal, tmp_path / "Journal.northing"))


@pytest.fixture(scope="session")
def demo_journal(tmp_path_factory) -> Path:
    """A journal with the demo in it, to copy."""
    from app.core import clock, demo
    from app.core.store import open_store

    path = Path(tmp_path_factory.mktemp("demo")) / "Journal.northing"
    clock.fix(NOW, "UTC")
    with open_store(path) as store:
        demo.load_demo(store, today=NOW.date(), now=NOW, zone=clock.zone())
    return path
