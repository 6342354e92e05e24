"""What came to the sample office over its kiosk's counter and by urgent calls, in the cases of the last two years."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.facts import ConfirmationDraft, ConsentGiver, ConsentMethod, FactKind
from liaison.domain.journeys import SourceChannel
from liaison.domain.kiosk import CONSENT_VERSION
from liaison.domain.urgent import SIGNS, RedFlag
from liaison.services.changes import add
from liaison.services.confirmations import confirm
from liaison.services.kiosk_intake import SOURCE
from liaison.store.models import JourneyRow, OrganizationRow, PatientRow, UrgentCallRow

KIOSK = "Kios informasi Sun Plaza (contoh)"
MOST_ENQUIRIES, MOST_CALLS = 12, 6
CALLERS = ("Rudi", "Maria", "Hendra", "Lina", "Ucok", "Yanti")
_HANDED_AFTER = dt.timedelta(minutes=9)
_MORNING = dt.time(1, 20)
"""In UTC: twenty past eight in Medan."""


def add_counter(session: Session) -> None:
    """Give kiosk cases their consent from the screen, and some calls of the call centre their danger sign and hour."""
    for case in _cases(session, SourceChannel.KIOSK, MOST_ENQUIRIES):
        person = session.get(PatientRow, case.patient_id)
        source = SOURCE.format(office=KIOSK, version=CONSENT_VERSION, language="Bahasa Indonesia")
        consent = ConfirmationDraft(
            journey_id=case.id, kind=FactKind.C1, stated_on=case.opened_on,
            given_by=person.full_name if person is not None else "", giver=ConsentGiver.PATIENT,
            method=ConsentMethod.ELECTRONIC, source=source,
        )  # fmt: skip
        confirm(session, consent)
    for case, caller in zip(_cases(session, SourceChannel.CALL_CENTRE, MOST_CALLS), CALLERS, strict=False):
        _call(session, case, caller)


def _call(session: Session, case: JourneyRow, caller: str) -> None:
    called = dt.datetime.combine(case.opened_on, _MORNING, dt.UTC)
    flag, house = _flag(case.specialty), session.get(OrganizationRow, case.hospital_id or 0)
    is_home = house is not None and house.country == "ID"
    row = UrgentCallRow(
        journey_id=case.id, called_at=called, caller=caller, place=case.origin_city, what=case.need,
        flags=[flag.value] if flag is not None else [], is_stable=not is_home,
        handed_to=house.name if house is not None and is_home else "Ambulans 119",
        handed_to_id=house.id if house is not None and is_home else None, handed_at=called + _HANDED_AFTER,
    )  # fmt: skip
    add(session, row)


def _flag(specialty: str) -> RedFlag | None:
    """The danger sign that a case of a specialty may have begun with."""
    key = specialty.casefold()
    return next((sign.flag for sign in SIGNS if any(key.startswith(word) for word in sign.specialties)), None)


def _cases(session: Session, channel: SourceChannel, most: int) -> list[JourneyRow]:
    """The newest closed cases that came in this way."""
    asked = sa.select(JourneyRow).where(JourneyRow.source_channel == channel, JourneyRow.is_open == sa.false())
    return list(session.scalars(asked.order_by(JourneyRow.opened_on.desc(), JourneyRow.id).limit(most)))
