"""What keys and commands make of the text around the cursor; each is one step of undo."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from app.ui.kit.editor import lines, tables
from app.ui.kit.editor.styler import is_code
from app.ui.kit.editor.text import as_units, changed_span, from_units

_ABOVE: Final = 200
_BELOW: Final = 400
_INDENT: Final = re.compile(r"[ \t]*")
_ADDRESS: Final = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)


def enter(editor: QTextEdit) -> None:
    """Begin a line: go on with a list, a quotation or the indent of code, and end what has an empty last line."""
    cursor = editor.textCursor()
    block, at = cursor.block(), cursor.positionInBlock()
    text = as_units(block.text())
    made = None if cursor.hasSelection() or is_code(block) else _after_enter(block, text, at)
    if made is not None:
        _go_on(cursor, text, at, *made)
    else:
        indent = _INDENT.match(text) if is_code(block) and not cursor.hasSelection() else None
        # Qt's own Enter first takes the spacing off an empty line, and only the next one begins another.
        cursor.insertText("\n" + (indent[0][:at] if indent else ""))
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()


def _after_enter(block: QTextBlock, text: str, at: int) -> tuple[str, str] | None:
    """What stays of the line, and what the next one begins with, "" where there is none; None for other lines."""
    if tables.is_row(text) and not any(cell.strip() for cell in tables.cells(text)):
        found = table_at(block)
        is_last = found is not None and block.blockNumber() == found[0].blockNumber() + len(found[1]) - 1
        return ("", "") if is_last else None
    return lines.after_enter(text, at)


def _go_on(cursor: QTextCursor, text: str, at: int, kept: str, head: str) -> None:
    block = cursor.block()
    cursor.beginEditBlock()
    if head:
        rest = text[at:].lstrip(" \t")
        _replace_part(cursor, block.position() + len(kept), block.position() + len(text), "\n" + head + rest)
        cursor.setPosition(block.position() + len(kept) + 1 + len(head))
        _renumber(cursor.block())
    else:
        replace_line(block, from_units(kept))
        cursor.setPosition(block.position() + len(kept))
    cursor.endEditBlock()


def is_in_list(editor: QTextEdit) -> bool:
    """Whether the cursor stands on an item of a list."""
    block = editor.textCursor().block()
    return lines.parse(block.text()).is_item and not is_code(block)


def nest(editor: QTextEdit, *, deeper: bool) -> None:
    """Nest the selected items one level deeper, or one level further out."""
    cursor = editor.textCursor()
    document = editor.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    start, texts = _around(first, last)
    here = first.blockNumber() - start.blockNumber()
    way = lines.nested if deeper else lines.unnested
    made = way(texts, here, here + last.blockNumber() - first.blockNumber())
    if made is not None:
        replace_lines(start, texts, made)


def tick(editor: QTextEdit) -> None:
    """Turn the check-boxes of the selected lines; a line without one gets one."""
    _each_line(editor, lambda texts: [lines.ticked(text) for text in texts])


def tick_at(block: QTextBlock) -> None:
    """Turn the check-box of one line."""
    replace_line(block, lines.ticked(block.text()))


def head(editor: QTextEdit, level: int) -> None:
    """Make the selected lines headings of `level`, or plain text where they are."""
    _each_line(editor, lambda texts: [lines.with_heading(text, level) for text in texts])


def prefix(editor: QTextEdit, kind: str) -> None:
    """Make the selected lines a list ("-", "1.") or a quotation (">"), or plain text where they are."""
    _each_line(editor, lambda texts: lines.with_prefix(texts, kind))


def mark(editor: QTextEdit, sign: str) -> None:
    """Put `sign` around the selection or the word at the cursor, or take it away."""
    cursor = editor.textCursor()
    if not cursor.hasSelection() and not _is_between(cursor, sign):
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    text, size = selected(cursor), len(sign)
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    outside = QTextCursor(cursor)
    outside.setPosition(max(start - size, 0))
    outside.setPosition(min(end + size, editor.document().characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
    cursor.beginEditBlock()
    if _wraps(text, sign):
        cursor.insertText(text[size:-size])
        _select(cursor, start, end - 2 * size)
    elif (
        _wraps(selected(outside), sign)
        and outside.selectionEnd() - outside.selectionStart() == end - start + 2 * size
    ):
        outside.insertText(text)
        _select(cursor, start - size, end - size)
    else:
        inner = text.strip()
        lead = len(text) - len(text.lstrip())
        cursor.insertText(f"{text[:lead]}{sign}{inner}{sign}{text[lead + len(inner) :]}")
        units = len(as_units(inner))
        _select(cursor, start + lead + size, start + lead + size + units)
    cursor.endEditBlock()
    editor.setTextCursor(cursor)


def link(editor: QTextEdit, address: str = "") -> None:
    """Make the selection a link to `address`; the cursor goes to what is still to be said."""
    cursor = editor.textCursor()
    text, start = selected(cursor), cursor.selectionStart()
    if is_address(text) and not address:
        text, address = "", text.strip()
    cursor.insertText(f"[{text}]({address})")
    said = len(as_units(text))
    if not text:
        cursor.setPosition(start + 1)
    elif not address:
        cursor.setPosition(start + said + 3)
    editor.setTextCursor(cursor)


def is_address(text: str) -> bool:
    """Whether `text` is one web or mail address and nothing else."""
    return len(text) < 4000 and _ADDRESS.fullmatch(text.strip()) is not None


def insert_table(editor: QTextEdit) -> None:
    """Begin a table of two columns below the line of the cursor."""
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    before = "\n\n" if cursor.block().text().strip() else ""
    cursor.insertText(f"{before}|     |     |\n|-----|-----|\n|     |     |")
    cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock, n=2)
    cursor.setPosition(cursor.block().position() + 2)
    editor.setTextCursor(cursor)


def table_at(block: QTextBlock) -> tuple[QTextBlock, list[str]] | None:
    """The first line of the table that `block` is part of, and all its lines; None where there is none."""
    if not tables.is_row(block.text()) or is_code(block):
        return None
    first = block
    for _ in range(tables.MOST_ROWS):
        if not (first.previous().isValid() and tables.is_row(first.previous().text())):
            break
        first = first.previous()
    texts: list[str] = []
    row = first
    while row.isValid() and tables.is_row(row.text()) and len(texts) < tables.MOST_ROWS:
        texts.append(row.text())
        row = row.next()
    return (first, texts) if tables.is_table(texts) else None


def align_table(block: QTextBlock) -> None:
    """Put the columns of the table at `block` under each other."""
    if found := table_at(block):
        replace_lines(*found, tables.aligned(found[1]))


def next_cell(editor: QTextEdit, *, back: bool = False) -> bool:
    """Align the table and select its next cell; after the last one comes a new row. False outside of tables."""
    cursor = editor.textCursor()
    found = table_at(cursor.block())
    if found is None:
        return False
    first, texts = found
    row = cursor.block().blockNumber() - first.blockNumber()
    at = cursor.positionInBlock()
    column = sum(1 for _, end in tables.spans(as_units(texts[row])) if end < at)
    columns = max(len(tables.cells(text)) for text in texts)
    made = tables.aligned(texts)
    row, column = _moved(row, column, columns, back=back)
    cursor.beginEditBlock()
    replace_lines(first, texts, made)
    if row == len(made):
        last = editor.document().findBlockByNumber(first.blockNumber() + row - 1)
        cursor.setPosition(last.position() + last.length() - 1)
        cursor.insertText("\n" + tables.aligned([*made, "|" + " |" * columns])[-1])
    cursor.endEditBlock()
    block = editor.document().findBlockByNumber(first.blockNumber() + max(row, 0))
    spans = tables.spans(as_units(block.text()))
    start, end = spans[min(column, len(spans) - 1)]
    cell = as_units(block.text())[start:end]
    begin = start + (len(cell) - len(cell.lstrip()) if cell.strip() else min(1, len(cell)))
    _select(cursor, block.position() + begin, block.position() + begin + len(cell.strip()))
    editor.setTextCursor(cursor)
    return True


def replace_line(block: QTextBlock, text: str) -> None:
    """Make a line `text` by the smallest edit, so that the cursor stays at its words."""
    old, new = as_units(block.text()), as_units(text)
    if old != new:
        start, old_end, new_end = changed_span(old, new)
        _replace_part(QTextCursor(block), block.position() + start, block.position() + old_end, new[start:new_end])


def replace_lines(first: QTextBlock, old: Sequence[str], new: Sequence[str]) -> None:
    """Replace as many lines from `first` on, where they differ."""
    cursor = QTextCursor(first)
    cursor.beginEditBlock()
    block = first
    for was, becomes in zip(old, new, strict=True):
        if was != becomes:
            replace_line(block, becomes)
        block = block.next()
    cursor.endEditBlock()


def replace_text(document: QTextDocument, old: str, new: str) -> None:
    """Make the whole text `new`, which was `old`, by one smallest edit."""
    was, becomes = as_units(old), as_units(new)
    start, old_end, new_end = changed_span(was, becomes)
    if old_end > start or new_end > start:
        _replace_part(QTextCursor(document), start, old_end, becomes[start:new_end])


def selected(cursor: QTextCursor) -> str:
    """What is selected, LF between lines."""
    return cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n")


def _moved(row: int, column: int, columns: int, *, back: bool) -> tuple[int, int]:
    """The cell after or before one; the line below the headings is none."""
    column += -1 if back else 1
    if column >= columns:
        row, column = row + 1, 0
    elif column < 0:
        row, column = row - 1, columns - 1
    if row == 1:
        row += -1 if back else 1
    return (row, column) if row >= 0 else (0, 0)


def _each_line(editor: QTextEdit, make: Callable[[list[str]], list[str]]) -> None:
    cursor = editor.textCursor()
    first = editor.document().findBlock(cursor.selectionStart())
    last = editor.document().findBlock(cursor.selectionEnd())
    texts: list[str] = []
    block = first
    while block.isValid() and block.blockNumber() <= last.blockNumber():
        texts.append(block.text())
        block = block.next()
    replace_lines(first, texts, make(texts))


def _around(first: QTextBlock, last: QTextBlock) -> tuple[QTextBlock, list[str]]:
    """The lines around some, and the first of them."""
    start, count = first, 0
    while start.previous().isValid() and count < _ABOVE:
        start, count = start.previous(), count + 1
    texts: list[str] = []
    block = start
    most = last.blockNumber() + _BELOW
    while block.isValid() and block.blockNumber() <= most:
        texts.append(block.text())
        block = block.next()
    return start, texts


def _renumber(block: QTextBlock) -> None:
    if lines.parse(block.text()).number is not None:
        texts: list[str] = []
        one = block
        while one.isValid() and len(texts) < _BELOW:
            texts.append(one.text())
            one = one.next()
        replace_lines(block, texts, lines.renumbered(texts, 0))


def _replace_part(cursor: QTextCursor, start: int, end: int, units: str) -> None:
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(from_units(units))


def _select(cursor: QTextCursor, start: int, end: int) -> None:
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)


def _wraps(text: str, sign: str) -> bool:
    """Whether `sign` stands around `text`, and not a longer run of its character."""
    size = len(sign)
    if len(text) < 2 * size or not (text.startswith(sign) and text.endswith(sign)):
        return False
    inner = text[size:-size]
    run = len(text) - len(text.lstrip(sign[0]))
    return bool(inner) and (run == size or run == 3) if sign[0] == "*" else True


def _is_between(cursor: QTextCursor, sign: str) -> bool:
    text, at = as_units(cursor.block().text()), cursor.positionInBlock()
    return text[:at].endswith(sign) and text[at:].startswith(sign)
