"""The mapped base class and the column types that hold days and instants."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase


class Instant(TypeDecorator[datetime]):
    """A UTC instant, stored as text to the millisecond: ``2026-11-23T09:30:00.000Z`` sorts and reads well."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else instant_text(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else parse_instant(value)


def instant_text(value: datetime) -> str:
    """`value` (aware) as the journal writes it.

    Raises:
        ValueError: `value` names no time zone, so it is no instant.
    """
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def parse_instant(text: str) -> datetime:
    """The aware UTC datetime behind `instant_text`."""
    return datetime.fromisoformat(text).astimezone(UTC)


def new_uid() -> str:
    """A UUID version 7 (RFC 9562): sorts by the time it was made, unique across computers."""
    ms = time.time_ns() // 1_000_000
    noise = int.from_bytes(os.urandom(10), "big")
    bits = (ms << 80) | noise
    bits = bits & ~(0xF << 76) | (0x7 << 76)
    bits = bits & ~(0x3 << 62) | (0x2 << 62)
    return str(UUID(int=bits))


class Model(DeclarativeBase):
    """Parent of every mapped class."""

    type_annotation_map = {datetime: Instant}
