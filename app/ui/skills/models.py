"""Which competency model the page shows: a menu to switch, add, rename, put away and throw away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from app.core import clock, skills
from app.core.errors import FieldError
from app.core.skills import ModelRow
from app.core.store import Store
from app.ui.kit import icons, theme
from app.ui.kit.actions import action
from app.ui.kit.forms import Dialog, Form
from app.ui.kit.numbers import counted

LONGEST = 80
WIDEST = 196


class NameDialog(Dialog):
    """Asks for a name; `keep` may refuse it."""

    def __init__(self, parent: QWidget, title: str, primary: str, name: str, keep: Callable[[str], None]) -> None:
        super().__init__(parent, title, primary)
        self._keep = keep
        self.form = Form()
        self.name = QLineEdit(name)
        self.name.setMaxLength(LONGEST)
        self.form.add("title", self.tr("Name"), self.name)
        self.body.addWidget(self.form)
        self.name.selectAll()
        self.name.setFocus()

    def save(self) -> bool:
        try:
            self._keep(self.name.text())
        except FieldError as error:
            return self.form.show_errors({"title": str(error)})
        return True


class Models(QObject):
    """The button that names the model in use, and its menu. `announced` as the page's.

    Ratings and evidence hang on skills, so each model keeps its own; roles and the target role do, too.
    """

    announced = Signal(str, object)

    def __init__(self, page: QWidget, store: Store) -> None:
        super().__init__(page)
        self._page, self._store = page, store
        self._current: ModelRow | None = None
        self.button = QPushButton()
        self.button.setProperty("role", "heading")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setMaximumWidth(theme.px(WIDEST))
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self.choices: list[QAction] = []
        action(page, self.tr("Choose a competency model…"), slot=self.rise, shortcut="Alt+M", icon="radar")
        self._acts = (
            action(page, self.tr("New empty model…"), slot=self.add, icon="plus"),
            action(page, self.tr("Rename this model…"), slot=self.rename, icon="pencil"),
            action(page, self.tr("Archive this model"), slot=self.archive, icon="archive"),
            action(page, self.tr("Move this model to the Trash"), slot=self.trash, icon="trash-2"),
        )

    def show_models(self, rows: Sequence[ModelRow], current: ModelRow | None, others: Sequence[QAction]) -> None:
        """Show what can be chosen; `others` stand below."""
        self._current = current
        name = current.title if current else self.tr("Skills")
        room = theme.px(WIDEST) - 38
        shown = QFontMetrics(theme.font("section")).elidedText(name, Qt.TextElideMode.ElideRight, room)
        self.button.setText(shown.replace("&", "&&"))
        self.button.setToolTip(self.tr("{name} (Alt+M chooses another model)").format(name=name))
        self.button.setAccessibleName(self.tr("Competency model: {name}").format(name=name))
        self.menu.clear()
        self.choices = []
        group = QActionGroup(self.menu)
        for row in rows:
            if not row.is_archived:
                self.choices.append(self._choice(self.menu, row, group))
        archived = [row for row in rows if row.is_archived]
        if archived:
            away = self.menu.addMenu(icons.icon("archive"), self.tr("Archived"))
            for row in archived:
                self.choices.append(self._choice(away, row, None))
        self.menu.addSeparator()
        new, rename, put_away, throw_away = self._acts
        alone = len(rows) - len(archived) < 2
        for act in (put_away, throw_away):
            act.setEnabled(not alone)
        self.menu.addAction(new)
        for each in others:
            self.menu.addAction(each)
        self.menu.addSeparator()
        for act in (rename, put_away, throw_away):
            self.menu.addAction(act)

    def rise(self) -> None:
        """Open the menu."""
        self.button.showMenu()

    def use(self, model_id: int) -> None:
        """Show another model."""
        with self._store.write() as session:
            skills.use_model(session, model_id)

    def use_that_of(self, skill_id: int) -> None:
        """Show the model of a skill, where that is another than the one in use."""
        with self._store.read() as session:
            model, current = skills.model_of(session, skill_id), skills.current_model(session)
        if model is not None and current is not None and model != current.id:
            self.use(model)

    def add(self) -> None:
        """Ask for a name, and show an empty model."""

        def keep(name: str) -> None:
            before = self._current
            with self._store.write() as session:
                made = skills.add_model(session, name, now=clock.now())
                skills.use_model(session, made)
            said = self.tr("An empty model. Add skills with “New”, or import a ladder.")
            self.announced.emit(said, lambda: self._take_back(made, before))

        NameDialog(self._page, self.tr("A new competency model"), self.tr("Add it"), "", keep).open()

    def rename(self) -> None:
        """Ask for another name."""
        row = self._current
        if row is None:
            return

        def keep(name: str) -> None:
            self._rename(row.id, name)
            self.announced.emit(self.tr("The model is renamed."), lambda: self._rename(row.id, row.title))

        NameDialog(self._page, self.tr("Rename the model"), self.tr("Rename"), row.title, keep).open()

    def archive(self) -> None:
        """Put the model in use away."""
        if self._current is None:
            return
        row = self._current
        with self._store.write() as session:
            skills.archive_model(session, row.id, archived=True, now=clock.now())
        said = self.tr("“{name}” is archived; its skills and ratings are kept.").format(name=row.title)
        self.announced.emit(said, lambda: self.use(row.id))

    def trash(self) -> None:
        """Throw the model in use away; its ratings stay in the journal."""
        if self._current is None:
            return
        row = self._current
        with self._store.write() as session:
            gone = skills.trash_model(session, row.id, now=clock.now())

        def undo() -> None:
            with self._store.write() as session:
                skills.restore_model(session, gone)
                skills.use_model(session, row.id)

        said = self.tr("“{name}” is in the Trash; its ratings stay in the journal.").format(name=row.title)
        self.announced.emit(said, undo)

    def _choice(self, menu: QMenu, row: ModelRow, group: QActionGroup | None) -> QAction:
        held = counted(row.skills, self.tr("1 skill"), self.tr("{count} skills"))
        text = f"{row.title.replace('&', '&&')}   {held}"
        made = menu.addAction(text)
        made.triggered.connect(lambda _=False, model=row.id: self.use(model))
        if group is not None:
            made.setCheckable(True)
            made.setChecked(self._current is not None and row.id == self._current.id)
            group.addAction(made)
        return made

    def _rename(self, model_id: int, name: str) -> None:
        with self._store.write() as session:
            skills.rename_model(session, model_id, name, now=clock.now())

    def _take_back(self, made: int, before: ModelRow | None) -> None:
        with self._store.write() as session:
            skills.trash_model(session, made, now=clock.now())
            if before is not None:
                skills.use_model(session, before.id)
