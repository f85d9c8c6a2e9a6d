"""How many words a text has, line by line: a key counts its own line again and no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextBlock, QTextDocument

WORDS_A_MINUTE: Final = 230
"""Reading of plain prose in silence (Brysbaert 2019: 238 for non-fiction)."""

_AT_ONCE: Final = 300
_SLICE: Final = 400
_UNKNOWN: Final = -1


class Tally(QObject):
    """Counts by `count`, which is given by who knows what a word is; a long text in slices, beside the typing."""

    changed = Signal()

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._count: Callable[[str], int] = lambda text: len(text.split())
        self._lines: list[int] = [0]
        self.words = 0
        self._next = 0
        self._open = 0
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._go_on)
        document.contentsChange.connect(self._follow)

    @property
    def is_complete(self) -> bool:
        """Whether every line is counted."""
        return not self._open

    @property
    def minutes(self) -> int:
        """How long it takes to read, in whole minutes, at least one."""
        return max(1, round(self.words / WORDS_A_MINUTE))

    def count_by(self, count: Callable[[str], int]) -> None:
        """Count by another measure, from now on."""
        self._count = count
        self._start()

    def _start(self) -> None:
        self._lines = [_UNKNOWN] * self._document.blockCount()
        self._open, self.words, self._next = len(self._lines), 0, 0
        if self._open <= _AT_ONCE:
            self._go_on()
        else:
            self._slices.start()

    def _follow(self, position: int, _removed: int, added: int) -> None:
        first = self._document.findBlock(position)
        last = self._document.findBlock(position + added)
        if not last.isValid():
            last = self._document.lastBlock()
        start, end = first.blockNumber(), last.blockNumber()
        more = self._document.blockCount() - len(self._lines)
        old_end = end - more
        if end - start > _AT_ONCE or old_end < start or old_end >= len(self._lines):
            self._start()
            return
        was = self._lines[start : old_end + 1]
        now = self._counts(first, end)
        self._lines[start : old_end + 1] = now
        self.words += sum(now) - sum(max(count, 0) for count in was)
        self._open -= sum(1 for count in was if count == _UNKNOWN)
        self._next = min(self._next, start) if self._open else 0
        self.changed.emit()

    def _counts(self, block: QTextBlock, end: int) -> list[int]:
        counts = []
        while block.isValid() and block.blockNumber() <= end:
            text = block.text()
            counts.append(self._count(text) if text else 0)
            block = block.next()
        return counts

    def _go_on(self) -> None:
        block = self._document.findBlockByNumber(self._next)
        for _ in range(_SLICE):
            if not block.isValid() or not self._open:
                break
            if self._lines[self._next] == _UNKNOWN:
                count = self._count(block.text())
                self._lines[self._next] = count
                self.words += count
                self._open -= 1
            self._next += 1
            block = block.next()
        if not self._open or not block.isValid():
            self._slices.stop()
            self.changed.emit()
