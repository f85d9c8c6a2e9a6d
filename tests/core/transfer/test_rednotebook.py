"""RedNotebook's month files, by folder, file and backup."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.transfer import txt2tags
from tests.core.transfer.reading import files, read, records, remarks, skipped, zipped

MONTH = """\
1:
  text: 'Wrote the brief for **pricing**. //Calm//.'
  Idea:
    ask Ana first: null
  Work: null
2: {text: "Two lines\\n\\nwith ünïcode \\U0001F642"}
5:
  Tags: {gym: null, late: null}
9: {}
12:
  text: !!python/unicode 'old program'
"""


def test_a_folder_gives_one_record_a_day_with_categories_as_tags(tmp_path):
    folder = files(
        tmp_path / "data", {"2024-09.txt": MONTH, "2024-10.txt": "{}", "2024-09.old.txt": "1: {text: old}"}
    )
    found = read(folder, by="RedNotebook")
    assert [(r.day, r.tags) for r in records(found)] == [
        (date(2024, 9, 1), ("Idea", "Work")),
        (date(2024, 9, 2), ()),
        (date(2024, 9, 5), ("gym", "late")),
        (date(2024, 9, 12), ()),
    ]
    first, second, _, old = records(found)
    assert first.text == "Wrote the brief for **pricing**. *Calm*.\n\n**Idea**\n\n- ask Ana first"
    assert first.extra["txt2tags"] == "Wrote the brief for **pricing**. //Calm//."
    assert second.text == "Two lines\n\nwith ünïcode 🙂"
    assert old.text == "old program"
    assert first.at is None
    assert not skipped(found)


def test_a_backup_archive_gives_the_same_keys_as_the_folder(tmp_path):
    folder = read(files(tmp_path / "data", {"2024-09.txt": MONTH}), by="RedNotebook")
    backup = read(zipped(tmp_path / "Backup.zip", {"data/2024-09.txt": MONTH}), by="RedNotebook")
    assert [r.key for r in records(folder)] == [r.key for r in records(backup)]


def test_a_changed_day_has_another_key(tmp_path):
    before = read(files(tmp_path / "a", {"2024-09.txt": "1: {text: before}"}), by="RedNotebook")
    after = read(files(tmp_path / "b", {"2024-09.txt": "1: {text: after}"}), by="RedNotebook")
    assert records(before)[0].key != records(after)[0].key


def test_a_broken_day_is_named_and_the_others_come_in(tmp_path):
    month = "1: {text: good}\n2: {text: 'never closed}\n3: {text: also good}\n"
    found = read(files(tmp_path / "data", {"2024-09.txt": month}), by="RedNotebook")
    assert [r.text for r in records(found)] == ["good", "also good"]
    assert [s.where for s in skipped(found)] == ["2024-09.txt, line 2"]


def test_a_day_that_is_not_in_the_month_keeps_its_text(tmp_path):
    found = read(
        files(tmp_path / "data", {"2023-02.txt": "28: {text: last}\n29: {text: no leap}\n"}), by="RedNotebook"
    )
    assert [(r.day, r.text) for r in records(found)] == [(date(2023, 2, 28), "last"), (None, "no leap")]
    assert "29" in remarks(found)[0].said


def test_a_code_tag_runs_nothing(tmp_path):
    marker = tmp_path / "ran"
    month = f"1: {{text: fine}}\n2: !!python/object/apply:os.mkdir ['{marker}']\n"
    read(files(tmp_path / "data", {"2024-01.txt": month}), by="RedNotebook")
    assert not marker.exists()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("plain words", "plain words"),
        ("= Title =", "# Title"),
        ("=== Deep ===[anchor]", "### Deep"),
        ("+ Numbered +", "# Numbered"),
        ("**b** //i// __u__ --s-- ``c``", "**b** *i* *u* ~~s~~ `c`"),
        ("- one\n  - two\n- three\n\n\nafter", "- one\n    - two\n- three\n\n\nafter"),
        ("+ first\n+ second", "1. first\n2. second"),
        ('[Northing ""https://example.org/a_b_c""]', "[Northing](https://example.org/a_b_c)"),
        ('[""file:///home/me/my pic"".png?120]', "![my pic.png](file:///home/me/my%20pic.png)"),
        ("see https://example.org/__x__/--y--", "see https://example.org/__x__/--y--"),
        ("# not a heading", "\\# not a heading"),
        ("#tag stays", "#tag stays"),
        ("2 * 3 *4", "2 * 3 \\*4"),
        ("1. no list", "1\\. no list"),
        ("> no quote", "\\> no quote"),
        ("    no code", "no code"),
        ("\tquoted\nafter", "> quoted\n\nafter"),
        ("% hidden", "<!-- hidden -->"),
        ('""**raw**""', "\\*\\*raw\\*\\*"),
        ("====================", "---"),
        ("text\n---\nmore", "text\n\\---\nmore"),
        ("```\n**kept** # so\n```", "```\n**kept** # so\n```"),
        ("|| a | b |\n| 1 | 2 |\nafter", "| a | b |\n| --- | --- |\n| 1 | 2 |\n\nafter"),
        ("line\\\\\nnext", "line\\\nnext"),
        ("snake_case and 5*6*7", "snake_case and 5\\*6\\*7"),
    ],
)
def test_txt2tags_becomes_markdown(source, said):
    assert txt2tags.markdown(source) == said
