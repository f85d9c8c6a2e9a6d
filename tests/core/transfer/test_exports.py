"""The exports of Keep, Journey, Diarium, Mini Diary, Diaro and Evernote."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, date, datetime

import pytest

from app.core.errors import UserError
from tests.core.transfer.reading import files, read, records, remarks, skipped, zipped

# ------------------------------------------------------------------ Google Keep

CREATED = 1_690_514_441_000_000  # 2023-07-28T03:20:41Z


def keep_note(**fields):
    return json.dumps(
        {"isTrashed": False, "createdTimestampUsec": CREATED, "userEditedTimestampUsec": CREATED, **fields}
    )


def test_keep_notes_with_lists_labels_links_and_pictures(tmp_path):
    archive = zipped(
        tmp_path / "takeout.zip",
        {
            "Takeout/Keep/One.json": keep_note(
                title="Shopping\nand more",
                textContent="Words",
                listContent=[{"text": "milk", "isChecked": True}, {"text": "tea", "isChecked": False}],
                labels=[{"name": "home"}],
                annotations=[{"url": "https://example.org", "title": "Site"}],
                attachments=[{"filePath": "pic.jpeg", "mimetype": "image/jpeg"}],
                isPinned=True,
                color="RED",
            ),
            "Takeout/Keep/pic.jpg": b"picture",
            "Takeout/Keep/Two.json": keep_note(
                createdTimestampUsec=CREATED + 1, isTrashed=True, textContent="gone"
            ),
            "Takeout/Keep/One.html": "<html></html>",
        },
    )
    found = read(archive, by="Google Keep")
    (record,) = records(found)
    assert record.text == (
        "# Shopping and more\n\nWords\n\n- [x] milk\n- [ ] tea\n\n- [Site](https://example.org)\n\n![](pic.jpg)"
    )
    assert (record.day, record.tags, record.starred) == (date(2023, 7, 28), ("home",), True)
    assert record.extra == {"color": "RED"}
    assert record.attachments[0].read() == b"picture"
    assert [s.reason for s in skipped(found)] == ["It lies in Keep's trash."]
    assert not remarks(found)


def test_keep_marks_come_along_only_where_there_are_any(tmp_path):
    rich = '<h1><span style="font-weight:700">Top</span></h1><p><i>slow</i> words</p>'
    plain = '<p><span style="font-weight:400;font-style:normal">a * b</span></p>'
    folder = files(
        tmp_path,
        {
            "a.json": keep_note(textContent="Top\nslow words", textContentHtml=rich),
            "b.json": keep_note(createdTimestampUsec=CREATED + 1, textContent="a * b", textContentHtml=plain),
        },
    )
    assert [r.text for r in records(read(folder, by="Google Keep"))] == ["# Top\n\n*slow* words", "a * b"]


# ------------------------------------------------------------------ Journey

OLD = {
    "id": "1514581234000-abc",
    "date_journal": 1514581234000,
    "date_modified": 1535736146000,
    "timezone": "",
    "type": "",
}
NEW = {
    "schemaVersion": 2,
    "id": "x1",
    "dateOfJournal": "2025-03-22T23:23:07.000Z",
    "timezone": "Asia/Tokyo",
    "type": "html",
}


def test_journeys_old_schema_has_flat_files_beside(tmp_path):
    entry = {
        **OLD,
        "text": "Line\nand line",
        "tags": ["trip"],
        "photos": ["1514581234000-p.jpg", "lost.jpg"],
        "mood": 3,
    }
    archive = zipped(
        tmp_path / "journey.zip", {"1514581234000-abc.json": json.dumps(entry), "1514581234000-p.jpg": b"pic"}
    )
    found = read(archive, by="Journey")
    (record,) = records(found)
    assert (record.day, record.at) == (date(2017, 12, 29), datetime(2017, 12, 29, 21, 0, 34, tzinfo=UTC))
    assert record.text == "Line\nand line\n\n![](1514581234000-p.jpg)"
    assert (record.tags, record.mood, record.extra["mood"]) == (("trip",), None, 3)
    assert record.changed_at == datetime(2018, 8, 31, 17, 22, 26, tzinfo=UTC)
    assert [r.said for r in remarks(found)] == ["The file “lost.jpg” is not in the export."]


def test_journeys_second_schema_has_a_folder_an_entry(tmp_path):
    entry = {**NEW, "text": '<p dir="auto">One</p><p><b>Two</b></p>', "attachments": ["a.jpg"], "favourite": True}
    secret = {**NEW, "id": "x2", "encrypted": True, "text": "????"}
    archive = zipped(
        tmp_path / "journey.zip",
        {"x1/x1.json": json.dumps(entry), "x1/a.jpg": b"1", "x2/x2.json": json.dumps(secret), "x2/a.jpg": b"2"},
    )
    found = read(archive, by="Journey")
    (record,) = records(found)
    assert (record.day, record.zone, record.starred) == (date(2025, 3, 23), "Asia/Tokyo", True)
    assert record.text == "One\n\n**Two**\n\n![](a.jpg)"
    assert record.attachments[0].read() == b"1"
    assert "encrypted" in skipped(found)[0].reason


# ------------------------------------------------------------------ Diarium

DIARIUM = {
    "date": "2010-10-26T15:47:53.48828",
    "heading": "Long walk",
    "html": "<p>By the <i>sea</i></p>",
    "tags": ["walks"],
    "people": ["Ana", "Ben"],
    "rating": 4,
    "location": [54.1, 12.1],
    "tracker": ["Steps: 12000"],
}


@pytest.mark.parametrize("is_one_list", [True, False])
def test_diarium_in_one_list_or_a_file_an_entry(tmp_path, is_one_list):
    other = {
        "date": "2024-12-31T00:00:00",
        "heading": "",
        "html": "<p>Plain</p>",
        "tags": [],
        "people": [],
        "rating": 0,
    }
    contents = (
        {"Diarium.json": json.dumps([DIARIUM, other])}
        if is_one_list
        else {"Diarium_1.json": json.dumps(DIARIUM), "Diarium_2.json": json.dumps(other)}
    )
    archive = zipped(tmp_path / "d.zip", {**contents, "media/2010-10-26_154753488/photo.jpg": b"sea"})
    found = read(archive, by="Diarium")
    first, second = records(found)
    assert first.text == "# Long walk\n\nBy the *sea*\n\nPeople: Ana, Ben\n\n- Steps: 12000\n\n![](photo.jpg)"
    assert (first.day, first.mood, first.tags) == (date(2010, 10, 26), 4, ("walks",))
    assert first.extra["location"] == [54.1, 12.1]
    assert first.attachments[0].read() == b"sea"
    assert (second.day, second.text, second.mood) == (date(2024, 12, 31), "Plain", None)


# ------------------------------------------------------------------ Mini Diary


def test_mini_diary_has_an_entry_a_day(tmp_path):
    root = {
        "metadata": {
            "application": "Mini Diary",
            "version": "3.3.0",
            "dateUpdated": "Sun Feb 15 2026 15:15:23 GMT+0100",
        },
        "entries": {
            "2024-01-01": {
                "dateUpdated": "Sun Feb 15 2026 15:15:14 GMT+0100",
                "title": "First",
                "text": "**Words** < more",
            },
            "01/01/2024": {"dateUpdated": "", "title": "", "text": "Odd day"},
            "2024-01-03": {"dateUpdated": "", "title": "", "text": ""},
            "2024-01-04": "nonsense",
        },
    }
    (tmp_path / "diary.json").write_text(json.dumps(root), encoding="utf-8")
    found = read(tmp_path / "diary.json", by="Mini Diary")
    assert [(r.day, r.text) for r in records(found)] == [
        (date(2024, 1, 1), "# First\n\n**Words** < more"),
        (date(2024, 1, 1), "Odd day"),
    ]
    assert records(found)[0].changed_at == datetime(2026, 2, 15, 14, 15, 14, tzinfo=UTC)
    assert len(skipped(found)) == 2


def test_mini_diarium_has_a_list_of_html(tmp_path):
    root = {
        "metadata": {"application": "Mini Diarium", "version": "0.4"},
        "entries": [
            {
                "id": 1,
                "date": "2024-01-15",
                "title": "",
                "text": "<p>One<br>two</p>",
                "tags": ["a"],
                "dateUpdated": "2024-01-16T00:00:00Z",
            },
            {"id": 2, "date": "2024-01-15", "title": "Again", "text": "", "tags": []},
        ],
    }
    (tmp_path / "diary.json").write_text(json.dumps(root), encoding="utf-8")
    found = records(read(tmp_path / "diary.json", by="Mini Diary"))
    assert [(r.text, r.tags) for r in found] == [("One  \ntwo", ("a",)), ("# Again", ())]


# ------------------------------------------------------------------ Diaro

DIARO = """<?xml version="1.0" encoding="UTF-8"?>
<data version="2">
<table name="diaro_folders"><r><uid>f1</uid><title>Work</title></r></table>
<table name="diaro_tags"><r><uid>t1</uid><title>idea</title></r><r><uid>t2</uid><title>plan</title></r></table>
<table name="diaro_attachments">
<r><uid>a1</uid><entry_uid>e1</entry_uid><type>photo</type><filename>p.jpg</filename></r></table>
<table name="diaro_entries">
<r><uid>e1</uid><date>1704063600000</date><tz_offset>+02:00</tz_offset><title>New</title>
<text>Year &amp; day</text><folder_uid>f1</folder_uid><tags>,t1,t2,</tags></r>
<r><uid>e2</uid><date>never</date><title></title><text>Undated</text></r>
</table></data>"""


def test_diaro_rows_are_put_together(tmp_path):
    archive = zipped(tmp_path / "Diaro.zip", {"DiaroBackup.xml": DIARO, "media/photo/p.jpg": b"pic"})
    found = read(archive, by="Diaro")
    first, second = records(found)
    assert first.text == "# New\n\nYear & day\n\n![](p.jpg)"
    assert (first.day, first.at) == (date(2024, 1, 1), datetime(2023, 12, 31, 23, tzinfo=UTC))
    assert (first.tags, first.extra) == (("idea", "plan"), {"folder": "Work"})
    assert (second.day, second.text) == (None, "Undated")


def test_an_encrypted_diaro_backup_says_so(tmp_path):
    archive = zipped(tmp_path / "Diaro.zip", {"DiaroBackup.denc": b"\x00" * 50})
    with pytest.raises(UserError, match="encrypted"):
        read(archive, by="Diaro")


# ------------------------------------------------------------------ Evernote

PICTURE = b"\x89PNG not really" * 100
DIGEST = hashlib.md5(PICTURE, usedforsecurity=False).hexdigest()
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">'


def enex(*notes):
    return f"{HEAD}\n<en-export>{''.join(notes)}</en-export>"


def enex_note(title, content, more="", created="20240229T233000Z"):
    return (
        f"<note><title>{title}</title><created>{created}</created><content><![CDATA[<!DOCTYPE en-note SYSTEM "
        f'"http://xml.evernote.com/pub/enml2.dtd"><en-note>{content}</en-note>]]></content>{more}</note>'
    )


def test_evernote_notes_with_files_tasks_and_secrets(tmp_path):
    resource = (
        f'<resource><data encoding="base64">\n{base64.encodebytes(PICTURE).decode()}</data><mime>image/png</mime>'
        "<resource-attributes><file-name>my pic.png</file-name></resource-attributes></resource>"
    )
    task = (
        "<task><title>Call Ana</title><taskStatus>completed</taskStatus><created>20200101T000000Z</created></task>"
    )
    content = (
        f'<div>Look: <en-media hash="{DIGEST}" type="image/png"/></div><div><en-todo checked="true"/>done</div>'
        '<en-crypt hint="pet">xxxx</en-crypt><img src="https://203.0.113.7/track.png"/>'
    )
    (tmp_path / "Notes.enex").write_text(
        enex(
            enex_note(
                "Café &amp; co",
                content,
                "<tag>one</tag><note-attributes><author>A</author></note-attributes>" + resource + task,
            )
        ),
        encoding="utf-8",
    )
    found = read(tmp_path / "Notes.enex", by="Evernote")
    (record,) = records(found)
    assert record.text == (
        "# Café & co\n\nLook: ![my pic.png](my%20pic.png)\n\n- [x] done\n\n"
        "*(encrypted in Evernote: pet)*![](https://203.0.113.7/track.png)\n\n- [x] Call Ana"
    )
    assert (record.day, record.tags, record.extra) == (
        date(2024, 3, 1),
        ("one",),
        {
            "author": "A",
            "tasks": [{"title": "Call Ana", "taskStatus": "completed", "created": "20200101T000000Z"}],
        },
    )
    assert [(a.name, a.kind, a.size) for a in record.attachments] == [("my pic.png", "image/png", len(PICTURE))]
    assert record.attachments[0].read() == PICTURE
    assert "encrypted" in remarks(found)[0].said


def test_evernote_twins_both_come_in_and_untitled_gets_no_heading(tmp_path):
    folder = files(
        tmp_path, {"a.enex": enex(enex_note("Untitled", "same")), "b.enex": enex(enex_note("Untitled", "same"))}
    )
    found = records(read(folder, by="Evernote"))
    assert [r.text for r in found] == ["same", "same"]
    assert len({r.key for r in found}) == 2


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE e SYSTEM "http://203.0.113.7/e.dtd">',
    ],
)
def test_evernote_entities_are_refused(tmp_path, head):
    (tmp_path / "x.enex").write_text(f'<?xml version="1.0"?>{head}<en-export></en-export>', encoding="utf-8")
    with pytest.raises(UserError):
        read(tmp_path / "x.enex", by="Evernote")


def test_a_table_within_a_table_is_lines_of_its_cell(tmp_path):
    inner = "<table><tr><td>b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr></table>"
    table = f"<table><tr><td>a</td><td>{inner}</td></tr></table>"
    (tmp_path / "x.enex").write_text(enex(enex_note("Untitled", table)), encoding="utf-8")
    (found,) = records(read(tmp_path / "x.enex", by="Evernote"))
    assert found.text == "| a | b · c<br>d · e |\n| --- | --- |"


def test_a_truncated_enex_is_refused(tmp_path):
    (tmp_path / "x.enex").write_text(enex(enex_note("a", "b"))[:-30], encoding="utf-8")
    with pytest.raises(UserError, match="damaged"):
        read(tmp_path / "x.enex", by="Evernote")


def test_a_damaged_notebook_is_named_and_the_others_come_in(tmp_path):
    good = enex(enex_note("Untitled", "good"))
    folder = files(tmp_path / "all", {"a.enex": enex(enex_note("Untitled", "lost"))[:-20], "b.enex": good})
    found = read(folder, by="Evernote")
    assert [r.text for r in records(found)] == ["good"]
    assert [s.where for s in skipped(found)] == ["a.enex"]
    (folder / "b.enex").write_text("<en-export><note>", encoding="utf-8")
    with pytest.raises(UserError, match="damaged"):
        read(folder, by="Evernote")


def test_links_between_notes_of_an_export_lead_there(tmp_path):
    link = '<a href="evernote:///view/1/s1/ab-cd/ab-cd/">{}</a>'
    text = enex(
        enex_note("Contents", f"{link.format('a  walk')} {link.format('Gone')}"), enex_note("A walk", "to the sea")
    )
    (tmp_path / "n.enex").write_text(text, encoding="utf-8")
    one, two = records(read(tmp_path / "n.enex", by="Evernote"))
    assert one.text == "# Contents\n\n[[A walk]] [Gone](evernote:///view/1/s1/ab-cd/ab-cd/)"
    assert two.text == "# A walk\n\nto the sea"
