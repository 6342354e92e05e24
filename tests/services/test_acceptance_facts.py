"""The acceptance facts of the field, one test each: ``domain`` section 7, without the two about FHIR and SATUSEHAT."""

import datetime as dt
from decimal import Decimal
from itertools import product
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from liaison.domain.claims import ClaimLineDraft, ClaimState, LineCategory
from liaison.domain.clocks import Pause
from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState as G
from liaison.domain.guarantees import VersionKind, utilisation
from liaison.domain.identifiers import check_nik
from liaison.domain.journeys import EntryMode, JourneyKind
from liaison.domain.journeys import JourneyState as S
from liaison.domain.money import Money
from liaison.domain.patients import Sex
from liaison.domain.privacy import Audience, public_count, public_row
from liaison.domain.targets import USUAL, ClockKind, Run
from liaison.domain.work import TaskKind
from liaison.i18n import Language
from liaison.reports.briefing_public import categories
from liaison.reports.making import make_report
from liaison.reports.wording import in_both_zones
from liaison.services import claims, guarantees, journeys, payments, today
from liaison.store.models import JourneyRow
from tests import make

WIB = ZoneInfo("Asia/Jakarta")


# NIK


def nik(number, **values):
    return [(p.code, p.severity) for p in check_nik(number, today=dt.date(2026, 11, 20), **values)]


def test_a_nik_of_a_man_and_of_a_woman_of_the_same_day_are_both_valid():
    born = {"born": dt.date(1945, 8, 17)}

    assert nik("3171011708450001", sex=Sex.M, **born) == []
    assert nik("3171015708450001", sex=Sex.F, **born) == []


@pytest.mark.parametrize("number", ["3171018108450001", "3171011708450000"], ids=["day 81", "serial 0000"])
def test_a_nik_of_day_81_or_serial_0000_is_rejected(number):
    assert "error" in [severity for _, severity in nik(number)]


def test_a_nik_of_an_unknown_province_only_warns():
    found = nik("9971011708450001")

    assert found
    assert {severity for _, severity in found} == {"warning"}


# travel without a valid letter


@pytest.fixture
def travelling(store):
    """A case about to leave whose letter runs out before the planned admission."""
    person = make.patient(store)
    cover = make.cover(store, person)
    key = make.journey(
        store, person, cover_id=cover, hospital_id=make.hospital(store), entry_mode=EntryMode.RUNNING,
        state=S.TRAVEL_PREP, planned_admission_on=dt.date(2026, 12, 5), planned_return_on=dt.date(2026, 12, 15),
    )  # fmt: skip
    letter = make.made(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=key, cover_id=cover))
    version = make.version_draft(letter, valid_to=dt.date(2026, 12, 3))
    make.do(store, guarantees.add_version, version, gl_no="GL-77")
    make.do(store, guarantees.move_guarantee, letter, G.ACCEPTED)
    for kind in (FactKind.C1, FactKind.C2, FactKind.C3, FactKind.C4, FactKind.APPOINTMENT, FactKind.PASSPORT,
                 FactKind.TRAVEL_BOOKED, FactKind.MEDIF, FactKind.DEPARTURE):  # fmt: skip
        make.confirm(store, key, kind)
    return key


def test_a_letter_that_ends_before_admission_stops_the_journey_and_an_override_prints(store, travelling):
    with pytest.raises(Refused) as refused:
        make.do(store, journeys.move_journey, travelling, S.EN_ROUTE)
    assert "valid" in " ".join(p.message for p in refused.value.problems).casefold()

    make.do(store, journeys.move_journey, travelling, S.EN_ROUTE, override_reason="penanggung memperpanjang lisan")

    with store.read() as session:
        number = session.get_one(JourneyRow, travelling).case_no
        made = make_report(session, "case_summary", {"case": number}, language="id", audience=Audience.INTERNAL)
    pdf = pypdfium2.PdfDocument(made.data)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    pdf.close()
    assert "penanggung memperpanjang lisan" in text


# letters


@pytest.fixture
def letter(store):
    person = make.patient(store)
    cover = make.cover(store, person)
    key = make.journey(
        store, person, cover_id=cover, hospital_id=make.hospital(store), entry_mode=EntryMode.RUNNING, state=S.PREAUTH
    )
    return make.made(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=key, cover_id=cover))


def test_a_top_up_states_the_whole_ceiling_and_the_use_is_of_that(store, letter):
    make.do(store, guarantees.add_version, make.version_draft(letter, ceiling=Money.of(10_000, "MYR")), gl_no="GL-1")
    make.do(store, guarantees.move_guarantee, letter, G.ACCEPTED)
    key = make.see(store, guarantees.guarantee, letter).journey_id
    make.do(store, payments.record_bill, make.bill_draft(key, amount=Money.of("9500.00", "MYR")))
    make.do(store, guarantees.move_guarantee, letter, G.TOPUP_REQUESTED)
    raised = make.version_draft(letter, VersionKind.TOPUP, ceiling=Money.of(15_000, "MYR"))
    make.do(store, guarantees.add_version, raised)

    now = make.see(store, guarantees.guarantee, letter)

    assert now.ceiling_now == Money.of(15_000, "MYR")
    assert utilisation(Money.of(14_500, "MYR"), now.ceiling_now).quantize(Decimal("0.001")) == Decimal("0.967")


def test_a_declined_letter_without_a_reason_is_refused(store, letter):
    with pytest.raises(Refused):
        make.do(store, guarantees.move_guarantee, letter, G.DECLINED)

    make.do(store, guarantees.move_guarantee, letter, G.DECLINED, reason=ReasonCode.R09)


def test_a_withdrawn_letter_raises_a_task_due_in_one_hour(store, clock, letter):
    make.do(store, guarantees.add_version, make.version_draft(letter), gl_no="GL-1")
    make.do(store, guarantees.move_guarantee, letter, G.WITHDRAWN, reason=ReasonCode.R27)

    alarms = [task for task in make.see(store, today.open_tasks) if task.kind is TaskKind.ALARM]
    assert [task.due_at for task in alarms] == [clock.now + dt.timedelta(hours=1)]


# claims


def test_a_claim_whose_lines_are_off_by_one_sen_is_not_ready(store):
    person = make.patient(store)
    lines = (
        ClaimLineDraft(category=LineCategory.RNB, claimed=Money.of("100.00", "MYR")),
        ClaimLineDraft(category=LineCategory.NMD, claimed=Money.of("20.00", "MYR"), reason=ReasonCode.R16),
    )
    draft = make.claim_draft(
        patient_id=person, cover_id=make.cover(store, person), billed=Money.of("120.01", "MYR"), lines=lines
    )
    key = make.made(store, claims.file_claim, draft)

    with pytest.raises(Refused) as refused:
        make.do(store, claims.move_claim, key, ClaimState.READY)

    assert any("total" in p.code.casefold() or "sum" in p.code.casefold() for p in refused.value.problems)


# clocks


def test_a_question_from_monday_to_wednesday_stops_a_clock_of_four_hours():
    monday, wednesday = dt.datetime(2026, 11, 16, 9, tzinfo=WIB), dt.datetime(2026, 11, 18, 10, tzinfo=WIB)
    asked = Pause(monday + dt.timedelta(hours=1), wednesday)

    run = Run(start=monday, pauses=(asked,), target=USUAL[ClockKind.GL_INITIAL])

    assert run.target.amount == 4
    for hours in range(4):
        after = dt.timedelta(hours=hours)
        assert run.ran(wednesday + after) == dt.timedelta(hours=1) + after
    assert run.due(wednesday) == wednesday + dt.timedelta(hours=3)


# small numbers


def rounded_to(value):
    """Every true count that prints as this number."""
    return range(max(value - 2, 8), value + 3)


def test_four_cases_of_cancer_print_a_star_that_nothing_on_the_page_undoes():
    true = {"cardiology": 41, "orthopaedics": 28, "eyes": 17, "cancer": 4}
    printed = dict(zip(true, public_row(list(true.values())).counts, strict=True))
    total = public_count(sum(true.values()))

    assert printed["cancer"].is_star
    others = [rounded_to(count.value) for count in printed.values() if not count.is_star]
    possible = {whole - sum(known) for whole in rounded_to(total.value) for known in product(*others)}
    assert set(range(1, 8)) <= possible


def test_a_category_of_four_on_the_briefing_is_merged_or_a_star():
    found = categories({"I": (41, 0), "M": (28, 0), "H": (17, 0), "C": (4, 0)}, other="Z", compare=False)

    assert all(one.key != "C" or one.count.now.is_star for one in found)
    assert "4" not in [str(one.count.now.value) for one in found]


# reopening


def closed(store):
    """A question that was answered without travel."""
    key = make.journey(store, kind=JourneyKind.SECOND_OPINION, entry_mode=EntryMode.RUNNING, state=S.MEDICAL_REVIEW)
    make.confirm(store, key, FactKind.OPINION)
    make.do(store, journeys.answer_without_travel, key, note="cukup obat, kontrol di Medan")
    assert make.see(store, lambda session: session.get_one(JourneyRow, key).state) is S.CLOSED
    return key


def test_reopening_a_closed_case_is_for_ninety_days_and_then_refused(store, clock):
    early, late = closed(store), closed(store)
    clock.forward(days=90)
    make.do(store, journeys.reopen, early, reason="keluarga datang lagi")

    clock.forward(days=1)
    with pytest.raises(Refused) as refused:
        make.do(store, journeys.reopen, late, reason="keluarga datang lagi")
    assert "TOO_LATE_TO_REOPEN" in [p.code for p in refused.value.problems]


# two zones


@pytest.mark.parametrize(("language", "words"), [("id", "08.00 WIB (09.00 MYT)"), ("en", "08:00 WIB (09:00 MYT)")])
def test_an_appointment_in_penang_prints_both_clocks_for_a_patient_in_medan(language, words):
    nine = dt.datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Asia/Kuala_Lumpur"))

    said = in_both_zones(nine, "Asia/Jakarta", "Asia/Kuala_Lumpur", Language(language))

    assert said.replace("\xa0", " ") == words
