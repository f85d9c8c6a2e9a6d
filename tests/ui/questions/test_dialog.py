"""The packs of questions, through the window: what is ticked and written there is what Today asks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.core import journal, prompts
from app.core.prompts import Pack, put_packs
from app.core.settings import Settings, change_settings, settings
from app.ui.questions.dialog import QuestionsDialog
from app.ui.settings.dialog import SettingsDialog
from tests.conftest import NOW

SHIPPED = prompts.packs(Settings())
CTRL = Qt.KeyboardModifier.ControlModifier


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def kept(window):
    with window.store.read() as session:
        return prompts.packs(settings(session))


def keep(window, wanted):
    with window.store.write() as session:
        put_packs(session, wanted, today=NOW.date())


@pytest.fixture
def dialog(qtbot, window):
    qtbot.waitUntil(lambda: "today" in window.pages)
    next(made for made in window.menus.actions() if made.text() == "Questions to write on…").trigger()
    return window.findChild(QuestionsDialog)


def names(dialog):
    return [dialog.list.item(place).text() for place in range(dialog.list.count())]


def test_themes_are_turned_off_and_edited_by_keyboard_alone(qtbot, window, dialog):
    assert dialog.list.hasFocus()
    for _ in range(1, len(SHIPPED)):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
        qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    for key in [Qt.Key.Key_Tab] * 2:
        qtbot.keyClick(dialog.focusWidget(), key)
    while dialog.focusWidget() is not dialog.text:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(dialog.text, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(dialog.text, "What made you laugh?")
    assert dialog.asking.text() == "Today asks the one question of the ticked packs."
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, CTRL)
    assert [pack.is_on for pack in kept(window)] == [False] * 7 + [True]
    card = window.pages["today"].prompt
    qtbot.waitUntil(lambda: card.question.text() == "What made you laugh?")
    assert card.head.text() == "To write on · Purpose, energy, celebration"


def test_without_a_tick_nothing_is_asked(qtbot, window, dialog):
    for place in range(dialog.list.count()):
        dialog.list.item(place).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.asking.text() == "No pack is ticked, so Today asks nothing."
    click(qtbot, dialog.primary)
    qtbot.waitUntil(lambda: not window.pages["today"].prompt.isVisible())


def test_a_pack_of_ones_own_needs_a_name_and_a_question(qtbot, window, dialog):
    click(qtbot, dialog.new_button)
    assert names(dialog)[-1] == "New pack"
    dialog.list.setCurrentRow(0)
    click(qtbot, dialog.primary)
    assert dialog.list.currentRow() == len(SHIPPED)
    assert dialog.name_field.error == "Give the pack a name."
    assert dialog.name.hasFocus()
    qtbot.keyClicks(dialog.name, "Decisions")
    click(qtbot, dialog.primary)
    assert dialog.name_field.error == "Two packs are called “Decisions”."
    dialog.name.clear()
    qtbot.keyClicks(dialog.name, "Coaching")
    click(qtbot, dialog.primary)
    assert dialog.text_field.error == "Write a question, or delete the pack."
    qtbot.keyClicks(dialog.text, "Who asked you?")
    click(qtbot, dialog.primary)
    assert kept(window) == (*SHIPPED, Pack("Coaching", "Who asked you?"))


def test_cancel_leaves_all_as_it_was(qtbot, window, dialog):
    dialog.text.setPlainText("Gone?")
    dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    click(qtbot, dialog.cancel)
    assert kept(window) == SHIPPED


def test_a_changed_theme_is_brought_back_as_it_was_shipped_and_an_own_pack_deleted(qtbot, window):
    keep(window, [replace(SHIPPED[0], text="Mine?", is_on=False), *SHIPPED[1:], Pack("Own", "Why?")])
    window.commands.show_questions()
    dialog = window.findChild(QuestionsDialog)
    assert dialog.away_button.text() == "As shipped"
    click(qtbot, dialog.away_button)
    assert dialog.text.toPlainText() == SHIPPED[0].text
    assert not dialog.away_button.isEnabled()
    dialog.list.setCurrentRow(len(SHIPPED))
    assert dialog.away_button.text() == "Delete"
    click(qtbot, dialog.away_button)
    click(qtbot, dialog.primary)
    assert kept(window) == (replace(SHIPPED[0], is_on=False), *SHIPPED[1:])


def test_packs_come_from_a_file_once(qtbot, window, dialog, tmp_path):
    path = tmp_path / "mine.md"
    path.write_text(
        "# Coaching\n- Who asked you?\n# Decisions\n- What next?\n- who  asked you?\n", encoding="utf-8"
    )
    click(qtbot, dialog.file_button)
    chooser = dialog.findChild(QFileDialog)
    chooser.fileSelected.emit(str(path))
    chooser.reject()
    assert dialog.said.text() == "New questions: 2. Already here, or twice in the file: 1."
    assert (dialog.name.text(), dialog.text.toPlainText().splitlines()[-1]) == ("Decisions", "What next?")
    dialog.bring(str(path))
    assert dialog.said.text() == "Nothing is new: every question of the file is here already."
    click(qtbot, dialog.primary)
    assert kept(window)[-1] == Pack("Coaching", "Who asked you?")
    assert len(kept(window)) == len(SHIPPED) + 1


def test_a_file_that_is_none_is_told_in_the_form(qtbot, window, dialog, tmp_path):
    path = tmp_path / "a.json"
    path.write_text("{}", encoding="utf-8")
    dialog.bring(str(path))
    assert dialog._wrong.text().startswith("“a.json” is JSON, but no list of questions")
    assert names(dialog) == [pack.name for pack in SHIPPED]


def test_settings_lead_to_the_packs_and_keep_the_one_switch(qtbot, window):
    with window.store.write() as session:
        change_settings(session, own_prompts="Who was helped?", prompts=False)
    window.commands.show_settings()
    chosen = window.findChild(SettingsDialog)
    click(qtbot, chosen.writing.questions)
    dialog = chosen.findChild(QuestionsDialog)
    assert names(dialog)[-1] == "My questions"
    assert dialog.asking.text() == "Today asks no questions now: Settings → Writing brings them back."
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    dialog.name.clear()
    qtbot.keyClicks(dialog.name, "Mine")
    click(qtbot, dialog.primary)
    chosen.writing.prompts.setChecked(True)
    click(qtbot, chosen.primary)
    assert kept(window)[-1] == Pack("Mine", "Who was helped?")
    qtbot.waitUntil(window.pages["today"].prompt.isVisible)


def test_what_is_asked_never_counts_as_written(qtbot, window):
    off = [replace(pack, is_on=False) for pack in SHIPPED]
    keep(window, [*off, Pack("Birds", "Which hoatzin sang?\nDid another hoatzin sing?")])
    page = window.show_page("today")
    qtbot.waitUntil(lambda: "hoatzin" in page.prompt.question.text())
    click(qtbot, page.prompt.another)
    assert page.flush()
    with window.store.read() as session:
        assert journal.entry_ids(session) == []
    qtbot.keyClicks(page.view.editor, "Three words here")
    click(qtbot, page.prompt.another)
    assert page.flush()
    with window.store.read() as session:
        (item_id,) = journal.entry_ids(session)
        assert journal.entry(session, item_id).text == "Three words here"
        assert journal.entry_ids(session, matching="hoatzin") == []
    figures = window.show_page("insights").figures
    qtbot.waitUntil(lambda: [one.accessibleName() for one in figures[:2]] == ["1 entry", "3 words"])
