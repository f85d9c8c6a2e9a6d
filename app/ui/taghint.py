"""A quiet question about a new tag that is much like one in use."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt

from app.core import mentions
from app.core.store import Store
from app.core.words import changed_lines, tags_in
from app.ui.kit.actions import PushButton
from app.ui.kit.editor import MarkdownEditor


class TagHint(PushButton):
    """Offers to write the tag that is in use; a click does it, everything else leaves the words alone."""

    def __init__(self, store: Store, editor: MarkdownEditor) -> None:
        super().__init__()
        self._store, self._editor = store, editor
        self._seen: set[str] = set()
        self._text = ""
        self._words = ("", "")
        self.setProperty("role", "link")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._use)
        self.hide()

    def begin(self, text: str) -> None:
        """Another text lies here; what stands in it is not asked about."""
        self._seen, self._text = set(), text
        self.hide()

    def look(self, text: str) -> None:
        """Ask about a tag that came since."""
        was, said = changed_lines(self._text, text)
        self._text = text
        here = tags_in(said)
        fresh = [tag for tag in here if tag not in self._seen and tag not in tags_in(was)]
        self._seen.update(fresh)
        if not self.isHidden() and self._words[0] not in here and f"#{self._words[0]}" not in text:
            self.hide()
        for tag in fresh:
            with self._store.read() as session:
                near = mentions.near_tag(session, tag)
            if near is not None:
                self._words = (tag, near)
                self.setText(self.tr("#{tag}: did you mean #{near}?").format(tag=tag, near=near))
                self.setTabOrder(self._editor, self)
                self.show()

    def _use(self) -> None:
        tag, near = self._words
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # no list comes up for what nobody typed
        self._editor.apply_text(re.sub(rf"#{re.escape(tag)}(?![\w/-])", f"#{near}", self._editor.text()))
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
