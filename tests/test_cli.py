"""The command line, with its exit codes."""

from __future__ import annotations

import json
import os
import random
import zipfile
from pathlib import Path

import pytest

from app import paths
from app.__main__ import main
from app.core import attachments, items
from app.core import journal as journal_of
from app.core.model import Entry
from app.core.store import open_store
from tests.conftest import NOW
from tests.core.test_search import HOSTILE


@pytest.fixture
def journal(tmp_path):
    return str(tmp_path / "Cli.northing")


def run(journal, *words):
    return main(["--journal", journal, *words])


def test_add_then_search(journal, capsys):
    assert run(journal, "add", "Pricing call with Ana #pricing") == 0
    assert run(journal, "search", "ana", "pri") == 0
    assert "2026-11-23  Pricing call with Ana" in capsys.readouterr().out
    assert run(journal, "search", "tag:pricing") == 0
    assert capsys.readouterr().out == "2026-11-23  Pricing call with Ana #pricing\n"


def test_a_word_with_a_dash_before_it_is_asked_for_not_refused(journal, capsys):
    run(journal, "add", "-5", "degrees", "in the morning")
    run(journal, "add", "Five degrees at noon")
    capsys.readouterr()
    assert run(journal, "search", "-n", "3", "degrees", "-noon") == 0
    assert capsys.readouterr().out.splitlines()[0].endswith("-5 degrees in the morning")
    assert run(journal, "search", "-degrees", "--json") == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "No entry says that.\n")
    with pytest.raises(SystemExit) as ended:
        run(journal, "backup", "-noon")
    assert ended.value.code == 2


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_anything_is_a_search(journal, capsys, text):
    run(journal, "add", "A thing")
    capsys.readouterr()
    assert run(journal, "search", *([text] if text != "--" else ["--", text])) == 0
    assert "fts5" not in capsys.readouterr().err


def test_what_is_no_operator_is_said_so(journal, capsys):
    run(journal, "add", "A date: tomorrow")
    capsys.readouterr()
    assert run(journal, "search", "date:tomorrow") == 0
    said = capsys.readouterr()
    assert "A date: tomorrow" in said.out
    assert "No operator is called “date:”" in said.err


def test_search_as_json(journal, capsys):
    run(journal, "add", "One thing")
    capsys.readouterr()
    run(journal, "search", "--json", "thing")
    assert json.loads(capsys.readouterr().out) == {
        "day": "2026-11-23",
        "title": "One thing",
        "snippet": "One thing",
    }


def test_what_is_to_come_in_has_to_be_there(journal, capsys, tmp_path):
    assert run(journal, "import", str(tmp_path / "none")) == 3
    assert capsys.readouterr().err == f"“{tmp_path / 'none'}” is not there.\n"


def test_import_dry_run_import_and_again(journal, capsys, tmp_path):
    file = tmp_path / "old.journal"
    file.write_text(
        "[2020-01-02 09:00] First day. It rained.\n\n[2020-01-03 09:00] Second day.\n", encoding="utf-8"
    )
    for words, said in (
        (["import", "--dry-run", str(file)], "2 would be imported"),
        (["import", str(file)], "2 imported, 0 already there"),
        (["import", "--dry-run", str(file)], "0 would be imported, 2 already there"),
        (["import", str(file)], "0 imported, 2 already there"),
    ):
        before = Path(journal).read_bytes() if Path(journal).exists() else None
        assert run(journal, *words) == 0
        assert said in capsys.readouterr().out
        if "--dry-run" in words:
            assert (Path(journal).read_bytes() if Path(journal).exists() else None) == before


def test_an_archive_of_pictures_is_not_taken_for_a_locked_journal(journal, capsys, tmp_path):
    entry = {"uuid": "A" * 32, "creationDate": "2024-02-29T10:00:00Z", "text": "x", "photos": [{"md5": "aa"}]}
    archive, noise = tmp_path / "export.zip", random.Random(7).randbytes(200_000)
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("Journal.json", json.dumps({"metadata": {"version": "1.0"}, "entries": [entry]}))
        made.writestr("photos/aa.jpeg", noise)
    assert run(journal, "import", str(archive)) == 0
    assert "Day One: 1 imported" in capsys.readouterr().out
    archive.write_bytes(archive.read_bytes()[:100_000])
    assert run(journal, "import", str(archive)) == 3
    assert "damaged or not a ZIP" in capsys.readouterr().err


def test_a_table_is_imported_by_the_columns_that_are_named_and_told_row_by_row(journal, capsys, tmp_path):
    file, report = tmp_path / "table.csv", tmp_path / "report.csv"
    file.write_text("a,b,c\n03/04/2024,words,=1+1\n03/05/2024,,\n", encoding="utf-8")
    told = ("import", str(file), "--column", "title=c", "--column", "text=b", "--dates", "mdy")
    assert run(journal, *told, "--report", str(report)) == 0
    assert "1 imported, 0 already there, 1 skipped" in capsys.readouterr().out
    assert report.read_text(encoding="utf-8-sig").splitlines() == [
        "state,day,what,why",
        "comes,2024-03-04,'=1+1,",
        'skipped,,"table.csv, line 3",It has no words.',
    ]
    assert run(journal, "import", str(file), "--column", "text=d") == 3
    assert "no column “d”" in capsys.readouterr().err
    assert run(journal, "import", str(file), "--column", "colour=b") == 3
    assert "has no “colour”" in capsys.readouterr().err
    assert run(journal, "import", str(file), "--as", "steps", "--column", "title=b", "--dry-run") == 0
    assert "1 would be imported, 0 already there, 1 skipped" in capsys.readouterr().out
    for wrong in (("--column", "text"), ("--zone", "Nowhere/Land")):
        with pytest.raises(SystemExit):
            run(journal, "import", str(file), *wrong)
    assert "is no time zone" in capsys.readouterr().err


def test_a_day_that_cannot_be_is_told(journal, capsys):
    with pytest.raises(SystemExit) as ended:
        run(journal, "export", "x.json", "--from", "2023-02-29")
    assert ended.value.code == 2
    assert "“2023-02-29” is no day" in capsys.readouterr().err


def test_check_counts(journal, capsys):
    run(journal, "add", "x")
    capsys.readouterr()
    assert run(journal, "check") == 0
    assert "one item, one entry, no damage found" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["search", "x"], ["backup"], ["restore"], ["migrate"], ["import", "/nowhere/at/all"], ["add", " "]]
)
def test_refusals_are_one_sentence_and_exit_3(journal, capsys, words):
    assert run(journal, *words) == 3
    said = capsys.readouterr().err.strip()
    assert said
    assert "\n" not in said
    assert "Traceback" not in said


def test_a_folder_is_no_journal(tmp_path, capsys):
    assert run(str(tmp_path), "search", "x") == 3
    assert "is a folder, not a journal" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["fly"], ["search", "-n", "0", "x"], ["search", "-n", "-3", "x"]])
def test_wrong_words_exit_2(journal, words):
    with pytest.raises(SystemExit) as ended:
        run(journal, *words)
    assert ended.value.code == 2


@pytest.mark.parametrize("name", ["all.csv", "All.PDF", "notes.md"])
def test_no_folder_is_made_by_the_name_of_a_file_unless_asked_for(journal, capsys, tmp_path, name):
    run(journal, "add", "x")
    assert run(journal, "export", str(tmp_path / name)) == 3
    assert f"“{name}” ends in neither .json nor .html" in capsys.readouterr().err
    assert not (tmp_path / name).exists()
    assert run(journal, "export", str(tmp_path / name), "--format", "csv") == 0
    assert run(journal, "export", str(tmp_path / "v1.2")) == 0
    assert list((tmp_path / "v1.2").rglob("*.md"))


def test_what_is_no_journal_is_named_as_it_was_given(journal, capsys, tmp_path):
    text = tmp_path / "Text.northing"
    text.write_text("no journal at all")
    assert run(journal, "import", str(text)) == 3
    assert f"“{text}” is not a Northing journal" in capsys.readouterr().err


def test_that_there_is_no_backup_is_said(journal, capsys):
    run(journal, "add", "x")
    capsys.readouterr()
    assert run(journal, "backup", "--list") == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("There is no backup in “")


def test_damage_is_found(journal, capsys):
    from sqlcipher3 import dbapi2 as sqlite

    run(journal, "add", "The truth")
    connection = sqlite.connect(journal)
    connection.execute("UPDATE item SET digest = 'x'")
    connection.commit()
    connection.close()
    assert run(journal, "check") == 3
    assert "not what was saved" in capsys.readouterr().out


def test_no_journal_is_made_where_there_was_one(journal, capsys):
    run(journal, "add", "One thing")
    run(journal, "backup")
    Path(journal).unlink()
    assert run(journal, "add", "Another") == 3
    assert "only backups of it" in capsys.readouterr().err
    assert not Path(journal).exists()
    assert run(journal, "restore") == 0
    assert "is there again" in capsys.readouterr().out
    assert run(journal, "search", "thing") == 0


def test_a_lost_file_is_told_beside_what_is_whole(journal, capsys):
    with open_store(Path(journal)) as store, store.write() as session:
        kept = attachments.keep(paths.files_dir(store.path), "Plan.pdf", b"plan")
        entry = journal_of.add_entry(session, day=NOW.date(), now=NOW, zone="UTC", text="[Plan](Plan.pdf)")
        attachments.attach(session, entry.id, [kept], now=NOW)
    (paths.files_dir(Path(journal)) / kept.sha256).unlink()
    assert run(journal, "check") == 3
    said = capsys.readouterr().out
    assert "“Plan.pdf”" in said
    assert "no other damage found" in said


def test_backup_restore_and_back_again(journal, capsys):
    run(journal, "add", "First")
    assert run(journal, "backup") == 0
    run(journal, "add", "Second")
    capsys.readouterr()
    assert run(journal, "restore") == 0
    assert "is kept as" in capsys.readouterr().out
    run(journal, "search", "second")
    assert capsys.readouterr().out == ""
    assert run(journal, "backup", "--list") == 0
    newest = capsys.readouterr().out.splitlines()[0]
    assert run(journal, "restore", newest[newest.index("/") :]) == 0
    capsys.readouterr()
    run(journal, "search", "second")
    assert "Second" in capsys.readouterr().out


def test_export_search_and_check_change_no_byte(journal, capsys, tmp_path):
    run(journal, "add", "First")
    before = Path(journal).read_bytes()
    for words in (["search", "first"], ["check"], ["check", "--json"], ["export", str(tmp_path / "o.json")]):
        assert run(journal, *words) == 0
    assert Path(journal).read_bytes() == before
    assert run(journal, "export", str(tmp_path / "o.json"), "--objective", "Nothing like it") == 3
    assert "No objective" in capsys.readouterr().err


def test_what_is_private_or_thrown_away_leaves_only_when_asked(journal, tmp_path):
    run(journal, "add", "Open words #pricing")
    run(journal, "add", "Kept words #pricing")
    run(journal, "add", "Old words")
    with open_store(Path(journal)) as store, store.write() as session:
        session.query(Entry).filter_by(text="Kept words #pricing").one().private = True
        items.trash(session, [session.query(Entry).filter_by(text="Old words").one().id], now=NOW)

    def said(name, *options):
        path = tmp_path / name
        assert run(journal, "export", str(path), *options) == 0
        made = [path] if path.is_file() else sorted(path.rglob("*.*"))
        found = "".join(file.read_text(encoding="utf-8") for file in made)
        return [word for word in ("Open words", "Kept words", "Old words") if word in found]

    assert said("a.html") == said("a", "--format", "csv") == said("b") == ["Open words"]
    assert said("c.json", "--tag", "pricing") == ["Open words"]
    both = ["Open words", "Kept words"]
    assert said("d.html", "--private") == said("e", "--format", "csv", "--private") == both
    assert said("f.json", "--tag", "pricing", "--private") == both
    assert said("g.json") == said("h", "--private") == [*both, "Old words"]


def test_salvage_and_its_refusal(journal, capsys, tmp_path):
    run(journal, "add", "First")
    assert run(journal, "salvage", journal, str(tmp_path / "out.northing")) == 0
    assert "one item as it was" in capsys.readouterr().out
    assert run(journal, "salvage", journal, str(tmp_path / "out.northing")) == 3
    assert run(journal, "check", str(tmp_path / "out.northing")) == 0


@pytest.fixture
def secrets(tmp_path, monkeypatch):
    """Two files with a passphrase each, and no keys but those of the test."""
    from app.core import keys

    monkeypatch.setattr(keys, "ROUNDS", 1000)
    keys.forget()
    files = []
    for name, said in (("one", "a long first passphrase"), ("two", "another one entirely")):
        (tmp_path / name).write_text(said + "\n", encoding="utf-8")
        files.append(str(tmp_path / name))
    yield files
    keys.forget()


def locked_again():
    from app.core import keys

    keys.forget()


def test_a_passphrase_is_set_asked_for_and_removed(journal, capsys, secrets, monkeypatch, tmp_path):
    one, two = secrets
    run(journal, "add", "Walrus at dawn")
    assert run(journal, "passphrase", "--new-passphrase-file", one) == 0
    code = next(line.strip() for line in capsys.readouterr().out.splitlines() if line.count("-") == 5)
    assert not any(b"Walrus" in file.read_bytes() for file in tmp_path.glob("*.northing*"))
    locked_again()
    for words in (["search", "walrus"], ["check"], ["backup"], ["passphrase", "--remove"]):
        assert run(journal, *words) == 3
        assert "is locked" in "".join(capsys.readouterr())
    assert run(journal, "--passphrase-file", two, "search", "walrus") == 3
    assert "does not open" in capsys.readouterr().err
    (tmp_path / "both").write_text("wrong but tried\n" + code.lower() + "\n", encoding="utf-8")
    monkeypatch.setenv("NORTHING_PASSPHRASE_FILE", str(tmp_path / "both"))
    for words in (["search", "walrus"], ["check"], ["backup", "--list"], ["restore"]):
        locked_again()
        assert run(journal, *words) == 0, capsys.readouterr()
    out = tmp_path / "out.json"
    assert run(journal, "export", str(out)) == 0
    assert "Walrus" in out.read_text(encoding="utf-8")
    assert run(journal, "passphrase", "--remove") == 0
    locked_again()
    monkeypatch.delenv("NORTHING_PASSPHRASE_FILE")
    assert run(journal, "search", "walrus") == 0
    assert run(journal, "passphrase", "--remove") == 3


def test_noise_is_told_from_no_locked_journal(journal, capsys, secrets, tmp_path):
    noise, out = tmp_path / "Noise.northing", tmp_path / "Out.northing"
    noise.write_bytes(os.urandom(60_000))
    for words in (["check", str(noise)], ["salvage", str(noise), str(out)]):
        assert run(journal, *words) == 3
        assert "is locked, or no journal: only the passphrase can tell" in "".join(capsys.readouterr())
        assert run(journal, "--passphrase-file", secrets[0], *words) == 3
        assert "this is no journal, or nothing of one is left" in "".join(capsys.readouterr())
    run(journal, "add", "Walrus at dawn")
    assert run(journal, "passphrase", "--new-passphrase-file", secrets[0]) == 0
    locked_again()
    capsys.readouterr()
    for words in ([], ["--passphrase-file", secrets[1]]):
        assert run(journal, *words, "check") == 3
        assert "no journal" not in "".join(capsys.readouterr())


def test_a_plain_backup_in_the_place_of_an_encrypted_journal_is_told(journal, capsys, secrets):
    run(journal, "add", "Walrus at dawn")
    run(journal, "backup")
    (plain,) = (Path(journal).parent / "Backups" / Path(journal).stem).glob("*.northing")
    capsys.readouterr()
    Path(journal).unlink()
    assert run(journal, "restore", str(plain)) == 0
    assert "passphrase" not in capsys.readouterr().out
    assert run(journal, "passphrase", "--no-recovery-code", "--new-passphrase-file", secrets[0]) == 0
    locked_again()
    Path(journal).unlink()
    assert run(journal, "restore", str(plain)) == 0
    assert "nor has the journal now" in capsys.readouterr().out


def test_another_journal_under_lock_comes_in_with_its_passphrase(journal, capsys, secrets, tmp_path):
    other = str(tmp_path / "Other.northing")
    run(other, "add", "Walrus at dawn")
    assert run(other, "passphrase", "--no-recovery-code", "--new-passphrase-file", secrets[0]) == 0
    locked_again()
    assert run(journal, "import", other) == 3
    assert "is locked" in capsys.readouterr().err
    assert run(journal, "--passphrase-file", secrets[0], "import", other) == 0
    assert run(journal, "search", "walrus") == 0
    assert "Walrus at dawn" in capsys.readouterr().out
