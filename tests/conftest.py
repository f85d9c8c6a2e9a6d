"""Shared fixtures: no screen, no real home folder, and a clock that stands still."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

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
