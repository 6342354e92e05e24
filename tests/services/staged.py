"""Lists as they are once a file was read: what services get to match and write."""

import datetime as dt
from pathlib import Path

import sqlalchemy as sa

from liaison.domain.journeys import JourneyState
from liaison.domain.listing import (
    ListStatus,
    StagedClaim,
    StagedFile,
    StagedJourney,
    StagedRecords,
    StagedSheet,
    StatusTrust,
)
from liaison.domain.money import Money
from liaison.store.base import Base

SHA = "5e" * 32


def claim(row=5, **values):
    """One claim of a list, believable unless told otherwise."""
    billed = values.pop("billed", Money.of("12500.50", "MYR"))
    usual = {
        "claim_no": f"CLM-{row:05d}", "member_name": "Dewi Lestari Siregar", "member_no": "M-0042",
        "policy_no": "NS-2024-771", "birth_date": dt.date(1980, 3, 14), "hospital": "Gleneagles Hospital Penang",
        "country": "Malaysia", "admit_date": dt.date(2026, 9, 1), "discharge_date": dt.date(2026, 9, 5),
        "diagnosis_code": "I25.1", "status": ListStatus.SUBMITTED, "raw_status": "diajukan",
    }  # fmt: skip
    return StagedClaim(sheet="Klaim", row=row, billed=billed, currency=billed.currency, **{**usual, **values})


def claim_list(*claims, **values):
    """A claim list of these claims."""
    usual = {"file": "bordero september.xlsx", "sha256": SHA, "rejects": (), "skips": (), "sums": {}}
    return StagedFile(claims=tuple(claims), **{**usual, **values})


def case(row=2, name="Dewi Lestari Siregar", state=JourneyState.PREAUTH, **values):
    """One running case of a tracking sheet."""
    trust = StatusTrust.SURE if state else StatusTrust.UNKNOWN
    usual = {"raw_status": "nunggu GL", "hospital": "Gleneagles Hospital Penang", "country": "Malaysia"}
    return StagedJourney(
        sheet="Berjalan", row=row, patient_name=name, state=state, **{"trust": trust, **usual, **values}
    )


def sheet(*cases, **values):
    """A tracking sheet of these cases."""
    usual = {"file": "tracking Ratna.xlsx", "sha256": SHA, "problems": (), "skips": (), "statuses": ()}
    return StagedSheet(journeys=tuple(cases), **{**usual, **values})


def records(kind, **values):
    """A list of hospitals, contacts or rates."""
    return StagedRecords(file=f"{kind}.xlsx", sha256=SHA, kind=kind, **values)


def bring(store, service, staged, *arguments, **more):
    """One list as one action of kind ``import``."""
    with store.write(service.BROUGHT_IN, kind="import") as session:
        return service.bring_in(session, staged, *arguments, **more)


def plan(store, service, staged, *arguments):
    """What a list would do."""
    with store.read() as session:
        return service.plan_list(session, staged, *arguments)


def counts(store):
    """How many rows every journaled table has."""
    with store.read() as session:
        return {
            table.name: session.scalar(sa.select(sa.func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
            if table.info.get("journal", True)
        }


def rows(store, row_type, *where):
    """Rows of a table as plain mappings, oldest first."""
    table = row_type.__table__
    with store.read() as session:
        found = session.execute(sa.select(table).where(*where).order_by(table.c.id))
        return [dict(r._mapping) for r in found]


def files_of(store):
    """Every file in the store's folder, with its bytes."""
    return {path: path.read_bytes() for path in Path(store.folder).rglob("*") if path.is_file()}
