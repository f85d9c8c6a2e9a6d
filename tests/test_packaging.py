"""What is installed beside the program agrees with the program."""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path
from xml.etree import ElementTree

from app import cli

ROOT = Path(__file__).parents[1]
LINUX = ROOT / "packaging" / "linux"


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
