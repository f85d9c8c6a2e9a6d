"""Where the journal lies: folders that are carried to other computers, network drives, copies in conflict."""

from __future__ import annotations

import glob
import os
import re
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app import paths
from app.core.errors import UserError, reason_of

_BY_NAME: Final = (
    (re.compile(r"dropbox( \(.*\)|-.*)?", re.I), "Dropbox"),
    (re.compile(r"onedrive( - .*|-.*)?", re.I), "OneDrive"),
    (re.compile(r"(icloud ?drive|mobile documents|com~apple~clouddocs)", re.I), "iCloud Drive"),
    (re.compile(r"(google ?drive|googledrive-.*|my drive)", re.I), "Google Drive"),
    (re.compile(r"nextcloud\d*", re.I), "Nextcloud"),
    (re.compile(r"owncloud\d*", re.I), "ownCloud"),
    (re.compile(r"syncthing", re.I), "Syncthing"),
    (re.compile(r"(pclouddrive|pcloud drive)", re.I), "pCloud"),
    (re.compile(r"mega(sync)?", re.I), "MEGA"),
)
_BY_MARK: Final = (
    (".stfolder", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".sync", "Resilio Sync"),
    (".megaignore", "MEGA"),
)
_NEXTCLOUD_TABLE: Final = re.compile(r"\._?sync_[0-9a-f]{8,}\.db")
"""What Nextcloud and ownCloud know of a folder of any name."""

_NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs2"}
)
_CONFLICT: Final = re.compile(r"[ck]onfli[ck]?t|\(\d+\)$|^ \d{1,2}$", re.I)
_OF_COMPUTER: Final = re.compile(r"^-([A-Z0-9]+(-[A-Z0-9]+)*|.*(MacBook|iMac|Mac-?mini|Laptop|Desktop|PC)\b.*)$")
"""How OneDrive ends the name of a version from another computer: with the name of that."""

_ASIDE: Final = " set aside "
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is worth knowing about a journal's place.

    Attributes:
        synced_by: The program that carries the folder to other computers, "" for none that is known.
        is_on_network: Whether the drive belongs to another computer.
        conflicts: Files beside the journal that look like another computer's version of it.
        is_open_to_others: Whether other people who use this computer may read it.
    """

    synced_by: str
    is_on_network: bool
    conflicts: tuple[Path, ...]
    is_open_to_others: bool = False


def whereabouts(journal: Path) -> Whereabouts:
    """Look at the place of a journal; only names are read."""
    return Whereabouts(
        synced_by(journal), is_on_network(journal), conflict_copies(journal), is_open_to_others(journal)
    )


def synced_by(journal: Path) -> str:
    """The program that syncs a folder above the journal, by its name or by what lies in it; "" for none."""
    for folder in journal.absolute().parents:
        for pattern, service in _BY_NAME:
            if pattern.fullmatch(folder.name):
                return service
        for mark, service in _BY_MARK:
            if _is_there(folder / mark):
                return service
        if any(_NEXTCLOUD_TABLE.fullmatch(name) for name in _names_in(folder)):
            return "Nextcloud or ownCloud"
    return ""


def is_on_network(journal: Path, mounts: str = "/proc/self/mounts") -> bool:
    """Whether the journal's drive is another computer's, where the system tells (Linux, Windows)."""
    place = str(journal.absolute())
    if sys.platform == "win32":
        import ctypes

        return place.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(place[:3]) == 4
    try:
        lines = Path(mounts).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    best, kind = "", ""
    for line in lines:
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        if (place == point or place.startswith(point.rstrip("/") + "/")) and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind in _NETWORK


def conflict_copies(journal: Path) -> tuple[Path, ...]:
    """Files beside the journal that a sync program made when two computers wrote at once."""
    found = []
    for name in sorted(_names_in(journal.parent)):
        rest = name.removeprefix(journal.stem)
        is_other = name != journal.name and rest != name and name.endswith(paths.JOURNAL_SUFFIX)
        rest = rest.removesuffix(paths.JOURNAL_SUFFIX)
        if is_other and not rest.startswith(_ASIDE) and (_CONFLICT.search(rest) or _OF_COMPUTER.search(rest)):
            found.append(journal.with_name(name))
    return tuple(found)


def set_aside(journal: Path) -> list[Path]:
    """Files beside the journal in which it was kept when a backup took its place."""
    names = sorted(_names_in(journal.parent))
    return [journal.with_name(name) for name in names if name.startswith(journal.stem + _ASIDE)]


def is_open_to_others(journal: Path) -> bool:
    """Whether the system lets other people of this computer read the journal; asked where files have modes."""
    try:
        modes = [path.stat().st_mode for path in (journal, journal.parent)]
    except OSError:
        return False
    return os.name != "nt" and all(mode & _OTHERS for mode in modes)


def keep_to_oneself(journal: Path) -> None:
    """Let nobody else read the journal, and what belongs to it beside it.

    Raises:
        UserError: the drive does not know such rights, or they are not ours to give.
    """
    beside = journal.parent.glob(f"{glob.escape(journal.name)}*")
    try:
        for path in (*beside, *set_aside(journal)):
            within = [path, *path.rglob("*")] if path.is_dir() else [path]
            for one in within:
                one.chmod(0o700 if one.is_dir() else 0o600)
    except OSError as error:
        raise UserError(f"“{journal}” stays as it is: {reason_of(error)}.") from error
    if is_open_to_others(journal):
        raise UserError(f"The drive of “{journal}” does not know whose a file is. A passphrase protects it there.")


def _names_in(folder: Path) -> list[str]:
    """What lies in the folder, nothing where it may not be looked at."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
