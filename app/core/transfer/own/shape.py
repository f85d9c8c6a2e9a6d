"""How items, their parts and what hangs on them map to a plain object, read off the mapped classes.

An item's object has the columns of all its tables under their own names, except that a column which points to
an item, such as `objective_id`, is called `objective` and holds that item's `uid`. Tables whose rows belong to an
item, such as the levels of a skill, are lists under the table's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import Boolean, Column, Float, Integer, Numeric, Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from app.core.model import Item, Model

SPECIAL: Final = frozenset({"item", "tag", "item_tag", "link", "version", "batch", "origin", "setting"})
"""Tables that every item shares; they have their own places in the object."""

SHARED: Final = frozenset({"tags", "links", "versions", "origins"})


@dataclass(frozen=True, slots=True)
class Field:
    """One column in an object.

    Attributes:
        name: In the object. column: In the table. target: Whether it holds an item's uid.
        sort: `bool`, `int`, `real` or `text`. default: What stands for a missing value.
    """

    name: str
    column: str
    target: bool
    sort: str
    is_required: bool
    default: object = None


@dataclass(frozen=True, slots=True)
class Part:
    """A table whose rows are part of an item (`key` is `id`) or hang on one (`key` points to it)."""

    table: str
    key: str
    fields: tuple[Field, ...]


@cache
def item_part() -> Part:
    """The table that all items share."""
    return _part(Item.__table__, "id")  # type: ignore[arg-type]


@cache
def parts_of(kind: str) -> tuple[Part, ...] | None:
    """The tables of a kind beside `item`, in the order in which rows are made; None for an unknown kind."""
    mapper = Item.__mapper__.polymorphic_map.get(kind)
    if mapper is None:
        return None
    return tuple(_part(table, "id") for table in mapper.tables if table.name != "item")  # type: ignore[arg-type]


@cache
def hanging() -> tuple[Part, ...]:
    """Tables whose rows belong to an item, by the first column that has to point to one."""
    own = {table.name for mapper in Item.__mapper__.self_and_descendants for table in mapper.tables}
    found = []
    for table in Model.metadata.sorted_tables:
        if table.name in SPECIAL or table.name in own:
            continue
        key = next((column for column in table.columns if _points_to_item(column) and not column.nullable), None)
        if key is not None:
            found.append(_part(table, key.name))
    return tuple(found)


@cache
def apart() -> tuple[Part, ...]:
    """Tables whose rows belong to no item."""
    own = {table.name for mapper in Item.__mapper__.self_and_descendants for table in mapper.tables}
    taken = SPECIAL | own | {part.table for part in hanging()}
    return tuple(_part(table, "") for table in Model.metadata.sorted_tables if table.name not in taken)


def _part(table: Table, key: str) -> Part:
    fields = tuple(_field(column) for column in table.columns if column.name not in ("id", key))
    return Part(table.name, key, fields)


def _field(column: Column[object]) -> Field:
    target = _points_to_item(column)
    sort = (
        "bool" if isinstance(column.type, Boolean)
        else "int" if isinstance(column.type, Integer)
        else "real" if isinstance(column.type, (Float, Numeric))
        else "text"
    )  # fmt: skip
    default = column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None
    is_required = not column.nullable and default is None and column.server_default is None
    name = column.name.removesuffix("_id") if target else column.name
    return Field(name, column.name, target, sort, is_required, default)


def _points_to_item(column: Column[object]) -> bool:
    own = {table.name for mapper in Item.__mapper__.self_and_descendants for table in mapper.tables}
    return any(key.column.table.name in own for key in column.foreign_keys)
