"""What the fields of an item say, as a person reads them: for pages, tables and front matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.core.transfer.own import shape

_INNER: Final = frozenset({"position", "code", "at_moment", "archived_at", "unit_kind", "asked_on"})
"""Fields that only the program needs."""
_WORDS: Final = {"check_in": "check-in"}

Titles = Mapping[str, str]
"""The title for each uid that goes out."""


def words_of(name: str) -> str:
    """A kind or a field as people call it."""
    return _WORDS.get(name, name.replace("_", " "))


def facts_of(one: Mapping[str, Any], titles: Titles) -> list[tuple[str, str]]:
    """Name and value of each field of the item's kind that says something, in the order of the schema."""
    parts = [part for part in shape.parts_of(one["kind"]) or () if part.table != "entry"]
    fields = [field for part in parts for field in part.fields if field.name not in _INNER]
    found = [(field.name, value_text(field, one.get(field.name), titles)) for field in fields]
    hanging = [part for part in shape.hanging() if part.table != "attachment" and one.get(part.table)]
    found += [(part.table, rows_text(part, one[part.table], titles)) for part in hanging]
    return [(name, value) for name, value in found if value]


def called(one: Mapping[str, Any], titles: Titles) -> str:
    """Its title; for what has none, its kind and the item that it is about."""
    fields = [field.name for part in shape.parts_of(one["kind"]) or () for field in part.fields if field.target]
    about = [titles[one[name]] for name in fields if one.get(name) in titles]
    return str(one["title"] or " ".join([words_of(one["kind"]), *about[:1]]))


def value_text(field: shape.Field, value: object, titles: Titles) -> str:
    """A value in words; what points to an item is its title, "" where that stays at home."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return titles.get(str(value), "" if field.target else str(value))


def rows_text(part: shape.Part, rows: Sequence[Mapping[str, Any]], titles: Titles) -> str:
    """The rows that hang on an item, as "name: value; name: value"."""
    said = [[value_text(field, row.get(field.name), titles) for field in part.fields] for row in rows]
    return "; ".join(": ".join(filter(None, row)) for row in said)
