"""Dates and times as people and programs write them: which day, and what time on the clock, as it stands there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Final, Literal

Order = Literal["dmy", "mdy"]

_STEMS: Final = {
    1: "jan janv ene gen янв sty tammi",
    2: "feb fev фев lut helmi",
    3: "mar maerz mrt maa мар maalis",
    4: "apr avr abr апр kwi huhti",
    5: "may mai mag maj mei мая май touko",
    6: "jun juin giu июн cze kesa",
    7: "jul juil lug июл lip heina",
    8: "aug aou ago авг sie elo",
    9: "sep set сен wrz syys",
    10: "oct okt out ott окт paz loka",
    11: "nov ноя lis marras",
    12: "dec dez dic des дек gru joulu",
}
_MONTHS: Final = {stem: month for month, stems in _STEMS.items() for stem in stems.split()}
_FILLER_WORDS: Final = (
    "at um à a às as las le la el den der de del of the on am om kl uhr h o'clock klo alle ore o v в г года "
    "st nd rd th"
)
_FILLERS: Final = frozenset(_FILLER_WORDS.split())
_WEEKDAY_STEMS: Final = (
    "mon tue wed thu fri sat sun mo di mi do fr sa so lun mar mer jeu ven sam dim mie jue vie sab dom gio ma wo "
    "vr za zo seg ter qua qui sex man tir ons tor lor son пон вт ср чет пят суб вос пн чт пт сб вс pon wt sr czw "
    "pia nie maanda dinsda woensda donderda vrijda zaterda zonda"
)
_WEEKDAYS: Final = tuple(_WEEKDAY_STEMS.split())
_ISO: Final = re.compile(r"(?<!\d)(?P<y>\d{4})(?P<sep>[-/._])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)")
_COMPACT: Final = re.compile(r"(?<!\d)(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)")
_NUMERIC: Final = re.compile(r"(?<!\d)(?P<a>\d{1,2})(?P<sep>[-/.])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<y>\d{4})(?!\d)")
_TWO_DIGITS: Final = re.compile(r"^(\d{1,2}([-/. ])(?:\d{1,2}|[^\W\d_]{3,9}\.?)\2)(\d{2})(?!\d)")
_CJK: Final = re.compile(r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]")
_WORD: Final = r"(?P<name>[^\W\d_]{3,12})\.?"
_YEAR: Final = r"(?P<y>\d{4})(?!\d)"
_NAMED: Final = (
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|ª)?[ \-/]+(?:de |of |d')?{_WORD}[ ,\-/]+"
        rf"(?:de |del )?{_YEAR}"
    ),
    re.compile(rf"{_WORD}[ \-/]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ ,\-/]+(?P<y>\d{{4}})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<y>\d{{4}})[ ,\-/]+{_WORD}[ ,\-/]+(?P<d>\d{{1,2}})(?!\d)"),
)
_TIME: Final = re.compile(
    r"(?<![\d:])(?P<pre>午前|午後|上午|下午|오전|오후)?\s*(?P<h>\d{1,2})(?:(?P<sep>[:.]|\s?h\s?)(?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?(?!\d)"
    r"|(?=\s?[ap]\.?\s?m))[\s\u202f\u00a0]*(?P<ap>[ap]\.?\s?m\.?(?!\w))?",
    re.IGNORECASE,
)
_HALVES: Final = {"午前": "a", "上午": "a", "오전": "a", "午後": "p", "下午": "p", "오후": "p"}
_OFFSET: Final = re.compile(
    r"\s*(?:(?:UTC|GMT)?(?P<sign>[+\-−])(?P<h>[01]\d):?(?P<m>[0-5]\d)|(?:UTC|GMT)(?P<way>[+\-−])(?P<hours>1?\d)(?::(?P<minutes>[0-5]\d))?|Z|UTC|GMT)(?!\w)"
)
_ABBREVIATION: Final = re.compile(r"^(?:[A-Z]{2,5}|(?:GMT|UTC)[+\-−]\d{1,2}(?::\d{2})?)$")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day and perhaps a time as they stand in a text; `offset` from UTC only where written beside it."""

    day: date
    time: time | None = None
    offset: timedelta | None = None

    @property
    def local(self) -> datetime | None:
        """Day and time together, aware if the offset is known."""
        if self.time is None:
            return None
        zone = timezone(self.offset) if self.offset is not None else None
        return datetime.combine(self.day, self.time, zone)


def stamp(text: str, order: Order | None = None) -> Stamp | None:
    """What `text` says, if it is a date (with a time or not) and nothing else; None if not, or if no such day is.

    Args:
        order: How 03/04/2024 reads; None takes only what can be read in one way.
    """
    if len(text) > 100 or not any(letter.isdecimal() for letter in text):
        return None
    text = unicodedata.normalize("NFKC", text).strip().strip("[]()").strip()
    found = _date_in(text, order)
    if found is None:
        return None
    day, start, end = found
    after = re.sub(r"^\s*[T_]\s*(?=\d)", " ", text[end:])
    at, offset, rest = _time_in(f"{text[:start]} {after}")
    return Stamp(day, at, offset) if _says_nothing_more(rest) else None


def day_order(texts: Iterable[str]) -> Order | None:
    """Whether days or months stand first in dates like 13/02/2024, by those that can be read in one way only.

    None where every one could be either, or some are one and some the other.
    """
    orders: set[Order] = set()
    for text in texts:
        if found := _NUMERIC.search(text):
            first, second = int(found["a"]), int(found["b"])
            if first > 12 >= second:
                orders.add("dmy")
            elif second > 12 >= first:
                orders.add("mdy")
            elif found["sep"] == "." and first != second:
                orders.add("dmy")
    return orders.pop() if len(orders) == 1 else None


def in_full(text: str) -> str:
    """`text`, which begins with a date such as 2/29/24 or 29-Feb-24, with the century that spreadsheets take."""
    return _TWO_DIGITS.sub(lambda found: f"{found[1]}{'19' if found[3] > '68' else '20'}{found[3]}", text.strip())


def is_ambiguous(text: str) -> bool:
    """Whether day and month of a date in `text` could change places."""
    found = _NUMERIC.search(text)
    return bool(found and int(found["a"]) != int(found["b"]) and int(found["a"]) <= 12 and int(found["b"]) <= 12)


def month_named(word: str) -> int | None:
    """The month that `word` names in one of a dozen languages, abbreviated or not."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))
    plain = unicodedata.normalize("NFC", plain)
    for length in range(min(len(plain), 6), 2, -1):
        if month := _MONTHS.get(plain[:length]):
            return month
    return None


def _date_in(text: str, order: Order | None) -> tuple[date, int, int] | None:
    for pattern in (_ISO, _CJK):
        if found := pattern.search(text):
            return _placed(found, found["y"], found["m"], found["d"])
    if found := _NUMERIC.search(text):
        first, second = found["a"], found["b"]
        if order is None:
            order = day_order([found[0]])
            if order is None and first != second:
                return None
        month, day = (second, first) if order == "dmy" else (first, second)
        return _placed(found, found["y"], month, day)
    for pattern in _NAMED:
        for found in pattern.finditer(text):
            if month_number := month_named(found["name"]):
                return _placed(found, found["y"], month_number, found["d"])
    if found := _COMPACT.search(text):
        return _placed(found, found["y"], found["m"], found["d"])
    return None


def _placed(found: re.Match[str], year: str, month: str | int, day: str) -> tuple[date, int, int] | None:
    try:
        return date(int(year), int(month), int(day)), found.start(), found.end()
    except ValueError:
        return None


def _time_in(text: str) -> tuple[time | None, timedelta | None, str]:
    """Time, offset from UTC, and what else there is."""
    found = _TIME.search(text)
    if found is None:
        return None, None, text
    hour, minute, second = int(found["h"]), int(found["m"] or 0), min(int(found["s"] or 0), 59)
    half = (found["ap"] or "").casefold()[:1] or _HALVES.get(found["pre"] or "", "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return None, None, text
    rest = text[found.end() :]
    offset = None
    if zone := _OFFSET.match(rest):
        rest = rest[zone.end() :]
        ahead = timedelta(
            hours=int(zone["h"] or zone["hours"] or 0), minutes=int(zone["m"] or zone["minutes"] or 0)
        )
        offset = ahead if (zone["sign"] or zone["way"]) in (None, "+") else -ahead
    return time(hour, minute, second), offset, f"{text[: found.start()]} {rest}"


def _says_nothing_more(rest: str) -> bool:
    for word in re.split(r"[\s,;·|()\[\]–—-]+", rest):
        plain = word.strip(".:'*").casefold()
        if not plain or plain in _FILLERS or _ABBREVIATION.match(word):
            continue
        bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
        if any(bare.startswith(weekday) for weekday in _WEEKDAYS) and len(bare) <= 14:
            continue
        if re.fullmatch(r"[月火水木金土日]曜?日?|(星期|週|周)[一二三四五六日天]|[월화수목금토일]요일", plain):
            continue
        return False
    return True
