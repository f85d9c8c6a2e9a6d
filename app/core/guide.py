"""The user guide: Markdown pages that come with the app, searched as they are.

`pages` lie in `resources/guide` as ``NN-name.md``; they link to each other by name, and to their pictures by path.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from app import paths

FOLDER: Final = paths.RESOURCES / "guide"


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page. `name` is what links call it; `title` is its first heading; `text` is all of its Markdown."""

    name: str
    title: str
    text: str


@cache
def pages() -> tuple[GuidePage, ...]:
    """Every page, in the order in which to read them."""
    found = []
    for file in sorted(FOLDER.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        found.append(
            GuidePage(file.stem.split("-", 1)[1], text.split("\n", 1)[0].removeprefix("# ").strip(), text)
        )
    return tuple(found)


def picture(target: str, *, dark: bool = False) -> Path | None:
    """The file of a picture that a page shows as `target`, light or dark; None for anything outside the guide."""
    folder, name = FOLDER / "pictures", target.removeprefix("pictures/")
    found = folder / (name.replace(".png", "-dark.png") if dark else name)
    return found if found.parent == folder and found.is_file() else None


def matching(typed: str, among: Sequence[GuidePage]) -> list[GuidePage]:
    """The pages that say every word of `typed`, accents and case aside; titles that say it come first."""
    words = _folded(typed).split()
    found = [page for page in among if all(word in _folded(page.text) for word in words)]
    return sorted(found, key=lambda page: not all(word in _folded(page.title) for word in words))


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
