"""What is written so that the system starts Northing, and what is left when it no longer should."""

from __future__ import annotations

import plistlib
import re
import sys

import pytest

from app import paths
from app.core import autostart
from app.core.autostart import DesktopEntry, LaunchAgent, RunValue
from app.core.errors import UserError

COMMAND = ["/opt/My $HOME/100%/north`ing", "--journal", 'A "B" \\ C.northing', "--in-background"]


def read_back(line: str) -> list[str]:
    """The words of an Exec line, read as a desktop does: escapes, then quotes, then field codes."""
    value = line.removeprefix("Exec=").replace("\\\\", "\0").replace("\0", "\\")
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', value)
    return [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in words]


def test_the_desktop_entry_starts_the_very_command(tmp_path):
    made = DesktopEntry(COMMAND, tmp_path / "config" / "autostart" / "northing.desktop")
    assert not made.is_on
    made.turn_on()
    assert made.is_on
    lines = made.file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    assert "Type=Application" in lines
    (line,) = [line for line in lines if line.startswith("Exec=")]
    assert read_back(line) == COMMAND
    assert [file.name for file in made.file.parent.iterdir()] == ["northing.desktop"]
    made.turn_off()
    made.turn_off()
    assert not made.is_on
    assert not made.file.exists()


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled = false"])
def test_what_the_desktop_switched_off_is_off(tmp_path, line):
    made = DesktopEntry(COMMAND, tmp_path / "northing.desktop")
    made.turn_on()
    text = made.file.read_text(encoding="utf-8").replace("X-GNOME-Autostart-enabled=true", line)
    made.file.write_text(text, encoding="utf-8")
    assert not made.is_on


def test_the_launch_agent_runs_the_very_command_at_login(tmp_path):
    made = LaunchAgent(COMMAND, tmp_path / "LaunchAgents" / "org.northing.Northing.plist")
    assert not made.is_on
    made.turn_on()
    said = plistlib.loads(made.file.read_bytes())
    assert said["Label"] == made.file.stem
    assert said["ProgramArguments"] == COMMAND
    assert said["RunAtLoad"] is True
    assert made.is_on
    made.file.write_bytes(b"not a list")
    assert not made.is_on
    made.turn_off()
    assert not made.file.exists()


def test_a_folder_that_refuses_says_so(tmp_path):
    (tmp_path / "autostart").write_text("a file where a folder should be")
    made = DesktopEntry(COMMAND, tmp_path / "autostart" / "northing.desktop")
    with pytest.raises(UserError, match="cannot be written"):
        made.turn_on()
    assert not made.is_on


class Registry:
    """As much of winreg as is used, over a dictionary."""

    HKEY_CURRENT_USER, REG_SZ, KEY_SET_VALUE = "user", 1, 2

    def __init__(self):
        self.values, self.open = {}, []

    def OpenKey(self, root, name, _reserved=0, _access=0):
        self.open.append((root, name))
        return self

    CreateKey = OpenKey

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.open.pop()

    def QueryValueEx(self, _key, name):
        if name not in self.values:
            raise FileNotFoundError(2, "no such value")
        return self.values[name]

    def SetValueEx(self, _key, name, _reserved, kind, value):
        assert self.open == [("user", autostart.RUN_KEY)]
        self.values[name] = (value, kind)

    def DeleteValue(self, _key, name):
        if self.values.pop(name, None) is None:
            raise FileNotFoundError(2, "no such value")


def test_the_run_value_quotes_what_has_spaces_and_goes_again():
    registry = Registry()
    made = RunValue([r"C:\Program Files\Northing\northing.exe", "--in-background"], registry)
    assert not made.is_on
    made.turn_on()
    assert registry.values == {"Northing": (r'"C:\Program Files\Northing\northing.exe" --in-background', 1)}
    assert made.is_on
    made.turn_off()
    made.turn_off()
    assert not made.is_on
    assert registry.open == []


@pytest.mark.skipif(sys.platform != "linux", reason="the folder of this system")
def test_the_folder_is_the_users_own_and_a_sandbox_has_none(tmp_path, monkeypatch):
    monkeypatch.delenv("FLATPAK_ID", raising=False)
    monkeypatch.delenv("SNAP", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    found = autostart.autostart(paths.program())
    assert isinstance(found, DesktopEntry)
    assert found.file == tmp_path / "autostart" / "northing.desktop"
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative/is/not/allowed")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert autostart.autostart(["x"]).file == tmp_path / "home" / ".config" / "autostart" / "northing.desktop"
    monkeypatch.setenv("FLATPAK_ID", "org.northing.Northing")
    assert autostart.autostart(["x"]) is None


def test_northing_starts_itself_by_whatever_it_was_started_by(tmp_path, monkeypatch):
    monkeypatch.delenv("APPIMAGE", raising=False)
    assert paths.program()[0].startswith(str(tmp_path.anchor))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "northing"))
    assert paths.program() == [str(tmp_path / "northing")]
    monkeypatch.setenv("APPIMAGE", str(tmp_path / "Northing.AppImage"))
    assert paths.program() == [str(tmp_path / "Northing.AppImage")]
