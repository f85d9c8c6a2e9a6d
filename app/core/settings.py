"""Choices that belong to the journal and travel with its file."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from sqlalchemy.orm import Session

from app.core.days import Calendar
from app.core.model import Setting


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice with its default.

    Attributes:
        day_start: The hour (0 to 12) at which a new journal day begins.
        first_weekday: 0 Monday … 6 Sunday. fiscal_start_month: 1 January … 12 December.
        competency_model: `uid` of the model that the skills page shows, or "" for the first.
        contacts_wanted: How often a month one wants to be in touch with customers; 0 for no target.
        welcomed: Whether the first-run choice was made.
        output_verbs: Verbs that hint at an output, with commas between; "" for the usual ones.
        templates: Whether an entry of a kind begins with the template of its kind.
        prompts: Whether Today asks a question. prompt_packs: what `prompts.put_packs` keeps of the packs.
        prompt_turns: how far `prompts.put_packs` has moved the turns of the questions.
        own_prompts: The user's own questions, one a line, from before there were packs.
        lock_after: Minutes without a touch after which an encrypted journal locks itself; 0 for never.
        weekly_hours: How many hours a week has for steps; 0 where it was not said.
        backup_place: The folder chosen for backups; "" for the one beside the journal.
    """

    day_start: int = 0
    first_weekday: int = 0
    fiscal_start_month: int = 1
    competency_model: str = ""
    contacts_wanted: int = 0
    welcomed: bool = False
    output_verbs: str = ""
    weekly_hours: int = 0
    backup_place: str = ""
    prompts: bool = True
    prompt_packs: str = ""
    prompt_turns: str = ""
    own_prompts: str = ""
    templates: bool = True
    lock_after: int = 10

    @property
    def calendar(self) -> Calendar:
        """How these choices divide time."""
        return Calendar(self.first_weekday, self.fiscal_start_month, self.day_start)


_RANGES: Final = {
    "day_start": range(13),
    "first_weekday": range(7),
    "contacts_wanted": range(201),
    "fiscal_start_month": range(1, 13),
    "weekly_hours": range(100),
    "lock_after": range(1441),
}


def settings(session: Session) -> Settings:
    """The journal's choices; what was never chosen, is unreadable or cannot be, has its default."""
    known = {field.name: type(field.default) for field in fields(Settings)}
    chosen: dict[str, Any] = {}
    for key, value in session.connection().exec_driver_sql("SELECT key, value FROM setting"):
        if key in known:
            try:
                parsed = json.loads(value)
            except ValueError:
                continue
            if type(parsed) is known[key] and parsed in _RANGES.get(key, (parsed,)):
                chosen[key] = parsed
    return replace(Settings(), **chosen)


def change_settings(session: Session, **changes: Any) -> Settings:
    """Keep `changes` (names and values of `Settings`) and return all choices."""
    replace(Settings(), **changes)  # refuses names that do not exist
    for key, value in changes.items():
        session.merge(Setting(key=key, value=json.dumps(value)))
    session.flush()
    return settings(session)
