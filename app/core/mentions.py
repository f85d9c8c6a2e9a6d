"""What a text names: ``[[the title of an item]]`` and ``@person`` become links, and go with the words.

``[[title|other words]]``, as Obsidian writes it, names the title and shows the other words; ``[[title#heading]]``,
``[[title^block]]``, ``[[folder/title]]`` and ``![[title]]`` name it, too. What is called all of this goes before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app.core.items import ItemRow, item_rows, link
from app.core.model import Item, Link, Person
from app.core.progress import in_chunks
from app.core.query import WORD, Query, Term
from app.core.ranking import ranked
from app.core.store import touch
from app.core.words import lines_with

Names = tuple[str, ...]
"""What the item that one pair of brackets names may be called, the likeliest first."""

_ITEM: Final = re.compile(r"\[\[([^\[\]\n]{1,300})\]\]")
PERSON: Final = re.compile(r"@(?<![\w.@/]@)([^\W\d_][\w\-]*)")
NEAR: Final = 88
"""Tags that are this much alike, of 100, are likely to be meant as one."""

RECENT: Final = 400
NAMESAKES: Final = 200
CHUNK: Final = 500
_PEOPLE: Final = """
    SELECT item.title FROM person CROSS JOIN item ON item.id = person.id
    WHERE item.deleted_at IS NULL AND item.title <> '' ORDER BY item.title
"""
# By the moments, which are an index; when each was changed is none.
_TITLES: Final = (
    f"""
    SELECT title FROM item WHERE moment < 0 AND deleted_at IS NULL AND title <> ''
    AND kind NOT IN ('area', 'competency_model', 'period') ORDER BY moment DESC LIMIT {RECENT}
    """,
    f"""
    SELECT title FROM item WHERE moment > 0 AND deleted_at IS NULL AND title <> ''
    AND kind NOT IN ('check_in', 'rating') ORDER BY moment DESC LIMIT {RECENT}
    """,
)
# Also on what lies in the Trash: looking at each item to leave it out takes a hundred times as long.
_TAG_USES: Final = """
    SELECT name, (SELECT count(*) FROM item_tag WHERE tag_id = tag.id) FROM tag WHERE instr(key, ?) OR ?1 = ''
"""


def mentions_in(text: str) -> tuple[frozenset[Names], frozenset[str]]:
    """The items and the people that a text names outside code, case-folded."""
    titles, people = _named_in(text)
    return frozenset(tuple(name.casefold() for name in names) for names in titles), people


def _named_in(text: str) -> tuple[frozenset[Names], frozenset[str]]:
    """As `mentions_in`, with the titles as they are written."""
    if "[[" not in text and "@" not in text:
        return frozenset(), frozenset()
    bare = lines_with(text, "[[", "@")
    people = set(PERSON.findall(bare))
    return (
        frozenset(_names_of(title) for title in _ITEM.findall(bare)),
        frozenset(name.replace("-", " ").strip().casefold() for name in people),
    )


def _names_of(said: str) -> Names:
    """As it stands; without the words shown instead, the place within the item, and the folders."""
    whole = " ".join(said.split())
    title = whole.partition("|")[0].strip()
    item = re.split(r"[#^]", title, maxsplit=1)[0].strip()
    return tuple(name for name in dict.fromkeys((whole, title, item, item.rpartition("/")[2].strip())) if name)


def follow(
    session: Session, item_id: int, text: str, *, now: datetime, change: tuple[str, str] | None = None
) -> None:
    """Make the links that stand in the text of an item exactly those that `text` names.

    A title that no living item has, or several have in other letters, links to the newest of them or to none.

    Args:
        change: The lines that were and are different, for a text that is too long to be read through at each
            pause: while nothing that is linked goes from them, the rest of it is as it was.
    """
    query = select(Link).where(Link.source_id == item_id, Link.role == "mentions")
    held = {link.target_id: link for link in session.scalars(query)}
    wanted = _targets(session, text if change is None else change[1], item_id)
    if change is not None:
        if any(held[target].inline for target in _targets(session, change[0], item_id) - wanted if target in held):
            wanted = _targets(session, text, item_id)
        else:
            wanted |= held.keys()
    gone = [link.id for target, link in held.items() if link.inline and target not in wanted]
    if gone:
        session.execute(delete(Link).where(Link.id.in_(gone)))
    for target in sorted(wanted - held.keys()):
        session.add(Link(source_id=item_id, target_id=target, role="mentions", inline=True, created_at=now))
    touch(session, Link)


def _targets(session: Session, text: str, item_id: int) -> set[int]:
    """The other items that a text names."""
    titles, people = _named_in(text)
    return (set(_titled(session, titles, item_id)) | set(_people(session, people))) - {item_id}


def follow_new(session: Session, texts: Mapping[int, str], *, now: datetime) -> None:
    """`follow` for many items that have no links yet: all titles are read once, and they may name each other."""
    named = {item_id: mentions_in(text) for item_id, text in texts.items()}
    wanted = {title for titles, _ in named.values() for names in titles for title in names}
    by_title: dict[str, list[int]] = {}
    if wanted:
        query = select(Item.id, Item.title).where(Item.deleted_at.is_(None), Item.title != "")
        for found, title in session.execute(query.order_by(Item.moment < 0, Item.moment.desc())):
            if (key := " ".join(title.split()).casefold()) in wanted:
                by_title.setdefault(key, []).append(found)
    known = _known_people(session) if any(people for _, people in named.values()) else {}
    rows = []
    for item_id, (titles, people) in named.items():
        targets = {
            next((one for title in names for one in by_title.get(title, ()) if one != item_id), None)
            for names in titles
        }
        targets |= {ids[0] for name in people if len(ids := known.get(name, [])) == 1}
        rows += [
            {"source_id": item_id, "target_id": target, "role": "mentions", "inline": True, "created_at": now}
            for target in sorted(target for target in targets if target not in (None, item_id))
        ]
    if rows:
        table: Any = Link.__table__
        session.execute(insert(table), rows)
        touch(session, Link)


def follow_person(session: Session, person_id: int, name: str, *, now: datetime) -> None:
    """Link to somebody new the entries that said ``@name`` before anybody was called so."""
    from app.core import search

    words = tuple(WORD.findall(name.split(" ")[0]))
    ids = search.matching_entry_ids(session, Query(Term(words))) if words else []
    called = {name.casefold(), name.casefold().split(" ")[0]} - _known_people(session, but=person_id).keys()
    for some in in_chunks(ids, CHUNK):
        texts = select(Item.id, Item.text).where(Item.id.in_(some), Item.text.contains("@"))
        for source, text in session.execute(texts).all():
            if called & mentions_in(text)[1]:
                link(session, source, person_id, "mentions", now=now, inline=True)
    touch(session, Link)


def titled(session: Session, title: str) -> int | None:
    """The newest living item of a title, whatever its capitals."""
    return next(iter(_titled(session, [_names_of(title)], None)), None)


def person(session: Session, name: str) -> int | None:
    """The one person that ``@name`` stands for; None for nobody and for several."""
    return next(iter(_people(session, frozenset({name.replace("-", " ").strip().casefold()}))), None)


_BACKLINKS: Final = """
    SELECT DISTINCT item.id FROM link JOIN item ON item.id = link.source_id
    WHERE link.target_id = ?1 AND (?2 = '' OR link.role = ?2) AND item.deleted_at IS NULL
    ORDER BY item.moment DESC LIMIT ?3
"""


def backlinks(session: Session, item_id: int, *, role: str = "", limit: int = 50) -> list[ItemRow]:
    """The living items that link to one, newest first; only those whose link has a `role`, if one is given."""
    rows = session.connection().exec_driver_sql(_BACKLINKS, (item_id, role, limit))
    return item_rows(session, [source for (source,) in rows])


# ---------------------------------------------------------------- what may be meant


def item_titles(session: Session, typed: str, *, limit: int = 8) -> list[str]:
    """Titles of items that fit what was typed: those that begin so first, and of these the newest.

    Looked for among what has no day, the newest entries, and whatever has the typed words in its title.
    """
    connection = session.connection()
    titles = [title for query in _TITLES for (title,) in connection.exec_driver_sql(query)]
    if typed.strip():
        from app.core import search

        ids = search.matching_item_ids(session, typed)
        titles += [row.title for row in item_rows(session, ids)]
    titles = list(dict.fromkeys(titles))
    return [titles[place] for place in ranked(typed, titles, limit=limit)]


def people_names(session: Session, typed: str, *, limit: int = 8) -> list[str]:
    """Names of people that fit, as they are typed after @: the words joined by hyphens."""
    rows = session.connection().exec_driver_sql(_PEOPLE)
    names = [name.replace(" ", "-") for (name,) in rows]
    return [names[place] for place in ranked(typed, names, limit=limit)]


def tag_names(session: Session, typed: str, *, limit: int = 8) -> list[str]:
    """Tags that begin with what was typed, the most used first; then those that contain it."""
    key = typed.casefold()
    found = sorted(_tag_uses(session, key), key=lambda tag: (not tag[0].casefold().startswith(key), -tag[1]))
    return [name for name, _ in found[:limit]]


def near_tag(session: Session, name: str) -> str | None:
    """A tag in use that `name`, used once at most, is likely to have been meant for."""
    counts = {other.casefold(): (other, count) for other, count in _tag_uses(session)}
    key = name.casefold()
    if len(key) < 4 or counts.pop(key, ("", 0))[1] > 1:
        return None
    names = {other: named for other, (named, _) in counts.items()}
    from rapidfuzz import fuzz, process  # 2 MB that no start needs

    best = process.extractOne(key, names.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return names[best[0]] if best else None


def _tag_uses(session: Session, within: str = "") -> list[tuple[str, int]]:
    return [(name, uses) for name, uses in session.connection().exec_driver_sql(_TAG_USES, (within,)) if uses]


def get_ready() -> None:
    """Read in, on any thread, what the first completion needs."""
    import rapidfuzz  # noqa: F401


def _titled(session: Session, titles: Iterable[Names], item_id: int | None) -> list[int]:
    """The item that each of the titles names, where there is one other than `item_id`."""
    found = (next((one for name in names if (one := _called(session, name, item_id))), None) for names in titles)
    return [one for one in found if one is not None]


def _called(session: Session, title: str, item_id: int | None) -> int | None:
    """The newest item of a title, by how it is written in the index; where that fails, by the search."""
    key = title.casefold()
    query = select(Item.id, Item.title).where(Item.deleted_at.is_(None), Item.id != (item_id or -1))
    query = query.order_by(Item.moment < 0, Item.moment.desc())
    rows = session.execute(query.where(func.lower(Item.title).in_(_spellings(title)))).all()
    named = [row.id for row in rows if " ".join(row.title.split()).casefold() == key]
    if not named and not title.isascii() and title.upper() != title.lower():
        from app.core import search

        ids = search.matching_item_ids(session, title, limit=NAMESAKES)
        rows = session.execute(query.where(Item.id.in_(ids))).all()
        named = [row.id for row in rows if " ".join(row.title.split()).casefold() == key]
    return named[0] if named else None


def _spellings(title: str) -> set[str]:
    """What `lower` in SQL, which knows the capitals of ASCII only, may make of a title in other capitals."""
    made = {title, title.casefold(), title.lower(), title[:1].upper() + title[1:], title.title(), title.upper()}
    return {"".join(char.lower() if char.isascii() else char for char in each) for each in made}


def _people(session: Session, names: frozenset[str]) -> list[int]:
    if not names:
        return []
    known = _known_people(session)
    return [ids[0] for name in names if len(ids := known.get(name, [])) == 1]


def _known_people(session: Session, *, but: int = -1) -> dict[str, list[int]]:
    """Living people by their whole names and, where nobody is called so, their first ones, case-folded."""
    whole: dict[str, list[int]] = {}
    first: dict[str, list[int]] = {}
    others = select(Person.id, Person.title).where(Person.deleted_at.is_(None), Person.id != but)
    for row in session.execute(others):
        title = row.title.casefold()
        whole.setdefault(title, []).append(row.id)
        first.setdefault(title.split(" ")[0], []).append(row.id)
    return first | whole
