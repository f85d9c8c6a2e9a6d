"""What is installed beside the program agrees with the program."""

from __future__ import annotations

import argparse
import plistlib
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from app import APP_NAME, cli, paths
from app.core import autostart

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"
LINUX = PACKAGING / "linux"


def test_the_manual_page_tells_every_command_and_option():
    manual = (LINUX / "northing.1").read_text(encoding="utf-8").replace("\\-", "-")
    for action in cli.parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name in action.choices:
                assert f"\n.B {name}" in manual, name
        else:
            assert any(word in manual for word in action.option_strings if word.startswith("--")), action


def test_the_desktop_file_opens_the_type_that_the_package_declares():
    kind = ElementTree.parse(LINUX / "northing-mime.xml").find("{*}mime-type")
    assert kind.get("type") == "application/x-northing"
    entry = (LINUX / "northing.desktop").read_text(encoding="utf-8")
    assert f"MimeType={kind.get('type')};" in entry
    assert kind.find("{*}glob").get("pattern") == "*.northing"


def test_the_built_program_stands_on_the_locked_libraries():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    for line in named:
        assert f"\n{line.split('>')[0].split(';')[0].strip()}==" in "\n" + lock, line


WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_is_one_and_says_that_it_was_not_run_here(file):
    text = file.read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    assert "not run here" in text
    for name, job in jobs.items():
        assert job["steps"], name
        for step in job["steps"]:
            assert "run" in step or "uses" in step, (name, step)
            for script in re.findall(r"packaging/[\w./-]+\.(?:sh|py|iss|yaml|txt)", step.get("run", "")):
                assert (ROOT / script).is_file(), script
            for target in re.findall(r"\bmake ([a-z -]+)", step.get("run", "")):
                made = (ROOT / "Makefile").read_text(encoding="utf-8")
                assert all(f"\n{word}:" in made for word in target.split()), target


def test_what_is_made_elsewhere_says_that_it_was_not_run_here():
    for name in ("linux/appimage.sh", "linux/org.northing.Northing.yaml", "windows/northing.iss", "macos/dmg.sh"):
        assert "Not run here" in (PACKAGING / name).read_text(encoding="utf-8"), name


def test_the_sandbox_has_no_network_and_finds_every_file_that_it_takes_in():
    manifest = yaml.safe_load((LINUX / "org.northing.Northing.yaml").read_text(encoding="utf-8"))
    assert "--share=network" not in manifest["finish-args"]
    (module,) = manifest["modules"]
    for source in module["sources"]:
        if source["type"] == "file":
            assert (LINUX / source["path"]).resolve().is_file(), source


def test_the_mac_app_asks_for_one_exception_and_no_more():
    asked = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert asked == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


def test_the_windows_setup_opens_journals_and_removes_what_it_and_the_program_registered():
    setup = (PACKAGING / "windows" / "northing.iss").read_text(encoding="utf-8")
    assert "PrivilegesRequired=lowest" in setup
    assert rf'Subkey: "{autostart.RUN_KEY}"; ValueType: none; ValueName: "{APP_NAME}"' in setup
    assert rf'Subkey: "Software\Classes\{paths.JOURNAL_SUFFIX}"' in setup
    assert "[UninstallDelete]" not in setup  # journals stay
