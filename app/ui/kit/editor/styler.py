"""Styles the source where it is looked at: what was typed at once, what is scrolled to before it is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextDocument, QTextLayout

from app.ui.kit.editor.looks import looks
from app.ui.kit.editor.syntax import Run, fence_after, runs_of
from app.ui.kit.editor.text import as_units

AT_ONCE: Final = 120
"""Blocks that one edit styles; the rest of a larger one is styled when it comes into view."""

_UNKNOWN: Final = -1
_STYLED: Final = 1


class Styler(QObject):
    """Keeps in each block's user state the fence that is open after it, and whether it is styled.

    Styling lies in the block's layout, not in the document: it is neither undone nor stored.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._looks: dict[int, QTextCharFormat] = {}
        self._zoom = 1.0
        self.misspelled: Callable[[QTextBlock, str, list[Run]], list[Run]] | None = None
        document.contentsChange.connect(self._follow)

    def restyle(self, zoom: float) -> None:
        """Take the colours of the theme in force and sizes by `zoom`; everything is styled again when seen."""
        self._zoom = zoom
        self._looks = looks(zoom)
        self._forget(self._document.begin())

    def style(self, first: QTextBlock, last: QTextBlock) -> bool:
        """Style the blocks from `first` to `last` that are not styled yet; returns whether any was."""
        styled = [block for block in _between(first, last) if block.userState() < 0 or not _is_styled(block)]
        if not styled:
            return False
        self._know_before(styled[0])
        for block in styled:
            self._style(block)
        begin = styled[0].position()
        self._document.markContentsDirty(begin, styled[-1].position() + styled[-1].length() - begin)
        return True

    def style_again(self, blocks: Iterable[QTextBlock]) -> None:
        """Style blocks anew because what was known about their words has changed."""
        for block in blocks:
            if block.isValid() and _is_styled(block):
                self._style(block)
                self._document.markContentsDirty(block.position(), block.length())

    def _follow(self, position: int, _removed: int, added: int) -> None:
        """Style what an edit changed, and what a fence that it opened or closed changes below."""
        first = self._document.findBlock(position)
        last = self._document.findBlock(position + added)
        if not last.isValid():
            last = self._document.lastBlock()
        if last.blockNumber() - first.blockNumber() > AT_ONCE:
            self._forget(first)
            return
        self._know_before(first)
        block, count = first, 0
        while block.isValid():
            was = block.userState()
            self._style(block)
            count += 1
            if block.blockNumber() >= last.blockNumber() and was >= 0 and was >> 1 == _fence(block):
                break
            block = block.next()
            if count > AT_ONCE * 2:
                self._forget(block)
                break
        end = block.position() + block.length() if block.isValid() else self._document.characterCount()
        self._document.markContentsDirty(first.position(), end - first.position())

    def _style(self, block: QTextBlock) -> None:
        text = as_units(block.text())
        before = _fence(block.previous())
        runs = runs_of(text, before)
        if self.misspelled is not None and not before:
            runs += self.misspelled(block, text, runs)
        layout = block.layout()
        if runs or layout.formats():
            layout.setFormats(list(self._ranges(runs, layout)))
        block.setUserState(fence_after(text, before) << 1 | _STYLED)

    def _ranges(self, runs: list[Run], layout: QTextLayout) -> Iterator[QTextLayout.FormatRange]:
        at, size = layout.preeditAreaPosition(), len(as_units(layout.preeditAreaText()))
        for start, end, kind in runs:
            made = QTextLayout.FormatRange()
            if size:  # what an input method composes stands in the layout, not in the text
                start, end = start + size * (start >= at), end + size * (end > at)
            made.start, made.length, made.format = start, end - start, self._looks[kind]
            yield made
        if size:
            yield from (
                made for made in layout.formats() if made.start >= at and made.start + made.length <= at + size
            )

    def _know_before(self, block: QTextBlock) -> None:
        """Make the fence before `block` known, from the nearest block above whose own is."""
        unknown = []
        above = block.previous()
        while above.isValid() and above.userState() == _UNKNOWN:
            unknown.append(above)
            above = above.previous()
        fence = _fence(above)
        for above in reversed(unknown):
            fence = fence_after(above.text(), fence)
            above.setUserState(fence << 1)

    def _forget(self, block: QTextBlock) -> None:
        while block.isValid():
            block.setUserState(_UNKNOWN)
            block = block.next()


def _is_styled(block: QTextBlock) -> bool:
    return block.userState() >= 0 and bool(block.userState() & _STYLED)


def _fence(block: QTextBlock) -> int:
    """The fence open after `block`, which is known or stands before the first."""
    return max(block.userState(), 0) >> 1 if block.isValid() else 0


def _between(first: QTextBlock, last: QTextBlock) -> Iterator[QTextBlock]:
    number = last.blockNumber()
    while first.isValid() and first.blockNumber() <= number:
        yield first
        first = first.next()


def is_code(block: QTextBlock) -> bool:
    """Whether a styled block is part of fenced code, its fences included."""
    return bool(_fence(block.previous()) or _fence(block))
