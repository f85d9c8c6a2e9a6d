"""JSON that other programs wrote: recognised by its first bytes, read without trusting its size or depth."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.core.errors import UserError
from app.core.transfer.archives import Bundle, Damaged
from app.core.transfer.decoding import decoded
from app.core.transfer.records import Progress, Remark, Skipped

_KEY: Final = re.compile(r'"((?:[^"\\\n]|\\.){1,60})"\s*:')
_LONE: Final = re.compile("[\ud800-\udfff]")
_LONGEST_NUMBER: Final = 400


def keys_in(head: bytes) -> frozenset[str]:
    """Names of fields near the beginning; none where it is no JSON object or list."""
    text = _head_text(head)
    return frozenset(_KEY.findall(text)) if text[:1] in ("{", "[") else frozenset()


def load(bundle: Bundle, name: str) -> tuple[object, list[Remark]]:
    """What the file holds, with remarks on how it was read.

    Raises:
        UserError: it is no JSON, too large, too deep or holds a number beyond measure.
    """
    raw = bundle.read(name)
    text, how = decoded(raw)
    del raw
    try:
        root = json.loads(text, parse_int=_integer)
    except RecursionError as error:
        raise UserError(f"“{name}” is nested deeper than any export; nothing was read from it.") from error
    except json.JSONDecodeError as error:
        raise UserError(
            f"“{name}” is no complete JSON file: it breaks off or goes wrong in line {error.lineno}."
        ) from error
    except ValueError as error:
        raise UserError(f"“{name}” holds a number that is too long to be one.") from error
    return root, [Remark(name, f"The file {how}")] if how else []


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("too long")
    return int(digits)


def _head_text(head: bytes) -> str:
    return decoded(head)[0].lstrip()


def kept(fields: dict[str, object], *known: str) -> dict[str, object]:
    """The fields that no part of a record says, empty ones left out; ready to be written as JSON again."""
    rest = {name: value for name, value in fields.items() if name not in known and value not in (None, "", [], {})}
    try:
        said = json.dumps(rest, ensure_ascii=False)
    except RecursionError:
        return {}
    clean = _LONE.sub("\ufffd", said)
    if clean != said:
        rest = json.loads(clean)
    return rest


def entries(
    bundle: Bundle, files: Sequence[str], progress: Progress
) -> Iterator[tuple[str, str, dict[str, object]] | Skipped | Remark]:
    """Each object of each file, be it one or a list of them, as (file, where it stands, the object).

    A file that is no JSON is skipped where there are others.

    Raises:
        UserError: one is damaged, or the only one is no JSON.
    """
    for done, file in enumerate(files):
        progress(done, len(files))
        try:
            root, remarks = load(bundle, file)
        except Damaged:
            raise
        except UserError as error:
            if len(files) == 1:
                raise
            yield Skipped(file, str(error))
            continue
        yield from remarks
        for number, one in enumerate(root if isinstance(root, list) else [root], 1):
            where = f"{file}, entry {number}" if isinstance(root, list) else file
            if isinstance(one, dict):
                yield file, where, one
            else:
                yield Skipped(where, "It is not an entry.")
    progress(len(files), len(files))


def text_of(fields: dict[str, object], *names: str) -> str:
    """The first of these fields that holds words, without the spaces around them; "" if none does."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def texts_of(value: object) -> list[str]:
    """The texts in a list."""
    return [one for one in value if isinstance(one, str) and one.strip()] if isinstance(value, list) else []
