"""Writes the new cases of a tracking sheet in one go: people and houses, then each case with all that hangs on it.

Guards are not run: a running case enters where it is, and what is missing there is written down as debts with a due
time. A sheet knows days, not hours; the hour of an admission stays owed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.calendars import Calendar
from liaison.domain.clocks import after_hours, after_working_days
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.identifiers import number_key
from liaison.domain.journey_debts import RUNNING_DEBT_DAYS, debts
from liaison.domain.journey_facts import Case, Letter, read_facts
from liaison.domain.journeys import (
    AWAY_AND_AFTER,
    MAIN_PATH,
    CancelReason,
    EntryMode,
    JourneyDraft,
    JourneyKind,
    JourneyState,
    PayerPath,
    SourceChannel,
    is_open,
)
from liaison.domain.listing import StagedJourney, StagedSheet
from liaison.domain.names import fold
from liaison.domain.network import OrganizationKind
from liaison.domain.patients import RelationKind, Sex
from liaison.domain.people import PatientDraft
from liaison.domain.policies import PolicyStatus
from liaison.domain.regions import city_of, region_of
from liaison.domain.restricted import is_restricted
from liaison.domain.work import TaskKind, WaitingOn
from liaison.services.batch import Batch, Place
from liaison.services.case_numbers import next_case_no
from liaison.services.changes import actor, clock, fill, today, zone
from liaison.services.journey_list_people import CoverKnown, Person, among
from liaison.services.letter_steps import FOLLOW_UP, LETTER_DETAILS, TARGET_HOURS
from liaison.services.list_houses import Houses, Key
from liaison.services.list_memory import ListKind
from liaison.services.list_staff import Staff
from liaison.services.patients import keep_keys
from liaison.services.work import own_id
from liaison.store.base import Record
from liaison.store.models import JourneyRow, PatientRow, PolicyRow, RelatedPersonRow

_S = JourneyState

_PAYS_ALONE = frozenset(
    fold(words)
    for words in (
        "umum", "pribadi", "sendiri", "bayar sendiri", "biaya sendiri", "pasien umum", "self pay", "selfpay", "self",
        "cash", "tunai", "tanpa asuransi", "non asuransi", "tidak ada", "tidak ada asuransi", "no insurance", "none",
    )
)  # fmt: skip
_CODE = re.compile(r"[A-Z]\d[\dA-Z](?:\.[\dA-Z]{1,4})?")


def is_self_pay(insurer: str) -> bool:
    """Whether a sheet's word for the insurer says that there is none."""
    return fold(insurer) in _PAYS_ALONE


def patient_draft(row: StagedJourney, person: Person | None = None, *, city: str = "") -> PatientDraft:
    """The person of a row as a form would have it; with what other rows said of the same person."""
    known = person or Person(name=row.patient_name, birth_date=row.birth_date, sex=row.sex, phone=row.phone)
    return PatientDraft(
        full_name=known.name.strip(), birth_date=known.birth_date, phone=known.phone, city=known.city or city,
        sex=next((s for s in Sex if s.value == known.sex), None),
        is_provisional=known.birth_date is None and not known.numbers,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A row that opens a case, and what the plan decided about it. ``gl_no`` is empty where no letter is made."""

    row: StagedJourney
    person: Person
    state: JourneyState
    kind: JourneyKind
    insurer: str = ""
    country: str = ""
    city: str = ""
    gl_no: str = ""


class Writer:
    """Writes one sheet."""

    def __init__(self, session: Session, staged: StagedSheet, *, houses: Houses, staff: Staff, content: bytes) -> None:
        self._session, self._staged = session, staged
        self._houses, self._staff, self._content = houses, staff, content
        self._now, self._today, self._actor = clock(session), today(session), actor(session)
        self._zone = zone(session)
        self._calendar = Calendar(zone=self._zone)
        self._own = own_id(session)
        self._batch = Batch()
        self._made: dict[str, int] = defaultdict(int)
        self._policies: dict[tuple[Key | None, str], Key] = {}
        self._companions: set[tuple[Key, str]] = set()

    def write(self, cases: Sequence[NewCase]) -> Mapping[str, int]:
        """All cases, parents first; returns how many records of each kind were made."""
        self._read(cases)
        self._keep_source()
        for case in cases:
            self._write_case(case)
        self._batch.write(self._session)
        houses = {kind.value.lower(): len(names) for kind, names in self._houses.made.items()}
        return {**self._made, **houses, **self._staff.made}

    def _read(self, cases: Sequence[NewCase]) -> None:
        """Policies and companions on record that the cases may mean."""
        numbers = {number_key(c.row.policy_no) for c in cases} - {""}
        known = sa.select(PolicyRow.insurer_id, PolicyRow.policy_no_key, PolicyRow.id).order_by(PolicyRow.id)
        for insurer, number, key in self._session.execute(known.where(among(PolicyRow.policy_no_key, numbers))):
            self._policies.setdefault((insurer, number), key)
        met = {c.person.key for c in cases if c.person.is_on_record}
        beside = sa.select(RelatedPersonRow.patient_id, RelatedPersonRow.name)
        for patient, name in self._session.execute(beside.where(among(RelatedPersonRow.patient_id, met))):
            self._companions.add((patient, fold(name)))

    def _keep_source(self) -> None:
        if not self._content:
            return
        sealed = self._session.info["store"].attachments.put(self._content)
        self._batch.add(
            "source_file", kind=ListKind.JOURNEYS, name=self._staged.file, sha256=sealed.sha256, size=sealed.size,
            file_id=sealed.file_id, file_key=sealed.file_key, brought_at=self._now,
        )  # fmt: skip

    def _write_case(self, case: NewCase) -> None:
        insurer = None
        if case.insurer:
            insurer = self._houses.make(self._batch, OrganizationKind.INSURER, case.insurer).key
        patient = self._patient(case)
        cover = self._cover(case, patient, insurer)
        journey = self._journey_row(case, patient, cover, insurer)
        key = self._batch.add("journey", **_values(journey))
        self._made["journey"] += 1
        self._batch.add(
            "journey_event", journey_id=key, at=self._now, to_state=case.state, actor=self._actor,
            note=case.row.raw_status,
        )  # fmt: skip
        letter = self._letter(case, key, journey, cover)
        self._estimate(case, key, journey.hospital_id)
        self._travel(case, key)
        self._debts(case, key, journey, letter)
        self._companion(case, patient)
        self._note(case, key)

    # the person

    def _patient(self, case: NewCase) -> Key:
        person = case.person
        if person.key is None:
            row = fill(PatientRow(), patient_draft(case.row, person, city=case.city))
            keep_keys(row)
            place = city_of(row.city)
            row.city = place.name if place is not None else row.city
            person.key = self._batch.add("patient", **_values(row))
            self._made["patient"] += 1
        for number in person.new_numbers:
            self._batch.add(
                "patient_identifier", patient_id=person.key, kind=number.kind, value=number.value,
                value_key=number.key,
            )  # fmt: skip
        person.new_numbers.clear()
        return person.key

    def _cover(self, case: NewCase, patient: Key, insurer: Key | None) -> Key | None:
        """The cover a row means: the only one that fits, or a new one; none where several fit."""
        row = case.row
        policy_no, member_no = number_key(row.policy_no), number_key(row.member_no)
        if insurer is None and not (policy_no or member_no or case.gl_no):
            return None
        fitting = [c for c in case.person.covers if _fits(c, insurer, policy_no, member_no)]
        if fitting:
            return fitting[0].key if len(fitting) == 1 else None
        key = self._batch.add(
            "cover", patient_id=patient, policy_id=self._policy(row.policy_no, insurer), member_no=row.member_no,
            member_no_key=member_no, name_on_policy="", relation_to_holder=row.relation,
        )  # fmt: skip
        case.person.covers.append(CoverKnown(key=key, insurer=insurer, policy_no=policy_no, member_no=member_no))
        return key

    def _policy(self, policy_no: str, insurer: Key | None) -> Key:
        number = number_key(policy_no)
        known = self._policies.get((insurer, number)) if number else None
        if known is not None:
            return known
        key = self._batch.add(
            "policy", insurer_id=insurer, policy_no=policy_no, policy_no_key=number, status=PolicyStatus.NOT_STATED
        )
        if number:
            self._policies[insurer, number] = key
        return key

    def _companion(self, case: NewCase, patient: Key) -> None:
        name = case.row.companion.strip()
        if not fold(name) or fold(name) == fold(case.row.patient_name) or (patient, fold(name)) in self._companions:
            return
        self._companions.add((patient, fold(name)))
        self._batch.add(
            "related_person", patient_id=patient, relation=RelationKind.COMPANION, name=name, is_companion=True
        )

    # the case

    def _journey_row(self, case: NewCase, patient: Key, cover: Key | None, insurer: Key | None) -> JourneyRow:
        row, state = case.row, case.state
        house = None
        if row.hospital:
            house = self._houses.make(self._batch, OrganizationKind.HOSPITAL, row.hospital, country=case.country)
        place = city_of(case.city or case.person.city)
        officer = self._staff.officer(self._batch, row.officer)
        draft = JourneyDraft(
            patient_id=patient, kind=case.kind, state=state, opened_on=row.started_on or self._today,
            entry_mode=EntryMode.RUNNING, source_channel=SourceChannel.IMPORT,
            officer_id=self._own if officer is None else officer,
            agent_id=self._staff.agent(self._batch, row.agent, insurer),
            origin_city=place.name if place else case.city or case.person.city,
            origin_province=place.province if place else "", destination_country=case.country,
            destination_city=house.city if house else "", hospital_id=house.key if house else None,
            doctor=row.doctor, cover_id=cover, payer_path=_payer_path(case),
            diagnosis_code=row.diagnosis if _CODE.fullmatch(row.diagnosis) else "",
            diagnosis="" if _CODE.fullmatch(row.diagnosis) else row.diagnosis,
            is_restricted=is_restricted("", row.diagnosis), planned_admission_on=row.admit_on,
        )  # fmt: skip
        made = fill(JourneyRow(case_no=next_case_no(self._session)), draft)
        if place is not None:
            made.region = region_of(place.province)
        made.state_since = made.last_contact_at = self._now
        made.is_open = is_open(state)
        made.ended_on = None if made.is_open else self._today
        if state is _S.CANCELLED:
            made.closed_reason = CancelReason.OTHER
        if not made.is_open:
            made.closed_note = row.raw_status
        self._set_dates(made, row)
        return made

    def _set_dates(self, made: JourneyRow, row: StagedJourney) -> None:
        """Days that lie behind the case happened; those ahead are plans."""
        state = made.state
        if row.travel_on and state in AWAY_AND_AFTER and row.travel_on <= self._today:
            made.departed_on = row.travel_on
        if row.admit_on and state in _INSIDE_AND_AFTER and row.admit_on <= self._today:
            made.admitted_at = self._noon(row.admit_on)
        if row.discharge_on is None or (row.admit_on is not None and row.discharge_on < row.admit_on):
            return
        if state in _OUT_AGAIN and row.discharge_on <= self._today:
            made.discharged_at = self._noon(row.discharge_on)
        elif row.discharge_on >= self._today:
            made.planned_return_on = row.discharge_on

    def _noon(self, day: dt.date) -> dt.datetime:
        """A day as a moment: noon keeps the day right at home and at the hospital."""
        return dt.datetime.combine(day, dt.time(12), tzinfo=ZoneInfo(self._zone)).astimezone(dt.UTC)

    def _letter(self, case: NewCase, key: Place, journey: JourneyRow, cover: Key | None) -> GuaranteeState | None:
        """The letter whose number a row states; without its amounts it stands where the case says it stands."""
        if not case.gl_no or cover is None:
            return None
        state = letter_state(case.state)
        letter = self._batch.add(
            "guarantee", journey_id=key, cover_id=cover, hospital_id=journey.hospital_id, state=state,
            state_since=self._now, gl_no=case.gl_no, gl_no_key=number_key(case.gl_no),
            diagnosis=journey.diagnosis_code or journey.diagnosis,
        )  # fmt: skip
        self._batch.add("guarantee_event", guarantee_id=letter, at=self._now, to_state=state, actor=self._actor)
        self._made["guarantee"] += 1
        if state is GuaranteeState.REQUESTED:
            self._task(
                key, FOLLOW_UP, journey, due=after_hours(self._now, TARGET_HOURS[state]),
                waiting_on=WaitingOn.INSURER, waiting_for=case.insurer, waiting_since=self._now,
            )  # fmt: skip
        elif state is GuaranteeState.ISSUED and journey.is_open:
            self._task(key, LETTER_DETAILS, journey, due=self._due())
        return state

    def _estimate(self, case: NewCase, key: Place, hospital: Key | None) -> None:
        amount = case.row.estimate
        if amount is not None and amount.minor > 0:
            self._batch.add(
                "estimate", journey_id=key, hospital_id=hospital, currency=amount.currency, low_minor=amount.minor,
                high_minor=amount.minor, stated_on=case.row.started_on or self._today,
            )  # fmt: skip

    def _travel(self, case: NewCase, key: Place) -> None:
        """A day of travel that lies ahead."""
        day = case.row.travel_on
        if day is not None and day > self._today and is_open(case.state):
            self._batch.add(
                "confirmation", journey_id=key, kind=FactKind.TRAVEL_BOOKED, stated_on=self._today, at=self._noon(day),
                zone=self._zone, officer=self._actor, source=self._staged.file,
            )  # fmt: skip

    def _debts(self, case: NewCase, key: Place, journey: JourneyRow, letter: GuaranteeState | None) -> None:
        person, amount = case.person, case.row.estimate
        known = Case(
            kind=case.kind, entry_mode=EntryMode.RUNNING, phone=person.phone,
            destination_country=case.country, hospital_id=None if journey.hospital_id is None else 1,
            cover_id=None if journey.cover_id is None else 1, payer_path=journey.payer_path,
            planned_admission_on=journey.planned_admission_on, planned_return_on=journey.planned_return_on,
            passport_expires_on=person.passport_expires_on, identity_seen_on=person.identity_seen_on,
            admitted_at=journey.admitted_at, letters=() if letter is None else (Letter(state=letter),),
            has_estimate_until=dt.date.max if amount is not None and amount.minor > 0 else None,
            last_contact_on=self._today,
        )  # fmt: skip
        facts = read_facts(known, (), now=self._now, today=self._today)
        for debt in debts(case.state, facts, self._now, calendar=self._calendar):
            self._task(key, debt.label, journey, due=debt.due, kind=TaskKind.DEBT, fact=debt.fact)
            self._made["debt"] += 1

    def _task(
        self, key: Place, title: str, journey: JourneyRow, *, due: dt.datetime, kind: TaskKind = TaskKind.STEP,
        fact: FactKind | None = None, waiting_on: WaitingOn | None = None, waiting_for: str = "",
        waiting_since: dt.datetime | None = None,
    ) -> None:  # fmt: skip
        self._batch.add(
            "task", journey_id=key, kind=kind, title=title, fact=fact, due_at=due, officer_id=journey.officer_id,
            waiting_on=waiting_on, waiting_for=waiting_for, waiting_since=waiting_since,
        )  # fmt: skip

    def _due(self) -> dt.datetime:
        return after_working_days(self._now, RUNNING_DEBT_DAYS, self._calendar)

    def _note(self, case: NewCase, key: Place) -> None:
        """The row's own notes; a letter number that became no letter is kept here."""
        unplaced = "" if case.gl_no else case.row.gl_no
        text = "\n".join(filter(str.strip, (case.row.notes, unplaced)))
        if text:
            self._batch.add("note", journey_id=key, at=self._now, author=self._actor, text=text.strip())


_INSIDE_AND_AFTER = MAIN_PATH[MAIN_PATH.index(_S.ADMITTED) :]
_OUT_AGAIN = MAIN_PATH[MAIN_PATH.index(_S.DISCHARGED) :]


def letter_state(state: JourneyState) -> GuaranteeState:
    """Where a letter stands whose number is all that a sheet says: with the case, and never further."""
    if state not in MAIN_PATH:
        return GuaranteeState.ISSUED if state is _S.DECEASED else GuaranteeState.CANCELLED
    if state is _S.CLOSED:
        return GuaranteeState.CLOSED
    return GuaranteeState.REQUESTED if state <= _S.PREAUTH else GuaranteeState.ISSUED


def _payer_path(case: NewCase) -> PayerPath | None:
    if is_self_pay(case.row.insurer):
        return PayerPath.SELF_PAY
    return PayerPath.GUARANTEE_LETTER if case.gl_no or case.state is _S.PREAUTH else None


def _fits(cover: CoverKnown, insurer: Key | None, policy_no: str, member_no: str) -> bool:
    """Whether a row may mean a cover: no number of its insurer says otherwise; a row without any leaves it open."""
    if None not in (cover.insurer, insurer) and cover.insurer != insurer:
        return False
    is_policy, is_member = policy_no == cover.policy_no != "", member_no == cover.member_no != ""
    if cover.insurer is None and insurer is not None:
        return is_policy or is_member
    is_other_policy = not is_policy and "" not in (policy_no, cover.policy_no)
    is_other_member = not is_member and "" not in (member_no, cover.member_no)
    return not is_other_policy and (is_policy or not is_other_member)


def _values(row: Record) -> dict[str, Any]:
    """What was set on a row that is not written yet, for a batch."""
    return {c.name: row.__dict__[c.name] for c in row.__table__.columns if c.name in row.__dict__}
