"""The running program: one window, one runner, one theme; what stands in the window, and what happens between.

No store: the first run. A closed store: the lock screen. An open one: the office. A change of language builds the
present one anew; locking keeps what was typed, encrypted, backs up and closes the store. What the lock screen does not
need is imported when it is needed, so that the window is there at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from liaison import log, settings
from liaison.i18n import LANGUAGES, N_, Language
from liaison.settings import Settings
from liaison.store.ids import utc_now
from liaison.ui import doors
from liaison.ui.actions import Actions
from liaison.ui.away import AwayWatch
from liaison.ui.desk import Desk, Officer
from liaison.ui.errors import Boundary
from liaison.ui.gate import Busy, NoFrame
from liaison.ui.half_typed import HalfTyped
from liaison.ui.hub import Hub
from liaison.ui.icons import Icons
from liaison.ui.idle import WARN_SECONDS, IdleWatch
from liaison.ui.lock import LockScreen
from liaison.ui.main_window import MainWindow
from liaison.ui.masking import Masking
from liaison.ui.places import Place
from liaison.ui.qt_words import QtWords
from liaison.ui.rail import mark_pixmap
from liaison.ui.runner import Runner, Trouble
from liaison.ui.status_line import LOCKS_IN
from liaison.ui.theme import Palette, Theme
from liaison.ui.tries import Tries
from liaison.ui.upkeep import Upkeep
from liaison.ui.widgets.toast import announce

if TYPE_CHECKING:
    from liaison.services.changes import Changes
    from liaison.ui.commands import Doings
    from liaison.ui.first_run import Begun, FirstRun
    from liaison.ui.kept import Kept
    from liaison.ui.kiosk import KioskScreen
    from liaison.ui.office_frame import OfficeFrame
    from liaison.ui.page import PageEntry

MAKING_SAMPLE = N_("Setting up the sample office… this takes a moment.")
BACKED_UP = N_("Backed up and checked")
CHOOSE_FOLDER = N_("Folder of the office")
KIOSK_LOCKED = N_("Unlock it first, then close it with F2.")
KIOSK_MINUTES = 1
"""A counter locks after a minute whatever the settings say: the next visitor must not read what the last one typed."""
DEFAULT_LANGUAGE = "id"
_MOST_MENUS = 9
"""Menus within menus that can stand open at once."""


class Program(QObject):
    """Built once by :mod:`liaison.app`. ``runner`` is given by tests, which want it to run at once."""

    def __init__(
        self,
        app: QApplication,
        *,
        folder: Path | None = None,
        config: Path | None = None,
        clock: Callable[[], dt.datetime] = utc_now,
        runner: Runner | None = None,
        pages: Sequence[PageEntry] | None = None,
    ) -> None:
        super().__init__()
        self.app = app
        self._config = config
        self.settings: Settings = settings.load(config)
        self.folder = folder or self.settings.store_folder
        self._home_folder = self.folder
        self.clock = clock
        self.plate = doors.door_plate(self.folder)
        self.words = Language(self._first_language())
        self.theme = Theme(_palette(self.settings.palette), zoom=self.settings.zoom)
        self.icons = Icons(self.theme)
        self.hub = runner.hub if runner is not None else Hub()
        self.runner = runner or Runner(self.hub)
        self.masking = Masking()
        self.boundary = Boundary(self.words, self.icons)
        self.runner.trouble.connect(self._trouble)
        self.hub.changed.connect(self._office_changed, Qt.ConnectionType.QueuedConnection)
        self.window = MainWindow(self.theme, self.icons)
        self.window.closing.connect(self.quit)
        self.boundary.window = self.window
        self.qt_words = QtWords(app)
        self.idle = IdleWatch(self.settings.idle_minutes)
        self.idle.soon.connect(self._lock_soon)
        self.idle.idle.connect(self.lock)
        self.away = AwayWatch()
        self.away.away.connect(self.lock)
        self._pages = pages
        self._office = doors.OpenOffice(store=None, officer=Officer(name="", office=""))
        self.frame: OfficeFrame | None = None
        self.kiosk: KioskScreen | None = None
        self.kiosk_may_close = False
        self._half_typed = HalfTyped()
        self.gate: LockScreen | FirstRun | None = None
        self._locked_at = ""
        self._due: tuple[dt.datetime, ...] = ()
        self._leaving = False
        self.upkeep = Upkeep(self.runner, self)
        self.upkeep.backed_up.connect(self._backed_up_quietly)

    def _first_language(self) -> str:
        """The machine's choice, else the office's, else Bahasa Indonesia."""
        for code in (self.settings.language, self.plate.language):
            if code in LANGUAGES:
                return code
        return DEFAULT_LANGUAGE

    # start

    def start(self) -> None:
        """Show the window with the lock screen or the first run in it."""
        self.theme.install(self.app)
        self.qt_words.use(self.words.code)
        self.window.place(self.settings.geometry)
        self.show_gate()
        self.window.show()
        self.away.start(int(self.window.winId()))

    def _desk(self) -> Desk:
        """The desk of the gate: everything but an office."""
        return Desk(
            runner=self.runner, hub=self.hub, words=self.words, theme=self.theme, icons=self.icons,
            masking=self.masking, settings=self.settings, actions=Actions(), clock=self.clock, frame=NoFrame(),
            officer=Officer(name="", office=""),
        )  # fmt: skip

    def show_gate(self, unfinished: doors.OpenOffice | None = None) -> None:
        """The lock screen, or the first run where there is no store yet."""
        self.window.show_actions(None, self.words)
        self.frame = None
        ways: dict[str, Any] = {"language": self.set_language, "palette": self.next_palette}
        if unfinished is not None or not self.plate.exists:
            from liaison.ui.first_run import FirstRun

            first = FirstRun(self._desk(), self.folder, unfinished=unfinished, **ways)
            first.begun.connect(self._begun)
            first.sample_wanted.connect(self.open_sample)
            self.gate = first
        else:
            lock = LockScreen(
                self._desk(),
                self.folder,
                self.plate,
                office=self._office.officer.office,
                locked_at=self._locked_at,
                due=self._due,
                tries=Tries(self._config or settings.config_folder(), self.folder),
                **ways,
            )
            lock.opened.connect(self.show_office)
            lock.other_folder.connect(self._choose_folder)
            if self._is_at_counter():
                lock.stay_locked("")
            self.gate = lock
        self.window.show_content(self.gate)
        QTimer.singleShot(0, self.gate, self.gate.start)

    # the office

    def show_office(self, office: doors.OpenOffice) -> None:
        """The store is open: show the office, where it was left."""
        if not office.has_office:
            self.show_gate(unfinished=office)
            return
        self._office = office
        self._speak(self.words.code)
        self.runner.store = office.store
        if office.is_kiosk:
            self._show_kiosk()
            self.idle.start(self.app)
            return
        from liaison.ui.kept import WINDOW, unpacked

        self._half_typed = HalfTyped(self.runner, office.typed)
        self._show_frame(unpacked(office.typed.get(WINDOW, ""), anywhere=bool(self._locked_at)))
        self.idle.start(self.app)
        self.upkeep.start()
        log.note("office.opened", language=self.words.code)

    def _show_frame(self, kept: Kept) -> None:
        """Build the frame and its menus, put it into the window, show its page."""
        from liaison.ui.commands import program_actions
        from liaison.ui.office_frame import OfficeFrame, Shared

        pages = self._pages if self._pages is not None else _pages()
        shared = Shared(
            runner=self.runner, hub=self.hub, theme=self.theme, icons=self.icons, masking=self.masking,
            settings=lambda: self.settings, clock=self.clock, half_typed=self._half_typed,
            remember=self.remember,
        )  # fmt: skip
        frame = OfficeFrame(shared, self.words, self._office.officer, pages, kept=kept)
        frame.language_wanted.connect(self.set_language)
        frame.palette_wanted.connect(self.next_palette)
        frame.lock_wanted.connect(self.lock)
        frame.menu_wanted.connect(self.window.pop_menus)
        for action in program_actions(frame, self._doings(), pages):
            frame.desk.actions.add(action)
        frame.shown.connect(partial(self._show_actions, frame))
        self.frame, self.gate = frame, None
        self.window.show_content(frame)
        self.window.show_sample(self.words if self._office.officer.sample else None, self.leave_sample)
        frame.status.show_backup(self._office.last_backup)
        frame.start()

    def _show_kiosk(self, typed: dict[str, object] | None = None) -> None:
        """The screen of a counter: no menus, no other page, large text, locked after a minute."""
        from liaison.ui.kiosk import KioskScreen, usual_zoom

        self.idle.set_minutes(KIOSK_MINUTES)
        self.theme.set_zoom(max(self.settings.zoom, usual_zoom(self.window.height())))
        desk = replace(self._desk(), officer=self._office.officer)
        tries = Tries(self._config or settings.config_folder(), self.folder)
        screen = KioskScreen(desk, check=partial(doors.check_passphrase, self.runner.store), tries=tries)
        screen.language_wanted.connect(self.set_language)
        screen.lock_wanted.connect(self.lock)
        screen.close_wanted.connect(self._close_kiosk)
        self.kiosk, self.gate = screen, None
        self.window.show_actions(None, self.words)
        self.window.show_content(screen)
        screen.start(typed)

    def _close_kiosk(self) -> None:
        """The counter said the passphrase and wants to leave."""
        self.kiosk_may_close = True
        self.quit()

    def _show_actions(self, frame: OfficeFrame) -> None:
        if frame is self.frame:
            self.window.show_actions(frame.desk.actions, self.words)

    def _doings(self) -> Doings:
        from liaison.ui.commands import Doings

        return Doings(
            language=self.set_language, palette=self.set_palette, zoom=self.step_zoom, lock=self.lock,
            back_up=self.back_up, full_screen=self.window.switch_full_screen, keys=self._show_keys,
            about=self._show_about, first_hour=self._show_first_hour, quit=self.quit,
        )  # fmt: skip

    def _show_keys(self) -> None:
        from liaison.ui.key_sheet import KeySheet

        if self.frame is not None:
            KeySheet(self.frame.desk, self.window).open()

    def _show_first_hour(self) -> None:
        """Bring the seven things of the first hour back and go where they stand."""
        from liaison.services import first_hour
        from liaison.ui.commands import FIRST_HOUR

        if self.frame is not None:
            self.runner.write(FIRST_HOUR, first_hour.show_again, owner=self)
            self.frame.go(Place(page="today"))

    def _show_about(self) -> None:
        from liaison.ui.key_sheet import About

        About(self.frame.desk if self.frame is not None else self._desk(), self.window).open()

    # language, look

    def remember(self, **changes: Any) -> None:
        """Keep a setting of this machine."""
        self.settings = replace(self.settings, **changes)
        settings.save(self.settings, self._config)
        self.idle.set_minutes(KIOSK_MINUTES if self.kiosk is not None else self.settings.idle_minutes)

    def set_language(self, code: str) -> None:
        """Speak another language: what stands in the window is built anew, in place."""
        if code == self.words.code:
            return
        self._speak(code)
        self.qt_words.use(code)
        if self.kiosk is not None:  # a visitor's language is that of one visit
            self._show_kiosk(self.kiosk.keep())
            return
        self.remember(language=code)
        if self.frame is not None:
            frame, self.frame = self.frame, None
            self._show_frame(frame.put_away())
        else:
            self.show_gate()

    def _speak(self, code: str) -> None:
        """This language from now on, with days and times on the office's own clock."""
        self.words = Language(code, self._office.officer.zone)
        self.boundary.words = self.words

    def _office_changed(self, changes: Changes) -> None:
        """Another name, city or zone of the office shows everywhere at once."""
        if self.frame is None or not any(touched.kind == "office" for touched in changes.touched):
            return
        self.runner.work(doors.open_again, self.runner.store, owner=self, done=self._office_seen)

    def _office_seen(self, office: doors.OpenOffice) -> None:
        if self.frame is not None and office.officer != self._office.officer:
            self._office = replace(self._office, officer=office.officer)
            self._speak(self.words.code)
            frame, self.frame = self.frame, None
            self._show_frame(frame.put_away())

    def set_palette(self, palette: Palette) -> None:
        """Choose the colours."""
        self.theme.choose(palette)
        self.remember(palette=palette.value)

    def next_palette(self) -> None:
        """Light, dark, high contrast, and round again."""
        order = [Palette.LIGHT, Palette.DARK, Palette.CONTRAST]
        now = Palette(self.theme.tokens.name)
        self.set_palette(order[(order.index(now) + 1) % len(order)])

    def step_zoom(self, steps: int) -> None:
        """Larger or smaller text; nought is as usual."""
        self.theme.step_zoom(steps)
        self.remember(zoom=self.theme.zoom)

    # locking and leaving

    def _lock_soon(self, seconds: object) -> None:
        left = seconds if isinstance(seconds, int) else None
        if self.kiosk is not None:
            self.kiosk.show_left(left)
        if self.frame is None:
            return
        self.frame.status.show_lock_soon(left)
        if left is not None and left >= WARN_SECONDS - 1:
            announce(self.frame, self.words(LOCKS_IN, seconds=left))

    def lock(self) -> None:
        """Put the office away and show the lock screen."""
        if self.frame is None and self.kiosk is None:
            return
        self._put_away(self._locked)

    def _put_away(self, then: Callable[[], object]) -> None:
        """Take the page off the screen first, then keep what was typed, back up and close, off the window's thread."""
        frame, self.frame = self.frame, None
        at_counter = self._leave_kiosk()
        self.idle.stop(self.app)
        self.upkeep.stop()
        typed = self._last_words(frame)
        store = self.runner.let_go() or self._half_begun()
        self.window.show_actions(None, self.words)
        self.window.show_sample(None, self.leave_sample)
        self._close_what_stands_over()
        self.window.show_content(QWidget())
        if store is None:
            then()
            return
        close = doors.close_kiosk if at_counter else partial(doors.close_office, typed=typed)
        self.runner.work(
            close, store, owner=self, exclusive=True, done=partial(self._closed, then),
            failed=lambda trouble: self._closed_with(trouble, then),
        )  # fmt: skip

    def _close_what_stands_over(self) -> None:
        """Menus first, their page is about to go; then the sheet of keys or a choice of file: of an office no more."""
        for _menu in range(_MOST_MENUS):
            popup = QApplication.activePopupWidget()
            if popup is None:
                break
            popup.close()
        for dialog in self.window.findChildren(QDialog):
            dialog.reject()

    def _leave_kiosk(self) -> bool:
        """Text, language and idle time as this machine has them again; whether a counter was left."""
        if self.kiosk is None:
            return False
        self.kiosk = None
        self.theme.set_zoom(self.settings.zoom)
        self.idle.set_minutes(self.settings.idle_minutes)
        self._speak(self._first_language())
        self.qt_words.use(self.words.code)
        return True

    def _last_words(self, frame: OfficeFrame | None) -> dict[str, str]:
        """What the store must still hear before it closes: half-typed texts, and where the window was."""
        from liaison.ui.kept import WINDOW

        if frame is None:
            return {}
        window = frame.put_away().packed()
        typed, self._half_typed = {**self._half_typed.unwritten(), WINDOW: window}, HalfTyped()
        return typed

    def _half_begun(self) -> Any:
        """The store of a first run that is left in the middle."""
        from liaison.ui.first_run import FirstRun

        return self.gate.open_store() if isinstance(self.gate, FirstRun) else None

    def _closed(self, then: Callable[[], object], due: tuple[dt.datetime, ...]) -> None:
        self._due = due
        then()

    def _closed_with(self, trouble: Trouble, then: Callable[[], object]) -> None:
        """The store is closed, although its backup failed: say so and go on."""
        self.boundary.show(trouble)
        then()

    def _locked(self) -> None:
        self._locked_at = self.words.formats.clock_time(self.words.formats.at_home(self.clock()))
        self.plate = doors.door_plate(self.folder)
        log.note("office.locked")
        self.show_gate()

    def quit(self) -> None:
        """Leave: remember the window, put the office away, close."""
        if self._leaving or self._stays_at_counter():
            return
        self._leaving = True
        self.remember(geometry=self.window.geometry_now())
        self._put_away(self._left)

    def _stays_at_counter(self) -> bool:
        """A kiosk is left with its passphrase only, except where the computer itself shuts down."""
        if self.kiosk_may_close or self.app.isSavingSession():
            return False
        if self.kiosk is not None:
            self.kiosk.ask_counter()
            return True
        if self._is_at_counter() and isinstance(self.gate, LockScreen):
            self.gate.stay_locked(self.words(KIOSK_LOCKED))
            return True
        return False

    def _is_at_counter(self) -> bool:
        """Whether the store of this window is a kiosk: by itself once it was open, by the mark of its folder before."""
        return self._office.is_kiosk or self.plate.is_kiosk

    def _left(self) -> None:
        self.runner.drain()
        self.away.stop()
        self.window.leave()
        self.app.quit()

    # backups

    def back_up(self) -> None:
        """Back up now and say so."""
        self.upkeep.back_up(self._backed_up)

    def _backed_up(self, moment: dt.datetime) -> None:
        self._backed_up_quietly(moment)
        if self.frame is not None:
            self.frame.toast(self.words(BACKED_UP), undo=False)

    def _backed_up_quietly(self, moment: dt.datetime | None) -> None:
        if moment is not None and self.frame is not None:
            self._office = replace(self._office, last_backup=moment)
            self.frame.status.show_backup(moment)

    # other stores

    def _begun(self, begun: Begun) -> None:
        """The first run is over."""
        from liaison.ui.first_run import Begin

        self.plate = doors.door_plate(self.folder)
        if begun.begin is Begin.SAMPLE:
            store = begun.office.store
            self.runner.work(
                doors.close_office, store, {}, owner=self, exclusive=True, done=lambda _: self.open_sample()
            )
            return
        self.show_office(begun.office)
        page = {Begin.IMPORT: "import", Begin.JOURNEY: "journey_new"}.get(begun.begin)
        if page is not None and self.frame is not None and page in self.frame.pages:
            self.frame.go(Place(page=page))

    def open_sample(self) -> None:
        """Open the sample office, which lies in a folder of its own; it is made when it is first wanted."""
        folder = settings.data_folder() / doors.SAMPLE_FOLDER
        self.gate = None
        self.window.show_content(Busy(self._desk(), self.words(MAKING_SAMPLE)))
        self.runner.work(
            partial(doors.open_sample, folder, language=self.words.code, clock=self.clock), owner=self,
            done=partial(self._sample_opened, folder), failed=self._sample_failed,
        )  # fmt: skip

    def _sample_opened(self, folder: Path, office: doors.OpenOffice) -> None:
        self.folder = folder
        self.plate = doors.door_plate(folder)
        self.show_office(office)

    def _sample_failed(self, trouble: Trouble) -> None:
        self.boundary.show(trouble)
        self.show_gate()

    def leave_sample(self) -> None:
        """Back to the real office."""
        self._put_away(self._sample_left)

    def _sample_left(self) -> None:
        self.folder = self._home_folder
        self._office = doors.OpenOffice(store=None, officer=Officer(name="", office=""))
        self._locked_at, self._due = "", ()
        self.plate = doors.door_plate(self.folder)
        self.show_gate()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self.window, self.words(CHOOSE_FOLDER), str(self.folder))
        if chosen:
            self.use_folder(Path(chosen))

    def use_folder(self, folder: Path) -> None:
        """Open another office's store from now on."""
        self.folder = self._home_folder = folder
        self._office = doors.OpenOffice(store=None, officer=Officer(name="", office=""))
        self._locked_at, self._due = "", ()
        self.remember(store=str(folder))
        self.plate = doors.door_plate(folder)
        self.show_gate()

    def come_forward(self) -> None:
        """A second start of the program raises this window."""
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()

    def icon(self) -> QIcon:
        """The program's own icon."""
        return QIcon(mark_pixmap(self.theme, 64))

    def _trouble(self, trouble: Trouble) -> None:
        self.boundary.show(trouble)


def _palette(name: str) -> Palette:
    return Palette(name) if name in set(Palette) else Palette.SYSTEM


def _pages() -> Sequence[PageEntry]:
    from liaison.ui.pages_list import PAGES

    return PAGES
