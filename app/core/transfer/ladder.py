"""Career ladders from other places: a table (CSV), Markdown with headings, or Markdown over a YAML head.

A table has ``Category,Parameter,Description,<level>…``. In Markdown, a table has a column for the skill and one
for each level, or headings that name levels stand either under the skills (area, skill, level) or above them
(level, skill). What could be read is shown before anything is written; the rest is named line by line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import items
from app.core.errors import UserError
from app.core.model import Anchor, Area, Role, RoleLevel, Skill
from app.core.skills import add_model, arrangement, current_model, use_model
from app.core.transfer import plain_yaml
from app.core.transfer.decoding import cleaned, decoded, raw_of, shown
from app.core.transfer.ladder_markdown import (
    AREA_HEADS,
    SKILL_HEADS,
    TEXT_HEADS,
    column,
    from_headings,
    from_tables,
    plain,
)
from app.core.transfer.tables import Table, read_table

LEVELS: Final = 5
LONGEST_ANCHOR: Final = 4_000
LONGEST_NAME: Final = 200
LARGEST: Final = 8_000_000
MOST_SKILLS: Final = 2_000


@dataclass(frozen=True, slots=True)
class LadderSkill:
    """A skill of a ladder: `levels` are its texts by the ladder's own levels, "" where it says nothing."""

    area: str
    title: str
    text: str
    levels: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """What a file says.

    Attributes:
        levels: The ladder's own names of its levels, in order. skills: in the order of the file.
        problems: (line, sentence) of what could not be read or was changed; line 0 is the whole file.
    """

    name: str
    levels: tuple[str, ...]
    skills: tuple[LadderSkill, ...]
    problems: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LadderPlan:
    """What an import would do: skills with their five anchors, and those left out because they are there."""

    skills: tuple[tuple[LadderSkill, tuple[str, ...]], ...]
    known: tuple[LadderSkill, ...]
    new_areas: tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """What was read so far."""

    problems: list[tuple[int, str]] = field(default_factory=list)
    skills: list[LadderSkill] = field(default_factory=list)
    names: set[tuple[str, str]] = field(default_factory=set)
    area: str = "Ladder"

    def take(self, area: str, title: str, text: str, levels: Sequence[str], line: int) -> None:
        """Keep a skill, or say why not."""
        area, title = area.strip()[:LONGEST_NAME] or self.area, title.strip()
        if not title:
            self.problems.append((line, "has no name of a skill and is left out."))
            return
        if len(title) > LONGEST_NAME:
            self.problems.append(
                (line, f"has a name of {len(title):,} characters; the first {LONGEST_NAME} stay.")
            )
            title = title[:LONGEST_NAME]
        if (area.casefold(), title.casefold()) in self.names:
            self.problems.append((line, f"names “{shown(title)}” a second time and is left out."))
            return
        if len(self.skills) >= MOST_SKILLS:
            self.problems.append((line, f"comes after {MOST_SKILLS:,} skills and is left out."))
            return
        kept = []
        for said in levels:
            if len(said) > LONGEST_ANCHOR:
                self.problems.append(
                    (line, f"has a cell of {len(said):,} characters; the first {LONGEST_ANCHOR:,} stay.")
                )
            kept.append(said.strip()[:LONGEST_ANCHOR])
        missing = [str(place) for place, said in enumerate(kept, 1) if not said]
        if len(missing) == len(kept):
            self.problems.append((line, f"describes no level of “{shown(title)}”; it comes without anchors."))
        elif missing:
            self.problems.append((line, f"says nothing for level {', '.join(missing)} of “{shown(title)}”."))
        self.names.add((area.casefold(), title.casefold()))
        self.skills.append(LadderSkill(area, title, text.strip()[:LONGEST_ANCHOR], tuple(kept), line))


def read_ladder(path: Path) -> Ladder:
    """The ladder in the file at `path`.

    Raises:
        UserError: the file cannot be read, is too large, or holds no ladder.
    """
    if path.suffix.lower() in (".csv", ".tsv"):
        return _from_table(read_table(path), path.stem)
    text, guessed = decoded(raw_of(path, LARGEST, "This file is larger than 8 MB; a ladder is a few pages."))
    text, replaced = cleaned(text)
    reading = Reading([(0, f"The file {said}") for said in (guessed, replaced) if said])
    reading.area = path.stem
    head, body, first = _cut(text)
    levels = _from_head(head, reading) if head else ()
    if not reading.skills:
        of_tables = Reading(list(reading.problems), area=reading.area)
        columns = from_tables(body, first, of_tables)
        levels = from_headings(body, first, reading)
        if len(of_tables.skills) > len(reading.skills):
            reading, levels = of_tables, columns
    if not reading.skills:
        raise UserError(
            f"“{path.name}” holds no ladder that could be read: levels as headings (“Level 1”), or a table with "
            "a column for the skill and one for each level."
        )
    return Ladder(path.stem, levels, tuple(reading.skills), tuple(reading.problems))


def suggested_levels(count: int) -> tuple[int, ...]:
    """The anchor (1 to 5) for each of a ladder's levels, spread evenly where it has more than five."""
    if count <= LEVELS:
        return tuple(range(1, count + 1))
    return tuple(1 + round(place * (LEVELS - 1) / (count - 1)) for place in range(count))


def plan_ladder(session: Session, ladder: Ladder, mapping: Sequence[int], *, own: bool = False) -> LadderPlan:
    """What `bring_ladder` would write.

    Args:
        mapping: For each level of the ladder the anchor 1 to 5 that it becomes, 0 for none.
        own: Whether it becomes a model of its own, so that nothing is there yet.
    """
    standing = [] if own else arrangement(session)
    known = {(area.title.casefold(), skill.title.casefold()) for area in standing for skill in area.skills}
    there = {area.title.casefold() for area in standing}
    fresh = [each for each in ladder.skills if (each.area.casefold(), each.title.casefold()) not in known]
    left = [each for each in ladder.skills if (each.area.casefold(), each.title.casefold()) in known]
    areas = dict.fromkeys(each.area for each in fresh if each.area.casefold() not in there)
    return LadderPlan(tuple((each, _anchors(each, mapping)) for each in fresh), tuple(left), tuple(areas))


def bring_ladder(
    session: Session, ladder: Ladder, mapping: Sequence[int], *, title: str | None = None, now: datetime
) -> list[int]:
    """Write what is not there yet; returns the ids of everything new. Known skills stay as they are.

    Args:
        title: The name of a model of its own, which is in use from then on and has the ladder's levels as
            roles; None for more skills in the model that is in use.

    Raises:
        FieldError: a model has that name already.
    """
    plan = plan_ladder(session, ladder, mapping, own=title is not None)
    found: list[int] = []
    if title is None:
        row = current_model(session)
        model = row.id if row else None
        areas = {area.title.casefold(): area.id for area in reversed(arrangement(session)) if area.id is not None}
    else:
        model = add_model(session, title, now=now)
        use_model(session, model)
        found.append(model)
        areas = {}
    last = session.scalar(select(func.max(Area.position))) or 0
    for place, name in enumerate(plan.new_areas, 1):
        made = items.add_item(session, Area(title=name, position=last + place, model_id=model), now=now)
        found.append(areas.setdefault(name.casefold(), made.id))
    position = session.scalar(select(func.max(Skill.position))) or 0
    skills = []
    for place, (said, anchors) in enumerate(plan.skills, 1):
        skill = Skill(
            title=said.title, text=said.text, area_id=areas[said.area.casefold()], position=position + place
        )
        skill.anchors = [Anchor(level=level, text=text) for level, text in enumerate(anchors, 1)]
        skills.append((items.add_item(session, skill, now=now).id, said))
    if title is not None:
        found += _bring_roles(session, ladder, mapping, model, skills, now)
    return found + [skill for skill, _ in skills]


def _bring_roles(
    session: Session,
    ladder: Ladder,
    mapping: Sequence[int],
    model: int | None,
    skills: Sequence[tuple[int, LadderSkill]],
    now: datetime,
) -> list[int]:
    """Each level of the ladder as a role: it asks that level of every skill of which it says something."""
    found = []
    for place, (name, wanted) in enumerate(zip(ladder.levels, mapping, strict=False)):
        asked = [skill for skill, said in skills if place < len(said.levels) and said.levels[place]]
        if wanted and asked:
            role = Role(title=name[:LONGEST_NAME], position=place, model_id=model)
            role.levels = [RoleLevel(skill_id=skill, level=float(wanted)) for skill in asked]
            found.append(items.add_item(session, role, now=now).id)
    return found


def _anchors(skill: LadderSkill, mapping: Sequence[int]) -> tuple[str, ...]:
    found: list[list[str]] = [[] for _ in range(LEVELS)]
    for said, wanted in zip(skill.levels, mapping, strict=False):
        if said and 1 <= wanted <= LEVELS:
            found[wanted - 1].append(said)
    return tuple("\n\n".join(texts) for texts in found)


def _from_table(table: Table, name: str) -> Ladder:
    reading = Reading([(0, table.remark)] if table.remark else [])
    heads = [head.strip().casefold() for head in table.columns]
    area = column(heads, AREA_HEADS, 0)
    title = column(heads, SKILL_HEADS, min(1, len(heads) - 1))
    text = column(heads, TEXT_HEADS, -1)
    levels = [place for place in range(len(heads)) if place not in (area, title, text) and heads[place]]
    if len(heads) < 3 or not levels:
        raise UserError(
            "This table has no column for a level. Expected: Category, Parameter, Description, Level 1 …"
        )
    beyond = [place for place in range(len(heads)) if not heads[place]]
    before = ""
    for line, cells in table.rows:
        if not any(cells):
            continue
        if any(cells[place] for place in beyond):
            reading.problems.append((line, "has more cells than the head has names; those are left out."))
        # A category that spans rows stands in the first of them only.
        before = cells[area] or before
        said = cells[text] if text >= 0 else ""
        reading.take(before, cells[title], said, [cells[place] for place in levels], line)
    if not reading.skills:
        raise UserError("This table names no skill.")
    return Ladder(
        name, tuple(table.columns[place] for place in levels), tuple(reading.skills), tuple(reading.problems)
    )


def _cut(text: str) -> tuple[str, str, int]:
    """The YAML head, what follows, and the line at which that begins."""
    if text.startswith("---\n") and (end := text.find("\n---", 3)) > 0:
        rest = text.find("\n", end + 1)
        body = text[rest + 1 :] if rest > 0 else ""
        return text[4:end], body, text.count("\n", 0, rest + 1) + 1 if rest > 0 else 1
    return "", text, 1


def _from_head(head: str, reading: Reading) -> tuple[str, ...]:
    """Skills from ``topics: [{title, content: [{level, criteria: […]}]}]``."""
    try:
        said: dict[str, Any] = dict(plain_yaml.pairs(head))
    except plain_yaml.NotPlain as error:
        reading.problems.append((error.line, f"The head {error}."))
        return ()
    area = said.get("sidebarTitle") or said.get("title")
    reading.area = plain(area)[:LONGEST_NAME] if isinstance(area, str) and area else reading.area
    topics = said.get("topics")
    if not isinstance(topics, list):
        return ()
    found: list[tuple[str, dict[int, str]]] = []
    for place, topic in enumerate(topics, 1):
        if not isinstance(topic, dict):
            reading.problems.append((0, f"Topic {place} of the head is no topic and is left out."))
            continue
        levels: dict[int, str] = {}
        for each in topic.get("content") or ():
            number = each.get("level") if isinstance(each, dict) else None
            if not (isinstance(number, str) and number.isdigit() and 1 <= int(number) <= 20):
                reading.problems.append((0, f"Topic {place} of the head has a level without a number."))
                continue
            criteria = each.get("criteria") or ()
            lines = [criteria] if isinstance(criteria, str) else [one for one in criteria if isinstance(one, str)]
            levels[int(number)] = "\n".join(f"- {line}" for line in lines)
        found.append((str(topic.get("title") or topic.get("name") or ""), levels))
    most = max((max(levels, default=0) for _, levels in found), default=0)
    for title, levels in found:
        reading.take("", plain(title), "", [levels.get(n, "") for n in range(1, most + 1)], 0)
    return tuple(f"Level {number}" for number in range(1, most + 1))
