"""Words as a reader counts them, tags as a writer types them, and the title a text gives itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

# Chinese, Japanese kana and Korean syllables have no spaces between words: each character counts.
_CJK: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
_ASCII_WORD: Final = re.compile(r"[^\W_]+(?:['\-.][^\W_]+)*", re.ASCII)
BESIDE: Final = "\x1f"
CODE: Final = re.compile(r"^(```|~~~).*?(?:^\1|\Z)|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_WITHIN: Final = re.compile(r"`[^`\n]+`")
_FENCES: Final = ("```", "~~~")
_FENCE: Final = re.compile(r"^(?:```|~~~)", re.MULTILINE)
_TAG: Final = re.compile(r"#(?<![\w/#&\[(\]]#)([^\W\d_][\w/\-]*)")  # the sign first: so it is soon found
_LEAD: Final = re.compile(r"^(?:#{1,6}\s+|>\s*|[-*+]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+)+")
LINK: Final = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)")
_NAMED: Final = re.compile(r"!?\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]*)\]\]")
_MARKS: Final = re.compile(r"(\*\*|__|~~|`)")

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SENTENCE: Final = re.compile(r".{28,}?[.!?](?=\s)")

TITLE_LENGTH: Final = 72


@cache
def _word() -> re.Pattern[str]:
    """A word in any script; made when first needed, for its 30,000 characters take milliseconds of a start."""
    return re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+(?:['’\-.][^\W_{_CJK}]+)*")


@cache
def _unspaced() -> re.Pattern[str]:
    """A character of a script written without spaces, Thai among them."""
    return re.compile(f"[\u0e01-\u0e5b{_CJK}]")


def normal_text(text: str) -> str:
    """`text` as the journal keeps it: NFC, LF, without NUL and lone surrogates."""
    if "\r" in text:  # looking for one character is quick also in millions
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.isascii():
        return text
    if _SURROGATE.search(text):
        text = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", text)


def counted(count: int, one: str, many: str) -> str:
    """`one` for a single thing, else `many`; {count} in it is the number, in groups of three."""
    return one if count == 1 else many.replace("{count}", f"{count:,}")


def word_count(text: str) -> int:
    """How many words `text` has; each CJK character is one. Where a link leads to is no word."""
    if "](" in text:
        text = LINK.sub(r"\1", text)
    return len((_ASCII_WORD if text.isascii() else _word()).findall(text))


def tags_in(text: str) -> tuple[str, ...]:
    """The #tags of `text` in order, each once (case-insensitive), outside code; without the #."""
    if "#" not in text:
        return ()
    found: dict[str, str] = {}
    for match in _TAG.finditer(lines_with(text, "#")):
        name = match[1].rstrip("/-")
        found.setdefault(name.casefold(), name)
    return tuple(found.values())


def lines_with(text: str, *signs: str) -> str:
    """The lines in which one of the signs stands, without code: in a long text they are few, and soon found."""
    found = []
    for part in _outside_fences(text):
        at, ahead = 0, dict.fromkeys(signs, -1)
        while True:
            ahead = {sign: part.find(sign, at) if place < at else place for sign, place in ahead.items()}
            ahead = {sign: place for sign, place in ahead.items() if place >= 0}
            if not ahead:
                break
            first = min(ahead.values())
            end = part.find("\n", first)
            end = end if end >= 0 else len(part)
            found.append(_WITHIN.sub(" ", part[part.rfind("\n", 0, first) + 1 : end]))
            at = end
    return "\n".join(found)


def _outside_fences(text: str) -> Iterator[str]:
    """What stands before, between and after the blocks of `CODE`."""
    at = 0
    ahead = {mark: _line_with(mark, text, 0) for mark in _FENCES}
    while True:
        ahead = {mark: _line_with(mark, text, at) if place < at else place for mark, place in ahead.items()}
        ahead = {mark: place for mark, place in ahead.items() if place >= 0}
        if not ahead:
            break
        mark, begin = min(ahead.items(), key=lambda fence: fence[1])
        yield text[at:begin]
        end = text.find(f"\n{mark}", begin + len(mark))
        if end < 0:
            return
        at = end + 1 + len(mark)
    yield text[at:]


def _line_with(mark: str, text: str, at: int) -> int:
    """Where the next line that begins with `mark` does, from `at` on; -1 where there is none."""
    if not at and text.startswith(mark):
        return 0
    found = text.find(f"\n{mark}", at)
    return found + 1 if found >= 0 else -1


def changed_lines(before: str, after: str) -> tuple[str, str]:
    """The whole lines of both texts between what they begin and what they end with alike.

    Tags, mentions and words differ in the texts as they differ in these lines. All of both, where a block of code
    begins or ends there.
    """
    first = shared_start(before, after)
    first = before.rfind("\n", 0, first) + 1
    rest, new = before[first:], after[first:]
    last = _shared_end(rest, new)
    at = rest.find("\n", len(rest) - last) if last else -1
    last = len(rest) - at if at >= 0 else 0
    was, now = rest[: len(rest) - last], new[: len(new) - last]
    return (before, after) if _FENCE.search(was) or _FENCE.search(now) else (was, now)


def changed_words(before: str, after: str) -> tuple[str, str]:
    """As `changed_lines`, but no more than the words that differ, where no link could reach further."""
    if "](" in before or "](" in after:
        return changed_lines(before, after)
    first = shared_start(before, after)
    first = max(before.rfind(" ", 0, first), before.rfind("\n", 0, first)) + 1
    rest, new = before[first:], after[first:]
    last = _shared_end(rest, new)
    ends = [at for end in " \n" if (at := rest.find(end, len(rest) - last)) >= 0] if last else []
    last = len(rest) - min(ends) if ends else 0
    return rest[: len(rest) - last], new[: len(new) - last]


def is_title_same(title: str, before: str, after: str) -> bool:
    """Whether both texts surely have the title that `before` has: what makes it, and far beyond, is in both."""
    head = before[: shared_start(before, after)]
    at = head.find(title.rstrip("…")) if title else -1
    return at >= 0 and "](" not in head and len(head) - at >= 4 * TITLE_LENGTH


def shared_start(one: str, other: str) -> int:
    """How many characters both begin with; compared in halves, for a long text has millions."""
    low, high = 0, min(len(one), len(other))
    if one[:high] == other[:high]:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _shared_end(one: str, other: str) -> int:
    """How many characters both end with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _cut(said: str) -> str:
    """The beginning of a long first line: its first sentence where that is a title, else whole words and "…"."""
    if (sentence := _SENTENCE.match(said)) and len(sentence[0]) <= TITLE_LENGTH:
        return sentence[0]
    head, space, _ = said[:TITLE_LENGTH].rpartition(" ")
    return (head if space else said[: TITLE_LENGTH - 1]).rstrip(" ,;:–—-") + "…"


def is_unspaced(text: str) -> bool:
    """Whether any of it is written without spaces between words: Chinese, Japanese, Korean, Thai."""
    return not text.isascii() and _unspaced().search(text) is not None


def spaced(text: str) -> str:
    """The characters of scripts without spaces, each a word, so that any run of them is a phrase."""
    return " ".join(_unspaced().findall(text))


def facts_of(fields: str, text: str) -> str:
    """What the search knows of an entry beside its text: what its fields say, and `spaced` what needs it."""
    said = fields.partition(BESIDE)[0]
    beside = spaced(f"{said}\n{text}") if is_unspaced(text) or is_unspaced(said) else ""
    return f"{said}{BESIDE}{beside}" if beside else said


def title_of(text: str, facts: str) -> str:
    """What an entry is called: by the first line of its `facts` where that says something, else by its text."""
    said = " ".join(facts.partition(BESIDE)[0].partition("\n")[0].split())
    if said:
        return said if len(said) <= TITLE_LENGTH else _cut(said)
    return title_in(text)


def unlinked(line: str) -> str:
    """A line with what its links show in place of the links."""
    return _NAMED.sub(r"\1", LINK.sub(r"\1", line)) if "[" in line else line


def title_in(text: str) -> str:
    """The first line that says something, without its Markdown marks, cut to `TITLE_LENGTH`."""
    for line in text[:4000].splitlines():
        said = _MARKS.sub("", unlinked(_LEAD.sub("", line.strip()))).strip()
        if said.startswith("|"):  # the first row of a table
            said = " · ".join(cell for each in said.split("|") if (cell := each.strip()))
        if said and not set(said) <= set("-=*_|: "):
            return said if len(said) <= TITLE_LENGTH else _cut(said)
    return ""
