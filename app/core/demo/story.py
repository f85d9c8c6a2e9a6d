"""The story told day by day: written entries where they stand, and plain days composed around them. Pure."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from app.core.days import Calendar, Span
from app.paths import RESOURCES

YEAR: Final = 356
HOLIDAY: Final = (142, 156)
"""Days ago that are holidays: nothing is written then, which the charts show as nothing written."""

PLAIN_DAYS: Final = 0.86
SEED: Final = 7


@dataclass(frozen=True, slots=True)
class DemoEntry:
    """What was written on a day at an hour: its kind's fields by name, and titles of what it serves."""

    day: date
    hour: int
    minute: int
    text: str
    mood: int | None
    energy: int | None
    kind: str = "note"
    fields: Mapping[str, Any] = field(default_factory=dict)
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoCheckIn:
    """A reading of a key result."""

    day: date
    value: float
    confidence: int
    note: str


def script() -> dict[str, Any]:
    """The content file as it stands."""
    return tomllib.loads((RESOURCES / "content" / "demo.toml").read_text(encoding="utf-8"))


def entries(told: Mapping[str, Any], today: date, seed: int = SEED) -> list[DemoEntry]:
    """Every note of the year up to `today`, oldest first."""
    chance = random.Random(seed)
    written = {today - timedelta(days=said["ago"]): said for said in told["entries"]}
    composed = _composer(told, chance)
    found: list[DemoEntry] = []
    for ago in range(YEAR, 0, -1):
        day = today - timedelta(days=ago)
        said = written.get(day)
        if said is not None:
            plain = _entry(day, said["text"], said.get("mood"), said.get("energy"), chance)
            fields = {name: _field(name, value, day) for name, value in said.get("fields", {}).items()}
            kind, serves = said.get("kind", "note"), tuple(said.get("serves", ()))
            found.append(replace(plain, kind=kind, fields=fields, serves=serves))
        elif day.weekday() < 5 and not HOLIDAY[0] <= ago <= HOLIDAY[1] and chance.random() < PLAIN_DAYS:
            mood = chance.choice([2, 3, 3, 3, 4, 4, 4, 5]) if chance.random() < 0.6 else None
            energy = chance.choice([2, 3, 3, 4, 4]) if mood and chance.random() < 0.7 else None
            found.append(_entry(day, next(composed), mood, energy, chance))
    return found


def check_ins(
    told: Mapping[str, Any], result: Mapping[str, Any], span: Span, today: date, seed: int
) -> list[DemoCheckIn]:
    """Weekly readings from the baseline to what was reached, with some weeks missing."""
    if "reached" not in result:
        return []
    chance = random.Random(seed)
    last = min(span.last, today)
    days = [span.first + timedelta(days=4 + 7 * week) for week in range(13)]
    days = [day for day in days if day <= last]
    found: list[DemoCheckIn] = []
    for place, day in enumerate(days):
        if place not in (0, len(days) - 1) and chance.random() < 0.14:
            continue  # a week without a reading stays unknown
        share = (place + 1) / len(days)
        value = _value(result, share, chance, final=place == len(days) - 1)
        before = found[-1].value if found else result.get("baseline", value)
        found.append(
            DemoCheckIn(day, value, _confidence(result, share, chance), _note(told, result, value, before, chance))
        )
    return found


def quarter(today: date, back: int) -> Span:
    """The calendar quarter `back` (0 or negative) quarters from that of `today`."""
    calendar = Calendar()
    period = calendar.quarter_of(today)
    for _ in range(-back):
        before = calendar.previous(period)
        assert before is not None
        period = before
    return period


def _value(result: Mapping[str, Any], share: float, chance: random.Random, *, final: bool) -> float:
    reached = float(result["reached"])
    if result["measure"] == "milestone":
        return reached if final else 0.0
    if result["measure"] == "checklist":
        return float(round(reached * share))
    start = float(result.get("baseline", reached))
    way = reached - start
    value = start + way * share**1.15 + (0 if final else way * chance.uniform(-0.12, 0.12))
    if result["measure"] == "hold_below":
        value = reached + chance.uniform(-6, 7)
    return round(value, 1) if abs(reached) < 100 and reached != int(reached) else float(round(value))


def _confidence(result: Mapping[str, Any], share: float, chance: random.Random) -> int:
    target, start, reached = result.get("target"), result.get("baseline"), result["reached"]
    ends = 6.0
    if target is not None and start is not None and target != start:
        ends = 2 + 8 * min(max((reached - start) / (target - start), 0.0), 1.0)
    return min(10, max(0, round(7 + (ends - 7) * share + chance.uniform(-1, 1))))


def _note(
    told: Mapping[str, Any], result: Mapping[str, Any], value: float, before: float, chance: random.Random
) -> str:
    notes = told["checkins"]
    better = value < before if result["measure"] in ("decrease", "hold_below") else value > before
    kind = "flat" if value == before else "up" if better else "down"
    return str(chance.choice(notes[kind])) if chance.random() < 0.6 else ""


def _composer(told: Mapping[str, Any], chance: random.Random) -> Iterator[str]:
    """Plain days: each of their sentences comes again only after all others of its kind have come."""
    piles = {name: list(told["people"][name]) for name in ("clinics", "team")}
    kinds: Sequence[Mapping[str, Any]] = told["days"]
    rest: dict[tuple[int, str], list[str]] = {}

    def draw(key: tuple[int, str], full: Sequence[str]) -> str:
        if not rest.get(key):
            rest[key] = chance.sample(list(full), len(full))
        return rest[key].pop()

    while True:
        number = chance.choices(range(len(kinds)), weights=[4, 2, 3, 2])[0]
        kind = kinds[number]
        said = [draw((number, "first"), kind["first"]), draw((number, "then"), kind["then"])]
        if chance.random() < 0.35:
            said += [again for again in (draw((number, "then"), kind["then"]),) if again not in said]
        said.append(draw((number, "last"), kind["last"]))
        text = " ".join(part for part in said if part)
        text = text.replace("{clinic}", draw((-1, "clinics"), piles["clinics"]))
        text = text.replace("{team}", draw((-1, "team"), piles["team"]))
        yield text + (f" #{kind['tags'][0]}" if chance.random() < 0.7 else "")


def _field(name: str, value: Any, day: date) -> Any:
    return day + timedelta(days=value) if name in ("review_on", "know_on") else value


def _entry(day: date, text: str, mood: int | None, energy: int | None, chance: random.Random) -> DemoEntry:
    return DemoEntry(day, chance.choice([8, 9, 12, 16, 17, 17, 18, 21]), chance.randrange(60), text, mood, energy)
