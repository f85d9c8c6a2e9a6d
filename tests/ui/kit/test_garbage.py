"""Garbage is collected on the GUI thread, and only there."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject

from app.ui.kit.background import run_in_background
from app.ui.kit.garbage import GuiThreadCollector, collect_on_gui_thread


class Knot:
    """Something that only the collector can let go of; says on which thread that happened."""

    let_go: list[threading.Thread]

    def __init__(self):
        self.me = self

    def __del__(self):
        self.let_go.append(threading.current_thread())


@pytest.fixture
def collector(qapp):
    Knot.let_go = []
    collect_on_gui_thread()
    collect_on_gui_thread()
    (found,) = qapp.findChildren(GuiThreadCollector)
    return found


def test_work_on_another_thread_never_collects(collector, qtbot):
    owner, done = QObject(), list[int]()
    assert not gc.isenabled()
    for _ in range(10):
        Knot()

    def work():
        return len([[] for _ in range(20_000)])

    run_in_background(owner, work, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert not [thread for thread in Knot.let_go if thread is not threading.main_thread()]


def test_garbage_goes_when_there_is_enough_of_it(collector):
    gc.collect()
    assert collector.collect_if_due() == -1
    kept = [Knot() for _ in range(gc.get_threshold()[0] + 10)]
    count = len(kept)
    kept.clear()
    assert collector.collect_if_due() >= 0
    assert len(Knot.let_go) >= count
