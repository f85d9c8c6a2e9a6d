"""Packs of questions from files that others wrote."""

from __future__ import annotations

import json

import pytest

from app.core import prompts
from app.core.errors import UserError
from app.core.prompts import Pack
from app.core.settings import Settings
from app.core.transfer.packs import read_packs
from app.paths import RESOURCES


def brought(tmp_path, name, raw):
    path = tmp_path / name
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return read_packs(path)


def test_a_text_is_one_pack_with_a_question_a_line(tmp_path):
    found = brought(tmp_path, "Coaching.txt", "\ufeffWhat went well?\r\n\r\nmonthly: What did I learn?\r\n---\r\n")
    assert found.packs == (Pack("Coaching", "What went well?\nmonthly: What did I learn?"),)
    assert found.remarks == ()


def test_headings_of_markdown_begin_packs_and_its_signs_go(tmp_path):
    text = "---\ntitle: x\n---\nLoose?\n# Team ##\n- [ ] Who?\n* weekly: Whom?\n1. Whose?\n\n## Market\n> Where?\n"
    found = brought(tmp_path, "q.md", text + "# Empty\n")
    assert found.packs == (
        Pack("q", "Loose?"),
        Pack("Team", "Who?\nweekly: Whom?\nWhose?"),
        Pack("Market", "Where?"),
    )


def test_json_as_it_is_shipped_makes_a_pack_of_each_theme():
    found = read_packs(RESOURCES / "content" / "prompts.json")
    shipped = prompts.packs(Settings())
    assert [(pack.name, pack.text) for pack in found.packs] == [(pack.name, pack.text) for pack in shipped]


def test_json_that_is_only_partly_questions_says_so(tmp_path):
    told = [
        "Why?",
        {"text": "How?", "cadence": "Monthly"},
        {"theme": "T", "text": "a\nb", "cadence": "hourly"},
        3,
        {},
    ]
    found = brought(tmp_path, "q.json", json.dumps(told))
    assert found.packs == (Pack("q", "Why?\nmonthly: How?"), Pack("T", "a b"))
    assert found.remarks == (
        "2 things in it are no questions.",
        "One question has a cadence that is not known; it comes on any day.",
    )


def test_other_encodings_are_read_and_told(tmp_path):
    found = brought(tmp_path, "q.txt", "Überall?".encode("cp1252"))
    assert found.packs == (Pack("q", "Überall?"),)
    assert "read as Windows-1252" in found.remarks[0]
    assert brought(tmp_path, "wide.txt", "Où donc?".encode("utf-16")).packs == (Pack("wide", "Où donc?"),)


def test_a_line_that_is_no_question_but_a_text_is_left_out_and_told(tmp_path):
    found = brought(tmp_path, "q.txt", "Why?\n" + "x" * 501)
    assert found.packs == (Pack("q", "Why?"),)
    assert found.remarks == ("One line has more than 500 characters and is left out.",)


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.txt", "", "holds no question"),
        ("a.md", "# Only\n## Headings\n- \n", "holds no question"),
        ("a.txt", "x" * 501, "a question has at most 500 characters"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is no text"),
        ("a.txt", b"x" * 1_000_001, "larger than 1 MB"),
        ("a.txt", "".join(f"{n}?\n" for n in range(2001)), "more than 60 packs or 2,000 questions"),
        ("a.json", '[\n{"text": "Why', "goes wrong in line 2"),
        ("a.json", '{"text": "Why?"}', "no list of questions"),
        ("a.json", "[" * 100_000, "no list of questions"),
        ("a.json", "[1, 2]", "holds no question"),
    ],
)
def test_what_cannot_be_read_is_one_clear_sentence(tmp_path, name, raw, said):
    with pytest.raises(UserError, match=said) as error:
        brought(tmp_path, name, raw)
    assert str(error.value).startswith(f"“{name}”")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UserError, match="cannot be read: no such file"):
        read_packs(tmp_path / "gone.txt")
