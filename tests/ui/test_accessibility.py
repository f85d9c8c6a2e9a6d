"""Whoever cannot see the screen or hold a mouse: every control says what it is, and no two have the same keys."""

from __future__ import annotations

import shutil
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QFileDialog,
    QScrollBar,
    QWidget,
)

from app.ui.kit import background
from app.ui.kit.rail import Rail
from app.ui.window.pages import PAGES

LEAVES = ("Open another journal…", "Lock now", "Quit")
OWN = ("qt_", "scrollarea")
"""How Qt's own parts of a control are called."""


@pytest.fixture
def journal(tmp_path, demo_journal):
    """The demo, where the window opens its journal."""
    return shutil.copy(demo_journal, tmp_path / "Journal.northing")


@pytest.fixture
def demo(journal, window):
    return window


def settle(qtbot):
    qtbot.waitUntil(lambda: not background.is_busy(), timeout=10_000)


def controls(root: QWidget) -> list[QWidget]:
    """What the keyboard can get to within `root`, and views."""
    return [
        each
        for each in root.findChildren(QWidget)
        if each.isVisibleTo(root)
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
        and not isinstance(each, QScrollBar)
        and not each.objectName().startswith(OWN)
        and not (type(each) is QAbstractScrollArea or type(each).__name__ == "QScrollArea")
    ]


def nameless(root: QWidget) -> list[str]:
    found = []
    for each in controls(root):
        interface = QAccessible.queryAccessibleInterface(each)
        if not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(each).__name__} in {type(each.parent()).__name__}")
    return found


def dialogs() -> list[QDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]


@pytest.mark.parametrize("name", [kind.name for kind in PAGES])
def test_every_control_of_a_page_and_of_its_dialogs_has_a_name(qtbot, demo, name):
    demo.show_page(name)
    settle(qtbot)
    wrong = [("", each) for each in nameless(demo)]
    for made in demo.menus.actions():
        if not made.text().endswith("…") or made.text() in LEAVES:
            continue
        made.trigger()
        settle(qtbot)
        for dialog in dialogs():
            if not isinstance(dialog, QFileDialog):
                wrong += [(made.text(), each) for each in nameless(dialog)]
                wrong += [(made.text(), "no title")] * (not dialog.windowTitle())
                wrong += [(made.text(), "no focus")] * (dialog.focusWidget() is None)
            dialog.reject()
        qtbot.waitUntil(lambda: not dialogs())
        demo.show_page(name)
    assert not wrong, wrong


def moved_by_arrows(control: QWidget) -> bool:
    """Whether it is one of a group that Tab enters once."""
    is_one_of = isinstance(control, QAbstractButton) and (control.autoExclusive() or control.group() is not None)
    return is_one_of or isinstance(control.parent(), Rail)


@pytest.mark.parametrize("name", [kind.name for kind in PAGES])
def test_tab_alone_reaches_every_control_of_a_page(qtbot, demo, name):
    demo.show_page(name)
    settle(qtbot)
    wanted = [each for each in controls(demo.pages[name]) if each.isEnabled() and not moved_by_arrows(each)]
    reached: set[QWidget] = set()
    for _ in range(3 * len(wanted) + 20):
        here = demo.focusWidget()
        reached.add(here)
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    assert [each.accessibleName() or each for each in wanted if each not in reached] == []


@pytest.mark.parametrize("name", [kind.name for kind in PAGES])
def test_no_keys_mean_two_things_on_a_page(qtbot, demo, name):
    page = demo.show_page(name)
    settle(qtbot)
    acting: list[QAction] = [*demo.actions(), *page.findChildren(QAction)]
    keys = Counter(
        made.shortcut().toString()
        for made in dict.fromkeys(acting)
        if made.isEnabled() and not made.shortcut().isEmpty()
    )
    assert [key for key, count in keys.items() if count > 1] == []
