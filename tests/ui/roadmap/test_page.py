"""Steps are planned, moved and finished by mouse and by keyboard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog

from app.core import roadmap
from app.core.roadmap import StepDraft
from tests.conftest import NOW

DAY = date(2026, 11, 23)
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def page(window):
    return window.show_page("roadmap")


@pytest.fixture
def planned(qtbot, window, page):
    with window.store.write() as session:
        for number, (title, horizon, state) in enumerate(
            (("Memo", "now", "doing"), ("Course", "next", "planned"), ("Talk", "later", "idea"))
        ):
            first = DAY + timedelta(days=10 * number)
            draft = StepDraft(
                title, "education", state=state, horizon=horizon, first=first, last=first + timedelta(days=29)
            )
            roadmap.add_step(session, draft, now=NOW)
    qtbot.waitUntil(lambda: titles(page)["now"] == ["Memo"])
    return page


def titles(page):
    return {name: [row.title for row in column.rows()] for name, column in page.board.columns.items()}


def steps(window):
    with window.store.read() as session:
        return {row.title: row for row in roadmap.steps(session, today=DAY)}


def dialog_of(page):
    return next(dialog for dialog in page.findChildren(QDialog) if dialog.isVisible())


def undo(window):
    window.messages._messages[-1].act()


def test_an_empty_roadmap_says_what_a_step_is_and_plans_the_first(qtbot, window, page):
    assert page.sheets.currentWidget() is page.nothing
    qtbot.mouseClick(page.nothing.action, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page)
    assert not dialog.primary.isEnabled()
    qtbot.keyClicks(dialog.title, "Shadow three sales calls")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert titles(page)["next"] == ["Shadow three sales calls"]


def test_what_is_wrong_is_said_at_its_field_and_save_is_off(qtbot, page):
    page._new()
    dialog = dialog_of(page)
    qtbot.keyClicks(dialog.title, "Step")
    dialog.first.set_value(DAY)
    dialog.last.set_value(DAY - timedelta(days=1))
    dialog.last.changed.emit(None)
    assert "before it begins" in dialog.form.fields["last"].error
    assert not dialog.primary.isEnabled()
    dialog.last.set_value(None)
    qtbot.keyClicks(dialog.hours_planned, "many")
    assert "not a number" in dialog.form.fields["hours_planned"].error
    dialog.reject()


def test_steps_move_between_columns_by_keys_and_back_by_undo(qtbot, window, planned):
    planned.board.choose(steps(window)["Course"].id)
    qtbot.keyClick(planned.board.columns["next"], Qt.Key.Key_Left, CTRL)
    assert titles(planned)["now"] == ["Memo", "Course"]
    assert steps(window)["Course"].state == "doing"
    qtbot.keyClick(planned.board.columns["now"], Qt.Key.Key_Up, CTRL)
    assert titles(planned)["now"] == ["Course", "Memo"]
    undo(window)
    qtbot.waitUntil(lambda: titles(planned)["next"] == ["Course"])


def test_a_step_dropped_on_done_asks_two_lines(qtbot, window, planned):
    row = steps(window)["Memo"]
    planned.board.columns["done"].dropped.emit(row.id, None)
    dialog = dialog_of(planned)
    qtbot.keyClicks(dialog.learned, "Short is better")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: titles(planned)["done"] == ["Memo"])
    undo(window)
    qtbot.waitUntil(lambda: titles(planned)["now"] == ["Memo"])


def test_too_much_at_once_is_asked_about(qtbot, window, planned):
    with window.store.write() as session:
        for number in range(3):
            roadmap.add_step(session, StepDraft(f"More {number}", horizon="now"), now=NOW)
    qtbot.waitUntil(planned.board._hint.isVisible)
    assert "4 at once" in planned.board._hint.text()


def test_bars_are_moved_and_stretched_by_keys(qtbot, window, planned):
    planned.show_view("timeline")
    timeline = planned.timeline
    timeline.choose(steps(window)["Course"].id)
    timeline.setFocus()
    before = steps(window)["Course"]
    qtbot.keyClick(timeline, Qt.Key.Key_Right, ALT | SHIFT)
    after = steps(window)["Course"]
    assert (after.first - before.first, after.last - before.last) == (timedelta(days=7), timedelta(days=7))
    qtbot.waitUntil(lambda: timeline.chosen().first == after.first)
    window.open_item(after.id)  # there is a way back now, by the same keys as a day
    planned.show_view("timeline")
    timeline.setFocus()
    qtbot.keyClick(timeline, Qt.Key.Key_Left, ALT)
    qtbot.waitUntil(lambda: timeline.chosen().first == after.first - timedelta(days=1))
    qtbot.keyClick(timeline, Qt.Key.Key_Right, ALT)
    qtbot.waitUntil(lambda: timeline.chosen().first == after.first)
    assert window.preferred_page == "roadmap"
    qtbot.keyClick(timeline, Qt.Key.Key_Left, CTRL)
    assert steps(window)["Course"].last == after.last - timedelta(days=1)
    undo(window)
    assert steps(window)["Course"].last == after.last


def test_a_bar_is_dragged_and_its_end_stretched_with_the_mouse(qtbot, window, planned):
    planned.show_view("timeline")
    timeline = planned.timeline
    timeline.set_zoom("month")
    for part, moved in (("whole", (5, 5)), ("last", (0, 5))):
        bar = next(bar for bar in timeline.bars() if bar.row.title == "Memo")
        timeline.choose(bar.row.id)
        before, box = steps(window)["Memo"], timeline.box_of(bar)
        start = box.center().toPoint() if part == "whole" else QPoint(int(box.right()) - 3, int(box.center().y()))
        end = start + QPoint(60, 0)
        qtbot.mousePress(timeline.viewport(), Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(timeline.viewport(), end)
        qtbot.mouseRelease(timeline.viewport(), Qt.MouseButton.LeftButton, pos=end)
        after = steps(window)["Memo"]
        assert ((after.first - before.first).days, (after.last - before.last).days) == moved
        qtbot.waitUntil(lambda last=after.last: any(bar.last == last for bar in timeline.bars()))


def test_a_step_is_drawn_into_free_room(qtbot, planned):
    planned.show_view("timeline")
    timeline = planned.timeline
    top = timeline.box_of(timeline.bars()[-1]).bottom() + 4
    start, end = QPoint(170, int(top)), QPoint(230, int(top))
    qtbot.mousePress(timeline.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(timeline.viewport(), end)
    qtbot.mouseRelease(timeline.viewport(), Qt.MouseButton.LeftButton, pos=end)
    dialog = dialog_of(planned)
    assert dialog.first.value() == timeline.day_at(170)
    assert dialog.kind.currentData() == "education"
    dialog.reject()


def test_zoom_keeps_the_day_under_the_pointer(planned):
    planned.show_view("timeline")
    timeline = planned.timeline
    day = timeline.day_at(500)
    timeline.set_zoom("month", around=500)
    assert abs((timeline.day_at(500) - day).days) <= 1


def test_a_step_goes_to_the_trash_and_comes_back(qtbot, window, planned):
    planned.board.choose(steps(window)["Talk"].id)
    qtbot.keyClick(window, Qt.Key.Key_Delete, CTRL | SHIFT)
    assert "Talk" not in steps(window)
    undo(window)
    assert "Talk" in steps(window)
