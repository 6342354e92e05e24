"""Opening, making and closing an office's store. Everything here runs off the window's thread: argon2 takes its time,
and so does importing the store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liaison.domain.errors import LiaisonError, Locked
from liaison.ui.desk import Officer

if TYPE_CHECKING:
    from liaison.domain.offices import OfficeDraft, OfficerDraft
    from liaison.domain.problems import Problem
    from liaison.services.changes import Changes

Clock = Callable[[], dt.datetime]
SAMPLE_FOLDER = "sample"
SAMPLE_PASSPHRASE = "sample office"
"""The sample holds invented people only, so that its passphrase protects nothing and may stand here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorPlate:
    """What a store says before it is opened: whose it is, and in which language it was made."""

    exists: bool
    officers: tuple[str, ...] = ()
    language: str = ""
    is_kiosk: bool = False
    """Whether it stands at a counter, where the program is not left without the passphrase."""
    trouble: LiaisonError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOffice:
    """An open store with what the frame shows of it. ``has_office`` is false where the first run was cut off."""

    store: Any
    officer: Officer
    has_office: bool = True
    is_kiosk: bool = False
    typed: Mapping[str, str] = field(default_factory=dict)
    """Half-typed texts of this officer by key, and under ``window`` where the window was."""
    last_backup: dt.datetime | None = None


def door_plate(folder: Path) -> DoorPlate:
    """Look at a folder without opening anything. Cheap enough for the window's thread."""
    from liaison.store import counter_mark, vault

    there = (folder / vault.FILE_NAME).exists() or (folder / "store.db").exists()
    if not there:
        return DoorPlate(exists=False)
    try:
        envelope = vault.read_envelope(folder)
    except LiaisonError as error:
        return DoorPlate(exists=True, trouble=error)
    return DoorPlate(
        exists=True, officers=tuple(o.name for o in envelope.officers), language=envelope.language,
        is_kiosk=counter_mark.is_marked(folder),
    )  # fmt: skip


def synced_warning(folder: Path) -> Problem | None:
    """A warning where a cloud service watches the folder."""
    from liaison.store.lock import synced_folder

    return synced_folder(folder)


def open_office(folder: Path, passphrase: str, *, officer: str | None, clock: Clock) -> OpenOffice:
    """Open with a passphrase. Raises ``Locked`` with the cure."""
    from liaison.store.opening import open_store

    return _opened(open_store(folder, passphrase, officer=officer, clock=clock))


def open_with_code(folder: Path, code: str, passphrase: str, *, officer: str | None, clock: Clock) -> OpenOffice:
    """Open with the recovery code and give the officer a new passphrase."""
    from liaison.store.kdf import fitting
    from liaison.store.opening import open_store

    store = open_store(folder, recovery_code=code, clock=clock)
    try:
        who = next((o for o in store.envelope.officers if o.name == officer), store.officer)
        store.change_passphrase(passphrase, officer=who, kdf=fitting())
    except BaseException:
        store.close()
        raise
    return _opened(store)


def make_office(
    folder: Path,
    passphrase: str,
    office: OfficeDraft,
    officer: OfficerDraft,
    *,
    clock: Clock,
    kiosk: bool = False,
) -> tuple[OpenOffice, str]:
    """Make a store with its office; gives back the recovery code, which is shown once."""
    from liaison.store.opening import create_store

    store, code = create_store(
        folder, passphrase=passphrase, officer=officer.name, language=office.language, clock=clock
    )
    try:
        set_up(store, office, officer, kiosk=kiosk)
        return _opened(store), code
    except BaseException:
        store.close()
        raise


def set_up(store: Any, office: OfficeDraft, officer: OfficerDraft, *, kiosk: bool = False) -> None:
    """Give a store its office and first officer; ``kiosk`` makes it the store of a counter."""
    from liaison.i18n import N_
    from liaison.services import kiosk as kiosks
    from liaison.services import office as offices

    with store.write(N_("Set up the office"), kind="init") as session:
        offices.set_up_office(session, office, officer)
        if kiosk:
            kiosks.make_kiosk(session)


def note_code_on_paper(store: Any) -> None:
    """The officer has the recovery code on paper."""
    from liaison.i18n import N_
    from liaison.services import first_hour

    with store.write(N_("Set up the office"), kind="init") as session:
        first_hour.code_is_on_paper(session)


def _opened(store: Any) -> OpenOffice:
    """What the frame shows of an open store."""
    from liaison.services import kiosk
    from liaison.services import office as offices
    from liaison.store import backup, counter_mark, drafts

    with store.read() as session:
        there = offices.has_office(session)
        at_counter = kiosk.is_kiosk(session)
        view = offices.office(session) if there else None
        mine = _mine(store)
        typed = {d.key.removeprefix(mine): d.text for d in drafts.unfinished(session) if d.key.startswith(mine)}
    counter_mark.mark(store.folder, is_kiosk=at_counter)
    last = backup.newest(store.folder / "backups", store.opened)
    name = store.officer.name if store.officer is not None else ""
    return OpenOffice(
        store=store,
        officer=Officer(
            name=name, office=view.name if view is not None else "", city=view.place if view is not None else "",
            zone=view.zone if view is not None else "",
            sample=bool(view is not None and view.is_sample),
        ),
        has_office=there,
        is_kiosk=at_counter,
        typed=typed,
        last_backup=last.made_at if last is not None else None,
    )  # fmt: skip


def open_again(store: Any) -> OpenOffice:
    """Look at an open store once more, after its office has been set up."""
    return _opened(store)


def _mine(store: Any) -> str:
    """What an officer typed is shown to nobody else, not even to who opens the store with the recovery code."""
    return f"{store.officer.id if store.officer is not None else 0} "


def keep_texts(store: Any, texts: Mapping[str, str]) -> None:
    """Keep half-typed texts, encrypted and outside the journal; an empty text forgets."""
    from liaison.i18n import N_
    from liaison.store import drafts

    with store.write(N_("Keep what was typed")) as session:
        for key, text in texts.items():
            drafts.keep(session, _mine(store) + key, text)


def back_up_if_due(store: Any) -> dt.datetime | None:
    """Back up where something changed since the newest backup; the moment if one was made."""
    from liaison.store import backup

    made = backup.back_up_if_due(store)
    return made.made_at if made is not None else None


def back_up_now(store: Any) -> dt.datetime:
    """Make and verify a backup."""
    from liaison.store import backup

    return backup.back_up(store).made_at


def close_office(store: Any, typed: Mapping[str, str]) -> tuple[dt.datetime, ...]:
    """Keep what was typed, back up what changed, close. A failed backup does not keep the store open.

    Gives back when steps fall due within a day: moments only, for the lock screen.
    """
    from liaison.store import backup

    try:
        due = _due(store)
        keep_texts(store, typed)
        backup.back_up_if_due(store, is_closing=True)
    finally:
        store.close()
    return due


def close_kiosk(store: Any) -> tuple[dt.datetime, ...]:
    """Close the store of a counter: it makes no backups and keeps nothing half typed, so that nothing stays behind."""
    store.close()
    return ()


def check_passphrase(store: Any, passphrase: str) -> None:
    """Raises ``Locked`` unless this is the passphrase of one of the officers."""
    from liaison.store import vault

    vault.unlock(store.envelope, passphrase=passphrase)


def _due(store: Any) -> tuple[dt.datetime, ...]:
    from liaison.services.due import due_moments

    with store.read() as session:
        soon = store.clock() + dt.timedelta(days=1)
        return due_moments(session, before=soon, officer_id=session.info.get("officer_id"))


def is_wrong_passphrase(error: BaseException) -> bool:
    """Whether a store stayed closed because of what was typed, and not because of itself."""
    from liaison.store.vault import WRONG_PASSPHRASE

    return isinstance(error, Locked) and error.message == WRONG_PASSPHRASE


def time_passes(store: Any) -> Changes | None:
    """Make the changes that time alone has made due, as the system; none where nothing was due."""
    from liaison.services import rounds

    with store.read() as session:
        if not rounds.is_due(session):
            return None
    with store.write(rounds.TITLE, by_system=True) as session:
        return rounds.time_passes(session)


def open_sample(folder: Path, *, language: str, clock: Clock) -> OpenOffice:
    """Open the sample office; made when it is not there yet, beside its place, so that a half-made one never counts."""
    if not door_plate(folder).exists:
        import shutil

        from liaison.services.sample import make_sample

        beside = folder.with_name(folder.name + ".new")
        if beside.exists():
            shutil.rmtree(beside)
        make_sample(beside, passphrase=SAMPLE_PASSPHRASE, language=language, clock=clock)
        beside.rename(folder)
    return open_office(folder, SAMPLE_PASSPHRASE, officer=None, clock=clock)
