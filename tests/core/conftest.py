"""A real journal file for every test of the core."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.core.store import open_store


@pytest.fixture
def store(fresh_journal):
    store = open_store(fresh_journal)
    yield store
    store.close()


@pytest.fixture
def demo_store(tmp_path, demo_journal):
    """A journal of this test's own with the demo in it."""
    store = open_store(Path(shutil.copy(demo_journal, tmp_path / "Journal.northing")))
    yield store
    store.close()
