"""The tags that an entry has without saying them in its text, and how one of them goes again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu

from app.core import tags
from app.core.store import Store
from app.ui.kit import icons
from app.ui.kit.linkrow import LinkRow


class GivenTags(LinkRow):
    """A link for each; hidden without any.

    Signals:
        search_wanted: For the entries with a tag. away_wanted: (item, tag, name) of one that is to go.
    """

    search_wanted = Signal(str)
    away_wanted = Signal(int, int, str)

    def __init__(self, store: Store, text: str) -> None:
        super().__init__(text)
        self._store = store
        self._item_id: int | None = None
        self._names: dict[int, str] = {}
        self.chosen.connect(self.offer)

    def follow(self, item_id: int | None) -> None:
        """Show those of an item."""
        with self._store.read() as session:
            given = tags.given_tags(session, item_id) if item_id is not None else []
        if item_id != self._item_id or dict(given) != self._names:
            self._item_id, self._names = item_id, dict(given)
            self.show_links([(tag_id, f"#{name}") for tag_id, name in given])

    def offer(self, tag_id: int) -> QMenu:
        """What can be done with a tag, as a menu."""
        name = self._names[tag_id]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        show = menu.addAction(icons.icon("search"), self.tr("Show all entries with #{tag}").format(tag=name))
        show.triggered.connect(partial(self.search_wanted.emit, f"tag:{name}"))
        away = menu.addAction(icons.icon("x"), self.tr("Take #{tag} away from this entry").format(tag=name))
        away.triggered.connect(partial(self.away_wanted.emit, self._item_id, tag_id, name))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        return menu
