"""Questions to write on, in packs: the shipped themes and the user's own; one a day, by turns."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy.orm import Session

from app.core.errors import FieldError
from app.core.settings import Settings, change_settings, settings
from app.core.words import normal_text
from app.paths import RESOURCES

CADENCES: Final = ("daily", "weekly", "monthly", "quarterly", "yearly")
LOOK_BACK: Final = 4
"""Fridays look back: on the last one of a month at the month, and so on."""

MOST_PACKS: Final = 60
MOST_QUESTIONS: Final = 2_000
LONGEST_NAME: Final = 60
LONGEST_QUESTION: Final = 500
LONGEST_KEPT: Final = 100_000
"""Characters of all that differs from what is shipped; the settings are read often."""

NOT_MOVED: Final[Mapping[str, int]] = MappingProxyType({})
_OWN: Final = "My questions"
_ANY_DAY: Final = "any day"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question, what it is about, and how often it is worth asking."""

    theme: str
    cadence: str
    text: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Questions under a name.

    Attributes:
        text: One question a line; ``weekly:`` or another cadence in front says when.
        is_on: Whether they are asked. theme: The shipped theme that it was or is; "" for one of the user's own.
    """

    name: str
    text: str
    is_on: bool = True
    theme: str = ""

    @property
    def is_shipped(self) -> bool:
        """Whether it came with the program, as it is or changed."""
        return bool(self.theme)

    @property
    def is_as_shipped(self) -> bool:
        """Whether its name and its questions are those that came with the program."""
        usual = _usual().get(self.theme)
        return usual is not None and (self.name, self.text) == (usual.name, usual.text)


class PackError(FieldError):
    """A `FieldError` about one of several packs; `place` says which."""

    def __init__(self, place: int, field: str, sentence: str) -> None:
        super().__init__(field, sentence)
        self.place = place


# ---------------------------------------------------------------- queries


def packs(chosen: Settings) -> tuple[Pack, ...]:
    """The shipped themes in their order, with what the user changed, then his own."""
    return _packs(chosen.prompt_packs, chosen.own_prompts)


def asked(held: Sequence[Pack]) -> tuple[Prompt, ...]:
    """The questions of the packs that are on, each once, in the first pack that has it."""
    return _asked(tuple(each for each in held if each.is_on))


def questions(text: str, theme: str = "") -> tuple[Prompt, ...]:
    """The questions of a text, one a line; ``weekly:`` or another cadence in front says when."""
    made = []
    for line in text.splitlines():
        cadence, colon, rest = line.strip().partition(":")
        named = bool(colon) and cadence.strip().lower() in CADENCES
        said = rest.strip() if named else line.strip()
        if said:
            made.append(Prompt(theme, cadence.strip().lower() if named else "daily", said))
    return tuple(made)


def lines(prompts: Sequence[Prompt]) -> str:
    """The text that `questions` reads as these."""
    return "\n".join(
        f"{each.cadence}: {each.text}"
        if each.cadence != "daily" or questions(each.text) != (Prompt("", "daily", each.text),)
        else each.text
        for each in prompts
    )


def joined(held: Sequence[Pack], brought: Sequence[Pack]) -> tuple[list[Pack], int]:
    """All packs with what is new in the `brought` ones, and how many questions that is.

    A question that is in any pack does not come again; a pack of the same name takes what is new.
    """
    found, count = list(held), 0
    seen = {_plain(each.text) for pack in held for each in questions(pack.text)}
    for pack in brought:
        new = []
        for each in questions(pack.text):
            if _plain(each.text) not in seen:
                seen.add(_plain(each.text))
                new.append(each)
        if not new:
            continue
        count += len(new)
        name = " ".join(pack.name.split())[:LONGEST_NAME].strip()
        place = next((at for at, one in enumerate(found) if _plain(one.name) == _plain(name)), -1)
        if place < 0:
            found.append(Pack(name, lines(new)))
        else:
            text = "\n".join(part for part in (found[place].text.rstrip(), lines(new)) if part)
            found[place] = replace(found[place], text=text)
    return found, count


def as_shipped(pack: Pack) -> Pack:
    """The pack with the name and the questions that came with the program."""
    return replace(_usual()[pack.theme], is_on=pack.is_on)


def turns(chosen: Settings) -> dict[str, int]:
    """How far the turns of each pool are moved, so that they go on where they were when packs change."""
    try:
        told = json.loads(chosen.prompt_turns) if chosen.prompt_turns else {}
    except (ValueError, RecursionError):
        return {}
    held = told.items() if isinstance(told, dict) else ()
    return {pool: moved for pool, moved in held if isinstance(moved, int)}


def prompt_of(
    prompts: Sequence[Prompt], day: date, *, another: int = 0, moved: Mapping[str, int] = NOT_MOVED
) -> Prompt | None:
    """The question of `day`; with `another` the one that many places on. None where there is none to ask.

    Ordinary days take turns through the daily and weekly questions in an order of their own. The last Friday of a
    month, quarter or year asks one of those instead, where there are any. The turns of a pool count only the days
    that ask from it, so that each of its questions is asked once before any comes again.

    Args:
        moved: How far the turns of each pool are moved, see `turns`.
    """
    pools, ends = _pools(prompts)
    end = _pool_of(ends, day)
    pool = _in_order(pools[end])
    return pool[(_turn(end, ends, day) + moved.get(end, 0) + another) % len(pool)] if pool else None


# ---------------------------------------------------------------- commands


def put_packs(session: Session, wanted: Sequence[Pack], *, today: date) -> None:
    """Keep exactly these: of shipped ones only what is changed, so that better ones may come.

    The turns go on where they are today, so that what was asked of late does not come again soon.

    Raises:
        PackError: one has no name or question, the name of another, or there is too much of it.
    """
    names: set[str] = set()
    for place, pack in enumerate(wanted):
        if wrong := _wrong(pack, names):
            raise PackError(place, *wrong)
        names.add(_plain(pack.name))
    last = len(wanted) - 1
    if sum(not pack.is_shipped for pack in wanted) > MOST_PACKS:
        raise PackError(last, "name", f"There are more than {MOST_PACKS} packs of your own. Delete one first.")
    if sum(len(questions(pack.text)) for pack in wanted) > MOST_QUESTIONS:
        raise PackError(last, "text", f"There are more than {MOST_QUESTIONS:,} questions. Delete some first.")
    kept = [told for pack in wanted if (told := _difference(pack))]
    text = json.dumps(kept, ensure_ascii=False) if kept else ""
    if len(text) > LONGEST_KEPT:
        raise PackError(last, "text", f"Your questions have more than {LONGEST_KEPT:,} characters together.")
    chosen = settings(session)
    before = asked(packs(chosen))
    after = asked(packs(replace(chosen, prompt_packs=text, own_prompts="")))
    turned = chosen.prompt_turns if before == after else json.dumps(_moved(before, after, turns(chosen), today))
    change_settings(session, prompt_packs=text, own_prompts="", prompt_turns=turned)


# ---------------------------------------------------------------- inside


@cache
def _usual() -> dict[str, Pack]:
    """The packs that come with the program, by theme."""
    told = json.loads((RESOURCES / "content" / "prompts.json").read_text(encoding="utf-8"))
    found: dict[str, list[Prompt]] = {}
    for each in told:
        found.setdefault(each["theme"], []).append(Prompt(each["theme"], each["cadence"], each["text"]))
    return {theme: Pack(theme, lines(prompts), theme=theme) for theme, prompts in found.items()}


@lru_cache(maxsize=2)
def _packs(kept: str, own: str) -> tuple[Pack, ...]:
    found = dict(_usual())
    mine: list[Pack] = []
    for told in _kept(kept):
        theme = told.get("theme", "")
        usual = _usual().get(theme) or Pack(theme or _OWN, "")
        made = replace(
            usual,
            name=told.get("name", usual.name),
            text=told.get("text", usual.text),
            is_on=told.get("on", True),
        )
        if usual.is_shipped:
            found[theme] = made
        elif made.text.strip():
            mine.append(made)
    older = [Pack(_OWN, own)] if own.strip() else []
    return tuple(joined([*found.values(), *mine], older)[0])


def _kept(text: str) -> list[dict[str, Any]]:
    """What was kept of each changed pack, as far as it can be understood."""
    try:
        told = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return []
    kinds = {"theme": str, "name": str, "text": str, "on": bool}
    return [
        {key: value for key, value in one.items() if isinstance(value, kinds.get(key, ()))}
        for one in (told if isinstance(told, list) else [])
        if isinstance(one, dict)
    ]


def _difference(pack: Pack) -> dict[str, Any]:
    """What is kept of a pack: all of an own one, of a shipped one what is changed; {} for nothing."""
    usual = _usual().get(pack.theme)
    name, text = " ".join(normal_text(pack.name).split()), normal_text(pack.text)
    told: dict[str, Any] = {}
    if usual is None or name != usual.name:
        told["name"] = name
    if usual is None or text != usual.text:
        told["text"] = text
    if not pack.is_on:
        told["on"] = False
    return told if usual is None or not told else {"theme": pack.theme, **told}


def _wrong(pack: Pack, names: set[str]) -> tuple[str, str] | None:
    """Which field of `pack` is wrong and why, beside packs with these names."""
    name = " ".join(pack.name.split())
    if not name:
        return "name", "Give the pack a name."
    if len(name) > LONGEST_NAME:
        return "name", f"A name has at most {LONGEST_NAME} characters."
    if _plain(name) in names:
        return "name", f"Two packs are called “{name}”."
    found = questions(pack.text)
    if not found:
        other = "take its tick away" if pack.is_shipped else "delete the pack"
        return "text", f"Write a question, or {other}."
    if long := next((each for each in found if len(each.text) > LONGEST_QUESTION), None):
        return "text", f"A question has at most {LONGEST_QUESTION} characters; “{long.text[:40]}…” has more."
    return None


@lru_cache(maxsize=2)
def _asked(on: tuple[Pack, ...]) -> tuple[Prompt, ...]:
    found: dict[str, Prompt] = {}
    for pack in on:
        for each in questions(pack.text, pack.name):
            found.setdefault(_plain(each.text), each)
    return tuple(found.values())


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _pools(prompts: Sequence[Prompt]) -> tuple[dict[str, list[Prompt]], list[str]]:
    """The questions by when they are asked, and from which pool the last Friday of each month asks."""
    pools = {_ANY_DAY: [each for each in prompts if each.cadence in ("daily", "weekly")]}
    pools |= {rare: [each for each in prompts if each.cadence == rare] for rare in CADENCES[2:]}
    return pools, [_rarest(pools, month) for month in range(1, 13)]


def _pool_of(ends: list[str], day: date) -> str:
    return ends[day.month - 1] if _is_last_friday(day) else _ANY_DAY


def _moved(
    before: Sequence[Prompt], after: Sequence[Prompt], moved: Mapping[str, int], today: date
) -> dict[str, int]:
    """How far turns have to be moved for each pool to go on behind what it asked last.

    The order of what stays is the same in both, so that nothing comes again before all others had their turn.
    """
    (pools, ends), (new_pools, new_ends) = _pools(before), _pools(after)
    found = {}
    for pool, prompts in new_pools.items():
        old, new = _in_order(pools[pool]), [_place(each) for each in _in_order(prompts)]
        if not old or not new:
            continue
        is_today, stays = _pool_of(ends, today) == pool, _pool_of(new_ends, today) == pool
        last = _place(old[(_turn(pool, ends, today) - (not is_today) + moved.get(pool, 0)) % len(old)])
        wanted = bisect_left(new, last) if is_today and stays else bisect_right(new, last)
        found[pool] = (wanted - _turn(pool, new_ends, today)) % len(new)
    return found


def _rarest(pools: dict[str, list[Prompt]], month: int) -> str:
    """From which pool the last Friday of `month` asks."""
    wanted = ("yearly",) * (month == 12) + ("quarterly",) * (month % 3 == 0) + ("monthly",)
    return next((rare for rare in wanted if pools[rare]), _ANY_DAY)


def _turn(pool: str, ends: list[str], day: date) -> int:
    """How many days before `day` asked from `pool`, where last Fridays ask from `ends`, by month."""
    if pool != _ANY_DAY:
        return day.year * ends.count(pool) + ends[: day.month - 1].count(pool)
    elsewhere = [end != _ANY_DAY for end in ends]
    friday = day + timedelta(days=(LOOK_BACK - day.weekday()) % 7)
    over = elsewhere[day.month - 1] and friday.month != day.month
    return day.toordinal() - day.year * sum(elsewhere) - sum(elsewhere[: day.month - 1]) - over


def _is_last_friday(day: date) -> bool:
    return day.weekday() == LOOK_BACK and (day + timedelta(days=7)).month != day.month


def _in_order(prompts: Sequence[Prompt]) -> list[Prompt]:
    """A fixed order in which neighbours of the list are apart."""
    return sorted(prompts, key=_place)


def _place(prompt: Prompt) -> bytes:
    """Where a question stands in the order of turns, whatever others there are."""
    return hashlib.sha256(prompt.text.encode()).digest()
