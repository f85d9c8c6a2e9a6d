"""Spelling, judged on a worker thread: a word is asked about once, and marked when the answer is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QLocale, QObject, QTimer, Signal
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QApplication

from app.ui.kit.background import give_way, run_in_background
from app.ui.kit.editor import dictionaries
from app.ui.kit.editor.comfort import comfort
from app.ui.kit.editor.dictionaries import SpellBook
from app.ui.kit.editor.syntax import Kind, Run
from app.ui.kit.garbage import keep_what_is_loaded

ASK_MS: Final = 300
LOAD_MS: Final = 1500
"""A dictionary takes a second to load, and the window should be there first."""
LONGEST_WORD: Final = 40
_WORD: Final = re.compile(r"(?<![\w@#/\\.&])[^\W\d_]{2,}(?:['’][^\W\d_]+)*(?![\w@/\\]|\.\w|://)")
_SKIPPED: Final = frozenset((Kind.CODE, Kind.CODE_BLOCK, Kind.LINK, Kind.TAG, Kind.PERSON, Kind.MARK))


class Speller(QObject):
    """The application's own judge of words.

    Signals:
        judged: These words turned out wrong. taught: What is right has changed altogether.
        refused: Why a dictionary is not used, in a sentence.
    """

    judged = Signal(object)
    taught = Signal()
    refused = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._book: SpellBook | None = None
        self._chosen: str | None = None
        self._damaged: set[str] = set()
        self._is_loading = self._is_judging = False
        self._known: set[str] = set()
        self._own: set[str] = set()
        self._right: set[str] = set()
        self._wrong: set[str] = set()
        self._asked: set[str] = set()
        self._timer = QTimer(self, singleShot=True, interval=ASK_MS)
        self._timer.timeout.connect(self._ask)
        comfort().changed.connect(self._follow)

    def is_wrong(self, word: str) -> bool | None:
        """Whether a word is misspelled; None while nobody knows, and it is asked about."""
        if word in self._wrong:
            return True
        if word in self._right or self._is_known(word) or _is_name(word) or len(word) > LONGEST_WORD:
            return False
        self._asked.add(word)
        if not self._timer.isActive():
            self._timer.start()
        return None

    def is_waiting(self, word: str) -> bool:
        """Whether the answer about a word is still to come."""
        return word not in self._right and word not in self._wrong

    def know(self, words: Iterable[str]) -> None:
        """Take these words for right, such as names of people, in any capitals."""
        fresh = {word.casefold() for word in words} - self._known
        if fresh:
            self._known |= fresh
            if hit := {word for word in self._wrong if word.casefold() in fresh}:
                self._wrong -= hit
                self.taught.emit()

    def learn(self, word: str) -> None:
        """Put a word into the user's own dictionary."""
        comfort().learn(word)

    def forget_damage(self) -> None:
        """Try dictionaries again that could not be read: their files are others now."""
        self._damaged.clear()

    def _is_known(self, word: str) -> bool:
        return word.casefold() in self._known or word.casefold() in self._own

    def suggest(self, word: str, then: Callable[[list[str]], None]) -> None:
        """Find what may have been meant, on a worker thread."""
        book = self._book
        if book is not None:
            run_in_background(self, lambda: book.suggestions(word), then)

    def _ask(self) -> None:
        if not comfort().is_on("spelling"):
            return
        if self._book is None:
            if not self._is_loading:
                self._is_loading = True
                QTimer.singleShot(LOAD_MS, self, self._load)
            return
        if self._asked and not self._is_judging:  # one at a time: it must not keep every worker busy
            words, self._asked, book = self._asked, set(), self._book
            self._is_judging = True
            run_in_background(self, lambda: book.judged(words), self._hear, failed=self._fail)

    def _hear(self, verdicts: dict[str, bool]) -> None:
        self._is_judging = False
        if self._asked:
            self._timer.start()
        self._right.update(word for word, right in verdicts.items() if right)
        wrong = {word for word, right in verdicts.items() if not right and not self._is_known(word)}
        self._wrong |= wrong
        self.judged.emit(wrong)

    def _fail(self, error: Exception) -> None:
        self._is_judging = False
        raise error

    def _load(self) -> None:
        chosen = self._chosen = comfort().language
        known = {name: path for name, path in dictionaries.languages().items() if name not in self._damaged}
        name = chosen if chosen in known else dictionaries.usual_language(QLocale().name(), known)

        def work() -> tuple[SpellBook, frozenset[str]]:
            return SpellBook(known[name], give_way), dictionaries.product_words()

        run_in_background(self, work, self._loaded, failed=lambda _: self._turn_from(name))

    def _loaded(self, made: tuple[SpellBook, frozenset[str]]) -> None:
        self._is_loading = False
        if comfort().language == self._chosen:  # else another one was chosen meanwhile
            self._book, product = made
            keep_what_is_loaded()
            self.know(product)
            self._follow()
        self._ask()

    def _turn_from(self, name: str) -> None:
        """Go on with another dictionary: whatever is wrong with the files of this one, the others are right."""
        self._is_loading = False
        self._damaged.add(name)
        said = self.tr("The dictionary “{name}” cannot be read. Choose another, or add it again.")
        self.refused.emit(said.format(name=name))
        self._ask()

    def _follow(self) -> None:
        """Another language was chosen, or other words."""
        own = {word.casefold() for word in comfort().words}
        is_other = self._book is not None and comfort().language != self._chosen
        if is_other:
            self._book = None
            self._right.clear()
            self._wrong.clear()
        elif own != self._own:
            self._wrong = {word for word in self._wrong if word.casefold() not in own}
        if is_other or own != self._own:
            self._own = own
            self.taught.emit()


class SpellMarks(QObject):
    """Finds the words of one editor's lines that are wrong, and looks again where an answer came late."""

    def __init__(
        self, parent: QObject, look_again: Callable[[list[QTextBlock]], None], at: Callable[[], int]
    ) -> None:
        """`look_again` styles lines anew; `at` is the place in the text where a word may be half typed."""
        super().__init__(parent)
        self._look_again, self._at = look_again, at
        self._waiting: dict[str, list[QTextBlock]] = {}
        speller().judged.connect(self._hear)

    def __call__(self, block: QTextBlock, text: str, runs: list[Run]) -> list[Run]:
        """The stretches of a line that are misspelled; `text` has a character for each UTF-16 unit."""
        if not comfort().is_on("spelling"):
            return []
        skipped = sorted((start, end) for start, end, kind in runs if kind in _SKIPPED)
        passed = 0
        typing = self._at() - block.position()
        judge = speller()
        found: list[Run] = []
        for match in _WORD.finditer(text):
            start, end = match.span()
            while passed < len(skipped) and skipped[passed][1] <= start:
                passed += 1
            if end == typing or (passed < len(skipped) and skipped[passed][0] < end):
                continue
            verdict = judge.is_wrong(word := match[0].replace("’", "'"))
            if verdict:
                found.append((start, end, Kind.WRONG))
            elif verdict is None:
                self._waiting.setdefault(word, []).append(block)
        return found

    def _hear(self, wrong: set[str]) -> None:
        waiting, blocks = self._waiting, {}
        for word in wrong:
            blocks.update({block.position(): block for block in waiting.pop(word, ()) if block.isValid()})
        self._waiting = {word: held for word, held in waiting.items() if speller().is_waiting(word)}
        if blocks:
            self._look_again(list(blocks.values()))


def speller() -> Speller:
    """The application's own `Speller`."""
    qapp = QApplication.instance()
    if not isinstance(qapp, QApplication):
        raise RuntimeError("a QApplication comes first")
    found = qapp.property("editor_speller")
    if isinstance(found, Speller):
        return found
    made = Speller(qapp)
    qapp.setProperty("editor_speller", made)
    return made


def word_at(text: str, at: int) -> tuple[int, int] | None:
    """The word at a place of a line, as spelling counts words."""
    return next((match.span() for match in _WORD.finditer(text) if match.start() <= at <= match.end()), None)


def _is_name(word: str) -> bool:
    """Whether a word looks like an abbreviation or a trade name, which no dictionary has: QBR, GitHub."""
    return not (word.islower() or word.istitle() or (word[0].isupper() and word[1:].islower())) and "'" not in word
