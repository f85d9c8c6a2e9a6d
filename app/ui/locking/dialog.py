"""Choosing a passphrase, changing it, giving it up; with the recovery code shown once, before anything happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from app.core import keys, passphrase
from app.core.errors import FieldError
from app.core.keys import Key
from app.core.settings import change_settings, settings
from app.core.store import Store
from app.ui.kit import theme
from app.ui.kit.background import run_in_background
from app.ui.kit.cards import label
from app.ui.kit.choices import Choice, Option
from app.ui.kit.forms import Dialog, Field, Form
from app.ui.kit.secrets import SecretField
from app.ui.locking.code import CodeSheet

WIDTH: Final = 560
MINUTES: Final = (0, 1, 5, 10, 15, 30, 60)


@dataclass(frozen=True, slots=True, repr=False)
class Renewal:
    """What the journal shall be opened by from now on: by nothing where `key` is None."""

    key: Key | None
    slot: dict[str, str] | None = None
    drops_earlier: bool = False


class PassphraseDialog(Dialog):
    """Asks for what is needed, and says what a passphrase does and does not do.

    Signals:
        renewal_wanted: A `Renewal` to carry out. lock_after_changed: In how many minutes the journal locks itself.
    """

    renewal_wanted = Signal(object)
    lock_after_changed = Signal(int)

    def __init__(self, store: Store, parent: QWidget) -> None:
        has_one = store.key is not None
        super().__init__(parent, parent.tr("Passphrase"), "", width=theme.px(WIDTH))
        self._store = store
        self._renewal: Renewal | None = None
        self.choice = Choice([Option("change", self.tr("Change it")), Option("remove", self.tr("Remove it"))])
        self.choice.setAccessibleName(self.tr("What to do with the passphrase"))
        self.choice.set_value("change")
        self.choice.changed.connect(lambda _: self._show())
        self.lock_after = self._minutes()
        self.form = Form()
        self.current, self.new, self.again = SecretField(), SecretField(), SecretField()
        self.form.add("current", self.tr("Passphrase until now, or the recovery code"), self.current)
        self.form.add(
            "passphrase",
            self.tr("New passphrase"),
            self.new,
            hint=self.tr("Four or five words that only you know."),
        )
        self.form.add("again", self.tr("Once more"), self.again)
        self.wants_code = QCheckBox(self.tr("Make a recovery code, which opens the journal, too"))
        self.wants_code.setChecked(True)
        self.drops_earlier = QCheckBox(self.tr("Delete earlier backups when the first new one was read again"))
        self.said = label("", "secondary", wrap=True)
        self.sheet = CodeSheet(store.path.stem)
        self.sheet.kept.connect(self.primary.setEnabled)
        self.sheet.told.connect(self._fit)
        self.sheet.hide()
        self.asking = self._first_page(has_one=has_one)
        self.body.addWidget(self.asking, 1)
        self.body.addWidget(self.sheet, 1)
        self._show()
        (self.current if has_one else self.new).setFocus()

    def save(self) -> bool:
        self.say("")
        if self._renewal is not None:
            self.renewal_wanted.emit(self._renewal)
            return True
        removes = self._removes()
        try:
            if not removes:
                passphrase.require_good(self.new.text(), self.again.text())
        except FieldError as error:
            self._show_errors({error.field: str(error)})
            return False
        self._show_errors({})
        self.primary.setEnabled(False)
        store, current, new = self._store, self.current.text(), "" if removes else self.new.text()
        code = passphrase.new_code() if self.wants_code.isChecked() and not removes else ""
        run_in_background(self, lambda: _prepared(store, current, new, code), lambda made: self._go_on(made, code))
        return False

    def _go_on(self, made: Renewal | None, code: str) -> None:
        self.primary.setEnabled(True)
        if made is None:
            self._show_errors({"current": self.tr("That is neither the passphrase nor the recovery code.")})
            self.current.selectAll()
            return
        self._renewal = replace(made, drops_earlier=made.key is not None and self.drops_earlier.isChecked())
        if not code:
            self.accept()
            return
        self.sheet.show_code(code)
        self.asking.hide()
        self.sheet.show()
        self.primary.setText(self.tr("Encrypt and start again"))
        self.primary.setEnabled(False)
        self._fit()
        self.sheet.is_kept.setFocus()

    def _removes(self) -> bool:
        return self._store.key is not None and self.choice.value() == "remove"

    def _show(self) -> None:
        """Ask for what the choice needs."""
        has_one, removes = self._store.key is not None, self._removes()
        self.form.fields["current"].setVisible(has_one)
        for shown in (
            self.form.fields["passphrase"],
            self.form.fields["again"],
            self.wants_code,
            self.drops_earlier,
        ):
            shown.setVisible(not removes)
        self.form.show_errors({})
        self.primary.setText(self.tr("Remove and start again") if removes else self.tr("Encrypt and start again"))
        if self.wants_code.isVisibleTo(self):
            self.primary.setText(self.tr("Go on"))
        self.said.setText(
            self.tr(
                "Whoever can read this computer's files can read the journal then. "
                "Backups made until now still need their passphrase."
            )
            if removes
            else self.tr(
                "The journal, its pictures and files, and every backup from now on are encrypted (AES-256), so "
                "that a lost or stolen computer, stick or cloud folder gives nothing away. It does not protect "
                "what is on screen, what you export, backups made before, or anything from a program that "
                "watches you type. The passphrase is kept nowhere, in no keyring of the system either: a "
                "forgotten one cannot be recovered by anybody."
            )
        )

        self._fit()

    def _show_errors(self, errors: dict[str, str]) -> None:
        self.form.show_errors(errors)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the wrapped words need, which Qt does not see to."""
        layout = self.layout()
        if layout is not None:
            for within in (self.form, self.asking, self.sheet, self):
                if inner := within.layout():
                    inner.invalidate()
                    inner.activate()
            width = max(self.width(), self.minimumWidth())
            self.resize(width, layout.totalHeightForWidth(width))

    def _first_page(self, *, has_one: bool) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        if has_one:
            column.addWidget(
                Field(
                    self.tr("Lock the journal when nobody types or moves the mouse"),
                    self.lock_after,
                    hint=self.tr(
                        "A dialog that is still open keeps it open, so that nothing typed there is lost."
                    ),
                )
            )
            column.addWidget(self.choice)
        column.addWidget(self.said)
        column.addWidget(self.form)
        column.addWidget(self.wants_code)
        column.addWidget(self.drops_earlier)
        column.addStretch(1)
        return page

    def _minutes(self) -> QComboBox:
        made = QComboBox()
        for minutes in MINUTES:
            text = (
                self.tr("never")
                if not minutes
                else self.tr("for a minute")
                if minutes == 1
                else self.tr("for {count} minutes").format(count=minutes)
            )
            made.addItem(text, minutes)
        with self._store.read() as session:
            made.setCurrentIndex(max(made.findData(settings(session).lock_after), 0))
        made.activated.connect(lambda _: self._keep_minutes())
        return made

    def _keep_minutes(self) -> None:
        minutes: Any = self.lock_after.currentData()
        with self._store.write() as session:
            change_settings(session, lock_after=minutes)
        self.lock_after_changed.emit(minutes)


def _prepared(store: Store, current: str, new: str, code: str) -> Renewal | None:
    """The renewal that is asked for; None where `current` is not what opens the journal."""
    if store.key is not None and not passphrase.is_right(store, current):
        return None
    if not new:
        return Renewal(None)
    key = keys.new_key(new)
    return Renewal(key, passphrase.slot_for(key, code) if code else None)
