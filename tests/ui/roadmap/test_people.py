"""People on the roadmap: added, met, and what became of what was said."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.core import kinds, people
from app.core.journal import file_entry
from app.core.model import Conversation
from app.ui.kit.asking import AskDialog
from app.ui.roadmap.history import PostDialog, RoleHistoryDialog
from app.ui.roadmap.person import PersonDialog
from tests.conftest import NOW

DAY = date(2026, 11, 23)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shown(window):
    page = window.show_page("roadmap")
    page.show_view("people")
    return page.people


def talk(window, name, day=date(2026, 11, 1), **fields):
    with window.store.write() as session:
        made = Conversation(day=day, zone="UTC")
        file_entry(session, made, text="", now=NOW)
        kinds.change_fields(session, made.id, {"person": name, **fields}, rev=made.rev, now=NOW)
        return made.id


def rows(window):
    with window.store.read() as session:
        return {row.name: row for row in people.people_rows(session)}


def press(shown, text):
    next(made for made in shown.detail.findChildren(QPushButton) if made.text().strip() == text).click()


def undo(window):
    window.messages._messages[-1].act()


def test_nobody_yet_then_somebody_by_keyboard(qtbot, window, shown):
    assert shown.sheets.currentWidget() is shown.nobody
    shown.nobody.action.click()
    (dialog,) = shown.findChildren(PersonDialog)
    assert not dialog.primary.isEnabled()
    qtbot.keyClicks(dialog.name, "Priya")
    dialog.cadence.setCurrentIndex(dialog.cadence.findData(42))
    dialog.relation.setCurrentIndex(dialog.relation.findData("mentor"))
    qtbot.keyClicks(dialog.agenda, "Page two")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert rows(window)["Priya"].next_on == date(2027, 1, 4)
    assert shown.view.currentIndex().data().startswith("Priya, Mentor, Meet by ")


def test_a_talk_begins_with_the_agenda_and_opens_in_the_journal(qtbot, window, shown):
    with window.store.write() as session:
        people.add_person(session, people.PersonDraft("Priya", "mentor", "", 28, "Page two"), now=NOW)
    qtbot.waitUntil(lambda: shown.model.rowCount() == 1)
    shown.detail.talk.click()
    journal = window.show_page("journal")
    assert journal.desk.editor.text() == "Page two"
    assert (rows(window)["Priya"].talks, rows(window)["Priya"].last) == (1, DAY)


def test_advice_is_tried_with_what_came_of_it_and_taken_back(qtbot, window, shown, full_disk):
    talk(window, "Jonas", advice="Say the why first")
    qtbot.waitUntil(lambda: shown.model.rowCount() == 1)
    press(shown, "Tried…")
    (asked,) = shown.findChildren(AskDialog)
    qtbot.keyClicks(asked.words, "They nodded")
    with full_disk():
        qtbot.keyClick(asked.words, Qt.Key.Key_Return)
        assert (asked.isVisible(), asked.wrong) == (True, "The disk is full.")
    qtbot.keyClick(asked.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows(window)["Jonas"].open_advice == 0)
    qtbot.waitUntil(lambda: shown.detail.person.talks[0].advice_result == "They nodded")
    undo(window)
    qtbot.waitUntil(lambda: rows(window)["Jonas"].open_advice == 1)


def test_promises_both_ways_are_kept_or_dropped(qtbot, window, shown):
    talk(window, "Jonas", promised_by_me="Slides", promised_to_me="Feedback")
    qtbot.waitUntil(lambda: shown.model.rowCount() == 1)
    assert "2 promises open" in shown._describe(rows(window)["Jonas"], 0).detail
    press(shown, "Kept")
    qtbot.waitUntil(lambda: shown.detail.person.row.open_promises == 1)
    press(shown, "Dropped")
    qtbot.waitUntil(lambda: rows(window)["Jonas"].open_promises == 0)
    undo(window)
    qtbot.waitUntil(lambda: rows(window)["Jonas"].open_promises == 1)


def test_a_person_is_opened_from_anywhere(qtbot, window, shown):
    talk(window, "Ana")
    talk(window, "Jonas")
    window.show_page("today")
    window.open_item(rows(window)["Jonas"].id)
    page = window.pages["roadmap"]
    assert page.sheets.currentWidget() is page.people
    assert page.people.detail.person.row.name == "Jonas"


def test_the_model_behaves(window, shown, qtmodeltester):
    talk(window, "Ana")
    shown.refresh()
    qtmodeltester.check(shown.model)


def test_a_role_that_was_held_stands_on_the_timeline(qtbot, window):
    page = window.show_page("roadmap")
    page._show_history()
    (dialog,) = page.findChildren(RoleHistoryDialog)
    dialog.new()
    (form,) = dialog.findChildren(PostDialog)
    assert not form.primary.isEnabled()
    qtbot.keyClicks(form.title, "Product manager")
    qtbot.keyClicks(form.employer, "Kadenz")
    form.first.set_value(date(2024, 7, 1))
    form.first.changed.emit(form.first.value())
    form.accept()
    assert [row.draft.title for row in dialog.rows] == ["Product manager"]
    dialog.accept()
    qtbot.waitUntil(lambda: [bar.row.title for bar in page.timeline.bars()] == ["Product manager, Kadenz"])
    page.show_view("timeline")
    window.open_item(dialog.rows[0].id)
    assert len([made for made in page.findChildren(RoleHistoryDialog) if made.isVisible()]) == 1
