"""Searches that were kept to be asked again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from app.core.errors import FieldError
from app.core.model import Setting
from app.core.query import retagged

_KEY: Final = "searches"
MOST: Final = 30
LONGEST_NAME: Final = 60
LONGEST_TOLD: Final = 200

Retold = dict[str, tuple[str, str]]
"""What searches asked before and after, by name."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A text for the search box, and what it is called."""

    name: str
    text: str


def saved_searches(session: Session) -> list[SavedSearch]:
    """What was kept, in the order it was kept in."""
    query = "SELECT value FROM setting WHERE key = ?"
    held = session.connection().exec_driver_sql(query, (_KEY,)).scalar()
    try:
        return [SavedSearch(str(name), str(text)) for name, text in json.loads(held)] if held else []
    except (ValueError, TypeError):
        return []


def told(text: str) -> str:
    """The text of a search as it is shown: of a very long one how it begins."""
    return text if len(text) <= LONGEST_TOLD else text[:LONGEST_TOLD] + "…"


def keep_search(session: Session, search: SavedSearch) -> None:
    """Keep a search under its name, in the place of one that has it already.

    Raises:
        FieldError: no name, one too long, or too many searches.
    """
    kept = SavedSearch(_sound(search.name), search.text)
    held = saved_searches(session)
    names = [each.name.casefold() for each in held]
    if kept.name.casefold() in names:
        held[names.index(kept.name.casefold())] = kept
    elif len(held) >= MOST:
        raise FieldError("name", f"There are {MOST} searches already. Drop one of them first.")
    else:
        held.append(kept)
    put_searches(session, held)


def rename_search(session: Session, name: str, new: str) -> None:
    """Call a search something else; it stays where it stands.

    Raises:
        FieldError: no name, one too long, or one that another search has.
    """
    wanted = _sound(new)
    held = saved_searches(session)
    if any(other.name.casefold() == wanted.casefold() and other.name != name for other in held):
        raise FieldError("name", f"Another search is called “{wanted}”.")
    put_searches(session, [SavedSearch(wanted, each.text) if each.name == name else each for each in held])


def move_search(session: Session, name: str, places: int) -> None:
    """Put a search so many places further down, or up where `places` is negative."""
    held = saved_searches(session)
    at = next((place for place, each in enumerate(held) if each.name == name), None)
    if at is not None:
        held.insert(max(at + places, 0), held.pop(at))
        put_searches(session, held)


def drop_search(session: Session, name: str) -> None:
    """Forget a search; the entries that it found stay as they are."""
    put_searches(session, [other for other in saved_searches(session) if other.name != name])


def asking_for_tag(session: Session, tag: str, new: str, *, with_old: bool) -> Retold:
    """The searches that ask for a tag, and what they would ask if it were called `new`; see `retagged`."""
    kept = saved_searches(session)
    asked = {each.name: (each.text, retagged(each.text, tag, new, with_old=with_old)) for each in kept}
    return {name: (before, after) for name, (before, after) in asked.items() if before != after}


def retell(session: Session, retold: Retold) -> None:
    """Let each search that asks the first of two texts ask the second; others stay."""
    for each in saved_searches(session) if retold else ():
        before, after = retold.get(each.name, ("", ""))
        if each.text == before:
            keep_search(session, SavedSearch(each.name, after))


def put_searches(session: Session, searches: Sequence[SavedSearch]) -> None:
    """Keep exactly these, in this order: what an undo does."""
    held = session.merge(Setting(key=_KEY, value="[]"))
    held.value = json.dumps([[search.name, search.text] for search in searches], ensure_ascii=False)
    session.flush()


def _sound(name: str) -> str:
    """A name as it is kept."""
    name = " ".join(name.split())
    if not name:
        raise FieldError("name", "Give the search a name.")
    if len(name) > LONGEST_NAME:
        raise FieldError("name", f"A name has at most {LONGEST_NAME} characters.")
    return name
