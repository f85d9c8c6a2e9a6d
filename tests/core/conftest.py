"""A real journal file for every test of the core."""

from __future__ import annotations

import pytest

from app.core.store import open_store


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "Journal.northing")
    yield store
    store.close()
