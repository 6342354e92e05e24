"""Saving desks as vCards: those of one house, or of every chosen row of the network, into one file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from liaison.domain.vcard import Card, vcards
from liaison.i18n import N_
from liaison.services import list_copies
from liaison.services.vcards import cards
from liaison.ui.desk import Desk

TITLE = N_("Save contacts as vCards")


def save_vcards(
    desk: Desk, owner: QWidget, *, houses: Sequence[int] = (), contacts: Sequence[int] = (), target: Path | None = None
) -> None:
    """Write the cards of houses and desks into a file; without a target the officer is asked."""
    words = desk.words
    if not houses and not contacts:
        desk.toast(words(N_("Choose an entry first.")), undo=False)
        return

    def arrived(found: list[Card]) -> None:
        if not found:
            desk.toast(words(N_("No number or address is on record here.")), undo=False)
            return
        path = target or _asked(desk, owner, found)
        if path is not None:
            desk.runner.work(_write, path, found, owner=owner, done=lambda sha: _on_record(desk, owner, found, sha))

    desk.runner.read(_cards, words, tuple(houses), tuple(contacts), owner=owner, done=arrived, key="vcards")


def _cards(session: Any, words: Any, houses: Sequence[int], contacts: Sequence[int]) -> list[Card]:
    return cards(session, words, houses=houses, contacts=contacts)


def _asked(desk: Desk, owner: QWidget, found: Sequence[Card]) -> Path | None:
    words = desk.words
    name = found[0].house if len({card.house for card in found}) == 1 else words(N_("Contacts"))
    stem = f"{name} {desk.today().isoformat()}.vcf".replace("/", "-")
    chosen, _kind = QFileDialog.getSaveFileName(owner, words(TITLE), stem, "vCard (*.vcf)")
    return Path(chosen) if chosen else None


def _write(path: Path, found: Sequence[Card]) -> str:
    data = vcards(found)
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def _on_record(desk: Desk, owner: QWidget, found: Sequence[Card], sha256: str) -> None:
    words = desk.words
    said = words.plural("{count} contact saved", "{count} contacts saved", len(found))
    desk.runner.write(
        TITLE, _record, len(found), sha256, words.code, owner=owner, kind="release",
        done=lambda _changes: desk.toast(said, undo=False),
    )  # fmt: skip


def _record(session: Any, count: int, sha256: str, language: str) -> Any:
    return list_copies.record_copy(session, "vcards", "", asked={}, rows=count, sha256=sha256, language=language)
