"""The roles one held: where, for which product, with what scope and level; the past of the roadmap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from app.core import items
from app.core.errors import FieldError, UserError
from app.core.model import Post
from app.core.words import normal_text

LONGEST: Final = 300
Problems = dict[str, str]

_POSTS: Final = """
    SELECT item.id, item.rev, item.title, post.employer, post.product, item.text, post.level, post.first, post.last
    FROM post CROSS JOIN item ON item.id = post.id
    WHERE item.deleted_at IS NULL ORDER BY post.first DESC, item.id DESC
"""


@dataclass(frozen=True, slots=True)
class PostDraft:
    """A role as its form holds it; without a `last` day it is held still."""

    title: str = ""
    employer: str = ""
    product: str = ""
    scope: str = ""
    level: str = ""
    first: date | None = None
    last: date | None = None

    def problems(self) -> Problems:
        """What keeps it from being saved."""
        found: Problems = {}
        if not self.title.strip():
            found["title"] = "Say which role it was, such as “Product manager”."
        for name in ("title", "employer", "product", "level"):
            if len(getattr(self, name)) > LONGEST:
                found[name] = f"This is longer than {LONGEST} characters."
        if self.first is None:
            found["first"] = "Say when it began."
        elif self.last is not None and self.last < self.first:
            found["last"] = "It cannot end before it begins."
        return found


@dataclass(frozen=True, slots=True)
class PostRow:
    """A role that was held."""

    id: int
    rev: int
    draft: PostDraft


def posts(session: Session) -> list[PostRow]:
    """Every living one, the newest first. One statement."""
    made = []
    for row in session.connection().exec_driver_sql(_POSTS):
        item_id, rev, title, employer, product, scope, level, first, last = row
        ends = date.fromisoformat(last) if last else None
        draft = PostDraft(title, employer, product, scope, level, date.fromisoformat(first), ends)
        made.append(PostRow(item_id, rev, draft))
    return made


def add_post(session: Session, draft: PostDraft, *, now: datetime) -> Post:
    """Write down a role that was held.

    Raises:
        FieldError: the draft is not sound.
    """
    _refuse(draft)
    made = Post(title="")
    _fill(made, draft)
    return items.add_item(session, made, now=now)


def edit_post(session: Session, post_id: int, draft: PostDraft, *, rev: int, now: datetime) -> int:
    """Change a role last seen at `rev`; returns the new one. What its scope said before is kept as a version.

    Raises:
        FieldError: the draft is not sound. ChangedMeanwhile: see `items.living`.
    """
    _refuse(draft)
    post = items.living(session, post_id, rev=rev)
    if not isinstance(post, Post):
        raise UserError("This is not a role that was held.")
    if post.text.strip() and post.text != draft.scope:
        items.keep_version(session, post, now=now, new_text=draft.scope)
    _fill(post, draft)
    post.changed_at = now
    session.flush()
    return post.rev


def _refuse(draft: PostDraft) -> None:
    for name, sentence in draft.problems().items():
        raise FieldError(name, sentence)


def _fill(post: Post, draft: PostDraft) -> None:
    assert draft.first is not None
    post.title = " ".join(normal_text(draft.title).split())
    post.text = normal_text(draft.scope)
    post.employer, post.product, post.level = (
        " ".join(normal_text(text).split()) for text in (draft.employer, draft.product, draft.level)
    )
    post.facts = "\n".join(part for part in ("", post.employer, post.product, post.level) if part)
    post.first, post.last = draft.first, draft.last
