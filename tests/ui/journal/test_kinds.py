"""Entries of every kind are written, changed and judged through the window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from app.core import journal, kinds
from tests.conftest import NOW

DAY = date(2026, 11, 23)


@pytest.fixture
def page(window):
    return window.show_page("journal")


def type_into(qtbot, page, name, text):
    control = page.desk.form.fields[name].control
    control.setFocus()
    qtbot.keyClicks(control, text)


def fields(window, item_id):
    with window.store.read() as session:
        return kinds.fields_of(session, item_id)


def entry(window, item_id):
    with window.store.read() as session:
        return journal.entry(session, item_id)


def action_of(window, text):
    return next(action for action in window.menus.actions() if action.text() == text)


@pytest.mark.parametrize("kind", [kind for kind in kinds.KINDS if kind != "note"])
def test_an_entry_of_each_kind_is_written_by_keyboard_alone(qtbot, window, page, kind):
    action_of(window, f"New {kind}").trigger()
    spec = next(spec for spec in kinds.KINDS[kind].fields if spec.shape == "line")
    type_into(qtbot, page, spec.name, "What matters")
    qtbot.keyClicks(page.desk.editor, "And the story.")
    assert page.flush()
    item_id = page.desk.entry_id
    assert entry(window, item_id).kind == kind
    text = entry(window, item_id).text
    assert text.startswith("## ")  # the kind's template, written into
    assert "And the story." in text
    assert fields(window, item_id)[spec.name] == "What matters"


def test_fields_are_kept_while_one_types(qtbot, window, page):
    page.new_entry("win")
    type_into(qtbot, page, "change", "Fewer refunds")
    qtbot.waitUntil(lambda: page.desk.entry_id is not None)
    assert fields(window, page.desk.entry_id)["change"] == "Fewer refunds"
    qtbot.waitUntil(lambda: bool(page.model.ids) and page.model.row(0).title == "Fewer refunds")


def test_the_menu_offers_every_kind(qtbot, window, page):
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()][:3] == ["Note", "Conversation", "Insight"]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert page.desk.writing.kind == "conversation"


def test_an_entry_becomes_another_kind_and_back_with_all_it_said(qtbot, window, page):
    page.new_entry("win")
    type_into(qtbot, page, "change", "Fewer refunds")
    assert page.flush()
    item_id = page.desk.entry_id
    page.desk.become("note")
    assert not page.desk.form.isVisible()
    qtbot.keyClicks(page.desk.editor, "Text")
    page.desk.become("win")
    assert page.desk.form.fields["change"].control.text() == "Fewer refunds"
    assert page.flush()
    assert entry(window, item_id).text == "Text"


def test_a_number_that_is_none_is_said_at_its_field_and_nothing_is_lost(qtbot, window, page):
    page.new_entry("decision")
    type_into(qtbot, page, "choice", "Wait")
    type_into(qtbot, page, "probability", "12o")
    assert not page.flush()
    assert "0 to 100" in page.desk.form.fields["probability"].error
    control = page.desk.form.fields["probability"].control
    assert isinstance(control, QLineEdit)
    control.clear()
    qtbot.keyClicks(control, "70 %")
    assert page.flush()
    assert fields(window, page.desk.entry_id)["probability"] == 70


def test_the_verdict_is_asked_for_when_its_day_has_come(qtbot, window, page):
    with window.store.write() as session:
        new = journal.file_entry(
            session, kinds.class_of("launch")(day=DAY - timedelta(days=30), zone="UTC"), text="", now=NOW
        )
        values = {"shipped": "Reminders", "know_on": DAY - timedelta(days=1)}
        kinds.change_fields(session, new.id, values, rev=new.rev, now=NOW, today=DAY)
        later = journal.file_entry(session, kinds.class_of("launch")(day=DAY, zone="UTC"), text="", now=NOW)
        values = {"shipped": "Waiting list", "know_on": DAY + timedelta(days=1)}
        kinds.change_fields(session, later.id, values, rev=later.rev, now=NOW, today=DAY)
    page.open_item(later.id)
    assert not page.desk.form.fields["verdict"].isVisible()
    page.open_item(new.id)
    assert page.desk.form.fields["verdict"].isVisible()
    verdict = page.desk.form.fields["verdict"].control
    qtbot.mouseClick(verdict.focused_button(), Qt.MouseButton.LeftButton)
    assert page.flush()
    assert fields(window, new.id)["verdict"] == "moved"


def test_mood_and_energy_take_one_key_each_and_the_same_key_takes_them_back(qtbot, window, page):
    page.new_entry("note")
    qtbot.keyClicks(page.desk.editor, "A day")
    assert page.flush()
    item_id = page.desk.entry_id
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    assert (entry(window, item_id).mood, entry(window, item_id).energy) == (4, 2)
    qtbot.waitUntil(lambda: page.model.row_of(item_id) == 0 and page.model.row(0).mood == 4)
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert entry(window, item_id).mood is None
    qtbot.keyClicks(page.desk.editor, " more")
    assert page.flush()
    assert entry(window, item_id).text == "A day more"


def test_star_and_private_are_set_and_taken_back(qtbot, window, page):
    page.new_entry("note")
    qtbot.keyClicks(page.desk.editor, "A day")
    assert page.flush()
    item_id = page.desk.entry_id
    qtbot.mouseClick(page.desk.head.star_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert (entry(window, item_id).starred, entry(window, item_id).private) == (True, True)
    qtbot.waitUntil(
        lambda: bool(page.model.ids) and page.entries.describe(page.model.row(0), 0).marks == ("lock",)
    )
    qtbot.mouseClick(page.desk.head.star_button, Qt.MouseButton.LeftButton)
    assert not entry(window, item_id).starred
