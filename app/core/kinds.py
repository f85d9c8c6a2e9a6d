"""What an entry of each kind says beside its text: its fields, how they change, and what is due to be judged."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from app.core import items, mentions
from app.core.errors import FieldError, UserError
from app.core.model import (
    Conversation,
    Decision,
    Entry,
    Insight,
    Launch,
    Learning,
    Person,
    Telling,
    Version,
    Win,
    digest_of,
    instant_text,
)
from app.core.refusals import ChangedMeanwhile
from app.core.store import touch
from app.core.words import facts_of, normal_text, title_of

Shape = Literal["line", "text", "day", "number", "choice", "person"]
LONGEST_FIELD: Final = 20_000


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a kind.

    Attributes:
        shape: `line` and `text` hold words, `day` a date, `number` a whole number from `low` to `high`,
            `choice` one of `choices`, `person` a name.
        judges: Whether it belongs to the verdict, which is asked for when its day has come.
    """

    name: str
    shape: Shape
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    judges: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry.

    Attributes:
        fields: The first is what the entry is called when it says something.
        due: The field with the day on which the verdict can be known, "" for kinds without one.
    """

    name: str
    fields: tuple[FieldSpec, ...]
    due: str = ""


def _verdict(*choices: str) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("verdict", "choice", choices, judges=True),
        FieldSpec("verdict_note", "line", judges=True),
    )


SHELVES: Final = ("customers", "market", "competition", "product")
SOURCES: Final = ("interview", "data", "experiment", "observation", "support", "sales", "report", "hearsay")
RELATIONS: Final = ("mentor", "coach", "manager", "peer", "sponsor", "customer")

KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind("note", ()),
        Kind(
            "conversation",
            (
                FieldSpec("person", "person"),
                FieldSpec("agenda", "line"),
                FieldSpec("advice", "text"),
                FieldSpec("promised_by_me", "line"),
                FieldSpec("promised_to_me", "line"),
            ),
        ),
        Kind(
            "insight",
            (
                FieldSpec("so_what", "line"),
                FieldSpec("shelf", "choice", SHELVES),
                FieldSpec("source", "choice", SOURCES),
                FieldSpec("half_life_days", "number", low=1, high=36_500),
            ),
        ),
        Kind(
            "decision",
            (
                FieldSpec("choice", "line"),
                FieldSpec("expected", "line"),
                FieldSpec("probability", "number", low=0, high=100),
                FieldSpec("review_on", "day"),
                FieldSpec("options", "text"),
                *_verdict("came_true", "did_not", "cannot_tell"),
            ),
            due="review_on",
        ),
        Kind(
            "win",
            (
                FieldSpec("change", "line"),
                FieldSpec("for_whom", "line"),
                FieldSpec("before", "line"),
                FieldSpec("after", "line"),
                FieldSpec("my_part", "line"),
                FieldSpec("helped_by", "line"),
            ),
        ),
        Kind(
            "launch",
            (
                FieldSpec("shipped", "line"),
                FieldSpec("expected", "line"),
                FieldSpec("know_on", "day"),
                *_verdict("moved", "did_not", "cannot_tell"),
            ),
            due="know_on",
        ),
        Kind(
            "telling",
            (FieldSpec("told", "line"), FieldSpec("to_whom", "line"), FieldSpec("said_back", "text")),
        ),
        Kind(
            "learning",
            (FieldSpec("learned", "line"), FieldSpec("source", "line"), FieldSpec("differently", "text")),
        ),
    )
}

SEARCHED_KINDS: Final = (*KINDS, "check_in", "rating", "review")
"""What a search can be narrowed to: kinds of entries, and what becomes one."""

_CLASSES: Final[Mapping[str, type[Entry]]] = {
    "note": Entry,
    "conversation": Conversation,
    "insight": Insight,
    "decision": Decision,
    "win": Win,
    "launch": Launch,
    "telling": Telling,
    "learning": Learning,
}


_DUE: Final = """
    SELECT item.id, item.kind, item.title, launch.expected, launch.know_on AS due
    FROM launch CROSS JOIN item ON item.id = launch.id
    WHERE launch.know_on <= :today AND launch.verdict IS NULL AND item.kind = 'launch' AND item.deleted_at IS NULL
    UNION ALL
    SELECT item.id, item.kind, item.title, decision.expected, decision.review_on
    FROM decision CROSS JOIN item ON item.id = decision.id
    WHERE decision.review_on <= :today AND decision.verdict IS NULL AND item.kind = 'decision'
      AND item.deleted_at IS NULL
    ORDER BY due, 1
"""


@dataclass(frozen=True, slots=True)
class DueRow:
    """A launch or a decision whose day has come without a verdict."""

    id: int
    kind: str
    title: str
    expected: str
    due: date


# ---------------------------------------------------------------- queries


def class_of(kind: str) -> type[Entry]:
    """The mapped class of a kind that can be written freely.

    Raises:
        UserError: there is no such kind.
    """
    try:
        return _CLASSES[kind]
    except KeyError:
        raise UserError(f"There is no kind of entry called “{kind}”.") from None


def fields_of(session: Session, item_id: int) -> dict[str, Any]:
    """What the entry says in its fields, by name; words are "", the rest None where nothing is said."""
    session.flush()
    kind = session.connection().exec_driver_sql("SELECT kind FROM item WHERE id = ?", (item_id,)).scalar()
    if not _specs(kind or "") or (entry := session.get(Entry, item_id)) is None:
        return {}
    return {spec.name: _value(session, entry, spec) for spec in _specs(entry.kind)}


def people(session: Session) -> list[str]:
    """The names of the people in the journal, in order of the alphabet."""
    query = select(Person.title).where(Person.deleted_at.is_(None), Person.title != "")
    return sorted(session.scalars(query), key=str.casefold)


def due_for_verdict(session: Session, today: date) -> list[DueRow]:
    """Launches and decisions whose day has come and that nobody judged, the longest due first."""
    rows = session.connection().exec_driver_sql(_DUE, {"today": today.isoformat()})
    return [DueRow(row[0], row[1], row[2], row[3], date.fromisoformat(row[4])) for row in rows]


# ---------------------------------------------------------------- commands


def change_fields(
    session: Session,
    item_id: int,
    values: Mapping[str, Any],
    *,
    rev: int,
    now: datetime,
    today: date | None = None,
) -> int:
    """Say something else in fields of an entry last seen at `rev`; returns the new `rev`.

    What was said before is kept as a version, once in a session of writing.

    Args:
        values: By field name; fields that are not named stay as they are. A person is given by name and is
            added to the journal where it is new.
        today: The journal's day, for the day of a verdict.

    Raises:
        FieldError: a value cannot be. ChangedMeanwhile: somebody else wrote the entry since.
    """
    entry = items.living(session, item_id, rev=rev)
    assert isinstance(entry, Entry)
    specs = {spec.name: spec for spec in _specs(entry.kind)}
    if unknown := set(values) - set(specs):
        raise UserError(f"“{sorted(unknown)[0]}” is no field of this kind of entry.")
    before = fields_of(session, item_id)
    sound = {name: _sound(specs[name], value) for name, value in values.items()}
    if all(before[name] == value for name, value in sound.items()):
        return rev
    _keep_version(session, entry, before, now)
    for name, value in sound.items():
        if specs[name].shape == "person":
            _say_person(session, entry, value, now)
        else:
            setattr(entry, name, value)
    if "verdict" in sound:
        entry.judged_on = today if sound["verdict"] else None  # type: ignore[attr-defined]
    session.flush()
    retell(session, entry, now)
    session.flush()
    return entry.rev


def change_kind(session: Session, item_id: int, kind: str, *, rev: int, now: datetime) -> int:
    """Make an entry last seen at `rev` one of another kind; returns the new `rev`.

    What the old kind's fields say stays in the file, and is there again when the entry becomes that kind again.
    """
    wanted = class_of(kind)
    entry = items.living(session, item_id, rev=rev)
    if entry.kind not in KINDS:
        raise UserError("This entry belongs to a key result, a skill or a review and stays what it is.")
    if entry.kind == kind:
        return rev
    old_class, uid, text = type(entry), entry.uid, entry.text
    session.flush()
    session.expunge(entry)
    own = wanted.__table__
    assert isinstance(own, Table)
    known = wanted is Entry or session.scalar(select(func.count()).select_from(own).where(own.c.id == item_id))
    if not known:
        session.execute(insert(own).values(id=item_id, **_blank(own)))
    digest = digest_of(uid, kind, entry.title, text)
    changed = session.connection().exec_driver_sql(
        "UPDATE item SET kind = ?, digest = ?, changed_at = ?, rev = rev + 1 WHERE id = ? AND rev = ?",
        (kind, digest, instant_text(now), item_id, rev),
    )
    if changed.rowcount != 1:
        raise ChangedMeanwhile("This was changed elsewhere meanwhile. Open it again to see how it stands.")
    touch(session, old_class, wanted)
    again = session.get(Entry, item_id)
    assert again is not None
    retell(session, again, now)
    session.flush()
    return again.rev


def person_named(session: Session, name: str, *, now: datetime) -> Person:
    """The person of that name, whatever its capitals; a new one where there is none."""
    wanted = " ".join(normal_text(name).split())
    if not wanted:
        raise FieldError("person", "Say who it is.")
    query = select(Person).where(func.lower(Person.title) == wanted.lower(), Person.deleted_at.is_(None))
    if (found := session.scalar(query.limit(1))) is not None:
        return found
    made = items.add_item(session, Person(title=wanted, relation=""), now=now)
    mentions.follow_person(session, made.id, wanted, now=now)
    return made


# ---------------------------------------------------------------- inside


def _specs(kind: str) -> Sequence[FieldSpec]:
    return KINDS[kind].fields if kind in KINDS else ()


def _value(session: Session, entry: Entry, spec: FieldSpec) -> Any:
    if spec.shape != "person":
        return getattr(entry, spec.name)
    assert isinstance(entry, Conversation)
    person = session.get(Person, entry.person_id) if entry.person_id else None
    return person.title if person else ""


def _sound(spec: FieldSpec, value: Any) -> Any:
    if spec.shape in ("line", "text", "person"):
        text = normal_text(value or "").strip("\n")
        if len(text) > LONGEST_FIELD:
            raise FieldError(spec.name, f"This is longer than a field can hold ({LONGEST_FIELD:,} characters).")
        return " ".join(text.split("\n")) if spec.shape != "text" else text
    if value is None or value == "":
        return "" if spec.shape == "choice" and not spec.judges else None
    if spec.shape == "choice" and value not in spec.choices:
        raise FieldError(spec.name, "Choose one of the words that are offered.")
    if spec.shape == "number" and not (isinstance(value, int) and spec.low <= value <= spec.high):
        raise FieldError(spec.name, f"Enter a whole number from {spec.low} to {spec.high:,}.")
    if spec.shape == "day" and not isinstance(value, date):
        raise FieldError(spec.name, "Choose a day.")
    return value


def _say_person(session: Session, entry: Entry, name: str, now: datetime) -> None:
    assert isinstance(entry, Conversation)
    before = entry.person_id
    entry.person_id = person_named(session, name, now=now).id if name.strip() else None
    if before and before != entry.person_id:
        items.unlink(session, entry.id, before, "mentions")
    if entry.person_id:
        items.link(session, entry.id, entry.person_id, "mentions", now=now)


def retell(session: Session, entry: Entry, now: datetime) -> None:
    """Bring what is derived from the fields in line with them: the words for the search, and the title."""
    said = []
    for spec in _specs(entry.kind):
        value = _value(session, entry, spec)
        if spec.shape in ("line", "text", "person"):
            said.append(value)
    facts = "\n".join(said)
    entry.facts = facts_of(facts if facts.strip() else "", entry.text)
    entry.title = title_of(entry.text, entry.facts)
    entry.changed_at = now


def _keep_version(session: Session, entry: Entry, before: Mapping[str, Any], now: datetime) -> None:
    said = {name: str(value) for name, value in before.items() if value not in ("", None)}
    last = session.scalar(select(func.max(Version.at)).where(Version.item_id == entry.id))
    if said and now - (last or entry.created_at) >= items.WRITING_SESSION:
        extra = json.dumps(said, ensure_ascii=False)
        session.add(
            Version(item_id=entry.id, at=now, rev=entry.rev, title=entry.title, text=entry.text, extra=extra)
        )


def _blank(own: Table) -> dict[str, str]:
    return {column.name: "" for column in own.columns if not column.nullable and not column.primary_key}
