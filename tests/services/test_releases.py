"""What left the office, and which reports were made."""

import datetime as dt

import pytest

from liaison.domain.custody import CopyDraft, CopyEndDraft, CopyState
from liaison.domain.errors import Conflict, Refused
from liaison.domain.facts import FactKind
from liaison.domain.privacy import Audience
from liaison.services import confirmations, custody, disclosure, list_of_releases, releases, reprints, search
from liaison.services.changes import today
from liaison.store.models import ReleaseRow
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


def printed(store, report_id="R6-77AA-1234-05", pages=b"%PDF-1.4 seiten", **values):
    with store.write("Release briefing", kind="release") as session:
        return releases.record_release(
            session, report="city_briefing", report_id=report_id, parameters={"city": "Medan"}, figures={},
            language="id", sha256="ab" * 32, pages=1, document=pages,
            **{"title": "City briefing", "audience": Audience.PUBLIC, **values},
        ).made  # fmt: skip


def test_a_printed_report_is_opened_again_as_it_was_by_the_id_at_its_foot(store):
    key = printed(store)

    for typed in ("R6-77AA-1234-05", "r6 77aa 1234 05", " R677AA123405 "):
        assert make.see(store, releases.release_called, typed).id == key
    assert make.see(store, releases.kept_pages, key) == b"%PDF-1.4 seiten"
    with pytest.raises(Refused) as unknown:
        make.see(store, releases.release_called, "R6-0000-0000-00")
    assert [p.code for p in unknown.value.problems] == ["NOT_PRINTED_HERE"]


def test_the_same_report_printed_twice_keeps_its_pages_once(store):
    first, second = printed(store), printed(store)

    assert first != second
    assert len(store.attachments.names()) == 1
    assert make.see(store, releases.kept_pages, second) == b"%PDF-1.4 seiten"


def test_printing_again_gives_the_same_pages_and_is_on_record(store):
    key = printed(store)

    with store.write("Again", kind="release") as session:
        again = reprints.print_again(session, key).made

    assert make.see(store, releases.kept_pages, again) == b"%PDF-1.4 seiten"
    assert make.see(store, releases.release_of, again).report_id == "R6-77AA-1234-05"
    assert [line.id for line in make.see(store, list_of_releases.release_lines)] == [again, key]


def test_a_paper_about_a_person_needs_its_ground_anew_to_be_printed_again(store):
    person = make.patient(store)
    journey = make.journey(store, person, hospital_id=make.hospital(store))
    make.confirm(store, journey, FactKind.C1, FactKind.C2, FactKind.C3)
    with store.write("Print", kind="disclosure") as session:
        disclosure.record_disclosure(
            session, report="case_summary", report_id="R1-0000-1111-22", audience=Audience.HOSPITAL, patient_id=person,
            journey_id=journey,
        )  # fmt: skip
        key = releases.record_release(
            session, report="case_summary", report_id="R1-0000-1111-22", parameters={}, figures={}, language="id",
            audience=Audience.HOSPITAL, sha256="cd" * 32, pages=1, document=b"%PDF", title="Case summary",
        ).made  # fmt: skip
    assert make.see(store, reprints.action_kind, key).value == "disclosure"
    with store.write("Again", kind="disclosure") as session:
        reprints.print_again(session, key)
    assert len(make.see(store, disclosure.disclosures_of_case, journey)) == 2

    for one in make.see(store, confirmations.confirmations, journey):
        make.do(store, confirmations.withdraw_confirmation, one.id)
    with pytest.raises(Refused), store.write("Again", kind="disclosure") as session:
        reprints.print_again(session, key)
    assert len(make.see(store, disclosure.disclosures_of_case, journey)) == 2


def test_a_paper_for_both_sides_printed_again_is_on_record_with_both(store):
    journey = make.journey(store, hospital_id=make.hospital(store))
    make.confirm(store, journey, FactKind.C1, FactKind.C2, FactKind.C3, FactKind.C4)
    sides = (("Gleneagles", Audience.HOSPITAL), ("Asuransi Nusantara", Audience.INSURER))
    for recipient, audience in sides:
        make.do(
            store, disclosure.record_disclosure, report="both_sides", report_id="R1-0000-1111-23", audience=audience,
            journey_id=journey, recipient=recipient,
        )  # fmt: skip
    key = printed(store, "R1-0000-1111-23", audience=Audience.HOSPITAL)

    with store.write("Again", kind="disclosure") as session:
        reprints.print_again(session, key)

    told = [(d.recipient, d.audience) for d in make.see(store, disclosure.disclosures_of_case, journey)]
    assert sorted(told) == sorted([*sides, *sides])
    assert make.see(store, reprints.named_in, key) == 1


def test_pages_that_were_let_go_while_they_stood_open_are_not_printed_again(store):
    key = printed(store)
    with store.write("Test step") as session:
        row = session.get(ReleaseRow, key)
        row.file_id = row.file_key = None

    with pytest.raises(Refused) as gone, store.write("Again", kind="release") as session:
        reprints.print_again(session, key)
    assert [p.code for p in gone.value.problems] == ["PAGES_GONE"]


def test_numbered_copies_are_handed_out_and_each_end_is_told(store):
    key = printed(store)
    day = make.see(store, today)
    handed = CopyDraft(handed_to="Ibu Ratna", house="Prudential", handed_on=day)
    first = make.do(store, custody.hand_out, key, handed).made
    make.do(store, custody.hand_out, key, handed)
    make.do(store, custody.end_copy, first, CopyEndDraft(state=CopyState.RETURNED, ended_on=day))

    assert [(c.number, c.state) for c in make.see(store, custody.copies_of, key)] == [
        (1, CopyState.RETURNED), (2, CopyState.OUT),
    ]  # fmt: skip
    line = make.see(store, list_of_releases.release_lines)[0]
    assert (line.copies, line.out, line.is_lost) == (2, 1, False)


@pytest.mark.parametrize(
    ("draft", "codes"),
    [
        (CopyDraft(handed_to=" ", handed_on=dt.date(2026, 11, 21)), ["MISSING"]),
        (CopyDraft(handed_to="Ratna", handed_on=dt.date(2030, 1, 1)), ["IN_FUTURE"]),
        (CopyDraft(handed_to="Ratna", handed_on=dt.date(2020, 1, 1)), ["BEFORE_PRINTED"]),
    ],
)
def test_a_copy_that_could_not_have_been_handed_out_is_refused(store, draft, codes):
    key = printed(store)
    with pytest.raises(Refused) as refused:
        make.do(store, custody.hand_out, key, draft)
    assert [p.code for p in refused.value.problems] == codes


def test_a_lost_copy_needs_a_sentence_and_an_end_is_told_once(store):
    key, day = printed(store), make.see(store, today)
    copy = make.do(store, custody.hand_out, key, CopyDraft(handed_to="Ratna", handed_on=day)).made
    with pytest.raises(Refused) as silent:
        make.do(store, custody.end_copy, copy, CopyEndDraft(state=CopyState.LOST, ended_on=day))
    lost = CopyEndDraft(state=CopyState.LOST, ended_on=day, ended_note="left in a taxi")
    make.do(store, custody.end_copy, copy, lost)
    with pytest.raises(Refused) as again:
        make.do(store, custody.end_copy, copy, lost)

    assert [p.code for p in silent.value.problems] == ["LOST_HOW"]
    assert [p.code for p in again.value.problems] == ["ENDED_ALREADY"]
    assert make.see(store, list_of_releases.release_lines)[0].is_lost


def test_an_id_from_the_foot_of_a_page_finds_its_report(store):
    key = printed(store)

    found = make.see(store, search.find, "r6-77aa-1234-05")

    assert [(f.kind, f.id, f.title) for f in found] == [(search.FoundKind.PRINTED, key, "R6-77AA-1234-05")]
