"""Beginning a page with a template, whose text is not kept before something is written into it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu, QWidget

from app.core import clock, templates
from app.core.store import Store
from app.core.templates import Filled, Template
from app.core.writing import Writing
from app.ui.kinds import kind_icon, kind_word
from app.ui.kit import dates, icons
from app.ui.kit.editor import Autosaver, MarkdownEditor
from app.ui.kit.editor.text import as_units


class Templates(QObject):
    """Serves one editor. `changed` tells that the page now begins, or no longer begins, with a template."""

    changed = Signal()

    def __init__(
        self,
        store: Store,
        editor: MarkdownEditor,
        autosaver: Autosaver,
        writing: Callable[[], Writing | None],
        save: Callable[[str], None],
        page: QWidget,
    ) -> None:
        super().__init__(editor)
        self._store, self._editor, self._autosaver = store, editor, autosaver
        self._writing, self._save, self._page = writing, save, page

    @property
    def is_untouched(self) -> bool:
        """Whether the page says nothing but its template."""
        writing = self._writing()
        return writing is not None and bool(writing.untouched) and not self._autosaver.has_unsaved

    def begin(self) -> None:
        """Begin a fresh page as its kind does by itself."""
        writing = self._writing()
        if writing is not None:
            with self._store.read() as session:
                text = templates.beginning(session, writing.kind)
            if text or self.is_untouched:
                self._show(writing, self._filled(text, writing.day))

    def apply(self, text: str) -> None:
        """Begin the empty page with a template, or put it where the cursor is on a page that says something."""
        writing = self._writing()
        if writing is None:
            return
        filled = self._filled(text, writing.day)
        if self.is_untouched or not self._editor.text().strip():
            self._show(writing, filled)
        else:
            cursor = self._editor.textCursor()
            lead = "" if cursor.atBlockStart() else "\n"
            cursor.insertText(lead + filled.text)
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self) -> None:
        """Open the menu of templates where the text is written."""
        writing = self._writing()
        if writing is None:
            return
        with self._store.read() as session:
            held = templates.templates(session)
        held.sort(key=lambda each: (bool(each.name), each.kind != writing.kind))
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, each in enumerate(held):
            if place and bool(each.name) != bool(held[place - 1].name):
                menu.addSeparator()
            if each.text.strip():
                made = menu.addAction(icons.icon(kind_icon(each.kind)), called(each))
                made.triggered.connect(partial(self.apply, each.text))
        menu.addSeparator()
        if self.is_untouched:
            blank = menu.addAction(icons.icon("file-text"), self.tr("Blank page"))
            blank.triggered.connect(partial(self.apply, ""))
        edit = menu.addAction(icons.icon("pencil"), self.tr("Edit templates…"))
        edit.triggered.connect(self.edit)
        menu.popup(self._editor.viewport().mapToGlobal(self._editor.cursorRect().bottomLeft()))

    def edit(self) -> None:
        """Show all templates, to be changed."""
        from app.ui.templates.dialog import TemplatesDialog

        writing = self._writing()
        kind = writing.kind if writing is not None else "note"
        TemplatesDialog(self._store, kind, self._page).open()

    def _filled(self, text: str, day: date) -> Filled:
        return filled(self._store, text, day)

    def _show(self, writing: Writing, filled: Filled) -> None:
        writing.untouched = ""
        if not self._autosaver.bind(filled.text, self._save):
            return
        writing.untouched = filled.text
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(len(as_units(filled.text[: filled.at])))
        self._editor.setTextCursor(cursor)
        self.changed.emit()


def called(template: Template) -> str:
    """What a template is called: by its name, or by the kind whose own it is."""
    return template.name or kind_word(template.kind)


def filled(store: Store, text: str, day: date) -> Filled:
    """A template as it reads on `day`."""
    if not text:
        return Filled("", 0)
    now = clock.now()
    with store.read() as session:
        told = templates.lists(session, day) | templates.calendar_words(session, day)
    told["date"] = dates.day_and_year(day)
    told["weekday"] = QLocale().toString(dates.qdate(day), "dddd")
    told["month"] = dates.month_text(day)
    told["time"] = dates.time_text(now, clock.zone().key)
    return templates.fill(text, told)
