"""How many words an entry has, and how long they take to be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.ui.kit import theme
from app.ui.kit.editor.tally import Tally
from app.ui.kit.room import ElidedLabel

WORTH_TIMING: Final = 230
"""Words that take about a minute to read."""
LONG_READ: Final = 120
"""Minutes from which on hours are said."""


class WordCount(ElidedLabel):
    """Follows a tally; `is_untouched` says whether all that stands there is a template yet."""

    def __init__(self, tally: Tally, is_untouched: Callable[[], bool]) -> None:
        super().__init__(role="secondary", hugs=True)
        self._tally, self._is_untouched = tally, is_untouched
        self.setFont(theme.numerals(self.font()))
        tally.changed.connect(self.count)

    def count(self) -> None:
        """Say it anew."""
        if self._is_untouched():
            said = self.tr("A template, kept once you write")
            self.show_text(said, (said,))
            return
        count, minutes = self._tally.words, self._tally.minutes
        said = self.tr("1 word") if count == 1 else self.tr("{count} words").format(count=f"{count:,}")
        timed = (
            self.tr("{minutes} min to read").format(minutes=minutes)
            if minutes < LONG_READ
            else self.tr("{hours} hours to read").format(hours=round(minutes / 60))
        )
        self.show_text(f"{said} · {timed}" if count >= WORTH_TIMING else said, (said,))
