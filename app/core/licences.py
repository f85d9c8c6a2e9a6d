"""Whose work is in Northing, and under which terms: the texts as they came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from app import paths

_TEXTS: Final = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)", re.IGNORECASE)
PARTS: Final = (
    "SQLAlchemy", "alembic", "Mako", "MarkupSafe", "typing_extensions", "sqlcipher3", "pyqtgraph", "numpy",
    "colorama", "markdown-it-py", "mdit-py-plugins", "mdurl", "linkify-it-py", "platformdirs", "PyYAML",
    "RapidFuzz", "tzlocal",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms of one part; `text` as its makers wrote it."""

    name: str
    text: str


def licences() -> list[Licence]:
    """Northing first, then what it stands on, by name."""
    shipped = paths.RESOURCES / "licenses"
    own = [paths.RESOURCES.parent / "LICENSE", shipped / "Northing" / "LICENSE"]
    found = {
        "Qt and PySide6": [shipped / name for name in ("Qt.txt", "LGPL-3.txt", "GPL-3.txt")],
        "SQLCipher, SQLite, OpenSSL": [shipped / name for name in ("SQLCipher.txt", "Apache-2.0.txt")],
        "Inter": [paths.RESOURCES / "fonts" / "LICENSE-Inter.txt"],
        "JetBrains Mono": [paths.RESOURCES / "fonts" / "LICENSE-JetBrainsMono.txt"],
        "Lucide": [paths.RESOURCES / "icons" / "LICENSE"],
    }
    for name in PARTS:
        found[name] = sorted((shipped / name).rglob("*")) if (shipped / name).is_dir() else _installed(name)
    ordered = {"Northing": own, **dict(sorted(found.items(), key=lambda pair: pair[0].casefold()))}
    made = [
        Licence(name, "\n\n".join(_read(file) for file in files if file.is_file()))
        for name, files in ordered.items()
    ]
    return [licence for licence in made if licence.text.strip()]


def _installed(name: str) -> list[Path]:
    """Where Northing runs from its sources: the texts that came with the package."""
    try:
        files = metadata.distribution(name).files or []
    except metadata.PackageNotFoundError:
        return []
    return [Path(str(file.locate())) for file in files if _TEXTS.search(file.name) and ".dist-info" in str(file)]


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace").strip()
