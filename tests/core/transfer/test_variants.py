"""What other versions of each program write, and what systems and people do to files on the way."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from tests.core.transfer.reading import files, read, records, remarks, skipped, zipped

LEAP = date(2024, 2, 29)


def dayone(*entries, **root):
    filled = [
        {"uuid": f"{n:032X}", "creationDate": "2024-02-29T12:00:00Z", "timeZone": "UTC", **entry}
        for n, entry in enumerate(entries)
    ]
    return json.dumps({"metadata": {"version": "1.0"}, "entries": filled, **root}, ensure_ascii=False)


# ------------------------------------------------------------------ on the way


def test_what_macos_puts_into_archives_is_no_part_of_them(tmp_path):
    entry = {"text": "![](dayone-moment://P)", "photos": [{"identifier": "P", "md5": "aa", "type": "jpeg"}]}
    contents = {
        "Export/Journal.json": dayone(entry),
        "Export/photos/aa.jpeg": b"picture",
        "__MACOSX/Export/._Journal.json": b"\x00\x05\x16\x07",
        "__MACOSX/Export/photos/._aa.jpeg": b"\x00\x05\x16\x07",
        "Export/.DS_Store": b"\x00",
    }
    found = read(zipped(tmp_path / "j.zip", contents), by="Day One")
    (record,) = records(found)
    assert record.attachments[0].read() == b"picture"
    assert not skipped(found)


@pytest.mark.parametrize("name", ["Journal.txt", "Journal", "Journal.json.download"])
def test_json_is_known_by_what_it_holds_not_by_its_name(tmp_path, name):
    (tmp_path / name).write_text(dayone({"text": "words"}), encoding="utf-8")
    assert [r.text for r in records(read(tmp_path / name, by="Day One"))] == ["words"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_json_in_other_encodings_with_windows_line_ends(tmp_path, encoding):
    raw = json.dumps(json.loads(dayone({"text": "ä\r\nb"})), indent=1, ensure_ascii=False).replace("\n", "\r\n")
    (tmp_path / "j.json").write_bytes(raw.encode(encoding))
    assert [r.text for r in records(read(tmp_path / "j.json", by="Day One"))] == ["ä\nb"]


def test_a_word_that_ends_a_latin_file_in_an_accent_is_read(tmp_path):
    (tmp_path / "2024-02-29.md").write_bytes("Café".encode("latin-1"))
    found = read(tmp_path / "2024-02-29.md", by="Markdown")
    assert [r.text for r in records(found)] == ["Café"]
    assert "Windows-1252" in remarks(found)[0].said


# ------------------------------------------------------------------ Day One


@pytest.mark.parametrize(
    ("zone", "day", "named"),
    [
        ("GMT+0200", date(2024, 3, 1), "Etc/GMT-2"),
        ("GMT-0500", LEAP, "Etc/GMT+5"),
        ("GMT+05:30", date(2024, 3, 1), "Asia/Kolkata"),
        ("GMT-0930", LEAP, "Pacific/Marquesas"),
        ("America\\/Denver", LEAP, "America/Denver"),
        (None, date(2024, 3, 1), None),
    ],
)
def test_dayone_zones_in_other_spellings(tmp_path, zone, day, named):
    entry = {"text": "x", "creationDate": "2024-02-29T23:30:00Z", "timeZone": zone}
    found = read(files(tmp_path, {"j.json": dayone(entry)}) / "j.json", by="Day One")
    (record,) = records(found)
    assert (record.day, record.zone) == (day, named)
    assert not remarks(found)


def test_a_picture_alone_begins_the_entry(tmp_path):
    entry = {"text": "", "photos": [{"identifier": "P", "md5": "aa"}]}
    archive = zipped(tmp_path / "j.zip", {"J.json": dayone(entry), "photos/aa.jpeg": b"p"})
    assert records(read(archive, by="Day One"))[0].text == "![](aa.jpeg)"


def test_a_missing_medium_is_called_what_it_is(tmp_path):
    entry = {"text": "[walk](dayone-moment:/video/V) and ![](dayone-moment:/pdfAttachment/D)"}
    found = read(files(tmp_path, {"j.json": dayone(entry)}) / "j.json", by="Day One")
    assert [r.said.partition(" is not")[0] for r in remarks(found)] == ["The video walk", "The PDF D"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("snake\\_case\\_name", "snake_case_name"),
        ("\\_not emphasis\\_", "\\_not emphasis\\_"),
        ("C\\# and \\~5", "C# and ~5"),
        ("\\# no heading", "\\# no heading"),
        ("\\> no quote, 3 \\> 2", "\\> no quote, 3 > 2"),
        ("\\~\\~kept\\~\\~", "\\~\\~kept\\~\\~"),
    ],
)
def test_backslashes_that_an_editor_of_source_does_not_need_go(tmp_path, source, said):
    path = files(tmp_path, {"j.json": dayone({"text": source})}) / "j.json"
    assert records(read(path, by="Day One"))[0].text == said


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("\tDate:\t24 June 2016 at 22:59:06 BST", datetime(2016, 6, 24, 21, 59, 6, tzinfo=UTC)),
        ("\tDate:\tJune 24, 2016 at 10:59:06\u202fPM MDT", datetime(2016, 6, 25, 4, 59, 6, tzinfo=UTC)),
        ("\t日付：\t2016年6月24日 22:59:06 JST", datetime(2016, 6, 24, 13, 59, 6, tzinfo=UTC)),
        ("\tDate :\t24 juin 2016 à 22:59:06 UTC+2", datetime(2016, 6, 24, 20, 59, 6, tzinfo=UTC)),
        (
            "\ufeff\tData:\tvenerdì 24 giugno 2016 alle ore 22:59:06 CEST",
            datetime(2016, 6, 24, 20, 59, 6, tzinfo=UTC),
        ),
        ("\tDate:\tJune 24, 2016 at 10:59:06 AM GMT+5:30", datetime(2016, 6, 24, 5, 29, 6, tzinfo=UTC)),
        ("\tData:\t24 de junho de 2016 às 22:59:06 BRT", None),
        ("\tDate:\tJune 24, 2016 at 10:59:06 AM Pacific Daylight Time", None),
        ("\tDatum:\t24. Juni 2016 um 22:59:06 Mitteleuropäische Sommerzeit", None),
    ],
)
def test_dayone_text_in_other_dress(tmp_path, line, at):
    (tmp_path / "j.txt").write_bytes(f"{line}\r\n\tTags:\twork, two words\r\n\r\nBody\r\n".encode())
    (record,) = records(read(tmp_path / "j.txt", by="Day One text"))
    assert (record.day, record.at, record.text) == (date(2016, 6, 24), at, "Body")
    assert record.tags == ("work", "two words")


# ------------------------------------------------------------------ jrnl, RedNotebook


def test_an_empty_day_of_a_jrnl_folder_is_passed_by(tmp_path):
    path = files(
        tmp_path / "journal",
        {"2024/02/29.txt": "[2024-02-29 10:00] One.\n", "2024/03/01.txt": "", "2024/03/02.txt": "\n"},
    )
    found = read(path, by="jrnl")
    assert [r.text for r in records(found)] == ["One."]


def test_jrnl_json_keeps_what_it_has_no_place_for(tmp_path):
    entry = {"title": "T.", "body": "", "date": "2024-02-29", "time": "10:00", "tags": [], "starred": False}
    said = {"tags": {}, "entries": [{**entry, "uuid": "AB", "creator": {"os": "x"}, "pinned": True}]}
    (record,) = records(read(files(tmp_path, {"j.json": json.dumps(said)}) / "j.json", by="jrnl"))
    assert (record.key, record.extra) == ("jrnl:entry:AB", {"creator": {"os": "x"}, "pinned": True})


def test_jrnl_in_utf_16(tmp_path):
    (tmp_path / "j.txt").write_bytes("[2024-02-29 10:00] One.\n\n[2024-03-01 10:00] Two.\n".encode("utf-16"))
    assert [r.day for r in records(read(tmp_path / "j.txt", by="jrnl"))] == [LEAP, date(2024, 3, 1)]


def test_jrnl_pages_that_say_all_in_their_front_matter(tmp_path):
    page = "---\ntitle: One.\ndate: 2024-02-29 10:00\nstarred: True\ntags: [a]\nbody: |\n  words\n\n  more\n...\n"
    (record,) = records(read(files(tmp_path / "out", {"2024-02-29_one.md": page}), by="Markdown"))
    assert (record.text, record.tags, record.starred) == ("# One.\n\nwords\n\nmore", ("a",), True)
    assert "body" not in record.extra


def test_a_rednotebook_day_whose_text_is_none_is_named(tmp_path):
    found = read(files(tmp_path / "data", {"2024-02.txt": "1: {text: [a, b]}\n2: {text: x}\n"}), by="RedNotebook")
    assert [(s.where, s.reason) for s in skipped(found)] == [("2024-02.txt, day 1", "Its text is no text.")]
    assert [r.text for r in records(found)] == ["x"]


def test_rednotebook_of_old_with_its_side_files(tmp_path):
    path = files(
        tmp_path / "data",
        {
            "2024-01.txt": "{}\n",
            "2024-02.txt": '!!python/unicode "29": {!!python/unicode "text": !!python/unicode "\\xe4"}\n',
            "2024-02.old.txt": "1: {text: OLD}\n",
            "2024-02.new.txt": "1: {text: NEW}\n",
            "2024-02.CONFLICT_BACKUP2.txt": "1: {text: CONFLICT}\n",
            "2024-03.txt": '\ufeff1:\n  text: "[\\"\\"file:///home/me/p\\"\\".png]"\r\n2: {text: ""}\r\n',
        },
    )
    found = read(path, by="RedNotebook")
    assert [(r.day, r.text) for r in records(found)] == [
        (LEAP, "ä"),
        (date(2024, 3, 1), "![p.png](file:///home/me/p.png)"),
    ]
    assert [r.said for r in remarks(found)] == [
        "One picture or file lies outside RedNotebook's folder; the texts still point there."
    ]


# ------------------------------------------------------------------ Journey, Diarium, Evernote


def test_journey_takes_what_lies_beside_an_entry(tmp_path):
    entry = {
        "schemaVersion": 2,
        "id": "e",
        "dateOfJournal": "2024-02-29T12:00:00Z",
        "type": "markdown",
        "text": "x",
    }
    contents: dict[str, str | bytes] = {
        "e/e.json": json.dumps({**entry, "attachments": [{"id": "z", "fileName": "talk.mp3"}]}),
        "e/talk.mp3": b"talk",
        "e/unlisted.jpg": b"pic",
        "f/f.json": json.dumps({**entry, "id": "f", "attachments": None, "tags": None, "text": "y"}),
    }
    one, other = records(read(zipped(tmp_path / "j.zip", contents), by="Journey"))
    assert [(a.name, a.read()) for a in one.attachments] == [("talk.mp3", b"talk"), ("unlisted.jpg", b"pic")]
    assert (other.text, other.attachments) == ("y", ())


def test_diarium_with_few_fields_and_as_pages(tmp_path):
    (tmp_path / "d.json").write_text('[{"date": "2024-02-29T10:00:00", "html": "<p>x</p>"}]')
    assert [r.text for r in records(read(tmp_path / "d.json", by="Diarium"))] == ["x"]
    page = "<html><body><h1>Thursday, 29 February 2024</h1><p>By the <b>sea</b></p></body></html>"
    archive = zipped(tmp_path / "d.zip", {"Diarium_2024-02-29.html": page})
    (record,) = records(read(archive, by="Plain text"))
    assert (record.day, record.text) == (LEAP, "By the **sea**")


def test_pages_and_texts_bring_their_pictures(tmp_path):
    contents: dict[str, str | bytes] = {
        "2024-02-29.html": "<p>By the sea</p><img src='img/p.png'>",
        "diary.txt": "2024-03-01\n![](img/p.png) and ![](gone.png)\n",
        "img/p.png": b"sea",
    }
    found = read(files(tmp_path / "diary", contents), by="Plain text")
    assert [(r.day, r.text, [a.read() for a in r.attachments]) for r in records(found)] == [
        (LEAP, "By the sea\n\n![](p.png)", [b"sea"]),
        (date(2024, 3, 1), "![](p.png) and ![](gone.png)", [b"sea"]),
    ]
    assert [r.where for r in remarks(found)] == ["diary.txt, line 1"]


def test_evernote_tasks_say_when_they_are_due(tmp_path):
    task = "<task><title>Buy</title><taskStatus>open</taskStatus><dueDate>20240310T230000Z</dueDate></task>"
    note = f"<note><title>T</title><created>20240229T100000Z</created>{task}</note>"
    (tmp_path / "n.enex").write_text(f"<en-export>{note}</en-export>")
    (record,) = records(read(tmp_path / "n.enex", by="Evernote"))
    assert record.text == "# T\n\n- [ ] Buy (due 2024-03-11)"
    assert record.extra["tasks"] == [{"title": "Buy", "taskStatus": "open", "dueDate": "20240310T230000Z"}]


# ------------------------------------------------------------------ notes and tables


def test_the_properties_of_a_logseq_page_are_its_fields(tmp_path):
    path = files(
        tmp_path / "graph", {"pages/Proj.md": "title:: Project\ntags:: one, two\nowner:: me\n\n- block\n"}
    )
    (record,) = records(read(path, by="Markdown"))
    assert (record.text, record.tags) == ("# Project\n\n- block\n", ("one", "two"))
    assert record.extra["owner"] == "me"


@pytest.mark.parametrize(
    ("name", "day"),
    [("2024-W09", date(2024, 2, 26)), ("2024-02", date(2024, 2, 1)), ("2024_02", date(2024, 2, 1))],
)
def test_periodic_notes_stand_on_the_first_day_of_theirs(tmp_path, name, day):
    path = files(tmp_path / "vault", {f"{name}.md": "words"})
    (record,) = records(read(path, by="Markdown"))
    assert (record.day, record.text) == (day, f"# {name}\n\nwords")


def test_logseq_pages_are_called_as_they_are_linked(tmp_path):
    pages: dict[str, str | bytes] = {
        "pages/a%2Fb.md": "- x\n",
        "pages/one___two.md": "- y\n",
        "pages/50%25 off.md": "- z\n",
    }
    found = records(read(files(tmp_path / "graph", pages), by="Markdown"))
    assert [r.text.partition("\n")[0] for r in found] == ["# 50% off", "# a/b", "# one/two"]


def test_pictures_in_every_form_that_markdown_has(tmp_path):
    note = (
        '<img src=\'../img/my pic.png\' width=20 alt="A b"/> <img src="https://x.org/y.png">\n\n'
        '![r][1]\n\n[1]: ../img/r.png "T"\n[w]: https://x.org/a.png\n[^1]: See r.png\n\n'
        "`<img src='../img/r.png'>` ![[v1.2 plan]]\n"
    )
    vault: dict[str, str | bytes] = {
        "notes/2024-02-29.md": note,
        "notes/v1.2 plan.md": "x",
        "img/my pic.png": b"p",
        "img/r.png": b"r",
    }
    found = read(files(tmp_path / "vault", vault), by="Markdown")
    record = next(r for r in records(found) if r.day == LEAP)
    assert record.text == (
        '![A b](my%20pic.png) <img src="https://x.org/y.png">\n\n![r][1]\n\n[1]: r.png "T"\n'
        "[w]: https://x.org/a.png\n[^1]: See r.png\n\n`<img src='../img/r.png'>` ![[v1.2 plan]]\n"
    )
    assert [a.read() for a in record.attachments] == [b"p", b"r"]
    assert not any("is not in the export" in r.said for r in remarks(found))


def test_links_to_files_and_to_places_in_notes(tmp_path):
    note = "[[d.pdf]] [[d.pdf|the plan]] [[gone.pdf]] [[v1.2]]\n[n](Other.md#place) ![](a%28b%29%20%23c.png)\n"
    vault: dict[str, str | bytes] = {
        "2024-02-29.md": note,
        "Other.md": "x",
        "d.pdf": b"plan",
        "a(b) #c.png": b"pic",
    }
    found = read(files(tmp_path / "vault", vault), by="Markdown")
    record = next(r for r in records(found) if r.day == LEAP)
    assert record.text == (
        "[d.pdf](d.pdf) [the plan](d.pdf) [[gone.pdf]] [[v1.2]]\n[n](Other.md#place) ![](a%28b%29%20#c.png)\n"
    )
    assert [a.name for a in record.attachments] == ["d.pdf", "a(b) #c.png"]
    assert not any("is not in the export" in r.said for r in remarks(found))


def test_lists_of_one_and_lists_in_lists_in_front_matter(tmp_path):
    (tmp_path / "a.md").write_text("---\ncreated: [[2024-02-29]]\ntags: [a, [b, c]]\n---\nx")
    (record,) = records(read(tmp_path / "a.md", by="Markdown"))
    assert (record.day, record.tags) == (LEAP, ("a", "b", "c"))


def test_months_by_name_with_years_of_two_digits_and_a_table_of_titles(tmp_path):
    (tmp_path / "t.csv").write_text("Date,Entry\n29-Feb-24,x\n1-Mar-24,y\n")
    assert [r.day for r in records(read(tmp_path / "t.csv", by="CSV"))] == [LEAP, date(2024, 3, 1)]
    (tmp_path / "u.csv").write_text("created,updated,title\n2024-02-29,2024-03-01,One\n")
    (record,) = records(read(tmp_path / "u.csv", by="CSV"))
    assert (record.text, record.extra) == ("One", {"updated": "2024-03-01"})


def test_a_german_table_and_years_of_two_digits(tmp_path):
    (tmp_path / "t.csv").write_bytes("Tag;Eintrag\n29. Februar 2024;größer\n".encode("cp1252"))
    (record,) = records(read(tmp_path / "t.csv", by="CSV"))
    assert (record.day, record.text, record.tags) == (LEAP, "größer", ())
    (tmp_path / "u.csv").write_text("date,text\n2/29/24,one\n12/31/69 11:30 PM,two\n")
    assert [r.day for r in records(read(tmp_path / "u.csv", by="CSV"))] == [LEAP, date(1969, 12, 31)]


def test_a_cell_may_be_as_long_as_a_book(tmp_path):
    (tmp_path / "t.csv").write_text('date,text\n2024-02-29,"' + "word " * 60_000 + '"\n')
    assert len(records(read(tmp_path / "t.csv", by="CSV"))[0].text) == 300_000


def test_jrnl_with_years_of_two_digits_and_with_no_date_at_all(tmp_path):
    (tmp_path / "a.journal").write_text("[29.02.24 10:00] One.\n\n[01.03.24 11:00] Two.\n")
    assert [r.day for r in records(read(tmp_path / "a.journal", by="jrnl"))] == [LEAP, date(2024, 3, 1)]
    (tmp_path / "b.journal").write_text("[long ago] Subject\nLost track of time.\n")
    found = read(tmp_path / "b.journal", by="Plain text")
    assert [r.text for r in records(found)] == ["[long ago] Subject\nLost track of time.\n"]


def test_dayone_moves_no_day_by_an_offset_and_drops_spaces_of_no_width(tmp_path):
    entry = {"text": "a\u200bb", "creationDate": "2024-03-11T19:30:00+05:00", "timeZone": "Asia/Karachi"}
    (record,) = records(read(files(tmp_path, {"j.json": dayone(entry)}) / "j.json", by="Day One"))
    assert (record.day, record.at) == (date(2024, 3, 11), datetime(2024, 3, 11, 14, 30, tzinfo=UTC))
    assert record.text == "ab"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<ol style="--en-todo:true;"><li style="--en-checked:false;">a</li></ol>', "- [ ] a"),
        ('<ul><li><en-todo checked="true"/>a</li></ul>', "- [x] a"),
        (
            '<div style="--en-codeblock:true;--en-syntaxLanguage:python;"><div>def f(x):</div>'
            "<div>&nbsp;&nbsp;if x:</div><div><br /></div><div>    return '*_a\\*'</div></div>",
            "```python\ndef f(x):\n  if x:\n\n    return '*_a\\*'\n```",
        ),
    ],
)
def test_evernote_lists_and_code(tmp_path, html, said):
    body = f"<note><title>T</title><content><![CDATA[<en-note>{html}</en-note>]]></content></note>"
    (tmp_path / "n.enex").write_text(f"<en-export>{body}</en-export>")
    assert records(read(tmp_path / "n.enex", by="Evernote"))[0].text == f"# T\n\n{said}"


def test_mini_diary_says_when_an_entry_was_changed_as_a_browser_does(tmp_path):
    said = "Thu Feb 29 2024 15:15:14 GMT+0100 (Central European Standard Time)"
    diary = {
        "metadata": {"application": "Mini Diary"},
        "entries": {"2024-02-29": {"dateUpdated": said, "text": "x"}},
    }
    (record,) = records(read(files(tmp_path, {"m.json": json.dumps(diary)}) / "m.json", by="Mini Diary"))
    assert record.changed_at == datetime(2024, 2, 29, 14, 15, 14, tzinfo=UTC)


def test_keep_without_the_time_of_making_takes_that_of_the_last_change(tmp_path):
    note = {"title": "T", "textContent": "x", "isTrashed": False, "createdTimestampUsec": 0}
    note["userEditedTimestampUsec"] = 1709208000000000
    (record,) = records(read(files(tmp_path, {"n.json": json.dumps(note)}) / "n.json", by="Google Keep"))
    assert record.day == LEAP


def test_keep_keeps_the_marks_of_list_items(tmp_path):
    item = {"text": "rich", "textHtml": '<p><span style="font-weight:700;">rich</span></p>', "isChecked": True}
    note = {"listContent": [item], "title": "T", "createdTimestampUsec": 1709208000000000, "isTrashed": False}
    (record,) = records(read(files(tmp_path, {"n.json": json.dumps(note)}) / "n.json", by="Google Keep"))
    assert (record.day, record.text) == (LEAP, "# T\n\n- [x] **rich**")
