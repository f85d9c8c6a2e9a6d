"""Actions are said once and shown by buttons and menus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.kit.actions import ActionButton, action, button, icon_button, plain


def test_an_action_belongs_to_its_page(qtbot):
    page, done = QWidget(), []
    qtbot.addWidget(page)
    made = action(page, "&New entry…", slot=lambda: done.append("new"), shortcut="Ctrl+N", icon="plus")
    assert page.actions() == [made]
    assert made.toolTip() == "New entry (Ctrl+N)"
    made.trigger()
    assert done == ["new"]


def test_its_shortcut_works_in_the_window(qtbot):
    page, done = QWidget(), []
    qtbot.addWidget(page)
    action(page, "New", slot=lambda: done.append("new"), shortcut="Ctrl+N")
    with qtbot.waitActive(page):
        page.show()
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert done == ["new"]


def test_a_checkable_action_says_its_state(qtbot):
    page, states = QWidget(), []
    qtbot.addWidget(page)
    made = action(page, "Preview", slot=lambda on: states.append(on), checkable=True)
    made.trigger()
    made.trigger()
    assert states == [True, False]


def test_a_button_follows_its_action(qtbot):
    page, done = QWidget(), []
    qtbot.addWidget(page)
    made = action(page, "&Check in", slot=lambda: done.append(1), icon="circle-check")
    shown = ActionButton(made, "primary")
    qtbot.addWidget(shown)
    made.setEnabled(False)
    assert not shown.isEnabled()
    made.setEnabled(True)
    made.setText("Check in &again")
    assert shown.text().strip() == "Check in again"
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton)
    assert done == [1]


def test_icon_buttons_have_a_name(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    small = icon_button(action(page, "&Star", slot=lambda: None, icon="star"))
    qtbot.addWidget(small)
    assert small.accessibleName() == "Star"
    assert button(icon="x", tip="Close").accessibleName() == "Close"


def test_plain_keeps_a_real_ampersand():
    assert plain("Research && &development…") == "Research & development"
