"""Salvage from files that SQLite would not read any more."""

from __future__ import annotations

import random
from contextlib import closing
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core import demo, integrity, items, journal, keys
from app.core.errors import UserError
from app.core.model import Entry, Item
from app.core.salvage import LOST, salvage
from app.core.salvage.pages import Pages
from app.core.store import bare, open_store
from app.core.transfer.own import reading
from tests.conftest import NOW

DAY = date(2026, 11, 23)
PAGE = 4096
TABLES = ("item", "key_result", "check_in", "rating")


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """The bytes of a closed journal: the demo's year, long texts over several pages, versions."""
    path = tmp_path_factory.mktemp("good") / "Good.northing"
    with open_store(path) as store:
        demo.load_demo(store, today=DAY, now=NOW, zone=ZoneInfo("UTC"))
        noise = random.Random(1)
        for number in range(120):
            said = f"Entry {number} " + " ".join(
                f"word{noise.randrange(9999)}" for _ in range(noise.randrange(1200))
            )
            with store.write() as session:
                entry = journal.add_entry(
                    session, day=DAY - timedelta(days=number), now=NOW, zone="UTC", text=said
                )
                if number % 10 == 0:
                    items.add_version(session, entry, now=NOW)
        integrity.seal(store)
    return path.read_bytes()


def content(path):
    with closing(bare(path)) as connection:
        return reading.content_hash(connection)


def saved(tmp_path, raw):
    (tmp_path / "bad.northing").write_bytes(raw)
    return salvage(tmp_path / "bad.northing", tmp_path / "out.northing")


def test_all_of_a_sound_file_is_saved_equal(tmp_path, good):
    made = saved(tmp_path, good)
    assert made.in_part == 0
    assert content(made.path) == content(tmp_path / "bad.northing")
    assert integrity.check(made.path).problems == ()


def test_without_its_first_page_nothing_is_lost(tmp_path, good):
    made = saved(tmp_path, bytes(PAGE) + good[PAGE:])
    assert (made.whole, made.in_part) == (integrity.check(made.path).items, 0)
    (tmp_path / "good.northing").write_bytes(good)
    assert made.whole == integrity.check(tmp_path / "good.northing").items
    with open_store(made.path) as store, store.read() as session:
        for item in session.query(Item):  # every kind has the rows that it needs
            assert item.title is not None
        assert journal.entry_ids(session, matching="word1")


@pytest.mark.parametrize("seed", range(6))
def test_four_kilobytes_of_noise_cost_one_item_in_a_hundred(tmp_path, good, seed):
    noise = random.Random(seed)
    at = noise.randrange(len(good) // PAGE) * PAGE
    made = saved(tmp_path, good[:at] + noise.randbytes(PAGE) + good[at + PAGE :])
    (tmp_path / "good.northing").write_bytes(good)
    before = integrity.check(tmp_path / "good.northing").items
    # A page holds up to some twenty of the demo's one-line items, so a share says little in so small a journal.
    assert made.whole >= before - 24
    assert integrity.check(made.path).problems == ()


def test_a_text_whose_end_is_lost_is_kept_and_marked(tmp_path):
    path = tmp_path / "long.northing"
    with open_store(path) as store, store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Begin " + "x" * 40_000)
    raw = path.read_bytes()
    pages = Pages(raw)
    long_page = next(n for n in range(1, pages.count + 1) if pages.page(n).count(b"x") > 4000)
    made = saved(tmp_path, raw[: (long_page - 1) * PAGE] + bytes(PAGE) + raw[long_page * PAGE :])
    assert (made.whole, made.in_part) == (0, 1)
    with open_store(made.path) as store, store.read() as session:
        entry = session.query(Entry).one()
        assert entry.text.startswith("Begin x")
        assert [one.tag.name for one in entry.tags] == ["damaged"]


def test_what_only_the_log_holds_is_saved(tmp_path):
    path = tmp_path / "live.northing"
    with open_store(path) as store:
        with store.write() as session:
            journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Only in the log")
        (tmp_path / "bad.northing").write_bytes(path.read_bytes())
        (tmp_path / "bad.northing-wal").write_bytes((tmp_path / "live.northing-wal").read_bytes())
    made = salvage(tmp_path / "bad.northing", tmp_path / "out.northing")
    assert made.whole == 1


@pytest.mark.parametrize("raw", [b"", b"\x00" * 9000, b"SQLite format 3\x00" + b"\xff" * 20_000])
def test_nothing_to_save_is_said_and_leaves_nothing(tmp_path, raw):
    with pytest.raises(UserError, match="Nothing of a journal"):
        saved(tmp_path, raw)
    assert [path.name for path in tmp_path.iterdir()] == ["bad.northing"]


def test_what_is_there_is_not_written_over(tmp_path, good):
    (tmp_path / "out.northing").write_text("mine")
    with pytest.raises(UserError, match="there already"):
        saved(tmp_path, good)


def test_no_damage_ends_in_an_error(tmp_path, good):
    noise = random.Random(7)
    for number in range(4):
        raw = bytearray(good)
        for _ in range(400):
            raw[noise.randrange(len(raw))] = noise.randrange(256)
        for at in range(0, len(raw), PAGE):  # counts and pointers that lead anywhere
            raw[at + noise.randrange(12)] = noise.randrange(256)
        (tmp_path / f"{number}.northing").write_bytes(raw)
        made = salvage(tmp_path / f"{number}.northing", tmp_path / f"{number}.out.northing")
        assert integrity.check(made.path).problems == ()


def test_what_lost_its_words_keeps_its_numbers_and_all_that_hangs_on_it(tmp_path, good):
    path = tmp_path / "bad.northing"
    path.write_bytes(good)
    with closing(keys.connect(path, None)) as connection:
        one = connection.execute("SELECT objective_id FROM key_result ORDER BY id").fetchone()[0]
        rating, level = connection.execute("SELECT id, level FROM rating ORDER BY id").fetchone()
        told = connection.execute("SELECT item_id, text FROM version ORDER BY id DESC").fetchone()
        gone = [one, rating, told[0]]
        before = [connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in TABLES]
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.executemany("DELETE FROM item WHERE id = ?", [(item_id,) for item_id in gone])
        connection.commit()
        connection.execute("VACUUM")  # else the rows are still there to be found
    made = salvage(path, tmp_path / "out.northing")
    assert made.in_part == 3
    with open_store(made.path) as store, store.read() as session:
        assert session.get(Item, one).title == LOST
        kept = session.get(Item, rating)
        assert (kept.level, kept.title) == (level, f"{session.get(Item, kept.skill_id).title}: {level:g}")
        assert session.get(Item, told[0]).text == told[1]
        damaged = journal.query_for(session, "tag:damaged", today=DAY)
        assert set(journal.entry_ids(session, matching=damaged)) == {rating, told[0]}
    with closing(bare(made.path)) as connection:
        assert [connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in TABLES] == before
    assert integrity.check(made.path).problems == ()


def test_a_table_that_says_wrongly_what_it_points_to_is_told(tmp_path, good):
    path = tmp_path / "bad.northing"
    path.write_bytes(good)
    wrong = "UPDATE sqlite_master SET sql = replace(sql, 'skill (id)', 'skill (no)') WHERE name = 'rating'"
    with closing(keys.connect(path, None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(wrong)
        connection.commit()
    assert any("mismatch" in problem for problem in integrity.check(path).problems)
