"""Paper tells days and times on the office's own clock."""

import datetime as dt

from liaison.reports.making import make_report
from liaison.services import claims, office
from tests import make
from tests.reports.reading import text_of


def test_a_paper_of_an_office_in_papua_is_dated_and_timed_there(store, clock):
    clock.now = dt.datetime(2026, 11, 20, 15, 30, tzinfo=dt.UTC)
    draft = make.see(store, office.office_draft)
    make.do(store, office.edit_office, make.changed(draft, zone="Asia/Jayapura"))
    patient = make.patient(store)
    key = make.made(store, claims.file_claim, make.claim_draft(patient_id=patient, cover_id=make.cover(store, patient)))

    with store.read() as session:
        text = text_of(make_report(session, "claim_letter", {"claim": f"#{key}"}, language="en").data)

    assert "21 Nov" in text.replace("\u00a0", " ")
    assert "00:30 WIT" in text.replace("\u00a0", " ")
    assert "WIB" not in text
