"""Whatever is asked for on any page while the disk takes nothing is answered in a sentence."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
)
from shiboken6 import isValid

from app.core.refusals import PlaceRefused
from app.core.store import Store
from app.ui.kit import background
from app.ui.kit.forms import Dialog
from app.ui.window.pages import PAGES

SENTENCE = "The disk is full."
ENDS = ("Quit", "Lock", "Close")


@pytest.fixture
def demo(tmp_path, demo_journal):
    """The window opens on the demo."""
    shutil.copy(demo_journal, tmp_path / "Journal.northing")


@pytest.fixture
def refused(monkeypatch):
    """Counts the writes that the disk refused."""
    found = []

    def refuse(_store):
        found.append(SENTENCE)
        raise PlaceRefused(SENTENCE)

    monkeypatch.setattr(Store, "write", refuse)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    yield found
    monkeypatch.undo()


def actions_of(owner):
    for made in owner.actions():
        if made.menu() is not None:
            yield from actions_of(made.menu())
        elif not made.isSeparator():
            yield made


def settle(qtbot):
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not background.is_busy())
    QApplication.processEvents()


def open_dialogs():
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def is_told(window):
    labels = (label for one in (window, *open_dialogs()) for label in one.findChildren(QLabel))
    return any(SENTENCE in label.text() for label in labels if label.isVisible())


def answer(qtbot, window, refused):
    """Fill every dialog that came and say yes; it stays where it could not be kept, and is left then."""
    for dialog in open_dialogs():
        if isinstance(dialog, QFileDialog):
            dialog.reject()
            continue
        for field in dialog.findChildren(QLineEdit):
            if field.isVisible() and field.isEnabled() and not field.text():
                field.setText("Words")
        for field in (*dialog.findChildren(QPlainTextEdit), *dialog.findChildren(QTextEdit)):
            if field.isVisible() and field.isEnabled() and not field.isReadOnly():
                field.setPlainText("Words")
        before = len(refused)
        window.messages.clear()
        if isinstance(dialog, Dialog) and dialog.primary.isEnabled():
            dialog.primary.click()
            settle(qtbot)
        if len(refused) > before:
            assert is_told(window), dialog.windowTitle()
    for dialog in open_dialogs():
        dialog.reject()
    settle(qtbot)


@pytest.fixture
def begin(qtbot, demo, window, refused):
    """Show a page, with what it can work on chosen."""

    def show(name):
        page = window.show_page(name)
        settle(qtbot)
        if name == "roadmap":
            page.open_item(next(iter(page._rows)))
        window.messages.clear()
        return page

    return show


def do(qtbot, window, refused, act, called):
    """Do it; where that wanted to write it is said that it could not, here and in each dialog that came."""
    before = len(refused)
    act()
    settle(qtbot)
    if len(refused) > before:
        assert is_told(window), called
    answer(qtbot, window, refused)
    for menu in window.findChildren(QMenu):
        menu.close()


@pytest.mark.parametrize("name", [kind.name for kind in PAGES])
def test_all_that_a_page_can_do_is_refused_in_a_sentence(qtbot, begin, window, refused, name):
    for made in list(actions_of(begin(name))):
        begin(name)
        if made.isEnabled():
            do(qtbot, window, refused, made.trigger, made.text())
    assert refused or name == "insights"


@pytest.mark.parametrize("name", [kind.name for kind in PAGES])
def test_every_button_of_a_page_says_when_it_cannot_write(qtbot, begin, window, refused, name):
    for button in begin(name).findChildren(QAbstractButton):
        begin(name)
        if isValid(button) and button.isVisible() and button.isEnabled():
            called, menu = button.text() or button.toolTip(), getattr(button, "menu", lambda: None)()
            if menu is None:  # a click that opens a menu waits for it
                do(qtbot, window, refused, button.click, called)
            for made in actions_of(menu) if menu is not None else ():
                do(qtbot, window, refused, made.trigger, f"{called}: {made.text()}")


def test_all_that_the_window_can_do_is_refused_in_a_sentence(qtbot, begin, window, refused):
    for made in list(actions_of(window.menuBar())):
        begin("today")
        if isValid(made) and made.isEnabled() and not any(word in made.text() for word in ENDS):
            do(qtbot, window, refused, made.trigger, made.text())
    assert refused
