"""The search box: words and operators, what they mean in plain words, and each operator as a chip to take out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from app.core.kinds import KINDS
from app.core.query import HAS, OPERATORS, PLACES, STATES, And, Filter, Node, Not, Or, Query, Term, without
from app.ui.kinds import kind_icon, kind_word
from app.ui.kit import dates, icons
from app.ui.kit.actions import ENTERS
from app.ui.kit.popups import handed_on
from app.ui.kit.room import ElidedButton, FlowLayout

DAY_WORDS: Final = (
    "today",
    "yesterday",
    "this_week",
    "last_week",
    "this_month",
    "last_month",
    "this_year",
    "last_year",
)
OFFERED: Final = 8
_SIGN: Final = re.compile(r"[^\w\s'’-]|(?<!\w)['’-]|['’-](?=\s)|\b(?:AND|OR|NOT)\b")
"""What may mean more than the words beside it; in don't and follow-up it does not."""
_ENDLESS: Final = re.compile(r"([^\s“”]{24})[^\s“”]{4,}")
"""A word that no line of the box has room for."""
_LAST: Final = re.compile(r"(?P<minus>-?)(?:(?P<name>[a-z]+):)?(?P<part>[^\s\"():]*)$", re.IGNORECASE)


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
        self._understand, self._tags, self._titles, self._today = understand, tags, titles, today
        self.query = Query()
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search the journal"))
        self.field.setClearButtonEnabled(True)
        self.field.setAccessibleName(self.tr("Search the journal"))
        self.field.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._filter = self.field.addAction(
            icons.icon("sliders-horizontal"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._filter.setToolTip(self.tr("Narrow the search (Alt+Down)"))
        self._filter.triggered.connect(self.offer_filters)
        self.best_first = False
        self.meaning = QLabel()
        self.meaning.setProperty("role", "hint")
        self.meaning.setWordWrap(True)
        self.meaning.setTextFormat(Qt.TextFormat.PlainText)
        self.meaning.hide()
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, spacing=4)
        self._chips.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 0)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self._chips)
        column.addWidget(self.meaning)
        self._words = QStringListModel(self)
        self._completer = QCompleter(self._words, self)
        self._completer.setWidget(self.field)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated[str].connect(self._complete)  # type: ignore[index]
        self.field.installEventFilter(self)
        self._popup().installEventFilter(self)
        self.field.textChanged.connect(self._read)
        self.field.textEdited.connect(self._offer)
        self.field.returnPressed.connect(self.left)
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
        has = self._is_asked(operator)
        self.field.setText(without(text, operator) if has else f"{text.strip()} {operator} ".lstrip())

    def _is_asked(self, operator: str) -> bool:
        return operator in self.text().split() or operator in self.chips()

    def offer_filters(self) -> QMenu:
        """Open the menu of what a search can be narrowed to."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        kinds = menu.addMenu(icons.icon("notebook-pen"), self.tr("Kind"))
        for kind in (*KINDS, "check_in", "rating", "review"):
            self._add(kinds, kind_word(kind), f"kind:{kind.replace('_', '-')}", kind_icon(kind))
        tags = menu.addMenu(icons.icon("tag"), self.tr("Tag"))
        for tag in self._tags()[:20]:
            self._add(tags, f"#{tag}", f"tag:{tag}")
        tags.setEnabled(not tags.isEmpty())
        far = menu.addMenu(icons.icon("link"), self.tr("Linked with"))
        for title in self._titles("")[:20]:
            self._add(far, title.replace("&", "&&"), _linked(title))
        far.setEnabled(not far.isEmpty())
        when = menu.addMenu(icons.icon("calendar"), self.tr("When"))
        for word, text in zip(DAY_WORDS, self._day_texts(), strict=True):
            self._add(when, text, f"on:{word}")
        moods = menu.addMenu(icons.icon("smile"), self.tr("Mood and energy"))
        for text, operator in (
            (self.tr("Mood good or great"), "mood:>3"),
            (self.tr("Mood low or bad"), "mood:<3"),
            (self.tr("Energy full or bursting"), "energy:>3"),
            (self.tr("Energy low or empty"), "energy:<3"),
        ):
            self._add(moods, text, operator)
        menu.addSeparator()
        for text, operator in (
            (self.tr("Starred"), "is:starred"),
            (self.tr("Kept out of reports"), "is:private"),
            (self.tr("Open check-boxes"), "has:todo"),
            (self.tr("Links"), "has:link"),
            (self.tr("Pictures or files"), "has:file"),
            (self.tr("Waiting for a verdict"), "is:due"),
            (self.tr("In the Trash"), "in:trash"),
        ):
            self._add(menu, text, operator)
        menu.addSeparator()
        best = menu.addAction(self.tr("Best match first"))
        best.setCheckable(True)
        best.setChecked(self.best_first)
        best.triggered.connect(self._order)
        keep = menu.addAction(icons.icon("save"), self.tr("Keep this search…"))
        keep.setEnabled(self.query.node is not None)
        keep.triggered.connect(self.keep_wanted)
        menu.popup(self.field.mapToGlobal(self.field.rect().bottomLeft()))
        return menu

    def _add(self, menu: QMenu, text: str, operator: str, icon: str = "") -> None:
        made = menu.addAction(text)
        if icon:
            made.setIcon(icons.icon(icon))
        made.setCheckable(True)
        made.setChecked(self._is_asked(operator))
        made.triggered.connect(self._toggler(operator))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._popup() and handed_on(self._popup(), event):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self._popup():
                return self._take(event.key())
            if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.offer_filters()
                return True
            if event.key() == Qt.Key.Key_Escape and self.text() and not self._popup().isVisible():
                self.field.clear()
                return True
        return False

    # ------------------------------------------------------------ what was understood

    def _read(self, text: str) -> None:
        was, self.query = self.query, self._understand(text)
        while item := self._flow.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        before: QWidget = self.field
        for wanted in self.query.filters():
            said = self.tr("Take out: {what}").format(what=self._told(wanted))
            chip = ElidedButton(f"{self._told(wanted)}  ✕", "segment", said, hugs=True)
            chip.setAccessibleName(said)
            chip.clicked.connect(self._remover(wanted.text))
            self._flow.addWidget(chip)
            QWidget.setTabOrder(before, chip)
            before = chip
        self._chips.setVisible(self._flow.count() > 0)
        said = self.explanation()
        self.meaning.setText(said)
        self.meaning.setVisible(bool(said))
        self.updateGeometry()
        self.asked.emit()
        if was.node is not None and self.query.node is None:
            self.emptied.emit()

    def explanation(self) -> str:
        """The query in plain words; blank where the words say it themselves."""
        lines = [f"“{typed}”: {said}" for typed, said in (*self.query.problems, *self.query.remarks)]
        node, typed = self.query.node, self.text().strip()
        if node is None and typed and not lines:
            lines = [self.tr("Nothing to look for yet: every entry is listed.")]
        elif node is not None and (_SIGN.search(typed) or not _is_plain(node)):
            lines.insert(0, self.tr("Entries {that}.").format(that=self._say(node)))
        return _ENDLESS.sub(r"\1…", "\n".join(lines))

    def _say(self, node: Node, *, inside: bool = False) -> str:
        if isinstance(node, Term):
            words = " ".join(node.words) + ("…" if node.is_open else "")
            return self.tr("with “{words}”").format(words=words)
        if isinstance(node, Filter):
            return self._told(node)
        if isinstance(node, Not):
            return self.tr("not {that}").format(that=self._say(node.node, inside=True))
        joint = self.tr(" or ") if isinstance(node, Or) else self.tr(" and ")
        said = joint.join(self._say(each, inside=True) for each in node.nodes)
        return f"({said})" if inside else said

    def _told(self, wanted: Filter) -> str:
        value = wanted.value
        if wanted.name == "tag":
            return self.tr("tagged #{tag}").format(tag=f"{value}…" if wanted.is_open else value)
        if wanted.name == "sign":
            return self.tr("with {sign}").format(sign=value)
        if wanted.name == "link":
            return self.tr("linked with “{title}”").format(title=value)
        if wanted.name == "kind":
            return self.tr("of kind {kind}").format(kind=kind_word(value))
        if wanted.name in ("from", "to", "on"):
            return self._days(wanted)
        if wanted.name in ("mood", "energy"):
            name = self.tr("mood") if wanted.name == "mood" else self.tr("energy")
            low, high = wanted.first, wanted.last
            return (
                self.tr("of {name} {low}").format(name=name, low=low)
                if low == high
                else self.tr("of {name} {low} to {high}").format(name=name, low=low, high=high)
            )
        return {
            "trash": self.tr("in the Trash"),
            "journal": self.tr("in the journal"),
            "title": self.tr("found by the title"),
            "starred": self.tr("starred"),
            "private": self.tr("private"),
            "empty": self.tr("without a word"),
            "due": self.tr("waiting for a verdict"),
            "edited": self.tr("with earlier versions"),
            "tag": self.tr("with a tag"),
            "todo": self.tr("with open check-boxes"),
            "link": self.tr("with a link"),
            "file": self.tr("with a picture or file"),
            "mood": self.tr("with a mood"),
            "energy": self.tr("with an energy"),
            "fields": self.tr("with fields"),
        }[value]

    def _days(self, wanted: Filter) -> str:
        first = dates.short_day(wanted.first, self._today) if isinstance(wanted.first, date) else ""
        last = dates.short_day(wanted.last, self._today) if isinstance(wanted.last, date) else ""
        if not last:
            return self.tr("since {day}").format(day=first)
        if not first:
            return self.tr("until {day}").format(day=last)
        return self.tr("on {day}").format(day=first) if first == last else f"{first} – {last}"

    # ------------------------------------------------------------ completion

    def _offer(self, text: str) -> None:
        found = self._completions(text[: self.field.cursorPosition()])
        if not found:
            self._popup().hide()
            return
        self._words.setStringList(found)
        self._completer.complete()

    def _completions(self, text: str) -> list[str]:
        match = _LAST.search(text)
        if match is None:
            return []
        name, part = (match["name"] or "").lower(), match["part"].casefold()
        if part.startswith("#") and not name:
            fitting = [tag for tag in self._tags() if tag.casefold().startswith(part[1:])]
            return [f"#{tag}" for tag in fitting if tag.casefold() != part[1:]][:OFFERED]
        if not name:
            return [f"{each}:" for each in OPERATORS if len(part) > 1 and each.startswith(part)]
        if name == "link":
            return [_linked(title) for title in self._titles(part)[:OFFERED]]
        values: Sequence[str] = {
            "tag": self._tags(),
            "kind": tuple(kind.replace("_", "-") for kind in (*KINDS, "check_in", "rating", "review")),
            "from": DAY_WORDS,
            "to": DAY_WORDS,
            "on": DAY_WORDS,
            "has": HAS,
            "in": PLACES,
            "is": STATES,
            "mood": ("1", "2", "3", "4", "5"),
            "energy": ("1", "2", "3", "4", "5"),
        }.get(name, ())
        fitting = [value for value in values if value.casefold().startswith(part.lstrip("#")) and value != part]
        return [f"{name}:{value}" for value in fitting[:OFFERED]]

    def _take(self, key: int) -> bool:
        """Tab takes the offer, Enter only what was chosen of it: else the search is meant as it stands."""
        if key not in (*ENTERS, Qt.Key.Key_Tab):
            return False
        chosen = [index.data() for index in self._popup().selectedIndexes()]
        self._popup().hide()
        if chosen or key == Qt.Key.Key_Tab:
            self._complete(chosen[0] if chosen else self._words.stringList()[0])
        else:
            self.left.emit()
        return True

    def _complete(self, chosen: str) -> None:
        place = self.field.cursorPosition()
        before, after = self.field.text()[:place], self.field.text()[place:]
        match = _LAST.search(before)
        start = match.start() + len(match["minus"]) if match else place
        end = "" if chosen.endswith(":") else " "
        self.field.setText(before[:start] + chosen + end + after.lstrip())
        self.field.setCursorPosition(start + len(chosen) + len(end))
        if chosen.endswith(":"):
            self._offer(self.field.text())

    # ------------------------------------------------------------ small things

    def _popup(self) -> QAbstractItemView:
        popup = self._completer.popup()
        assert popup is not None
        return popup

    def _toggler(self, operator: str) -> Callable[[], None]:
        return lambda: self.toggle(operator)

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

    def _order(self, best_first: bool) -> None:
        self.best_first = best_first
        self.asked.emit()

    def _day_texts(self) -> tuple[str, ...]:
        return (
            self.tr("Today"), self.tr("Yesterday"), self.tr("This week"), self.tr("Last week"),
            self.tr("This month"), self.tr("Last month"), self.tr("This year"), self.tr("Last year"),
        )  # fmt: skip


def _linked(title: str) -> str:
    return 'link:"{}"'.format(title.replace('"', ""))


def _is_plain(node: Node) -> bool:
    """Whether it is only words that all must occur: without a sign they explain themselves."""
    return all(isinstance(each, Term) for each in (node.nodes if isinstance(node, And) else (node,)))
