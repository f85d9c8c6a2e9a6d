"""Questions to write on: shipped and own ones, one a day, none again before all others had their turn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from app.paths import RESOURCES

CADENCES: Final = ("daily", "weekly", "monthly", "quarterly", "yearly")
LOOK_BACK: Final = 4
"""Fridays look back: on the last one of a month at the month, and so on."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question, what it is about, and how often it is worth asking."""

    theme: str
    cadence: str
    text: str


@cache
def shipped() -> tuple[Prompt, ...]:
    """The questions that come with the program."""
    told = json.loads((RESOURCES / "content" / "prompts.json").read_text(encoding="utf-8"))
    return tuple(Prompt(each["theme"], each["cadence"], each["text"]) for each in told)


def own(lines: str) -> tuple[Prompt, ...]:
    """The user's own questions, one a line; ``weekly:`` or another cadence in front says when."""
    made = []
    for line in lines.splitlines():
        cadence, colon, rest = line.strip().partition(":")
        named = bool(colon) and cadence.strip().lower() in CADENCES
        text = rest.strip() if named else line.strip()
        if text:
            made.append(Prompt("", cadence.strip().lower() if named else "daily", text))
    return tuple(made)


def prompt_of(prompts: Sequence[Prompt], day: date, *, another: int = 0) -> Prompt | None:
    """The question of `day`; with `another` the one that many places on. None where there is none to ask.

    Ordinary days take turns through the daily and weekly questions in an order of their own, so that each is asked
    once before any comes again. The last Friday of a month, quarter or year asks one of those, by the same rule.
    """
    for cadence, turn in _occasions(day):
        pool = _in_order([each for each in prompts if each.cadence in cadence])
        if pool:
            return pool[(turn + another) % len(pool)]
    return None


def _occasions(day: date) -> list[tuple[tuple[str, ...], int]]:
    """The cadences that `day` may ask, the rarest first, and how often such a day came before."""
    found: list[tuple[tuple[str, ...], int]] = []
    if day.weekday() == LOOK_BACK and (day + timedelta(days=7)).month != day.month:
        if day.month == 12:
            found.append((("yearly",), day.year))
        if day.month % 3 == 0:
            found.append((("quarterly",), day.year * 4 + day.month // 3))
        found.append((("monthly",), day.year * 12 + day.month))
    found.append((("daily", "weekly"), day.toordinal()))
    return found


def _in_order(prompts: Sequence[Prompt]) -> list[Prompt]:
    """A fixed order in which neighbours of the list are apart."""
    return sorted(prompts, key=lambda each: hashlib.sha256(each.text.encode()).digest())
