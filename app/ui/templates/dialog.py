"""All templates: the one of each kind and the user's own, edited beside how they read today."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.core import clock, journal, templates
from app.core.kinds import KINDS
from app.core.store import Store
from app.core.templates import Template, TemplateRefused
from app.ui.kinds import kind_icon, kind_word
from app.ui.kit import icons, theme
from app.ui.kit.actions import button
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog, Field
from app.ui.kit.room import FlowLayout
from app.ui.kit.sidelist import SideList
from app.ui.templates.beginning import called, filled

TEXT_HEIGHT = 96
READ_HEIGHT = 80
CHIP_HEIGHT = 26
PAUSE_MS = 150


class TemplatesDialog(Dialog):
    """Keeps everything at once with Save; Cancel leaves all as it was, and says so before it drops an edit."""

    def __init__(self, store: Store, kind: str, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Templates"), parent.tr("Save"), width=theme.px(820))
        self._store = store
        with store.read() as session:
            self._held = templates.templates(session)
            self._today = journal.today(session, clock.now(), clock.zone())
        self._before = list(self._held)
        self._is_leaving = False
        self._shown = -1
        self.name, self.kind = QLineEdit(), QComboBox()
        self.name.setMaxLength(templates.LONGEST_NAME)
        for each in KINDS:
            self.kind.addItem(icons.icon(kind_icon(each)), kind_word(each), each)
        self.text, self.reads = QPlainTextEdit(), QPlainTextEdit()
        self.text.setMinimumHeight(theme.px(TEXT_HEIGHT))
        self.text.setTabChangesFocus(True)
        self.reads.setMinimumHeight(theme.px(READ_HEIGHT))
        self.reads.setReadOnly(True)
        self.reads.setTabChangesFocus(True)
        self.new_button = button(self.tr("New"), icon="plus", slot=self._add)
        self.away_button = button("", slot=self._take_away)
        self._side = SideList(self.tr("Templates"), [self.new_button, self.away_button])
        self.list = self._side.list
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._read)
        self._lay_out()
        self._side.chosen.connect(self._show)
        self.name.textEdited.connect(self._take)
        self.kind.activated.connect(self._take)
        self.text.textChanged.connect(self._take)
        self.resize(theme.px(820), theme.px(660))
        self._fill_list(next((place for place, each in enumerate(self._held) if each.kind == kind), 0))

    def save(self) -> bool:
        self._forgive()
        nameless = next(
            (place for place, each in enumerate(self._held) if place >= len(KINDS) and not each.name), -1
        )
        if nameless >= 0:
            self.list.setCurrentRow(nameless)
            self.name_field.show_error(self.tr("Give the template a name."))
            return False
        try:
            with self._store.write() as session:
                templates.put_templates(session, self._held)
        except TemplateRefused as error:
            self.list.setCurrentRow(error.place)
            (self.text_field if error.field == "text" else self.name_field).show_error(str(error))
            return False
        return True

    def reject(self) -> None:
        if self._held == self._before or self._is_leaving:
            super().reject()
            return
        self._is_leaving = True
        self.say(self.tr("What you changed is not saved. Save keeps it; Cancel once more leaves it out."))

    def _lay_out(self) -> None:
        self.name_field = Field(self.tr("Name"), self.name)
        self.kind_field = Field(self.tr("Listed with"), self.kind)
        self.text_field = Field(self.tr("Text"), self.text)
        names = QWidget()
        flow = FlowLayout(names, spacing=2)
        for variable in templates.VARIABLES:
            made = button(f"{{{{{variable}}}}}", role="quiet", slot=partial(self._insert, variable))
            made.setToolTip(self._meaning(variable))
            made.setAutoDefault(False)
            made.setFixedHeight(theme.px(CHIP_HEIGHT))
            flow.addWidget(made)
        right = QVBoxLayout()
        right.setSpacing(10)
        top = QHBoxLayout()
        top.addWidget(self.name_field, 1)
        top.addWidget(self.kind_field, 0, Qt.AlignmentFlag.AlignTop)
        right.addLayout(top)
        right.addWidget(self.text_field, 3)
        right.addWidget(names)
        right.addWidget(Field(self.tr("As it reads today"), self.reads), 2)
        self.body.addLayout(self._side.beside(right))
        hint = self.tr("A template is not kept as an entry before something is written into it.")
        self.body.addWidget(label(hint, "hint", wrap=True))

    def _meaning(self, variable: str) -> str:
        return {
            "date": self.tr("The day, such as 23 November 2026"),
            "weekday": self.tr("The day of the week"),
            "time": self.tr("What the clock says when the page begins"),
            "week": self.tr("The number of the week"),
            "next_week": self.tr("The number of the week after"),
            "month": self.tr("The month and the year"),
            "quarter": self.tr("The quarter, by your fiscal year"),
            "year": self.tr("The year, by your fiscal year"),
            "boxes": self.tr("Check-boxes that were left open on the last day before"),
            "objectives": self.tr("The objectives that are under way, as links"),
            "focus": self.tr("The steps of the roadmap that are in focus, as links"),
            "cursor": self.tr("Where the writing begins"),
        }[variable]

    def _fill_list(self, current: int) -> None:
        self._shown = -1
        items = [
            QListWidgetItem(icons.icon(kind_icon(each.kind)), called(each) if each.name else self._usual(each))
            for each in self._held
        ]
        self._side.fill(items, current)

    def _usual(self, template: Template) -> str:
        is_own = self._held.index(template) >= len(KINDS)
        return self.tr("New template") if is_own else kind_word(template.kind)

    def _show(self, place: int) -> None:
        self._shown = -1
        template = self._held[place]
        is_own = place >= len(KINDS)
        self._forgive()
        self.name.setText(template.name if is_own else kind_word(template.kind))
        self.name.setReadOnly(not is_own)
        self.name.setEnabled(is_own)
        self.kind.setCurrentIndex(self.kind.findData(template.kind))
        self.kind.setEnabled(is_own)
        self.text.setPlainText(template.text)
        self.away_button.setText(self.tr("Remove") if is_own else self.tr("Bring back"))
        self.away_button.setToolTip(
            self.tr("Remove this template") if is_own else self.tr("Bring back the text that came with Northing")
        )
        self._shown = place
        self._follow_away()
        self._read()

    def _follow_away(self) -> None:
        template, is_own = self._held[self._shown], self._shown >= len(KINDS)
        self.away_button.setEnabled(is_own or template.text != templates.shipped().get(template.kind, ""))

    def _take(self) -> None:
        """Take up what is edited."""
        if self._shown < 0:
            return
        is_own = self._shown >= len(KINDS)
        before = self._held[self._shown]
        after = replace(before, text=self.text.toPlainText())
        if is_own:
            after = replace(after, name=self.name.text(), kind=self.kind.currentData())
        self._held[self._shown] = after
        self._is_leaving = False
        self._forgive()
        item = self.list.item(self._shown)
        if is_own:
            item.setText(after.name or self.tr("New template"))
            item.setIcon(icons.icon(kind_icon(after.kind)))
        self._follow_away()
        self._pause.start()

    def _forgive(self) -> None:
        """Say nothing of what was wrong."""
        self.say("")
        for field in (self.name_field, self.text_field):
            field.show_error("")

    def _read(self) -> None:
        unknown = templates.unknown_names(self.text.toPlainText())
        said = self.tr("No variable, and stays as it is written: {names}.")
        self.text_field.show_hint(
            said.format(names=", ".join(f"{{{{{name}}}}}" for name in unknown)) if unknown else ""
        )
        self.reads.setPlainText(filled(self._store, self.text.toPlainText(), self._today).text)

    def _insert(self, variable: str) -> None:
        self.text.insertPlainText(f"{{{{{variable}}}}}")
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self) -> None:
        self._held.append(Template(self.kind.currentData(), "", ""))
        self._fill_list(len(self._held) - 1)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_away(self) -> None:
        place = self._shown
        if place >= len(KINDS):
            del self._held[place]
            self._fill_list(place - 1)
        else:
            kind = self._held[place].kind
            self._held[place] = Template(kind, "", templates.shipped().get(kind, ""))
            self._show(place)
