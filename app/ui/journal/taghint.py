"""A quiet question about a new tag that is much like one in use."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QPushButton

from app.core import mentions
from app.core.store import Store
from app.core.words import tags_in
from app.ui.kit.editor import MarkdownEditor


class TagHint(QPushButton):
    """Offers to write the tag that is in use; a click does it, everything else leaves the words alone."""

    def __init__(self, store: Store, editor: MarkdownEditor) -> None:
        super().__init__()
        self._store, self._editor = store, editor
        self._seen: set[str] = set()
        self._words = ("", "")
        self.setProperty("role", "link")
        self.clicked.connect(self._use)
        self.hide()

    def begin(self, text: str) -> None:
        """Another text lies here; what stands in it is not asked about."""
        self._seen = set(tags_in(text))
        self.hide()

    def look(self, text: str) -> None:
        """Ask about a tag that came since."""
        fresh = [tag for tag in tags_in(text) if tag not in self._seen]
        self._seen.update(fresh)
        if self._words[0] and self._words[0] not in tags_in(text):
            self.hide()
        for tag in fresh:
            with self._store.read() as session:
                near = mentions.near_tag(session, tag)
            if near is not None:
                self._words = (tag, near)
                self.setText(self.tr("#{tag}: did you mean #{near}?").format(tag=tag, near=near))
                self.show()

    def _use(self) -> None:
        tag, near = self._words
        self._editor.apply_text(re.sub(rf"#{re.escape(tag)}(?![\w/-])", f"#{near}", self._editor.text()))
        self.hide()
