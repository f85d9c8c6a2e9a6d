"""What people read of an export: pages, tables and notes that say what the fields of an item say."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from app import paths
from app.core import attachments
from app.core.errors import UserError
from app.core.transfer import exporting
from app.core.transfer.own.scope import WHOLE, Scope
from tests.conftest import NOW
from tests.core.transfer.test_own import PNG, add, bring, export, hash_of

DAY = date(2026, 11, 23)


def test_the_page_says_what_fields_say_and_links_lead_somewhere(demo_store, tmp_path):
    export(demo_store, tmp_path / "out.html", "html", Scope())
    said = (tmp_path / "out.html").read_text("utf-8")
    assert "<dt>key result</dt><dd>Week-1 activation</dd><dt>value</dt><dd>33</dd>" in said
    assert "<dt>skill</dt>" in said
    assert "☐" in said
    ids = {part.partition('"')[0] for part in said.split('<article id="')[1:]}
    near = {part.partition('"')[0] for part in said.split('href="#')[1:]}
    assert near
    assert near <= ids


def test_files_stand_in_the_page_whether_the_text_names_them_or_not(store, tmp_path):
    folder = paths.files_dir(store.path)
    kept = [
        attachments.keep(folder, *file) for file in (("plan.pdf", b"%PDF"), ("a.png", PNG), ("b.txt", b"words"))
    ]
    entry = add(store, "See [the plan](plan.pdf), [another](gone.pdf) and [out](https://example.org)")
    with store.write() as session:
        attachments.attach(session, entry, kept, now=NOW)
    export(store, tmp_path / "out.html", "html", Scope())
    said = (tmp_path / "out.html").read_text("utf-8")
    assert 'download="plan.pdf">the plan</a>' in said
    assert '<a title="gone.pdf">another</a>' in said
    assert '<a href="https://example.org" rel="noreferrer">out</a>' in said
    assert 'alt="a.png"' in said
    assert 'download="b.txt">b.txt</a>' in said


def test_tables_name_what_rows_point_to(demo_store, tmp_path):
    export(demo_store, tmp_path / "out", "csv", Scope())
    with (tmp_path / "out" / "role.csv").open(encoding="utf-8-sig", newline="") as file:
        (role,) = [row for row in csv.DictReader(file) if row["title"] == "Senior PM"]
    assert role["role_level"].startswith("Product strategy and vision: 3; ")
    assert "facts" not in role


def test_notes_say_their_fields_in_front(demo_store, tmp_path):
    export(demo_store, tmp_path / "out", "markdown")
    (file,) = (tmp_path / "out" / "2026").glob("2026-01-05 check-in Median setup time.md")
    assert 'key_result: "Median setup time"\nvalue: 97\nconfidence: 8\nnorthing: ' in file.read_text("utf-8")


def test_files_of_notes_lie_beside_them_under_their_names(store, tmp_path):
    folder = paths.files_dir(store.path)
    plans = [attachments.keep(folder, "plan.png", PNG + bytes([number])) for number in range(2)]
    odd = attachments.keep(folder, "notes.md", b"no note")
    for number, kept in enumerate((plans[0], plans[1], plans[0])):
        entry = add(store, f"See ![](plan.png) {number}", date(2026 - number // 2, 1, 1))
        with store.write() as session:
            attachments.attach(session, entry, [kept, odd] if number == 0 else [kept], now=NOW)
    assert export(store, tmp_path / "out", "markdown").files == 3
    assert (tmp_path / "out" / "2026" / "plan.png").read_bytes() == PNG + bytes([0])
    assert (tmp_path / "out" / "2025" / "plan.png").read_bytes() == PNG + bytes([0])
    assert sorted(file.name for file in (tmp_path / "out" / "files").iterdir()) == sorted(
        (plans[1].sha256, odd.sha256)
    )
    assert bring(tmp_path / "out", tmp_path / "Back.northing").skipped == []
    assert hash_of(tmp_path / "Back.northing") == hash_of(store.path)
    brought = paths.files_dir(tmp_path / "Back.northing")
    assert {file.name for file in brought.iterdir()} == {plans[0].sha256, plans[1].sha256, odd.sha256}


def test_nothing_of_what_was_chosen_is_told(store, tmp_path):
    add(store, "words")
    with pytest.raises(UserError, match="holds nothing of what was chosen"):
        export(store, tmp_path / "out.html", "html", Scope(tag="gone"))
    assert not (tmp_path / "out.html").exists()


def test_an_empty_journal_goes_out_whole(store, tmp_path):
    assert exporting.export(store.path, tmp_path / "out.json", format="json", scope=WHOLE, now=NOW).items == 0
