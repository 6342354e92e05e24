"""A second policy: what the first insurer left is claimed from the next one, with the papers that it asks for."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimDraft, ClaimKind, ClaimLineDraft, ClaimState
from liaison.domain.errors import Refused, refuse_if
from liaison.domain.fields import problem
from liaison.domain.money import Money
from liaison.domain.policies import PayerContext
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.belonging import name_of, policy_of
from liaison.services.changes import Changes, get
from liaison.services.claims import claim_draft, count_documents, file_claim, lines_of, touched
from liaison.store.models import ClaimLineRow, ClaimRow, CoverRow, JourneyRow, OrganizationRow

_S = ClaimState

DECIDED_FIRST = frozenset(
    {_S.APPROVED, _S.PARTIALLY_APPROVED, _S.REJECTED, _S.PAYMENT_PENDING, _S.PAID, _S.DISPUTED_PAYMENT, _S.CLOSED}
)
"""States in which it is known what the first insurer leaves."""

NOT_DECIDED = N_("The first insurer has not decided yet. Wait for its decision.")
NOTHING_LEFT = N_("The first insurer paid everything; nothing is left to claim.")
SAME_COVER = N_("Choose another policy than that of the first claim.")
CLAIMED_ALREADY = N_("What the first insurer left is claimed from this policy already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCover:
    """Another policy of the person that may pay what is left."""

    cover_id: int
    insurer: str
    policy_no: str
    place: int | None
    """In which place it pays, where that is settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """What an insurer left of a claim, and from whom it may be claimed."""

    left: Money
    covers: tuple[OtherCover, ...]
    first_claim_id: int | None
    """The claim that came before this one, where this is the second."""
    later_claim_ids: tuple[int, ...]


def left_over(session: Session, claim_id: int) -> LeftOver:
    """What the first insurer left of a claim, the policies it may be claimed from, and the claims that do."""
    row = get(session, ClaimRow, claim_id)
    later = session.scalars(
        sa.select(ClaimRow.id).where(ClaimRow.after_claim_id == row.id, ClaimRow.state != _S.VOID).order_by(ClaimRow.id)
    ).all()
    covers = _others(session, row) if row.state in DECIDED_FIRST and _left(row).minor > 0 and not later else ()
    return LeftOver(
        left=_left(row), covers=covers, first_claim_id=row.after_claim_id, later_claim_ids=tuple(later)
    )  # fmt: skip


def second_claim_draft(session: Session, claim_id: int, cover_id: int) -> ClaimDraft:
    """What the form of the second claim opens with: the amount that is left, line by line where that is known."""
    row = get(session, ClaimRow, claim_id)
    refuse_if(_problems(session, row, cover_id))
    first = claim_draft(session, claim_id)
    return ClaimDraft(
        patient_id=row.patient_id, cover_id=cover_id, journey_id=row.journey_id, hospital_id=row.hospital_id,
        kind=ClaimKind.TOP_UP_COB, billed=_left(row), admitted_on=row.admitted_on, discharged_on=row.discharged_on,
        diagnosis_code=row.diagnosis_code, diagnosis=row.diagnosis, relation=first.relation,
        origin_city=row.origin_city, lines=_lines_left(row, lines_of(session, claim_id)),
    )  # fmt: skip


def file_second_claim(session: Session, claim_id: int, draft: ClaimDraft) -> Changes:
    """File what is left with another insurer; the claim remembers which one came first."""
    row = get(session, ClaimRow, claim_id)
    refuse_if(_problems(session, row, draft.cover_id))
    done = file_claim(session, draft)
    assert done.made is not None
    second = get(session, ClaimRow, done.made)
    second.after_claim_id = row.id
    session.flush()
    count_documents(session, second.id)
    return done | touched(row)


def claim_the_rest(session: Session, claim_id: int, cover_id: int) -> Changes:
    """File what is left with another insurer as it stands; one action, to be completed on its own page."""
    return file_second_claim(session, claim_id, second_claim_draft(session, claim_id, cover_id))


def _left(row: ClaimRow) -> Money:
    """What was billed less what the insurer approved; what it paid counts where that is more, or is its last word.

    A first instalment is no last word: the rest of what was approved is still on its way.
    """
    is_last = row.state is _S.CLOSED and row.paid_minor > 0
    gone = row.paid_minor if is_last else max(row.paid_minor, row.approved_minor or 0)
    return Money(max(row.billed_minor - gone, 0), row.currency)


def _lines_left(row: ClaimRow, lines: list[ClaimLineRow]) -> tuple[ClaimLineDraft, ...]:
    """The cut of each line; none where the lines do not add up to what is left."""
    drafts = tuple(
        ClaimLineDraft(
            category=x.category, description=x.description, service_on=x.service_on,
            claimed=Money(x.claimed_minor - x.approved_minor, row.currency),
        )
        for x in lines
        if x.approved_minor is not None and x.claimed_minor > x.approved_minor
    )  # fmt: skip
    return drafts if drafts and sum(d.claimed.minor for d in drafts) == _left(row).minor else ()


def _others(session: Session, row: ClaimRow) -> tuple[OtherCover, ...]:
    found = [c for c in _covers(session, row) if c.id != row.cover_id and _may_pay(session, row, c)]
    found.sort(key=lambda c: (c.cob_order or 99, c.id))
    shown = []
    for cover in found:
        policy = policy_of(session, cover.id)
        insurer = name_of(session, policy.insurer_id) if policy is not None else ""
        number = policy.policy_no if policy is not None else ""
        shown.append(OtherCover(cover_id=cover.id, insurer=insurer, policy_no=number, place=cover.cob_order))
    return tuple(shown)


def _covers(session: Session, row: ClaimRow) -> list[CoverRow]:
    return list(session.scalars(sa.select(CoverRow).where(CoverRow.patient_id == row.patient_id)))


def _may_pay(session: Session, row: ClaimRow, cover: CoverRow) -> bool:
    """Whether a policy covered the day of treatment; BPJS only at home."""
    day = row.admitted_on or row.discharged_on
    if day is not None and cover.valid_to is not None and cover.valid_to < day:
        return False
    if day is not None and cover.valid_from is not None and day < cover.valid_from:
        return False
    return cover.payer_context is not PayerContext.BPJS or _country(session, row) == "ID"


def _country(session: Session, row: ClaimRow) -> str:
    house = session.get(OrganizationRow, row.hospital_id) if row.hospital_id is not None else None
    if house is not None and house.country:
        return house.country
    journey = session.get(JourneyRow, row.journey_id) if row.journey_id is not None else None
    return journey.destination_country if journey is not None else ""


def _problems(session: Session, row: ClaimRow, cover_id: int) -> list[Problem]:
    if row.state not in DECIDED_FIRST:
        raise Refused([problem("NOT_DECIDED", NOT_DECIDED)])
    found = []
    if _left(row).minor <= 0:
        found.append(problem("NOTHING_LEFT", NOTHING_LEFT))
    if cover_id == row.cover_id:
        found.append(problem("SAME_COVER", SAME_COVER, "cover_id"))
    known = sa.select(ClaimRow.id).where(
        ClaimRow.after_claim_id == row.id, ClaimRow.cover_id == cover_id, ClaimRow.state != _S.VOID
    )
    if session.scalar(known.limit(1)) is not None:
        found.append(problem("CLAIMED_ALREADY", CLAIMED_ALREADY, "cover_id"))
    return found
