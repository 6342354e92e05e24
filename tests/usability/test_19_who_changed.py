"""Task 19: who changed this claim's amount, when, from what? From the claim, at most 2 actions."""

import dataclasses

from liaison.domain.money import Money
from liaison.services import claims
from tests import make


def filed(store, **values):
    cover = make.cover(store, values["patient_id"])
    return make.made(store, claims.file_claim, make.claim_draft(cover_id=cover, **values))


def test_the_history_of_a_claim_answers_who_when_and_from_what(at_desk, acting):
    program = at_desk.program
    store = program.runner.store
    patient = make.patient(store)
    claim = filed(store, patient_id=patient, hospital_id=at_desk.hospital)
    draft = make.see(store, claims.claim_draft, claim)
    at_desk.later(days=1)
    make.do(store, claims.edit_claim, claim, dataclasses.replace(draft, billed=Money.of("16920.00", "MYR"), lines=()))
    at_desk.go("claim", claim)
    acting.wait(30)

    with acting.within(2):
        acting.keys(program.frame.page, "H")
        acting.wait(30)

    page = program.frame.page
    assert page.place.page == "history"
    line = next(x for x in page._lines if x.field == "billed_minor")
    assert line.who == make.OFFICER
    assert line.at == program.clock.now
    shown = page.table.index(page._lines.index(line), 3).data()
    assert "18.837,55" in shown
    assert shown.endswith("16.920,00")
    assert page._lines.index(line) < 3, "the newest stands where the eye falls"


def test_the_answer_narrows_to_one_field_and_one_officer(at_desk):
    store = at_desk.program.runner.store
    claim = filed(store, patient_id=make.patient(store), hospital_id=at_desk.hospital)
    draft = make.see(store, claims.claim_draft, claim)
    for amount in ("100.00", "200.00", "300.00"):
        draft = dataclasses.replace(draft, billed=Money.of(amount, "MYR"), lines=())
        make.do(store, claims.edit_claim, claim, draft)
    page = at_desk.go("history", claim, kind="claim")

    page.filter.field.set_value(("claim", "billed_minor"))
    page.filter.field.changed.emit()

    shown = [page._change(page.table.row_at(n)) for n in range(page.table.rowCount())]
    assert len(shown) == 3
    assert shown[0].endswith("300,00")
