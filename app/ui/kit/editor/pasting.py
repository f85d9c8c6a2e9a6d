"""What is copied elsewhere, as Markdown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QMimeData

LONGEST_HTML: Final = 1_500_000
"""Characters of a web page that are worth converting; of a longer one the plain text is taken."""

MOST_LINES: Final = 200_000
"""Lines that Qt lays out in some seconds; a paste of more would be a long stand-still."""


def pasted(source: QMimeData, markdown_of: Callable[[str], str] | None, room: int) -> str | None:
    """What `source` says: a web page as `markdown_of` has it, else its plain text; None when that is too much."""
    text = source.text()
    if len(text) > room or text.count("\n") > MOST_LINES:
        return None
    if markdown_of is not None and source.hasHtml():
        html = source.html()
        if len(html) <= LONGEST_HTML:
            made = markdown_of(html).strip("\n")
            if len(made) > room:
                return None
            if (made and _words(made) != _words(text)) or not text:
                return made
    return text


def has_files(source: QMimeData) -> bool:
    """Whether `source` brings files of this computer, or a picture that is not just how its words look."""
    if any(url.isLocalFile() for url in source.urls()):
        return True
    return source.hasImage() and not source.text().strip()


def _words(text: str) -> list[str]:
    return text.replace("\\", "").split()
