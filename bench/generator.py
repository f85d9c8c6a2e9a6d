"""Seeded journals of any size: words by Zipf's law, entries over decades, tags and moods now and then."""

from __future__ import annotations

import random
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import insert

from app.core import days, integrity, migrations
from app.core.model import Item, ItemTag, Tag, digest_of, new_uid
from app.core.model.entries import Entry
from app.core.store import open_store
from app.core.words import title_in, word_count

LAST: Final = date(2026, 11, 20)
SEED: Final = 12
VOCABULARY: Final = 12_000
CHUNK: Final = 2_000
TAGGED: Final = 10
"""Every so many-th entry says #often."""

STARRED: Final = 200
SYLLABLES: Final = [
    "ba",
    "be",
    "bi",
    "bo",
    "ca",
    "ce",
    "co",
    "da",
    "de",
    "di",
    "do",
    "fa",
    "fe",
    "ga",
    "ge",
    "ha",
    "he",
    "ka",
    "la",
    "le",
    "li",
    "lo",
    "ma",
    "me",
    "mi",
    "mo",
    "na",
    "ne",
    "no",
    "pa",
    "pe",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "se",
    "si",
    "so",
    "ta",
    "te",
    "ti",
    "to",
    "va",
    "ve",
    "vi",
    "wa",
    "we",
    "za",
    "zo",
]
COMMON: Final = [
    "the",
    "of",
    "and",
    "to",
    "a",
    "in",
    "is",
    "that",
    "it",
    "was",
    "for",
    "on",
    "are",
    "with",
    "as",
    "be",
    "at",
    "one",
    "have",
    "this",
    "from",
    "by",
    "not",
    "but",
    "what",
    "all",
    "were",
    "when",
    "we",
    "there",
    "can",
    "an",
    "your",
    "which",
    "their",
    "said",
    "if",
    "do",
    "will",
    "each",
    "about",
    "how",
    "up",
    "out",
    "them",
    "then",
    "she",
    "many",
    "some",
    "so",
    "these",
    "would",
    "other",
    "into",
    "has",
    "more",
    "her",
    "two",
    "like",
    "him",
    "see",
    "time",
    "could",
    "no",
    "make",
    "than",
    "first",
    "been",
    "its",
    "who",
    "now",
    "people",
    "my",
    "made",
    "over",
    "did",
    "down",
    "only",
    "way",
    "find",
    "use",
    "may",
    "water",
    "long",
    "little",
    "very",
    "after",
    "words",
    "called",
    "just",
    "where",
    "most",
    "know",
]


def journal_of(entries: int) -> Path:
    """A journal with so many entries, made once and kept in the temporary folder."""
    path = Path(tempfile.gettempdir()) / f"northing-bench-{SEED}-{migrations.HEAD}-{entries}.northing"
    if not path.exists():
        _make(path, entries)
    with open_store(path) as store:  # one of an older Northing is brought up to date, and its log folded in
        integrity.seal(store)
    return path


def vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """Words, the commonest first, and how often each is used."""
    words = [*COMMON, *("".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(VOCABULARY))]
    return words, [1 / (rank + 2) for rank in range(len(words))]


def _make(path: Path, entries: int) -> None:
    chance = random.Random(SEED)
    words, weights = vocabulary(chance)
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    store = open_store(partial)
    stamp = datetime(2026, 1, 1, tzinfo=UTC)
    apart = max(1, round(30 * 365 / entries * 24))
    first = datetime.combine(LAST, time(12), UTC) - timedelta(hours=apart * entries)
    for start in range(0, entries, CHUNK):
        with store.write() as session:
            items, rows, tagged = [], [], []
            if not start:
                session.add(Tag(id=1, name="often", key="often"))
                session.flush()
            for number in range(start, min(start + CHUNK, entries)):
                at = first + timedelta(hours=apart * (number + 1))
                text = text_of(chance, words, weights)
                if not number % TAGGED:
                    text += " #often"
                    tagged.append({"item_id": number + 1, "tag_id": 1, "inline": True})
                uid, title = new_uid(), title_in(text)
                items.append({
                    "id": number + 1, "uid": uid, "kind": "note", "title": title, "text": text,
                    "starred": not number % STARRED, "private": False, "created_at": stamp,
                    "changed_at": stamp, "rev": 1, "deleted_at": None,
                    "moment": days.moment_of(at.date(), at, "UTC") + number % 1000,
                    "digest": digest_of(uid, "note", title, text),
                })  # fmt: skip
                rows.append({
                    "id": number + 1, "day": at.date(), "at": at, "zone": "UTC",
                    "mood": chance.choice([None, 2, 3, 4]), "energy": None, "words": word_count(text),
                })  # fmt: skip
            session.execute(insert(Item.__table__), items)  # type: ignore[arg-type]
            session.execute(insert(Entry.__table__), rows)  # type: ignore[arg-type]
            session.execute(insert(ItemTag.__table__), tagged)  # type: ignore[arg-type]
    store.close()
    partial.rename(path)


def text_of(chance: random.Random, words: list[str], weights: list[float]) -> str:
    length = min(int(chance.lognormvariate(4.3, 0.7)), 900)
    said = chance.choices(words, weights, k=max(length, 5))
    for place in range(0, len(said), 12):
        said[place] = said[place].capitalize()
    return " ".join(said) + "."
