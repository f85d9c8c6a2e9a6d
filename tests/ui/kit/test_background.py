"""Work on other threads: what it imports is made whole, and what it fails at is told."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject

from app.ui.kit import background


@pytest.fixture
def owner(qapp):
    made = QObject()
    yield made
    made.deleteLater()


def test_no_thread_is_interrupted_while_modules_are_imported(qtbot, owner, tmp_path, monkeypatch):
    (tmp_path / "says_interval.py").write_text("import sys\nfound = sys.getswitchinterval()\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    usual, done = sys.getswitchinterval(), []
    background.import_in_background(owner, ["says_interval"], lambda: done.append(True))
    assert sys.getswitchinterval() >= 1
    qtbot.waitUntil(lambda: bool(done))
    assert sys.modules["says_interval"].found >= 1
    qtbot.waitUntil(lambda: sys.getswitchinterval() == usual)


def test_two_imports_end_the_quiet_only_together(qtbot, owner):
    usual, done = sys.getswitchinterval(), []
    for name in ("json", "csv"):
        background.import_in_background(owner, [name], lambda: done.append(sys.getswitchinterval()))
    qtbot.waitUntil(lambda: len(done) == 2)
    qtbot.waitUntil(lambda: sys.getswitchinterval() == usual)


def test_a_broken_import_gives_the_interpreter_free_again(qtbot, owner, tmp_path, monkeypatch):
    (tmp_path / "says_no.py").write_text("raise ImportError('broken')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    usual, done = sys.getswitchinterval(), []
    with qtbot.captureExceptions() as raised:
        background.import_in_background(owner, ["says_no"], lambda: done.append(True))
        qtbot.waitUntil(lambda: bool(raised) and sys.getswitchinterval() == usual)
    assert done == []
    assert "broken" in str(raised[0][1])
