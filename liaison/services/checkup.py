"""What ``liaison check`` counts: the file, the journal's chain, search, attached files, sums kept beside records."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from liaison.domain.claims import ClaimState
from liaison.domain.claims import is_open as claim_is_open
from liaison.domain.journeys import JourneyState
from liaison.domain.journeys import is_open as journey_is_open
from liaison.i18n import N_
from liaison.services.sentences import Sentence, said
from liaison.store import search
from liaison.store.attachments import named_files
from liaison.store.models import ClaimRow, JourneyEventRow, JourneyRow, PaymentRow
from liaison.store.store import ATTACHMENTS, Store
from liaison.store.triggers import trigger_drift

FILE = N_("The store file is whole")
REFERENCES = N_("Every reference leads to a record")
JOURNAL = N_("The journal's chain is unbroken")
TRIGGERS = N_("Every table is watched by the journal")
SEARCH = N_("Search finds every record")
ATTACHED = N_("Every attached file is there")
PAID = N_("Paid sums equal their payments")
OPEN = N_("Open cases and claims are marked as open")
STATES = N_("Every case stands where its last move left it")
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One thing looked at. ``faults`` holds keys and codes, never a name; empty means all is well."""

    name: str
    title: Sentence
    faults: tuple[str, ...]
    count: int

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong."""
        return not self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """Everything that was looked at."""

    checks: tuple[Checked, ...]

    @property
    def is_well(self) -> bool:
        """Whether nothing at all is wrong."""
        return all(c.is_well for c in self.checks)


def check_store(store: Store) -> Checkup:
    """Look at a whole store. Writes nothing."""
    journal = [f"{fault.what} {fault.where}" for fault in store.verify()]
    with store.read() as session:
        return Checkup(
            checks=(
                _checked("file", FILE, _damage(session)),
                _checked("references", REFERENCES, _lost_references(session)),
                _checked("journal", JOURNAL, journal),
                _checked("triggers", TRIGGERS, _missing_triggers(session, store)),
                _checked("search", SEARCH, search.check_index(session, store.schema.subjects)),
                _checked("attachments", ATTACHED, _missing_files(session, store)),
                _checked("paid", PAID, _wrong_sums(session)),
                _checked("open", OPEN, _wrong_flags(session)),
                _checked("states", STATES, _wrong_states(session)),
            )
        )


def _checked(name: str, title: str, faults: list[str]) -> Checked:
    return Checked(name=name, title=said(title), faults=tuple(faults[:_SHOWN]), count=len(faults))


def _damage(session: Session) -> list[str]:
    connection = session.connection()
    pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return [*map(str, pages), *(str(line) for line in found if line != "ok")]


def _lost_references(session: Session) -> list[str]:
    rows = session.connection().exec_driver_sql("PRAGMA foreign_key_check").all()
    return [f"{table} {row_id} {parent}" for table, row_id, parent, _ in rows]


def _missing_triggers(session: Session, store: Store) -> list[str]:
    return trigger_drift(session.connection(), store.schema.triggers)


def _missing_files(session: Session, store: Store) -> list[str]:
    folder = store.folder / ATTACHMENTS
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    return sorted(named_files(session, store.schema.metadata, living_only=True) - there)


def _wrong_sums(session: Session) -> list[str]:
    """Claims that have payments here, whose own sum differs from them."""
    summed = (
        sa.select(PaymentRow.claim_id, sa.func.sum(PaymentRow.amount_minor).label("paid"))
        .where(PaymentRow.claim_id.is_not(None))
        .group_by(PaymentRow.claim_id)
        .subquery()
    )
    wrong = (
        sa.select(ClaimRow.id)
        .join(summed, summed.c.claim_id == ClaimRow.id)
        .where(ClaimRow.paid_minor != summed.c.paid)
    )
    return [f"claim {key}" for key in session.scalars(wrong)]


def _wrong_flags(session: Session) -> list[str]:
    journeys = sa.select(JourneyRow.id).where(
        JourneyRow.is_open != JourneyRow.state.in_([s for s in JourneyState if journey_is_open(s)])
    )
    claims = sa.select(ClaimRow.id).where(
        ClaimRow.is_open != ClaimRow.state.in_([s for s in ClaimState if claim_is_open(s)])
    )
    return [
        *(f"journey {key}" for key in session.scalars(journeys)),
        *(f"claim {key}" for key in session.scalars(claims)),
    ]


def _wrong_states(session: Session) -> list[str]:
    """Cases whose state is not that of their newest move."""
    event, later = aliased(JourneyEventRow), aliased(JourneyEventRow)
    is_newest = ~sa.exists().where(
        later.journey_id == event.journey_id,
        sa.or_(later.at > event.at, sa.and_(later.at == event.at, later.id > event.id)),
    )
    wrong = (
        sa.select(JourneyRow.id)
        .join(event, event.journey_id == JourneyRow.id)
        .where(is_newest, event.to_state != JourneyRow.state)
    )
    return [f"journey {key}" for key in session.scalars(wrong)]
