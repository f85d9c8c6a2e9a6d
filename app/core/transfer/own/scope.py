"""Which part of a journal goes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.core import days
from app.core.errors import UserError
from app.core.transfer.own import shape

_SERVES: Final = """
    WITH RECURSIVE line (id) AS (
        SELECT id FROM item WHERE uid = :objective
        UNION SELECT objective.id FROM objective JOIN line ON objective.parent_id = line.id
    ), near (id) AS (
        SELECT id FROM line
        UNION SELECT key_result.id FROM key_result JOIN line ON key_result.objective_id = line.id
    ), said (id) AS (
        SELECT id FROM near
        UNION SELECT check_in.id FROM check_in JOIN near ON check_in.key_result_id = near.id
    )
    SELECT id FROM said
    UNION SELECT source_id FROM link JOIN said ON link.target_id = said.id
    UNION SELECT target_id FROM link JOIN said ON link.source_id = said.id
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """What to export; without any choice, all living items that are not private.

    Attributes:
        first, last: The span of days, both included; items without a day are left out where one is given.
        tag: A tag that they carry. objective: The uid of an objective that they belong to or are linked with.
        private: With what is private. trash: With what lies in the Trash.
        only: Of these ids of the journal, where any are given.
    """

    first: date | None = None
    last: date | None = None
    tag: str = ""
    objective: str = ""
    private: bool = False
    trash: bool = False
    only: tuple[int, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self == WHOLE


WHOLE: Final = Scope(private=True, trash=True)


def ids_in(connection: Any, scope: Scope) -> list[int]:
    """The ids of what `scope` takes, in the order of time, with what these cannot be without."""
    chosen = _chosen(connection, scope)
    if not scope.is_whole:
        needs = _needs(connection)
        if not scope.private:
            chosen -= _kept_back(connection, needs)
        chosen |= _needed(needs, chosen)
    ordered = connection.execute("SELECT id FROM item ORDER BY moment")
    return [item_id for (item_id,) in ordered if item_id in chosen]


def ids_with_needed(connection: Any, uids: Sequence[str]) -> list[int]:
    """The ids of these items, in the order of time, with what they cannot be without."""
    rows = connection.execute("SELECT id, uid FROM item ORDER BY moment").fetchall()
    wanted = set(uids)
    chosen = {item_id for item_id, uid in rows if uid in wanted}
    chosen |= _needed(_needs(connection), chosen)
    return [item_id for item_id, _ in rows if item_id in chosen]


def objective_named(connection: Any, said: str) -> str:
    """The uid of the living objective of which `said` is the uid or, alone, a part of the title.

    Raises:
        UserError: none or several are.
    """
    rows = connection.execute(
        "SELECT uid, title FROM item WHERE kind = 'objective' AND deleted_at IS NULL ORDER BY moment"
    ).fetchall()
    found = [uid for uid, title in rows if uid == said or said.casefold() in title.casefold()]
    if len(found) != 1:
        raise UserError(f"{'Several objectives are' if found else 'No objective is'} called “{said}”.")
    return str(found[0])


def _chosen(connection: Any, scope: Scope) -> set[int]:
    conditions = ["1"]
    values: dict[str, int | str] = {}
    if not scope.private:
        conditions.append("NOT item.private")
    if not scope.trash:
        conditions.append("item.deleted_at IS NULL")
    if scope.first or scope.last:
        conditions.append("item.moment BETWEEN :first AND :last")
        values["first"] = days.moments_of(scope.first or date.min)[0]
        values["last"] = days.moments_of(scope.last or date.max)[1] - 1
    if scope.tag:
        conditions.append(
            "item.id IN (SELECT item_id FROM item_tag JOIN tag ON tag.id = item_tag.tag_id WHERE tag.key = :tag)"
        )
        values["tag"] = scope.tag.removeprefix("#").casefold()
    if scope.objective:
        conditions.append(f"item.id IN ({_SERVES})")
        values["objective"] = scope.objective
    query = f"SELECT item.id FROM item WHERE {' AND '.join(conditions)}"
    found = {item_id for (item_id,) in connection.execute(query, values)}
    return found & set(scope.only) if scope.only else found


def _needs(connection: Any) -> dict[int, set[int]]:
    """What each item has to point to: the objective of a key result, the key result of a check-in …"""
    kinds = {kind for (kind,) in connection.execute("SELECT DISTINCT kind FROM item")}
    parts = {part for kind in kinds for part in shape.parts_of(kind) or ()} | set(shape.hanging())
    needs: dict[int, set[int]] = {}
    for part in parts:
        for field in part.fields:
            if field.target and field.is_required:
                rows = connection.execute(f'SELECT "{part.key}", "{field.column}" FROM "{part.table}"')
                for key, target in rows:
                    needs.setdefault(key, set()).add(target)
    return needs


def _needed(needs: Mapping[int, set[int]], chosen: set[int]) -> set[int]:
    """What the chosen cannot be without."""
    needed: set[int] = set()
    fresh = chosen
    while fresh:
        fresh = {target for key in fresh for target in needs.get(key, ())} - chosen - needed
        needed |= fresh
    return needed


def _kept_back(connection: Any, needs: Mapping[int, set[int]]) -> set[int]:
    """What is private, and what cannot be without it."""
    kept = {item_id for (item_id,) in connection.execute("SELECT id FROM item WHERE private")}
    fresh = kept
    while fresh:
        fresh = {key for key, targets in needs.items() if targets & fresh} - kept
        kept = kept | fresh
    return kept
