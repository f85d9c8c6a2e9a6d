"""What was written on the same day of earlier months and years."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.core import journal
from app.core.store import Store
from app.ui.kinds import kind_word
from app.ui.kit import dates
from app.ui.kit.linkrow import LinkRow


class OnThisDay(LinkRow):
    """A row of them, each with how long ago it was; hidden where there is none."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("OnThisDay", "On this day:"))

    def follow(self, store: Store, day: date) -> None:
        """Show those of `day`."""
        with store.read() as session:
            found = journal.on_this_day(session, day)
        self.show_links(
            [(row.id, f"{dates.distance(then, day)} – {row.title or kind_word(row.kind)}") for then, row in found]
        )
