"""Rare rows and headings of claim lists, each with its one fate."""

import pytest

from liaison.exchange.bordereau import Answers, stage_claims
from liaison.exchange.currencies import currency_of, from_heading, from_number_format, from_title, split_amount
from liaison.exchange.fields import Field, best_match, matches
from liaison.exchange.statuses import status_of
from liaison.exchange.values import DateUnreadable, as_date, as_period, said, text_of
from tests.exchange.lists import D, claims_of, codes_of, kinds_of, text, xlsx

HEAD = ["No", "No Klaim", "Nama", "Tgl Masuk", "Tgl Keluar", "RS", "Mata Uang", "Tagihan", "Disetujui", "Status"]


def row(n, number="", name="Ani", **change):
    cells = dict(
        zip(
            HEAD,
            [n, number or f"C{n}", name, "1/4/2026", "2/4/2026", "KPJ", "MYR", "10,00", "5,00", "ACC"],
            strict=True,
        )
    )
    cells.update(change)
    return list(cells.values())


def staged_of(tmp_path, rows, **answers):
    return stage_claims(text(tmp_path / "list.csv", rows, delimiter=";"), answers=Answers(**answers))


def test_numbered_rows_nobody_filled_in_are_empty(tmp_path):
    staged = staged_of(tmp_path, [HEAD, row(1), ["2", *[""] * 9], ["3.", *[""] * 9]])

    assert kinds_of(staged) == [(1, "header"), (3, "blank"), (4, "blank")]


def test_a_row_of_amounts_alone_is_a_total(tmp_path):
    staged = staged_of(tmp_path, [HEAD, row(1), row(2), [*[""] * 7, "20,00", "10,00", ""]])

    assert kinds_of(staged) == [(1, "header"), (4, "total")]
    assert len(staged.claims) == 2


def test_a_total_named_after_a_group_is_a_subtotal_unless_it_is_the_last(tmp_path):
    def total(words):
        return ["", words, *[""] * 5, "10,00", "5,00", ""]

    staged = staged_of(tmp_path, [HEAD, row(1), total("Total KPJ"), row(2), total("Total Raffles"), total("TOTAL")])
    alone = staged_of(tmp_path, [HEAD, row(1), total("Total Bordereau April")])

    assert kinds_of(staged) == [(1, "header"), (3, "subtotal"), (5, "subtotal"), (6, "total")]
    assert kinds_of(alone) == [(1, "header"), (3, "total")]


def test_rows_of_signatures_in_several_columns_are_the_foot(tmp_path):
    foot = [
        ["", "Medan, 30 April 2026", *[""] * 8],
        ["", "Dibuat oleh,", "", "", "", "Diperiksa oleh,", "", "", "", "Disetujui oleh,"],
        ["", "(..........)", "", "", "", "(..........)", "", "", "", ""],
        ["", "Rina Sari", "Staf Klaim", "", "", "Budi Halim", "", "", "", "Direktur"],
    ]

    staged = staged_of(tmp_path, [HEAD, row(1), *foot])

    assert staged.rejects == ()
    assert [k for _, k in kinds_of(staged)] == ["header", "footer", "footer", "footer", "footer"]


def test_a_second_list_after_a_recapitulation_comes_in_too(tmp_path):
    recap = [["", "Status", "Jumlah Kasus", *[""] * 7], ["", "ACC", "1", *[""] * 7]]

    staged = staged_of(tmp_path, [HEAD, row(1), *recap, HEAD, row(2), *recap, row(3)])

    assert [c.claim_no for c in staged.claims] == ["C1", "C2", "C3"]


def test_a_negative_or_unreadable_approved_amount(tmp_path):
    staged = staged_of(tmp_path, [HEAD, row(1, Disetujui="-5,00"), row(2, Disetujui="menunggu"), row(3, Disetujui="-")])

    assert codes_of(staged) == [(2, ["NEGATIVE_AMOUNT"])]
    assert [c.approved for c in staged.claims] == [None, None]
    assert [(w.code.value, w.row) for w in staged.warnings] == [
        ("APPROVED_UNREADABLE", 3), ("POSSIBLE_DUPLICATE_OTHER_CLAIM_NO", 4),
    ]  # fmt: skip


def test_birth_dates_of_two_digits_lie_in_the_past_and_impossible_ones_are_refused(tmp_path):
    head = [*HEAD, "Tgl Lahir"]
    rows = [[*row(1), "3/4/55"], [*row(2), "29/2/28"], [*row(3), "3/4/05"], [*row(4), "99/9/1999"], [*row(5), "-"]]

    staged = staged_of(tmp_path, [head, *rows])

    assert [c.birth_date for c in staged.claims] == [D(1955, 4, 3), D(1928, 2, 29), D(2005, 4, 3), None]
    assert codes_of(staged) == [(5, ["BAD_DATE"])]


def test_a_century_earlier_there_may_be_no_29_february():
    from liaison.exchange.claim_rows import _a_century_earlier

    assert _a_century_earlier(D(2000, 2, 29)) == D(1900, 2, 28)


def test_a_list_without_dates_or_with_only_a_period_comes_in(tmp_path):
    without = text(tmp_path / "a.csv", [["No Klaim", "Nama", "Tagihan (RM)"], ["C1", "Ani", "5"]])
    period = text(
        tmp_path / "b.csv",
        [["No Klaim", "Nama", "Periode Rawat", "Tagihan (RM)"], ["C1", "Ani", "", "5"], ["C2", "Ani", "?", "5"]],
    )

    assert stage_claims(without).claims[0].admit_date is None
    assert codes_of(stage_claims(period)) == [(2, ["BAD_DATE"]), (3, ["BAD_DATE"])]


def test_dashes_in_remarks_are_kept_as_sent(tmp_path):
    head = [*HEAD, "Keterangan"]

    staged = staged_of(tmp_path, [head, [*row(1), "-"], [*row(2, name="Budi"), ""]])

    assert [c.remarks for c in staged.claims] == ["-", ""]


def test_a_percentage_is_no_amount(tmp_path):
    rows = [["No Klaim", "Nama", "Tgl Masuk", "Mata Uang", "Tagihan"], ["C1", "Ani", D(2026, 1, 1), "MYR", 0.5]]
    path = xlsx(tmp_path / "a.xlsx", {"S": rows}, formats=[("S", "E2", "0%")])

    assert codes_of(stage_claims(path)) == [(2, ["BAD_AMOUNT"])]


def test_cells_of_odd_types_are_told_apart(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Mata Uang", "Tagihan"],
        ["C1", "Ani", True, "MYR", 5],
        ["C2", "Ani", D(2026, 1, 1), "MYR", D(2026, 1, 1)],
        ["C3", True, D(2026, 1, 1), "MYR", 5.005],
        ["C4", "Ani", 0.5, "MYR", 1e18],
        ["C5", "Ani", 20260403, "MYR", "9" * 20],
    ]

    staged = stage_claims(xlsx(tmp_path / "a.xlsx", {"S": rows}))

    assert codes_of(staged) == [
        (2, ["BAD_DATE"]),
        (3, ["BAD_AMOUNT"]),
        (5, ["BAD_DATE", "BAD_AMOUNT"]),
        (6, ["BAD_AMOUNT"]),
    ]
    assert claims_of(staged) == [(4, "C3", "TRUE", "MYR", "5.01")]


def test_lines_of_one_claim_in_two_currencies_are_not_added(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Rincian", "Jumlah"],
        ["C1", "Ani", "1/1/2026", "Kamar", "RM 5"], ["", "", "", "Obat", "IDR 5"],
        ["C2", "Budi", "1/1/2026", "Kamar", "RM 5"], ["", "", "", "Obat", ""], ["", "", "", "Lab", "-RM 2"],
    ]  # fmt: skip

    staged = stage_claims(text(tmp_path / "a.csv", rows))

    assert codes_of(staged) == [(2, ["UNKNOWN_CURRENCY"]), (4, ["NEGATIVE_AMOUNT"])]


def test_a_claim_whose_amounts_stand_in_its_lines_only(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Rincian", "Jumlah (RM)", "Disetujui"],
        ["C1", "Ani", "1/1/2026", "", "", ""], ["", "", "", "Kamar", "5", "4"], ["", "", "", "Obat", "6", ""],
        ["C2", "Budi", "1/1/2026", "", "", ""], ["", "", "", "Kamar", "", ""],
    ]  # fmt: skip

    staged = stage_claims(text(tmp_path / "a.csv", rows))

    assert [(c.billed.plain(), c.approved.plain(), c.line_count) for c in staged.claims] == [("11.00", "4.00", 3)]
    assert codes_of(staged) == [(5, ["BAD_AMOUNT"])]


def test_lines_without_a_column_for_their_words_need_a_word_beside_the_amount(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Catatan", "Jumlah (RM)"],
        ["C1", "Ani", "1/1/2026", "kamar", "5"], ["", "", "", "obat", "6"], ["", "", "", "", "11"], ["", "", "", "7",
            "7"],
    ]  # fmt: skip

    staged = stage_claims(text(tmp_path / "a.csv", rows))

    assert [(c.claim_no, c.billed.plain()) for c in staged.claims] == [("C1", "11.00")]


def test_a_claim_repeated_with_other_heads_is_a_conflict_not_a_line(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Rincian", "Jumlah (RM)"],
        ["C1", "Ani", "1/1/2026", "kamar", "5"], ["C1", "Budi", "1/1/2026", "obat", "6"], ["C1", "Ani", "1/1/2026",
            "kamar", "5"],
    ]  # fmt: skip

    assert codes_of(stage_claims(text(tmp_path / "a.csv", rows))) == [
        (3, ["DUPLICATE_CONFLICT"]),
        (4, ["DUPLICATE_EXACT"]),
    ]


def test_several_amount_columns_follow_the_currency_column(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Mata Uang", "Tagihan (RM)", "Tagihan (IDR)"],
        ["C1", "Ani", "1/1/2026", "IDR", "100", "350000"], ["C2", "Budi", "1/1/2026", "", "", ""],
        ["C3", "Cici", "1/1/2026", "", "0", "70000"],
    ]  # fmt: skip

    staged = stage_claims(text(tmp_path / "a.csv", rows))

    assert [c[3:] for c in claims_of(staged)] == [("IDR", "350000.00"), ("IDR", "70000.00")]
    assert codes_of(staged) == [(3, ["BAD_AMOUNT"])]


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("Klaim", ["K-1", "K-2", "K-3"], "claim_no"), ("Klaim", ["1.000,00", "2.000,00", "3,5"], "billed"),
        ("Peserta", ["0012345", "0012346", "0012347"], "member_no"), ("No Peserta", ["Ani", "Budi", "Cici"],
            "member_name"),
        ("GL", ["1000,5", "2000", "3000"], ""), ("Diagnosa", ["N20.0", "A91", "C34.9"], "diagnosis_code"),
        ("Kode Diagnosa", ["Batu ginjal", "Demam", "Kanker paru"], "diagnosis_text"), ("Disetujui", ["ya", "tidak",
            "ya"], ""),
        ("Keputusan", ["1/1/2026", "2/1/2026", "3/1/2026"], ""), ("Tindakan", ["1.000,00", "2.000,00", "3,5"], ""),
    ],
)  # fmt: skip
def test_what_stands_beneath_a_heading_settles_what_it_means(tmp_path, heading, cells, field):
    from liaison.exchange.headings import find_layout

    rows = [(1, ["No. Klaim", "Nama Pasien", "Tgl Masuk", "Jumlah Tagihan", heading])]
    if heading in ("Klaim", "Peserta", "No Peserta"):
        rows = [(1, ["Tgl Masuk", "RS", "Status", heading])]
    width = len(rows[0][1]) - 1
    rows += [(n, [*["x"] * width, cell]) for n, cell in enumerate(cells, 2)]

    layout = find_layout(rows, (), lambda fields: True)

    found = layout.columns[-1].field
    assert (found.value if found not in (None, Field.OTHER) else "") == field


def test_a_number_column_with_letters_is_the_claim_number_when_nothing_else_is(tmp_path):
    rows = [
        ["No", "Nama", "Tgl Masuk", "Tagihan (RM)"],
        ["A-1", "Ani", "1/1/2026", "5"],
        ["A-2", "Budi", "1/1/2026", "5"],
    ]

    assert [c.claim_no for c in stage_claims(text(tmp_path / "a.csv", rows)).claims] == ["A-1", "A-2"]


def test_the_currency_may_stand_under_the_amounts_heading_beside_the_amount(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Tagihan", ""],
        ["C1", "Ani", D(2026, 1, 1), "RM", 5.5],
        ["C2", "Budi", D(2026, 1, 1), "SGD", 6],
    ]
    path = xlsx(tmp_path / "a.xlsx", {"S": rows}, merges=[("S", "D1:E1")])

    assert [c[3:] for c in claims_of(stage_claims(path))] == [("MYR", "5.50"), ("SGD", "6.00")]


def test_one_header_of_a_payer_paid_or_an_employee_serves_where_nothing_better_does(tmp_path):
    rows = [
        ["No Klaim", "Nama Karyawan", "Tgl Masuk", "Ekuivalen Rupiah", "Dibayarkan"],
        ["C1", "Ani", "1/1/2026", "5000", "4000"],
    ]

    claim = stage_claims(text(tmp_path / "a.csv", rows)).claims[0]

    assert (claim.member_name, claim.billed.plain(), claim.currency, claim.approved.plain()) == (
        "Ani",
        "5000.00",
        "IDR",
        "4000.00",
    )


def test_words_and_signs_of_currencies():
    assert [currency_of(w) for w in ("Rp.", "US Dollar", "U.S. Dollar", "RMB", "yen", "")] == [
        "IDR", "USD", "USD", "CNY", "", "",
    ]  # fmt: skip
    assert [from_number_format(f) for f in ('[$RM-43E]#,##0', '"Rp"#,##0', "[$$-409]#,##0", "[$$-4809]0", "[$¥-804]0",
        "[$¥-411]0", "#,##0", "General", "[$-421]dd mmm", "[$IDR] #,##0")] == [
        "MYR", "IDR", "USD", "SGD", "CNY", "", "", "", "", "IDR",
    ]  # fmt: skip
    assert [from_heading(h) for h in ("Jumlah (RM)", "RM atau SGD", "Jumlah", "Nilai dalam Rupiah")] == [
        "MYR",
        "",
        "",
        "IDR",
    ]
    assert [
        from_title(t) for t in ("Mata Uang: Dollar Singapura", "in process", "dalam negeri", "(RM)", "Laporan")
    ] == ["SGD", "", "", "MYR", ""]
    assert split_amount("1.200") == ("", "1.200")


def test_dates_and_periods_that_cannot_be_read():
    for cell in ("", "belum", 3_000_000, -5.0, 1e300, "1 - 2 - 3 Mei 2026", "x s/d y", 20269999):
        with pytest.raises(DateUnreadable):
            as_period(cell)
    with pytest.raises(DateUnreadable):
        as_period(True)
    assert as_period(D(2026, 4, 3)) == (D(2026, 4, 3), None)
    assert as_period("1/4 - 3/4/2026") == (D(2026, 4, 1), D(2026, 4, 3))
    assert as_period("28-30 April 2026") == (D(2026, 4, 28), D(2026, 4, 30))
    assert as_date("46115") == as_date(46115.75) == D(2026, 4, 3)
    assert as_date(44653, is_1904=True) == D(2026, 4, 3)


def test_cells_as_text():
    assert [text_of(c) for c in (True, False, 5.0, 5.25, 7, D(2026, 4, 3), " a \n b ", 1e300, "'=x", "'tis")] == [
        "TRUE", "FALSE", "5", "5.25", "7", "2026-04-03", "a b", "1e+300", "=x", "'tis",
    ]  # fmt: skip
    assert [said(["a", "", " - ", 5.0, "'=x", "\u00a0"], i) for i in (-1, 0, 1, 2, 3, 4, 5, 9)] == [
        "",
        "a",
        "",
        "",
        "5",
        "=x",
        "",
        "",
    ]


def test_status_words_with_something_around_them():
    assert [status_of(w).value for w in ("Klaim Disetujui", "STATUS: PAID", "tidak dibayar", "menunggu pembayaran",
        "Belum disetujui")] == [
        "approved", "paid", "rejected", "approved", "in_review",
    ]  # fmt: skip
    assert status_of("xyz") is None


def test_headings_too_long_or_empty_mean_nothing():
    assert matches("") == () and matches("x" * 200) == () and best_match("Nasi goreng") is None
