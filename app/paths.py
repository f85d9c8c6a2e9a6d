"""Where files are: the journal, its backups, preferences, logs, and what the app ships."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final, Literal

RESOURCES: Final = Path(__file__).resolve().parents[1] / "resources"
JOURNAL_SUFFIX: Final = ".northing"


def data_dir() -> Path:
    """Folder of journals: `NORTHING_HOME`, `portable_dir`, or the platform's own place for a user's data."""
    return _home_or("data")


def program() -> list[str]:
    """The words that start Northing again, however it was started."""
    if image := os.environ.get("APPIMAGE"):
        return [image]
    if getattr(sys, "frozen", False):
        return [sys.executable]
    script = Path(sys.executable).with_name("northing-window" + (".exe" if sys.platform == "win32" else ""))
    return [str(script)] if script.is_file() else [sys.executable, "-m", "app"]


def portable_dir() -> Path | None:
    """The folder `Northing Data` beside the program: all is kept in it then.

    Somebody made that folder, or put a file or folder named `northing-portable` there to have it made.
    """
    if not (os.environ.get("APPIMAGE") or getattr(sys, "frozen", False)):
        return None
    beside = Path(program()[0]).parent
    if beside.name == "MacOS" and beside.parent.name == "Contents":
        beside = beside.parents[2]  # beside Northing.app, not in it
    folder = beside / "Northing Data"
    return folder if folder.is_dir() or (beside / "northing-portable").exists() else None


def _home() -> Path | None:
    home = os.environ.get("NORTHING_HOME")
    return Path(home) if home else portable_dir()


def _home_or(kind: Literal["data", "config", "cache", "log"]) -> Path:
    """`_home`, or the platform's own place for what is of this kind."""
    if home := _home():
        return home
    import platformdirs

    places = platformdirs.PlatformDirs("Northing" if sys.platform != "linux" else "northing", False)
    found: Path = getattr(places, f"user_{kind}_path")
    return found


def default_journal() -> Path:
    """The journal that opens when none is named."""
    return data_dir() / f"Journal{JOURNAL_SUFFIX}"


def backups_dir(journal: Path) -> Path:
    """Where the backups of `journal` lie until another place is chosen."""
    return journal.parent / "Backups" / journal.stem


def files_dir(journal: Path) -> Path:
    """The attachments of `journal`: files named by the SHA-256 of what they hold."""
    return journal.with_name(journal.name + ".files")


def recovery_file(journal: Path) -> Path:
    """What lets the recovery code open the encrypted `journal`; useless without the code."""
    return journal.with_name(journal.name + ".recovery")


def rekeyed_file(journal: Path) -> Path:
    """The copy of `journal` under another passphrase, until it takes its place."""
    return journal.with_name(journal.name + ".rekeyed")


def preferences_file() -> Path:
    """Window places and other choices that belong to this computer, not to the journal."""
    return _home_or("config") / "window.ini"


def code_file() -> Path:
    """Compiled code of libraries that do not keep it themselves; it may go at any time."""
    return _home_or("cache") / "northing.code"


def log_file() -> Path:
    """The rotating log, which never holds a word of an entry."""
    return _home_or("log") / "northing.log"


def crash_file() -> Path:
    """Where the program was when it was brought down, line by line of code; beside the log."""
    return log_file().with_name("northing-crash.log")
