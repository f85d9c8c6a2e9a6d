"""Northing's own formats: what goes out comes back, whole; what must not go out does not."""

from __future__ import annotations

import csv
import json
import stat
import sys
from contextlib import closing
from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import paths
from app.core import attachments, items, journal, prompts
from app.core.errors import UserError
from app.core.model import Entry, Item, KeyResult, Objective, Version
from app.core.progress import Cancelled
from app.core.settings import change_settings
from app.core.settings import settings as settings_of
from app.core.store import bare, open_store
from app.core.transfer import bringing, exporting, reader_for
from app.core.transfer.own import reading
from app.core.transfer.own.csv_folder import safe
from app.core.transfer.own.scope import WHOLE, Scope
from app.core.words import normal_text
from tests.conftest import NOW

DAY = date(2026, 11, 23)


def add(store, text, day=DAY, **also):
    with store.write() as session:
        entry = journal.add_entry(session, day=day, now=NOW, zone="Europe/Berlin", text=text)
        for name, value in also.items():
            setattr(entry, name, value)
        return entry.id


def export(store, target, format, scope=WHOLE):
    return exporting.export(store.path, target, format=format, scope=scope, now=NOW)


def bring(path, into):
    with open_store(into) as store:
        reader = reader_for(path)
        plan = bringing.plan(store, reader.name, path.name, reader.records(path, zone=ZoneInfo("UTC")))
        bringing.bring(store, plan, now=NOW, zone="UTC")
        return plan


def hash_of(path):
    with closing(bare(path)) as connection:
        return reading.content_hash(connection)


@pytest.fixture
def full(demo_store):
    """A year of everything, with versions, links, tags, something private and something in the Trash."""
    one = add(demo_store, "---\nfirst: line\n---\n\nText with #tag and ünï\n\n\n", starred=True, mood=4)
    two = add(demo_store, "Private words", private=True)
    gone = add(demo_store, "In the Trash")
    add(demo_store, "Twin", date(2026, 1, 1))
    add(demo_store, "twin", date(2026, 1, 1))
    with demo_store.write() as session:
        items.link(session, one, two, "proves", now=NOW)
        items.add_version(session, session.get(Item, one), now=NOW)
        items.set_tags(session, session.get(Item, one), ["by hand"], inline=False)
        items.trash(session, [gone], now=NOW)
        change_settings(session, day_start=4, backup_place="/somewhere/else")
        prompts.put_packs(session, [prompts.Pack("Own", "weekly: Who was “ünï”?", is_on=False)], today=NOW.date())
    return demo_store


@pytest.mark.parametrize(("format", "name"), [("json", "all.json"), ("markdown", "all")])
def test_all_comes_back_equal_by_hash(full, tmp_path, format, name):
    made = export(full, tmp_path / name, format)
    plan = bring(tmp_path / name, tmp_path / "Back.northing")
    assert plan.skipped == plan.remarks == []
    assert made.sha256 == hash_of(tmp_path / "Back.northing") == hash_of(full.path)
    with open_store(tmp_path / "Back.northing") as back, back.read() as session:
        assert journal.entry_ids(session, matching="Private words")
        assert session.query(Item).count() == made.items
        assert prompts.packs(settings_of(session))[-1] == prompts.Pack(
            "Own", "weekly: Who was “ünï”?", is_on=False
        )
    assert "backup_place" not in (
        tmp_path / name / "northing.json" if format == "markdown" else tmp_path / name
    ).read_text("utf-8")


PNG = b"\x89PNG\r\n\x1a\n" + bytes(300)


@pytest.mark.parametrize(("format", "name"), [("json", "all.json"), ("markdown", "all")])
def test_attachments_come_back_with_their_items(store, tmp_path, format, name):
    kept = attachments.keep(paths.files_dir(store.path), "my plan.png", PNG)
    entry = add(store, "See ![](my%20plan.png)")
    with store.write() as session:
        attachments.attach(session, entry, [kept], now=NOW)
    assert export(store, tmp_path / name, format).files == 1
    assert bring(tmp_path / name, tmp_path / "Back.northing").skipped == []
    assert (paths.files_dir(tmp_path / "Back.northing") / kept.sha256).read_bytes() == PNG
    assert hash_of(tmp_path / "Back.northing") == hash_of(store.path)
    export(store, tmp_path / "out.html", "html", Scope())
    assert 'src="data:image/png;base64,' in (tmp_path / "out.html").read_text("utf-8")


def test_a_damaged_attachment_brings_nothing(store, tmp_path):
    kept = attachments.keep(paths.files_dir(store.path), "a.png", PNG)
    with store.write() as session:
        entry = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="![](a.png)")
        attachments.attach(session, entry.id, [kept], now=NOW)
    export(store, tmp_path / "all.json", "json")
    (tmp_path / "all.files" / kept.sha256).write_bytes(b"other")
    with pytest.raises(UserError, match="damaged"):
        bring(tmp_path / "all.json", tmp_path / "Back.northing")
    with open_store(tmp_path / "Back.northing") as back, back.read() as session:
        assert session.query(Item).count() == 0


def test_a_second_import_brings_nothing_and_undo_takes_all(full, tmp_path):
    export(full, tmp_path / "all.json", "json")
    bring(tmp_path / "all.json", tmp_path / "Back.northing")
    again = bring(tmp_path / "all.json", tmp_path / "Back.northing")
    assert again.fresh == []
    with open_store(tmp_path / "Back.northing") as back:
        with back.write() as session:
            batch = items.standing_batch(session, "Northing")
            assert batch is not None
            bringing.undo(session, batch, now=NOW)
        with back.read() as session:
            assert session.query(Item).count() == 0


def test_it_comes_into_a_journal_that_has_its_own(full, tmp_path):
    export(full, tmp_path / "all.json", "json")
    with open_store(tmp_path / "Other.northing") as other:
        mine = add(other, "Mine", date(2026, 1, 1))
    bring(tmp_path / "all.json", tmp_path / "Other.northing")
    with open_store(tmp_path / "Other.northing") as other, other.read() as session:
        assert session.get(Entry, mine).text == "Mine"
        (texts,) = [{entry.text for entry in session.query(Entry).filter(Entry.day == date(2026, 1, 1))}]
        assert {"Mine", "Twin", "twin"} <= texts
        assert session.query(Objective).count() > 0


NASTY = (
    "---\n", "\n---\n", "northing: {}\n", "# ", "#tag ", "@ana ", "[[Twin]]", "![](x.png)", "```\n",
    "\n\n", "\r\n", "\x00", "\ufeff", "\u2028", "\x85", "\x0b", "e\u0301", "\u202eevil",
    "👩\u200d👧", "日記", "שלום", '"', "\\", "{{x}}", "<b>", "\t=1",
)  # fmt: skip
"""What front matter, JSON, line splitting and normal forms could trip over."""


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.sampled_from(NASTY) | st.text(max_size=20), max_size=8).map("".join), min_size=1, max_size=5
    ),
    st.sampled_from(["json", "markdown"]),
)
def test_any_text_comes_back(tmp_path_factory, texts, format):
    folder = tmp_path_factory.mktemp("round")
    with open_store(folder / "A.northing") as store:
        for text in texts:
            with store.write() as session:
                entry = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=text)
                said = normal_text(text)
                items.set_tags(session, entry, [said.strip() or "-"], inline=False)
                session.add(Version(item_id=entry.id, at=NOW, rev=1, title=said, text=said))
        export(store, folder / "out", format)
    bring(folder / "out", folder / "B.northing")
    assert hash_of(folder / "A.northing") == hash_of(folder / "B.northing")


def test_a_text_changed_outside_comes_changed_and_is_said(store, tmp_path):
    add(store, "Before #old")
    export(store, tmp_path / "out", "markdown")
    (file,) = (tmp_path / "out" / "2026").iterdir()
    file.write_text(file.read_text("utf-8").replace("\n---\nBefore #old", "\n---\nAfter #new words"), "utf-8")
    plan = bring(tmp_path / "out", tmp_path / "B.northing")
    assert "not the one that was exported" in plan.remarks[0].said
    with open_store(tmp_path / "B.northing") as back, back.read() as session:
        entry = session.query(Entry).one()
        assert (entry.title, entry.words) == ("After #new words", 3)
        assert [one.tag.name for one in entry.tags] == ["new"]


def test_reports_leave_out_what_is_private_or_thrown_away(full, tmp_path):
    for format, name in (("html", "r.html"), ("csv", "r"), ("markdown", "m")):
        export(full, tmp_path / name, format, Scope())
    said = (tmp_path / "r.html").read_text("utf-8") + (tmp_path / "r" / "note.csv").read_text("utf-8")
    said += "".join(file.read_text("utf-8") for file in (tmp_path / "m").rglob("*.md"))
    assert "Private words" not in said
    assert "In the Trash" not in said
    assert "Twin" in said
    export(full, tmp_path / "p.html", "html", Scope(private=True))
    assert "Private words" in (tmp_path / "p.html").read_text("utf-8")


def test_what_hangs_on_something_private_stays_at_home_with_it(full, tmp_path):
    with full.write() as session:
        objective = session.get(Objective, session.query(KeyResult).first().objective_id)
        objective.private, objective.title = True, "Leave this company"
        mine = {one.uid for one in session.query(KeyResult).filter(KeyResult.objective_id == objective.id)}
    assert mine
    export(full, tmp_path / "part.json", "json", Scope())
    said = (tmp_path / "part.json").read_text("utf-8")
    assert "Leave this company" not in said
    assert not mine & {one["uid"] for one in json.loads(said)["items"]}
    assert bring(tmp_path / "part.json", tmp_path / "Part.northing").skipped == []


def test_a_span_a_tag_an_objective(full, tmp_path):
    def titles(scope):
        export(full, tmp_path / "part.json", "json", scope)
        return json.loads((tmp_path / "part.json").read_text("utf-8"))["items"]

    assert {one["title"] for one in titles(Scope(first=date(2026, 1, 1), last=date(2026, 1, 1)))} >= {
        "Twin",
        "twin",
    }
    assert [one["title"] for one in titles(Scope(tag="#BY hand", private=True))] == ["first: line"]
    with full.read() as session:
        objective = session.query(Objective).first()
    about = titles(Scope(objective=objective.uid))
    kinds = {one["kind"] for one in about}
    assert objective.title in {one["title"] for one in about}
    assert {"key_result", "check_in"} <= kinds
    plan = bring(tmp_path / "part.json", tmp_path / "Part.northing")
    assert plan.skipped == []


def test_cells_run_nothing(store, tmp_path):
    for text in ("=HYPERLINK(1)", "+1", "-2", "@SUM(1)", "plain"):
        add(store, text)
    export(store, tmp_path / "out", "csv", Scope())
    rows = list(csv.DictReader((tmp_path / "out" / "note.csv").read_text("utf-8-sig").splitlines()))
    assert sorted(row["text"] for row in rows) == ["'+1", "'-2", "'=HYPERLINK(1)", "'@SUM(1)", "plain"]
    assert [safe(said) for said in ("\t=1", "\r", "", "a=b")] == ["'\t=1", "'\r", "", "a=b"]


def test_the_page_fetches_nothing(store, tmp_path):
    add(store, '![x](http://203.0.113.7/CANARY.png) <img src="http://203.0.113.7/C2"> ![y](file:///etc/passwd)')
    export(store, tmp_path / "out.html", "html", Scope())
    said = (tmp_path / "out.html").read_text("utf-8")
    assert "<img" not in said
    assert "default-src 'none'" in said
    assert "<img" not in said
    assert 'href="file' not in said


def test_what_is_there_is_not_written_over_and_nothing_half_done_stays(store, tmp_path):
    add(store, "One")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x")
    with pytest.raises(UserError, match="there already"):
        export(store, tmp_path / "out", "markdown")
    with pytest.raises(Cancelled):
        exporting.export(store.path, tmp_path / "new", format="markdown", now=NOW, progress=lambda *_: False)
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
def test_an_export_never_writes_over_a_journal(store, tmp_path):
    add(store, "Words")
    before = store.path.read_bytes()
    (tmp_path / "backup.bak").write_bytes(before)
    for target in (store.path, tmp_path / "backup.bak"):
        with pytest.raises(UserError, match="is a journal"):
            export(store, target, "json")
        with pytest.raises(UserError):
            export(store, target, "markdown")
    assert store.path.read_bytes() == before


def test_days_the_wrong_way_round_are_told(store, tmp_path):
    with pytest.raises(UserError, match="Turn them around"):
        export(store, tmp_path / "x.json", "json", Scope(first=date(2026, 1, 2), last=date(2026, 1, 1)))


def test_only_the_owner_may_read_exports(store, tmp_path):
    add(store, "One")
    export(store, tmp_path / "a.json", "json")
    export(store, tmp_path / "b", "csv", Scope())
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "b" / "note.csv").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "spoil",
    [
        {"uid": 5},
        {"kind": "dragon"},
        {"created_at": None},
        {"text": 7},
        {"moment": 1 << 70},
        {"starred": "yes"},
        {"mood": True},
        {"title": "a\x00b"},
        {"day": None},
    ],
)
def test_an_item_that_cannot_be_is_skipped_and_named(store, tmp_path, spoil):
    add(store, "One")
    export(store, tmp_path / "a.json", "json")
    whole = json.loads((tmp_path / "a.json").read_text("utf-8"))
    whole["items"][0].update(spoil)
    (tmp_path / "a.json").write_text(json.dumps(whole, separators=(",", ":")), "utf-8")
    plan = bring(tmp_path / "a.json", tmp_path / "B.northing")
    assert plan.fresh == []
    assert len(plan.skipped) == 1


def test_what_breaks_a_rule_of_the_journal_brings_nothing(store, tmp_path):
    add(store, "One")
    add(store, "Two")
    export(store, tmp_path / "a.json", "json")
    whole = json.loads((tmp_path / "a.json").read_text("utf-8"))
    whole["items"][1]["mood"] = 77
    (tmp_path / "a.json").write_text(json.dumps(whole, separators=(",", ":")), "utf-8")
    with pytest.raises(UserError, match="does not fit"):
        bring(tmp_path / "a.json", tmp_path / "B.northing")
    with open_store(tmp_path / "B.northing") as back, back.read() as session:
        assert session.query(Item).count() == 0


def test_a_newer_file_is_read_with_a_remark(store, tmp_path):
    add(store, "One")
    export(store, tmp_path / "a.json", "json")
    whole = json.loads((tmp_path / "a.json").read_text("utf-8"))
    whole["version"] = 99
    whole["items"][0]["aura"] = "blue"
    (tmp_path / "a.json").write_text(json.dumps(whole, separators=(",", ":")), "utf-8")
    plan = bring(tmp_path / "a.json", tmp_path / "B.northing")
    assert "newer Northing" in plan.remarks[0].said
    assert len(plan.fresh) == 1


def test_instants_are_utc(store, tmp_path):
    add(store, "One", at=NOW.astimezone(UTC))
    export(store, tmp_path / "a.json", "json")
    (one,) = json.loads((tmp_path / "a.json").read_text("utf-8"))["items"]
    assert (one["at"], one["zone"], one["day"]) == ("2026-11-23T09:30:00.000Z", "Europe/Berlin", "2026-11-23")
