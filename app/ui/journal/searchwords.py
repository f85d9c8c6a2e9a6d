"""What a search means, in plain words."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from PySide6.QtCore import QObject

from app.core.query import And, Filter, Node, Not, Or, Query, Term
from app.ui.kinds import kind_word
from app.ui.kit import dates

_SIGN: Final = re.compile(r"[^\w\s'’-]|(?<!\w)['’-]|['’-](?=\s)|\b(?:AND|OR|NOT)\b")
"""What may mean more than the words beside it; in don't and follow-up it does not."""
_ENDLESS: Final = re.compile(r"([^\s“”]{24})[^\s“”]{4,}")
"""A word that no line of the box has room for."""


class SearchWords(QObject):
    """Says queries and their operators; days as they are called `today`."""

    def __init__(self, today: date, parent: QObject) -> None:
        super().__init__(parent)
        self._today = today

    def explain(self, query: Query, typed: str) -> str:
        """A query in plain words; blank where what was typed says it itself."""
        lines = [f"“{part}”: {said}" for part, said in (*query.problems, *query.remarks)]
        node, typed = query.node, typed.strip()
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
            return self.told(node)
        if isinstance(node, Not):
            return self.tr("not {that}").format(that=self._say(node.node, inside=True))
        joint = self.tr(" or ") if isinstance(node, Or) else self.tr(" and ")
        said = joint.join(self._say(each, inside=True) for each in node.nodes)
        return f"({said})" if inside else said

    def told(self, wanted: Filter) -> str:
        """One operator in plain words."""
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


def _is_plain(node: Node) -> bool:
    """Whether it is only words that all must occur: without a sign they explain themselves."""
    return all(isinstance(each, Term) for each in (node.nodes if isinstance(node, And) else (node,)))
