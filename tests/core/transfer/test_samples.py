"""Real exports and the hostile files, where they lie beside the repository; elsewhere this is skipped."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.core.transfer import reader_for
from tests.core.transfer.reading import BERLIN, read, records, skipped

SHARED = next(
    (up / "shared" for up in Path(__file__).parents[3:] if (up / "shared" / "data").is_dir()), Path("gone")
)
REAL = SHARED / "data" / "real"
EVIL = SHARED / "faults" / "evil_inputs.py"

real = pytest.mark.skipif(not REAL.is_dir(), reason="the real samples are not here")


@pytest.fixture(scope="module")
def facts():
    with (REAL / "MANIFEST.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {row["file"]: json.loads(row["expected_facts"]) for row in rows}


@real
def test_rednotebook(facts):
    found = read(REAL / "rednotebook", by="RedNotebook")
    known = facts["rednotebook"]
    days = [r.day for r in records(found) if r.day]
    assert len(days) == len(set(days)) == known["days"]
    assert (str(min(days)), str(max(days))) == (known["first"], known["last"])
    assert Counter(tag for r in records(found) for tag in r.tags) == known["categories"]
    assert len(skipped(found)) == 0


@real
def test_jrnl_text(facts):
    found = read(REAL / "jrnl" / "pepys1662.txt", by="jrnl")
    known = facts["jrnl/pepys1662.txt"]
    assert len(records(found)) == known["entries"]
    tags = Counter(tag for r in records(found) for tag in r.tags)
    assert all(tags[name.lstrip("@#")] == count for name, count in known["tags"])


@real
def test_jrnl_json(facts):
    found = read(REAL / "jrnl" / "jrnl-realistic.json", by="jrnl")
    known = facts["jrnl/jrnl-realistic.json"]
    assert len(records(found)) == known["entries"]
    assert sum(r.starred for r in records(found)) == known["starred"]
    assert Counter(tag for r in records(found) for tag in r.tags) == {
        name.lstrip("@"): count for name, count in known["tags"].items()
    }


@real
@pytest.mark.parametrize(
    ("file", "lost"),
    [("dayone/Dev Journal.json", 0), ("dayone/Dev Journal One Invalid.json", 1), ("dayone/kulapard", 0)],
)
def test_dayone(facts, file, lost):
    found = read(REAL / file, by="Day One")
    known = facts[file]
    assert len(records(found)) == known["entries"] - lost
    assert sum(r.starred for r in records(found)) == known["starred"]
    assert {r.zone for r in records(found)} == set(known["timezones"])
    if lost:
        assert [s for s in skipped(found) if "1461153D91EC48C180C606C853FBFD83" in s.where]


@real
def test_dayone_text(facts):
    found = read(REAL / "dayone" / "dayone-sample.txt", by="Day One text")
    assert len(records(found)) == facts["dayone/dayone-sample.txt"]["date_markers"]


@real
def test_keep(facts):
    found = read(REAL / "keep-obsidian", by="Google Keep")
    known = facts["keep-obsidian"]
    assert len(records(found)) == known["notes"] - known["trashed"]
    assert len(skipped(found)) == known["trashed"]
    assert {tag for r in records(found) for tag in r.tags} == set(known["labels"])


@real
def test_evernote(facts):
    found = read(REAL / "evernote" / "yarle", by="Evernote")
    known = facts["evernote/yarle"]
    assert len(records(found)) == known["notes"]
    assert sum(len(r.tags) for r in records(found)) == known["tag_uses"]
    assert sum(len(r.attachments) for r in records(found)) >= known["resources"]
    assert all(a.read() for r in records(found) for a in r.attachments)


@real
def test_textbundle():
    assert len(records(read(REAL / "textbundle", by="TextBundle"))) == 6


@real
def test_csv(facts):
    header = 1
    assert len(records(read(REAL / "csv" / "sample.csv", by="CSV"))) == facts["csv/sample.csv"]["rows"] - header


@real
def test_logseq(facts):
    found = read(REAL / "logseq-journals", by="Markdown")
    known = facts["logseq-journals"]
    assert len(records(found)) == known["files"] - known["empty"]
    assert len(skipped(found)) == known["empty"]
    assert all(str(r.day) == str(r.extra["file"])[:10].replace("_", "-") for r in records(found))


@pytest.mark.skipif(not EVIL.is_file(), reason="the hostile files are not here")
def test_every_hostile_file_gets_its_verdict(tmp_path):
    subprocess.run([sys.executable, EVIL, tmp_path], check=True, capture_output=True)
    wrong = []
    for line in (tmp_path / "expected.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, verdict, _ = line.split("\t", 2)
        try:
            got = f"import:{len(records(list(reader_for(tmp_path / name).records(tmp_path / name, zone=BERLIN))))}"
        except UserError:
            got = "refuse"
        if verdict not in ("-", got):
            wrong.append((name, verdict, got))
    assert not wrong
