"""Which keys the editor takes for itself, and what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from app.ui.kit.actions import ENTERS
from app.ui.kit.editor import edits
from app.ui.kit.editor.comfort import comfort
from app.ui.kit.editor.links import target_at
from app.ui.kit.editor.styler import is_code

if TYPE_CHECKING:
    from app.ui.kit.editor.markdown import MarkdownEditor

_TABS: Final = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_MARKS: Final = {Qt.Key.Key_B: "**", Qt.Key.Key_I: "*", Qt.Key.Key_E: "`"}
_ZOOMS: Final = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
_IGNORED: Final = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


def is_own(editor: MarkdownEditor, event: QKeyEvent) -> bool:
    """Whether a key goes to the editor although the window has a shortcut for it too.

    Ctrl+K finds anything, as everywhere; with words selected it makes them a link.
    """
    modifiers, key = _combination(event)
    if (modifiers, key) == (_CTRL, Qt.Key.Key_K):
        return editor.textCursor().hasSelection()
    if modifiers & _CTRL and key in _ZOOMS:
        return True
    return (modifiers in (_CTRL, _ALT) and key in ENTERS) or (
        modifiers == _CTRL and (key in _MARKS or key == Qt.Key.Key_F)
    )


def press(editor: MarkdownEditor, event: QKeyEvent) -> bool:
    """Do what the key means in Markdown; False where it means only itself."""
    modifiers, key = _combination(event)
    if key in ENTERS:
        if modifiers == _CTRL:
            edits.tick(editor)
            return True
        if modifiers == _ALT:
            if target := target_at(editor.textCursor()):
                editor.link_requested.emit(target)
            return True
        if modifiers == Qt.KeyboardModifier.NoModifier:
            edits.enter(editor)
            return True
        return False
    if modifiers == _CTRL and key in _MARKS:
        edits.mark(editor, _MARKS[Qt.Key(key)])
    elif modifiers & _CTRL and key in _ZOOMS:
        comfort().zoom_by(_ZOOMS[Qt.Key(key)])
    elif modifiers == _CTRL | _SHIFT and key == Qt.Key.Key_V:
        editor.take(QGuiApplication.clipboard().mimeData(), plain=True)
    elif modifiers == _CTRL and key == Qt.Key.Key_F:
        editor.find_wanted.emit()
    elif modifiers == _CTRL and key == Qt.Key.Key_K and editor.textCursor().hasSelection():
        edits.link(editor)
    else:
        return False
    return True


def is_tab(event: QKeyEvent) -> bool:
    """Whether it is Tab or Shift+Tab."""
    return event.key() in _TABS and not event.modifiers() & (_CTRL | _ALT)


def tab(editor: MarkdownEditor, event: QKeyEvent) -> bool:
    """Next cell, nesting, indent of code; False elsewhere, where Tab goes on to the next control."""
    back = event.key() == Qt.Key.Key_Backtab or bool(event.modifiers() & _SHIFT)
    if edits.next_cell(editor, back=back):
        return True
    if edits.is_in_list(editor):
        edits.nest(editor, deeper=not back)
        return True
    if not back and is_code(editor.textCursor().block()):
        editor.insertPlainText("    ")
        return True
    return False


def _combination(event: QKeyEvent) -> tuple[Qt.KeyboardModifier, int]:
    made: QKeyCombination = event.keyCombination()
    return made.keyboardModifiers() & ~_IGNORED, made.key()
