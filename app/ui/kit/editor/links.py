"""Links in the source, and what they point to: an address, ``[[title]]``, ``@person`` or ``#tag``."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

from app.ui.kit.editor.styler import is_code
from app.ui.kit.editor.syntax import atoms_of, bare_url
from app.ui.kit.editor.text import as_units, from_units


def target_at(cursor: QTextCursor) -> str:
    """What the link at `cursor` points to; "" where there is none."""
    block = cursor.block()
    return "" if is_code(block) else target_in(as_units(block.text()), cursor.positionInBlock())


def target_in(text: str, at: int) -> str:
    """What the link at a place of a line points to; "" where there is none. A character for each UTF-16 unit."""
    for kind, start, end in atoms_of(text):
        if start <= at <= end and kind in ("item", "link", "url", "person", "tag"):
            return target_of(kind, from_units(text[start:end]))
    return ""


def target_of(kind: str, said: str) -> str:
    """What a link of `kind` that is written so points to."""
    if kind in ("item", "person", "tag"):
        return said
    if kind == "url":
        return bare_url(said)
    return said[said.index("](") + 2 : -1].split(" ")[0].strip("<>")
