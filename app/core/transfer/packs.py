"""Packs of questions from a file: text or Markdown with one question a line, or JSON as the shipped ones."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.core.errors import UserError
from app.core.prompts import CADENCES, LONGEST_QUESTION, MOST_PACKS, MOST_QUESTIONS, Pack, Prompt, lines, questions
from app.core.transfer.decoding import cleaned, decoded, raw_of, shown
from app.core.transfer.front_matter import parted
from app.core.transfer.markdown_lines import HEADING
from app.core.words import counted

LARGEST: Final = 1_000_000

_LEAD: Final = re.compile(r"^\s*(?:>\s*|[-*+•]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+)+")


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file says: its packs, and a sentence for each thing that is not read as it stands there."""

    packs: tuple[Pack, ...]
    remarks: tuple[str, ...]


def read_packs(path: Path) -> Brought:
    """The questions in the file at `path`: under each heading or theme a pack, else one with the file's name.

    Raises:
        UserError: the file cannot be read, is too large, or holds no question.
    """
    too_large = f"“{path.name}” is larger than 1 MB; questions to write on are a few pages."
    text, guessed = decoded(raw_of(path, LARGEST, too_large))
    if "\x00" in text:
        raise UserError(f"“{path.name}” is no text. Choose a text, Markdown or JSON file.")
    text, replaced = cleaned(text)
    remarks = [f"The file {said}" for said in (guessed, replaced) if said]
    is_json = path.suffix.lower() == ".json"
    found = _from_json(text, path, remarks) if is_json else _from_lines(text, path.stem)
    return _fitting(found, path, remarks)


def _from_lines(text: str, name: str) -> dict[str, list[Prompt]]:
    found: dict[str, list[Prompt]] = {}
    for line in parted(text)[1].splitlines():
        if heading := HEADING.match(line.strip()):
            name = heading[2].strip() or name
        elif any(sign.isalnum() for sign in line):
            found.setdefault(name, []).extend(questions(_LEAD.sub("", line)))
    return found


def _from_json(text: str, path: Path, remarks: list[str]) -> dict[str, list[Prompt]]:
    try:
        told = json.loads(text)
    except json.JSONDecodeError as error:
        raise UserError(
            f"“{path.name}” is no complete JSON file: it breaks off or goes wrong in line {error.lineno}."
        ) from error
    except (ValueError, RecursionError) as error:
        raise UserError(f"“{path.name}” is JSON, but no list of questions.") from error
    if not isinstance(told, list):
        raise UserError(f"“{path.name}” is JSON, but no list of questions with “theme”, “cadence” and “text”.")
    found: dict[str, list[Prompt]] = {}
    strange = odd = 0
    for one in told:
        each = {"text": one} if isinstance(one, str) else one if isinstance(one, dict) else {}
        theme, cadence, said = (_plain(each.get(key)) for key in ("theme", "cadence", "text"))
        if any(sign.isalnum() for sign in said):
            often = cadence.lower() if cadence.lower() in CADENCES else "daily"
            odd += bool(cadence) and often != cadence.lower()
            found.setdefault(theme or path.stem, []).append(Prompt(theme, often, said))
        else:
            strange += 1
    if strange:
        remarks.append(
            counted(strange, "One thing in it is no question.", "{count} things in it are no questions.")
        )
    if odd:
        one_said = "One question has a cadence that is not known; it comes on any day."
        remarks.append(
            counted(odd, one_said, "{count} questions have a cadence that is not known; they come on any day.")
        )
    return found


def _plain(told: Any) -> str:
    return " ".join(told.split()) if isinstance(told, str) else ""


def _fitting(found: dict[str, list[Prompt]], path: Path, remarks: list[str]) -> Brought:
    """What is not too long or too much, as packs."""
    long = sum(len(each.text) > LONGEST_QUESTION for prompts in found.values() for each in prompts)
    fit = {name: [each for each in those if len(each.text) <= LONGEST_QUESTION] for name, those in found.items()}
    fit = {name: those for name, those in fit.items() if those}
    if not fit:
        why = f"; a question has at most {LONGEST_QUESTION} characters" if long else ""
        raise UserError(f"“{shown(path.name)}” holds no question{why}. Put one on each line.")
    if len(fit) > MOST_PACKS or sum(map(len, fit.values())) > MOST_QUESTIONS:
        raise UserError(
            f"“{shown(path.name)}” holds more than {MOST_PACKS} packs or {MOST_QUESTIONS:,} questions."
        )
    if long:
        one = f"One line has more than {LONGEST_QUESTION} characters and is left out."
        many = f"{{count}} lines have more than {LONGEST_QUESTION} characters and are left out."
        remarks.append(counted(long, one, many))
    return Brought(tuple(Pack(name, lines(those)) for name, those in fit.items()), tuple(remarks))
