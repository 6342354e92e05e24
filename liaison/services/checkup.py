"""What ``liaison check`` counts: the file, the journal's chain, search, attached files, sums kept beside records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from liaison.domain.claims import ClaimState
from liaison.domain.claims import is_open as claim_is_open
from liaison.domain.journeys import JourneyState
from liaison.domain.journeys import is_open as journey_is_open
from liaison.i18n import N_
from liaison.services.payments import paid_sum
from liaison.services.sentences import Sentence, said
from liaison.store.checks import examine
from liaison.store.models import ClaimRow, JourneyEventRow, JourneyRow, PaymentRow
from liaison.store.store import Store

FILE = N_("The store file is whole")
REFERENCES = N_("Every reference leads to a record")
JOURNAL = N_("The journal's chain is unbroken")
TRIGGERS = N_("Every table is watched by the journal")
SEARCH = N_("Search finds every record")
FIGURES = N_("The kept figures equal a recount")
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
    faults = examine(store)
    if faults.file:  # nothing further can be read with confidence
        return Checkup(checks=(_checked("file", FILE, faults.file),))
    with store.read() as session:
        return Checkup(
            checks=(
                _checked("file", FILE, faults.file),
                _checked("references", REFERENCES, faults.references),
                _checked("journal", JOURNAL, faults.journal),
                _checked("triggers", TRIGGERS, faults.triggers),
                _checked("search", SEARCH, faults.search),
                _checked("figures", FIGURES, faults.figures),
                _checked("attachments", ATTACHED, faults.attachments),
                _checked("paid", PAID, _wrong_sums(session)),
                _checked("open", OPEN, _wrong_flags(session)),
                _checked("states", STATES, _wrong_states(session)),
            )
        )


def _checked(name: str, title: str, faults: Sequence[str]) -> Checked:
    return Checked(name=name, title=said(title), faults=tuple(faults[:_SHOWN]), count=len(faults))


def _wrong_sums(session: Session) -> list[str]:
    """Claims that have payments here, whose own sum differs from them."""
    summed = (
        sa.select(PaymentRow.claim_id, paid_sum().label("paid"))
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
