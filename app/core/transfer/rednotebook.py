"""RedNotebook: its folder of month files, one such file, or the backup archive it writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from app.core.errors import UserError
from app.core.transfer import plain_yaml, txt2tags
from app.core.transfer.archives import Bundle, open_bundle
from app.core.transfer.decoding import cleaned, shown
from app.core.transfer.keys import Keys, digest
from app.core.transfer.plain_yaml import NotPlain, Pairs, Plain, is_nothing
from app.core.transfer.records import Found, Progress, Record, Remark, Skipped, no_progress

Markup = Callable[[str], str]
"""From what a journal is marked up with to Markdown."""

name = "RedNotebook"
takes = "the folder with its month files (2024-09.txt …), or a backup (.zip)"

_MONTH_FILE: Final = re.compile(r"(?:^|/|_)(\d{4})-(\d{2})\.txt$")
_SETTINGS: Final = "journal.cfg"
_MARKUP: Final = re.compile(r"(?m)^\s*markup\s*=\s*(\S+)\s*$")
"""What its texts are marked up with; without this line, and before there was one, with txt2tags."""
_DAY_LINE: Final = re.compile(rb"(?m)^(\xef\xbb\xbf)?'?(\d{1,2})'?: *(\{|\r?$|!!|[&#])")
_DAY_BLOCK: Final = re.compile(r"(?m)^(?='?\d{1,2}'?:)")
_UNPRINTABLE: Final = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def can_read(bundle: Bundle) -> bool:
    months = [file for file in bundle.names if _MONTH_FILE.search(file)]
    return any(_looks_like_month(bundle.head(file)) for file in months[:24])


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    bundle = open_bundle(path)
    months = [file for file in bundle.names if _MONTH_FILE.search(file)]
    yield from bundle.left_out
    keys = Keys("rednotebook", "day")
    markup = _as_it_is if _is_markdown(bundle) else txt2tags.markdown
    pictures = 0
    for done, file in enumerate(months):
        progress(done, len(months))
        try:
            text, remarks = bundle.text(file)
        except UserError as error:
            yield Skipped(file, str(error))
            continue
        yield from remarks
        for found in _days(file, text, keys, markup):
            pictures += found.text.count("](file://") if isinstance(found, Record) else 0
            yield found
    if pictures:
        which = "One picture or file lies" if pictures == 1 else f"{pictures} pictures or files lie"
        said = f"{which} outside RedNotebook's folder; the texts still point there."
        yield Remark(path.name, said)
    progress(len(months), len(months))


def _is_markdown(bundle: Bundle) -> bool:
    """Whether the journal was converted to Markdown, as its settings say that lie beside the months."""
    settings = [file for file in bundle.names if file.rpartition("/")[2] == _SETTINGS]
    if settings:
        said = bundle.head(settings[0])
    elif bundle.path.suffix == ".txt" and (beside := bundle.path.with_name(_SETTINGS)).is_file():
        said = beside.read_bytes()[:4096]
    else:
        return False
    found = _MARKUP.search(said.decode("utf-8", "replace"))
    return found is not None and found[1].casefold() != "txt2tags"


def _looks_like_month(head: bytes) -> bool:
    return bool(_DAY_LINE.search(head)) or head.strip() == b"{}"


def _as_it_is(text: str) -> str:
    return text.strip("\n")


def _days(file: str, text: str, keys: Keys, markup: Markup) -> Iterator[Found]:
    found = _MONTH_FILE.search(file)
    assert found is not None
    year, month = int(found[1]), int(found[2])
    text, replaced = cleaned(_UNPRINTABLE.sub("\ufffd", text))
    if replaced:
        yield Remark(file, f"The file {replaced}")
    try:
        days = plain_yaml.pairs(text)
    except NotPlain as error:
        days, broken = _days_one_by_one(text)
        if not days:
            yield Skipped(file, f"The file {error}.")
            return
        for line, why in broken:
            yield Skipped(f"{file}, line {line}", f"This day {why}; the other days of the month come in.")
    for number, content in days:
        yield from _day(file, year, month, number, content, keys, markup)


def _days_one_by_one(text: str) -> tuple[Pairs, list[tuple[int, str]]]:
    """One broken day spoils a whole month's YAML, so each block that begins with a number is read by itself."""
    good: Pairs = []
    broken: list[tuple[int, str]] = []
    line = 1
    for block in _DAY_BLOCK.split(text):
        try:
            good += plain_yaml.pairs(block)
        except NotPlain as error:
            broken.append((line, str(error)))
        line += block.count("\n")
    return good, broken


def _day(
    file: str, year: int, month: int, number: str, content: Plain, keys: Keys, markup: Markup
) -> Iterator[Found]:
    where = f"{file}, day {shown(number, 40)}"
    if isinstance(content, str) and not is_nothing(content):
        content = {"text": content}
    if is_nothing(content):
        return
    if not isinstance(content, dict):
        yield Skipped(where, "It is not a day of RedNotebook: it has neither a text nor categories.")
        return
    source = content.get("text", "")
    if not isinstance(source, str):
        yield Skipped(where, "Its text is no text.")
        source = ""
    categories = {name: value for name, value in content.items() if name != "text"}
    tags, lists = _told_apart(categories, markup)
    text = markup(source)
    text = "\n\n".join(part for part in (text, lists) if part.strip())
    if not text.strip() and not tags:
        return
    day = _date(year, month, number)
    if day is None:
        yield Remark(
            where, f"There is no day {shown(number, 40)} in {year:04}-{month:02}; its text comes in without a day."
        )
    when = f"{year:04}-{month:02}-{number.zfill(2)}"
    if key := keys.of(f"{when}:{digest(source, categories)[:16]}", text):
        extra: dict[str, object] = {"categories": categories} if categories else {}
        if markup is txt2tags.markdown and source and source not in text:
            extra["txt2tags"] = source
        yield Record(key, day, None, None, text, tuple(tags), extra=extra)
    else:
        yield Skipped(where, "The same day with the same text stands twice.")


def _date(year: int, month: int, number: str) -> date | None:
    try:
        return date(year, month, int(number))
    except (ValueError, OverflowError):
        return None


def _told_apart(categories: dict[str, Plain], markup: Markup) -> tuple[list[str], str]:
    """Tags, and what the categories list as Markdown. A category is a tag of the day; `Tags` lists tags."""
    tags: dict[str, str] = {}
    parts: list[str] = []
    for category, value in categories.items():
        entries = [value] if isinstance(value, str) else list(value)
        entries = [entry for entry in entries if isinstance(entry, str) and not is_nothing(entry)]
        names = entries if category.casefold() == "tags" else [category]
        for tag in names:
            if tag.strip():
                tags.setdefault(tag.strip().casefold(), tag.strip())
        if entries and category.casefold() != "tags":
            listed = "\n".join(f"- {markup(' '.join(entry.split()))}" for entry in entries)
            parts.append(f"**{category}**\n\n{listed}")
    return list(tags.values()), "\n\n".join(parts)
