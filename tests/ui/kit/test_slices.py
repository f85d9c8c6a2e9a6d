"""Long work on the GUI thread goes on between its events, in order, and ends where it fails."""

from __future__ import annotations

import gc
import sys
import threading
import time
import weakref
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.ui.kit.slices import SLICE_S, Slices, imports, modules_in


@pytest.fixture
def owner(qapp):
    made = QObject()
    yield made
    made.deleteLater()


def test_steps_are_done_in_order_with_events_between_them(qtbot, owner):
    said, beats, done = [], [], []
    timer = QTimer(owner, interval=0)
    timer.timeout.connect(lambda: beats.append(len(said)))
    timer.start()

    def step(number):
        time.sleep(SLICE_S)
        said.append(number)

    Slices(owner, (partial(step, number) for number in range(5)), lambda: done.append(True))
    assert said == []
    qtbot.waitUntil(lambda: bool(done))
    assert said == [0, 1, 2, 3, 4]
    assert {1, 2, 3, 4} <= set(beats)


def test_modules_are_imported_on_the_gui_thread(qtbot, owner, tmp_path, monkeypatch):
    (tmp_path / "says_thread.py").write_text("import threading\nfound = threading.current_thread()\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    done = []
    Slices(owner, imports(["says_thread"]), lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))
    assert sys.modules["says_thread"].found is threading.main_thread()


def test_a_step_that_fails_ends_the_work_and_is_told(qtbot, owner):
    done = []
    with qtbot.captureExceptions() as raised:
        Slices(owner, [lambda: 1 / 0, lambda: done.append(1)], lambda: done.append(2))
        qtbot.waitUntil(lambda: bool(raised))
        qtbot.wait(30)
    assert done == []
    assert raised[0][0] is ZeroDivisionError


def test_an_owner_that_only_the_work_holds_goes_in_peace(qtbot):
    class Owner(QObject):
        def __init__(self):
            super().__init__()
            self.is_done = False
            Slices(self, [lambda: None] * 3, self.end)

        def end(self):
            self.is_done = True

    gone = []
    for _ in range(20):
        made = Owner()
        weakref.finalize(made, gone.append, True)
        while not made.is_done:
            QCoreApplication.processEvents()
        del made
        qtbot.wait(1)
        gc.collect()
    assert len(gone) == 20


def test_all_modules_of_a_package_but_the_one_that_draws():
    found = list(modules_in("app.ui.kit", but="app.ui.kit.chart.timeplot"))
    assert "app.ui.kit.chart.heatmap" in found
    assert "app.ui.kit.theme" in found
    assert "app.ui.kit.chart.timeplot" not in found
