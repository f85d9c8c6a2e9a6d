"""The roadmap as a table, changed in place; and taken along on paper and in calendars."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.core import objectives, roadmap, skills
from app.core.errors import UserError
from app.core.objectives import KeyResultDraft, ObjectiveDraft
from app.core.roadmap import Finish, StepDraft
from app.core.settings import change_settings
from app.core.skills import RatingDraft
from app.ui.roadmap.dialog import FinishDialog, StepDialog
from app.ui.roadmap.gaps import GapsDialog
from app.ui.roadmap.sharing import CalendarDialog, ReturnsDialog
from app.ui.roadmap.table import FIELDS
from tests.conftest import NOW

DAY = date(2026, 11, 23)
STEPS = (
    StepDraft(
        "Memo", "project", state="doing", first=date(2026, 11, 3), last=date(2026, 12, 17), hours_planned=30
    ),
    StepDraft("Course", "education", state="planned", first=date(2027, 2, 6), last=date(2027, 4, 6)),
    StepDraft("Talk", "conference", state="idea", apply_by=date(2027, 1, 17)),
)


@pytest.fixture
def page(qtbot, window):
    with window.store.write() as session:
        for draft in STEPS:
            roadmap.add_step(session, draft, now=NOW)
    shown = window.show_page("roadmap")
    shown.show_view("table")
    return shown


def steps(window):
    with window.store.read() as session:
        return {row.title: row for row in roadmap.steps(session, today=DAY)}


def memos(window):
    with window.store.read() as session:
        rows = roadmap.steps(session, today=DAY)
    return sorted((row.state, row.first) for row in rows if row.title == "Memo")


def cell(page, title, field):
    model = page.table.view.model()
    place = page.table.titles().index(title)
    return model.index(place, FIELDS.index(field))


def test_columns_sort_and_words_narrow(qtbot, page):
    table = page.table
    assert table.titles() == ["Memo", "Course", "Talk"]
    table.view.sortByColumn(FIELDS.index("title"), Qt.SortOrder.AscendingOrder)
    assert table.titles() == ["Course", "Memo", "Talk"]
    qtbot.keyClicks(table.search, "conf")
    assert table.titles() == ["Talk"]
    table.search.clear()
    table.states.setCurrentIndex(table.states.findText("Doing"))
    table.states.activated.emit(table.states.currentIndex())
    assert table.titles() == ["Memo"]


def test_a_cell_is_changed_in_place_and_taken_back(qtbot, window, page):
    view = page.table.view
    view.setCurrentIndex(cell(page, "Memo", "title"))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = view.focusWidget()
    qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor, "One-page memo")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "One-page memo" in steps(window))
    window.messages._messages[-1].act()
    assert "Memo" in steps(window)


def test_days_are_said_in_words_and_what_is_none_is_refused(window, page):
    model = page.table.view.model()
    assert model.setData(cell(page, "Memo", "last"), "next monday")
    assert steps(window)["Memo"].last == date(2026, 11, 30)
    assert not model.setData(cell(page, "Memo", "last"), "someday")
    assert window.messages.texts[-1] == "“someday” is no day. Write it as 2027-01-31 or as “next monday”."
    assert not model.setData(cell(page, "Memo", "hours_planned"), "many")
    assert steps(window)["Memo"].hours_planned == 30
    assert model.setData(cell(page, "Memo", "last"), "2027-01-31")
    assert steps(window)["Memo"].last == date(2027, 1, 31)


def test_done_asks_what_its_finish_asks(qtbot, window, page):
    model = page.table.view.model()
    model.setData(cell(page, "Memo", "state"), "done")
    (dialog,) = page.findChildren(FinishDialog)
    qtbot.keyClicks(dialog.differently, "I say what we stop first")
    dialog.accept()
    assert steps(window)["Memo"].state == "done"


def test_the_model_behaves(page, qtmodeltester):
    qtmodeltester.check(page.table.model)
    assert page.table.model.rowCount(QModelIndex()) == 3


@pytest.mark.parametrize("suffix", ["pdf", "svg", "png", ""])
def test_the_roadmap_fits_on_one_page(window, page, tmp_path, suffix):
    file = tmp_path / (f"roadmap.{suffix}" if suffix else "roadmap")
    page.sharing.save_poster(str(file))
    made = file.with_suffix(f".{suffix or 'pdf'}")
    raw = made.read_bytes()
    if made.suffix == ".pdf":
        assert raw.startswith(b"%PDF")
        assert raw.count(b"/Type /Page\n") == 1
        return
    picture = QImage(1123, 794, QImage.Format.Format_RGB32)
    if made.suffix == ".svg":
        painter = QPainter(picture)
        QSvgRenderer(str(made)).render(painter)
        painter.end()
    else:
        picture = QImage(str(made))
    assert picture.width() / picture.height() == pytest.approx(297 / 210, rel=0.01)
    inks = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 7) for y in range(picture.height())}
    assert len(inks) > 20


def test_a_page_that_cannot_be_written_is_refused_in_a_sentence(page, tmp_path):
    with pytest.raises(UserError, match="cannot be written"):
        page.sharing.save_poster(str(tmp_path / "no" / "such" / "folder.pdf"))


def test_a_calendar_file_holds_what_is_chosen(qtbot, window, page, tmp_path):
    page.sharing.ask_calendar()
    (dialog,) = page.findChildren(CalendarDialog)
    assert dialog.said.text() == "3 events"
    dialog.boxes["steps"].setChecked(False)
    assert dialog.said.text() == "1 event"
    dialog.boxes["deadlines"].setChecked(False)
    assert not dialog.primary.isEnabled()
    dialog.boxes["deadlines"].setChecked(True)
    page.sharing.save_calendar(str(tmp_path / "mine"), dialog._made)
    assert b"SUMMARY:Apply by today: Talk" in (tmp_path / "mine.ics").read_bytes()
    dialog.reject()


def test_finished_steps_stand_against_what_changed(window, page):
    with window.store.write() as session:
        for step_id in list(page._rows):
            roadmap.finish_step(session, step_id, Finish("", "Say it first"), today=DAY, now=NOW)
        roadmap.prove_step(session, next(iter(page._rows)), "Two teams quote it", now=NOW)
    page.sharing.show_returns()
    (dialog,) = page.findChildren(ReturnsDialog)
    cells = [[dialog.model.index(row, column).data() for column in range(5)] for row in range(3)]
    assert cells[0] == ["Project", "1", "1", "1 of 1 asked", "30"]
    assert cells[1][3] == "0 of 0 asked"
    dialog.accept()


def test_a_gap_becomes_a_step_that_serves_it(qtbot, window, page):
    with window.store.write() as session:
        skills.plant_model(session, now=NOW)
        role = next(role for role in skills.roles(session) if role.title == "Senior PM")
        skills.set_target_role(session, role.id)
        skill = next(each for each in skills.board(session, on=DAY).skills if each.title == "Data fluency")
        skills.rate(session, RatingDraft(skill.id, 1.0, DAY), today=DAY, now=NOW, zone="UTC")
    window.commands.plan_step()
    (dialog,) = window.findChildren(GapsDialog)
    qtbot.keyClick(dialog.plans[0], Qt.Key.Key_Space)
    (form,) = window.findChildren(StepDialog)
    assert form.title.text() == "Read one good book on data fluency and write down what changes on Monday"
    form.accept()
    planned = steps(window)[form.draft().title]
    assert (planned.serves, planned.state, planned.first) == (("Data fluency",), "planned", DAY)


def test_a_week_that_asks_too_much_is_told(qtbot, window, page):
    assert page.load.isHidden()
    with window.store.write() as session:
        change_settings(session, weekly_hours=3)
    qtbot.waitUntil(lambda: not page.load.isHidden())
    assert page.load.text.endswith("asks 4.7 hours of 3")
    with window.store.write() as session:
        change_settings(session, weekly_hours=5)
    qtbot.waitUntil(page.load.isHidden)


def test_a_step_is_part_of_another_comes_after_one_and_again(qtbot, window, page):
    page.commands.ask(next(row.id for row in page._rows.values() if row.title == "Memo"))
    (form,) = page.findChildren(StepDialog)
    form.repeats.setCurrentIndex(form.repeats.findText("Every month"))
    form.parent_step.setCurrentIndex(form.parent_step.findText("Talk"))
    box = form.after.findItems("Course", Qt.MatchFlag.MatchExactly)[0]
    box.setCheckState(Qt.CheckState.Checked)
    form.accept()
    memo = steps(window)["Memo"]
    assert (memo.repeats, memo.waits_for, steps(window)["Talk"].parts) == ("FREQ=MONTHLY", ("Course",), 1)
    page._finish(memo)
    (dialog,) = page.findChildren(FinishDialog)
    dialog.accept()
    assert window.messages.texts[-1] == "Done: Memo. It comes again."
    assert memos(window) == [("done", date(2026, 11, 3)), ("planned", date(2026, 12, 3))]
    window.messages._messages[-1].act()
    assert memos(window) == [("doing", date(2026, 11, 3))]


def test_lanes_by_objective_area_and_person(qtbot, window, page):
    ids = {row.title: row.id for row in page._rows.values()}
    with window.store.write() as session:
        skills.plant_model(session, now=NOW)
        skill = next(each for each in skills.board(session, on=DAY).skills if each.title == "Data fluency")
        goal = objectives.add_objective(session, ObjectiveDraft("Clinics stay"), now=NOW).id
        draft = KeyResultDraft("Activation", "increase", 1.0, 2.0)
        result = objectives.add_key_result(session, goal, draft, now=NOW).id
        for title, change in (
            ("Memo", {"serves": (result,)}),
            ("Course", {"serves": (skill.id,), "provider": "Ruth"}),
        ):
            roadmap.change_step(session, ids[title], change, today=DAY, now=NOW)
    page.show_view("timeline")
    for by, expected in (
        ("objective", ["Clinics stay", "–"]),
        ("area", ["Technical and design fluency", "–"]),
        ("person", ["Ruth", "–"]),
        ("serves", ["Activation", "Data fluency"]),
        ("form", ["Education", "Project"]),
    ):
        page.lanes.setCurrentIndex(page.lanes.findData(by))
        page.lanes.activated.emit(page.lanes.currentIndex())
        assert [name for name, _ in page.timeline._named] == expected


def test_a_calendar_file_holds_only_the_steps_that_are_wanted(page):
    page.sharing.ask_calendar()
    (dialog,) = page.findChildren(CalendarDialog)
    dialog.which.setCurrentIndex(2)
    dialog.which.activated.emit(2)
    assert dialog.said.text() == "1 event"
    dialog.reject()


def test_a_step_may_have_only_a_quarter(page):
    page._new()
    (form,) = page.findChildren(StepDialog)
    form.title.setText("Learn pricing")
    form.quarter.setCurrentIndex(form.quarter.findText("Q1 2027"))
    form.quarter.activated.emit(form.quarter.currentIndex())
    assert (form.draft().first, form.draft().last) == (date(2027, 1, 1), date(2027, 3, 31))
    form.first.set_value(date(2027, 1, 8))
    form.first.changed.emit(form.first.value())
    assert form.quarter.currentText() == "Days of its own"
    form.reject()
