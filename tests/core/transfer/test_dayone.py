"""Day One: JSON with media, its plain text, and the property lists of Classic."""

from __future__ import annotations

import json
import plistlib
from datetime import UTC, date, datetime

import pytest

from app.core.errors import UserError
from app.core.transfer.dayone import unescaped
from tests.core.transfer.reading import files, read, records, remarks, skipped, zipped


def entry(**fields):
    return {
        "uuid": "A" * 32,
        "creationDate": "2024-04-16T09:00:00Z",
        "timeZone": "Europe/Berlin",
        "text": "Words",
        **fields,
    }


def journal(*entries, version="1.0"):
    return json.dumps({"metadata": {"version": version}, "entries": list(entries)})


def read_json(tmp_path, *entries, **kwargs):
    (tmp_path / "Journal.json").write_text(journal(*entries, **kwargs), encoding="utf-8")
    return read(tmp_path / "Journal.json", by="Day One")


def test_notes_beside_an_export_are_named(tmp_path):
    contents = {"Journal.json": journal(entry()), "notes/Plan.md": "# Plan", "notes/Other.org": "* Other"}
    for path in (files(tmp_path / "mixed", contents), zipped(tmp_path / "mixed.zip", contents)):
        found = read(path, by="Day One")
        assert [record.text for record in records(found)] == ["Words"]
        assert {one.where for one in skipped(found)} == {"notes/Plan.md", "notes/Other.org"}
        assert "beside what Day One wrote" in skipped(found)[0].reason


def test_an_entry_keeps_its_zone_tags_star_and_what_has_no_place(tmp_path):
    found = read_json(
        tmp_path,
        entry(
            creationDate="2024-04-16T22:30:00Z",
            modifiedDate="2024-05-01T00:00:00Z",
            tags=["Work", "work", " "],
            starred=True,
            weather={"temperatureCelsius": 11},
        ),
    )
    (record,) = records(found)
    assert (record.day, record.zone) == (date(2024, 4, 17), "Europe/Berlin")
    assert record.at == datetime(2024, 4, 16, 22, 30, tzinfo=UTC)
    assert (record.tags, record.starred) == (("Work",), True)
    assert record.extra == {"weather": {"temperatureCelsius": 11}, "journal": "Journal"}
    assert record.changed_at == datetime(2024, 5, 1, tzinfo=UTC)
    assert record.key == f"dayone:entry:{'A' * 32}"


@pytest.mark.parametrize(
    ("written", "zone", "day"),
    [
        ("2024-04-16T23:00:00Z", "Europe/Dublin", date(2024, 4, 17)),
        ("2024-01-16T23:00:00Z", "Europe/Dublin", date(2024, 1, 17)),  # made in summer time
        ("2024-01-17T05:00:00Z", "America/New_York", date(2024, 1, 17)),
        ("2024-01-17T12:00:00Z", "Europe/London", date(2024, 1, 17)),
        ("2024-03-14T22:45:00Z", "Europe/London", date(2024, 3, 14)),
    ],
)
def test_an_all_day_entry_belongs_to_the_day_that_its_zone_shows(tmp_path, written, zone, day):
    (record,) = records(read_json(tmp_path, entry(creationDate=written, timeZone=zone, isAllDay=True)))
    assert (record.day, record.at) == (day, None)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (r"Done\. Well\-made \(so\)\!", "Done. Well-made (so)!"),
        (r"\- no list", r"\- no list"),
        (r"1\. no list", r"1\. no list"),
        (r"\# no heading, \*no\* emphasis, \_no\_ either", r"\# no heading, \*no\* emphasis, \_no\_ either"),
        (r"\[x\]\(y\)", r"\[x\]\(y)"),
        ("```\na\\.b\n```", "```\na\\.b\n```"),
        (r"C:\path\name", r"C:\path\name"),
        (r"[a](https://example.org/x\.y)", r"[a](https://example.org/x\.y)"),
    ],
)
def test_only_backslashes_that_markdown_needs_stay(source, said):
    assert unescaped(source) == said


def test_media_are_found_by_content_and_shown_where_they_were(tmp_path):
    photo = {"identifier": "P1", "md5": "aa", "type": "jpeg"}
    other = {"identifier": "P2", "md5": "bb", "type": "png"}
    pdf = {"identifier": "D1", "md5": "cc", "pdfName": "Plan.pdf"}
    archive = zipped(
        tmp_path / "export.zip",
        {
            "Journal.json": journal(
                entry(text="Before ![](dayone-moment://P2) after", photos=[photo], pdfAttachments=[pdf]),
                entry(uuid="B" * 32, text="Second", photos=[other, {"identifier": "P3", "md5": "dd"}]),
            ),
            "photos/aa.jpeg": b"first",
            "photos/bb.png": b"second",
            "pdfs/cc.pdf": b"third",
        },
    )
    found = read(archive, by="Day One")
    first, second = records(found)
    assert first.text == "Before ![](bb.png) after\n\n![](aa.jpeg)\n\n[Plan.pdf](cc.pdf)"
    assert {a.name: a.read() for a in first.attachments} == {
        "bb.png": b"second",
        "aa.jpeg": b"first",
        "cc.pdf": b"third",
    }
    assert [a.name for a in second.attachments] == ["bb.png"]
    assert [r.said for r in remarks(found)] == ["The photo P3 is not in the export."]


def test_links_to_other_entries_name_them(tmp_path):
    words = (
        "See [it](dayone://view?entryId={0}), [](dayone2://view?entryId={0}) and [x](dayone://view?entryId={1})"
    )
    near, gone = "B" * 32, "C" * 32
    found = read_json(
        tmp_path,
        entry(uuid="A" * 32, text=words.format(near, gone)),
        entry(uuid=near, text="# A walk\\.\n\nto the sea"),
    )
    assert records(found)[0].text == (f"See it ([[A walk.]]), [[A walk.]] and [x](dayone://view?entryId={gone})")


def test_a_file_with_brackets_in_its_name_is_one_link(tmp_path):
    pdf = {"identifier": "D1", "md5": "cc", "pdfName": "Plan [v2].pdf"}
    files = {"Journal.json": journal(entry(text="x", pdfAttachments=[pdf])), "pdfs/cc.pdf": b"third"}
    (found,) = records(read(zipped(tmp_path / "export.zip", files), by="Day One"))
    assert found.text == "x\n\n[Plan v2.pdf](cc.pdf)"


def test_an_entry_without_text_is_read_from_its_rich_text_or_place(tmp_path):
    rich = {
        "contents": [
            {"text": "Title\n", "attributes": {"line": {"header": 2}}},
            {"text": "bold", "attributes": {"bold": True}},
            {"text": " and plain\n"},
            {"text": "item\n", "attributes": {"line": {"listStyle": "checkbox", "checked": True}}},
            {"text": "code\n", "attributes": {"line": {"codeBlock": True}}},
        ]
    }
    found = read_json(
        tmp_path,
        entry(text=None, richText=json.dumps(rich)),
        {
            "uuid": "B" * 32,
            "creationDate": "2024-04-16T09:00:00Z",
            "location": {"placeName": "Pier", "country": "Malta"},
        },
        {"uuid": "C" * 32, "creationDate": "2024-04-16T09:00:00Z", "timeZone": "Europe/Berlin"},
    )
    assert [r.text for r in records(found)] == [
        "## Title\n\n**bold** and plain\n\n- [x] item\n```\ncode\n```",
        "Pier, Malta",
    ]
    assert [s.reason for s in skipped(found)] == ["It is blank."]


def test_a_broken_entry_is_named_and_the_others_come_in(tmp_path):
    found = read_json(
        tmp_path, entry(), entry(uuid="B" * 32, text={"no": "text"}), "nonsense", entry(uuid="C" * 32)
    )
    assert [r.key[-32:] for r in records(found)] == ["A" * 32, "C" * 32]
    assert [s.where for s in skipped(found)] == [f"Journal.json, entry 2 ({'B' * 32})", "Journal.json, entry 3"]


def test_an_impossible_date_or_zone_loses_no_text(tmp_path):
    found = read_json(
        tmp_path, entry(creationDate="2023-02-29T00:00:00Z"), entry(uuid="B" * 32, timeZone="Mars/Olympus")
    )
    assert [r.day for r in records(found)] == [None, date(2024, 4, 16)]
    assert len(remarks(found)) == 2


@pytest.mark.parametrize(
    ("moment", "zone"),
    [("0001-01-01T00:00:00Z", "America/New_York"), ("9999-12-31T23:59:59Z", "Pacific/Kiritimati")],
)
def test_the_edges_of_the_calendar_keep_their_day(tmp_path, moment, zone):
    (record,) = records(read_json(tmp_path, entry(creationDate=moment, timeZone=zone)))
    assert record.day in (date(1, 1, 1), date(9999, 12, 31))
    assert record.at is None


def test_one_id_with_two_texts_keeps_both_and_twins_once(tmp_path):
    found = read_json(tmp_path, entry(text="first"), entry(text="second"), entry(text="second"))
    assert [r.text for r in records(found)] == ["first", "second"]
    assert len({r.key for r in records(found)}) == 2
    assert len(skipped(found)) == 1


def test_a_newer_format_says_so(tmp_path):
    assert "99.0" in remarks(read_json(tmp_path, entry(), version="99.0"))[0].said


def test_several_journals_become_tags(tmp_path):
    folder = files(tmp_path, {"Work.json": journal(entry()), "Travel.json": journal(entry(uuid="B" * 32))})
    assert [r.tags for r in records(read(folder, by="Day One"))] == [("Travel",), ("Work",)]


def test_a_file_that_breaks_off_is_refused(tmp_path):
    (tmp_path / "Journal.json").write_text(journal(entry())[:-20], encoding="utf-8")
    with pytest.raises(UserError, match="breaks off"):
        read(tmp_path / "Journal.json", by="Day One")


WRITTEN = datetime(2013, 5, 17, 23, 30, tzinfo=UTC).replace(tzinfo=None)
"""As property lists hold it: UTC without saying so."""

TEXT = """\
\tDate:\tJune 24, 2016 at 11:59:06 PM MDT
\tWeather:\t22°C Clear
\tLocation:\tPier, Malta

Coffee with Ana

\tNot a label: really

\tDate:\t16 January 2024

![](photos/a.jpg)

\tDate:\t17 January 2024

\tWeather:\t2°C

\tDate:\t18 January 2024

Last
"""


def test_plain_text_is_parted_at_dates_and_keeps_the_day_as_written(tmp_path):
    archive = zipped(tmp_path / "text.zip", {"Journal.txt": TEXT, "photos/a.jpg": b"picture"})
    found = read(archive, by="Day One text")
    first, second, last = records(found)
    assert (last.day, last.text) == (date(2024, 1, 18), "Last")
    assert (first.day, first.text) == (date(2016, 6, 24), "Coffee with Ana\n\n\tNot a label: really")
    assert first.at == datetime(2016, 6, 25, 5, 59, 6, tzinfo=UTC)
    assert first.extra == {"Weather": "22°C Clear", "Location": "Pier, Malta"}
    assert (second.day, second.text, second.attachments[0].read()) == (date(2024, 1, 16), "![](a.jpg)", b"picture")
    assert [s.reason for s in skipped(found)] == ["It has a date but no words."]


@pytest.mark.parametrize(
    "label", ["Datum:\t24. Juni 2016 um 10:59:06 MESZ", "Date :\t24 juin 2016 à 10:59:06 UTC+2"]
)
def test_plain_text_in_other_languages(tmp_path, label):
    (tmp_path / "j.txt").write_text(f"\t{label}\n\nWörter\n", encoding="utf-8")
    (record,) = records(read(tmp_path / "j.txt", by="Day One text"))
    assert (record.day, record.at) == (date(2016, 6, 24), datetime(2016, 6, 24, 8, 59, 6, tzinfo=UTC))


def test_classic_entries_are_property_lists_with_a_photo_beside(tmp_path):
    plist = {
        "UUID": "0" * 32,
        "Creation Date": WRITTEN,
        "Entry Text": "Late walk",
        "Time Zone": "Europe/Berlin",
        "Starred": True,
        "Tags": ["walks"],
        "Creator": {"Generation Date": WRITTEN, "Software Agent": "Day One Mac/1.8"},
    }
    name = f"Journal.dayone/entries/{'0' * 32}.doentry"
    files(
        tmp_path,
        {
            name: plistlib.dumps(plist),
            f"Journal.dayone/photos/{'0' * 32}.jpg": b"photo",
            "Journal.dayone/entries/broken.doentry": b"<plist>",
        },
    )
    found = read(tmp_path / "Journal.dayone", by="Day One Classic")
    (record,) = records(found)
    assert (record.day, record.zone, record.tags, record.starred) == (
        date(2013, 5, 18),
        "Europe/Berlin",
        ("walks",),
        True,
    )
    assert record.text == f"![]({'0' * 32}.jpg)\n\nLate walk"
    assert record.attachments[0].read() == b"photo"
    assert [s.where for s in skipped(found)] == ["entries/broken.doentry"]
