"""A real journal file for every test of the core."""

from __future__ import annotations

import pytest

from app.core.store import open_store


@pytest.fixture
def store(fresh_journal):
    store = open_store(fresh_journal)
    yield store
    store.close()
