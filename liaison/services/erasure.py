"""Erasing a person: what holds it up, doing it, and the certificate. It cannot be undone.

An open case or claim, or a hold that somebody placed, beats a request; the time for which papers are kept may be passed
over by a supervisor who says why. Afterwards the person is in no table, journal line, search word, attached file, draft
or new backup; backups made before are thinned away within thirteen months, which the certificate says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.fields import check_required
from liaison.domain.offices import Role
from liaison.domain.problems import Problem
from liaison.domain.trouble import (
    BACKUPS_MONTHS,
    KEPT_YEARS,
    ErasureDraft,
    HoldDraft,
    HoldKind,
    check_erasure,
    kept_until,
    months_later,
)
from liaison.i18n import N_
from liaison.services import erasing
from liaison.services.changes import Changes, actor, add, changes, clock, get, today
from liaison.services.erasing import Mention
from liaison.services.office import roles, setting
from liaison.store import backup
from liaison.store.journal_tables import ActionKind
from liaison.store.models import (
    BillRow,
    ClaimRow,
    DisclosureRow,
    ErasureRow,
    JourneyRow,
    LegalHoldRow,
    PatientRow,
    PaymentRow,
)

if TYPE_CHECKING:
    from liaison.store.store import Store

ERASED = N_("Erase a person")
KEPT_YEARS_SETTING = "kept_years"
STOPPED = N_("This person cannot be erased yet: {why}.")
RETAINED = N_(
    "Papers with money in them are kept until {day}. "
    "A supervisor may erase earlier where the law allows it, and answers for it."
)
SUPERVISOR_ONLY = N_("Only a supervisor may erase a person. Ask one to do it.")
NAMED = N_("Leave the person's name out: this sentence stays on the certificate.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Something that keeps a person's records for now. ``detail`` is a case or claim number, or the reason given."""

    kind: HoldKind
    detail: str = ""
    until: dt.date | None = None
    id: int | None = None
    """Of a hold that somebody placed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureView:
    """What erasing a person would reach, and what holds it up."""

    patient_id: int
    name: str
    holds: tuple[Hold, ...]
    counts: Mapping[str, int]
    """Records by table."""
    files: int
    lists: int
    """Lists as they came that hold the person and will be emptied."""
    recipients: tuple[str, ...]
    """Who was sent something and must be told."""
    kept_until: dt.date | None
    mentions: tuple[Mention, ...] = ()
    """Places on other people's records where the same name or number stands; an erasure leaves them."""

    @property
    def is_stopped(self) -> bool:
        """Whether nothing but time and a decision can help."""
        return any(hold.kind is not HoldKind.RETENTION for hold in self.holds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What can be said of an erasure afterwards. It names nobody."""

    id: int
    number: str
    at: dt.datetime
    asked_on: dt.date
    ground: str
    actor: str
    counts: Mapping[str, int]
    recipients: tuple[str, ...]
    mentions: tuple[Mention, ...]
    """Places elsewhere where the same name or number stands; they may speak of somebody else."""
    backups_until: dt.date


# holds


def place_hold(session: Session, patient_id: int, draft: HoldDraft) -> Changes:
    """Keep a person's records until somebody lifts the hold: a dispute, an inspection."""
    refuse_if(check_required(draft))
    get(session, PatientRow, patient_id)
    row = LegalHoldRow(
        patient_id=patient_id, reason=draft.reason.strip(), placed_on=today(session), placed_by=actor(session)
    )
    add(session, row)
    return changes(("legal_hold", row.id), ("patient", patient_id), made=row.id)


def lift_hold(session: Session, key: int, *, because: str) -> Changes:
    """Let a hold go, with a reason."""
    row = get(session, LegalHoldRow, key)
    if not because.strip():
        raise Refused([Problem(code="MISSING", message=N_("Say why the hold is lifted."), field="because")])
    row.lifted_on, row.lifted_because = today(session), because.strip()
    session.flush()
    return changes(("legal_hold", key), ("patient", row.patient_id))


def holds_of(session: Session, patient_id: int) -> tuple[Hold, ...]:
    """Everything that keeps a person's records for now."""
    people = erasing.everybody(session, patient_id)
    cases = sa.select(JourneyRow.case_no).where(JourneyRow.patient_id.in_(people), JourneyRow.is_open)
    claims = sa.select(ClaimRow.claim_no).where(ClaimRow.patient_id.in_(people), ClaimRow.is_open)
    placed = sa.select(LegalHoldRow).where(LegalHoldRow.patient_id.in_(people), LegalHoldRow.lifted_on.is_(None))
    found = [Hold(kind=HoldKind.OPEN_CASE, detail=number) for number in session.scalars(cases)]
    found += [Hold(kind=HoldKind.OPEN_CLAIM, detail=number) for number in session.scalars(claims)]
    found += [Hold(kind=HoldKind.HELD, detail=row.reason, id=row.id) for row in session.scalars(placed)]
    until = _kept_until(session, people)
    if until is not None and until >= today(session):
        found.append(Hold(kind=HoldKind.RETENTION, until=until))
    return tuple(found)


def _kept_until(session: Session, people: set[int]) -> dt.date | None:
    """Until when papers with money in them are kept; none where there never was any."""
    cases = sa.select(JourneyRow.id).where(JourneyRow.patient_id.in_(people))
    last = [
        session.scalar(sa.select(sa.func.max(ClaimRow.aged_from)).where(ClaimRow.patient_id.in_(people))),
        session.scalar(sa.select(sa.func.max(ClaimRow.decided_on)).where(ClaimRow.patient_id.in_(people))),
        session.scalar(sa.select(sa.func.max(PaymentRow.paid_on)).where(PaymentRow.journey_id.in_(cases))),
        session.scalar(sa.select(sa.func.max(BillRow.billed_on)).where(BillRow.journey_id.in_(cases))),
    ]
    known = [day for day in last if day is not None]
    return kept_until(max(known), int(setting(session, KEPT_YEARS_SETTING, KEPT_YEARS))) if known else None


# erasing


def erasure_view(session: Session, patient_id: int) -> ErasureView:
    """What erasing this person would reach. Writes nothing."""
    row = get(session, PatientRow, patient_id)
    people = erasing.everybody(session, row.id)
    found = erasing.belongings(session, people)
    holds = holds_of(session, patient_id)
    return ErasureView(
        patient_id=patient_id,
        name=row.full_name,
        holds=holds,
        counts={table: len(keys) for table, keys in found.items()},
        files=len(erasing.files_of(session, found)),
        lists=len(erasing.lists_of(session, found)),
        recipients=_recipients(session, people),
        kept_until=next((h.until for h in holds if h.kind is HoldKind.RETENTION), None),
        mentions=erasing.mentions(session, erasing.words_of(session, people), but=found),
    )


def erase_person(store: Store, patient_id: int, draft: ErasureDraft) -> Certificate:
    """Erase a person for good, make a new backup without them, and give the certificate. Refused while held."""
    with store.write(ERASED, kind=ActionKind.ERASE) as session:
        people = erasing.everybody(session, get(session, PatientRow, patient_id).id)
        words = erasing.words_of(session, people)
        refuse_if(_problems(session, patient_id, draft, words))
        recipients = _recipients(session, people)
        found = erasing.belongings(session, people)
        files = erasing.files_of(session, found)
        lists = erasing.lists_of(session, found)
        files |= erasing.empty_lists(session, lists)
        files |= erasing.empty_papers(session, people, found)
        drafts = erasing.drop_drafts(session, found, words)
        lines = erasing.take_out(session, found, words)
        counts = {table: len(keys) for table, keys in found.items()}
        row = ErasureRow(
            number=_number(session), at=clock(session), asked_on=draft.asked_on, ground=draft.ground.strip(),
            actor=actor(session), counts={**counts, "journal": lines, "files": len(files), "drafts": drafts},
            keys={t: sorted(found.get(t, ())) for t in ("patient", "journey")}, recipients=list(recipients),
            mentions=[[m.table, m.on.isoformat()] for m in erasing.mentions(session, words)],
            backups_until=months_later(today(session), BACKUPS_MONTHS),
        )  # fmt: skip
        add(session, row)
        erasing.merge_search(session)
        made = _certificate(row)
    _shred(store, files)
    store.fold_log()
    backup.back_up(store)
    return made


def certificates(session: Session) -> tuple[Certificate, ...]:
    """Every erasure, newest first."""
    return tuple(_certificate(row) for row in session.scalars(sa.select(ErasureRow).order_by(ErasureRow.id.desc())))


def certificate(session: Session, number: str) -> Certificate | None:
    """The erasure of a number."""
    row = session.scalar(sa.select(ErasureRow).where(ErasureRow.number == number.strip().upper()))
    return None if row is None else _certificate(row)


def _problems(session: Session, patient_id: int, draft: ErasureDraft, words: list[str]) -> list[Problem]:
    problems = check_erasure(draft, today=today(session))
    if Role.SUPERVISOR not in roles(session):
        problems.append(Problem(code="SUPERVISOR_ONLY", message=SUPERVISOR_ONLY))
    if any(word.casefold() in draft.ground.casefold() for word in words):
        problems.append(Problem(code="NAMED", message=NAMED, field="ground"))
    for hold in holds_of(session, patient_id):
        if hold.kind is HoldKind.RETENTION:
            if not draft.despite_retention:
                values: dict[str, Any] = {"day": hold.until}
                problems.append(Problem(code="RETAINED", message=RETAINED, field="despite_retention", values=values))
        else:
            values = {"why": hold.kind}
            problems.append(Problem(code=hold.kind.value, message=STOPPED, values=values))
    return list({p.code: p for p in problems}.values())


def _recipients(session: Session, people: set[int]) -> tuple[str, ...]:
    cases = sa.select(JourneyRow.id).where(JourneyRow.patient_id.in_(people))
    names = sa.select(DisclosureRow.recipient).where(
        sa.or_(DisclosureRow.patient_id.in_(people), DisclosureRow.journey_id.in_(cases)),
        DisclosureRow.recipient != "",
    )
    known = {name for person in people for name in _own_names(session, person)}
    return tuple(sorted({name for name in session.scalars(names) if name not in known}))


def _own_names(session: Session, person: int) -> tuple[str, ...]:
    row = get(session, PatientRow, person)
    return row.full_name, row.passport_name


def _number(session: Session) -> str:
    year = today(session).year
    numbers = session.scalars(sa.select(ErasureRow.number).where(ErasureRow.number.startswith(f"ER-{year}-"))).all()
    return f"ER-{year}-{len(numbers) + 1:03d}"


def _certificate(row: ErasureRow) -> Certificate:
    return Certificate(
        id=row.id, number=row.number, at=row.at, asked_on=row.asked_on, ground=row.ground, actor=row.actor,
        counts=dict(row.counts), recipients=tuple(row.recipients),
        mentions=tuple(Mention(table=table, on=dt.date.fromisoformat(on)) for table, on in row.mentions),
        backups_until=row.backups_until,
    )  # fmt: skip


def _shred(store: Store, files: set[str]) -> None:
    """The files and the copies of them beside the backups."""
    for name in files:
        store.attachments.shred(name)
        (store.folder / "backups" / "attachments" / name).unlink(missing_ok=True)
