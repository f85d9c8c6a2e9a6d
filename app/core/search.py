"""Full-text search: any text is a valid query, newest first, fast enough to run at each key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain, combinations, islice
from typing import Any, Final

from sqlalchemy.orm import Session

from app.core import days
from app.core.query import WORD, And, Filter, Node, Not, Or, Query, Term
from app.core.rows import all_ids, split_ids
from app.core.words import BESIDE, is_unspaced, spaced

BEST_AMONG: Final = 10_000
"""The best match is looked for among this many of the newest."""

_TWIN: Final = {"ss": "ß", "o": "ø", "l": "ł", "d": "đ"} | {"ß": "ss", "ø": "o", "ł": "l", "đ": "d"}
"""Letters of their own, to the index, that many type and read as others."""

_TWINS: Final = re.compile("(ss|[ßoøłlđd])", re.IGNORECASE)
_PLAIN: Final = str.maketrans("øłđ", "old")
TWINNED: Final = 3
"""Characters from which on twins are looked for; fewer begin half of all words."""

MOST_WAYS: Final = 8
_SNIPPET_AROUND: Final = 60

_MATCHING: Final = """
    SELECT item.id FROM item_search CROSS JOIN item ON item.moment = item_search.rowid
    WHERE item_search MATCH ? AND {where}
    ORDER BY item_search.rowid DESC LIMIT ?
"""
_FILTERED: Final = "SELECT item.id FROM item WHERE {where} ORDER BY item.moment DESC LIMIT ?"
_BEST: Final = """
    SELECT id FROM (
        SELECT item.id AS id, bm25(item_search, 4.0, 1.0, 2.0) AS score, item.moment AS moment
        FROM item_search CROSS JOIN item ON item.moment = item_search.rowid
        WHERE item_search MATCH ? AND {where} ORDER BY item_search.rowid DESC LIMIT ?
    ) ORDER BY score, moment DESC
"""
_SNIPPETS: Final = """
    SELECT item.id, snippet(item_search, -1, char(2), char(3), '…', 18)
    FROM item_search CROSS JOIN item ON item.moment = item_search.rowid
    WHERE item_search MATCH ? AND item_search.rowid IN ({moments})
"""
_TITLED: Final = """
    SELECT item.id FROM item_search CROSS JOIN item ON item.moment = item_search.rowid
    WHERE item_search MATCH ? AND item_search.rowid {side} 0 AND item.deleted_at IS NULL{beside}
    ORDER BY item_search.rowid DESC LIMIT ?
"""
_UNDATED: Final = """
    SELECT item.id FROM item WHERE item.moment < 0 AND item.deleted_at IS NULL{beside}
    ORDER BY item.moment DESC LIMIT ?
"""
_TEXTS: Final = "SELECT id, moment, substr(text, 1, ?), facts, length(text) FROM item WHERE id IN ({marks})"
LOOKED_THROUGH: Final = 20_000
"""Characters of a text in which a match is looked for here; further on the index is asked."""

MOST_ELSEWHERE: Final = 12
_NO_DATE: Final = date.max.toordinal() + 1


@dataclass
class _Search:
    """SQL for a query: what FTS5 is to match, and what else must hold."""

    match: str = ""
    where: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    in_trash: bool = False


# ---------------------------------------------------------------- queries


def matching_entry_ids(session: Session, query: Query, *, limit: int = -1, best_first: bool = False) -> list[int]:
    """Entries that the query asks for, newest first, at most `limit` (-1: all).

    Args:
        best_first: By how well they match instead, among the newest `BEST_AMONG`.
    """
    found = _compiled(query)
    if found is None:
        return []
    state = "item.deleted_at IS NOT NULL" if found.in_trash else "item.deleted_at IS NULL"
    if found.in_trash:  # whose starred ones have no index
        found.where = [each.replace(_STATES["starred"], "item.starred") for each in found.where]
    if not found.match:
        where = " AND ".join((state, "item.moment > 0", *found.where))
        values = (*found.values, limit)
        return _ids(session, _FILTERED.format(where=where), values)
    # By the row's own number, which is the moment: what it rules out is never fetched. The plus keeps SQLite from
    # asking the index once for each of a set.
    where = " AND ".join((state, "item.moment > 0", *found.where)).replace("item.moment IN", "+item.moment IN")
    where = where.replace("item.moment", "item_search.rowid")
    if best_first:
        return _ids(session, _BEST.format(where=where), (found.match, *found.values, BEST_AMONG))[
            : limit if limit > 0 else None
        ]
    return _ids(session, _MATCHING.format(where=where), (found.match, *found.values, limit))


def snippets(session: Session, query: Query, ids: Sequence[int]) -> dict[int, str]:
    """For each of `ids` the part that matches, with the matches between ``\\x02`` and ``\\x03``."""
    terms = list(query.terms())
    if not terms or not ids:
        return {}
    found, elsewhere = {}, []
    marks, connection = ",".join("?" * len(ids)), session.connection()
    rows = connection.exec_driver_sql(_TEXTS.format(marks=marks), (LOOKED_THROUGH, *ids))
    for item_id, moment, said, facts, length in rows:
        found[item_id] = _excerpt(said, query) or _excerpt(facts.partition(BESIDE)[0], query)
        if not found[item_id] and length > LOOKED_THROUGH:
            elsewhere.append(moment)
    if elsewhere:  # asked of the index, which begins anew for each of them
        told = _SNIPPETS.format(moments=",".join(str(moment) for moment in elsewhere[:MOST_ELSEWHERE]))
        match = " OR ".join(_expression(term) for term in terms)
        found |= dict(tuple(row) for row in connection.exec_driver_sql(told, (match,)))
    return found


def matching_item_ids(session: Session, typed: str, *, limit: int = 50) -> list[int]:
    """Living items of any kind whose title says what was typed, those without a day first."""
    words = WORD.findall(typed[:200])
    if not words:
        return []
    terms = [*(Term((word,)) for word in words[:-1]), Term((words[-1],), is_open=True)]
    asked = " AND ".join(f"({_expression(term, titled=True)})" for term in terms)
    patterns = _patterns(terms)
    found: list[int] = []
    if patterns:  # of titles that are no text the index has no single characters, and those without a day are few
        asked_all = " AND item.title LIKE ?" * len(words)
        values = (*(f"%{word}%" for word in words), limit)
        found += session.connection().exec_driver_sql(_UNDATED.format(beside=asked_all), values).scalars()
    for side in (">",) if patterns else ("<", ">"):  # each in the order of the index, so that it may stop early
        titled = _TITLED.format(side=side, beside=" AND item.title LIKE ?" * len(patterns))
        values = (asked, *patterns, limit - len(found))
        found += session.connection().exec_driver_sql(titled, values).scalars()
    return found


def match_spans(said: str, query: Query) -> list[tuple[int, int]]:
    """Where in a text the query's words stand: (start, end) pairs in order, without overlaps."""
    folded, places = _folded(said)
    spans = [
        (places[match.start()], places[match.end()])
        for term in query.terms()
        for match in _pattern(term).finditer(folded)
    ]
    signs = (re.escape(wanted.value) for wanted in query.filters() if wanted.name == "sign")
    spans = sorted(spans + [match.span() for sign in signs for match in re.finditer(sign, said)])
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


# ---------------------------------------------------------------- from the query to SQL


def _compiled(query: Query) -> _Search | None:
    if query.node is None:
        return None
    search = _Search()
    parts = query.node.nodes if isinstance(query.node, And) else (query.node,)
    wanted, unwanted = [], []
    titled = any(isinstance(part, Filter) and (part.name, part.value) == ("in", "title") for part in parts)
    for part in parts:
        if isinstance(part, Filter) and part.name == "in":
            search.in_trash = search.in_trash or part.value == "trash"
        elif (expression := _fts(part, titled=titled)) is not None:
            wanted.append(expression)
        elif isinstance(part, Not) and (expression := _fts(part.node)) is not None:
            unwanted.append(expression)
        else:
            condition, values = _condition(part)
            search.where.append(condition)
            search.values.extend(values)
    for pattern in _patterns(part for part in parts if isinstance(part, Term)) if titled else ():
        search.where.append("(item.title LIKE ?)")
        search.values.append(pattern)
    if wanted:
        match = " AND ".join(f"({each})" for each in wanted)
        search.match = "".join((f"({match})", *(f" NOT ({each})" for each in unwanted)))
    else:
        for each in unwanted:
            search.where.append(f"NOT {_IN_SEARCH}")
            search.values.append(each)
    return search


_IN_SEARCH: Final = "(item.moment IN (SELECT rowid FROM item_search WHERE item_search MATCH ?))"


_SAID: Final = " AND item.title || char(10) || item.text || char(10) || item.facts LIKE ?"


def _fts(node: Node, *, titled: bool = False) -> str | None:
    """The node as an FTS5 expression; None when it is more than words that the index knows."""
    if isinstance(node, Term):
        return None if any(_is_mixed(word) for word in node.words) else _expression(node, titled=titled)
    if isinstance(node, And | Or):
        parts = [_fts(each, titled=titled) for each in node.nodes]
        if all(part is not None for part in parts):
            return (" AND " if isinstance(node, And) else " OR ").join(f"({part})" for part in parts)
    return None


def _expression(term: Term, *, titled: bool = False) -> str:
    if not is_unspaced("".join(term.words)):
        end = " *" if term.is_open else ""
        said = " OR ".join(_quoted((way,)) + end for way in _ways(" ".join(term.words), is_open=term.is_open))
        return "{title} : (" + said + ")" if titled else said
    return " AND ".join(_quoted((spaced(word) if is_unspaced(word) else word,)) for word in term.words)


def _is_mixed(word: str) -> bool:
    """Whether characters of a script without spaces stand beside others, as in 11月: the index has those alone."""
    return is_unspaced(word) and len(spaced(word).split()) < len(word)


def _patterns(terms: Iterable[Term]) -> list[str]:
    """For LIKE, the words of which the index cannot say whether a title has them: in scripts without spaces."""
    return [f"%{word}%" for term in terms for word in term.words if is_unspaced(word)]


def _ways(said: str, *, is_open: bool) -> list[str]:
    """How `said` may be written: as it is, and with letters in place of their twins, the fewest first."""
    parts = _TWINS.split(said) if len(said) >= TWINNED else [said]
    places = range(1, len(parts), 2)
    others = chain.from_iterable(combinations(places, count) for count in range(len(places) + 1))
    ways = [
        "".join(_TWIN[part.lower()] if place in changed else part for place, part in enumerate(parts))
        for changed in islice(others, MOST_WAYS)
    ]
    if is_open and said[-1:] in ("s", "S") and parts[-1]:  # the first half of an ss
        ways.append(f"{said[:-1]}ß")
    return ways


def _quoted(words: tuple[str, ...]) -> str:
    return '"' + " ".join(words).replace('"', "") + '"'


def _condition(node: Node) -> tuple[str, list[Any]]:
    if isinstance(node, Filter):
        return _filtered(node)
    if (expression := _fts(node)) is not None:
        return _IN_SEARCH, [expression]
    if isinstance(node, Term):
        patterns = [f"%{word}%" for word in node.words if _is_mixed(word)]
        return f"({_IN_SEARCH}{_SAID * len(patterns)})", [_expression(node), *patterns]
    if isinstance(node, Not):
        condition, values = _condition(node.node)
        return f"NOT {condition}", values
    assert isinstance(node, And | Or)
    parts = [_condition(each) for each in node.nodes]
    joint = " AND " if isinstance(node, And) else " OR "
    return "(" + joint.join(condition for condition, _ in parts) + ")", [
        each for _, values in parts for each in values
    ]


_STATES: Final = {
    "starred": "(item.moment IN (SELECT moment FROM item WHERE starred AND deleted_at IS NULL AND moment > 0))",
    "private": "item.private",
    "empty": "(item.text = '' AND item.facts = '')",
    "edited": "(+item.id IN (SELECT item_id FROM version))",
    "due": (
        "(+item.id IN (SELECT id FROM launch WHERE verdict IS NULL AND know_on IS NOT NULL"
        " UNION SELECT id FROM decision WHERE verdict IS NULL AND review_on IS NOT NULL))"
    ),
}
_HAS: Final = {
    "tag": "(+item.id IN (SELECT item_id FROM item_tag))",
    "todo": "(item.text LIKE '%[ ] %')",
    "link": (
        "(+item.id IN (SELECT source_id FROM link) OR item.moment IN"
        " (SELECT rowid FROM item_search WHERE item_search MATCH 'http OR https'))"
    ),
    "file": "(+item.id IN (SELECT item_id FROM attachment))",
    "mood": "(+item.id IN (SELECT id FROM entry WHERE mood IS NOT NULL))",
    "energy": "(+item.id IN (SELECT id FROM entry WHERE energy IS NOT NULL))",
    "fields": "(item.facts != '')",
}


_LINKED: Final = f"""(+item.id IN ({
    " UNION ".join(
        f'''
    SELECT link.{near} FROM link JOIN item AS far ON far.id = link.{other} WHERE far.deleted_at IS NULL
    AND {{titled}}'''
        for near, other in (("source_id", "target_id"), ("target_id", "source_id"))
    )
}))"""


def _filtered(wanted: Filter) -> tuple[str, list[Any]]:
    if wanted.name in ("from", "to", "on"):
        first = wanted.first.toordinal() if isinstance(wanted.first, date) else 1
        last = wanted.last.toordinal() if isinstance(wanted.last, date) else _NO_DATE
        low, high = first * days.MOMENTS_A_DAY, (last + 1) * days.MOMENTS_A_DAY
        return "(item.moment >= ? AND item.moment < ?)", [low, high]
    if wanted.name == "tag":
        key = wanted.value
        if wanted.is_open:
            inside = "SELECT id FROM tag WHERE substr(key, 1, ?) = ?"
            return f"(+item.id IN (SELECT item_id FROM item_tag WHERE tag_id IN ({inside})))", [len(key), key]
        inside = "SELECT id FROM tag WHERE key = ? OR substr(key, 1, ?) = ?"
        condition = f"(+item.id IN (SELECT item_id FROM item_tag WHERE tag_id IN ({inside})))"
        return condition, [key, len(key) + 1, f"{key}/"]
    if wanted.name == "sign":
        return "(instr(item.text, ?) > 0)", [wanted.value]
    if wanted.name == "link":
        term = Term(tuple(wanted.value.split()), is_open=True)
        if _patterns([term]):
            titled = " AND ".join(["far.title LIKE ?"] * len(term.words))
            return _LINKED.format(titled=titled), 2 * [f"%{word}%" for word in term.words]
        titled = "far.moment IN (SELECT rowid FROM item_search WHERE item_search MATCH ?)"
        return _LINKED.format(titled=titled), 2 * [_expression(term, titled=True)]
    if wanted.name == "kind":
        return "(+item.kind = ?)", [wanted.value]
    if wanted.name in ("mood", "energy"):
        column = wanted.name
        condition = f"(+item.id IN (SELECT id FROM entry WHERE {column} >= ? AND {column} <= ?))"
        return condition, [wanted.first, wanted.last]
    if wanted.name == "in":
        return ("(item.deleted_at IS NOT NULL)" if wanted.value == "trash" else "(1)"), []
    return (_STATES if wanted.name == "is" else _HAS)[wanted.value], []


def _ids(session: Session, query: str, values: Sequence[Any]) -> list[int]:
    return split_ids(session.connection().exec_driver_sql(all_ids(query), tuple(values)).scalar())


# ---------------------------------------------------------------- matches in a text


def _folded(said: str) -> tuple[str, Sequence[int]]:
    """The text without case and accents, and where each of its characters came from."""
    if said.isascii():
        return said.lower(), range(len(said) + 1)
    made: list[str] = []
    places: list[int] = []
    for stretch in _STRETCHES.finditer(said):
        if stretch[1]:
            made.append(stretch[0].lower())
            places.extend(range(*stretch.span()))
        else:
            for place, char in enumerate(stretch[0], start=stretch.start()):
                pieces = _bare(char)
                made.append(pieces)
                places.extend([place] * len(pieces))
    places.append(len(said))
    return "".join(made), places


@lru_cache(maxsize=20_000)
def _bare(char: str) -> str:
    """A character in small letters without its accents; nothing for an accent alone."""
    pieces = unicodedata.normalize("NFKD", char.casefold())
    return "".join(piece for piece in pieces if not unicodedata.combining(piece)).translate(_PLAIN)


_STRETCHES: Final = re.compile(r"([\x00-\x7f]+)|[^\x00-\x7f]+")


def _pattern(term: Term) -> re.Pattern[str]:
    words = [re.escape(_folded(word)[0]) for word in term.words]
    if is_unspaced("".join(term.words)):
        return re.compile(r"[\W_]*".join(words))
    end = r"[^\W_]*" if term.is_open else r"(?![^\W_])"
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(words) + end)


def _excerpt(said: str, query: Query) -> str:
    spans = match_spans(said, query)
    if not spans:
        return ""
    begin = max(0, spans[0][0] - _SNIPPET_AROUND)
    if begin:
        begin = said.find(" ", begin, spans[0][0]) + 1 or begin
    end = min(len(said), begin + 3 * _SNIPPET_AROUND)
    made, at = "…" if begin else "", begin
    for start, stop in spans:
        if stop <= end:
            made += said[at:start] + "\x02" + said[start:stop] + "\x03"
            at = stop
    return made + said[at:end] + ("…" if end < len(said) else "")
