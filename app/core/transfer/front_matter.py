"""The head of a Markdown file: YAML between --- lines, TOML between +++ lines, or Logseq's properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from app.core.transfer import plain_toml
from app.core.transfer.plain_yaml import NotPlain, Plain, pairs

_BLOCK: Final = re.compile(r"\A---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML: Final = re.compile(r"\A\+\+\+[ \t]*\n(.*?)(?:^|\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_LOGSEQ: Final = re.compile(r"\A(?:[\w.\-]{1,60}:: ?[^\n]*(?:\n|\Z))+\n*")
"""The properties of a page, before its first block."""
_JRNL: Final = re.compile(
    r"\A---\n((?:title|date): [^\n]*\n(?:(?!body:)[^\n]*\n){1,20}?)body: \|[\t ]*\n((?:\t[^\n]*\n|\n)*)\.\.\.\s*\Z"
)
"""A page of jrnl's: its text below tabs, and values as they are, which is no YAML."""
_LONGEST: Final = 200_000

Fields = dict[str, Plain]


def parted(text: str) -> tuple[Fields, str, str]:
    """Fields, the text below them, and a sentence where the block cannot be read and stays in the text."""
    if found := _LOGSEQ.match(text):
        said = (line.split("::", 1) for line in found[0].strip().split("\n"))
        return {name.strip(): value.strip() for name, value in said}, text[found.end() :], ""
    if found := _JRNL.match(text):
        values = (line.partition(":") for line in found[1].splitlines())
        body = re.sub(r"^\t", "", found[2], flags=re.MULTILINE)
        return (
            {name.strip(): value.strip() for name, _, value in values if value.strip()},
            body.strip("\n"),
            "",
        )
    block, fields_of = (_TOML, plain_toml.fields) if text.startswith("+++") else (_BLOCK, _yaml)
    found = block.match(text) if text.startswith(("---", "+++")) else None
    if not found or len(found[1]) > _LONGEST:
        return {}, text, ""
    try:
        fields = fields_of(found[1])
    except NotPlain as error:
        return {}, text, f"Its front matter {error}; it stays in the text."
    if not fields and found[1].strip():
        return {}, text, ""
    return fields, text[found.end() :].removeprefix("\n"), ""


def _yaml(text: str) -> Fields:
    return dict(pairs(text))


def word(fields: Fields, names: Iterable[str]) -> str:
    """The first of these fields that holds one plain value, in a list or not, whatever the case of its name."""
    plain = {name.casefold().replace("_", " ").replace("-", " "): value for name, value in fields.items()}
    for name in names:
        value = plain.get(name)
        while isinstance(value, list) and len(value) == 1:
            value = value[0]
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def words(fields: Fields, names: Iterable[str]) -> list[str]:
    """The values of these fields: lists as they are, texts parted at commas, or at spaces where there are none."""
    plain = {name.casefold(): value for name, value in fields.items()}
    found: list[str] = []
    for name in names:
        value = plain.get(name)
        if isinstance(value, list):
            found += _leaves(value)
        elif isinstance(value, str):
            found += value.split(",") if "," in value else value.split()
    return found


def _leaves(value: list[Plain]) -> Iterator[str]:
    for one in value:
        if isinstance(one, list):
            yield from _leaves(one)
        elif isinstance(one, str):
            yield one


def is_true(fields: Fields, names: Iterable[str]) -> bool:
    """Whether one of these fields says yes."""
    return word(fields, names).casefold() in ("true", "yes", "1", "on")
