"""Names of files as texts point to them, and what a name says of a file."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Collection
from typing import Final

LONGEST: Final = 120
_PICTURE_ENDINGS: Final = "png jpg jpeg jpe gif webp bmp svg tif tiff heic heif avif"
_PICTURES: Final = frozenset(_PICTURE_ENDINGS.split())
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\[\]]+')


def is_picture(name: str) -> bool:
    """Whether a file is a picture, by its ending."""
    return name.rpartition(".")[2].casefold() in _PICTURES


def address(name: str) -> str:
    """A file name as it can stand in a Markdown link."""
    return re.sub(r"[\s()<>%\\]", lambda found: f"%{ord(found[0]):02X}", name)


def free_name(name: str, taken: Collection[str]) -> str:
    """`name`, or the next like it (``plan-2.png``) that is not `taken`, whatever its capitals."""
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, f"{dot}{ending}") if stem else (name, "")
    keys = {one.casefold() for one in taken}
    number, free = 2, name
    while free.casefold() in keys:
        free, number = f"{stem}-{number}{ending}", number + 1
    return free


def sound_name(name: str) -> str:
    """`name` without folders and without what a file system or a link cannot hold; never blank."""
    said = " ".join(_FORBIDDEN.sub(" ", name.replace("\\", "/").rpartition("/")[2]).split()).strip(". ")
    stem, dot, ending = said.rpartition(".")
    if len(said) > LONGEST:
        said = f"{stem[: LONGEST - len(ending) - 1]}{dot}{ending}" if stem and len(ending) < 12 else said[:LONGEST]
    return said or "file"


def media_type(name: str) -> str:
    """The MIME type that the ending promises, "" where it promises none."""
    return mimetypes.guess_type(name)[0] or ""
