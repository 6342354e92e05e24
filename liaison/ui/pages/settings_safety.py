"""Backups: how old the newest is, where they lie, another one now, and whether one can be opened again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.ui import doors
from liaison.ui.desk import Desk
from liaison.ui.pages.settings_parts import Part
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, primary, secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Facts, Marked, clear
from liaison.ui.widgets.shapes import Shape

HABIT = N_("A backup is made every half hour while you work and on closing; each is opened again before it counts.")
KEPT = N_("Every one of two days is kept, then one a day for two weeks, one a week for eight, one a month for a year.")
FIXED = N_("When backups are made and how long they are kept is fixed, so that there is nothing to restore here.")
OLD_HOURS = 24
SHOWN = 8


class SafetyPart(Part):
    """Backups."""

    sentences = (N_("Back up now"), N_("Back up to a folder…"), N_("Where the office's data lies"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Backups"))
        words, store = desk.words, desk.runner.store
        self.folder = Path(getattr(store, "folder", Path()))
        self.age = Marked(desk, words(N_("Looking…")), Shape.OPEN, Tone.QUIET, role=Role.STRONG, wrap=True)
        self.put(self.age)
        self.say(HABIT)
        self.say(KEPT)
        self.buttons(
            primary(desk.icons, words(N_("Back up now")), self._back_up, icon="hard-drive"),
            secondary(desk.icons, words(N_("Back up to a folder…")), self._back_up_to, icon="folder-open"),
        )
        self._warn_if_synced()
        facts = Facts(values_right=False, label_width=150)
        facts.add(words(N_("The store lies in")), str(self.folder))
        facts.add(words(N_("Backups lie in")), str(self.folder / "backups"))
        self.put(facts)
        show = secondary(desk.icons, words(N_("Show the folder")), self._show_folder, icon="folder-open", small=True)
        self.buttons(show)
        self.heading(N_("Newest backups"))
        self.rows = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self.rows)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(4)
        self.put(holder)
        self.say(N_("A backup is brought back into an empty folder with: liaison restore BACKUP FOLDER"))
        self.say(FIXED)
        self.finish()
        self._look()

    def _warn_if_synced(self) -> None:
        problem = doors.synced_warning(self.folder)
        if problem is not None:
            text = problem.text(self.desk.words)
            self.put(Marked(self.desk, text, Shape.WARNING, Tone.AMBER, role=Role.WARNING, wrap=True))

    def _look(self) -> None:
        self.desk.runner.work(_backups, self.folder, owner=self, done=self._found)

    def _found(self, files: list[tuple[Path, Any, int]]) -> None:
        words, formats = self.desk.words, self.desk.formats
        clear(self.rows)
        for path, made_at, size in files[:SHOWN]:
            self.rows.addWidget(self._row(path, made_at, size))
        if not files:
            self.rows.addWidget(Label(words(N_("None yet")), Role.SECOND))
            self.age.label.setText(words(N_("There is no backup yet.")))
            self.age.shape.show_shape(Shape.WARNING, Tone.AMBER)
            return
        made_at = files[0][1]
        hours = int((self.desk.clock() - made_at).total_seconds() // 3600)
        fresh = hours < OLD_HOURS
        age = (
            words(N_("less than an hour ago"))
            if hours < 1
            else words.plural("{count} hour ago", "{count} hours ago", hours)
            if hours < 48
            else words.plural("{count} day ago", "{count} days ago", hours // 24)
        )
        text = words(N_("The newest backup is from {moment}, {age}."), moment=formats.moment(made_at), age=age)
        self.age.label.setText(text)
        self.age.shape.show_shape(Shape.DONE if fresh else Shape.WARNING, Tone.GREEN if fresh else Tone.AMBER)

    def _row(self, path: Path, made_at: Any, size: int) -> QWidget:
        words = self.desk.words
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        day = self.desk.formats.moment(made_at)
        row.addWidget(Label(day, Role.TEXT))
        megabytes = words(N_("{size} MB"), size=self.desk.formats.number(size / 1_000_000, 1))
        row.addWidget(Label(megabytes, Role.SECOND), 1)
        hint = words(N_("Open the backup of {moment} again and count"), moment=day)
        row.addWidget(icon_button(self.desk.icons, "check", hint, partial(self._verify, path), size=15))
        return holder

    def _verify(self, path: Path) -> None:
        store = self.desk.runner.store
        self.desk.runner.work(_verify_backup, path, store, owner=self, done=self._is_whole)

    def _is_whole(self, rows: object) -> None:
        self.desk.toast(self.desk.words(N_("The backup is whole: {rows} records"), rows=rows), undo=False)

    def _back_up(self) -> None:
        self.desk.runner.work(_back_up, self.desk.runner.store, None, owner=self, done=self._backed_up, exclusive=True)

    def _back_up_to(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.desk.words(N_("Where should the backup go?")))
        if folder:
            self.desk.runner.work(
                _back_up, self.desk.runner.store, folder, owner=self, done=self._backed_up, exclusive=True
            )

    def _backed_up(self, name: object) -> None:
        self.desk.toast(self.desk.words(N_("Backup {name} made and checked"), name=name), undo=False)
        self._look()

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))


def _backups(folder: Path) -> list[tuple[Path, Any, int]]:
    from liaison.store import backup

    return backup.listed(folder / "backups")


def _verify_backup(path: Path, store: Any) -> int:
    from liaison.store import backup

    return backup.verify_backup(path, store.opened).rows


def _back_up(store: Any, folder: str | None) -> str:
    from liaison.store import backup

    return backup.back_up(store, to=Path(folder) if folder else None).path.name
