"""HTML as a tree, however broken it is: nothing in it is fetched, run or nested without end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import Final

DEEPEST: Final = 120
_VOID_NAMES: Final = "area base br col embed hr img input link meta source track wbr en-media en-todo"
_BLOCK_NAMES: Final = (
    "address article aside blockquote body center dd details div dl dt en-note fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead "
    "tr ul"
)
_UNSEEN_NAMES: Final = "script style head title template noscript object iframe"
VOID: Final = frozenset(_VOID_NAMES.split())
BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_UNSEEN: Final = frozenset(_UNSEEN_NAMES.split())
_ENDED_BY: Final = {
    "p": BLOCKS,
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th", "tr", "tbody", "tfoot"},
    "th": {"td", "th", "tr", "tbody", "tfoot"},
    "tr": {"tr", "tbody", "tfoot"},
    "option": {"option"},
}
_LISTS: Final = {
    "li": ("ul", "ol"),
    "td": ("table",),
    "th": ("table",),
    "tr": ("table",),
    "dt": ("dl",),
    "dd": ("dl",),
}
_QUOTES: Final = ('"', "'")
_NAME: Final = re.compile(r"<(/?)([A-Za-z][^\s/>]{0,60})")
_QUOTE_OR_END: Final = re.compile(r"=\s{0,20}[\"']|>")
_ATTRIBUTE: Final = re.compile(r"([^\s\"'<>/=]{1,100})(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")


@dataclass(slots=True)
class Node:
    """An element.

    Attributes:
        holds_blocks: Whether an element that stands on lines of its own is somewhere in it.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)
    holds_blocks: bool = False

    def style(self) -> str:
        return self.attributes.get("style", "").casefold().replace(" ", "")

    def words(self) -> str:
        """All text in it, line breaks as such."""
        parts: list[str] = []
        rest: list[Node | str] = [self]
        while rest:
            one = rest.pop()
            if isinstance(one, str):
                parts.append(one)
            elif one.tag == "br":
                parts.append("\n")
            else:
                if one.tag in ("div", "p", "li") and parts and not parts[-1].endswith("\n"):
                    parts.append("\n")
                rest += reversed(one.children)
        return "".join(parts)


def tree(html: str) -> Node:
    """The root of what `html` holds."""
    builder = _Builder()
    builder.read(html)
    return builder.root


class _Builder:
    """Goes through the text once: `html.parser` needs minutes for what is made to be slow."""

    def __init__(self) -> None:
        self.root = Node("root")
        self._open = [self.root]
        self._unseen = ""
        self._unclosed: set[str] = set()

    def read(self, html: str) -> None:
        place, last = html.find("<"), html.rfind(">")
        self._text(html[: place if place >= 0 else len(html)])
        while 0 <= place < last:
            end = self._markup(html, place)
            following = html.find("<", end)
            self._text(html[end : following if following >= 0 else len(html)])
            place = following
        if place >= 0:
            self._text(html[place:])

    def _markup(self, html: str, place: int) -> int:
        """Take in what begins at a "<"; returns where it ends."""
        for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>")):
            if html.startswith(opening, place) and opening not in self._unclosed:
                end = html.find(closing, place + len(opening))
                if end < 0:
                    self._unclosed.add(opening)
                    break
                if opening != "<!--":
                    self._data(html[place + len(opening) : end])
                return end + len(closing)
        if html.startswith(("<!", "<?"), place):
            return html.find(">", place) + 1 or len(html)
        found = _NAME.match(html, place)
        if not found:
            self._data("<")
            return place + 1
        end = _tag_end(html, found.end())
        tag = found[2].casefold()
        if found[1]:
            self._end(tag)
        else:
            self._start(tag, html[found.end() : end])
        if tag in ("script", "style") and self._unseen == tag:  # what is in them is no HTML
            ending = re.compile(f"</{tag}", re.IGNORECASE).search(html, end)
            return ending.start() if ending else len(html)
        return end + 1

    def _start(self, tag: str, inner: str) -> None:
        if self._unseen:
            return
        if tag in _UNSEEN:
            self._unseen = "" if inner.endswith("/") else tag
            return
        self._end_implied(tag)
        node = Node(tag, _attributes(inner))
        if tag in BLOCKS:
            for above in self._open:
                above.holds_blocks = True
        self._open[-1].children.append(node)
        if tag not in VOID and not inner.endswith("/") and len(self._open) < DEEPEST:
            self._open.append(node)

    def _end(self, tag: str) -> None:
        if self._unseen:
            self._unseen = "" if tag == self._unseen else self._unseen
            return
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def _text(self, text: str) -> None:
        self._data(unescape(text) if "&" in text else text)

    def _data(self, text: str) -> None:
        if text and not self._unseen:
            self._open[-1].children.append(text)

    def _end_implied(self, tag: str) -> None:
        """Close what the new element cannot stand in, up to the list or table that they share."""
        for place in range(len(self._open) - 1, 0, -1):
            above = self._open[place].tag
            if tag in _ENDED_BY.get(above, ()):
                del self._open[place:]
                return
            if above in _LISTS.get(tag, ()) or (above in ("td", "th", "li", "blockquote") and tag not in _LISTS):
                return


def _tag_end(html: str, place: int) -> int:
    """Where the ">" of a tag stands, one between the quotes of a value left aside."""
    start = place
    while found := _QUOTE_OR_END.search(html, place):
        if found[0] == ">":
            return found.start()
        closing = html.find(found[0][-1], found.end())
        if closing < 0:
            break
        place = closing + 1
    end = html.find(">", start)
    return end if end >= 0 else len(html)


def _attributes(inner: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in islice(_ATTRIBUTE.finditer(inner), 100):
        value = match[2] or ""
        found.setdefault(match[1].casefold(), unescape(value[1:-1] if value[:1] in _QUOTES else value))
    return found
