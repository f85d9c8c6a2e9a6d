"""What the mouse means to the editor beyond what it means to every text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QMouseEvent, QTextCursor, QWheelEvent

from app.ui.kit.editor import edits
from app.ui.kit.editor.comfort import comfort
from app.ui.kit.editor.lines import box_at
from app.ui.kit.editor.links import target_at
from app.ui.kit.editor.spellmenu import offer_spelling
from app.ui.kit.editor.styler import is_code
from app.ui.kit.editor.text import as_units
from app.ui.kit.tips import plain_tip

if TYPE_CHECKING:
    from app.ui.kit.editor.markdown import MarkdownEditor

_CTRL = Qt.KeyboardModifier.ControlModifier


def press(editor: MarkdownEditor, event: QMouseEvent) -> bool:
    """Tick a box, or with Ctrl ask for a link; False where the press only means itself."""
    if event.button() != Qt.MouseButton.LeftButton:
        return False
    point = event.position().toPoint()
    cursor = editor.cursorForPosition(point)
    if event.modifiers() & _CTRL:
        if target := target_at(cursor):
            editor.link_requested.emit(target)
        return bool(target)
    if _is_on_box(editor, cursor, point):
        edits.tick_at(cursor.block())
        return True
    return False


def hover(editor: MarkdownEditor, event: QMouseEvent) -> None:
    """Show by hand and tip what a press would do."""
    if event.buttons():
        return
    point = event.position().toPoint()
    cursor = editor.cursorForPosition(point)
    target = target_at(cursor)
    hand = _is_on_box(editor, cursor, point) or (bool(event.modifiers() & _CTRL) and bool(target))
    shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.IBeamCursor
    editor.viewport().setCursor(shape)
    said = _tr("{target}\nCtrl+click or Alt+Enter opens it").format(target=target) if target else ""
    editor.viewport().setToolTip(plain_tip(said))


def wheel(event: QWheelEvent) -> bool:
    """With Ctrl make the text larger or smaller; False where the wheel scrolls."""
    if not event.modifiers() & _CTRL:
        return False
    if turned := event.angleDelta().y():
        comfort().zoom_by(1 if turned > 0 else -1)
    event.accept()
    return True


def offer_menu(editor: MarkdownEditor, event: QContextMenuEvent) -> None:
    """Open the menu of a text, with what can be done with the link or the word under the mouse."""
    menu = editor.createStandardContextMenu(event.pos())
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    cursor = editor.cursorForPosition(event.pos())
    clipboard = QGuiApplication.clipboard()
    plain = menu.addAction(_tr("Paste as plain text\tCtrl+Shift+V"))
    plain.setEnabled(clipboard.mimeData().hasText())
    plain.triggered.connect(lambda: editor.take(clipboard.mimeData(), plain=True))
    if target := target_at(cursor):
        first = menu.actions()[0]
        follow = QAction(_tr("Open {target}").format(target=target.replace("&", "&&")), menu)
        follow.triggered.connect(lambda: editor.link_requested.emit(target))
        menu.insertActions(first, [follow])
        menu.insertSeparator(first)
    offer_spelling(menu, editor, cursor)
    menu.popup(event.globalPos())


def _is_on_box(editor: MarkdownEditor, cursor: QTextCursor, point: QPoint) -> bool:
    block = cursor.block()
    if is_code(block):
        return False
    text = as_units(block.text())
    at = cursor.positionInBlock()
    edge = editor.cursorRect(cursor)
    if point.x() < edge.x():
        at -= 1
    return box_at(text, at) and abs(point.y() - edge.center().y()) <= edge.height()


def _tr(text: str) -> str:
    return QCoreApplication.translate("MarkdownEditor", text)
