"""The language of the search box: any text is a query, and operators narrow it.

    pricing "price rise" -beta          words, a phrase, a word that must not occur
    churn OR retention, ( ), AND, NOT   in capitals
    onboard*                            a beginning; the last word is one while it is typed
    tag: kind: from: to: on: mood: energy: has: in: is: link:
    #pricing                            a tag, as it stands in a text; a beginning while it is typed
    🙂                                  a sign that is no word, as it stands in the text

`parsed` never fails. What looks like an operator and is none is read as words, and `Query.remarks` says so; an
operator whose value cannot be understood is left out of the search and named in `Query.problems`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.core.days import Calendar
from app.core.daywords import parse_day_words

LONGEST: Final = 2_000
MOST_TERMS: Final = 60
SHOWN: Final = 24
"""Characters of a text by which it is named."""

HAS: Final = ("tag", "todo", "link", "file", "mood", "energy", "fields")
PLACES: Final = ("journal", "trash", "title")
STATES: Final = ("starred", "private", "empty", "due", "edited")
OPERATORS: Final = ("tag", "kind", "from", "to", "on", "mood", "energy", "has", "in", "is", "link")

_TOKEN: Final = re.compile(
    r"""(?P<minus>-?)(?:
        (?P<name>[a-z]+):(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s()"]*))
      | "(?P<phrase>[^"]*)"?
      | (?P<open>\() | (?P<close>\))
      | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
WORD: Final = re.compile(r"[^\W_]+")
_HASHTAG: Final = re.compile(r"#[^\W\d_][\w/\-]*")
_NUMBERS: Final = re.compile(r"(?P<sign><=|>=|<|>|=)?(?P<low>[1-5])(?:(?:-|–|\.\.)(?P<high>[1-5]))?")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand next to each other; `is_open` when the last is only a beginning."""

    words: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One operator that was understood.

    Attributes:
        name: One of `OPERATORS`, or "sign".
        value: A tag, a kind, a thing that it has, a place, a state, words of a title, a sign.
        first, last: The days of `from`, `to` and `on`, both included; the numbers of `mood` and `energy`.
        text: As it was typed, so that it can be taken out again.
        is_open: Whether the value is only the beginning of a tag.
    """

    name: str
    value: str = ""
    first: date | int | None = None
    last: date | int | None = None
    text: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be so."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    nodes: tuple[Node, ...]


Node = Term | Filter | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """What was understood of a text in the search box.

    Attributes:
        node: None when the text asks for nothing.
        problems: Operators that could not be understood, as typed, with the reason.
        remarks: What was read otherwise than it looks, or not at all, as typed, with how.
    """

    node: Node | None = None
    problems: tuple[tuple[str, str], ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()

    def terms(self) -> Iterator[Term]:
        """The words that matches contain, for highlighting; not those that must not occur."""
        yield from _terms(self.node)

    def filters(self) -> Iterator[Filter]:
        """The operators that all matches satisfy."""
        if isinstance(self.node, Filter):
            yield self.node
        elif isinstance(self.node, And):
            yield from (node for node in self.node.nodes if isinstance(node, Filter))


def parsed(
    text: str, *, today: date, calendar: Calendar | None = None, kinds: Mapping[str, str] | None = None
) -> Query:
    """What `text` asks for.

    Args:
        today: What days in words count from. kinds: Further names of kinds, in the user's language.
    """
    reading = _Reading(text[:LONGEST], today, calendar or Calendar(), kinds or {})
    node = reading.alternatives()
    while reading.has_more():  # a closing bracket too many
        reading.step()
        node = _joined(And, [node, reading.alternatives()])
    if len(text) > LONGEST:
        reading.remarks.append((_begun(text), f"Only the first {LONGEST:,} characters are looked for."))
    elif reading.count > MOST_TERMS:
        reading.remarks.append((_begun(text), f"Only the first {MOST_TERMS} words are looked for."))
    return Query(node, tuple(reading.problems), tuple(reading.remarks))


def retagged(text: str, old: str, new: str, *, with_old: bool = False) -> str:
    """The text of a search that asks for the tag `new` wherever `text` asks for `old`.

    Args:
        with_old: Ask for `old` as well, under which other tags stay.
    """

    def called(token: re.Match[str]) -> str:
        name, value, word = token["name"] or "", token["quoted"] or token["value"] or "", token["word"] or ""
        if name.lower() == "tag" and value.strip().lstrip("#").casefold() == old.casefold():
            sign = f"{name}:"
        elif _HASHTAG.fullmatch(word) and word[1:].rstrip("/-").casefold() == old.casefold():
            sign = "#"
        else:
            return token[0]
        asked = f"({sign}{new} OR {sign}{old})" if with_old else f"{sign}{new}"
        return f"{token['minus']}{asked}"

    return _TOKEN.sub(called, text)


def without(text: str, part: str) -> str:
    """`text` without the operator typed as `part`."""
    before, _, after = text.partition(part)
    return " ".join((before + " " + after).split())


# ---------------------------------------------------------------- reading


@dataclass
class _Reading:
    text: str
    today: date
    calendar: Calendar
    kinds: Mapping[str, str]
    problems: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    place: int = 0
    count: int = 0

    def __post_init__(self) -> None:
        self.tokens = list(_TOKEN.finditer(self.text))
        self.unfinished = bool(self.text) and not self.text[-1].isspace() and self.text[-1] not in '")'

    def has_more(self) -> bool:
        return self.place < len(self.tokens)

    def step(self) -> re.Match[str]:
        self.place += 1
        return self.tokens[self.place - 1]

    def _says(self, word: str) -> bool:
        if not self.has_more():
            return False
        token = self.tokens[self.place]
        return token["word"] == word and not token["minus"]

    def alternatives(self) -> Node | None:
        nodes = [self.together()]
        while self._says("OR"):
            self.step()
            nodes.append(self.together())
        return _joined(Or, nodes)

    def together(self) -> Node | None:
        nodes: list[Node | None] = []
        while self.has_more() and not self._says("OR") and self.tokens[self.place]["close"] is None:
            if self._says("AND"):
                self.step()
                continue
            nodes.append(self.one())
        return _joined(And, nodes)

    def one(self) -> Node | None:
        if self._says("NOT"):
            self.step()
            if not self.has_more() or self._says("OR") or self.tokens[self.place]["close"] is not None:
                return None
            return _negated(self.one())
        token = self.step()
        node = self._inside() if token["open"] is not None else self._leaf(token)
        return _negated(node) if token["minus"] else node

    def _inside(self) -> Node | None:
        node = self.alternatives()
        if self.has_more() and self.tokens[self.place]["close"] is not None:
            self.step()
        return node

    def _leaf(self, token: re.Match[str]) -> Node | None:
        name = (token["name"] or "").lower()
        if name in OPERATORS:
            value = (token["quoted"] if token["quoted"] is not None else token["value"]).strip()
            return self._filter(name, value, token)
        said = token["phrase"] if token["phrase"] is not None else token[0].removeprefix(token["minus"])
        words = tuple(WORD.findall(said.removesuffix("*")))
        if name and token["value"] and not token["value"].startswith("/"):  # but for an address
            known = ", ".join(f"{each}:" for each in OPERATORS)
            remark = said, f"No operator is called “{name}:”, so its words are looked for. There are {known}."
            self.remarks += [remark] if remark not in self.remarks else []
        self.count += 1
        if self.count > MOST_TERMS:
            return None
        is_last = token.end() == len(self.text) and self.unfinished and token["phrase"] is None
        if token["word"] and _HASHTAG.fullmatch(said):
            return Filter("tag", said[1:].rstrip("/-").casefold(), text=said, is_open=is_last)
        if not words:
            return Filter("sign", said, text=token[0].removeprefix(token["minus"])) if _is_sign(said) else None
        return Term(words, is_open=said.endswith("*") or is_last)

    def _filter(self, name: str, value: str, token: re.Match[str]) -> Node | None:
        typed = token[0].removeprefix(token["minus"])
        if not value:
            if token.end() < len(self.text.rstrip()):
                self.problems.append((typed, f"Say what follows “{name}:”."))
            return None
        if name == "in" and value.lower() not in PLACES:
            self.problems.append((typed, _one_of(PLACES)))
            return None
        made = _READERS[name](self, value)
        if isinstance(made, str):
            self.problems.append((typed, made))
            return None
        first, last = made.first, made.last
        return Filter(name, made.value, first, last, typed)

    def span(self, value: str) -> tuple[date, date] | None:
        found = parse_day_words(value.replace("_", " "), self.today, self.calendar)
        return (found.first, found.last) if found else None


def _is_sign(said: str) -> bool:
    """Whether it is an emoji or the like, which means something; ASCII and punctuation alone do not."""
    return any(not char.isascii() and unicodedata.category(char).startswith("S") for char in said)


def _begun(text: str) -> str:
    return text[:SHOWN].rstrip() + "…"


def _one_of(words: tuple[str, ...]) -> str:
    return f"Choose one of: {', '.join(words)}."


def _tag(reading: _Reading, value: str) -> Filter | str:
    return Filter("tag", value.lstrip("#").casefold())


def _link(reading: _Reading, value: str) -> Filter | str:
    words = " ".join(WORD.findall(value))
    return Filter("link", words) if words else "Say words of a title, such as link:retention."


def _kind(reading: _Reading, value: str) -> Filter | str:
    from app.core.kinds import SEARCHED_KINDS

    wanted = reading.kinds.get(value.casefold(), value.casefold()).replace("-", "_")
    wanted = "check_in" if wanted == "checkin" else wanted
    return (
        Filter("kind", wanted)
        if wanted in SEARCHED_KINDS
        else _one_of(tuple(kind.replace("_", "-") for kind in SEARCHED_KINDS))
    )


def _days(reading: _Reading, value: str) -> tuple[date, date] | str:
    return reading.span(value) or "This is not a day, such as 2026-03-01, 2019-05, yesterday or last_monday."


def _from(reading: _Reading, value: str) -> Filter | str:
    span = _days(reading, value)
    return span if isinstance(span, str) else Filter("from", first=span[0])


def _to(reading: _Reading, value: str) -> Filter | str:
    span = _days(reading, value)
    return span if isinstance(span, str) else Filter("to", last=span[1])


def _on(reading: _Reading, value: str) -> Filter | str:
    span = _days(reading, value)
    return span if isinstance(span, str) else Filter("on", first=span[0], last=span[1])


def _score(reading: _Reading, value: str) -> Filter | str:
    match, unclear = _NUMBERS.fullmatch(value), "Say a number from 1 to 5, such as 4, >3 or 2-4."
    if not match:
        return unclear
    low, sign = int(match["low"]), match["sign"] or "="
    high = int(match["high"]) if match["high"] else low
    bounds = {"=": (low, high), ">": (low + 1, 5), ">=": (low, 5), "<": (1, low - 1), "<=": (1, low)}[sign]
    first, last = sorted(bounds) if match["high"] else bounds
    return Filter("", first=first, last=last) if first <= last else unclear


def _word_of(words: tuple[str, ...]) -> Callable[[_Reading, str], Filter | str]:
    def read(reading: _Reading, value: str) -> Filter | str:
        wanted = value.casefold()
        return Filter("", wanted) if wanted in words else _one_of(words)

    return read


_READERS: Final[Mapping[str, Callable[[_Reading, str], Filter | str]]] = {
    "tag": _tag,
    "kind": _kind,
    "from": _from,
    "to": _to,
    "on": _on,
    "mood": _score,
    "energy": _score,
    "has": _word_of(HAS),
    "in": _word_of(PLACES),
    "is": _word_of(STATES),
    "link": _link,
}


def _joined(how: type[And] | type[Or], nodes: list[Node | None]) -> Node | None:
    each_once: dict[Node, None] = {}
    for node in nodes:
        each_once |= dict.fromkeys(node.nodes if isinstance(node, how) else (node,) if node is not None else ())
    flat = list(each_once)
    if len(flat) < 2:
        return flat[0] if flat else None
    return how(tuple(flat))


def _negated(node: Node | None) -> Node | None:
    if isinstance(node, Not):
        return node.node
    return None if node is None else Not(node)


def _terms(node: Node | None) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    elif isinstance(node, And | Or):
        for each in node.nodes:
            yield from _terms(each)
