"""What the skills page asks and writes: ratings, evidence, the model as a whole, ladders, and roles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.core import clock, items, skills
from app.core.store import Store
from app.ui.kit.actions import action
from app.ui.skills.detail import SkillDetail
from app.ui.skills.editing import SkillDialog
from app.ui.skills.ladder import Ladders
from app.ui.skills.mapping import PartDialog, depth_texts
from app.ui.skills.model import ModelDialog
from app.ui.skills.pieces import EvidenceDialog
from app.ui.skills.role import RoleDialog


class Asking(QObject):
    """Opens dialogs over `page` and keeps what they and its sheets say; `announced` as the page's.

    The page hands its boards over whenever they are read anew.
    """

    announced = Signal(str, object)

    def __init__(self, page: QWidget, store: Store, today: date) -> None:
        super().__init__(page)
        self._page, self._store, self._today = page, store, today
        self.board, self.parts = skills.Board((), None), skills.Board((), None)
        self.ladders = Ladders(page, store)
        self.ladders.announced.connect(self.announced)
        self.model_actions = (
            action(page, self.tr("Import a ladder…"), slot=self.ladders.choose, icon="import"),
            action(page, self.tr("Areas and skills…"), slot=self.arrange, icon="list-ordered"),
        )
        action(page, self.tr("New part of my product…"), slot=self.add_part, icon="git-branch")
        action(page, self.tr("New role from a job description…"), slot=self.add_role, icon="briefcase")
        action(page, self.tr("What the target role asks…"), slot=self.edit_role, icon="sliders-horizontal")

    def show_boards(self, board: skills.Board, parts: skills.Board) -> None:
        """Take over what was read anew."""
        self.board, self.parts = board, parts

    def row_of(self, skill_id: int) -> skills.SkillRow | None:
        """A skill of the model in use or a part; None when it is neither."""
        return next((row for row in (*self.board.skills, *self.parts.skills) if row.id == skill_id), None)

    def follow(self, detail: SkillDetail) -> None:
        """Do what the sheet of a skill asks for."""
        detail.checklist.ticked.connect(self.tick)
        detail.checklist.added.connect(self.add_check)
        detail.edit_requested.connect(self.edit)
        detail.evidence_requested.connect(self.link_evidence)
        detail.unproved.connect(self.unprove)

    def say(self, told: str) -> None:
        """Announce what needs no Undo."""
        self.announced.emit(told, None)

    def add_skill(self, area_id: int | None, *, then: Callable[[int], None]) -> None:
        """Ask for a skill, in an area that is made where there is none yet; `then` gets its id."""
        areas = self.board.areas
        start = area_id if area_id is not None else areas[0].id if areas else 0

        def keep(draft: skills.SkillDraft) -> None:
            with self._store.write() as session:
                if not areas:
                    skills.arrange(session, [skills.PlacedArea(None, self.tr("Skills"))], now=clock.now())
                    first = skills.arrangement(session)[0].id
                    draft = replace(draft, area_id=first or 0)
                made = skills.add_skill(session, draft, now=clock.now()).id
            then(made)

        SkillDialog(self._page, areas, skills.SkillDraft("", start), keep).open()

    def keep_rating(self, draft: skills.RatingDraft, *, told: bool) -> None:
        """Write a rating; `told` says so, with an Undo."""
        with self._store.write() as session:
            rating = skills.rate(session, draft, today=self._today, now=clock.now(), zone=clock.zone().key).id
        if told:
            self.announced.emit(self.tr("Rating saved."), lambda: self._take_back(rating))

    def choose_role(self, role_id: int | None) -> None:
        """Compare with this role, or with none."""
        with self._store.write() as session:
            skills.set_target_role(session, role_id)

    def choose_target_day(self, day: date | None) -> None:
        """Want to be what the role asks by this day, or by none."""
        with self._store.write() as session:
            skills.set_target_day(session, day)

    def link_evidence(self, skill_id: int) -> None:
        """Ask which entries prove the skill."""

        def keep(pieces: tuple[int, ...]) -> None:
            with self._store.write() as session:
                skills.prove(session, pieces, skill_id, now=clock.now())

        title = self._skill(skill_id).title
        EvidenceDialog(self._page, self._store, skill_id, title, self._today, keep).open()

    def unprove(self, piece: int, skill_id: int) -> None:
        """Take an entry away from what proves the skill."""
        with self._store.write() as session:
            skills.unprove(session, piece, skill_id)

        def put_back() -> None:
            with self._store.write() as session:
                skills.prove(session, [piece], skill_id, now=clock.now())

        self.announced.emit(self.tr("It no longer proves this skill."), put_back)

    def arrange(self) -> None:
        """Show the whole model, to be renamed, moved and hidden."""
        with self._store.read() as session:
            areas = skills.arrangement(session)

        def keep(wanted: list[skills.PlacedArea]) -> None:
            with self._store.write() as session:
                skills.arrange(session, wanted, now=clock.now())

        ModelDialog(self._page, areas, keep).open()

    def add_role(self) -> None:
        """Ask for a role of one's own, and make it the target."""

        def keep(draft: skills.RoleDraft) -> None:
            with self._store.write() as session:
                role = skills.keep_role(session, draft, now=clock.now())
                skills.set_target_role(session, role)

        RoleDialog(self._page, self.board.areas, skills.RoleDraft(), keep).open()

    def add_part(self) -> None:
        """Ask for a part of one's product."""

        def keep(name: str) -> None:
            area = self.tr("How my product is built")
            with self._store.write() as session:
                part = skills.add_part(session, name, depth_texts(), area=area, now=clock.now())
            self.announced.emit(self.tr("It is on the technical map."), lambda: self._take_back(part))

        PartDialog(self._page, keep).open()

    def edit(self, skill_id: int) -> None:
        """Show a skill's words, to be changed."""
        with self._store.read() as session:
            draft, rev = skills.skill_draft(session, skill_id)

        def keep(changed: skills.SkillDraft) -> None:
            with self._store.write() as session:
                skills.edit_skill(session, skill_id, changed, rev=rev, now=clock.now())

        away = lambda _=False: self._archive(skill_id)  # noqa: E731
        areas = (*self.board.areas, *self.parts.areas)
        SkillDialog(self._page, areas, draft, keep, archive=away).open()

    def _archive(self, skill_id: int, *, archived: bool = True) -> None:
        with self._store.write() as session:
            skills.archive_skill(session, skill_id, archived=archived, now=clock.now())
        if archived:
            said = self.tr("Taken off the page; its ratings are kept.")
            self.announced.emit(said, lambda: self._archive(skill_id, archived=False))

    def tick(self, skill_id: int, place: int, done: bool) -> None:
        """Tick a line of a skill's checklist, or take the tick back."""
        with self._store.write() as session:
            skills.tick(session, skill_id, place, done=done, now=clock.now())

    def add_check(self, skill_id: int, said: str) -> None:
        """One more line for a skill's checklist."""
        with self._store.write() as session:
            skills.add_check(session, skill_id, said, now=clock.now())

    def edit_role(self) -> None:
        """Show what the target role asks, to be changed."""
        if self.board.role is None:
            self.announced.emit(self.tr("Choose a target role first."), None)
            return
        role_id = self.board.role.id
        with self._store.read() as session:
            draft, rev = skills.role_draft(session, role_id)

        def keep(changed: skills.RoleDraft) -> None:
            with self._store.write() as session:
                skills.keep_role(session, changed, role_id=role_id, rev=rev, now=clock.now())

        RoleDialog(self._page, self.board.areas, draft, keep).open()

    def _skill(self, skill_id: int) -> skills.SkillRow:
        found = self.row_of(skill_id)
        assert found is not None
        return found

    def _take_back(self, item_id: int) -> None:
        with self._store.write() as session:
            items.trash(session, [item_id], now=clock.now())
