"""Rules that the linters do not state."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "app").rglob("*.py"))
BANNED = re.compile(r"(Manager|Helper|Util|Utils|Handler|Service|Controller|Impl|Mixin|Data|Info)$")


def classes(file):
    return [
        node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.ClassDef)
    ]


def test_no_file_is_longer_than_600_lines():
    long = {str(file): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert {name: lines for name, lines in long.items() if lines > 600} == {}


def test_names_say_what_a_thing_is():
    bad = [f"{file.name}: {node.name}" for file in FILES for node in classes(file) if BANNED.search(node.name)]
    assert bad == []


def test_dialogs_open_and_never_block():
    blocking = [
        file.name for file in FILES if re.search(r"\b(dialog|box|menu)\.exec\(", file.read_text(encoding="utf-8"))
    ]
    assert blocking == []


@pytest.mark.parametrize("mark", [r"raise NotImplementedError", r"\bTODO\b", r"\bFIXME\b", r"(?i)coming soon"])
def test_nothing_unfinished_is_in_the_app(mark):
    assert [file.name for file in FILES if re.search(mark, file.read_text(encoding="utf-8"))] == []


def test_nothing_opens_a_network_connection():
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        assert not re.search(
            r"\b(urllib\.request|http\.client|requests|QNetworkAccessManager|QTcpSocket|import socket)", text
        ), file


def test_every_module_says_what_it_is():
    silent = [file.name for file in FILES if not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))]
    assert silent == []
