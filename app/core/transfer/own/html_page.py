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
from app.core.transfer.own.facts import Titles, called, facts_of, words_of

_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 16px/1.55 Inter, system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.6rem; } h3 { margin: .2rem 0; font-size: 1rem; }
article { border-top: 1px solid #8884; padding: .9rem 0; break-inside: avoid-page; overflow-wrap: anywhere; }
.about { color: #777; font-size: .82rem; margin: 0 0 .3rem; } pre { overflow-x: auto; } img { max-width: 100%; }
blockquote { border-left: 3px solid #8886; margin-left: 0; padding-left: 1rem; }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .1rem 1rem; font-size: .9rem; }
dt { color: #777; } dd { margin: 0; white-space: pre-line; } table { border-collapse: collapse; }
td, th { border: 1px solid #8884; padding: .2rem .5rem; } li.task { list-style: none; }
"""
_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_PICTURE: Final = re.compile(r'<img src="(?!data:)([^"]*)" alt="([^"]*)"[^>]*/?>')
_LINK: Final = re.compile(r'<a href="([^"]*)"')
_TASK: Final = re.compile(r"<li>(\s*(?:<p>)?)\[([ xX])\] ")
_ELSEWHERE: Final = ("http://", "https://", "mailto:")
_MOST_INLINE: Final = 20 * 2**20
_KINDS: Final = {
    b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"RIFF": "image/webp",
}  # fmt: skip


def write(file: IO[str], title: str, objects: Iterator[dict[str, Any]], files: Path, titles: Titles) -> None:
    """The page, with dated items under their days and all others before them.

    Args:
        files: The folder of attachments; what hangs on an item stands in the page itself. titles: See `facts`.
    """
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).enable(
        ["table", "strikethrough"]
    )
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
        file.write(_article(one, reader, _Files(files, one), titles))
    file.write("</body></html>\n")


def _article(one: dict[str, Any], reader: MarkdownIt, files: _Files, titles: Titles) -> str:
    title = "" if one.get("day") else f"<h3>{html.escape(called(one, titles))}</h3>"
    body = _TASK.sub(_task, reader.render(one["text"]))
    body = _LINK.sub(files.link, _PICTURE.sub(files.picture, body))
    parts = [_about(one), title, _facts(one, titles), body, files.rest(), _near(one, titles)]
    return f'<article id="{html.escape(one["uid"])}" dir="auto">{"".join(parts)}</article>\n'


def _about(one: dict[str, Any]) -> str:
    """Its kind, marks and tags in one line."""
    about = [words_of(one["kind"])] if one["kind"] != "note" else []
    about += ["★"] if one["starred"] else []
    about += ["private"] if one["private"] else []
    about += [f"{name} {one[name]}" for name in ("mood", "energy") if one.get(name)]
    about += [f"#{tag['name']}" for tag in one.get("tags", ())]
    return f'<p class="about">{html.escape(" · ".join(about))}</p>' if about else ""


def _facts(one: dict[str, Any], titles: Titles) -> str:
    """What its fields say, unless its title or text says just that."""
    known = ("", one["text"].strip(), "" if one.get("day") else one["title"])
    rows = [
        f"<dt>{html.escape(words_of(name))}</dt><dd>{html.escape(value)}</dd>"
        for name, value in facts_of(one, titles)
        if value.strip() not in known
    ]
    return f"<dl>{''.join(rows)}</dl>" if rows else ""


def _near(one: dict[str, Any], titles: Titles) -> str:
    """What it serves, proves and mentions, as links within the page."""
    links = [link for link in one.get("links", ()) if link["to"] in titles]
    said = [
        f'{html.escape(link["role"])} <a href="#{html.escape(link["to"])}">'
        f"{html.escape(titles[link['to']] or 'an entry')}</a>"
        for link in links
    ]
    return f'<p class="about">{" · ".join(said)}</p>' if said else ""


def _task(found: re.Match[str]) -> str:
    return f'<li class="task">{found[1]}{"☐" if found[2] == " " else "☑"} '


class _Files:
    """The attachments of one item: in the page where its text names them, and the others below it."""

    def __init__(self, folder: Path, one: Mapping[str, Any]) -> None:
        self._folder = folder
        self._shas = {row["name"]: row["sha256"] for row in one.get("attachment", ())}
        self._shown: set[str] = set()

    def picture(self, found: re.Match[str]) -> str:
        """A picture of the journal's own; any other as the link that it was."""
        source, said = html.unescape(found[1]), found[2]
        if shown := self._picture(unquote(source), said):
            return shown
        if source.startswith(("http://", "https://")):
            return f'<a href="{html.escape(source)}">{said or html.escape(source)}</a>'
        return said

    def link(self, found: re.Match[str]) -> str:
        """A link out, or to a file that hangs on the item; any other leads nowhere from here."""
        target = html.unescape(found[1])
        if target.startswith(_ELSEWHERE):
            return f'{found[0]} rel="noreferrer"'
        name = unquote(target)
        if raw := self._raw(name):
            self._shown.add(name)
            return _download(name, raw)
        return f'<a title="{html.escape(target)}"'

    def rest(self) -> str:
        """What the text does not name."""
        shown = []
        for name in [name for name in self._shas if name not in self._shown]:
            if picture := self._picture(name, html.escape(name)):
                shown.append(picture)
            elif raw := self._raw(name):
                shown.append(f"{_download(name, raw)}>{html.escape(name)}</a>")
            else:
                shown.append(html.escape(name))
        return "".join(f"<p>{one}</p>" for one in shown)

    def _picture(self, name: str, said: str) -> str:
        raw = self._raw(name)
        kind = next((kind for magic, kind in _KINDS.items() if raw.startswith(magic)), "")
        if not kind:
            return ""
        self._shown.add(name)
        return f'<img src="data:{kind};base64,{base64.b64encode(raw).decode()}" alt="{said}">'

    def _raw(self, name: str) -> bytes:
        """What is in the file of that name; nothing where there is none, or too much of it for a page."""
        sha = self._shas.get(name)
        kept = files_of.place(self._folder, sha) if sha else None
        if sha is None or kept is None or kept.stat().st_size > _MOST_INLINE:
            return b""
        return files_of.read(self._folder, sha) or b""


def _download(name: str, raw: bytes) -> str:
    data = base64.b64encode(raw).decode()
    return f'<a href="data:application/octet-stream;base64,{data}" download="{html.escape(name)}"'
