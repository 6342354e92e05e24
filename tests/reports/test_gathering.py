"""What reports read from a store: rates, letters, requests, documents, tasks, persons."""

import datetime as dt
from decimal import Decimal

import pytest
import sqlalchemy as sa

from liaison.domain.documents import DocumentKind
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.journeys import JourneyState
from liaison.domain.payments import Payer, PaymentPurpose
from liaison.domain.privacy import Audience
from liaison.domain.work import TaskKind, WaitingOn
from liaison.i18n import N_
from liaison.reports import case_gather
from liaison.reports.briefing_rows import persons
from liaison.reports.case_gather import age_band
from liaison.reports.case_money import pair_requests
from liaison.reports.case_view import AskKind
from liaison.reports.gathering import leak_terms, rate_on
from liaison.store.models import (
    BillRow,
    FxRateRow,
    GuaranteeEventRow,
    GuaranteeRow,
    GuaranteeVersionRow,
    JourneyEventRow,
    JourneyRow,
    PatientRow,
    TaskRow,
)
from tests import make
from tests.reports import fill
from tests.services.test_money_debts import pay, rm, with_final_letter

G = GuaranteeState
DAY = dt.date(2026, 11, 19)


def rates(store, *rows):
    with store.write(N_("Test step")) as session:
        for base, quote, rate, day in rows:
            session.add(FxRateRow(base=base, quote=quote, rate=rate, on_date=day, source="ECB"))


# rates


def test_a_published_rate_comes_before_a_cross_of_the_same_day(store):
    rates(store, ("MYR", "IDR", "4000", DAY), ("EUR", "IDR", "18420.55", DAY), ("EUR", "MYR", "4.1134", DAY))

    with store.read() as session:
        rate = rate_on(session, "MYR", DAY)

    assert (rate.rate, rate.via) == (Decimal(4000), "")


def test_a_cross_over_the_euro_is_marked_and_not_rounded(store):
    rates(store, ("EUR", "IDR", "18420.55", DAY), ("EUR", "MYR", "4.1134", DAY))

    with store.read() as session:
        rate = rate_on(session, "MYR", DAY)

    assert rate.via == "EUR"
    assert rate.rate == Decimal("18420.55") / Decimal("4.1134")


def test_a_day_without_a_rate_takes_the_day_before_and_never_a_later_one(store):
    rates(store, ("MYR", "IDR", "4000", DAY), ("MYR", "IDR", "4100", DAY + dt.timedelta(days=2)))

    with store.read() as session:
        assert rate_on(session, "MYR", DAY + dt.timedelta(days=1)).on == DAY
        assert rate_on(session, "MYR", DAY - dt.timedelta(days=1)) is None
        assert rate_on(session, "SGD", DAY) is None


# letters


def at(hour):
    return dt.datetime(2026, 11, 18, hour, tzinfo=dt.UTC)


def test_a_request_is_paired_with_its_answer_and_a_repeated_one_counts_from_the_first():
    requests = pair_requests(
        [(at(1), G.REQUESTED), (at(2), G.QUERIED), (at(3), G.REQUESTED), (at(5), G.ISSUED), (at(6), G.TOPUP_REQUESTED)],
        (),
    )

    assert [(r.kind, r.asked_at, r.answered_at) for r in requests] == [
        (VersionKind.INITIAL, at(1), at(5)),
        (VersionKind.TOPUP, at(6), None),
    ]


def test_a_letter_that_was_withdrawn_waits_for_nothing():
    assert pair_requests([(at(1), G.REQUESTED), (at(2), G.WITHDRAWN), (at(3), G.ISSUED)], ()) == ()


@pytest.fixture
def case(store):
    """One admitted case with a letter, its second version in force, a top-up asked for, and three interim bills."""
    fill.fill(store, 8, cities={"Medan": 1})
    with store.write(N_("Test step")) as session:
        letter = session.scalar(sa.select(GuaranteeRow).limit(1))
        journey = session.get(JourneyRow, letter.journey_id)
        journey.is_open, journey.state, journey.mrn = True, JourneyState.ADMITTED, "PG-0091231"
        letter.state = G.TOPUP_REQUESTED
        start = dt.datetime(2026, 11, 18, 1, tzinfo=dt.UTC)
        session.add(
            JourneyEventRow(
                journey_id=journey.id,
                at=start,
                to_state=JourneyState.ADMITTED,
                actor="Ayu",
                override_reason="gawat darurat",
            )
        )
        session.add(
            GuaranteeVersionRow(
                guarantee_id=letter.id,
                kind=VersionKind.TOPUP,
                number=2,
                issued_at=start,
                ceiling_minor=6_800_000,
                currency="MYR",
                valid_to=dt.date(2026, 11, 30),
            )
        )
        session.add(
            GuaranteeEventRow(
                guarantee_id=letter.id, at=start + dt.timedelta(days=2), to_state=G.TOPUP_REQUESTED, actor="Ayu"
            )
        )
        for bill in session.scalars(sa.select(BillRow).where(BillRow.journey_id == journey.id)):
            session.delete(bill)
        for number, amount in ((17, 620_000), (18, 1_580_000), (20, 6_148_050)):
            session.add(
                BillRow(
                    journey_id=journey.id,
                    kind="INTERIM",
                    bill_no=str(number),
                    billed_on=dt.date(2026, 11, number),
                    currency="MYR",
                    amount_minor=amount,
                )
            )
        session.add(TaskRow(journey_id=journey.id, title="Tindak lanjut", waiting_on=WaitingOn.INSURER, due_at=at(10)))
        session.add(TaskRow(journey_id=journey.id, title="identity seen", kind=TaskKind.DEBT, due_at=at(12)))
        return journey.case_no


def gathered(store, case):
    with store.read() as session:
        return case_gather.gather(session, case)[0]


def test_the_ceiling_now_is_that_of_the_last_version_never_a_sum(store, case):
    view = gathered(store, case)

    assert view.ceiling.plain() == "68000.00"
    assert [(v.number, v.is_in_force, v.is_asked) for v in view.versions] == [
        (3, False, True),
        (2, True, False),
        (1, False, False),
    ]


def test_the_bill_is_the_running_total_and_its_days_are_what_it_grew_by(store, case):
    view = gathered(store, case)

    assert view.bill.plain() == "61480.50"
    assert [day.amount.plain() for day in view.bill_days] == ["6200.00", "9600.00", "45680.50"]


def test_numbers_are_masked_to_their_last_four(store, case):
    view = gathered(store, case)

    assert view.passport.masked.startswith("•••• ")
    assert len(view.passport.masked) == 9
    assert view.mrn_masked == "•••• 1231"
    assert view.mrn == "PG-0091231"


def test_the_open_request_is_what_the_insurer_is_asked_by_the_tasks_due_time(store, case):
    ((audience, ask),) = gathered(store, case).asks

    assert audience is Audience.INSURER
    assert ask.kind is AskKind.TOP_UP
    assert ask.by == at(10)


def test_overrides_debts_and_missing_documents_are_read(store, case):
    view = gathered(store, case)

    assert [one.reason for one in view.overrides] == ["gawat darurat"]
    assert [task.title for task in view.tasks if task.is_debt] == ["identity seen"]
    lacking = {d.kind: d.owed_by for d in view.documents if d.received_on is None}
    assert lacking[DocumentKind.DISCHARGE_SUMMARY] is WaitingOn.HOSPITAL
    assert lacking[DocumentKind.ID_PASSPORT] is WaitingOn.PATIENT


def test_the_insurers_answer_time_runs_until_now_while_it_is_open(store, case):
    newest = gathered(store, case).answers[0]

    assert newest.answered_at is None
    assert newest.took_minutes == 6 * 60 + 5


def test_notes_and_consents_stay_in_the_office(store, case):
    for event in gathered(store, case).events:
        assert event.audiences or event.words.startswith(("consent", "Note", "identity", "Paid"))


# people


@pytest.mark.parametrize(
    ("age", "band"), [(0, "0–4"), (4, "0–4"), (5, "5–17"), (46, "45–59"), (75, "75+"), (101, "75+")]
)
def test_ages_fall_into_bands(age, band):
    assert age_band(dt.date(2026 - age, 1, 1), dt.date(2026, 11, 20)) == band
    assert age_band(None, dt.date(2026, 11, 20)) == ""


def test_merged_and_provisional_patients_are_one_person(store):
    with store.write(N_("Test step")) as session:
        rows = [
            PatientRow(full_name="Rina", name_key="rina", similar_key="rina"),
            PatientRow(full_name="Rina", name_key="rina", similar_key="rina", is_provisional=True),
            PatientRow(full_name="Rina", name_key="rina", similar_key="rina", is_provisional=True),
            PatientRow(full_name="Budi", name_key="budi", similar_key="budi"),
        ]
        session.add_all(rows)
        session.flush()
        rows[3].merged_into_id = rows[0].id
        keys = [row.id for row in rows]

    with store.read() as session:
        who = persons(session)

    assert {who.get(key, key) for key in keys} == {keys[0]}


def test_two_officers_files_of_people_with_one_name_stay_two(store):
    with store.write(N_("Test step")) as session:
        rows = [PatientRow(full_name="Rina", name_key="rina", similar_key="rina") for _ in range(2)]
        session.add_all(rows)
        session.flush()
        keys = [row.id for row in rows]

    with store.read() as session:
        who = persons(session)

    assert {who.get(key, key) for key in keys} == set(keys)


def test_every_number_of_a_person_is_a_term_of_the_leak_scan(store):
    fill.fill(store, 4)

    with store.read() as session:
        terms = leak_terms(session)

    assert "X1000000" in terms.numbers
    assert "0871-2264-19" in terms.numbers
    assert "628110000000" in terms.phones
    assert "Gleneagles Hospital Penang" in terms.allowed
    assert "PT Asuransi Nusantara Sentosa" not in terms.allowed


# other shapes of a case


def change_case(store, case, **changes):
    with store.write(N_("Test step")) as session:
        journey = session.scalar(sa.select(JourneyRow).where(JourneyRow.case_no == case))
        letter = session.scalar(sa.select(GuaranteeRow).where(GuaranteeRow.journey_id == journey.id))
        for name, value in changes.items():
            setattr(letter if name.startswith("letter_") else journey, name.removeprefix("letter_"), value)
        return journey.id


def ask_of_insurer(store, case):
    return next((ask for audience, ask in gathered(store, case).asks if audience is Audience.INSURER), None)


@pytest.mark.parametrize(
    ("state", "kind"),
    [(G.REQUESTED, AskKind.FIRST_LETTER), (G.FINAL_REQUESTED, AskKind.FINAL_LETTER), (G.ISSUED, AskKind.TASK)],
)
def test_the_letters_state_picks_what_is_asked(store, case, state, kind):
    change_case(store, case, letter_state=state)

    assert ask_of_insurer(store, case).kind is kind


def test_an_open_claim_is_what_is_asked_when_nothing_else_is(store, case):
    from liaison.domain.claims import ClaimState
    from liaison.store.models import ClaimRow

    key = change_case(store, case, letter_state=G.FINAL_ISSUED)
    with store.write(N_("Test step")) as session:
        session.execute(sa.update(TaskRow).values(done_at=at(1)))
        journey = session.get(JourneyRow, key)
        for number, state in enumerate((ClaimState.PAID, ClaimState.SUBMITTED)):
            session.add(
                ClaimRow(
                    claim_no=f"KL/{number}", claim_no_key=f"KL{number}", patient_id=journey.patient_id, journey_id=key,
                    cover_id=journey.cover_id, state=state, state_since=at(1), currency="MYR", billed_minor=931_050,
                    aged_from=dt.date(2026, 10, 1),
                )
            )  # fmt: skip

    ask = ask_of_insurer(store, case)

    assert (ask.kind, ask.words) == (AskKind.CLAIM, "KL/1")
    assert [claim.claim_no for claim in gathered(store, case).claims] == ["KL/0", "KL/1"]


def test_a_task_that_waits_on_the_hospital_is_what_the_hospital_is_asked(store, case):
    key = change_case(store, case)
    with store.write(N_("Test step")) as session:
        session.add(TaskRow(journey_id=key, title="Kirim laporan", waiting_on=WaitingOn.DOCTOR))

    asks = dict(gathered(store, case).asks)

    assert asks[Audience.HOSPITAL].words == "Kirim laporan"


def test_a_cancelled_case_stands_in_the_stage_it_ended_in(store, case):
    key = change_case(store, case, state=JourneyState.CANCELLED, is_open=False)
    with store.write(N_("Test step")) as session:
        session.add(
            JourneyEventRow(
                journey_id=key,
                at=at(12),
                from_state=JourneyState.DECISION,
                to_state=JourneyState.CANCELLED,
                actor="Ayu",
            )
        )

    steps = gathered(store, case).steps

    assert [step.is_now for step in steps] == [False, False, True, False, False, False]
    assert not any(d.received_on is None for d in gathered(store, case).documents)


def test_a_closed_case_has_every_stage_behind_it(store, case):
    change_case(store, case, state=JourneyState.CLOSED)

    assert all(step.is_done and not step.is_now for step in gathered(store, case).steps)


def test_a_second_opinion_shows_only_its_own_stages_unless_it_went_further(store, case):
    from liaison.domain.journeys import JourneyKind

    change_case(store, case, kind=JourneyKind.SECOND_OPINION, state=JourneyState.MEDICAL_REVIEW)
    assert len(gathered(store, case).steps) == 3

    change_case(store, case, state=JourneyState.ADMITTED)
    assert len(gathered(store, case).steps) == 6


def test_a_house_without_desks_is_called_at_its_own_number_or_not_at_all(store, case):
    from liaison.store.models import ContactRow, OrganizationRow

    with store.write(N_("Test step")) as session:
        for contact in session.scalars(sa.select(ContactRow)):
            session.delete(contact)
    assert gathered(store, case).hospital_desk.phone.startswith("+60 4 000 01")

    with store.write(N_("Test step")) as session:
        for house in session.scalars(sa.select(OrganizationRow)):
            house.phone = ""
    assert gathered(store, case).hospital_desk is None


def test_a_case_without_hospital_cover_or_letter_is_read(store):
    fill.fill(store, 6, cities={"Medan": 1})
    with store.write(N_("Test step")) as session:
        journey = session.scalar(sa.select(JourneyRow).where(JourneyRow.hospital_id.is_(None)).limit(1))
        if journey is None:
            journey = session.scalar(sa.select(JourneyRow).limit(1))
        journey.hospital_id = journey.cover_id = None
        session.execute(sa.delete(GuaranteeVersionRow))
        session.flush()
        case = journey.case_no
        key = journey.id
    with store.write(N_("Test step")) as session:
        for letter in session.scalars(sa.select(GuaranteeRow).where(GuaranteeRow.journey_id == key)):
            letter.journey_id = session.scalar(sa.select(JourneyRow.id).where(JourneyRow.id != key).limit(1))

    view = gathered(store, case)

    assert (view.hospital, view.insurer, view.gl_no) == ("", "", "")
    assert view.hospital_desk is None
    assert view.insurer_desk is None


def test_payments_of_the_patient_and_of_others_are_kept_apart(store, case):
    from liaison.domain.payments import Payer, PaymentPurpose
    from liaison.store.models import PaymentRow

    key = change_case(
        store, case, letter_excess_minor=150_000, letter_accepted_minor=5_000_000, letter_accepted_currency="MYR"
    )
    with store.write(N_("Test step")) as session:
        for purpose, payer in (
            (PaymentPurpose.DEPOSIT, Payer.PATIENT),
            (PaymentPurpose.REFUND, Payer.HOSPITAL),
            (PaymentPurpose.BILL, Payer.EMPLOYER),
        ):
            session.add(
                PaymentRow(
                    journey_id=key,
                    purpose=purpose,
                    payer=payer,
                    currency="MYR",
                    amount_minor=100_000,
                    paid_on=dt.date(2026, 11, 17),
                )
            )

    view = gathered(store, case)

    assert [line.amount.plain() for line in view.money[-2:]] == ["-1000.00", "1000.00"]
    assert [line.label for line in view.payer_money] == ["Paid by the employer"]
    assert {line.label for line in view.money} >= {"Accepted in the final letter", "Excess for the patient to pay"}


def test_a_running_total_that_shrank_has_no_days(store, case):
    key = change_case(store, case)
    with store.write(N_("Test step")) as session:
        session.add(
            BillRow(journey_id=key, kind="INTERIM", billed_on=dt.date(2026, 11, 19), currency="MYR", amount_minor=100)
        )

    assert gathered(store, case).bill_days == ()


def test_without_a_task_the_insurer_is_asked_until_the_offices_own_target(store, case, clock):
    with store.write(N_("Test step")) as session:
        session.execute(sa.update(TaskRow).values(done_at=at(1)))
    asked = dt.datetime(2026, 11, 20, 1, tzinfo=dt.UTC)

    assert ask_of_insurer(store, case).by is None  # more than four hours ago
    clock.now = asked + dt.timedelta(hours=2)
    assert ask_of_insurer(store, case).by == asked + dt.timedelta(hours=4)


def test_somebody_admitted_again_within_thirty_days_came_back(store):
    from liaison.reports.briefing_gather import gather

    fill.fill(store, 3, cities={"Medan": 1})
    first = dt.datetime(2026, 3, 2, 3, tzinfo=dt.UTC)
    with store.write(N_("Test step")) as session:
        one, two, three = session.scalars(sa.select(JourneyRow).order_by(JourneyRow.id))
        two.patient_id = three.patient_id = one.patient_id
        for journey, days in ((one, 0), (two, 20), (three, 80)):
            journey.opened_on = dt.date(2026, 3, 1)
            journey.was_answered = False
            journey.admitted_at = first + dt.timedelta(days=days)
            journey.discharged_at = journey.admitted_at + dt.timedelta(days=4)

    with store.read() as session:
        figures = gather(session, "Medan").city

    assert figures.came_back == (1, 0)
    assert figures.discharged == (1, 0)
    assert figures.people == (1, 0)


def test_what_the_hospital_still_gives_back_of_a_deposit_stands_under_the_payments(store):
    key = with_final_letter(store, rm(1200))
    pay(store, key, PaymentPurpose.DEPOSIT, rm(3000))
    case_no = make.see(store, lambda s: s.get(JourneyRow, key).case_no)

    last = make.see(store, case_gather.gather, case_no)[0].money[-1]

    assert (last.label, last.amount) == ("Still to be refunded by the hospital", rm(1800))
    pay(store, key, PaymentPurpose.REFUND, rm(1800), payer=Payer.HOSPITAL)
    assert make.see(store, case_gather.gather, case_no)[0].money[-1].label == "Refunded to the patient"
