"""Task 12: how much does insurer A owe beyond 60 days, in both currencies? At most 5 actions after the name is typed.

One line in the one box answers it: the insurer's name and ``umur>60``; the list's footing has one sum per currency.
"""

import datetime as dt

from liaison.domain.money import Money
from liaison.services import claims
from tests import make


def test_two_sums_with_the_day_stand_in_the_footing(at_desk, acting):
    store = at_desk.program.runner.store
    patient = make.patient(store)
    cover = make.cover(store, patient, at_desk.insurer)
    today = at_desk.program.frame.desk.today()
    for number, days, amount in (
        ("K-1", 80, Money.of("16920.00", "MYR")), ("K-2", 95, Money.of("45000000", "IDR")),
        ("K-3", 10, Money.of("999.00", "MYR")),
    ):  # fmt: skip
        draft = make.claim_draft(
            patient_id=patient, hospital_id=at_desk.hospital, cover_id=cover, claim_no=number, billed=amount,
            lines=(), admitted_on=today - dt.timedelta(days=days + 3), discharged_on=today - dt.timedelta(days=days),
        )  # fmt: skip
        make.made(store, claims.file_claim, draft)
    line = "asuransi:nusa umur>60"

    with acting.within(len(line) + 5):
        acting.keys("Ctrl+K")
        acting.type(line)
        found = at_desk.program.frame.top.search.suggest.found
        place = next(n for n, r in enumerate([r for r in found if not r.head]) if "claims" in str(r.value))
        acting.keys(*["Down"] * place, "Return")

    page = at_desk.page
    assert page.place.page == "claims"
    assert page.table.count == 2
    assert "16.920,00" in page.footing.sums.text()
    assert "45.000.000" in page.footing.sums.text()
    assert at_desk.program.words.formats.date(today) in page.footing.basis.text()
