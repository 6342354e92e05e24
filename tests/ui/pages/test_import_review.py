"""Lists through the window's import review: every row's fate as the truth files say, then one action and one undo."""

import json

import pytest

from liaison.domain.listing import RowCode
from liaison.services import claim_lists
from liaison.ui.pages.import_rows import Verdict

pytestmark = pytest.mark.bare

FILES = (
    "01_bordereau_judul_gabung.xlsx",
    "02_laporan_klaim_cp1252.csv",
    "03_ekspor_unicode_utf16le.txt",
    "04_tanggal_campur_rumus.xlsx",
)


def claims(session):
    import sqlalchemy as sa

    return session.execute(sa.text("SELECT count(*) FROM claim")).scalar_one()


@pytest.mark.parametrize("name", FILES)
def test_the_review_shows_every_row_as_the_truth_file_says(at_home, shared_data, name):
    truth = json.loads((shared_data / "bordereaux" / f"{name}.truth.json").read_text(encoding="utf-8"))
    page = at_home.go("import")
    page.city.set_value("Medan")

    page.open_file(shared_data / "bordereaux" / name)
    at_home.settle()

    rows = page._review.rows
    refused = {r.row: r.says for r in rows if r.verdict is Verdict.REFUSED}
    wanted = {
        r["row"]: " ".join(at_home.words(RowCode(code).label) for code in r["reasons"]) for r in truth["rejected"]
    }
    assert refused == wanted
    taken = {r.row: (r.number, f"{r.amount.amount:.2f}") for r in rows if r.verdict is not Verdict.REFUSED}
    assert taken == {r["row"]: (r["claim_no"], r["billed"]) for r in truth["imported_rows"]}
    assert page._review.skipped == truth["rows_skipped"]
    sums = {m.currency: m.plain() for m in page._review.sums}
    assert sums == {currency: each["billed"] for currency, each in truth["sums_by_currency"].items()}


def test_bringing_in_is_one_action_and_one_undo_takes_it_back(at_home, shared_data):
    before = at_home.see(claims)
    page = at_home.go("import")
    page.open_file(shared_data / "bordereaux" / FILES[1])
    assert at_home.see(claims) == before

    page._bring()
    at_home.settle()
    assert at_home.see(claims) == before + 89

    at_home.frame.undo()
    at_home.settle()
    assert at_home.see(claims) == before
    assert at_home.store.verify() == []


def test_a_list_without_a_currency_asks_for_one_and_then_comes_in(at_home, tmp_path):
    file = tmp_path / "klaim.csv"
    file.write_text(
        "No Klaim;Nama Peserta;Tgl Masuk;Tgl Keluar;Rumah Sakit;Jumlah;Status\n"
        "A-1;Tono Wijaya;01/09/2026;03/09/2026;Rumah Sakit Uji;1.250.000;Disetujui\n",
        encoding="utf-8",
    )
    page = at_home.go("import")

    page.open_file(file)
    assert page._review is None
    assert page.problems.count() == 1

    page.currency.set_value("IDR")
    page.open_file(file)
    assert page._review.new == 1


def test_a_file_that_is_no_list_is_refused_in_a_sentence_and_nothing_is_written(at_home, tmp_path):
    file = tmp_path / "foto.xlsx"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    before = at_home.see(claims)
    page = at_home.go("import")

    page.open_file(file)

    assert page._review is None
    assert page.problems.count() >= 1
    assert at_home.see(claims) == before


def test_what_a_status_word_means_is_said_once_and_remembered(at_home, tmp_path):
    file = tmp_path / "klaim.csv"
    file.write_text(
        "No Klaim;Nama Peserta;Tgl Masuk;Tgl Keluar;Rumah Sakit;Jumlah (IDR);Status\n"
        "A-1;Tono Wijaya;01/09/2026;03/09/2026;Rumah Sakit Uji;1.250.000;gantung kang\n",
        encoding="utf-8",
    )
    page = at_home.go("import")
    page.open_file(file)
    assert [w.raw for w in page._review.words] == ["gantung kang"]

    page._open_meanings()
    from liaison.ui.pages.import_meanings import Meanings

    panel = page.side.findChild(Meanings)
    panel.statuses["gantung kang"].set_value("in_review")
    panel._save()
    at_home.settle()
    assert page._review.words == ()

    again = at_home.go("import")
    again.open_file(file)
    assert again._review.words == ()


def test_refused_rows_go_into_a_workbook_with_their_reason(at_home, shared_data, tmp_path):
    import openpyxl

    page = at_home.go("import")
    page.open_file(shared_data / "bordereaux" / FILES[0])
    target = tmp_path / "gagal.xlsx"

    page.refused_to(target)
    at_home.settle()

    sheet = openpyxl.load_workbook(target).worksheets[0]
    assert sheet.max_row == 1 + 4


def test_the_same_list_twice_changes_nothing(at_home, shared_data):
    page = at_home.go("import")
    page.open_file(shared_data / "bordereaux" / FILES[3])
    page._bring()
    at_home.settle()

    page.open_file(shared_data / "bordereaux" / FILES[3])

    assert (page._review.new, page._review.updated, page._review.unchanged) == (0, 0, 87)
    assert isinstance(page._read.staged.file, str)
    assert claim_lists.Asked().city == ""
