"""What the journal gives to an editor: completion of tags, people and items, its words, where its links lead."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.core import mentions
from app.core.store import Store
from app.core.words import word_count
from app.ui.kit.background import run_in_background
from app.ui.kit.editor import MarkdownEditor
from app.ui.kit.editor.completion import Completion
from app.ui.kit.editor.spelling import speller

READY_MS = 4000
"""What the first completion needs is read in once the start is over."""


class WritingAids(QObject):
    """Belongs to one editor of a page.

    Signals:
        item_wanted: A link leads to this item. search_wanted: A link asks for this search.
        announced: A sentence for the message bar, and what undoes it.
    """

    item_wanted = Signal(int)
    search_wanted = Signal(str)
    announced = Signal(str, object)

    def __init__(self, store: Store, editor: MarkdownEditor, page: QWidget) -> None:
        super().__init__(editor)
        self._store, self._page = store, page
        self.completion = Completion(
            editor,
            {"#": self._offer("tag_names"), "@": self._offer("people_names"), "[[": self._offer("item_titles")},
        )
        with store.read() as session:
            people = mentions.people_names(session, "", limit=1000)
        speller().know(word for name in people for word in name.split("-"))
        speller().refused.connect(self._tell)
        editor.markdown_of = markdown_of_html
        editor.tally.count_by(word_count)
        editor.link_requested.connect(self.follow_link)
        QTimer.singleShot(READY_MS, self, self._get_ready)

    def _tell(self, sentence: str) -> None:
        if self._page.isVisible():
            self.announced.emit(sentence, None)

    def _get_ready(self) -> None:
        run_in_background(self, mentions.get_ready, lambda _: None)

    def follow_link(self, target: str) -> None:
        """Go to the item, person or tag that `target` names; show an address before it is opened."""
        if target.startswith("#"):
            self.search_wanted.emit(f"tag:{target[1:]}")
        elif target.startswith(("[[", "@")):
            self._go_to(target)
        else:
            from app.ui.kit.editor.opening import OpenLinkDialog

            OpenLinkDialog(target, self._page).open()

    def _go_to(self, target: str) -> None:
        title = target.lstrip("@").strip("[]")
        with self._store.read() as session:
            found = mentions.person(session, title) if target[0] == "@" else mentions.titled(session, title)
        if found is not None:
            self.item_wanted.emit(found)
        elif day := _day_named(title):
            self.search_wanted.emit(f"on:{day}")
        else:
            said = self.tr("Nothing in the journal is called “{title}”.").format(title=title)
            self.announced.emit(said, None)

    def _offer(self, query: str) -> Callable[[str], list[str]]:
        def offer(typed: str) -> list[str]:
            with self._store.read() as session:
                found: list[str] = getattr(mentions, query)(session, typed)
            return found

        return offer


def _day_named(title: str) -> str:
    """The day that a link to a daily note of another program names, "" where it names none."""
    from app.core.transfer.stamps import stamp

    found = stamp(title.partition("|")[0].partition("#")[0])
    return found.day.isoformat() if found else ""


def markdown_of_html(html: str) -> str:
    """Markdown of what was copied from a page; read in when first needed."""
    from app.core.transfer.html_text import markdown

    return markdown(html)
