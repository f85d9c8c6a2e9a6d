"""How a journal file becomes today's: frozen steps, run by Alembic, all or nothing.

Alembic is imported only when a file is behind `HEAD`; opening an up-to-date journal never pays for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy import Connection

HEAD: Final = "014"
"""The newest revision of the schema; a test compares it with the newest file in `versions`."""

APPLICATION_ID: Final = 0x4E525448
"""`NRTH` in the file's header: this SQLite file is a Northing journal."""


def upgrade(connection: Connection) -> None:
    """Bring the file behind `connection` to `HEAD` within the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
