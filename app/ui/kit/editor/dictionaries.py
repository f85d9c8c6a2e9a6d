"""Hunspell dictionaries on this computer, and what one says about a word. No Qt: it works on any thread."""

from __future__ import annotations

import io
import itertools
import threading
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.paths import RESOURCES, preferences_file

if TYPE_CHECKING:
    from spylls.hunspell import Dictionary

SHIPPED: Final = RESOURCES / "dictionaries"
MOST_SUGGESTIONS: Final = 6
LARGEST: Final = 60 * 2**20
_BRITISH: Final = ("GB", "IE", "AU", "NZ", "ZA", "IN")


def own_folder() -> Path:
    """Where somebody puts dictionaries of other languages."""
    return preferences_file().parent / "dictionaries"


def languages() -> dict[str, Path]:
    """The dictionaries that can be loaded: name ("en_GB") to the path without its suffix; own ones come first."""
    found: dict[str, Path] = {}
    for folder in (own_folder(), SHIPPED, Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts")):
        with suppress(OSError):
            for file in sorted(folder.glob("*.aff")):
                if file.with_suffix(".dic").is_file():
                    found.setdefault(file.stem, file.with_suffix(""))
    return found


def adopt(source: Path) -> list[str]:
    """Copy dictionaries into the own folder and return their names, in order; none where `source` has none.

    Args:
        source: An .aff or a .dic file, whose other half lies beside it, or an extension of an office or a browser.

    Raises:
        OSError: it cannot be read, or the folder not be written. zipfile.BadZipFile: it is damaged.
    """
    halves: dict[str, Callable[[], bytes]] = {}
    if zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as packed:
            wanted = [one for one in packed.infolist() if one.file_size <= LARGEST]
            halves = {Path(one.filename).name: partial(packed.read, one) for one in wanted}
            return _kept(halves)
    for file in (source.with_suffix(".aff"), source.with_suffix(".dic")):
        if file.is_file() and file.stat().st_size <= LARGEST:
            halves[file.name] = file.read_bytes
    return _kept(halves)


def _kept(halves: Mapping[str, Callable[[], bytes]]) -> list[str]:
    """Write what has both halves, .aff and .dic."""
    names = sorted(name.removesuffix(".aff") for name in halves if name.endswith(".aff"))
    names = [name for name in names if f"{name}.dic" in halves]
    for file in (f"{name}{ending}" for name in names for ending in (".aff", ".dic")):
        own_folder().mkdir(parents=True, exist_ok=True)
        (own_folder() / file).write_bytes(halves[file]())
    return names


def usual_language(locale: str, known: Iterable[str]) -> str:
    """The dictionary for a locale such as "de_AT": itself, its language elsewhere, else English."""
    names = list(known)
    language, _, land = locale.partition("_")
    if locale in names:
        return locale
    if language == "en" and land in _BRITISH:
        return "en_GB"
    return next((name for name in names if name.split("_")[0] == language), "en_US")


def product_words() -> frozenset[str]:
    """Words of the trade that general dictionaries lack, as they are written."""
    return frozenset((SHIPPED / "product.txt").read_text(encoding="utf-8").split())


LINES_A_STEP: Final = 50
"""Lines of a dictionary that are read without looking whether somebody else needs the interpreter."""

Pause = Callable[[], None]


class SpellBook:
    """One loaded dictionary; calls wait for each other. All Python, it calls `pause` between its small steps."""

    def __init__(self, path: Path, pause: Pause = lambda: None) -> None:
        self._pause = pause
        self._book = _book(path, pause)
        self._lock = threading.Lock()
        self._is_plain = (self._book.aff.TRY or "ä").isascii()
        self._script = _script((self._book.aff.TRY or "a")[0])

    def judged(self, words: Iterable[str]) -> dict[str, bool]:
        """Whether each word is right; words of another script are nothing that this book could judge."""
        found = {}
        for word in words:
            self._pause()
            with self._lock:
                found[word] = _script(word[0]) != self._script or self._is_right(word)
        return found

    def _is_right(self, word: str) -> bool:
        """A language without accents borrows words that have some: café, naïve."""
        if self._book.lookup(word):
            return True
        return self._is_plain and not word.isascii() and bool(self._book.lookup(_without_accents(word)))

    def suggestions(self, word: str) -> list[str]:
        """What may have been meant, the likeliest first."""
        with self._lock:
            swapped = [made for made in _swapped(word) if self._is_right(made)]
            others = itertools.islice(self._book.suggest(word), MOST_SUGGESTIONS)
            return list(dict.fromkeys((*swapped, *others)))[:MOST_SUGGESTIONS]


def _book(path: Path, pause: Pause) -> Dictionary:
    from spylls.hunspell import Dictionary
    from spylls.hunspell.readers import FileReader, read_aff, read_dic

    class Reader(FileReader):  # type: ignore[misc]
        """Reads a file whole: the one it comes with leaves files open."""

        def _open(self, path: str, encoding: str) -> io.StringIO:
            return io.StringIO(Path(path).read_text(encoding=encoding, errors="surrogateescape"))

        def __next__(self) -> tuple[int, str]:
            line: tuple[int, str] = super().__next__()
            if not line[0] % LINES_A_STEP:
                pause()
            return line

    aff, context = read_aff(Reader(f"{path}.aff"))
    words = read_dic(Reader(f"{path}.dic", encoding=context.encoding), aff=aff, context=context)
    return Dictionary(aff, words)


def _swapped(word: str) -> Iterable[str]:
    """The word with two neighbours changed about, the commonest slip of all, its capital where it was."""
    lower = word.lower()
    for at in range(len(word) - 1):
        made = lower[:at] + lower[at + 1] + lower[at] + lower[at + 2 :]
        if made != lower:
            yield made.capitalize() if word[0].isupper() else made


def _without_accents(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


@cache
def _script(character: str) -> str:
    return unicodedata.name(character, "").split(" ")[0]
