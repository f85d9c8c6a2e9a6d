"""Actions: what a page can do, said once, and read back by buttons, menus, the palette and the shortcuts' list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from app.ui.kit import icons

# The colour of an icon on a button, by the button's role.
_INK: Final = {"primary": "on_accent", "danger": "bad"}

ENTERS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Shortcut = str | QKeySequence | QKeySequence.StandardKey


def action(
    owner: QWidget,
    text: str,
    *,
    slot: Callable[..., object],
    shortcut: Shortcut = "",
    icon: str = "",
    tip: str = "",
    checkable: bool = False,
) -> QAction:
    """An action that belongs to `owner` and is found again in `owner.actions()`.

    Its shortcut works anywhere in the window while `owner` is visible, so two pages may use the same one.

    Args:
        slot: A function, or a method of a `QObject`; is given the state if it takes an argument.
        shortcut: In portable text ("Ctrl+N") or a standard key.
        tip: What the tooltip says; the text by default. The shortcut is added.
    """
    made = QAction(text, owner)
    if icon:
        made.setIcon(icons.icon(icon, role="text2", on_role="accent"))
    made.setCheckable(checkable)
    keys = QKeySequence(shortcut)
    if not keys.isEmpty():
        made.setShortcut(keys)
    said = tip or plain(text)
    made.setToolTip(f"{said} ({keys.toString(QKeySequence.SequenceFormat.NativeText)})" if keys.count() else said)
    made.triggered.connect(slot)
    owner.addAction(made)
    return made


def separator(owner: QWidget) -> None:
    """A line between the actions of `owner` where they are listed."""
    made = QAction(owner)
    made.setSeparator(True)
    owner.addAction(made)


def plain(text: str) -> str:
    """An action's text without its access key and without the dots that promise a dialog."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("….")


def is_ctrl_enter(event: QKeyEvent) -> bool:
    """Whether it is what accepts a dialog from anywhere in it."""
    return event.key() in ENTERS and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class PushButton(QPushButton):
    """A push button that leaves Ctrl+Enter to the dialog around it, which accepts; Enter alone is a click.

    Qt would give Enter to the dialog's primary button, also while Cancel has the keyboard.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_ctrl_enter(event):
            event.ignore()
        elif event.key() in ENTERS and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str = "", *, role: str = "", icon: str = "", slot: Callable[..., object] | None = None, tip: str = ""
) -> QPushButton:
    """A push button in one of the kit's looks: "" (secondary), primary, quiet, danger or link.

    A click leaves the keyboard where it is; Tab reaches the button.
    """
    made = PushButton()
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if role:
        made.setProperty("role", role)
    if icon:
        made.setIcon(icons.icon(icon, role=_INK.get(role, "text2")))
    # The space is the gap between icon and text, which Qt does not let a style sheet set.
    made.setText(f" {text}" if icon and text else text)
    if tip:
        made.setToolTip(tip)
    made.setAccessibleName(plain(text) or tip)
    if slot is not None:
        made.clicked.connect(slot)
    return made


class ActionButton(PushButton):
    """A push button that shows, follows and triggers an action; `text` says it shorter than the menu does."""

    def __init__(self, of: QAction, role: str = "", text: str = "") -> None:
        super().__init__()
        self._action = of
        self._brief = text
        self._icon = of.icon().name()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if role:
            self.setProperty("role", role)
        if self._icon:
            self.setIcon(icons.icon(self._icon, role=_INK.get(role, "text2")))
        of.changed.connect(self._follow)
        self.clicked.connect(of.trigger)
        self._follow()

    def _follow(self) -> None:
        text = plain(self._action.text())
        shown = self._brief or text
        self.setText(f" {shown}" if self._icon else shown)
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(text)
        self.setEnabled(self._action.isEnabled())


def icon_button(of: QAction) -> QToolButton:
    """A square button with an action's icon alone; the text is its tooltip and accessible name."""
    made = QToolButton()
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    made.setIconSize(QSize(18, 18))
    made.setDefaultAction(of)
    made.setAccessibleName(plain(of.text()))
    return made
