"""TOML as plain text, lists and maps, as `plain_yaml` gives them."""

from __future__ import annotations

from datetime import date, time
from typing import Final

from app.core.transfer.plain_yaml import NotPlain, Plain

LONGEST: Final = 20_000
MOST_DOTS: Final = 100
"""In one line: for names within names the time that is needed grows with the square of their number."""


def fields(text: str) -> dict[str, Plain]:
    """The table that `text` is; days and times as ISO 8601 writes them.

    Raises:
        NotPlain: it is no TOML.
    """
    import tomllib

    if len(text) > LONGEST or any(line.count(".") > MOST_DOTS for line in text.split("\n")):
        raise NotPlain("is far longer or deeper than any")
    try:
        return {name: _plain(value) for name, value in tomllib.loads(text).items()}
    except (ValueError, RecursionError) as error:
        raise NotPlain("is no valid TOML") from error


def _plain(value: object) -> Plain:
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date | time) else str(value)
