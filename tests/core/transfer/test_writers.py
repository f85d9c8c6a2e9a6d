"""What other programs' writers can put into their files, in small imitations."""

from __future__ import annotations

import base64
import json

import pytest

from app.core.errors import UserError
from app.core.transfer import reader_for
from app.core.transfer.records import Skipped
from app.core.transfer.txt2tags import markdown as from_txt2tags
from tests.core.transfer.reading import files, read, records, remarks, zipped

DOT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
HELD = "data:image/gif;base64," + base64.b64encode(DOT).decode()


def dayone(tmp_path, rich, text=""):
    entry = {
        "uuid": "E1",
        "creationDate": "2024-05-02T10:00:00Z",
        "timeZone": "UTC",
        "text": text,
        "richText": rich,
    }
    path = tmp_path / "Journal.json"
    path.write_text(json.dumps({"metadata": {"version": "1.0"}, "entries": [entry]}), encoding="utf-8")
    (one,) = records(read(path, by="Day One"))
    return one.text


def run(text, line=None, **marks):
    return {"text": text, "attributes": {**marks, **({"line": line} if line else {})}}


def test_rich_text_may_be_an_object_and_not_its_json(tmp_path):
    rich = {"meta": {"version": 1}, "contents": [run("Only here.\n"), run("And bold.", bold=True)]}
    assert dayone(tmp_path, rich) == "Only here.\n\n**And bold.**"
    assert dayone(tmp_path, json.dumps(rich)) == "Only here.\n\n**And bold.**"
    assert dayone(tmp_path, {"nodes": rich["contents"]}) == "Only here.\n\n**And bold.**"


def test_lines_of_rich_text_that_no_break_parts(tmp_path):
    item = {"listStyle": "bulleted", "indentLevel": 1}
    contents = [
        run("A lead."),
        run("Plans", {"header": 2}),
        run("call Ann", item),
        run("write to Bo", item),
        run("from five", {"listStyle": "numbered", "listIndex": 5}),
        run("said once", {"quote": True}),
        run("The end."),
    ]
    assert dayone(tmp_path, {"contents": contents}) == (
        "A lead.\n\n## Plans\n\n- call Ann\n- write to Bo\n5. from five\n\n> said once\n\nThe end."
    )


def test_runs_of_one_line_stay_on_it(tmp_path):
    line = {"header": 1, "identifier": "A"}
    contents = [run("Some ", line), run("bold", line, bold=True), run(" words\n", line), run("See "), run("this")]
    assert dayone(tmp_path, {"contents": contents}) == "# Some **bold** words\n\nSee this"


def test_what_rich_text_encloses(tmp_path):
    cell = [{"content": [{"text": word}]} for word in ("Run", "5|6 km")]
    contents = [
        run("Before"),
        {"embeddedObjects": [{"type": "horizontalRuleLine"}]},
        {"embeddedObjects": [{"type": "table", "rows": [cell, cell]}]},
        {"embeddedObjects": [{"type": "externalVideo", "url": "https://example.org/v"}]},
        {
            "embeddedObjects": [
                {"type": "song", "identifier": "S", "song": "Blue", "artist": "Cy", "album": "Blue"}
            ]
        },
        run("\n"),
        run("After"),
    ]
    assert dayone(tmp_path, {"contents": contents}) == (
        "Before\n\n---\n\n| Run | 5\\|6 km |\n| --- | --- |\n| Run | 5\\|6 km |\n\n"
        "https://example.org/v\n\nBlue, Cy\n\nAfter"
    )


def test_media_that_older_exports_point_to_by_their_kind(tmp_path):
    entry = {
        "uuid": "E1",
        "creationDate": "2024-05-02T10:00:00Z",
        "text": "Look: ![](dayone-photo://AB12)",
        "photos": [{"identifier": "AB12", "md5": "77aa", "type": "gif"}],
    }
    found = zipped(
        tmp_path / "export.zip",
        {"Journal.json": json.dumps({"metadata": {}, "entries": [entry]}), "photos/77aa.gif": DOT},
    )
    (one,) = records(read(found, by="Day One"))
    assert one.text == "Look: ![](77aa.gif)"
    assert [attachment.read() for attachment in one.attachments] == [DOT]


MARKED = "## A walk\n\nTo the *lake*, over // and == on [the map](https://example.org)."
MONTH = "4:\n  text: " + json.dumps(MARKED) + "\n  Todo:\n    '*call* Ann': null\n"


@pytest.mark.parametrize("chosen", ["", "2024-05.txt"])
def test_a_rednotebook_that_was_converted_to_markdown_comes_as_it_is(tmp_path, chosen):
    said = "# Settings of this journal.\nmarkup=markdown\n"
    folder = files(tmp_path / "data", {"2024-05.txt": MONTH, "journal.cfg": said})
    (one,) = records(read(folder / chosen, by="RedNotebook"))
    assert one.text == MARKED + "\n\n**Todo**\n\n- *call* Ann"
    assert "txt2tags" not in one.extra


@pytest.mark.parametrize("said", ["markup=txt2tags\n", "# nothing yet\n"])
def test_a_rednotebook_with_other_settings_is_txt2tags(tmp_path, said):
    month = "4: {text: 'over //there//'}\n"
    (one,) = records(read(files(tmp_path / "data", {"2024-05.txt": month, "journal.cfg": said}), by="RedNotebook"))
    assert one.text == "over *there*"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"\\server\share", r"\\\\server\share"),
        (r"3\\.50\\?", r"3\\\\.50\\\\?"),
        ("one\\\\\ntwo", "one\\\ntwo"),
    ],
)
def test_two_backslashes_break_a_line_at_its_end_only(text, shown):
    assert from_txt2tags(text) == shown


def minidiarium(tmp_path, text, **more):
    entry = {"id": 1, "date": "2024-01-15", "title": "A day", "text": text, "dateUpdated": "2024-01-15T20:00:00Z"}
    root = {"metadata": {"application": "Mini Diarium", "version": "1"}, "entries": [{**entry, **more}]}
    path = tmp_path / "diary.json"
    path.write_text(json.dumps(root), encoding="utf-8")
    return read(path, by="Mini Diary")


def test_pictures_that_a_mini_diarium_text_holds_come_as_files(tmp_path):
    found = minidiarium(tmp_path, f'<p>See</p><img src="{HELD}" alt="a tree"><p>again <img src="{HELD}"></p>')
    (one,) = records(found)
    assert one.text == "# A day\n\nSee\n\n![a tree](picture.gif)\n\nagain ![](picture.gif)"
    assert [(file.name, file.kind, file.read()) for file in one.attachments] == [("picture.gif", "image/gif", DOT)]
    assert not remarks(found)


def test_a_picture_that_is_none_is_told(tmp_path):
    found = minidiarium(tmp_path, '<p>See <img src="data:image/png;base64,@@" alt="a tree"></p>')
    (one,) = records(found)
    assert one.text == "# A day\n\nSee a tree"
    assert [remark.said for remark in remarks(found)] == ["A picture within its text is damaged and stays behind."]


def test_files_that_mini_diarium_names_and_does_not_export_are_told(tmp_path):
    listed = [{"name": "Report.pdf", "mime_type": "application/pdf", "byte_size": 9}]
    found = minidiarium(tmp_path, "<p>Read it.</p>", attachments=listed)
    (one,) = records(found)
    assert one.extra["attachments"] == listed
    assert [remark.said for remark in remarks(found)] == ["The file “Report.pdf” is not in the export."]


def test_a_check_box_in_a_label_belongs_to_the_words_beside_it(tmp_path):
    box = '<label><input type="checkbox"{}><span></span></label>'
    html = (
        '<ul data-type="taskList">'
        f'<li data-checked="true">{box.format(" checked")}<div><p>done</p></div></li>'
        f'<li data-checked="false">{box.format("")}<div><p>open</p><ul><li>inner</li></ul></div></li></ul>'
    )
    (one,) = records(minidiarium(tmp_path, html))
    assert one.text == "# A day\n\n- [x] done\n- [ ] open\n    - inner"


def test_items_that_only_note_whether_they_are_checked(tmp_path):
    items = [("checked", "done"), ("unchecked", "open"), ("bullet", "no")]
    listed = "".join(f'<li data-list="{state}">{words}</li>' for state, words in items)
    (one,) = records(minidiarium(tmp_path, f"<ol>{listed}</ol>"))
    assert one.text == "# A day\n\n- [x] done\n- [ ] open\n3. no"


@pytest.mark.parametrize(
    ("by", "root"),
    [
        ("Diarium", [{"date": "2024-05-17T21:40:00", "heading": "", "html": f'<p>x <img src="{HELD}"></p>'}]),
        (
            "Journey",
            {"id": "1", "date_journal": 1715974800000, "type": "html", "text": f'<p>x <img src="{HELD}"></p>'},
        ),
    ],
)
def test_pictures_within_other_html_texts(tmp_path, by, root):
    path = tmp_path / "export.json"
    path.write_text(json.dumps(root), encoding="utf-8")
    (one,) = records(read(path, by=by))
    assert one.text == "x ![](picture.gif)"
    assert [attachment.read() for attachment in one.attachments] == [DOT]


DIARO = """<data version="2">
<table name="diaro_moods">
<r><uid>m1</uid><title>Great</title><icon>mood_1happy</icon></r>
<r><uid>m9</uid><title>Seasick</title><icon>mood_wave</icon></r>
</table>
<table name="diaro_entries">{}</table>
<table name="diaro_templates"><r><uid>t</uid><name>Work & home</name></r></table>
</data>"""


def diaro(tmp_path, *rows):
    entries = "".join(
        f"<r><uid>e{number}</uid><date>1719984376406</date><tz_offset>+02:00</tz_offset>{row}</r>"
        for number, row in enumerate(rows)
    )
    return records(read(zipped(tmp_path / "b.zip", {"DiaroBackup.xml": DIARO.format(entries)}), by="Diaro"))


def test_signs_that_diaro_writes_and_xml_cannot_hold(tmp_path):
    (one,) = diaro(
        tmp_path,
        "<title>R&amp;D</title><text>one&#11;two &#127; \x0cthree&#2;</text>"
        "<weather_description>rain & wind</weather_description><weather_icon>null</weather_icon>",
    )
    assert one.text == "# R&D\n\none\ntwo \x7f \nthree\ufffd"
    assert one.extra["weather_description"] == "rain & wind"
    assert "weather_icon" not in one.extra


def test_a_mark_that_two_reads_of_a_diaro_backup_share(tmp_path):
    words = "a" * 65_000 + "&amp;&#9731;" * 200
    (one,) = diaro(tmp_path, f"<title></title><text>{words}</text>")
    assert one.text == "a" * 65_000 + "&\u2603" * 200


def test_moods_of_diaro(tmp_path):
    said = ["<mood>m1</mood>", "<mood>m9</mood>", "<mood>5</mood>", "<mood>0</mood>", ""]
    found = diaro(tmp_path, *(f"<title></title><text>{number}</text>{mood}" for number, mood in enumerate(said)))
    assert [one.mood for one in found] == [5, None, 1, None, None]
    assert [one.extra.get("mood") for one in found] == ["Great", "Seasick", "5", None, None]


@pytest.mark.parametrize(
    ("said", "mood"),
    [
        ({"mood": 1, "sentiment": 1.75}, 5),
        ({"sentiment": 0.25}, 1),
        ({"mood": 0, "sentiment": 1}, None),
        ({"mood": 1, "sentiment": 0}, None),
        ({}, None),
    ],
)
def test_moods_of_journey(tmp_path, said, mood):
    path = tmp_path / "entry.json"
    path.write_text(json.dumps({"id": "1", "date_journal": 1715974800000, "text": "x", **said}), encoding="utf-8")
    (one,) = records(read(path, by="Journey"))
    assert one.mood == mood


def enex(name, *notes):
    made = "".join(
        f"<note><title>{title}</title><content><![CDATA[<en-note>{body}</en-note>]]></content>"
        f"<created>20240110T101500Z</created>{more}</note>"
        for title, body, more in notes
    )
    return {name: f"<en-export>{made}</en-export>"}


def test_links_to_evernote_on_the_web_lead_to_its_notes_too(tmp_path):
    link = '<div><a href="https://www.evernote.com/shard/s1/nl/2/bb/">plans</a></div>'
    found = files(tmp_path / "books", enex("a.enex", ("Plans", "x", ""), ("Other", link, "")))
    assert records(read(found, by="Evernote"))[1].text == "# Other\n\n[[Plans]]"


def test_what_applications_kept_with_an_evernote_note(tmp_path):
    said = '<application-data key="c">red</application-data><application-data key="p">9</application-data>'
    kept = f"<note-attributes>{said}</note-attributes>"
    (one,) = records(read(files(tmp_path / "x", enex("a.enex", ("T", "x", kept))), by="Evernote"))
    assert one.extra == {"application-data: c": "red", "application-data: p": "9"}


def test_a_link_in_brackets_is_no_link_to_a_note(tmp_path):
    note = ("T", '<div>as said <a href="https://example.org/#b">[48]</a></div>', "")
    (one,) = records(read(files(tmp_path / "x", enex("a.enex", note)), by="Evernote"))
    assert one.text == "# T\n\nas said [\\[48\\]](https://example.org/#b)"


def test_lines_that_org_masks_within_a_block(tmp_path):
    text = "* Plan\n#+BEGIN_SRC org\n,* a star\n  ,#+TITLE: x\n,,* two\n, apart\n#+END_SRC\n"
    (one,) = records(read(files(tmp_path / "n", {"2024-05-02.org": text}), by="Markdown"))
    assert one.text == "# Plan\n```org\n* a star\n  #+TITLE: x\n,* two\n, apart\n```"


def test_tags_of_several_words_as_bear_writes_them(tmp_path):
    about = json.dumps({"version": 2, "net.shinyfrog.bear": {"creationDate": "2024-05-02T08:00:00Z"}})
    text = "# Note\n\n#two words# and #one #road trip/day 1#\nC# is # no tag#1 #"
    folder = files(tmp_path / "Note.textbundle", {"info.json": about, "text.markdown": text})
    (one,) = records(read(folder, by="TextBundle"))
    assert one.tags == ("two words", "road trip/day 1")


DIARY = """# My diary

## Thursday, 2 May 2024

*Tags: walk, blue sky*

Along the river.

### Later

Home again.

## Friday, 3 May 2024

## Saturday, 4 May 2024

```
## not a day
```
"""


def test_a_markdown_file_with_a_heading_for_each_day_is_a_diary(tmp_path):
    path = tmp_path / "export.md"
    path.write_text(DIARY, encoding="utf-8")
    found = read(path, by="Markdown")
    second, fourth = records(found)
    assert (str(second.day), second.tags) == ("2024-05-02", ("walk", "blue sky"))
    assert second.text.endswith("Along the river.\n\n### Later\n\nHome again.")
    assert (str(fourth.day), fourth.text) == ("2024-05-04", "```\n## not a day\n```")
    assert second.extra == fourth.extra == {"journal": "My diary"}
    (skipped,) = [one for one in found if isinstance(one, Skipped)]
    assert (skipped.where, skipped.reason) == ("export.md, line 13", "It has a date but no words.")


@pytest.mark.parametrize(
    "text",
    [
        "# Boat\n\n## 2024-05-02\n\nPaint.\n\n## To buy\n\nRope.\n\n## 2024-05-03\n\nMore.\n",
        "# Boat\n\nWhat I did to it.\n\n## 2024-05-02\n\nPaint.\n\n## 2024-05-03\n\nMore.\n",
        "# 2024-05-02\n\nPaint.\n\n## Later\n\nRope.\n",
        "# 2024\n\nA good year.\n\n## 2024-05-02\n\nPaint.\n\n## 2024-05-03\n\nMore.\n",
    ],
)
def test_a_note_with_a_dated_part_stays_one_note(tmp_path, text):
    path = tmp_path / "Boat.md"
    path.write_text(text, encoding="utf-8")
    assert len(records(read(path, by="Markdown"))) == 1


def test_a_note_of_many_is_never_taken_apart(tmp_path):
    folder = files(tmp_path / "vault", {"export.md": DIARY, "other.md": "# Other\n\nWords.\n"})
    assert len(records(read(folder, by="Markdown"))) == 2


def test_a_diary_whose_numbers_can_be_read_two_ways_says_so(tmp_path):
    path = tmp_path / "export.md"
    path.write_text("## 02/05/2024\n\nOne.\n\n## 03/05/2024\n\nTwo.\n", encoding="utf-8")
    found = read(path, by="Markdown")
    assert [str(one.day) for one in records(found)] == ["2024-05-02", "2024-05-03"]
    (said,) = remarks(found)
    assert "day first" in getattr(said, "text", str(said))


def test_a_markdown_file_of_jrnl_has_years_and_months_between_the_days(tmp_path):
    path = tmp_path / "jrnl.md"
    said = "# 2023\n\n## December\n\n### 2023-12-31 22:30 The last one.\n\nWords\n\n#### Part\n \n"
    said += "# 2024\n\n## January\n\n### 2024-01-01 09:00 The first one.\n "
    path.write_text(said, encoding="utf-8")
    last, new = records(read(path, by="Markdown"))
    assert (str(last.at), last.text) == ("2023-12-31 21:30:00+00:00", "# The last one.\n\nWords\n\n#### Part")
    assert (str(new.day), new.text) == ("2024-01-01", "# The first one.")


def test_pages_of_jrnl_whose_yaml_is_none(tmp_path):
    page = "---\ntitle: Plans: two\ndate: 2024-02-29 10:00\nstarred: True\ntags: sea, blue\n"
    page += "body: |\t\t\n\tFirst: words\n\t\n\t---\n\t\tindented\n..."
    (record,) = records(read(files(tmp_path / "out", {"2024-02-29_plans-two.md": page}), by="Markdown"))
    assert record.text == "# Plans: two\n\nFirst: words\n\n---\n\tindented"
    assert (record.tags, record.starred, str(record.at)) == (("sea", "blue"), True, "2024-02-29 09:00:00+00:00")


def test_an_archive_that_is_no_zip_is_to_be_unpacked(tmp_path):
    (tmp_path / "takeout.tgz").write_bytes(b"\x1f\x8b\x08\x00\x00\x00")
    with pytest.raises(UserError, match="unpack it first"):
        reader_for(tmp_path / "takeout.tgz")


def test_slips_that_begin_with_their_moment(tmp_path):
    names = ("202403161122 On rivers.md", "20240317112233.md", "202499161122 no moment.md")
    found = records(read(files(tmp_path / "slips", dict.fromkeys(names, "Words.\n")), by="Markdown"))
    at = {one.extra["file"]: str(one.at) for one in found if "dated by" not in one.extra}
    assert at == {names[0]: "2024-03-16 10:22:00+00:00", names[1]: "2024-03-17 10:22:00+00:00"}
    assert {one.text.strip() for one in found} >= {"# 202403161122 On rivers\n\nWords.", "Words."}
