"""Pages that begin with a template, and templates that the user makes his own."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core import journal, templates
from app.ui.templates.dialog import TemplatesDialog
from tests.conftest import NOW

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window):
    with window.store.write() as session:
        journal.add_entry(session, day=date(2026, 11, 20), now=NOW, zone="UTC", text="- [ ] call Ana")
    return window.show_page("journal")


def entries(window):
    with window.store.read() as session:
        return len(journal.entry_ids(session))


def choose(qtbot, page, editor, text):
    """Open the menu of templates by its keys and choose one."""
    qtbot.keyClick(editor, Qt.Key.Key_M, CTRL | SHIFT)
    menu = QApplication.activePopupWidget()
    found = {made.text(): made for made in menu.actions()}
    found[text].trigger()
    menu.close()
    return list(found)


def test_an_entry_of_a_kind_begins_with_its_template_and_is_kept_once_written(qtbot, window, page):
    page.new_entry("win")
    assert page.desk.editor.text().startswith("## How I know\n\n")
    assert page.desk.words.text() == "A template, kept once you write"
    assert page.desk.flush()
    assert page.desk.entry_id is None
    page.new_entry("decision")  # a fresh page takes its place, and nothing is left behind
    assert entries(window) == 1
    qtbot.keyClicks(page.desk.editor, "Which price?")
    assert page.desk.words.text().endswith("words")
    assert page.desk.flush()
    assert entries(window) == 2
    assert "why now\nWhich price?\n" in page.desk.editor.text()


def test_another_kind_brings_another_template_to_an_untouched_page_only(qtbot, window, page):
    page.new_entry("win")
    page.desk.become("learning")
    assert page.desk.editor.text().startswith("## What I believed before")
    qtbot.keyClicks(page.desk.editor, "Speed sells")
    page.desk.become("win")
    assert page.desk.editor.text().startswith("## What I believed before\nSpeed sells")


def test_a_note_begins_blank_and_takes_a_template_by_keyboard(qtbot, window, page):
    page.new_note()
    assert page.desk.editor.text() == ""
    offered = choose(qtbot, page, page.desk.editor, "Note")
    assert offered[0] == "Note"
    assert offered[-1] == "Edit templates…"
    text = page.desk.editor.text()
    assert text == "- [ ] \n\n## What changed, for whom, and how I know\n"  # what is empty goes with its heading
    page.desk.templates.apply("# {{weekday}}, {{date}}\n{{boxes}}\n{{unknown}}")
    assert page.desk.editor.text() == "# Monday, 23 November 2026\n- [ ] call Ana\n{{unknown}}"
    assert entries(window) == 1
    assert "Blank page" in choose(qtbot, page, page.desk.editor, "Blank page")
    assert page.desk.editor.text() == ""
    qtbot.keyClicks(page.desk.editor, "Mine")
    choose(qtbot, page, page.desk.editor, "Win")
    assert page.desk.editor.text().startswith("Mine\n## How I know")


def test_todays_page_takes_a_template_too(qtbot, window):
    page = window.pages["today"]
    choose(qtbot, page, page.view.editor, "Note")
    assert page.view.editor.text().startswith("- [ ] \n")
    assert page.flush()
    assert entries(window) == 0
    qtbot.keyClicks(page.view.editor, "one customer is glad")
    assert page.flush()
    assert entries(window) == 1


def test_own_templates_are_written_in_the_app(qtbot, window, page):
    next(made for made in window.menus.actions() if made.text() == "Templates…").trigger()
    dialog = page.findChild(TemplatesDialog)
    qtbot.mouseClick(dialog.new_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert dialog.name_field.error == "Give the template a name."
    qtbot.keyClicks(dialog.name, "1:1 with Ana")
    qtbot.keyClicks(dialog.text, "Week {{week}}: ")
    qtbot.waitUntil(lambda: dialog.reads.toPlainText() == "Week 48: ")
    dialog.list.setCurrentRow(0)
    dialog.text.setPlainText("Good morning")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    with window.store.read() as session:
        own = [each for each in templates.templates(session) if each.name]
    assert [(each.kind, each.name, each.text) for each in own] == [("note", "1:1 with Ana", "Week {{week}}: ")]
    window.activateWindow()
    page.new_note()
    assert page.desk.editor.text() == "Good morning"
    qtbot.waitUntil(page.desk.editor.hasFocus)
    assert "1:1 with Ana" in choose(qtbot, page, page.desk.editor, "1:1 with Ana")
    assert page.desk.editor.text() == "Week 48: "


def test_what_is_wrong_is_said_at_the_template_that_is_wrong(qtbot, window, page):
    page.desk.templates.edit()
    dialog = page.findChild(TemplatesDialog)
    for name in ("Stand-up", "stand-UP"):
        qtbot.mouseClick(dialog.new_button, Qt.MouseButton.LeftButton)
        qtbot.keyClicks(dialog.name, name)
    dialog.list.setCurrentRow(0)
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert dialog.list.currentItem().text() == "stand-UP"
    assert "Two templates" in dialog.name_field.error
    dialog.name.setText("Retrospective")
    dialog.name.textEdited.emit("Retrospective")
    dialog.list.setCurrentRow(2)
    dialog.text.setPlainText("x" * (templates.LONGEST_TEXT + 1))
    dialog.list.setCurrentRow(0)
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert dialog.list.currentRow() == 2
    assert "20,000" in dialog.text_field.error
    dialog.text.setPlainText("On {{weekday}} {{moon}}")
    qtbot.waitUntil(lambda: "{{moon}}" in dialog.text_field._line.text())
    assert "weekday" not in dialog.text_field._line.text()
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    with window.store.read() as session:
        assert [each.name for each in templates.templates(session) if each.name] == ["Retrospective", "Stand-up"]


def test_escape_says_before_it_drops_what_was_edited(qtbot, window, page):
    page.desk.templates.edit()
    dialog = page.findChild(TemplatesDialog)
    qtbot.keyClicks(dialog.text, "Good morning")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "not saved" in dialog._wrong.text()
    qtbot.keyClicks(dialog.text, " and more")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    page.desk.templates.edit()
    dialog = next(each for each in page.findChildren(TemplatesDialog) if each.isVisible())
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_shipped_text_is_brought_back_and_own_ones_are_removed(qtbot, window, page):
    with window.store.write() as session:
        templates.put_templates(
            session, [templates.Template("win", "", "Mine"), templates.Template("note", "Own", "x")]
        )
    page.desk.templates.edit()
    dialog = page.findChild(TemplatesDialog)
    dialog.list.setCurrentRow(4)
    assert dialog.text.toPlainText() == "Mine"
    qtbot.mouseClick(dialog.away_button, Qt.MouseButton.LeftButton)
    assert dialog.text.toPlainText() == templates.shipped()["win"]
    assert not dialog.away_button.isEnabled()
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    qtbot.mouseClick(dialog.away_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    with window.store.read() as session:
        assert all(
            not each.name and each.text == templates.shipped()[each.kind] for each in templates.templates(session)
        )
