"""The search box: words and operators, what they mean in plain words, and each operator as a chip to take out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from app.core.query import Query, without
from app.ui.journal.filtermenu import FilterMenu
from app.ui.journal.searchoffers import SearchOffers
from app.ui.journal.searchwords import SearchWords
from app.ui.kit import icons
from app.ui.kit.room import ElidedButton, FlowLayout


class SearchBox(QWidget):
    """A field with what it understood below it.

    Signals:
        asked: The text changed. emptied: It asks for nothing any more. left: Return was pressed.
        keep_wanted: The search is to be kept.
    """

    asked = Signal()
    emptied = Signal()
    left = Signal()
    keep_wanted = Signal()

    def __init__(
        self,
        understand: Callable[[str], Query],
        tags: Callable[[], Sequence[str]],
        titles: Callable[[str], Sequence[str]],
        today: date,
    ) -> None:
        """`tags` in use and `titles` that fit some words are offered."""
        super().__init__()
        self._understand, self._tags, self._titles = understand, tags, titles
        self._words = SearchWords(today, self)
        self.query = Query()
        self.best_first = False
        self.field = QLineEdit()
        self.meaning = QLabel()
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, spacing=4)
        self.offers = SearchOffers(self.field, tags, titles)
        self._lay_out()
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._read)
        self.field.returnPressed.connect(self.left)
        self.offers.left.connect(self.left)
        self.setFocusProxy(self.field)

    def text(self) -> str:
        """What is typed."""
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Search for something else."""
        self.field.setText(text)

    def chips(self) -> list[str]:
        """The operators on show, as they were typed."""
        return [wanted.text for wanted in self.query.filters()]

    def toggle(self, operator: str) -> None:
        """Put an operator into the text, or take it out."""
        text = self.text()
        has = self.is_asked(operator)
        self.field.setText(without(text, operator) if has else f"{text.strip()} {operator} ".lstrip())

    def is_asked(self, operator: str) -> bool:
        """Whether an operator stands in the text."""
        return operator in self.text().split() or operator in self.chips()

    def order(self, best_first: bool) -> None:
        """List the best match first, or the newest."""
        self.best_first = best_first
        self.asked.emit()

    def offer_filters(self) -> QMenu:
        """Open the menu of what a search can be narrowed to."""
        menu = FilterMenu(self, self._tags(), self._titles(""))
        menu.popup(self.field.mapToGlobal(self.field.rect().bottomLeft()))
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.offer_filters()
                return True
            if event.key() == Qt.Key.Key_Escape and self.text() and not self.offers.popup.isVisible():
                self.field.clear()
                return True
        return False

    def _read(self, text: str) -> None:
        was, self.query = self.query, self._understand(text)
        while item := self._flow.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        before: QWidget = self.field
        for wanted in self.query.filters():
            said = self.tr("Take out: {what}").format(what=self._words.told(wanted))
            chip = ElidedButton(f"{self._words.told(wanted)}  ✕", "segment", said, hugs=True)
            chip.setAccessibleName(said)
            chip.clicked.connect(self._remover(wanted.text))
            self._flow.addWidget(chip)
            QWidget.setTabOrder(before, chip)
            before = chip
        self._chips.setVisible(self._flow.count() > 0)
        said = self._words.explain(self.query, text)
        self.meaning.setText(said)
        self.meaning.setVisible(bool(said))
        self.updateGeometry()
        self.asked.emit()
        if was.node is not None and self.query.node is None:
            self.emptied.emit()

    def _remover(self, typed: str) -> Callable[[], None]:
        return lambda: self._take_out(typed)

    def _take_out(self, typed: str) -> None:
        """Take an operator out; who did it with the keyboard goes on at the next one, or in the field."""
        has_keyboard = self._chips.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        place = self.chips().index(typed)
        self.field.setText(without(self.text(), typed))
        if has_keyboard:
            left = self._flow.itemAt(min(place, self._flow.count() - 1))
            beside = (left.widget() if left is not None else None) or self.field
            beside.show()  # at once: it is given the keyboard
            beside.setFocus(Qt.FocusReason.TabFocusReason)

    def _lay_out(self) -> None:
        self.field.setPlaceholderText(self.tr("Search the journal"))
        self.field.setClearButtonEnabled(True)
        self.field.setAccessibleName(self.tr("Search the journal"))
        self.field.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        narrow = self.field.addAction(icons.icon("sliders-horizontal"), QLineEdit.ActionPosition.TrailingPosition)
        narrow.setToolTip(self.tr("Narrow the search (Alt+Down)"))
        narrow.triggered.connect(self.offer_filters)
        self.meaning.setProperty("role", "hint")
        self.meaning.setWordWrap(True)
        self.meaning.setTextFormat(Qt.TextFormat.PlainText)
        self.meaning.hide()
        self._chips.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 0)
        column.setSpacing(6)
        for part in (self.field, self._chips, self.meaning):
            column.addWidget(part)
