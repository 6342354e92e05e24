"""Settings: the office and its letterhead, this machine, passphrase and recovery code, backups, exchange rates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.errors import Refused
from liaison.domain.fx import RateDraft
from liaison.domain.offices import OfficeDraft
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import office, rates
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.places import Place
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import Segments, primary, secondary
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import Choice, SecretEdit
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, EmptyState, Facts, Head, Pane, Section
from liaison.ui.widgets.table_view import TableView

ZONES = (("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT"))
LANGUAGE_NAMES = (("id", "Bahasa Indonesia"), ("en", "English"))
TOO_SHORT = N_("A passphrase has at least twelve characters; four or five unrelated words are easy to remember.")
NOT_THE_SAME = N_("The two do not agree. Type the new passphrase again.")
SHORTEST = 12
RATES_SHOWN = 200


class SettingsPage(Page):
    """What is set once and looked up rarely. Each change is saved at once, or with the one button beside it."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        self._part = str(place.values.get("part", "office"))
        self.body.addWidget(Head(desk, words(N_("Settings"))))
        parts = [
            ("office", words(N_("Office"))),
            ("safety", words(N_("Passphrase and backups"))),
            ("rates", words(N_("Exchange rates"))),
        ]
        row = QHBoxLayout()
        row.setContentsMargins(18, 0, 14, 10)
        self.segments = Segments(parts, name=words(N_("Part of the settings")))
        self.segments.choose(self._part)
        self.segments.chosen.connect(self._switch)
        row.addWidget(self.segments)
        row.addStretch(1)
        self.body.addLayout(row)
        self._place = QVBoxLayout()
        self.body.addLayout(self._place, 1)
        self._shown: QWidget | None = None

    def start(self) -> None:
        """Show the part that was asked for."""
        self._switch(self._part)

    def _switch(self, part: object) -> None:
        self._part = str(part)
        if self._shown is not None:
            self._place.removeWidget(self._shown)
            self._shown.deleteLater()
        makers = {"office": OfficePart, "safety": SafetyPart, "rates": RatesPart}
        self._shown = makers[self._part](self.desk)
        self._place.addWidget(self._shown, 1)
        self.desk.frame.moved(Place(page="settings", values={"part": self._part}))

    def keep(self) -> dict[str, object]:
        """The part."""
        return {"part": self._part}

    def resume(self, kept: dict[str, object]) -> None:
        """As it was."""
        self._part = str(kept.get("part", self._part))
        self.segments.choose(self._part)


class OfficePart(QWidget):
    """The office as the paper's letterhead names it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._version = 0
        words = desk.words
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        pane = Pane(desk, side="middle", padding=18, name=words(N_("Office")))
        self.form = Form(
            desk,
            OfficeDraft,
            [
                "name",
                ("city", "zone"),
                "address",
                ("phone", "email"),
                "letterhead",
                ("signatory", "signatory_title"),
                ("language", "report_currency"),
            ],
            editors={
                "zone": Choice(desk, list(ZONES)),
                "language": Choice(desk, list(LANGUAGE_NAMES)),
                "report_currency": Choice(desk, [(c, c) for c in ("IDR", "MYR", "SGD", "USD")]),
            },
        )
        self.form.setMaximumWidth(620)
        pane.add(Label(words(N_("This stands at the head of every paper.")), Role.SECOND))
        pane.body.addSpacing(8)
        pane.add(self.form)
        self.save = primary(desk.icons, words(N_("Save")), self._save, icon="check")
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 8)
        row.addWidget(self.save)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        pane.add(holder)
        pane.finish()
        box.addWidget(pane)
        desk.runner.read(office.office, owner=self, done=self._arrived)

    def _arrived(self, view: office.OfficeView) -> None:
        self._version = view.version
        self.form.set(
            OfficeDraft(
                name=view.name,
                city=view.city,
                zone=view.zone,
                address=view.address,
                phone=view.phone,
                email=view.email,
                letterhead=view.letterhead,
                signatory=view.signatory,
                signatory_title=view.signatory_title,
                language=view.language,
                report_currency=view.report_currency,
            )
        )

    def _save(self) -> None:
        version = self._version

        def write(session: Any, draft: OfficeDraft) -> Any:
            return office.edit_office(session, draft, version=version)

        self.form.submit(N_("Change the office"), write, done=self._saved)

    def _saved(self, _changes: object) -> None:
        self._desk.toast(self._desk.words(N_("Office saved")))
        self._desk.runner.read(office.office, owner=self, done=self._arrived)


class SafetyPart(QWidget):
    """The passphrase, the recovery code, and backups that were opened again before they counted."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        words = desk.words
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        pane = Pane(desk, side="middle", padding=18, name=words(N_("Passphrase and backups")))
        for section in (self._backups(), self._passphrase(), self._recovery()):
            section.setMaximumWidth(620)
            pane.add(section)
        pane.finish()
        box.addWidget(pane)

    def _backups(self) -> Section:
        desk, words = self._desk, self._desk.words
        section = Section(words(N_("Backups")))
        store = desk.runner.store
        self.backup_facts = Facts(values_right=False, label_width=150)
        folder = getattr(store, "folder", None)
        self.backup_facts.add(words(N_("The store lies in")), str(folder or ""))
        self.newest = self.backup_facts.add(words(N_("Newest backup")), "…")
        section.add(self.backup_facts)
        section.add(
            Label(
                words(N_("Made every half hour while you work and on closing. Each is opened again before it counts.")),
                Role.SECOND,
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(secondary(desk.icons, words(N_("Back up now")), self._back_up, icon="hard-drive"))
        row.addWidget(secondary(desk.icons, words(N_("Back up to a folder…")), self._back_up_to, icon="folder-open"))
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        section.add(holder)
        self._look()
        return section

    def _look(self) -> None:
        self._desk.runner.work(_newest_backup, self._desk.runner.store, owner=self, done=self._found)

    def _found(self, made_at: object) -> None:
        words = self._desk.words
        self.newest.setText(words(N_("none yet")) if made_at is None else words.shown(made_at))

    def _back_up(self) -> None:
        self._desk.runner.work(
            _back_up, self._desk.runner.store, None, owner=self, done=self._backed_up, exclusive=True
        )

    def _back_up_to(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self._desk.words(N_("Where should the backup go?")))
        if folder:
            self._desk.runner.work(
                _back_up, self._desk.runner.store, folder, owner=self, done=self._backed_up, exclusive=True
            )

    def _backed_up(self, name: object) -> None:
        self._desk.toast(self._desk.words(N_("Backup {name} made and checked"), name=name), undo=False)
        self._look()

    def _passphrase(self) -> Section:
        desk, words = self._desk, self._desk.words
        section = Section(words(N_("Passphrase")))
        self.first, self.second = SecretEdit(desk), SecretEdit(desk)
        self.first.set_name(words(N_("New passphrase")))
        self.second.set_name(words(N_("New passphrase, again")))
        self.wrong = Label("", Role.ERROR, wrap=True)
        self.wrong.hide()
        for text, editor in ((N_("New passphrase"), self.first), (N_("New passphrase, again"), self.second)):
            section.add(Label(words(text), Role.LABEL, buddy=editor.inner()))
            section.add(editor)
        section.add(self.wrong)
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(secondary(desk.icons, words(N_("Change the passphrase")), self._change, icon="key-round"))
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        section.add(holder)
        return section

    def _change(self) -> None:
        first, second = str(self.first.value()), str(self.second.value())
        message = TOO_SHORT if len(first) < SHORTEST else NOT_THE_SAME if first != second else ""
        self.wrong.setText(self._desk.words(message))
        self.wrong.setVisible(bool(message))
        if message:
            return
        self._desk.runner.work(
            _change_passphrase, self._desk.runner.store, first, owner=self, done=self._changed, exclusive=True
        )

    def _changed(self, _answer: object) -> None:
        self.first.set_value("")
        self.second.set_value("")
        self._desk.toast(self._desk.words(N_("Passphrase changed")), undo=False)

    def _recovery(self) -> Section:
        desk, words = self._desk, self._desk.words
        section = Section(words(N_("Recovery code")), line=False)
        section.add(
            Label(
                words(N_("A new code makes the old paper worthless. Print or write it down; it is shown only once.")),
                Role.SECOND,
                wrap=True,
            )
        )
        self.code = Label("", Role.CARD, wrap=True)
        self.code.hide()
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(secondary(desk.icons, words(N_("Make a new recovery code")), self._new_code, icon="refresh-cw"))
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        section.add(holder)
        section.add(self.code)
        return section

    def _new_code(self) -> None:
        self._desk.runner.work(_new_code, self._desk.runner.store, owner=self, done=self._show_code, exclusive=True)

    def _show_code(self, code: object) -> None:
        self.code.setText(str(code))
        self.code.setAccessibleName(self._desk.words(N_("The new recovery code")))
        self.code.show()


class RatesPart(QWidget):
    """Exchange rates, dated and sourced; typed here or imported from a file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        words = desk.words
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.table = PagedTable(desk, self._columns())
        self.view = TableView(desk, self.table, name=words(N_("Exchange rates")))
        box.addWidget(self.view, 1)
        pane = Pane(desk, side="right", padding=PANE_PADDING, name=words(N_("Exchange rates")))
        pane.add(
            EmptyState(
                desk,
                icon="arrow-right-left",
                sentence=words(N_("A day without a rate takes the published day before, and says so.")),
                button=words(N_("New rate")),
                run=self._new,
            )
        )
        pane.add(secondary(desk.icons, words(N_("Import rates")), lambda: desk.go("import"), icon="inbox"))
        pane.finish()
        self.drawer = Drawer(desk, pane, width=300)
        box.addWidget(self.drawer)
        desk.hub.changed.connect(lambda _changes: self._read())
        self._read()

    def _columns(self) -> tuple[Column, ...]:
        formats = self._desk.formats
        return (
            Column(key="on", label=N_("Day"), value=lambda r: r.on, kind=Kind.DATE, width=110),
            Column(key="pair", label=N_("Currencies"), value=lambda r: f"{r.base} → {r.quote}", strong=True, width=120),
            Column(key="rate", label=N_("Rate"), value=lambda r: formats.rate(r.rate), kind=Kind.NUMBER, width=130),
            Column(key="source", label=N_("Source"), value=lambda r: r.source, width=160, stretch=1),
        )

    def _read(self) -> None:
        self._desk.runner.read(_rates, owner=self, done=self._arrived, key="rates")

    def _arrived(self, found: list[rates.RateView]) -> None:
        self.table.show_rows(found, key=lambda r: r.id)

    def _new(self) -> None:
        bench = Bench(desk=self._desk, drawer=self.drawer)
        form = Form(self._desk, RateDraft, [("base", "quote"), "rate", "on_date", "kind", "source", "note"])
        draft = RateDraft(base="MYR", quote="IDR", rate=Decimal(1), on_date=self._desk.today(), source="")
        offer(
            bench,
            begin(form, draft, empty=("rate",)),
            title=N_("New rate"),
            action=N_("Add an exchange rate"),
            write=rates.add_rate,
            said=N_("Rate added"),
        )


def _rates(session: Any) -> list[rates.RateView]:
    return rates.rates(session, limit=RATES_SHOWN)


def _newest_backup(store: Any) -> object:
    from liaison.store import backup

    found = backup.newest(store.folder / "backups", store.opened)
    return None if found is None else found.made_at


def _back_up(store: Any, folder: str | None) -> str:
    from pathlib import Path

    from liaison.store import backup

    return backup.back_up(store, to=Path(folder) if folder else None).path.name


def _change_passphrase(store: Any, passphrase: str) -> None:
    from liaison.store.kdf import fitting

    if len(passphrase) < SHORTEST:
        raise Refused([Problem(code="PASSPHRASE_SHORT", message=TOO_SHORT, field="passphrase")])
    store.change_passphrase(passphrase, kdf=fitting())


def _new_code(store: Any) -> str:
    from liaison.store.kdf import fitting

    return str(store.new_recovery_code(kdf=fitting()))
