"""What stands beside the page of the day, through the window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton

from app.core import clock, items, journal, kinds, roadmap, todos
from app.core.first import FirstPage
from app.core.roadmap import Finish, StepDraft
from app.core.settings import settings
from app.ui.kit.asking import AskDialog
from app.ui.today.view import TodayView
from tests.conftest import NOW

DAY = date(2026, 11, 23)


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.fixture
def page(qtbot, window):
    with window.store.write() as session:
        for ago, text in ((3, "- [ ] call Ana\n- [ ] write memo"), (365, "A year before")):
            journal.add_entry(session, day=DAY - timedelta(days=ago), now=NOW, zone="UTC", text=text)
        launch = journal.file_entry(session, kinds.class_of("launch")(day=DAY, zone="UTC"), text="", now=NOW)
        values = {"shipped": "Reminders", "know_on": DAY}
        kinds.change_fields(session, launch.id, values, rev=launch.rev, now=NOW, today=DAY)
    page = window.show_page("today")
    qtbot.waitUntil(lambda: len(page.boxes.lines()) == 2)
    return page


def texts(window):
    with window.store.read() as session:
        return [journal.entry(session, item_id).text for item_id in journal.entry_ids(session)]


def test_a_question_is_asked_another_one_offered_and_none_on_request(qtbot, window, page):
    first = page.prompt.question.text()
    assert first
    click(qtbot, page.prompt.another)
    assert page.prompt.question.text() not in ("", first)
    assert page.view.editor.placeholderText()
    page.prompt.off.setFocus()
    qtbot.keyClick(page.prompt.off, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.prompt.isVisible())
    assert page.view.editor.placeholderText() == ""
    assert window.focusWidget() is page.view.editor
    with window.store.read() as session:
        assert not settings(session).prompts
    window.messages._messages[-1].act()
    qtbot.waitUntil(page.prompt.isVisible)
    assert page.view.editor.placeholderText()


def test_without_questions_the_page_is_blank_from_the_first_picture_on():
    first = FirstPage(DAY, settings={"prompts": False})
    assert TodayView(first).editor.placeholderText() == ""
    assert TodayView(FirstPage(DAY)).editor.placeholderText()


def test_a_question_never_counts_as_written(window, page):
    assert page.view.editor.text() == ""
    with window.store.read() as session:
        assert journal.page_of(session, DAY) is None


def test_while_one_writes_what_stands_beside_stays_as_it_is(qtbot, window, page):
    with window.store.write() as session:
        roadmap.add_step(session, StepDraft("Present to the board", state="doing"), now=NOW)
    qtbot.waitUntil(lambda: bool(page.focus.lines()))
    cards = (page.due, page.boxes, page.focus)
    before = [card.lines() for card in cards]
    assert all(before)
    qtbot.keyClicks(page.view.editor, "A pricing call")
    qtbot.waitUntil(lambda: "A pricing call" in texts(window))
    qtbot.wait(50)
    assert [card.lines() for card in cards] == before


def test_a_box_is_ticked_where_it_stands_and_the_tick_taken_back(qtbot, window, page):
    click(qtbot, page.boxes.lines()[0].findChild(QCheckBox))
    assert "- [x] call Ana\n- [ ] write memo" in texts(window)
    qtbot.waitUntil(lambda: len(page.boxes.lines()) == 1)
    window.messages._messages[-1].act()
    assert "- [ ] call Ana\n- [ ] write memo" in texts(window)


def test_tab_goes_through_the_cards_from_top_to_bottom_whatever_came_later(qtbot, window, page):
    with window.store.write() as session:
        roadmap.add_step(session, StepDraft("Memo", state="doing"), now=NOW)
        journal.add_entry(session, day=DAY - timedelta(days=2), now=NOW, zone="UTC", text="- [ ] read it")
    qtbot.waitUntil(lambda: len(page.boxes.lines()) == 3 and page.focus.isVisible())
    came, widget = [], page.prompt.another
    while widget is not page.view.newest:
        if widget.isVisibleTo(page) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            came.append(widget.mapTo(window, widget.rect().center()))
        widget = widget.nextInFocusChain()
    assert len(came) > 2 + 2 * 3
    assert came == sorted(came, key=lambda point: (point.y() // 12, point.x()))


def test_the_keyboard_goes_on_to_the_next_box_once_one_is_ticked(qtbot, window, page):
    box = page.boxes.lines()[0].findChild(QCheckBox)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(page.boxes.lines()) == 1)
    assert window.focusWidget() is page.boxes.lines()[0].findChild(QCheckBox)


def test_a_box_is_taken_over_to_today_under_what_is_typed(qtbot, window, page):
    qtbot.keyClicks(page.view.editor, "Good morning")
    with window.store.read() as session:
        box = todos.open_boxes(session, DAY)[1]
    page.boxes.settled.emit(box, "moved")
    assert page.view.editor.text() == "Good morning\n- [ ] write memo"
    assert "Good morning\n- [ ] write memo" in texts(window)
    assert "- [ ] call Ana\n- [>] write memo" in texts(window)


def test_a_launch_whose_day_has_come_is_one_click_from_its_verdict(qtbot, window, page):
    (line,) = page.due.lines()
    assert line.text() == "Launch: Reminders"
    click(qtbot, line)
    journal_page = window.pages["journal"]
    assert journal_page.desk.form.fields["verdict"].isVisible()


def test_the_same_day_last_year_is_one_click_away(qtbot, window, page):
    (line,) = page.earlier.lines()
    assert isinstance(line, QPushButton)
    assert line.text() == "A year ago – A year before"
    click(qtbot, line)
    assert window.pages["journal"].desk.editor.text() == "A year before"


def test_what_is_gone_is_not_offered_on_its_day(qtbot, window, page):
    (line,) = page.earlier.lines()
    with window.store.write() as session:
        journal.add_entry(session, day=DAY - timedelta(days=1), now=NOW, zone="UTC", text="Something else")
    qtbot.wait(20)
    assert page.earlier.lines() == [line]
    with window.store.write() as session:
        gone = list(journal.entry_ids(session, matching="year before"))
        items.trash(session, gone, now=NOW)
    qtbot.waitUntil(lambda: page.earlier.lines() == [])
    assert page.earlier.isHidden()


def test_when_the_day_turns_the_cards_beside_it_turn_too(qtbot, window, page):
    with window.store.write() as session:
        journal.add_entry(session, day=DAY - timedelta(days=364), now=NOW, zone="UTC", text="Tomorrow, a year ago")
    clock.fix(NOW + timedelta(days=1))
    page._midnight.timeout.emit()  # which looks twice a minute
    assert page.view.day == DAY + timedelta(days=1)
    assert [line.text() for line in page.earlier.lines()] == ["A year ago – Tomorrow, a year ago"]


def test_steps_under_way_stand_in_focus_and_finished_ones_ask_for_their_proof(qtbot, window, page):
    with window.store.write() as session:
        doing = roadmap.add_step(session, StepDraft("Memo", state="doing"), now=NOW).id
        done = roadmap.add_step(session, StepDraft("Course"), now=NOW).id
        roadmap.finish_step(session, done, Finish(), today=DAY - timedelta(days=30), now=NOW)
    qtbot.waitUntil(lambda: page.focus.isVisible() and page.proofs.isVisible())
    click(qtbot, page.proofs.lines()[0])
    asking = page.findChild(AskDialog)
    assert not asking.primary.isEnabled()
    qtbot.keyClicks(asking.words, "The team decides alone")
    qtbot.keyClick(asking.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.proofs.isVisible())
    window.undo()
    qtbot.waitUntil(page.proofs.isVisible)
    click(qtbot, page.focus.lines()[0])
    assert window.preferred_page == "roadmap"
    assert window.pages["roadmap"].board.chosen().id == doing
