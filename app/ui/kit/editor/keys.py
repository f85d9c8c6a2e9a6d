"""What keys do in Markdown beyond letters: lists go on, items nest, boxes are ticked, tables stand straight."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.ui.kit.editor import lines, tables

AROUND: Final = 300
"""Lines above and below that an edit of a list may look at and renumber."""

_URL: Final = re.compile(r"(?:https?://|mailto:)\S+$")
_LINK: Final = re.compile(
    r"!?\[([^\]\n]*)\]\(([^)\s]+)[^)]*\)|\[\[([^\[\]\n]+)\]\]|((?:https?://|mailto:)[^\s<>)\]]+)"
)


def index_of(text: str, units: int) -> int:
    """The character at a position that Qt counts in UTF-16 units."""
    return (
        units
        if text.isascii()
        else len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "replace"))
    )


def enter(edit: QTextEdit) -> bool:
    """Go on with the list or the quotation that the cursor stands in; whether there was one."""
    cursor = edit.textCursor()
    block = cursor.block()
    text = block.text()
    at = index_of(text, cursor.positionInBlock())
    made = None if cursor.hasSelection() else lines.after_enter(text, at)
    if made is None:
        return False
    kept, head = made
    cursor.beginEditBlock()
    if head:
        rest = text[at:].lstrip(" \t")
        _select_from(cursor, block, len(kept))
        cursor.insertText(f"\n{head}{rest}")
        cursor.setPosition(cursor.position() - len(rest.encode("utf-16-le", "surrogatepass")) // 2)
        here = cursor.position()
        _rewrite(cursor, cursor.block(), lambda around, place: lines.renumbered(around, place))
        cursor.setPosition(here)
    else:
        _select_from(cursor, block, 0)
        cursor.insertText(kept)
    cursor.endEditBlock()
    edit.setTextCursor(cursor)
    edit.ensureCursorVisible()
    return True


def nest(edit: QTextEdit, *, deeper: bool) -> bool:
    """Move the items that the selection touches one level in or out; whether that could be."""
    cursor = edit.textCursor()
    document = edit.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    change = lines.nested if deeper else lines.unnested
    count = last.blockNumber() - first.blockNumber()
    if not lines.parse(first.text()).is_item:
        return False
    column = cursor.position() - cursor.block().position()
    before = len(cursor.block().text())
    number = cursor.block().blockNumber()
    cursor.beginEditBlock()
    done = _rewrite(cursor, first, lambda around, place: change(around, place, place + count))
    cursor.endEditBlock()
    if done and not count:
        block = document.findBlockByNumber(number)
        again = edit.textCursor()
        again.setPosition(block.position() + max(0, column + len(block.text()) - before))
        edit.setTextCursor(again)
    return done


def tick(edit: QTextEdit, block: QTextBlock | None = None) -> None:
    """Turn the check-box of the line, or give it one."""
    cursor = edit.textCursor()
    block = block or cursor.block()
    old, new = block.text(), lines.ticked(block.text())
    place = cursor.position()
    after_line = cursor.block() == block
    change = QTextCursor(block)
    change.beginEditBlock()
    start = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    change.setPosition(block.position() + start)
    change.setPosition(block.position() + start + len(old) - end - start, QTextCursor.MoveMode.KeepAnchor)
    change.insertText(new[start : len(new) - end])
    change.endEditBlock()
    if after_line:
        cursor.setPosition(min(place + len(new) - len(old), block.position() + len(block.text())))
        edit.setTextCursor(cursor)


def wrap(edit: QTextEdit, mark: str) -> None:
    """Put `mark` around the selection or the word, or take it away again."""
    cursor = edit.textCursor()
    if not cursor.hasSelection():
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    text = cursor.selectedText()
    begin, end = cursor.selectionStart(), cursor.selectionEnd()
    around = QTextCursor(edit.document())
    around.setPosition(max(begin - len(mark), cursor.block().position()))
    around.setPosition(min(end + len(mark), edit.document().characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
    if around.selectedText() == f"{mark}{text}{mark}" and text:
        around.insertText(text)
        begin -= len(mark)
    else:
        cursor.insertText(f"{mark}{text}{mark}")
        begin += len(mark)
    again = edit.textCursor()
    again.setPosition(begin)
    again.setPosition(begin + _units(text), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(again)


def make_link(edit: QTextEdit, target: str = "") -> None:
    """Make the selection the words of a link; without a target the cursor waits where it belongs."""
    cursor = edit.textCursor()
    words = cursor.selectedText()
    cursor.insertText(f"[{words}]({target})")
    if not words:
        cursor.setPosition(cursor.position() - len(f"]({target})"))
    elif not target:
        cursor.setPosition(cursor.position() - 1)
    edit.setTextCursor(cursor)


def is_address(text: str) -> bool:
    """Whether a text is one address and nothing else."""
    return _URL.match(text.strip()) is not None and len(text.split()) == 1


def link_at(text: str, at: int) -> str | None:
    """The target of the link at a place of a line: an address, or ``[[title]]``."""
    for match in _LINK.finditer(text):
        if match.start() <= at <= match.end():
            return f"[[{match[3]}]]" if match[3] else match[2] or match[4]
    return None


def straighten(edit: QTextEdit, block: QTextBlock) -> None:
    """Put the columns of the table that `block` belongs to under each other."""
    first = block
    while first.previous().isValid() and tables.is_row(first.previous().text()):
        first = first.previous()
    rows: list[str] = []
    last = first
    while last.isValid() and tables.is_row(last.text()) and len(rows) < tables.MOST_ROWS:
        rows.append(last.text())
        last = last.next()
    if not tables.is_table(rows):
        return
    made = tables.aligned(rows)
    cursor = QTextCursor(first)
    cursor.beginEditBlock()
    _replace(cursor, first, rows, made)
    cursor.endEditBlock()


def to_cell(edit: QTextEdit, *, forward: bool) -> bool:
    """Go to the next or the last cell of the table; whether the cursor stands in one."""
    cursor = edit.textCursor()
    block = cursor.block()
    if not tables.is_row(block.text()) or edit.document().findBlock(cursor.anchor()) != block:
        return False
    at = index_of(block.text(), cursor.positionInBlock())
    spans = tables.spans(block.text())
    cell = next((place for place, (_, end) in enumerate(spans) if at <= end), len(spans) - 1)
    cell += 1 if forward else -1
    while not 0 <= cell < len(spans) or tables.is_rule(block.text()):
        block = block.next() if cell >= 0 and forward else block.previous()
        if not block.isValid() or not tables.is_row(block.text()):
            return False
        spans = tables.spans(block.text())
        cell = 0 if forward else len(spans) - 1
    number = block.blockNumber()
    straighten(edit, block)
    block = edit.document().findBlockByNumber(number)
    start, end = tables.spans(block.text())[cell]
    words = block.text()[start:end]
    begin = start + len(words) - len(words.lstrip())
    again = edit.textCursor()
    again.setPosition(block.position() + _units(block.text()[:begin]))
    stop = begin + len(words.strip())
    again.setPosition(block.position() + _units(block.text()[:stop]), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(again)
    return True


def _rewrite(cursor: QTextCursor, block: QTextBlock, change: Callable[[list[str], int], list[str] | None]) -> bool:
    """Let `change` see the lines around `block` and put back those that it changed."""
    first = block
    while first.previous().isValid() and block.blockNumber() - first.blockNumber() < AROUND:
        first = first.previous()
    old: list[str] = []
    at = first
    while at.isValid() and at.blockNumber() - block.blockNumber() < AROUND:
        old.append(at.text())
        at = at.next()
    new = change(list(old), block.blockNumber() - first.blockNumber())
    if new is None or new == old:
        return new is not None and new != old
    _replace(cursor, first, old, new)
    return True


def _replace(cursor: QTextCursor, first: QTextBlock, old: Sequence[str], new: Sequence[str]) -> None:
    block = first
    for before, after in zip(old, new, strict=True):
        following = block.next()
        if before != after:
            cursor.setPosition(block.position())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(after)
        block = following


def _select_from(cursor: QTextCursor, block: QTextBlock, start: int) -> None:
    cursor.setPosition(block.position() + _units(block.text()[:start]))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
