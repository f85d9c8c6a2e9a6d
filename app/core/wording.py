"""Hints for the wording of objectives and key results. They are questions: nothing is refused for them.

English words only; numbers and dates are also found in other languages. The checks follow what writers on OKRs
agree on (J. Doerr, Measure What Matters, 2018; C. Wodtke, Radical Focus, 2016): an outcome, not an output; from
where to where; for whom; by when.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from app.core.days import MONTHS

Subject = Literal["objective", "key_result"]
Kind = Literal["output", "number", "baseline", "beneficiary", "date"]

OUTPUT_VERBS: Final = (
    "build", "code", "complete", "conduct", "create", "define", "deliver", "deploy", "design",
    "develop", "document", "draft", "execute", "finalize", "finalise", "finish", "implement", "install",
    "integrate", "introduce", "kick off", "launch", "migrate", "organize", "organise", "prepare",
    "produce", "publish", "redesign", "refactor", "release", "rewrite", "roll out", "run", "set up",
    "ship", "write",
)  # fmt: skip
"""Verbs of doing. The user may keep a list of their own."""

SENTENCES: Final[dict[Kind, str]] = {
    "output": "“{word}” says what you will do. What will be different for someone when it works?",
    "number": "There is no number yet. How would you see that it worked?",
    "baseline": "Where does it stand today? A baseline shows how long the way is.",
    "beneficiary": "For whom does it get better?",
    "date": "By when?",
}

FEWEST_WORDS: Final = 3
"""Below them somebody is still typing."""

LONGEST: Final = 2000
"""Characters that are looked at; a wording is over long before."""

BLANK: Final = "__"


@dataclass(frozen=True, slots=True)
class Hint:
    """A question about a wording.

    Attributes:
        start, length: The words that it is about; length 0 when it is about what is missing.
    """

    kind: Kind
    sentence: str
    start: int = 0
    length: int = 0


def hints(
    text: str, subject: Subject, *, known: Collection[Kind] = (), output_verbs: Collection[str] = OUTPUT_VERBS
) -> list[Hint]:
    """What could be said more clearly, at most one hint of a kind; none for less than three words.

    An objective is asked for its outcome and for whom; its numbers are the key results, its date the period.

    Args:
        known: What other fields of the form say already, so that it need not be in the text.
    """
    text = text[:LONGEST]
    if len(text.split()) < FEWEST_WORDS:
        return []
    found: list[Hint] = []
    if output := _output(text, tuple(output_verbs)):
        found.append(output)
    missing: dict[Kind, bool] = {"beneficiary": not _WHO.search(text)}
    if subject == "key_result":
        numbers = _numbers(text)
        missing |= {
            "number": not numbers,
            "baseline": bool(numbers) and len(numbers) < 2 and not _FROM.search(text),
            "date": not _DATE.search(text),
        }
    wanted: tuple[Kind, ...] = ("number", "baseline", "beneficiary", "date")
    found += [Hint(kind, SENTENCES[kind]) for kind in wanted if missing.get(kind) and kind not in known]
    return found


def rewritten(what: str = "", *, baseline: str = "", target: str = "", whom: str = "", by: str = "") -> str:
    """The frame "what: from … to … for … by …" with what is known filled in and blanks for the rest."""
    said = [part.strip() or BLANK for part in (baseline, target, whom, by)]
    frame = "from {} to {} for {} by {}".format(*said)
    return f"{what.strip()}: {frame}" if what.strip() else frame[0].upper() + frame[1:]


# ---------------------------------------------------------------- what a text says

_MONTH: Final = "(?:" + "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + "|sept)"
_DATE: Final = re.compile(
    rf"""\b(?:
        \d{{4}}-\d{{2}}(?:-\d{{2}})? | \d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}} | \d{{1,2}}\.\d{{1,2}}\.(?=\W|$)
        | [qh][1-4](?:[ /-]?\d{{2,4}})? | fy\ ?\d{{2,4}} | (?:19|20)\d{{2}}
        | \d{{1,2}}(?:st|nd|rd|th|\.)?(?:\ of)?\ {_MONTH}(?:,?\ \d{{4}})?
        | {_MONTH}\ \d{{1,4}}(?:st|nd|rd|th)?(?:,?\ \d{{4}})?
        | (?:by|until|before|in|this|next|end\ of|mid|early|late)[\ -]
          (?:the\ )?(?:end\ of\ )?(?:the\ |this\ |next\ )?
          (?:{_MONTH}|spring|summer|autumn|fall|winter|week|month|quarter|half|year|christmas
             |monday|tuesday|wednesday|thursday|friday)
        | (?:within|in)\ (?:\d+|an?|one|two|three|four|five|six|nine|twelve)\ (?:day|week|month|quarter|year)s?
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
_DIGITS: Final = (
    r"(?<![\w.,-])[-−+]?[€$£¥]?\d(?:[\d.,\u00a0\u202f]*\d)?(?:\s?[%‰€$£¥]|[kmbx×](?!\w)|(?!\w|-[a-z]))"
)
_NUMBER_WORDS: Final = (
    r"\b(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred"
    r"|thousand|million|billion|half|third|quarter of|doubled?|tripled?|twice|percent|per cent|all|every"
    r"|none|no one|nobody)\b"
)
_NUMBER: Final = re.compile(rf"{_DIGITS}|{_NUMBER_WORDS}", re.IGNORECASE)
_FROM: Final = re.compile(
    r"\bfrom\b|→|->|\b(?:today|currently|instead of|rather than|baseline|as of now|doubled?|tripled?|twice"
    r"|hal(?:f|ved?))\b",
    re.IGNORECASE,
)
_PEOPLE: Final = (
    "account", "admin", "analyst", "applicant", "audience", "buyer", "caller", "candidate", "citizen",
    "client", "colleague", "company", "companies", "consumer", "creator", "customer", "designer",
    "developer", "doctor", "driver", "employee", "engineer", "family", "families", "founder", "guest",
    "host", "learner", "maintainer", "manager", "marketer", "member", "merchant", "nurse", "operator",
    "organisation", "organization", "owner", "parent", "partner", "patient", "people", "person",
    "player", "prospect", "reader", "rep", "researcher", "seller", "shopper", "sponsor", "squad",
    "stakeholder", "student", "subscriber", "support agent", "supplier", "teacher", "team", "tenant",
    "trialist", "user", "visitor", "volunteer", "women", "men", "children",
)  # fmt: skip
_WHO: Final = re.compile(
    rf"\b(?:{'|'.join(_PEOPLE)})(?:s|'s|’s)?\b|\bwho\b|\b(?:me|us|my|our)\b"
    r"|\bfor (?!\d|good\b|ever\b)"
    r"(?!(?:the |an? |this |next )?(?:first|last|day|week|month|quarter|half|year|time)\b)\w",
    re.IGNORECASE,
)


def _numbers(text: str) -> list[str]:
    """What counts something in `text`: not the numbers of its dates, nor those in names as D7 or B2B."""
    return _NUMBER.findall(_DATE.sub(" ", text))


def _output(text: str, verbs: tuple[str, ...]) -> Hint | None:
    """The verb of doing at the head of `text` or of what follows an "and"."""
    pattern = _heads(verbs)
    match = pattern.search(text) if pattern else None
    if match is None:
        return None
    word = match["verb"]
    return Hint("output", SENTENCES["output"].format(word=word), match.start("verb"), len(word))


@lru_cache(maxsize=8)
def _heads(verbs: tuple[str, ...]) -> re.Pattern[str] | None:
    forms = sorted({form for verb in verbs for form in _forms(verb.strip().casefold())}, key=len, reverse=True)
    if not forms:
        return None
    lead = r"(?:^\W*|[.;:]\s+|\n\W*|,\s+|\b(?:and|then|&)\s+)(?:(?:we|i)\s+)?(?:(?:will|want to|to)\s+)?"
    return re.compile(rf"{lead}(?P<verb>{'|'.join(map(re.escape, forms))})\b", re.IGNORECASE)


def _forms(verb: str) -> Iterable[str]:
    """A regular verb with its endings: ship, ships, shipped, shipping; of "roll out" the first word bends."""
    if not verb:
        return
    stem, space, rest = verb.partition(" ")
    yield verb
    soft = stem.removesuffix("e")
    doubled = stem + stem[-1] if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", stem) else stem
    bent = [stem + "s", stem + "es" if re.search("(?:s|x|z|ch|sh)$", stem) else stem + "s"]
    bent += [soft + "ed", soft + "ing"] if soft != stem else [doubled + "ed", doubled + "ing"]
    for form in bent:
        yield form + space + rest
