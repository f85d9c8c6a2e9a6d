"""One thing written down, and entries found."""

from __future__ import annotations

import argparse
import json
import sys

from app.cli.codes import DONE
from app.cli.opening import existing, journal_of, looked_at


def add(options: argparse.Namespace) -> int:
    """Write a note on today's page; what went in is printed."""
    from app.core import capture, clock, journal
    from app.core.errors import UserError

    said = " ".join(options.text)
    text = sys.stdin.read() if said == "-" else said
    if not text.strip():
        raise UserError("There is nothing to write down.")
    now, zone = clock.now(), clock.zone()
    with journal_of(options) as store, store.write() as session:
        day = journal.today(session, now, zone)
        entry = capture.capture(session, text, day=day, now=now, zone=zone.key)
    print(f"{entry.day}  {entry.title}")
    return DONE


def search(options: argparse.Namespace) -> int:
    """Print the entries that a query finds, newest first."""
    from app.core import clock, journal

    with looked_at(existing(options)) as store, store.read() as session:
        today = journal.today(session, clock.now(), clock.zone())
        query = journal.query_for(session, " ".join(options.query), today=today)
        for typed, reason in query.problems:
            print(f"“{typed}” is left out. {reason}", file=sys.stderr)
        for typed, how in query.remarks:
            print(f"“{typed}”: {how}", file=sys.stderr)
        ids = journal.entry_ids(session, matching=query, limit=options.limit)
        if not ids:
            print("No entry says that.", file=sys.stderr)
        for row in journal.entry_rows(session, ids, matching=query):
            snippet = " ".join(row.snippet.translate({2: None, 3: None}).split())
            if options.json:
                print(
                    json.dumps(
                        {"day": row.day.isoformat(), "title": row.title, "snippet": snippet}, ensure_ascii=False
                    )
                )
            else:
                print(f"{row.day}  {row.title}")
                if snippet:
                    print(f"            {snippet}")
    return DONE
