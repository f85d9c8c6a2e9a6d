"""Starting with the computer: one small file or registry value where the system looks for what to start."""

from __future__ import annotations

import os
import plistlib
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from app import APP_NAME
from app.core.errors import UserError, reason_of

LABEL: Final = "org.northing.Northing"
RUN_KEY: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
_ENTRY: Final = """[Desktop Entry]
Type=Application
Name={name}
Comment=Starts in the background, ready to be written in
Exec={command}
Icon=northing
Terminal=false
X-GNOME-Autostart-enabled=true
"""


class Autostart(ABC):
    """Whether the system starts `command` (program, then its words) when its user logs in."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = list(command)

    @property
    @abstractmethod
    def is_on(self) -> bool:
        """Whether it does; a place that cannot be read counts as no."""

    @abstractmethod
    def turn_on(self) -> None:
        """Let it, with the command as it is now.

        Raises:
            UserError: the place refuses.
        """

    @abstractmethod
    def turn_off(self) -> None:
        """Let it no longer; well also where it never did.

        Raises:
            UserError: the place refuses.
        """


class _FileAutostart(Autostart):
    """One file of ours in a folder that the system reads."""

    def __init__(self, command: Sequence[str], file: Path) -> None:
        super().__init__(command)
        self.file = file

    @abstractmethod
    def text(self) -> bytes:
        """What the file says."""

    def turn_on(self) -> None:
        beside = self.file.with_name(self.file.name + ".new")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(self.text())
            beside.replace(self.file)
        except OSError as error:
            raise _refused(self.file, error) from error

    def turn_off(self) -> None:
        try:
            self.file.unlink(missing_ok=True)
        except OSError as error:
            raise _refused(self.file, error) from error


class DesktopEntry(_FileAutostart):
    """Linux and the BSDs: the XDG autostart folder."""

    @property
    def is_on(self) -> bool:
        try:
            lines = self.file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return False
        said = {line.replace(" ", "").casefold() for line in lines}
        return not said & {"hidden=true", "x-gnome-autostart-enabled=false"}  # how desktops switch one off

    def text(self) -> bytes:
        command = " ".join(_quoted(word) for word in self.command)
        return _ENTRY.format(name=APP_NAME, command=command).encode()


class LaunchAgent(_FileAutostart):
    """macOS: an agent of the user."""

    @property
    def is_on(self) -> bool:
        try:
            return bool(plistlib.loads(self.file.read_bytes()).get("RunAtLoad"))
        except (OSError, plistlib.InvalidFileException, ValueError, AttributeError):
            return False

    def text(self) -> bytes:
        return plistlib.dumps(
            {
                "Label": LABEL,
                "ProgramArguments": self.command,
                "RunAtLoad": True,
                "KeepAlive": False,
                "ProcessType": "Interactive",
            }
        )


class RunValue(Autostart):
    """Windows: a value under the user's own Run key."""

    def __init__(self, command: Sequence[str], registry: Any = None) -> None:
        super().__init__(command)
        self._registry = registry or import_module("winreg")

    @property
    def is_on(self) -> bool:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, RUN_KEY) as key:
                return bool(registry.QueryValueEx(key, APP_NAME)[0])
        except OSError:
            return False

    def turn_on(self) -> None:
        registry = self._registry
        try:
            with registry.CreateKey(registry.HKEY_CURRENT_USER, RUN_KEY) as key:
                registry.SetValueEx(key, APP_NAME, 0, registry.REG_SZ, subprocess.list2cmdline(self.command))
        except OSError as error:
            raise _refused(RUN_KEY, error) from error

    def turn_off(self) -> None:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, RUN_KEY, 0, registry.KEY_SET_VALUE) as key:
                registry.DeleteValue(key, APP_NAME)
        except FileNotFoundError:
            return
        except OSError as error:
            raise _refused(RUN_KEY, error) from error


def autostart(command: Sequence[str]) -> Autostart | None:
    """This system's way to start `command`; None where a sandbox keeps its folder from us."""
    if sys.platform == "win32":
        return RunValue(command)
    if sys.platform == "darwin":
        return LaunchAgent(command, Path.home() / "Library" / "LaunchAgents" / f"{LABEL}.plist")
    if os.environ.get("FLATPAK_ID") or os.environ.get("SNAP"):
        return None
    chosen = os.environ.get("XDG_CONFIG_HOME", "")
    config = Path(chosen) if Path(chosen).is_absolute() else Path.home() / ".config"
    return DesktopEntry(command, config / "autostart" / "northing.desktop")


def _quoted(word: str) -> str:
    """A word of an Exec line: quoted as the Desktop Entry Specification has it, then escaped as any value is."""
    for sign in ("\\", '"', "`", "$"):
        word = word.replace(sign, "\\" + sign)
    return '"{}"'.format(word.replace("\\", "\\\\").replace("%", "%%"))


def _refused(place: object, error: OSError) -> UserError:
    return UserError(f"“{place}” cannot be written: {reason_of(error)}.")
