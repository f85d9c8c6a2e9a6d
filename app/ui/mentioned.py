"""The way back from an item to the texts that name it."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from app.core import mentions
from app.core.store import Store
from app.ui.kinds import kind_word
from app.ui.kit.linkrow import LinkRow


class MentionedIn(LinkRow):
    """Links to what links to an item, newest first; hidden where nothing does."""

    def __init__(self, role: str = "mentions") -> None:
        """`role`: of the links, "" for all."""
        super().__init__(QCoreApplication.translate("MentionedIn", "Mentioned in:"))
        self._role = role

    def follow(self, store: Store, item_id: int | None, *, but: Collection[int] = ()) -> None:
        """Show what leads to an item, `but` what is told beside it already."""
        with store.read() as session:
            rows = mentions.backlinks(session, item_id, role=self._role) if item_id is not None else []
        self.show_links([(row.id, row.title or kind_word(row.kind)) for row in rows if row.id not in but])
