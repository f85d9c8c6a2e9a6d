"""Signals of the system, in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app import __main__ as starting
from app.core import journal
from app.core.store import open_store

ROOT = Path(__file__).parents[3]
TYPES = """
import sys
from PySide6.QtCore import QTimer
from app.ui import start
from app.ui.window import MainWindow

def type_slowly(window):
    window.first_view.autosaver._timer.setInterval(10**6)
    window.first_view.editor.insertPlainText("Typed just before the end")
    print("typed", flush=True)

open_window = start.open_window
def opened(*words, **named):
    window = open_window(*words, **named)
    window.ready.connect(lambda: QTimer.singleShot(50, lambda: type_slowly(window)))
    return window
start.open_window = opened
from app.__main__ import main
sys.exit(main(["--journal", sys.argv[1]]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks windows, not processes")
def test_a_shutdown_saves_the_last_word_and_ends(tmp_path):
    path = tmp_path / "Journal.northing"
    process = subprocess.Popen(
        [sys.executable, "-c", TYPES, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "typed\n"
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    process.stdout.close()
    store = open_store(path)
    with store.read() as session:
        (item_id,) = journal.entry_ids(session)
        assert journal.entry(session, item_id).text == "Typed just before the end"
    store.close()


def test_what_is_opened_from_a_frozen_app_finds_the_libraries_of_the_system(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    for before in ("/opt/lib", ""):
        monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/northing/_internal")
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
        starting._keep_libraries_to_oneself()
        assert starting.os.environ.get("LD_LIBRARY_PATH", "") == before
