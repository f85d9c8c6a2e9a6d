"""What the tests of all readers share."""

from __future__ import annotations

import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

from app.core.transfer import found_by, reader_for
from app.core.transfer.records import Found, Record, Remark, Skipped

BERLIN = ZoneInfo("Europe/Berlin")


def read(path: Path, *, by: str, zone: ZoneInfo = BERLIN) -> list[Found]:
    """Everything that is found in `path`, which has to be recognised as `by`'s."""
    reader = reader_for(path)
    assert reader.name == by
    return list(found_by(reader, path, zone=zone))


def records(found: list[Found]) -> list[Record]:
    return [one for one in found if isinstance(one, Record)]


def skipped(found: list[Found]) -> list[Skipped]:
    return [one for one in found if isinstance(one, Skipped)]


def remarks(found: list[Found]) -> list[Remark]:
    return [one for one in found if isinstance(one, Remark)]


def files(root: Path, contents: dict[str, str | bytes]) -> Path:
    """A folder with these files."""
    for name, content in contents.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    return root


def zipped(path: Path, contents: dict[str, str | bytes]) -> Path:
    """An archive with these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path
