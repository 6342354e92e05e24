"""What left the office, and which reports were made."""

import pytest

from liaison.domain.errors import Conflict, Refused
from liaison.domain.facts import FactKind
from liaison.domain.privacy import Audience
from liaison.services import disclosure, releases
from tests import make


def test_a_print_of_a_case_names_the_patient_by_itself(store):
    case = make.journey(store)
    person = make.see(store, lambda s: s.get(make.journeys.JourneyRow, case).patient_id)
    make.confirm(store, case, FactKind.C1, FactKind.C2, FactKind.C3)
    with store.write("Print case summary", kind="disclosure") as session:
        disclosure.record_disclosure(
            session, report="case_summary", report_id="R1-4K2Q", audience=Audience.HOSPITAL, journey_id=case,
            recipient=" Gleneagles Penang ", country="MY", purpose="rawat inap",
        )  # fmt: skip
        action = session.info["action_id"]

    seen = make.see(store, disclosure.disclosures_of, person)

    assert [(d.report_id, d.recipient, d.audience, d.actor) for d in seen] == [
        ("R1-4K2Q", "Gleneagles Penang", Audience.HOSPITAL, make.OFFICER)
    ]
    with pytest.raises(Conflict):
        store.undo(action)


def test_a_print_of_a_person_without_a_case_is_on_the_persons_record(store):
    person = make.patient(store)

    make.do(
        store, disclosure.record_disclosure, report="own_copy", report_id="R9", audience=Audience.FAMILY,
        patient_id=person,
    )  # fmt: skip

    assert [d.journey_id for d in make.see(store, disclosure.disclosures_of, person)] == [None]


def test_a_disclosure_names_a_person_or_a_case(store):
    with pytest.raises(Refused) as nobody:
        make.do(store, disclosure.record_disclosure, report="r", report_id="1", audience=Audience.FAMILY)
    with pytest.raises(Refused) as gone:
        make.do(store, disclosure.record_disclosure, report="r", report_id="1", audience=Audience.FAMILY, patient_id=4)

    assert [p.code for p in nobody.value.problems] == ["NEEDS_PERSON"]
    assert [p.code for p in gone.value.problems] == ["GONE"]


def test_a_report_keeps_its_question_and_its_figures(store):
    with store.write("Release briefing", kind="release") as session:
        releases.record_release(
            session, report="city_briefing", report_id="R6-77AA", parameters={"city": "Medan"},
            figures={"cases": {"total": 210}}, language="id", audience=Audience.PUBLIC, sha256="ab" * 32, pages=6,
        )  # fmt: skip

    found = make.see(store, releases.release, "R6-77AA")

    assert (found.parameters, found.figures, found.pages) == ({"city": "Medan"}, {"cases": {"total": 210}}, 6)
    assert make.see(store, releases.release, "R6-0000") is None
    assert [r.report_id for r in make.see(store, releases.releases)] == ["R6-77AA"]
