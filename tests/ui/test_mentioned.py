"""A text that names an item is found again from that item, whatever it is."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.core import journal, kinds, roadmap, skills
from app.core.roadmap import StepDraft
from app.ui.mentioned import MentionedIn
from app.ui.roadmap.dialog import StepDialog
from tests.conftest import NOW

DAY = date(2026, 11, 23)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def named(window):
    """Kind → an item of it and the entry that names it."""
    with window.store.write() as session:
        skills.plant_model(session, now=NOW)
        skill, title = skills.usable_skills(session)[0]
        step = roadmap.add_step(session, StepDraft("Memo of ours"), now=NOW).id
        person = kinds.person_named(session, "Priya", now=NOW).id
        made = {}
        for kind, item, target in (
            ("step", step, "[[Memo of ours]]"),
            ("skill", skill, f"[[{title}]]"),
            ("person", person, "@Priya"),
        ):
            text = f"It began so\n{target}"
            made[kind] = item, journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=text).id
    return made


def press(qtbot, links):
    """Follow the one link by keyboard."""
    assert links.texts() == ["It began so"]
    button = links.findChildren(QPushButton)[-1]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


@pytest.mark.parametrize("kind", ["skill", "person"])
def test_a_skill_and_a_person_lead_to_what_names_them(qtbot, window, named, kind):
    item, entry = named[kind]
    with window.store.write() as session:
        talk = kinds.class_of("conversation")(day=DAY, zone="UTC")
        journal.file_entry(session, talk, text="", now=NOW)
        kinds.change_fields(session, talk.id, {"person": "Priya"}, rev=talk.rev, now=NOW)
    window.open_item(item)
    page = window.pages[window.preferred_page]
    qtbot.waitUntil(lambda: any(row.isVisible() for row in page.findChildren(MentionedIn)))
    press(qtbot, next(row for row in page.findChildren(MentionedIn) if row.isVisible()))
    assert window.pages["journal"].desk.entry_id == entry


def test_a_step_leads_to_what_names_it_and_loses_nothing_of_its_form(qtbot, window, named):
    item, entry = named["step"]
    window.open_item(item)
    page = window.pages["roadmap"]
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL)
    dialog = page.findChild(StepDialog)
    qtbot.keyClicks(dialog.title, "x")
    press(qtbot, dialog.mentioned)
    assert dialog.isVisible()
    assert "not kept yet" in dialog._wrong.text()
    dialog.title.setText("Memo of ours")
    press(qtbot, dialog.mentioned)
    assert window.pages["journal"].desk.entry_id == entry
