"""One HTML page to read and to print, that fetches nothing from anywhere."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import unquote

from markdown_it import MarkdownIt

from app.core import files as files_of

_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 16px/1.55 Inter, system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.6rem; }
article { border-top: 1px solid #8884; padding: .9rem 0; break-inside: avoid-page; }
.about { color: #777; font-size: .82rem; margin: 0 0 .3rem; } pre { overflow-x: auto; } img { max-width: 100%; }
blockquote { border-left: 3px solid #8886; margin-left: 0; padding-left: 1rem; }
"""
_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_REMOTE: Final = re.compile(r'<img src="(?!data:)([^"]*)" alt="([^"]*)"[^>]*/?>')
_MOST_INLINE: Final = 20 * 2**20
_KINDS: Final = {
    b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"RIFF": "image/webp",
}  # fmt: skip


def write(file: IO[str], title: str, objects: Iterator[dict[str, Any]], files: Path) -> None:
    """The page, with dated items under their days and all others before them.

    Args:
        files: The folder of attachments; pictures from it stand in the page itself.
    """
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
    file.write(
        f'<!DOCTYPE html>\n<html lang="und"><head><meta charset="utf-8"><title>{html.escape(title)}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">\n'
        f"<style>{_STYLE}</style></head><body>\n<h1>{html.escape(title)}</h1>\n"
    )
    day = None
    for one in objects:
        if one.get("day") and one["day"] != day:
            day = one["day"]
            file.write(f"<h2>{html.escape(day)}</h2>\n")
        file.write(_article(one, reader, files))
    file.write("</body></html>\n")


def _article(one: dict[str, Any], reader: MarkdownIt, files: Path) -> str:
    about = [one["kind"].replace("_", " ")] if one["kind"] != "note" else []
    about += [f"#{tag['name']}" for tag in one.get("tags", ())]
    kept = {row["name"]: row["sha256"] for row in one.get("attachment", ())}
    body = _REMOTE.sub(lambda found: _picture(found, files, kept), reader.render(one["text"]))
    title = "" if one.get("day") else f"<h3>{html.escape(one['title'])}</h3>"
    said = f'<p class="about">{html.escape(" · ".join(about))}</p>' if about else ""
    return f"<article>{said}{title}{body}</article>\n"


def _picture(found: re.Match[str], files: Path, shas: Mapping[str, str]) -> str:
    """A picture of the journal's own in the page; any other as the link that it was."""
    source, said = html.unescape(found[1]), found[2]
    sha = shas.get(unquote(source))
    kept = files_of.place(files, sha) if sha else None
    if sha and kept is not None and kept.stat().st_size <= _MOST_INLINE:
        raw = files_of.read(files, sha) or b""
        kind = next((kind for magic, kind in _KINDS.items() if raw.startswith(magic)), "")
        if kind:
            return f'<img src="data:{kind};base64,{base64.b64encode(raw).decode()}" alt="{said}">'
    if source.startswith(("http://", "https://")):
        return f'<a href="{html.escape(source)}" rel="noreferrer">{said or html.escape(source)}</a>'
    return said
