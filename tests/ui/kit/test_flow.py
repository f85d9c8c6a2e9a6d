"""Rows on demand, changes to screens, work to threads."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QWidget

from app.ui.kit.background import run_in_background, run_job
from app.ui.kit.rows import ROW_ROLE, RowsModel
from app.ui.kit.watch import watch


@dataclass(frozen=True)
class Row:
    id: int
    title: str


class Source:
    def __init__(self):
        self.fetched = []

    def fetch(self, ids):
        self.fetched.append(len(ids))
        return [Row(i, f"Row {i}") for i in ids if i != 13]


@pytest.fixture
def source():
    return Source()


@pytest.fixture
def model(qapp, source):
    return RowsModel(source.fetch, lambda row: row.title)


def test_it_is_a_proper_model(qtmodeltester, model):
    model.show(list(range(300)))
    qtmodeltester.check(model, force_py=True)


def test_only_what_is_looked_at_is_fetched(model, source):
    model.show(list(range(100_000)))
    assert model.index(99_999).data() == "Row 99999"
    assert len(source.fetched) == 1
    assert source.fetched[0] <= 128


def test_a_row_that_went_away_is_empty_not_an_error(model):
    model.show([12, 13, 14])
    assert [model.index(i).data() for i in range(3)] == ["Row 12", None, "Row 14"]


def test_rows_brought_along_are_not_fetched_again(model, source):
    model.show([1, 2], [Row(1, "one"), Row(2, "two")])
    assert model.index(1).data(ROW_ROLE) == Row(2, "two")
    assert source.fetched == []


def test_the_same_ids_repaint_without_a_reset(qtbot, model):
    model.show([1, 2, 3])
    with qtbot.waitSignal(model.dataChanged), qtbot.assertNotEmitted(model.modelReset):
        model.show([1, 2, 3])


def test_row_of_finds_ids(model):
    model.show([5, 7, 9])
    assert [model.row_of(i) for i in (5, 9, 1)] == [0, 2, -1]


class FakeStore:
    def __init__(self):
        self.listeners = []

    def listen(self, listener):
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def say(self, *classes):
        for listener in list(self.listeners):
            listener(frozenset(classes))


class Thing: ...


class SubThing(Thing): ...


def test_watch_refreshes_once_for_many_changes_and_only_for_its_classes(qtbot):
    store, widget, calls = FakeStore(), QWidget(), []
    qtbot.addWidget(widget)
    watch(widget, store, [Thing], lambda: calls.append(1))
    widget.show()
    for _ in range(5):
        store.say(SubThing)
    store.say(int)
    qtbot.waitUntil(lambda: bool(calls))
    qtbot.wait(20)
    assert calls == [1]


def test_watch_waits_for_a_hidden_widget(qtbot):
    store, widget, calls = FakeStore(), QWidget(), []
    qtbot.addWidget(widget)
    watch(widget, store, [Thing], lambda: calls.append(1))
    store.say(Thing)
    store.say(Thing)
    qtbot.wait(10)
    assert calls == []
    widget.show()
    qtbot.waitUntil(lambda: calls == [1])


def test_watch_ends_with_the_widget(qtbot):
    store, widget = FakeStore(), QWidget()
    watch(widget, store, [Thing], lambda: None)
    widget.deleteLater()
    qtbot.waitUntil(lambda: store.listeners == [])


def test_watch_hears_other_threads_on_the_gui_thread(qtbot):
    store, widget, threads = FakeStore(), QWidget(), []
    qtbot.addWidget(widget)
    watch(widget, store, [Thing], lambda: threads.append(QThread.currentThread()))
    widget.show()
    speaker = threading.Thread(target=store.say, args=(Thing,))
    speaker.start()
    speaker.join()
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [widget.thread()]


def test_background_work_comes_back_to_the_gui_thread(qtbot, qapp):
    owner, got = QObject(), []
    run_in_background(
        owner, threading.get_ident, lambda ident: got.append((ident, QThread.currentThread() is qapp.thread()))
    )
    qtbot.waitUntil(lambda: bool(got))
    assert got[0][0] != threading.get_ident()
    assert got[0][1]


def test_background_failure_is_handed_over(qtbot, qapp):
    owner, got = QObject(), []
    run_in_background(owner, lambda: 1 / 0, got.append, failed=lambda error: got.append(type(error)))
    qtbot.waitUntil(lambda: got == [ZeroDivisionError])


def test_a_job_reports_and_can_be_cancelled(qtbot, qapp):
    owner = QObject()
    reports: list[object] = []
    ended: list[object] = []
    started = threading.Event()

    def work(progress):
        progress.report(0, 10, "starting")
        started.set()
        while progress.report(1, 10):
            threading.Event().wait(0.005)
        return "stopped"

    job = run_job(owner, work, ended.append, on_progress=lambda *report: reports.append(report))
    started.wait()
    job.cancel()
    qtbot.waitUntil(lambda: ended == ["stopped"])
    assert reports[0] == (0, 10, "starting")
