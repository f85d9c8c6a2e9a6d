"""Files made to do harm: refused or read with the harm left out, in bounded memory, never with a traceback."""

from __future__ import annotations

import json
import os
import struct
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import UserError
from app.core.transfer import READERS, all_formats, archives, reader_for
from app.core.transfer.html_text import markdown
from app.core.transfer.plain_yaml import NotPlain, pairs
from app.core.transfer.records import Record
from app.core.transfer.stamps import stamp
from tests.core.transfer.reading import BERLIN, files, read, records, remarks, skipped, zipped

JOURNAL = json.dumps(
    {
        "metadata": {"version": "1.0"},
        "entries": [
            {"uuid": "A" * 32, "creationDate": "2024-01-01T09:00:00Z", "timeZone": "UTC", "text": "Words #tag"}
        ],
    }
)


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.txt",
        "/tmp/evil.txt",
        "photos/../../../evil.txt",
        "..\\..\\evil.txt",
        "C:\\evil.txt",
        "a/" * 300 + "deep.txt",
        "n" * 300 + ".jpg",
        "CON",
        "photos/nul.jpg",
        "photos/evil\u202egpj.exe",
    ],
)
def test_a_name_that_leads_out_or_hides_is_left_out_and_named(tmp_path, name):
    found = read(zipped(tmp_path / "j.zip", {"Journal.json": JOURNAL, name: "evil"}), by="Day One")
    assert len(records(found)) == 1
    assert len(skipped(found)) == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "j.zip"]


def test_backslashes_of_old_windows_archives_are_folders(tmp_path):
    journal = json.loads(JOURNAL)
    journal["entries"][0]["photos"] = [{"identifier": "P", "md5": "aa"}]
    archive = zipped(tmp_path / "j.zip", {"Journal.json": json.dumps(journal), "photos\\aa.jpeg": b"picture"})
    assert records(read(archive, by="Day One"))[0].attachments[0].read() == b"picture"


def bomb(path: Path, *, size: int, said: int | None = None, copies: int = 1) -> Path:
    """An archive of zeros whose directory says what it likes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()
    crc = 0
    for _ in range(size >> 20):
        crc = zlib.crc32(bytes(1 << 20), crc)
    shown = size if said is None else said
    name = b"Journal.json"
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, crc, len(packed), shown, len(name), 0) + name
    directory = b""
    for number in range(copies):
        called = name if copies == 1 else b"%06d.json" % number
        sizes = (crc, len(packed), shown, len(called))
        directory += (
            struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 33, *sizes, 0, 0, 0, 0, 0, 0) + called
        )
    body = local + packed
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, copies, copies, len(directory), len(body), 0)
    path.write_bytes(body + directory + end)
    return path


@pytest.mark.parametrize(
    "harm", [{"size": 48 << 20}, {"size": 8 << 20, "said": 100}, {"size": 1 << 20, "copies": 500}]
)
def test_bombs_are_refused(tmp_path, harm):
    with pytest.raises(UserError):
        reader_for(bomb(tmp_path / "bomb.zip", **harm))


def test_damage_is_refused_as_such(tmp_path):
    whole = zipped(tmp_path / "j.zip", {"Journal.json": JOURNAL, "photos/a.jpg": os.urandom(2000)}).read_bytes()
    for share in (1, 10, 50, 90, 99):
        (tmp_path / "cut.zip").write_bytes(whole[: len(whole) * share // 100])
        with pytest.raises(UserError, match=r"damaged|none of the formats"):
            reader_for(tmp_path / "cut.zip")
    flipped = bytearray(whole)
    flipped[35] ^= 255
    (tmp_path / "flipped.zip").write_bytes(flipped)
    with pytest.raises(UserError, match="damaged"):
        reader_for(tmp_path / "flipped.zip")


def test_a_damaged_picture_is_refused_when_it_is_read(tmp_path):
    journal = json.loads(JOURNAL)
    journal["entries"][0]["photos"] = [{"identifier": "P", "md5": "aa"}]
    picture = os.urandom(5000)
    archive = zipped(tmp_path / "j.zip", {"Journal.json": json.dumps(journal), "photos/aa.jpeg": picture})
    raw = bytearray(archive.read_bytes())
    raw[raw.index(picture[1000:1100])] ^= 255
    archive.write_bytes(raw)
    (record,) = records(read(archive, by="Day One"))
    with pytest.raises(UserError, match="damaged"):
        record.attachments[0].read()


def test_a_file_larger_than_text_can_be_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives.Bundle.read, "__kwdefaults__", {"most": 1000})
    (tmp_path / "2024-01-01.md").write_text("x" * 2000, encoding="utf-8")
    found = read(tmp_path / "2024-01-01.md", by="Markdown")
    assert "larger" in skipped(found)[0].reason


@pytest.mark.parametrize(
    "root",
    ['{"metadata":{"version":"1.0"},"entries":' + "[" * 100_000 + "]" * 100_000 + "}",
     '{"metadata":{"version":"1.0"},"entries":[{"uuid":"1","creationDate":' + "9" * 20_000 + "}]}",
     '{"metadata":{"version":"1.0"},"entries":{}}'],
    ids=["deep", "long number", "no list"],
)  # fmt: skip
def test_json_made_to_overflow_is_refused(tmp_path, root):
    (tmp_path / "x.json").write_text(root, encoding="utf-8")
    with pytest.raises(UserError):
        read(tmp_path / "x.json", by="Day One")


def test_yaml_that_unfolds_or_nests_without_end_is_refused_quickly():
    laughs = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
    )
    for harm in (laughs, "a: " + "[" * 50_000, "a: *missing", "a: &a [*a]"):
        with pytest.raises(NotPlain):
            pairs(harm)


def test_characters_that_no_text_can_hold_are_shown_and_said(tmp_path):
    journal = json.loads(JOURNAL)
    journal["entries"][0].update(text="a\x00b \ud83d c", extra="\udc00")
    (tmp_path / "x.json").write_text(json.dumps(journal), encoding="utf-8")
    found = read(tmp_path / "x.json", by="Day One")
    assert records(found)[0].text == "a\ufffdb \ufffd c"
    assert records(found)[0].extra["extra"] == "\ufffd"
    assert "2 characters" in remarks(found)[0].said


@pytest.mark.parametrize(
    "html",
    [
        "<!--" * 20_000,
        "<a " * 20_000,
        "<" * 50_000,
        '<a ="' * 20_000,
        "<b>" * 20_000,
        "[x](" * 20_000,
        "<div>" * 5_000 + "deep",
        "<ul><li>" * 2_000,
        "<table><tr><td>" * 2_000,
        "<script>" + "x" * 1000,
        "</p>" * 20_000,
    ],
)
def test_html_made_to_be_slow_is_not(html):
    markdown(html)


def test_html_loses_scripts_and_keeps_words():
    said = markdown(
        "<p onclick='x()'>A<script>alert('<b>')</script>B <a href='javascript:x'>c</a> <a href='https://x.org'>d</a></p>"
        "<iframe src='https://x.org'></iframe><style>p{}</style>"
    )
    assert said == "AB c [d](https://x.org)"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(UserError, match="not a file"):
        reader_for(tmp_path / "pipe.json")


def test_what_is_empty_says_so(tmp_path):
    (tmp_path / "void").mkdir()
    (tmp_path / "none.csv").touch()
    for name in ("void", "none.csv"):
        with pytest.raises(UserError, match=r"is empty|no rows"):
            list(reader_for(tmp_path / name).records(tmp_path / name, zone=BERLIN))


def test_nothing_recognised_says_what_can_be_read(tmp_path):
    (tmp_path / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(UserError, match="RedNotebook"):
        reader_for(tmp_path / "x.png")
    with pytest.raises(UserError, match="not there"):
        reader_for(tmp_path / "gone.zip")
    assert len(all_formats()) == len(READERS)


# ------------------------------------------------------------------ anything at all

SEEDS = {
    "x.json": JOURNAL,
    "keep.json": '{"title":"t","textContent":"c","createdTimestampUsec":1690514441000000,"labels":[{"name":"l"}]}',
    "journey.json": '{"id":"1","date_journal":1514581234000,"text":"<p>a</p>","tags":["t"],"photos":["p.jpg"]}',
    "diarium.json": '[{"date":"2010-10-26T15:47:53.4","heading":"h","html":"<p>a</p>","rating":3,"people":["p"]}]',
    "mini.json": (
        '{"metadata":{"application":"Mini Diary"},'
        '"entries":{"2024-01-01":{"dateUpdated":"","title":"t","text":"x"}}}'
    ),
    "jrnl.json": (
        '{"tags":{},"entries":[{"title":"t","body":"b","date":"2024-01-01","time":"09:00","tags":["@a"],"starred":true}]}'
    ),
    "jrnl.txt": "[2024-01-01 09:00] Title. *\nBody @tag\n\n[2024-01-02 10:00 PM] Next\n",
    "2024-01.txt": "1:\n  text: 'a **b**'\n  Cat: {x: null}\n2: {text: \"- l\\n- m\"}\n",
    "dayone.txt": "\tDate:\tJune 24, 2016 at 10:59:06 AM MDT\n\tWeather:\tx\n\nBody\n",
    "n.enex": (
        '<?xml version="1.0"?><en-export><note><title>t</title>'
        "<content><![CDATA[<en-note><b>x</b></en-note>]]></content>"
        "<created>20240101T000000Z</created><resource><data>aGk=</data></resource></note></en-export>"
    ),
    "t.csv": 'date,title,text\n2024-01-01,"a","b\nc"\n',
    "2024-01-01.md": "---\ntags: [a, b]\ndate: 2024-01-01\n---\n# T\n\n![[x.png]] [l](y.pdf)\n",
    "o.org": "#+TITLE: x\n* TODO a\n#+BEGIN_SRC x\n=y=\n",
    "e.doentry": "<plist version='1.0'><dict><key>Entry Text</key><string>x</string></dict></plist>",
    "d.txt": "2024-01-01\nwords\nTags: a\n\n2024-01-02\nmore\n",
}
SPOILERS = [
    b"null",
    b"[]",
    b"{}",
    b'"',
    b"-1",
    b"1e999",
    b"\xed\xa0\x80",
    b"9" * 400,
    b"\n",
    b"\x00",
    b"!!x",
    b"&a;",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_stands_in_a_file_ends_in_records_or_a_sentence(tmp_path, data):
    name = data.draw(st.sampled_from(sorted(SEEDS)))
    raw = bytearray(SEEDS[name].encode())
    for _ in range(data.draw(st.integers(0, 6))):
        place = data.draw(st.integers(0, max(len(raw) - 1, 0)))
        cut = data.draw(st.integers(0, 8))
        raw[place : place + cut] = data.draw(st.binary(max_size=6) | st.sampled_from(SPOILERS))
    path = tmp_path / name
    path.write_bytes(raw)
    try:
        found = list(reader_for(path).records(path, zone=BERLIN))
    except UserError:
        return
    for record in found:
        if isinstance(record, Record):
            record.text.encode("utf-8")
            json.dumps(dict(record.extra), ensure_ascii=False).encode("utf-8")
            assert "\x00" not in record.text
    keys = [record.key for record in found if isinstance(record, Record)]
    assert len(keys) == len(set(keys))


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text):
    stamp(text, "dmy")


@given(st.text(alphabet="<>/abdipulr=\"' &;!-[]\n*_#1.", max_size=200))
def test_any_html_becomes_text(html):
    assert "\ufdd0" not in markdown(html)


@pytest.mark.skipif(sys.platform == "win32", reason="names that Windows cannot hold")
def test_names_that_are_no_unicode_are_survived(tmp_path):
    (tmp_path / "vault").mkdir()
    with open(os.fsencode(tmp_path / "vault") + b"/2024-01-01 \xff.md", "wb") as file:
        file.write(b"words")
    (record,) = records(read(tmp_path / "vault", by="Markdown"))
    assert record.text == "# \ufffd\n\nwords"
    assert record.extra == {"file": "2024-01-01 \ufffd.md"}
    files(tmp_path / "vault", {"2024-01-02.md": "more"})
    assert len(records(read(tmp_path / "vault", by="Markdown"))) == 2
