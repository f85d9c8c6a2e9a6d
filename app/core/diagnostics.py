"""What somebody may send along with a question: versions, places and sizes, and no word of the journal."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from app import APP_NAME, __version__, paths
from app.core import machine, migrations
from app.core.model import Item
from app.core.store import Store, cipher_version, sqlite_version

PARTS: Final = ("PySide6-Essentials", "SQLAlchemy", "alembic", "pyqtgraph", "numpy", "markdown-it-py", "RapidFuzz")


def report(store: Store | None) -> list[tuple[str, str]]:
    """Name and value of everything worth knowing; the user's own folder is written ``~``."""
    found = [
        (APP_NAME, f"{__version__}{' (installed)' if getattr(sys, 'frozen', False) else ''}"),
        ("System", machine.system()),
        ("Python", platform.python_version()),
        ("SQLite", f"{sqlite_version()}, SQLCipher {cipher_version()}"),
        *((name, _version(name)) for name in PARTS),
        ("Schema", migrations.HEAD),
    ]
    if store is not None:
        with store.read() as session:
            counts = session.execute(
                select(Item.kind, func.count()).where(Item.deleted_at.is_(None)).group_by(Item.kind)
            )
            kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.all()))
        found += [("Journal", f"{_hidden(store.path.parent)}, {_size(store.path)}"), ("Items", kinds or "none")]
        found.append(("Passphrase", "yes" if store.key else "no"))
        found.append(("Read only", "yes" if store.is_read_only else "no"))
    for name, file in (("Log", paths.log_file()), ("Crashes", paths.crash_file())):
        found.append((name, f"{_hidden(file)}, {_size(file)}"))
    found.append(("Portable", "yes" if paths.portable_dir() else "no"))
    return found


def as_text(lines: list[tuple[str, str]]) -> str:
    """The report as lines to paste."""
    return "\n".join(f"{name}: {value}" for name, value in lines) + "\n"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not known"


def _size(file: Path) -> str:
    try:
        return f"{file.stat().st_size:,} bytes"
    except OSError:
        return "not there"


def _hidden(place: Path) -> str:
    """Without the user's name."""
    try:
        return f"~/{place.relative_to(Path.home()).as_posix()}"
    except ValueError:
        return str(place)
