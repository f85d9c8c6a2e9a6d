"""The month calendar, the day picker and the words for days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, QPoint, Qt

from app.ui.kit import dates
from app.ui.kit.calendar import MonthCalendar, shifted
from app.ui.kit.daypicker import DayPicker

TODAY = date(2026, 11, 23)
Key = Qt.Key


@pytest.fixture
def calendar(qtbot):
    made = MonthCalendar(TODAY)
    qtbot.addWidget(made)
    made.resize(290, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.mark.parametrize(
    ("key", "day"),
    [
        (Key.Key_Left, date(2026, 11, 22)),
        (Key.Key_Right, date(2026, 11, 24)),
        (Key.Key_Up, date(2026, 11, 16)),
        (Key.Key_Down, date(2026, 11, 30)),
        (Key.Key_PageUp, date(2026, 10, 23)),
        (Key.Key_PageDown, date(2026, 12, 23)),
    ],
)
def test_keys_move(qtbot, calendar, key, day):
    with qtbot.waitSignal(calendar.day_chosen) as told:
        qtbot.keyClick(calendar.grid, key)
    assert told.args == [day]
    assert calendar.day == day
    qtbot.keyClick(calendar.grid, Key.Key_Home)
    assert calendar.day == TODAY


def test_a_new_month_is_told(qtbot, calendar):
    with qtbot.waitSignal(calendar.month_changed) as told:
        qtbot.keyClick(calendar.grid, Key.Key_PageDown)
    assert told.args == [date(2026, 12, 1)]


def test_a_click_chooses_the_day_under_it(qtbot, calendar):
    grid = calendar.grid
    assert grid.first_day() == date(2026, 10, 26)
    # The fifth cell of the second row: Friday 6 November.
    cell = grid._cell(11).center().toPoint()
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(cell))
    assert calendar.day == date(2026, 11, 6)


def test_choosing_by_program_is_silent(qtbot, calendar):
    with qtbot.assertNotEmitted(calendar.day_chosen):
        calendar.choose(date(2025, 1, 31))
    assert calendar.month == date(2025, 1, 1)


def test_marks_are_told_to_screen_readers(calendar):
    calendar.set_marks({TODAY: 3})
    assert "3" in calendar.grid.accessibleDescription().rsplit(",", 1)[1]


def test_weeks_may_begin_on_sunday(calendar):
    calendar.set_first_weekday(6)
    assert calendar.grid.first_day() == date(2026, 11, 1)


@given(st.dates(), st.integers(-30000, 30000))
def test_shifted_stays_in_the_calendar(day, months):
    moved = shifted(day, months)
    if date.min.year < moved.year < date.max.year:
        assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day


def test_the_ends_of_time_hold(qtbot, calendar):
    calendar.choose(date.max)
    qtbot.keyClick(calendar.grid, Key.Key_Down)
    assert calendar.day == date.max
    calendar.choose(date.min)
    calendar.grab()
    qtbot.keyClick(calendar.grid, Key.Key_PageUp)
    assert calendar.day == date.min


def test_a_day_is_picked_with_the_keyboard(qtbot):
    picker = DayPicker(TODAY, None, optional=True)
    qtbot.addWidget(picker)
    with qtbot.waitExposed(picker):
        picker.show()
    opened = picker.open_calendar()
    qtbot.keyClick(opened.grid, Key.Key_Down)
    assert picker.value() is None
    with qtbot.waitSignal(picker.changed) as told:
        qtbot.keyClick(opened.grid, Key.Key_Return)
    assert told.args == [date(2026, 11, 30)]
    assert "30" in picker.text()


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (TODAY, "Today"),
        (date(2026, 11, 22), "Yesterday"),
        (date(2026, 11, 24), "Tomorrow"),
        (date(2026, 11, 18), "Wednesday"),
        (date(2026, 11, 2), "2 Nov"),
        (date(2025, 11, 23), "23 Nov 2025"),
    ],
)
def test_near_days_have_names(qapp, day, text):
    assert dates.relative_day(day, TODAY) == text


def test_the_order_is_the_locales(qapp):
    before = QLocale()
    try:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
        assert dates.short_day(date(2025, 11, 23), TODAY) == "Nov 23, 2025"
        assert dates.weekday_and_short_day(TODAY, TODAY) == "Mon Nov 23"
        QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
        assert dates.weekday_and_day(TODAY) == "Montag 23 November"
    finally:
        QLocale.setDefault(before)


def test_a_period_says_its_year_once(qapp):
    assert dates.period_text(date(2026, 10, 1), date(2026, 12, 31)) == "1 Oct – 31 Dec 2026"
    assert dates.period_text(date(2026, 12, 1), date(2027, 1, 31)) == "1 Dec 2026 – 31 Jan 2027"
    assert dates.month_text(TODAY) == "November 2026"
