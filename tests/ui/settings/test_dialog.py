"""The settings as a person changes them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.core.settings import settings
from app.ui.kit import theme
from app.ui.objectives.form import ObjectiveDialog
from app.ui.settings.dialog import SettingsDialog


@pytest.fixture
def dialog(qtbot, window):
    before = theme.watch().choice
    window.commands.show_settings()
    yield window.findChild(SettingsDialog)
    theme.watch().choose(before)


def chosen(window):
    with window.store.read() as session:
        return settings(session)


def test_choices_of_every_section_are_kept(qtbot, window, dialog):
    dialog.general.first_weekday.setCurrentIndex(6)
    qtbot.mouseClick(dialog.shown.findChildren(type(dialog.primary))[1], Qt.MouseButton.LeftButton)
    assert dialog.stack.currentWidget() is dialog.writing
    dialog.writing.prompts.setChecked(False)
    dialog.objectives.output_verbs.setPlainText("ship,  land ,")
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    now = chosen(window)
    assert (now.first_weekday, now.prompts, now.output_verbs) == (6, False, "ship, land")


def test_verbs_of_doing_are_the_users_own(qtbot, window, dialog):
    dialog.objectives.output_verbs.setPlainText("land")
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    page = window.show_page("objectives")
    page.commands.new.trigger()
    form = window.findChild(ObjectiveDialog)
    qtbot.keyClicks(form.title, "Land the new thing for clinics")
    assert "“Land” says what you will do" in form.hints.text
    form.title.clear()
    qtbot.keyClicks(form.title, "Ship the new thing for clinics")
    assert "says what you will do" not in form.hints.text
    form.reject()


def test_the_usual_verbs_come_back_by_emptying_the_field(qtbot, window, dialog):
    assert dialog.objectives.output_verbs.toPlainText().startswith("build, code,")
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert chosen(window).output_verbs == ""


def test_a_look_that_was_only_tried_goes_back(qtbot, window, dialog):
    before = theme.watch().choice
    dialog.general.theme.changed.emit("dark")
    assert theme.watch().choice == "dark"
    dialog.reject()
    assert theme.watch().choice == before
