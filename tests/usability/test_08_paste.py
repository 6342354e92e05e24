"""Task 8: paste these twelve rows from a spreadsheet: no lost zeros, nothing written before it is seen, one undo."""

import pytest
from PySide6.QtWidgets import QApplication

from liaison.services import history, list_of_claims, list_of_journeys, search, views
from liaison.services.list_queries import ListQuery
from tests import make

BUDGET = 5
HEADINGS = "Nama\tNo HP\tKota\tRumah Sakit\tPenanggung\tTanggal Masuk\tCatatan"
NAMES = (
    "Suyanti", "Parlindungan", "Rina Kusumawati", "Tan Mei Hwa", "Dewi Anggraini", "Agus Prasetyo", "Nurhayati Lubis",
    "Lim Swee Hong", "Maruli Tampubolon", "Yohanes Wibowo", "Sri Wahyuni", "Fatimah Nasution",
)  # fmt: skip


def rows(*, note="=SUM(A1:A3)"):
    return [
        f"{name}\t0812-600{n:02d}-{n:04d}\tMedan\tIsland Hospital\tNusa Proteksi\t03/10/2026\t{note}"
        for n, name in enumerate(NAMES, start=10)
    ]


def in_list(who):
    return list(who.see(list_of_journeys.journey_ids, ListQuery(text="")))


def test_twelve_rows_come_in_with_their_zeros_in_at_most_five_actions(at_desk, acting):
    at_desk.go("journeys")
    acting.copied("\r\n".join([HEADINGS, *rows()]))

    with acting.within(BUDGET):
        acting.keys("Ctrl+V")
        acting.keys("Return")

    found = in_list(at_desk)
    assert len(found) == len(NAMES)
    case = at_desk.see(views.journey_view, found[0])
    assert case.patient.phone.lstrip("+").replace("-", "").replace(" ", "").startswith(("62812", "0812"))
    assert any(f.title == "Suyanti" for f in at_desk.see(search.find, "Suyanti"))


def test_one_undo_takes_the_whole_paste_back(at_desk, acting):
    at_desk.go("journeys")
    acting.copied("\r\n".join([HEADINGS, *rows()]))
    acting.keys("Ctrl+V", "Return")

    with acting.within(1):
        acting.keys("Ctrl+Z")

    assert in_list(at_desk) == []


def test_nothing_is_written_before_it_was_seen(at_desk, acting):
    at_desk.go("journeys")
    acting.copied("\r\n".join([HEADINGS, *rows()]))
    before = at_desk.see(lambda s: history.recent_actions(s, limit=1))[0].id

    acting.keys("Ctrl+V")

    assert at_desk.page.table.count == len(NAMES)
    assert at_desk.see(lambda s: history.recent_actions(s, limit=1))[0].id == before


def test_a_number_the_spreadsheet_cut_is_refused_with_its_reason(at_desk, acting):
    at_desk.go("journeys")
    row = rows()[0].replace("0812-60010-0010", "3,17E+15")
    acting.copied("\r\n".join([HEADINGS, row, rows()[1]]))

    acting.keys("Ctrl+V")

    page = at_desk.page
    bad = [line for line in page._plan.lines if line.fate == "out"]
    assert [(line.number, "3,17E+15" in line.says) for line in bad] == [(2, True)]
    acting.keys("Return")
    assert len(in_list(at_desk)) == 1


def test_pasting_over_cases_changes_cells_and_equal_values_change_nothing(at_desk, acting):
    store = at_desk.program.runner.store
    one, other = (make.journey(store, origin_city="Medan") for _ in range(2))
    numbers = [at_desk.see(views.journey_view, key).case_no for key in (one, other)]
    at_desk.go("journeys")
    acting.copied(
        f"Nomor kasus\tNama\tKota\tRS\n{numbers[0]}\tLain\tSurabaya\tIsland Hospital\n{numbers[1]}\tX\tmedan\t"
    )

    acting.keys("Ctrl+V")
    plan = at_desk.page._plan
    assert [(line.name, line.fate) for line in plan.lines] == [(numbers[0], "changed"), (numbers[1], "same")]
    assert plan.skipped == ("Nama",)
    acting.keys("Return")

    case = at_desk.see(views.journey_view, one)
    assert (case.origin_city, case.hospital.name, case.patient.full_name != "Lain") == (
        "Surabaya",
        "Island Hospital",
        True,
    )
    acting.keys("Ctrl+Z")
    assert at_desk.see(views.journey_view, one).origin_city == "Medan"


@pytest.mark.parametrize("amount", ["1.250.000", "1,250,000.00"])
def test_claims_are_pasted_with_amounts_in_either_notation(at_desk, acting, amount):
    at_desk.go("claims")
    acting.copied(
        f"No Klaim\tNama\tPenanggung\tTanggal Masuk\tTagihan (Rp)\nK-1\tSuyanti\tNusa Proteksi\t03/10/2026\t{amount}"
    )

    acting.keys("Ctrl+V", "Return")

    (claim,) = at_desk.see(lambda s: list_of_claims.claim_page(s, list_of_claims.claim_ids(s, ListQuery())))
    assert claim.billed == make.Money.of("1250000", "IDR")
    assert claim.claim_no == "K-1"


def test_an_empty_clipboard_says_what_to_do(at_desk, acting):
    at_desk.go("journeys")
    QApplication.clipboard().clear()
    acting.keys("Ctrl+V")
    assert at_desk.page.place.page == "journeys"
