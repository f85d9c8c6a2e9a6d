"""Today, alive: the day's page saves itself, and what needs attention stands beside it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core import clock, items, journal, kinds, objectives, prompts, roadmap, todos
from app.core.first import FirstPage
from app.core.model import Batch, Entry, KeyResult, Objective, Setting, Step
from app.core.rows import EntryRow
from app.core.settings import Settings, change_settings, settings
from app.core.store import Store
from app.core.writing import Writing
from app.ui.filing import Filing
from app.ui.kit.actions import action
from app.ui.kit.asking import AskDialog
from app.ui.kit.editor.findbar import FindBar
from app.ui.kit.editor.menu import comfort_menu, format_menu
from app.ui.kit.lead import tab_as_laid_out
from app.ui.kit.watch import watch
from app.ui.taghint import TagHint
from app.ui.templates import Templates
from app.ui.today.cards import DemoCard, ObjectivesCard, WelcomeCard
from app.ui.today.reminders import BoxesCard, DueCard, EarlierCard, FocusCard, PromptCard, ProofCard
from app.ui.today.view import TodayView
from app.ui.writing import WritingAids

NEWEST = 40


class TodayPage(QWidget):
    """The first page of the window."""

    announced = Signal(str, object)
    item_requested = Signal(int)
    search_requested = Signal(str)
    import_requested = Signal()
    import_folder_requested = Signal()
    demo_requested = Signal()
    demo_removal_requested = Signal()

    def __init__(self, store: Store, parent: QWidget | None = None, *, view: TodayView | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.view = view or TodayView(FirstPage(self._today()), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.view.show()
        self.setFocusProxy(self.view)
        self.view.autosaver.failed.connect(self._tell)
        self.view.editor.refused.connect(self._refuse)
        self.view.newest.activated.connect(self._open)
        self.view.newest.clicked.connect(self._open)
        self.aids = WritingAids(store, self.view.editor, self)
        self.aids.item_wanted.connect(self.item_requested)
        self.aids.search_wanted.connect(self.search_requested)
        self.aids.announced.connect(self.announced)
        self.find_bar = FindBar(self.view.editor)
        self.view.show_find(self.find_bar)
        self._writing = self._writing_of(self.view.page)
        self.view.autosaver.set_save(self._save)
        self.filing = Filing(store, self.view.editor, self.view.autosaver, lambda: self._writing, self)
        self.filing.failed.connect(self._refuse)
        self.filing.taken_off.connect(self.announced)
        self.templates = Templates(
            store, self.view.editor, self.view.autosaver, lambda: self._writing, self._save, self
        )
        self.view.show_files(self.filing.bar)
        self.tag_hint = TagHint(store, self.view.editor)
        self.tag_hint.begin(self.view.page[2] if self.view.page else "")
        self.view.show_hint(self.tag_hint)
        self.filing.follow()
        self._midnight = QTimer(self, interval=30_000)
        self._midnight.timeout.connect(self._turn_page)
        self._midnight.start()
        self.welcome = WelcomeCard(
            self.demo_requested.emit, self.import_requested.emit, self.import_folder_requested.emit
        )
        self.demo = DemoCard(self.demo_removal_requested.emit)
        self.objectives = ObjectivesCard()
        self.objectives.item_chosen.connect(self.item_requested)
        self.prompt, self.due, self.boxes, self.earlier = PromptCard(), DueCard(), BoxesCard(), EarlierCard()
        self.prompt.another_wanted.connect(self._ask_another)
        self.prompt.off_wanted.connect(self._ask_no_more)
        self.focus, self.proofs = FocusCard(), ProofCard()
        self.proofs.proof_wanted.connect(self._ask_proof)
        self.boxes.settled.connect(self._settle)
        for card in (self.due, self.boxes, self.earlier, self.focus):
            card.item_chosen.connect(self.item_requested)
        self._another = 0
        self._looked_back: object = None
        cards = (
            self.welcome, self.prompt, self.demo, self.focus, self.objectives, self.due, self.boxes, self.proofs,
            self.earlier,
        )  # fmt: skip
        for place, made in enumerate(cards):
            self.view.side.insertWidget(place, made)
        watch(self, store, [Entry, Objective, KeyResult, Step, Batch, Setting], self._refresh)
        action(self, self.tr("Write on today's page"), slot=lambda: self.view.editor.setFocus(), icon="pencil")
        attach = self.tr("Attach files…")
        action(self, attach, slot=self.filing.choose, shortcut="Ctrl+Shift+A", icon="paperclip")
        begin = self.tr("Begin with a template…")
        action(self, begin, slot=self.templates.offer, shortcut="Ctrl+Shift+M", icon="clipboard-check")
        action(self, self.tr("Templates…"), slot=self.templates.edit, icon="pencil")
        for menu in (format_menu(self.view.editor, self), comfort_menu(self.view.editor, self)):
            self.addAction(menu.menuAction())
        self._refresh()
        if view is None:
            self._show_page()
        else:
            self._turn_page()

    def open_item(self, item_id: int) -> None:
        """Today shows no single item."""

    def flush(self) -> bool:
        """Save what is typed; whether all of it is committed."""
        return self.view.autosaver.flush()

    def _save(self, text: str) -> None:
        self._writing.save(text)
        self.tag_hint.look(text)

    def _writing_of(self, page: tuple[int, int, str] | None) -> Writing:
        entry = page[:2] if page else None
        return Writing(self._store, self.view.day, entry=entry, now=clock.now, zone=clock.zone)

    def _refresh(self) -> None:
        with self._store.read() as session:
            ids = journal.timeline_ids(session, limit=NEWEST)
            rows = journal.entry_rows(session, ids)
            has_demo = items.standing_batch(session, "demo") is not None
            under_way = objectives.objective_board(session, today=self.view.day)
            due = kinds.due_for_verdict(session, self.view.day)
            boxes = todos.open_boxes(session, self.view.day)
            focus = roadmap.in_focus(session, today=self.view.day)
            proofs = roadmap.proofs_due(session, today=self.view.day)
            before = journal.on_this_day(session, self.view.day)
            chosen = settings(session)
        self.focus.show_rows(focus)
        self.proofs.show_rows(proofs)
        self.due.show_rows(due)
        self.boxes.show_rows(boxes, self.view.day)
        self._ask(chosen)
        self._look_back(before)
        self.view.model.show(ids, rows)
        self.view.show_emptiness(not ids)
        self.welcome.setVisible(not ids and not under_way)
        self.demo.setVisible(has_demo)
        self.objectives.show_rows([row for row in under_way if row.days_left is not None and row.days_left >= 0])
        tab_as_laid_out(self.view.side)
        if not self.view.autosaver.has_unsaved:
            self._follow_the_journal()
            self.filing.follow()

    def _ask(self, chosen: Settings) -> None:
        self.view.show_asking(asks=chosen.prompts)
        pool = prompts.asked(prompts.packs(chosen)) if chosen.prompts else ()
        self.prompt.ask(prompts.prompt_of(pool, self.view.day, another=self._another, moved=prompts.turns(chosen)))

    def _ask_another(self) -> None:
        self._another += 1
        with self._store.read() as session:
            chosen = settings(session)
        self._ask(chosen)

    def _ask_no_more(self) -> None:
        if self.prompt.off.hasFocus():  # which goes
            self.view.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        with self._store.write() as session:
            change_settings(session, prompts=False)
        self.announced.emit(self.tr("Today asks no more questions. Settings bring them back."), self._ask_again)

    def _ask_again(self) -> None:
        with self._store.write() as session:
            change_settings(session, prompts=True)

    def _look_back(self, found: list[tuple[date, EntryRow]]) -> None:
        """Show what was written on this day in other years; what is shown already keeps its keyboard."""
        shown = [(then, row.id, row.title, row.kind) for then, row in found], self.view.day
        if self._looked_back != shown:
            self._looked_back = shown
            self.earlier.show_rows(found, self.view.day)

    def _ask_proof(self, step_id: int, title: str) -> None:
        question = self.tr("What is different because of it?")
        hint = self.tr("A dash says: nothing.")
        dialog = AskDialog(self, self.tr("What proves it?"), title, question, hint=hint)
        dialog.answered.connect(lambda said: self._prove(step_id, said))
        dialog.open()

    def _prove(self, step_id: int, said: str) -> None:
        def prove(proof: str) -> None:
            with self._store.write() as session:
                roadmap.prove_step(session, step_id, proof, now=clock.now())

        prove(said)
        self.announced.emit(self.tr("Noted what proves it."), lambda: prove(""))

    def _settle(self, box: todos.OpenBox, fate: todos.Fate) -> None:
        if fate == "moved":
            self.view.editor.append_line(f"- [ ] {box.text}")
            if not self.view.autosaver.flush():
                return
        with self._store.write() as session:
            before = todos.settle(session, box, fate, now=clock.now())
        said = {
            "done": self.tr("Done: {what}"),
            "moved": self.tr("On today’s page: {what}"),
            "dropped": self.tr("Dropped: {what}"),
        }[fate]
        self.announced.emit(said.format(what=box.text), lambda: self._unsettle(box, before))

    def _unsettle(self, box: todos.OpenBox, before: str) -> None:
        with self._store.write() as session:
            held = journal.entry(session, box.entry_id)
            if held is not None:
                journal.edit_text(session, box.entry_id, before, rev=held.rev, now=clock.now())

    def _follow_the_journal(self) -> None:
        """Take up what another window, the command line or an undo made of today's page."""
        with self._store.read() as session:
            page_id = journal.page_of(session, self.view.day)
            entry = journal.entry(session, page_id) if page_id else None
        if (entry.id if entry else None, entry.rev if entry else 0) == (self._writing.id, self._writing.rev):
            return
        self._show(entry)

    def _show_page(self) -> None:
        with self._store.read() as session:
            page_id = journal.page_of(session, self.view.day)
            entry = journal.entry(session, page_id) if page_id else None
        self._show(entry)

    def _show(self, entry: journal.OpenEntry | None) -> None:
        writing = self._writing_of((entry.id, entry.rev, entry.text) if entry else None)
        if self.view.autosaver.bind(entry.text if entry else "", self._save):
            self._writing = writing
            self.filing.follow()
            self.tag_hint.begin(entry.text if entry else "")

    def _turn_page(self) -> None:
        """When the day turns, yesterday's page is saved and a fresh one opened, but never under a typist."""
        today = self._today()
        if today != self.view.day and not self.view.autosaver.has_unsaved and self.view.autosaver.flush():
            self.view.show_day(today)
            self._show_page()
            self._refresh()

    def _today(self) -> date:
        with self._store.read() as session:
            return journal.today(session, clock.now(), clock.zone())

    def _open(self, index: QModelIndex) -> None:
        self.item_requested.emit(self.view.model.ids[index.row()])

    def _tell(self, error: Exception) -> None:
        self.announced.emit(str(error), None)

    def _refuse(self, sentence: str) -> None:
        self.announced.emit(sentence, None)
