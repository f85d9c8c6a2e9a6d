"""What was written and when, looked at as a user does: ranges, groupings, tables, a day opened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from app.core import journal
from app.ui.insights.page import InsightsPage
from tests.conftest import NOW

TODAY = NOW.date()


@pytest.fixture
def write(store):
    def make(days_ago, text="Three words here"):
        with store.write() as session:
            day = TODAY - timedelta(days=days_ago)
            return journal.add_entry(session, day=day, now=NOW, zone="UTC", text=text).id

    return make


@pytest.fixture
def page(qtbot, store):
    def make():
        made = InsightsPage(store)
        made.resize(1000, 900)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitExposed(made)
        qtbot.waitUntil(lambda: bool(made.figures[0].accessibleName()) or made.sheets.currentIndex() == 1)
        return made

    return make


def figures(page):
    return [figure.accessibleName() for figure in page.figures]


def rows(frame):
    frame.show_table(True)
    model = frame.model
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def known(frame):
    return [row for row in rows(frame) if row[1] not in ("–", "0")]


def words(page):
    return dict(page.heat.table().rows)


def choose(box, value):
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def place_of(heat, day, qtbot):
    """Where the mouse is on `day`, found as an eye does: from the right, down each column."""
    for x in range(heat.width() - 2, 0, -4):
        for y in range(0, heat.height(), 4):
            qtbot.mouseMove(heat, QPoint(x, y))
            if heat.day == day:
                return QPoint(x, y)
    raise LookupError(day)


def test_an_empty_journal_says_what_will_be_here(page, write, qtbot):
    shown = page()
    assert shown.sheets.currentWidget() is shown.nothing
    write(0)
    qtbot.waitUntil(lambda: shown.sheets.currentWidget() is not shown.nothing)
    assert figures(shown)[0] == "1 entry"


def test_what_was_written_is_counted_and_days_before_the_first_are_unknown(page, write):
    for days_ago in (0, 0, 3, 40):
        write(days_ago)
    shown = page()
    assert figures(shown)[:3] == ["4 entries", "12 words", "3 days written, of 41"]
    assert any("3 days written." in note.text() for note in shown.heat_frame.findChildren(QLabel))
    first = TODAY - timedelta(days=40)
    assert words(shown).get(first) == 3
    assert words(shown).get(first + timedelta(days=1)) == 0
    assert words(shown).get(first - timedelta(days=1)) is None


def test_no_score_is_told_of_a_journal_younger_than_two_weeks(page, write):
    write(13)
    write(0)
    assert figures(page())[3] == "– consistency, told after two weeks"
    write(14)
    assert "%" in figures(page())[3]


def test_a_longer_range_shows_older_entries_in_both_charts(page, write):
    for days_ago in (1, 500, 1500):
        write(days_ago)
    shown = page()
    assert figures(shown)[0] == "1 entry"
    for name, count in (("three", "2 entries"), ("all", "3 entries"), ("quarter", "1 entry")):
        choose(shown.rhythm_frame.ranges, name)
        assert figures(shown)[0] == count
        assert shown.heat_frame.ranges.currentData() == name


def test_entries_and_words_are_grouped_by_week_month_and_quarter(page, write):
    for days_ago in (0, 1, 60):
        write(days_ago)
    shown = page()
    choose(shown.rhythm_frame.groupings, "month:words")
    months = {row[0]: row[1] for row in known(shown.rhythm_frame)}
    assert list(months.values()) == ["3", "6"]
    choose(shown.rhythm_frame.groupings, "quarter:entries")
    assert [row[1] for row in known(shown.rhythm_frame)] == ["1", "2"]


def test_the_period_before_stands_beside(page, write):
    write(10)
    write(375)
    shown = page()
    assert [series.name for series in shown.rhythm.spec.series] == ["Entries", "The period before"]
    choose(shown.rhythm_frame.ranges, "all")
    assert [series.name for series in shown.rhythm.spec.series] == ["Entries"]


def test_a_day_is_read_and_opened_by_keyboard_and_by_mouse(page, write, qtbot):
    older, newer = write(1, "Older"), write(0, "Newer")
    shown = page()
    shown.heat.setFocus()
    qtbot.keyClick(shown.heat, Qt.Key.Key_End)
    with qtbot.waitSignal(shown.item_requested) as opened:
        qtbot.keyClick(shown.heat, Qt.Key.Key_Return)
    assert opened.args == [newer]
    qtbot.keyClick(shown.heat, Qt.Key.Key_Up)
    with qtbot.waitSignal(shown.item_requested) as opened:
        qtbot.keyClick(shown.heat, Qt.Key.Key_Return)
    assert opened.args == [older]
    with qtbot.waitSignal(shown.item_requested) as opened:
        qtbot.mouseClick(shown.heat, Qt.MouseButton.LeftButton, pos=place_of(shown.heat, TODAY, qtbot))
    assert opened.args == [newer]


def test_a_diary_of_another_century_is_looked_at_from_its_own_end(page, store):
    with store.write() as session:
        for day in (date(1660, 1, 1), date(1660, 1, 20)):
            journal.add_entry(session, day=day, now=NOW, zone="UTC", text="Up, and to the office")
    shown = page()
    assert figures(shown)[0] == "2 entries"
    assert words(shown).get(date(1660, 1, 20)) == 5
