"""Papers: what a house wants, what is missing, what was asked in vain, and files that are not what they are called."""

import datetime as dt

import pytest

from liaison.domain.claims import ClaimKind
from liaison.domain.documents import DocumentKind as D
from liaison.domain.documents import Need, Process, Whereabouts
from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.journeys import EntryMode
from liaison.domain.journeys import JourneyState as S
from liaison.domain.paper_requests import ChecklistRuleDraft, PaperRequestDraft
from liaison.domain.privacy import Audience
from liaison.domain.work import WaitingOn
from liaison.services import (
    checklists,
    claim_views,
    claims,
    disclosure,
    document_copies,
    documents,
    guarantees,
    journeys,
    paper_requests,
    today,
    views,
)
from liaison.store.models import JourneyRow
from tests import make


@pytest.fixture
def case(store):
    person = make.patient(store)
    cover = make.cover(store, person)
    return make.journey(store, person, cover_id=cover, entry_mode=EntryMode.RUNNING, state=S.PREAUTH)


def pack(store, case, process=Process.PREAUTH):
    return next(p for p in make.see(store, checklists.packs_of, case) if p.process is process)


def lacking(store, case, process=Process.PREAUTH):
    return {kind for item in pack(store, case, process).missing for kind in item.kinds}


def rule(store, kind, need, process=Process.PREAUTH):
    insurer = make.any_insurer(store)
    draft = ChecklistRuleDraft(organization_id=insurer, process=process, kind=kind, need=need)
    return make.made(store, checklists.set_rule, draft)


def attach(store, case, kind, **values):
    draft = make.document_draft(journey_id=case, kind=kind, title=f"{kind.value}.pdf", **values)
    return make.made(store, documents.attach, draft, make.pdf(kind.value))


def test_a_pack_tells_what_is_here_and_what_is_missing(store, case):
    key = attach(store, case, D.CARD_MEMBER)

    assert D.CARD_MEMBER not in lacking(store, case)
    assert D.COST_ESTIMATE in lacking(store, case)
    here = [item.document_id for item in pack(store, case).items if D.CARD_MEMBER in item.kinds]
    assert here == [key]


def test_an_insurer_may_want_another_paper_and_may_not_want_a_usual_one(store, case):
    rule(store, D.PATHOLOGY, Need.REQUIRED)
    rule(store, D.BANK_BOOK, Need.REQUIRED)
    unwanted = rule(store, D.COST_ESTIMATE, Need.NOT_NEEDED)

    assert {D.PATHOLOGY, D.BANK_BOOK} <= lacking(store, case)
    assert D.COST_ESTIMATE not in lacking(store, case)

    make.do(store, checklists.remove_rule, unwanted)
    assert D.COST_ESTIMATE in lacking(store, case)
    told = [(r.kind, r.need) for r in make.see(store, checklists.rules_of, make.any_insurer(store))]
    assert told == [(D.PATHOLOGY, Need.REQUIRED), (D.BANK_BOOK, Need.REQUIRED)]


def test_a_rule_set_again_is_changed_not_doubled(store):
    assert rule(store, D.LAB, Need.REQUIRED) == rule(store, D.LAB, Need.NOT_NEEDED)


def test_a_child_needs_the_guardians_card_and_cancer_a_pathology_result(store):
    child = make.patient(store, full_name="Anak Kecil", birth_date=dt.date(2018, 5, 1))
    case = make.journey(store, child, diagnosis_code="C91.0", entry_mode=EntryMode.RUNNING, state=S.PREAUTH)

    assert D.ID_GUARDIAN in lacking(store, case, Process.INTAKE)
    assert D.PATHOLOGY in lacking(store, case)


def test_a_paper_in_another_language_asks_for_its_translation(store, case):
    make.do(store, lambda s: setattr(s.get(checklists.JourneyRow, case), "payer_path", "REIMBURSEMENT"))
    assert D.SWORN_TRANSLATION not in lacking(store, case, Process.REIMBURSEMENT)

    attach(store, case, D.MED_RESUME_FINAL, language="zh")

    assert D.SWORN_TRANSLATION in lacking(store, case, Process.REIMBURSEMENT)


def test_what_was_asked_for_although_it_was_here_is_counted(store, clock, case):
    insurer = make.any_insurer(store)
    attach(store, case, D.LAB)
    for kind in (D.LAB, D.PATHOLOGY):
        draft = PaperRequestDraft(journey_id=case, kind=kind, asked_by_id=insurer)
        make.do(store, paper_requests.ask_for_paper, draft)

    assert make.see(store, paper_requests.asked_in_vain, insurer) == 1
    assert make.see(store, paper_requests.asked_at_all, insurer) == 2
    asked = {r.kind: r.had_on for r in make.see(store, paper_requests.requests_of, case)}
    assert asked == {D.LAB: dt.date(2026, 11, 2), D.PATHOLOGY: None}


def test_a_paper_that_came_after_the_question_was_not_asked_in_vain(store, clock, case):
    clock.forward(days=3)
    attach(store, case, D.LAB)
    asked = PaperRequestDraft(journey_id=case, kind=D.LAB, asked_on=dt.date(2026, 11, 3))
    key = make.made(store, paper_requests.ask_for_paper, asked)

    assert make.see(store, paper_requests.requests_of, case)[0].had_on is None
    make.do(store, paper_requests.answer_request, key)
    with pytest.raises(Refused):
        make.do(store, paper_requests.answer_request, key)


def test_a_request_from_tomorrow_is_refused(store, case):
    draft = PaperRequestDraft(journey_id=case, kind=D.LAB, asked_on=dt.date(2027, 1, 1))

    with pytest.raises(Refused):
        make.do(store, paper_requests.ask_for_paper, draft)


def test_chasing_waits_for_the_papers_once(store, case):
    for _ in range(2):
        make.do(store, paper_requests.chase, case, who=WaitingOn.HOSPITAL, what="Estimasi")

    waits = [t for t in make.see(store, today.open_tasks) if t.title.message == paper_requests.CHASE]
    assert [(t.waiting_on, t.waiting_for) for t in waits] == [(WaitingOn.HOSPITAL, "Estimasi")]


# files


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("paspor.pdf", b"\xff\xd8\xff\xe0 jpeg"),
        ("foto.jpg", b"%PDF-1.7 pdf"),
        ("hasil.png", b"GIF89a gif"),
        ("surat.pdf", b"hanya tulisan"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(store, case, name, data):
    with pytest.raises(Refused) as refused:
        make.do(store, documents.attach, make.document_draft(journey_id=case, title=name), data)

    assert refused.value.problems[0].code == "NOT_AS_NAMED"


def test_a_name_without_an_ending_is_taken_for_what_it_is(store, case):
    draft = make.document_draft(journey_id=case, title="hasil lab dr. Lim")

    assert make.made(store, documents.attach, draft, make.pdf())


def test_a_paper_knows_its_language_its_days_and_where_the_original_is(store, case):
    key = attach(
        store, case, D.ID_PASSPORT, language="id", expires_on=dt.date(2031, 5, 1), is_original=True,
        whereabouts=Whereabouts.WITH_PATIENT,
    )  # fmt: skip
    seen = make.see(store, documents.paper, key)

    assert (seen.details.language, seen.details.whereabouts) == ("id", Whereabouts.WITH_PATIENT)
    changed = make.changed(seen.details, whereabouts=Whereabouts.WITH_US)
    make.do(store, documents.edit_document, key, changed, version=seen.version)
    assert make.see(store, documents.paper, key).details.whereabouts is Whereabouts.WITH_US


def test_a_copy_that_leaves_the_store_is_on_record(store, case, tmp_path):
    key = attach(store, case, D.LAB)
    target = tmp_path / "lab.pdf"

    with store.write("Save a copy of a document", kind="disclosure") as session:
        document_copies.copy_out(session, key, target)

    assert target.read_bytes() == make.pdf("LAB")
    line = make.see(store, disclosure.disclosures_of_case, case)[0]
    assert (line.report, line.audience, line.ground) == ("document", Audience.INTERNAL, disclosure.Ground.OFFICE)


def test_a_copy_for_the_hospital_needs_its_consents_and_none_stays_without(store, case, tmp_path):
    key = attach(store, case, D.LAB)
    target = tmp_path / "lab.pdf"

    with pytest.raises(Refused), store.write("Save a copy of a document", kind="disclosure") as session:
        document_copies.copy_out(session, key, target, audience=Audience.HOSPITAL)

    assert list(tmp_path.glob("*lab*")) == []


# enquiries without consent


def test_an_enquiry_without_consent_is_listed_after_two_weeks_and_until_somebody_agrees(store, clock):
    from liaison.domain.facts import FactKind

    key = make.journey(store)
    clock.forward(days=14)
    assert make.see(store, disclosure.unconsented) == []

    clock.forward(days=1)
    found = make.see(store, disclosure.unconsented)
    group = next(g for g in make.see(store, today.today_view).groups if g.group is today.TaskGroup.NO_CONSENT)
    assert [(one.journey_id, one.days) for one in found] == [(key, 15)]
    assert (group.count, group.lines[0].journey_id, group.oldest_days) == (1, key, 15)

    make.confirm(store, key, FactKind.C1)
    assert make.see(store, disclosure.unconsented) == []


def test_a_list_written_to_a_file_leaves_a_line_with_everybody_it_names_once(store, case):
    from liaison.services.list_copies import record_copy

    other = make.journey(store, make.patient(store, full_name="Budi Siregar", phone="0812-9"))
    with store.write("Write a list into a file", kind="release") as session:
        record_copy(session, "journeys", "", asked={"filter": ""}, rows=2, sha256="5e" * 32, language="id")

    for key in (case, other):
        (line,) = make.see(store, disclosure.disclosures_of_case, key)
        assert (line.report, line.audience, line.ground) == (
            "list.journeys",
            Audience.INTERNAL,
            disclosure.Ground.OFFICE,
        )


def test_a_paper_that_somebody_saw_is_not_asked_for_again(store, case):
    from liaison.domain.facts import FactKind

    assert D.CONSENT_PROCESSING in lacking(store, case, Process.INTAKE)

    make.confirm(store, case, FactKind.C1)

    assert D.CONSENT_PROCESSING not in lacking(store, case, Process.INTAKE)


def test_a_letter_may_be_asked_for_once_its_pack_shows_nothing_missing(store, case):
    cover = make.see(store, views.journey_view, case).cover.id
    draft = make.guarantee_draft(journey_id=case, cover_id=cover, is_checklist_complete=False, requested_at=None)
    letter = make.made(store, guarantees.request_guarantee, draft)
    short = pack(store, case).missing
    with store.read() as session:
        assert checklists.missing_for(session, session.get(JourneyRow, case), Process.PREAUTH) == short
    assert short
    assert not make.see(store, guarantees.guarantee_facts, letter).is_checklist_complete

    make.confirm(store, case, FactKind.PASSPORT)
    for item in pack(store, case).missing:
        attach(store, case, item.kinds[0])

    assert lacking(store, case) == set()
    assert make.see(store, guarantees.guarantee_facts, letter).is_checklist_complete


def test_a_claim_of_what_another_payer_left_brings_its_pack_to_the_case(store):
    person = make.patient(store)
    case = make.journey(store, person)
    assert Process.SECOND_PAYER not in {p.process for p in make.see(store, checklists.packs_of, case)}

    draft = make.claim_draft(
        patient_id=person, journey_id=case, cover_id=make.cover(store, person), kind=ClaimKind.TOP_UP_COB
    )
    make.do(store, claims.file_claim, draft)

    pack = next(p for p in make.see(store, checklists.packs_of, case) if p.process is Process.SECOND_PAYER)
    assert D.RECEIPT_COPY_LEGALISED in {kind for item in pack.missing for kind in item.kinds}


def test_a_claim_for_a_death_asks_for_the_certificates_and_not_for_a_hospitals_receipt(store):
    person = make.patient(store)
    case = make.journey(store, person, entry_mode=EntryMode.RUNNING, state=S.ADMITTED)
    make.confirm(store, case, FactKind.DEATH)
    make.do(store, journeys.move_journey, case, S.DECEASED)
    draft = make.claim_draft(
        patient_id=person, journey_id=case, cover_id=make.cover(store, person), kind=ClaimKind.DEATH
    )

    claim = make.made(store, claims.file_claim, draft)

    asked = {kind for item in make.see(store, claim_views.claim, claim).missing for kind in item.kinds}
    assert {D.CLAIM_FORM, D.DEATH_MCCD, D.DEATH_CERT, D.DEATH_LEGALISATION, D.BANK_BOOK} <= asked
    assert not asked & {D.RECEIPT_ORIGINAL, D.LAB, D.BILL_FINAL_ITEMISED}
    pack = next(p for p in make.see(store, checklists.packs_of, case) if p.process is Process.DEATH_CLAIM)
    assert pack.is_due and {item.kinds for item in pack.missing} == {
        (D.CLAIM_FORM,), (D.ID_KTP, D.ID_KK), (D.DEATH_MCCD,), (D.DEATH_CERT,), (D.DEATH_LEGALISATION,), (D.BANK_BOOK,),
    }  # fmt: skip
