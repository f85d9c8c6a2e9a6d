"""Markdown folders (Obsidian, Logseq), TextBundle and plain text."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime

import pytest

from app.core.transfer import org_mode
from app.core.transfer.dated_names import dated
from tests.core.transfer.reading import BERLIN, files, read, records, remarks, skipped, zipped

NOTE = """\
---
tags: [Work, "deep work"]
date: 2020-01-01
mood: fine
starred: true
---

Met [[Ana]] about #pricing.

![[plan.png|300]] and ![a b](files/my%20pic.jpg) and [web](https://example.org/a.png)

`![[kept.png]]`
"""


def test_a_vault_gives_a_record_a_note_with_its_pictures(tmp_path):
    vault = files(
        tmp_path,
        {
            "2024-03-04.md": NOTE,
            "attachments/plan.png": b"plan",
            "files/my pic.jpg": b"pic",
            ".obsidian/workspace.md": "not a note",
            ".trash/old.md": "thrown away",
        },
    )
    found = read(vault, by="Markdown")
    (record,) = records(found)
    assert record.day == date(2024, 3, 4)
    assert record.text == (
        "Met [[Ana]] about #pricing.\n\n![](plan.png) and ![a b](my%20pic.jpg) and [web](https://example.org/a.png)"
        "\n\n`![[kept.png]]`\n"
    )
    assert (record.tags, record.starred) == (("Work", "deep work"), True)
    assert {a.name: a.read() for a in record.attachments} == {"plan.png": b"plan", "my pic.jpg": b"pic"}
    assert record.extra == {"mood": "fine", "date": "2020-01-01", "file": "2024-03-04.md"}


@pytest.mark.parametrize(
    ("file", "fields", "day", "title"),
    [
        ("2023/January/2023-Jan-01.md", {}, date(2023, 1, 1), ""),
        ("2023/01 January/15 Sunday.md", {}, date(2023, 1, 15), ""),
        ("2023/01/15.md", {}, date(2023, 1, 15), ""),
        ("journals/2020_05_14.md", {}, date(2020, 5, 14), ""),
        ("20240115.md", {}, date(2024, 1, 15), ""),
        ("2024-01-15 Talk with Ana.md", {}, date(2024, 1, 15), "Talk with Ana"),
        ("2024-01-15-talk.md", {}, date(2024, 1, 15), "talk"),
        ("Standup 2024-01-15.md", {}, date(2024, 1, 15), "Standup"),
        ("15 January 2024.md", {}, date(2024, 1, 15), ""),
        ("Monday, January 15th 2024.md", {}, date(2024, 1, 15), ""),
        ("2024-02-30.md", {"created": "2024-03-01"}, date(2024, 3, 1), "2024-02-30"),
        ("Idea.md", {"Date": "2024-01-15"}, date(2024, 1, 15), "Idea"),
        ("Idea.md", {"date created": "2024-01-15T23:30:00Z"}, date(2024, 1, 16), "Idea"),
        ("Idea.md", {"created": "2024-01-15T23:30:00-05:00"}, date(2024, 1, 15), "Idea"),
        ("Idea.md", {"date": "[[2024-01-15]]"}, date(2024, 1, 15), "Idea"),
        ("Idea.md", {}, None, "Idea"),
    ],
)
def test_the_day_of_a_note(file, fields, day, title):
    found = dated(file, fields, BERLIN)
    assert (found.day, found.title) == (day, title)


def test_a_name_and_fields_of_one_day_give_the_time(tmp_path):
    assert dated("2024-01-15.md", {"created": "2024-01-15 09:30"}, BERLIN).at == datetime(
        2024, 1, 15, 8, 30, tzinfo=UTC
    )


def test_an_undated_note_stands_on_the_day_of_its_file_and_keeps_its_key(tmp_path):
    path = tmp_path / "Idea.md"
    path.write_text("Some words", encoding="utf-8")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    found = read(path, by="Markdown")
    (record,) = records(found)
    assert (record.day, record.text) == (date(2023, 11, 14), "Some words")
    assert "carries no date" in remarks(found)[0].said
    os.utime(path, (1_710_000_000, 1_710_000_000))
    assert records(read(path, by="Markdown"))[0].key == record.key


def test_a_note_in_a_folder_keeps_its_name_as_heading_unless_it_has_one(tmp_path):
    vault = files(
        tmp_path,
        {
            "Idea.md": "Words",
            "Other.md": "# Own heading\n\nWords",
            "Same.md": "## Same\nWords",
            "T.md": "---\ntitle: Told\n---\nWords",
        },
    )
    assert [r.text for r in records(read(vault, by="Markdown"))] == [
        "# Idea\n\nWords",
        "# Own heading\n\nWords",
        "## Same\nWords",
        "# Told\n\nWords",
    ]


def test_front_matter_in_toml_is_read_as_that_in_yaml(tmp_path):
    (tmp_path / "post.md").write_text(
        '+++\ntitle = "Told"\ndate = 2024-01-15T09:30:00+01:00\ntags = ["a", "b c"]\nstarred = true\nweight = 3\n'
        "[params]\nsince = 2023-12-31\n+++\n\nWords\n",
        encoding="utf-8",
    )
    (record,) = records(read(tmp_path / "post.md", by="Markdown"))
    assert (record.day, record.at) == (date(2024, 1, 15), datetime(2024, 1, 15, 8, 30, tzinfo=UTC))
    assert (record.text, record.tags, record.starred) == ("# Told\n\nWords\n", ("a", "b c"), True)
    assert (record.extra["weight"], record.extra["params"]) == ("3", {"since": "2023-12-31"})


@pytest.mark.parametrize(
    ("front", "why"),
    [
        ("a = [", "is no valid TOML"),
        (f"a = {'[' * 9000}{']' * 9000}", "is no valid TOML"),
        (f"a{'.a' * 60_000} = 1", "is far longer or deeper than any"),
        (f"a{'.a' * 5_000} = 1", "is far longer or deeper than any"),
    ],
)
def test_toml_that_is_none_or_does_harm_stays_in_the_text(tmp_path, front, why):
    text = f"+++\n{front}\n+++\ntext survives\n"
    (tmp_path / "2024-01-01.md").write_text(text, encoding="utf-8")
    found = read(tmp_path / "2024-01-01.md", by="Markdown")
    assert records(found)[0].text == text
    assert [one.said for one in remarks(found)] == [f"Its front matter {why}; it stays in the text."]


def test_dates_and_titles_that_say_something_else_are_kept(tmp_path):
    (tmp_path / "2024-01-15.md").write_text(
        "---\ntitle: Told\ncreated: 2023-12-31\n---\n# Own heading\n", encoding="utf-8"
    )
    (record,) = records(read(tmp_path / "2024-01-15.md", by="Markdown"))
    assert (record.day, record.text) == (date(2024, 1, 15), "# Own heading\n")
    assert record.extra == {"title": "Told", "created": "2023-12-31"}


@pytest.mark.parametrize(
    "front",
    ["x: !!python/object/apply:os.system ['true']", "a: [unclosed", "- only\n- a list", "{}{}"],
)
def test_front_matter_that_is_none_stays_in_the_text_or_is_read_as_words(tmp_path, front):
    (tmp_path / "2024-01-01.md").write_text(f"---\n{front}\n---\ntext survives\n", encoding="utf-8")
    (record,) = records(read(tmp_path / "2024-01-01.md", by="Markdown"))
    assert record.text.endswith("text survives\n")


def test_a_folder_cannot_point_outside_itself(tmp_path):
    (tmp_path / "secret.png").write_bytes(b"secret")
    vault = files(tmp_path / "vault", {"2024-01-01.md": "![](../secret.png) ![](/etc/hostname.png)"})
    (vault / "link.png").symlink_to(tmp_path / "secret.png")
    found = read(vault, by="Markdown")
    assert records(found)[0].attachments == ()
    assert [s.where for s in skipped(found)] == ["link.png"]


def test_logseq_pages_in_org_become_markdown(tmp_path):
    page = (
        "#+TITLE: May 14th, 2020\n\n* DONE Ship *it* in ~code~\n:PROPERTIES:\n:id: 1\n:END:\n"
        "    [[https://example.org][site]] /soon/\n"
    )
    folder = files(
        tmp_path, {"journals/2020_05_14.org": page, "journals/2020_05_15.md": "-", "logseq/bak/x.md": "old"}
    )
    found = read(folder, by="Markdown")
    assert [r.text for r in records(found)] == ["# DONE Ship **it** in `code`\n[site](https://example.org) *soon*"]
    assert [s.reason for s in skipped(found)] == ["It is empty."]


def test_org_drawers_of_a_page_are_its_fields_and_one_without_end_is_text():
    page = ":PROPERTIES:\n:type: [[Feature]]\n:END:\n#+TITLE: Org\n* a\n:PROPERTIES:\n:id: 1\n:END:\nwords\n"
    assert org_mode.markdown(page) == ({"type": "[[Feature]]", "title": "Org"}, "# a\nwords")
    open_ended = "* a\n:LOGBOOK:\nwords\n* b\n#+CAPTION: one\n#+CAPTION: two"
    assert org_mode.markdown(open_ended) == ({"caption": "one"}, "# a\n:LOGBOOK:\nwords\n# b\n#+CAPTION: two")


def test_org_blocks_keep_what_is_in_them():
    assert (
        org_mode.markdown("#+BEGIN_SRC python\n* not a heading\n#+END_SRC")[1] == "```python\n* not a heading\n```"
    )


BEAR = {"net.shinyfrog.bear": {"creationDate": "2022-05-01T22:30:00Z", "uniqueIdentifier": "ID-1", "pinned": 1}}


def test_bundles_alone_packed_and_many(tmp_path):
    info = json.dumps({"version": 2, "type": "net.daringfireball.markdown"})
    bundle: dict[str, str | bytes] = {
        "text.md": "# Plan\n\n![](assets/p.png)",
        "info.json": info,
        "assets/p.png": b"p",
    }
    single = files(tmp_path / "Plan.textbundle", bundle)
    (tmp_path / "many").mkdir()
    inside = {f"A 2024-01-02.textbundle/{name}": content for name, content in bundle.items()}
    packed = zipped(tmp_path / "many" / "a.textpack", inside)
    files(tmp_path / "many", {f"B.textbundle/{name}": data for name, data in bundle.items()})
    (alone,) = records(read(single, by="TextBundle"))
    assert alone.text == "# Plan\n\n![](p.png)"
    assert alone.attachments[0].read() == b"p"
    assert records(read(packed, by="TextBundle"))[0].day == date(2024, 1, 2)
    assert len(records(read(tmp_path / "many", by="TextBundle"))) == 2


def test_bear_says_when_and_which(tmp_path):
    archive = zipped(
        tmp_path / "notes.bearbk",
        {
            "Bear/One.textbundle/text.markdown": "# One\n#work",
            "Bear/One.textbundle/info.json": json.dumps(BEAR),
            "Bear/Two.textbundle/text.markdown": "gone",
            "Bear/Two.textbundle/info.json": json.dumps({"net.shinyfrog.bear": {"trashed": 1}}),
        },
    )
    found = read(archive, by="TextBundle")
    (record,) = records(found)
    assert (record.day, record.key, record.starred) == (date(2022, 5, 2), "bear:note:ID-1", True)
    assert not remarks(found)
    assert [s.reason for s in skipped(found)] == ["It lies in Bear's trash."]


def test_a_text_file_is_parted_at_lines_that_are_dates(tmp_path):
    (tmp_path / "diary.txt").write_text(
        "13/02/2024\nfirst\n\nmore\n\n03/04/2024 10:30\nsecond\nTags: a, b\n", encoding="utf-8"
    )
    found = records(read(tmp_path / "diary.txt", by="Plain text"))
    assert [(r.day, r.text, r.tags) for r in found] == [
        (date(2024, 2, 13), "first\n\nmore", ()),
        (date(2024, 4, 3), "second", ("a", "b")),
    ]


def test_words_in_a_file_of_no_telling_name_come_in(tmp_path):
    (tmp_path / "diary").write_text("1 January 2024\nwords\n", encoding="utf-8")
    assert [r.day for r in records(read(tmp_path / "diary", by="Plain text"))] == [date(2024, 1, 1)]


def test_a_guessed_encoding_is_said(tmp_path):
    (tmp_path / "a.txt").write_bytes("2024-01-01\nCafé déjà vu\n".encode("latin-1"))
    found = read(tmp_path / "a.txt", by="Plain text")
    assert [r.text for r in records(found)] == ["Café déjà vu"]
    assert "Windows-1252" in remarks(found)[0].said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_unicode_in_any_dress_is_read(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes("2024-01-01\nPlain words, Ä and 日\n".encode(encoding))
    assert [r.text for r in records(read(tmp_path / "a.txt", by="Plain text"))] == ["Plain words, Ä and 日"]


def test_what_lies_beside_the_notes_is_told(tmp_path):
    vault = files(
        tmp_path / "vault",
        {
            "2024-01-01.md": "![[in.png]]",
            "in.png": b"picture",
            "out.png": b"picture",
            "old.txt": "words",
            "letter.docx": b"PK",
            ".obsidian/app.json": "{}",
        },
    )
    found = read(vault, by="Markdown")
    assert [one.where for one in skipped(found)] == ["letter.docx", "old.txt"]
    assert [one.said for one in remarks(found)] == [
        "One other file stays where it is, for no note shows it: “out.png”."
    ]


def test_a_date_in_the_middle_of_a_name_counts_and_one_that_cannot_be_read_is_kept(tmp_path):
    vault = files(
        tmp_path / "vault", {"Met 2024-03-07 with Ana.md": "a", "b.md": "---\ndate: 01/03/2024\n---\nwords"}
    )
    second, first = sorted(records(read(vault, by="Markdown")), key=lambda one: one.text)
    assert (first.text, first.extra["date"]) == ("# b\n\nwords", "01/03/2024")
    assert (str(second.day), second.text) == ("2024-03-07", "# Met 2024-03-07 with Ana\n\na")
