"""Lists of hospitals, contacts and exchange rates: what each row would do to the store, and doing it as one action.

What a list leaves blank changes nothing; what it states otherwise is shown old and new before it is written. A house
is found by its name or a remembered spelling, a desk by its person or number, a rate by its day and source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.listing import StagedRecords
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, add, clock
from liaison.services.list_memory import ListKind, remember_columns
from liaison.services.record_list_contacts import plan_contacts, write_contacts
from liaison.services.record_list_houses import plan_houses, write_houses
from liaison.services.record_list_plan import RecordFate as RecordFate
from liaison.services.record_list_plan import RecordsPlan as RecordsPlan
from liaison.services.record_list_rates import plan_rates, write_rates
from liaison.store.models import SourceFileRow

BROUGHT_IN = N_("Bring in a list")
"""Title of the action."""

NOTHING_TO_BRING = N_("No row of this list can come in. The reasons stand beside the rows.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtRecords:
    """A list that came in."""

    plan: RecordsPlan
    changes: Changes
    action_id: int
    made: Mapping[str, int] = field(default_factory=dict)
    """How many new records of each kind were made."""


def plan_list(session: Session, staged: StagedRecords) -> RecordsPlan:
    """What bringing a list in would do. Nothing is written."""
    match ListKind(staged.kind):
        case ListKind.HOSPITALS:
            return plan_houses(session, staged.hospitals)
        case ListKind.CONTACTS:
            return plan_contacts(session, staged.contacts)
        case _:
            return plan_rates(session, staged.rates)


def bring_in(
    session: Session, staged: StagedRecords, *, content: bytes = b"", columns: Mapping[str, str] | None = None
) -> BroughtRecords:
    """Write a list's hospitals, contacts or rates in the open action (kind ``import``).

    ``content`` is the file, kept encrypted; ``columns`` are the headings mapped by hand, remembered. Raises
    ``Refused`` if no row can come in; then nothing is written.
    """
    plan = plan_list(session, staged)
    if not plan.fates:
        raise Refused([Problem(code="NOTHING_TO_BRING", message=NOTHING_TO_BRING)])
    kind = ListKind(staged.kind)
    _keep_source(session, staged, content)
    match kind:
        case ListKind.HOSPITALS:
            changes = write_houses(session, plan)
        case ListKind.CONTACTS:
            changes = write_contacts(session, plan)
        case _:
            changes = write_rates(session, plan)
    remember_columns(session, kind, columns or {}, name=staged.file)
    made = {kind.value: plan.counts()["new"], **({"houses": len(plan.makes)} if plan.makes else {})}
    return BroughtRecords(plan=plan, changes=changes, action_id=int(session.info["action_id"]), made=made)


def _keep_source(session: Session, staged: StagedRecords, content: bytes) -> None:
    if not content:
        return
    sealed = session.info["store"].attachments.put(content)
    add(
        session,
        SourceFileRow(
            kind=staged.kind, name=staged.file, sha256=sealed.sha256, size=sealed.size, file_id=sealed.file_id,
            file_key=sealed.file_key, brought_at=clock(session),
        ),
    )  # fmt: skip
