"""A window that stays open overnight."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from app.core import clock, roadmap
from app.core.roadmap import StepDraft
from app.ui.journal.goto import GoToDayDialog
from app.ui.window.daily import Daily
from tests.conftest import NOW
from tests.ui.test_window import DAY, add

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def night(window):
    """Let a night pass and the window look whether it did."""

    def pass_by(by=TOMORROW):
        clock.fix(by, "UTC")
        window.findChild(Daily).look()

    return pass_by


def test_pages_know_what_day_it_is_and_stand_where_they_were(qtbot, window, night):
    with window.store.write() as session:
        step = roadmap.add_step(session, StepDraft(title="A talk"), now=NOW).id
    first, _ = add(window.store, "Pricing call", day=DAY) + add(window.store, "Pricing once more", day=DAY)
    window.open_item(step)
    window.open_item(first)
    window.pages["journal"].search_for("pricing")
    window.pages["journal"].open_item(first)
    before = window.pages["journal"]
    before.findChild(QSplitter, "journal").setSizes([400, 500])
    sizes = before.findChild(QSplitter, "journal").sizes()
    window.messages.clear()
    night()
    page = window.pages["journal"]
    assert page is not before
    assert window.stack.currentWidget() is page
    assert page.findChild(QSplitter, "journal").sizes() == sizes
    assert (page.today, page.calendar.grid.today) == (DAY + timedelta(days=1),) * 2
    assert (page.search.text(), page.desk.entry_id) == ("pricing", first)
    page.search_for("on:yesterday")
    qtbot.waitUntil(lambda: len(page.model.ids) == 2)
    assert "roadmap" not in window.pages
    assert window.show_page("roadmap").shown_item == step


def test_nothing_turns_under_the_hands_of_somebody(qtbot, window, night):
    page = window.show_page("journal")
    page.new_note()
    qtbot.keyClicks(page.desk.editor, "Late at night")
    night()
    assert window.pages["journal"] is page
    qtbot.keyClicks(page.desk.editor, " and on")
    night()
    assert window.pages["journal"] is page
    window.announce("Done.", lambda: None)
    night()
    assert window.pages["journal"] is page
    window.messages.clear()
    qtbot.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    night()
    assert window.pages["journal"] is page

    page.findChild(GoToDayDialog).reject()
    night()
    night()
    page = window.pages["journal"]
    assert page.today == DAY + timedelta(days=1)
    assert page.desk.editor.text() == "Late at night and on"


def test_the_same_day_leaves_all_as_it_is(window, night):
    page = window.show_page("journal")
    night(NOW + timedelta(hours=1))
    assert window.pages["journal"] is page
