"""Pictures and files of entries: into the text, and below it."""

from app.ui.filing.bar import FilesBar
from app.ui.filing.taking import Filing

__all__ = ["FilesBar", "Filing"]
