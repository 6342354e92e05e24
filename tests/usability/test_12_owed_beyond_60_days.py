"""Task 12: how much does insurer A owe beyond 60 days, in both currencies? At most 5 actions.

One chord from anywhere shows every insurer's heading with one sum per currency; the footing says on which day.
"""

import datetime as dt

import pytest

from liaison.domain.money import Money
from liaison.services import claims
from tests import make

BUDGET = 5


@pytest.fixture
def owed(at_desk):
    """Two insurers owe something for long; one of them in two currencies, from two persons, and something fresh."""
    store = at_desk.program.runner.store
    other = make.insurer(store, name="Aneka Jiwa")
    people = [make.patient(store, full_name=name) for name in ("Suyanti", "Budi Hartono")]
    covers = {(p, i): make.cover(store, p, i) for p in people for i in (at_desk.insurer, other)}
    for number, who, insurer, days, amount in (
        ("K-1", people[0], at_desk.insurer, 80, ("16920.00", "MYR")),
        ("K-2", people[1], at_desk.insurer, 95, ("45000000", "IDR")),
        ("K-3", people[0], at_desk.insurer, 10, ("999.00", "MYR")),
        ("K-4", people[0], other, 120, ("1234.50", "MYR")),
    ):
        file_claim(at_desk, who, covers[who, insurer], number, days, amount)
    return at_desk


def file_claim(at_desk, patient, cover, number, days, amount):
    today = at_desk.program.frame.desk.today()
    draft = make.claim_draft(
        patient_id=patient, hospital_id=at_desk.hospital, cover_id=cover, claim_no=number, billed=Money.of(*amount),
        lines=(), admitted_on=today - dt.timedelta(days=days + 3), discharged_on=today - dt.timedelta(days=days),
    )  # fmt: skip
    make.made(at_desk.program.runner.store, claims.file_claim, draft)


def headings(page):
    return {g.badge.text: g.said("") for g in (page.table.group_at(r) for r in page.table.header_rows())}


def says_both_sums(at_desk):
    page = at_desk.page
    heading = headings(page)["Nusa Proteksi"]
    day = at_desk.program.words.formats.date(at_desk.program.frame.desk.today())
    return (
        page.table.rowCount() == 2  # the headings alone, each on the screen
        and "16.920,00" in heading
        and "45.000.000" in heading
        and "999" not in heading
        and "2 klaim · 2 orang" in heading
        and day in page.footing.basis.text()
    )


def test_one_chord_shows_two_sums_per_insurer_with_the_day(owed, acting):
    with acting.within(BUDGET):
        acting.keys("Ctrl+Shift+O")

    assert owed.page.place.page == "claims"
    assert says_both_sums(owed)
    assert acting.count == 1


def test_the_same_by_mouse_and_the_rows_behind_a_sum_by_one_more_click(owed, acting):
    with acting.within(BUDGET):
        acting.click(owed.program.frame.rail.buttons["claims"])
        acting.click(owed.page.owed_button)
    assert says_both_sums(owed)

    with acting.within(BUDGET):
        acting.click_row(owed.page.view, 1, column=0)

    assert [owed.page.table.row_at(n).claim_no for n in (2, 3)] == ["K-2", "K-1"]


def test_the_box_finds_it_by_its_words(owed, acting):
    with acting.within(BUDGET + len("60 hari")):
        acting.keys("Ctrl+K")
        acting.type("60 hari")
        found = [r for r in owed.program.frame.top.search.suggest.found if not r.head]
        assert "60" in found[0].text
        acting.keys("Return")

    assert says_both_sums(owed)
