"""Files that come with a record: found in the source, named once each, pointed to from the text."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from app.core.filenames import address, free_name, is_picture
from app.core.transfer.archives import Bundle
from app.core.transfer.decoding import shown
from app.core.transfer.html_tree import Node
from app.core.transfer.records import Attachment, Remark, Skipped

_HELD: Final = re.compile(r"data:image/([\w.+-]{1,40});base64,([A-Za-z0-9+/=\s]+)$")
_ELSEWHERE: Final = re.compile(r"(?i)^(?:[a-z][a-z0-9+.-]*:|//|#|\?)")


class Enclosures:
    """The files of one record, in the order in which they are first pointed to."""

    def __init__(self, bundle: Bundle, file: str, where: str) -> None:
        self._bundle, self._file, self._where = bundle, file, where
        self._found: dict[str, Attachment] = {}
        self.remarks: list[Remark] = []

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        return tuple(self._found.values())

    def has(self, source: str) -> bool:
        """Whether this file of the source is among them."""
        return source in self._found

    def pointer(self, named: str, *, alt: str = "", kind: str = "", ask: bool = True) -> str:
        """Markdown that points to the file that the source calls `named`, "" where there is none.

        Args:
            ask: Whether a file that is not there is worth a remark.
        """
        attachment = self._enclosed(named, kind=kind, ask=ask)
        if attachment is None:
            return ""
        target = address(attachment.name)
        if is_picture(attachment.name) or kind.startswith("image/"):
            return f"![{alt}]({target})"
        return f"[{alt or attachment.name}]({target})"

    def target(self, named: str) -> str:
        """Where Markdown points to for the file that the source calls `named`, "" where there is none."""
        attachment = self._enclosed(named, ask=False)
        return address(attachment.name) if attachment else ""

    def in_line(self, node: Node) -> str | None:
        """Markdown for a picture that an HTML text holds itself; None for every other element."""
        source = node.attributes.get("src", "") if node.tag == "img" else ""
        if not source.startswith("data:image/"):
            return None
        alt = " ".join(node.attributes.get("alt", "").split()).replace("]", "")
        found = _HELD.match(source)
        try:
            raw = base64.b64decode(found[2]) if found else b""
        except binascii.Error:
            raw = b""
        if found is None or not raw:
            self.remarks.append(Remark(self._where, "A picture within its text is damaged and stays behind."))
            return alt
        held = f"data:{hashlib.sha256(raw).hexdigest()}"
        if held not in self._found:
            called = self._free(f"picture.{found[1].partition('+')[0].replace('jpeg', 'jpg')}")
            self._found[held] = Attachment(called, lambda: raw, f"image/{found[1]}", len(raw))
        return f"![{alt}]({address(self._found[held].name)})"

    def is_note(self, named: str) -> bool:
        """Whether `named` means a note of the source, with or without its ending."""
        ending = (".md", ".canvas")
        return named.casefold().endswith(ending) or self._bundle.find(f"{named}.md", beside=self._file) is not None

    def _enclosed(self, named: str, *, kind: str = "", ask: bool) -> Attachment | None:
        source = self._bundle.find(named, beside=self._file)
        if source is None:
            if ask:
                self.remarks.append(Remark(self._where, f"The file “{shown(named, 120)}” is not in the export."))
            return None
        if source not in self._found:
            attachment = self._bundle.attachment(source, called=self._free(source), kind=kind)
            if isinstance(attachment, Skipped):
                self.remarks.append(Remark(self._where, f"“{attachment.where}”: {attachment.reason}"))
                return None
            self._found[source] = attachment
        return self._found[source]

    def _free(self, source: str) -> str:
        return free_name(source.rpartition("/")[2], {attachment.name for attachment in self._found.values()})


_EMBED: Final = re.compile(r"(!?)\[\[([^\]|#\n]{1,400})(?:#[^\]|\n]*)?(?:\|([^\]\n]{0,200}))?\]\]")
_LINK: Final = re.compile(
    r"(!?)\[([^\[\]\n]{0,400})\]\(<?([^()\n<>]{1,400}?)>?(?:\s+\"[^\"\n]*\")?\)(?:\{[^}\n]{0,200}\})?"
)
_TAG: Final = re.compile(r"<img\b[^<>\n]{0,500}>", re.IGNORECASE)
_SOURCE: Final = re.compile(r"""\bsrc=(["'])([^"'\n]{1,400})\1""", re.IGNORECASE)
_ALT: Final = re.compile(r"""\balt=(["'])([^"'\n\[\]]{0,200})\1""", re.IGNORECASE)
_DEFINED: Final = re.compile(
    r"(?m)^( {0,3}\[[^\[\]\n]{1,200}\]: ?)<?([^<>\n\"]{1,400}?)>?((?: +\"[^\"\n]*\")?) *$"
)
_CODE: Final = re.compile(r"^(```|~~~).*?(?:^\1|\Z)|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def pointed(text: str, enclosures: Enclosures) -> str:
    """Markdown whose links to files of the source point to enclosed ones; so do `![[file]]` and `<img>`.

    Addresses on the web and other notes stay as they are, and so does what stands in code.
    """
    if not any(sign in text for sign in ("](", "[[", "]:", "<img", "<IMG")):
        return text
    return "".join(part if is_code else _pointed(part, enclosures) for part, is_code in _parts(text))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    last = 0
    for code in _CODE.finditer(text):
        yield text[last : code.start()], False
        yield code[0], True
        last = code.end()
    yield text[last:], False


def _bare(address: str) -> str:
    """The name of the file that an address means, without the place within it."""
    return unquote(address.partition("#")[0]).strip()


def _may_be_file(named: str) -> bool:
    """Whether it may be a file of the source: neither an address on the web nor a note."""
    return "." in named and not _ELSEWHERE.match(named) and not named.casefold().endswith((".md", ".org"))


def _pointed(text: str, enclosures: Enclosures) -> str:
    def embed(found: re.Match[str]) -> str:
        named = found[2].strip()
        if "." not in named.rpartition("/")[2] or enclosures.is_note(named):
            return found[0]
        alt = "" if re.fullmatch(r"\d+(x\d+)?", found[3] or "") else (found[3] or "")
        if found[1]:
            return enclosures.pointer(named, alt=alt) or found[0]
        target = enclosures.target(named)
        return f"[{alt or named}]({target})" if target else found[0]

    def link(found: re.Match[str]) -> str:
        named = _bare(found[3])
        if not _may_be_file(named):
            return found[0]
        alt = found[2].partition("|")[0]
        return enclosures.pointer(named, alt=alt, ask=bool(found[1])) or found[0]

    def tag(found: re.Match[str]) -> str:
        source, alt = _SOURCE.search(found[0]), _ALT.search(found[0])
        named = unquote(source[2]).strip() if source else ""
        if not named or _ELSEWHERE.match(named):
            return found[0]
        return enclosures.pointer(named, alt=alt[2] if alt else "") or found[0]

    def defined(found: re.Match[str]) -> str:
        named = _bare(found[2])
        target = enclosures.target(named) if _may_be_file(named) else ""
        return f"{found[1]}{target}{found[3]}" if target else found[0]

    text = _LINK.sub(link, _EMBED.sub(embed, text))
    return _DEFINED.sub(defined, _TAG.sub(tag, text))
