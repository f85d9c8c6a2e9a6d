"""Entries written, read again and backed up in a line each."""

from __future__ import annotations

from datetime import date, timedelta

from app.core import backups, journal
from app.core.model import Entry
from app.core.store import open_store
from tests.conftest import NOW

DAY = date(2026, 11, 23)


def add(store, *said):
    for one in said:
        with store.write() as session:
            journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=one)


def texts(path):
    with open_store(path) as store, store.read() as session:
        return [entry.text for entry in session.query(Entry).order_by(Entry.moment)]


def take(store, after=0, **how):
    return backups.take(store, reason="asked", now=NOW + timedelta(seconds=after), **how)
