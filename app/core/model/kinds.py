"""Kinds of entry that carry more than a text; what they say beside it is blank or None until it is said."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model.entries import Entry


class Win(Entry):
    """What changed, for whom, from what to what, and whose work it was."""

    __tablename__ = "win"

    id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    change: Mapped[str] = mapped_column(default="")
    for_whom: Mapped[str] = mapped_column(default="")
    before: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")
    my_part: Mapped[str] = mapped_column(default="")
    helped_by: Mapped[str] = mapped_column(default="")

    __mapper_args__ = {"polymorphic_identity": "win"}


class Launch(Entry):
    """What shipped and what it should do; later the verdict: `moved`, `did_not`, `cannot_tell`.

    Attributes:
        know_on: The day on which its effect will be known. judged_on: the day of the verdict.
    """

    __tablename__ = "launch"

    id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    shipped: Mapped[str] = mapped_column(default="")
    expected: Mapped[str] = mapped_column(default="")
    know_on: Mapped[date | None]
    verdict: Mapped[str | None]
    verdict_note: Mapped[str] = mapped_column(default="")
    judged_on: Mapped[date | None]

    __mapper_args__ = {"polymorphic_identity": "launch"}


class Decision(Entry):
    """What was chosen among what, and what is expected of it; later the verdict.

    Attributes:
        probability: How likely the expected result is, 0 to 100 percent.
        verdict: `came_true`, `did_not`, `cannot_tell`, None until judged.
    """

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    choice: Mapped[str] = mapped_column(default="")
    options: Mapped[str] = mapped_column(default="")
    expected: Mapped[str] = mapped_column(default="")
    probability: Mapped[int | None]
    review_on: Mapped[date | None]
    verdict: Mapped[str | None]
    verdict_note: Mapped[str] = mapped_column(default="")
    judged_on: Mapped[date | None]

    __mapper_args__ = {"polymorphic_identity": "decision"}


class Conversation(Entry):
    """A talk with a person: what it was about, what they advised, who promised what.

    Attributes:
        advice_state: `tried`, `not_for_me`, or "" while it is open. advice_result: what came of it.
        mine_state, theirs_state: What became of the promises: `kept`, `dropped`, or "" while they are open.
    """

    __tablename__ = "conversation"

    id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    agenda: Mapped[str] = mapped_column(default="")
    advice: Mapped[str] = mapped_column(default="")
    promised_by_me: Mapped[str] = mapped_column(default="")
    promised_to_me: Mapped[str] = mapped_column(default="")
    advice_state: Mapped[str] = mapped_column(default="")
    advice_result: Mapped[str] = mapped_column(default="")
    mine_state: Mapped[str] = mapped_column(default="")
    theirs_state: Mapped[str] = mapped_column(default="")

    __mapper_args__ = {"polymorphic_identity": "conversation", "inherit_condition": id == Entry.id}


class Insight(Entry):
    """Something learned about customers, the market, the competition or one's product; it ages.

    Attributes:
        shelf: `customers`, `market`, `competition`, `product`, "" when not said.
        source: `interview`, `data`, `experiment`, `observation`, `support`, `sales`, `report`, `hearsay` or "".
        half_life_days: After this many days it is worth half.
    """

    __tablename__ = "insight"

    id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    shelf: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    half_life_days: Mapped[int | None]
    so_what: Mapped[str] = mapped_column(default="")

    __mapper_args__ = {"polymorphic_identity": "insight"}


class Telling(Entry):
    """Strategy told to someone, and what they said back."""

    __tablename__ = "telling"

    id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    to_whom: Mapped[str] = mapped_column(default="")
    told: Mapped[str] = mapped_column(default="")
    said_back: Mapped[str] = mapped_column(default="")

    __mapper_args__ = {"polymorphic_identity": "telling"}


class Learning(Entry):
    """What was learned from what, and what is done differently now."""

    __tablename__ = "learning"

    id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    learned: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    differently: Mapped[str] = mapped_column(default="")

    __mapper_args__ = {"polymorphic_identity": "learning"}
