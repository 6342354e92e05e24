"""The monthly evaluation: each weakness with the cases hit, the days lost, what is held up, and whose it is."""

import datetime as dt

import pypdfium2
import pytest

from liaison.domain.claims import ClaimState
from liaison.domain.insight import ClaimGap, Gap
from liaison.domain.money import Money
from liaison.domain.targets import ClockKind
from liaison.reports.making import make_report
from liaison.services import guarantees, work
from liaison.services.evaluation import Clash, Stale, Weakness, evaluation
from liaison.services.list_of_claims import claim_footing
from liaison.services.list_of_journeys import journey_footing
from liaison.services.list_queries import ListQuery
from liaison.store.models import ClaimRow, JourneyRow
from tests import make


def found(store, what):
    return next((f for f in make.see(store, evaluation).findings if f.what is what), None)


def claim(store, journey, **values):
    """A claim of a case as a list might have left it."""
    with store.write("Claim") as session:
        case = session.get(JourneyRow, journey)
        row = ClaimRow(
            **{
                "patient_id": case.patient_id, "journey_id": journey, "state": ClaimState.SUBMITTED,
                "state_since": session.info["clock"](), "currency": "MYR", "billed_minor": 500_00, "claim_no": "C-1",
                "aged_from": dt.date(2026, 10, 23), "submitted_on": dt.date(2026, 10, 23), **values,
            }
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


@pytest.fixture
def case(store):
    person = make.patient(store)
    cover = make.cover(store, person)
    return make.journey(store, person, cover_id=cover), cover


def test_what_is_not_written_down_is_incomplete_with_its_days_and_money(store, clock, case):
    journey, cover = case
    claim(store, journey, cover_id=cover)
    with store.write("Forget the city") as session:
        session.get(JourneyRow, journey).origin_city = ""
    clock.forward(days=9)

    finding = found(store, Gap.CITY)

    assert (finding.weakness, finding.cases, finding.days) == (Weakness.INCOMPLETE, 1, 9)
    assert finding.held_up == (Money(500_00, "MYR"),)
    assert finding.owner == make.OFFICER
    rows = make.see(store, journey_footing, ListQuery(text=finding.behind.filter))
    assert rows.rows == finding.cases


def test_a_case_without_word_and_a_step_overdue_are_stale(store, clock, case):
    journey, _cover = case
    make.do(store, work.add_task, make.task_draft(journey_id=journey, title="telepon",
                                                  due_at=clock.now + dt.timedelta(days=1)))  # fmt: skip
    clock.forward(days=15)

    assert found(store, Stale.SILENT).days == 15
    overdue = found(store, Stale.OVERDUE)
    assert (overdue.cases, overdue.days >= 14) == (1, True)
    assert make.see(store, journey_footing, ListQuery(text=overdue.behind.filter)).rows == 1


def test_two_things_that_cannot_both_be_true_are_contradictory(store, clock, case):
    journey, cover = case
    claim(store, journey, cover_id=cover, approved_minor=600_00, origin_city="Surabaya")
    with store.write("Leave before coming") as session:
        row = session.get(JourneyRow, journey)
        row.origin_city = "Medan"
        row.admitted_at, row.discharged_at = clock.now, clock.now - dt.timedelta(days=2)

    assert found(store, Clash.STAY).cases == 1
    assert found(store, Clash.OVER_APPROVED).cases == 1
    assert found(store, Clash.CITY).held_up == (Money(500_00, "MYR"),)
    assert found(store, Clash.OVERPAID) is None


def test_a_letter_over_its_target_is_slow_and_names_the_house(store, clock, case):
    journey, cover = case
    letter = make.guarantee_draft(journey_id=journey, cover_id=cover, requested_at=clock.now)
    make.do(store, guarantees.request_guarantee, letter)
    clock.forward(days=3)

    finding = found(store, ClockKind.GL_INITIAL)

    assert (finding.weakness, finding.cases, finding.days) == (Weakness.SLOW, 1, 2)
    assert finding.owner


def test_a_case_with_two_late_answers_is_one_case(store, clock, case):
    draft = make.guarantee_draft(journey_id=case[0], cover_id=case[1], requested_at=clock.now)
    letter = make.made(store, guarantees.request_guarantee, draft)
    for asked in ("biaya kamar?", "hasil lab?"):
        make.do(store, guarantees.ask_query, make.guarantee_query_draft(letter, question=asked, asked_at=clock.now))
    clock.forward(days=10)

    assert found(store, ClockKind.QUERY_ANSWER).cases == 1


def test_currencies_are_never_added(store, case):
    journey, cover = case
    claim(store, journey, cover_id=cover, claim_no="")
    claim(store, journey, cover_id=cover, claim_no="", currency="IDR", billed_minor=700_00)
    finding = found(store, ClaimGap.NUMBER)
    assert set(finding.held_up) == {Money(500_00, "MYR"), Money(700_00, "IDR")}
    assert make.see(store, claim_footing, ListQuery(text=finding.behind.filter)).rows == 2


def test_an_empty_office_has_no_weakness(store):
    view = make.see(store, evaluation)
    assert (view.findings, view.open_cases, view.month) == ((), 0, dt.date(2026, 10, 1))
    with store.read() as session:
        assert "0" in _text(make_report(session, "evaluation", {}, language="en"))


@pytest.mark.parametrize(("language", "word"), [("id", "surat"), ("en", "letter")])
def test_the_page_is_one_in_both_languages_and_names_nobody(store, clock, case, language, word):
    journey, cover = case
    make.do(store, guarantees.request_guarantee,
            make.guarantee_draft(journey_id=journey, cover_id=cover, requested_at=clock.now))  # fmt: skip
    clock.forward(days=20)

    with store.read() as session:
        made = make_report(session, "evaluation", {}, language=language)

    text = _text(made)
    assert made.pages == 1
    assert word in text.lower()
    assert "INTERNAL" in text
    assert "Dewi" not in text and "Siregar" not in text
    assert made.grids


def test_the_page_is_headed_by_the_day_of_its_figures_and_hours_lost_are_no_nought(store, clock, case):
    journey, _cover = case
    make.made(store, work.add_task, make.task_draft(journey_id=journey, due_at=clock.now))
    clock.forward(hours=3)
    with store.read() as session:
        text = " ".join(_text(make_report(session, "evaluation", {}, language="en")).replace("\xa0", " ").split())

    assert "Monthly evaluation · 2 November 2026" in text
    assert "has cost less than a day" in text
    assert "Next step overdue 1 case < 1" in text


def _text(made):
    pdf = pypdfium2.PdfDocument(made.data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def test_the_sample_office_has_its_weaknesses_each_with_rows(sampled):
    view = make.see(sampled, evaluation)
    assert view.findings
    assert {Weakness.INCOMPLETE, Weakness.STALE} <= {f.weakness for f in view.findings}
    for finding in view.findings:
        if finding.behind is not None:
            footing = claim_footing if finding.of_claims else journey_footing
            rows = make.see(sampled, footing, ListQuery(text=finding.behind.filter))
            assert rows.rows == finding.cases, finding
