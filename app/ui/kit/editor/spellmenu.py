"""What a context menu says about a misspelled word."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from app.ui.kit.editor.comfort import comfort
from app.ui.kit.editor.spelling import speller, word_at
from app.ui.kit.editor.text import as_units


def offer_spelling(menu: QMenu, editor: QTextEdit, cursor: QTextCursor) -> None:
    """Put suggestions for the word at `cursor` on top of `menu`, where it is misspelled."""
    block = cursor.block()
    text = as_units(block.text())
    span = word_at(text, cursor.positionInBlock())
    word = text[slice(*span)].replace("’", "'") if span else ""
    if not span or not comfort().is_on("spelling") or not speller().is_wrong(word):
        return
    place = QTextCursor(block)
    place.setPosition(block.position() + span[0])
    place.setPosition(block.position() + span[1], QTextCursor.MoveMode.KeepAnchor)
    held = menu.actions()
    waiting = QAction(_tr("Looking for words…"), menu)
    waiting.setEnabled(False)
    learning = QAction(_tr("&Add “{word}” to my dictionary").format(word=word), menu)
    learning.triggered.connect(lambda: speller().learn(word))
    menu.insertActions(held[0] if held else menu.addSeparator(), [waiting, learning, _line(menu)])

    def show(words: list[str]) -> None:
        if not shiboken6.isValid(menu):
            return
        for number, said in enumerate(words, start=1):
            made = QAction(f"&{number}  {said}", menu)
            made.setData(said)
            made.triggered.connect(lambda _=False, said=said: _replace(editor, place, said))
            menu.insertAction(waiting, made)
        if words:
            menu.removeAction(waiting)
        else:
            waiting.setText(_tr("No word is like it"))

    speller().suggest(word, show)


def _replace(editor: QTextEdit, place: QTextCursor, word: str) -> None:
    place.insertText(word)
    editor.setTextCursor(place)


def _line(menu: QMenu) -> QAction:
    made = QAction(menu)
    made.setSeparator(True)
    return made


def _tr(text: str) -> str:
    return QCoreApplication.translate("SpellMenu", text)
