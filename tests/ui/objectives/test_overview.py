"""The overview of a list: what needs most, the burn-up, every key result, past grades; by mouse and keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt

from app.core import objectives
from app.core.objectives import ClosingDraft, PeriodDraft
from tests.conftest import NOW
from tests.ui.objectives.conftest import ACTIVATION, SPEED, TODAY

Q3 = PeriodDraft("quarter", date(2026, 7, 1), date(2026, 9, 30), "Q3 2026")


@pytest.fixture
def overview(page):
    """The page with the overview on show."""

    def make():
        shown = page()
        shown.show_overview.trigger()
        return shown

    return make


def names(shown):
    return [row.row.title for row in shown.overview.rows]


def test_those_that_need_most_come_first_and_say_why(overview, add, check_in):
    fine, late, unknown = add("Fine", ACTIVATION), add("Late", ACTIVATION, SPEED), add("Unknown", ACTIVATION)
    check_in(fine, 48.0)
    check_in(late, 33.0, confidence=3)
    check_in(late, 10.5, place=1)
    shown = overview()
    assert shown.right.currentWidget() is shown.overview
    assert names(shown) == ["Late", "Unknown", "Fine"]
    said = shown.overview.rows[0].accessibleName()
    assert said == "Late, Weakest: Week-1 activation 6% · confidence 3 of 10 · 38 days left, 7%, Behind"
    assert "× weight 1" in shown.overview.rows[0].toolTip()
    assert [chip.text for chip in shown.overview.chips] == [
        "Behind 1",
        "On track 1",
        "Not known yet 1",
        "Progress 48%",
        "38 days left",
    ]
    assert unknown


def test_the_burn_up_has_a_pace_and_the_period_before(overview, add, check_in):
    before, made = add("Before", ACTIVATION, period=Q3), add("Now", ACTIVATION)
    check_in(before, 41.0, days_ago=(TODAY - date(2026, 7, 11)).days)
    check_in(made, 41.0)
    lines = {line.name: list(line.points) for line in overview().overview.chart.spec.series}
    assert lines["Progress"] == [(TODAY, 0.5)]
    assert lines["Even pace"][0] == (date(2026, 10, 1), 0.0)
    assert lines["Period before"] == [(date(2026, 10, 11), 0.5)]


def test_objectives_of_several_periods_have_no_common_pace(overview, add, check_in):
    add("Before", ACTIVATION, period=Q3)
    check_in(add("Now", ACTIVATION), 41.0)
    shown = overview()
    shown.list.scope.setCurrentIndex(0)
    shown.list.scope.activated.emit(0)
    assert shown.overview.title.text() == "All open"
    assert [line.name for line in shown.overview.chart.spec.series] == ["Progress"]


def test_every_key_result_is_there_as_a_line_and_in_the_table(overview, add, check_in, qtbot):
    made = add("Grow", ACTIVATION, SPEED)
    check_in(made, 35.0, days_ago=7)
    check_in(made, 41.0)
    shown = overview()
    smalls = shown.overview.multiples
    assert smalls.table().rows == [
        (date(2026, 11, 16), "Grow", "Week-1 activation", 35.0, "%", 50.0),
        (TODAY, "Grow", "Week-1 activation", 41.0, "%", 50.0),
    ]
    qtbot.keyClick(smalls, Qt.Key.Key_Right)
    assert smalls.tip.text.startswith("Week-1 activation, Grow, Now 41%")
    qtbot.keyClick(smalls, Qt.Key.Key_Right)
    qtbot.keyClick(smalls, Qt.Key.Key_Return)
    assert shown.right.currentWidget() is shown.view
    assert shown.view.detail.key_result(shown.view.result_id).title == "Setup time"


def test_small_lines_answer_the_mouse(overview, add, check_in, qtbot):
    made = add("Grow", ACTIVATION)
    check_in(made, 41.0)
    shown = overview()
    smalls = shown.overview.multiples
    shown.overview.ensureWidgetVisible(smalls)
    qtbot.mouseMove(smalls, QPoint(40, 40))
    qtbot.mouseMove(smalls, QPoint(42, 42))
    qtbot.waitUntil(lambda: smalls.cursor_place == 0)
    with qtbot.waitSignal(smalls.chosen) as told:
        qtbot.mouseClick(smalls, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    assert told.args[0] == made


def test_grades_say_on_how_few_they_stand(overview, add, store):
    assert overview().overview.grades.table().rows == []
    made = add("Over", ACTIVATION, period=Q3)
    with store.write() as session:
        objectives.close_objective(session, made, ClosingDraft(0.6), today=TODAY, now=NOW, zone="UTC")
    shown = overview()
    assert shown.overview.grades.table().rows == [("Q3 2026 · 1 objective", 0.6)]
    assert shown.overview.grades.whatsThis() == "One grade is too few to speak of a trend."


def test_a_row_leads_to_its_objective_and_the_key_leads_back(overview, add, qtbot):
    add("First")
    add("Second", ACTIVATION)
    shown = overview()
    (row,) = [row for row in shown.overview.rows if row.row.title == "Second"]
    qtbot.keyClick(row, Qt.Key.Key_Space)
    assert (shown.right.currentWidget(), shown.view.title.text()) == (shown.view, "Second")
    assert shown.commands.edit.isEnabled()
    shown.show_overview.trigger()
    assert shown.right.currentWidget() is shown.overview
    assert not shown.commands.edit.isEnabled()
    shown.show_overview.trigger()
    assert shown.view.title.text() == "Second"


def test_the_overview_follows_what_is_checked_in(overview, add, check_in, qtbot):
    made = add("Grow", ACTIVATION)
    shown = overview()
    check_in(made, 41.0)
    qtbot.waitUntil(lambda: shown.overview.rows[0].row.progress == 0.5)
