"""The people of a career: why each matters, when to meet again, advice and promises from what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core import items, mentions
from app.core.errors import FieldError, UserError
from app.core.kinds import RELATIONS
from app.core.model import Conversation, Person
from app.core.store import touch
from app.core.words import normal_text, title_in

LONGEST_NAME: Final = 200
LONGEST_CADENCE: Final = 3660
AdviceState = Literal["", "tried", "not_for_me"]
PromiseState = Literal["", "kept", "dropped"]
Whose = Literal["mine", "theirs"]
Problems = dict[str, str]

_PEOPLE: Final = """
    SELECT item.id, item.rev, item.title, person.relation, person.cadence_days, substr(item.created_at, 1, 10),
           count(talk.id), max(entry.day),
           coalesce(sum(talk.advice <> '' AND talk.advice_state = ''), 0),
           coalesce(sum((talk.promised_by_me <> '' AND talk.mine_state = '')
                      + (talk.promised_to_me <> '' AND talk.theirs_state = '')), 0)
    FROM person CROSS JOIN item ON item.id = person.id
    LEFT JOIN (conversation AS talk JOIN item AS said ON said.id = talk.id AND said.deleted_at IS NULL
               JOIN entry ON entry.id = talk.id) ON talk.person_id = person.id
    WHERE item.deleted_at IS NULL GROUP BY item.id
"""
_TALKS: Final = """
    SELECT item.id, entry.day, coalesce(nullif(talk.agenda, ''), substr(item.text, 1, 300)),
           talk.advice, talk.advice_state, talk.advice_result,
           talk.promised_by_me, talk.mine_state, talk.promised_to_me, talk.theirs_state
    FROM conversation AS talk JOIN item ON item.id = talk.id JOIN entry ON entry.id = talk.id
    WHERE talk.person_id = ? AND item.deleted_at IS NULL ORDER BY item.moment DESC
"""


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person as the form holds them; `why` says why this person."""

    name: str = ""
    relation: str = ""
    why: str = ""
    cadence_days: int | None = None
    agenda: str = ""
    asks: str = ""

    def problems(self) -> Problems:
        """What keeps this person from being saved."""
        found: Problems = {}
        if not self.name.strip():
            found["name"] = "Say who it is."
        elif len(self.name) > LONGEST_NAME:
            found["name"] = f"A name has at most {LONGEST_NAME} characters."
        if self.relation and self.relation not in RELATIONS:
            found["relation"] = "Choose one of those that are offered."
        if self.cadence_days is not None and not 1 <= self.cadence_days <= LONGEST_CADENCE:
            found["cadence_days"] = f"Enter a whole number of days from 1 to {LONGEST_CADENCE}, or nothing."
        return found


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as the list shows them.

    Attributes:
        last: The day of the last talk; None when there was none.
        next_on: When the cadence asks to meet again, from the last talk or from when they were added.
        open_advice, open_promises: How much of what was said is still open.
    """

    id: int
    rev: int
    name: str
    relation: str
    cadence_days: int | None
    talks: int
    last: date | None
    next_on: date | None
    open_advice: int
    open_promises: int

    def is_due(self, today: date) -> bool:
        """Whether it is time to meet."""
        return self.next_on is not None and self.next_on <= today


@dataclass(frozen=True, slots=True)
class TalkRow:
    """What a talk left behind: its title says what it was about; states as in `Conversation`."""

    id: int
    day: date
    title: str
    advice: str
    advice_state: str
    advice_result: str
    promised_by_me: str
    mine_state: str
    promised_to_me: str
    theirs_state: str


@dataclass(frozen=True, slots=True)
class PersonDetail:
    """A person with their talks, newest first."""

    row: PersonRow
    draft: PersonDraft
    talks: tuple[TalkRow, ...]


# ---------------------------------------------------------------- queries


def people_rows(session: Session) -> list[PersonRow]:
    """Everybody: those whose day to meet comes first, then those without a cadence by name. One statement."""
    found = [_row(row) for row in session.connection().exec_driver_sql(_PEOPLE)]
    return sorted(found, key=lambda row: (row.next_on is None, row.next_on or date.max, row.name.casefold()))


def person_detail(session: Session, person_id: int) -> PersonDetail | None:
    """A person with all that was said; None when they are gone."""
    row = next((each for each in people_rows(session) if each.id == person_id), None)
    person = session.get(Person, person_id)
    if row is None or person is None:
        return None
    draft = PersonDraft(
        person.title, person.relation, person.text, person.cadence_days, person.agenda, person.asks
    )
    talks = session.connection().exec_driver_sql(_TALKS, (person_id,))
    return PersonDetail(
        row,
        draft,
        tuple(TalkRow(talk[0], date.fromisoformat(talk[1]), title_in(talk[2]), *talk[3:]) for talk in talks),
    )


# ---------------------------------------------------------------- commands


def add_person(session: Session, draft: PersonDraft, *, now: datetime) -> Person:
    """Bring somebody in.

    Raises:
        FieldError: the draft is not sound, or somebody has this name.
    """
    _refuse(session, draft, None)
    made = Person(title="")
    _fill(made, draft)
    items.add_item(session, made, now=now)
    mentions.follow_person(session, made.id, made.title, now=now)
    return made


def edit_person(session: Session, person_id: int, draft: PersonDraft, *, rev: int, now: datetime) -> int:
    """Change somebody last seen at `rev`; returns the new one.

    Raises:
        FieldError: the draft is not sound, or somebody else has this name. ChangedMeanwhile: see `items.living`.
    """
    person = _living(session, person_id, rev=rev)
    _refuse(session, draft, person_id)
    if person.text.strip() and person.text != draft.why:
        items.keep_version(session, person, now=now, new_text=draft.why)
    was = person.title
    _fill(person, draft)
    person.changed_at = now
    session.flush()
    if person.title != was:
        mentions.follow_person(session, person_id, person.title, now=now)
    return person.rev


def judge_advice(session: Session, talk_id: int, state: AdviceState, result: str = "") -> tuple[str, str]:
    """Say what became of a talk's advice; returns what was said before."""
    talk = _talk(session, talk_id)
    was = talk.advice_state, talk.advice_result
    _set(session, talk_id, advice_state=state, advice_result=normal_text(result).strip())
    return was


def settle_promise(session: Session, talk_id: int, whose: Whose, state: PromiseState) -> str:
    """Say what became of a promise made in a talk; returns what was said before."""
    talk = _talk(session, talk_id)
    was = talk.mine_state if whose == "mine" else talk.theirs_state
    _set(session, talk_id, **{f"{whose}_state": state})
    return was


# ---------------------------------------------------------------- inside


def _row(row: Any) -> PersonRow:
    last = date.fromisoformat(row[7]) if row[7] else None
    begun = last or date.fromisoformat(row[5])
    next_on = begun + timedelta(days=row[4]) if row[4] else None
    return PersonRow(row[0], row[1], row[2], row[3], row[4], row[6], last, next_on, row[8], row[9])


def _refuse(session: Session, draft: PersonDraft, person_id: int | None) -> None:
    for name, sentence in draft.problems().items():
        raise FieldError(name, sentence)
    wanted = " ".join(draft.name.split()).casefold()
    if any(row.name.casefold() == wanted and row.id != person_id for row in people_rows(session)):
        raise FieldError("name", "Somebody here has this name already.")


def _fill(person: Person, draft: PersonDraft) -> None:
    person.title = " ".join(normal_text(draft.name).split())
    person.text = normal_text(draft.why)
    person.relation, person.cadence_days = draft.relation, draft.cadence_days
    person.agenda, person.asks = normal_text(draft.agenda), normal_text(draft.asks)


def _living(session: Session, person_id: int, *, rev: int | None = None) -> Person:
    found = items.living(session, person_id, rev=rev)
    if not isinstance(found, Person):
        raise UserError("This is not a person.")
    return found


def _talk(session: Session, talk_id: int) -> Conversation:
    found = items.living(session, talk_id)
    if not isinstance(found, Conversation):
        raise UserError("This is not a conversation.")
    return found


def _set(session: Session, talk_id: int, **values: str) -> None:
    """Beside the text, so no `rev` is spent and a page that is open need not be read again."""
    table = Conversation.__table__
    query = update(table).where(table.c.id == talk_id).values(**values)  # type: ignore[arg-type]
    session.execute(query)
    session.expire_all()
    touch(session, Conversation)
