"""Claim lists nobody has seen before: other headings, layouts, formats, encodings,
currencies. Every row gets its fate."""

import pytest

from liaison.domain.errors import Refused
from liaison.exchange.bordereau import Answers, stage_claims
from tests.exchange.lists import D, claims_of, codes_of, kinds_of, ods, text, xls, xlsx

ENGLISH = [
    "Claim No",
    "Insured Name",
    "Admission Date",
    "Discharge Date",
    "Hospital",
    "Currency",
    "Billed Amount",
    "Approved Amount",
    "Claim Status",
]


def english_row(n, name="Siti Aminah", amount="1,250.50", currency="MYR", status="Approved"):
    return [
        f"CLM-{n:04d}",
        name,
        "03/04/2026",
        "05/04/2026",
        "Island Hospital Penang",
        currency,
        amount,
        "1,000.00",
        status,
    ]


def test_an_english_list_with_commas_comes_in(tmp_path):
    path = text(tmp_path / "claims.csv", [ENGLISH, english_row(1), english_row(2, "O'Brien, Budi")])

    staged = stage_claims(path)

    assert claims_of(staged) == [
        (2, "CLM-0001", "Siti Aminah", "MYR", "1250.50"),
        (3, "CLM-0002", "O'Brien, Budi", "MYR", "1250.50"),
    ]
    assert staged.claims[0].admit_date == D(2026, 4, 3)
    assert staged.sums["MYR"].to_json() == {"rows": 2, "billed": "2501.00", "approved": "2000.00"}


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-16-be", b"\xfe\xff"),
        ("cp1252", b""),
        ("latin-1", b""),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_and_delimiter_is_recognised(tmp_path, encoding, bom, delimiter):
    rows = [ENGLISH, english_row(1, "Renée Müller", "1.250,50"), english_row(2, "José, S.E", "2.000,00")]
    path = text(tmp_path / "claims.txt", rows, delimiter=delimiter, encoding=encoding, bom=bom)

    staged = stage_claims(path)

    assert claims_of(staged) == [
        (2, "CLM-0001", "Renée Müller", "MYR", "1250.50"),
        (3, "CLM-0002", "José, S.E", "MYR", "2000.00"),
    ]


def test_a_quoted_line_break_starts_no_record_and_an_empty_line_is_one(tmp_path):
    rows = [ENGLISH, english_row(1, "Siti\nAminah"), [], english_row(2)]
    path = text(tmp_path / "claims.csv", rows)

    staged = stage_claims(path)

    assert [c.row for c in staged.claims] == [2, 4]
    assert staged.claims[0].member_name == "Siti Aminah"
    assert kinds_of(staged) == [(1, "header"), (3, "blank")]


def test_a_quote_that_never_closes_does_not_swallow_the_list(tmp_path):
    lines = [";".join(ENGLISH), *(";".join(english_row(n, f"N{n}", "100,00")) for n in range(1, 300))]
    lines[5] = lines[5].replace("N5", '"N5')
    (tmp_path / "claims.csv").write_text("\n".join(lines), encoding="utf-8")

    staged = stage_claims(tmp_path / "claims.csv")

    assert len(staged.claims) >= 298


@pytest.mark.parametrize("make", [xls, ods, xlsx])
def test_titles_dates_and_totals_in_every_workbook_format(tmp_path, make):
    rows = [
        ["PT ASURANSI CONTOH"],
        ["Daftar Klaim Luar Negeri"],
        [],
        [
            "No.",
            "No. Klaim",
            "Nama Tertanggung",
            "Tgl. Masuk",
            "Tgl. Pulang",
            "Nama Provider",
            "Jml. Biaya (RM)",
            "Ket.",
        ],
        [1, "A/001", "Ani", D(2026, 4, 3), D(2026, 4, 5), "Lam Wah Ee", 1250.5, "lunas"],
        [2, "A/002", "Budi", D(2026, 4, 4), D(2026, 4, 4), "Lam Wah Ee", 99, ""],
        ["Total", "", "", "", "", "", 1349.5],
        [],
        ["Penang, 30 April 2026"],
        ["Dibuat oleh,", "", "", "Mengetahui,"],
        ["(Rina)", "", "", "(Manajer Klaim)"],
    ]
    path = make(tmp_path / f"list.{make.__name__}", {"Klaim": rows})

    staged = stage_claims(path)

    assert claims_of(staged) == [(5, "A/001", "Ani", "MYR", "1250.50"), (6, "A/002", "Budi", "MYR", "99.00")]
    assert staged.claims[0].discharge_date == D(2026, 4, 5)
    assert kinds_of(staged) == [
        (1, "title"), (2, "title"), (3, "blank"), (4, "header"), (7, "total"), (8, "blank"), (9, "footer"), (10,
            "footer"), (11, "footer"),
    ]  # fmt: skip


@pytest.mark.parametrize("make", [xls, ods, xlsx])
def test_two_header_rows_with_groups(tmp_path, make):
    rows = [
        ["Klaim", "", "Peserta", "", "", "Perawatan", "", "", "Biaya (SGD)", "", "", "Status"],
        [
            "Nomor",
            "Tgl Terima",
            "Nomor",
            "Nama",
            "Tgl Lahir",
            "Masuk",
            "Keluar",
            "RS",
            "Diajukan",
            "Disetujui",
            "Ditolak",
            "",
        ],
        [
            "K-1",
            D(2026, 5, 1),
            "0012",
            "Ani",
            D(1980, 1, 2),
            D(2026, 4, 3),
            D(2026, 4, 5),
            "Raffles",
            100.0,
            80.0,
            20.0,
            "Dibayar",
        ],
        [
            "K-2",
            D(2026, 5, 1),
            "0013",
            "Budi",
            D(1981, 1, 2),
            D(2026, 4, 3),
            D(2026, 4, 5),
            "Raffles",
            200.0,
            0.0,
            200.0,
            "Ditolak",
        ],
    ]
    groups = [("S", 0, 0, 0, 1), ("S", 0, 0, 2, 4), ("S", 0, 0, 5, 7), ("S", 0, 0, 8, 10), ("S", 0, 1, 11, 11)]
    options = {
        "merges": [("S", "A1:B1"), ("S", "C1:E1"), ("S", "F1:H1"), ("S", "I1:K1"), ("S", "L1:L2")]
        if make is xlsx
        else groups
    }
    path = make(tmp_path / f"list.{make.__name__}", {"S": rows}, **options)

    staged = stage_claims(path)

    first = staged.claims[0]
    assert claims_of(staged) == [(3, "K-1", "Ani", "SGD", "100.00"), (4, "K-2", "Budi", "SGD", "200.00")]
    assert (first.member_no, first.birth_date, first.hospital) == ("0012", D(1980, 1, 2), "Raffles")
    assert (first.approved.plain(), first.not_covered.plain(), first.status.value) == ("80.00", "20.00", "paid")
    assert kinds_of(staged) == [(1, "header"), (2, "header")]


def test_two_header_rows_in_a_text_list_without_merges(tmp_path):
    rows = [
        ["Klaim", "", "Peserta", "", "Tanggal", "", "Tagihan", "", "Mata Uang"],
        ["No", "Status", "No", "Nama", "Masuk", "Keluar", "Jumlah", "Dijamin", ""],
        ["X1", "ACC", "007", "Ani", "1/4/26", "2/4/26", "1.000,00", "900,00", "IDR"],
    ]
    path = text(tmp_path / "list.csv", rows, delimiter=";")

    staged = stage_claims(path)

    claim = staged.claims[0]
    assert claims_of(staged) == [(3, "X1", "Ani", "IDR", "1000.00")]
    assert (claim.member_no, claim.approved.plain(), claim.status.value, claim.admit_date) == (
        "007",
        "900.00",
        "approved",
        D(2026, 4, 1),
    )


def test_column_numbers_units_and_the_other_language_beneath_headings_are_headings(tmp_path):
    rows = [
        ["No. Klaim", "Nama Pasien", "Tanggal Masuk", "Rumah Sakit", "Jumlah Tagihan"],
        ["Claim No.", "Patient Name", "Admission Date", "Hospital", "Billed Amount"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["P1", "Ani", "03-04-2026", "KPJ", "RM 10.00"],
    ]
    path = text(tmp_path / "list.csv", rows)

    staged = stage_claims(path)

    assert claims_of(staged) == [(4, "P1", "Ani", "MYR", "10.00")]
    assert kinds_of(staged) == [(1, "header"), (2, "header"), (3, "header")]


def test_bilingual_headings_in_one_cell(tmp_path):
    rows = [
        [
            "No. Klaim / Claim No.",
            "Nama Peserta\nMember Name",
            "Tgl Masuk (Admission)",
            "Tgl Keluar (Discharge)",
            "RS / Hospital",
            "Mata Uang/Currency",
            "Tagihan / Billed",
        ],
        ["P1", "Ani", "03.04.2026", "04.04.2026", "KPJ", "RM", "10"],
    ]
    path = xlsx(tmp_path / "list.xlsx", {"A": rows})

    assert claims_of(stage_claims(path)) == [(2, "P1", "Ani", "MYR", "10.00")]


def test_sheets_of_different_layout_come_in_and_hidden_and_summary_sheets_are_left_alone(tmp_path):
    first = [["No Klaim", "Nama", "Tgl Masuk", "Tagihan", "Mata Uang"], ["A1", "Ani", D(2026, 1, 2), 100, "MYR"]]
    second = [
        ["Laporan"],
        ["Patient", "Claim Ref", "Ccy", "Amount", "Admitted", "Discharged"],
        ["Budi", "B1", "SGD", 5.5, "2 Jan 2026", "3 Jan 2026"],
    ]
    summary = [["Rumah Sakit", "Jumlah Klaim", "Total Tagihan"], ["KPJ", 2, 105.5], ["TOTAL", 2, 105.5]]
    hidden = [["No Klaim", "Nama", "Tgl Masuk", "Tagihan", "Mata Uang"], ["H1", "Rahasia", D(2026, 1, 2), 100, "MYR"]]
    sheets = {"Rekap": summary, "Malaysia": first, "Singapura": second, "Arsip": hidden, "Kosong": []}
    path = xlsx(tmp_path / "list.xlsx", sheets, hidden=["Arsip"])

    staged = stage_claims(path)

    assert [(c.sheet, *row) for c, row in zip(staged.claims, claims_of(staged), strict=True)] == [
        ("Malaysia", 2, "A1", "Ani", "MYR", "100.00"),
        ("Singapura", 3, "B1", "Budi", "SGD", "5.50"),
    ]
    assert set(staged.left_alone) == {"Rekap", "Arsip", "Kosong"}
    assert [(s.sheet, s.first, s.kind.value) for s in staged.skips] == [
        ("Malaysia", 1, "header"), ("Singapura", 1, "title"), ("Singapura", 2, "header"),
    ]  # fmt: skip


def test_repeated_headings_page_totals_and_subtotals_are_skipped(tmp_path):
    head = ["No", "No Klaim", "Nama Peserta", "Tgl Masuk", "Tgl Keluar", "Jumlah (Rp)"]
    rows = [
        ["LAPORAN KLAIM"],
        head,
        [1, "A1", "Ani", "1 Januari 2026", "2 Januari 2026", "Rp 1.000.000"],
        [2, "A2", "Budi", "1 Feb 2026", "2 Feb 2026", "Rp2.000.000,-"],
        ["", "", "Jumlah halaman ini", "", "", "3.000.000"],
        ["Halaman 1 dari 2"],
        ["LAPORAN KLAIM"],
        head,
        [3, "A3", "Cici", "1 Mar 2026", "2 Mar 2026", "3.000.000,00"],
        ["", "Sub Total", "", "", "", "3.000.000"],
        ["", "GRAND TOTAL", "", "", "", "6.000.000"],
        ["Halaman 2 dari 2"],
    ]
    path = text(tmp_path / "list.csv", rows, delimiter=";")

    staged = stage_claims(path)

    assert claims_of(staged) == [
        (3, "A1", "Ani", "IDR", "1000000.00"), (4, "A2", "Budi", "IDR", "2000000.00"), (9, "A3", "Cici", "IDR",
            "3000000.00"),
    ]  # fmt: skip
    assert kinds_of(staged) == [
        (1, "title"), (2, "header"), (5, "subtotal"), (6, "footer"), (7, "title"), (8, "header"), (10, "subtotal"),
            (11, "total"), (12, "footer"),
    ]  # fmt: skip


def test_groups_with_a_title_and_a_subtotal_each(tmp_path):
    rows = [
        ["Claim No", "Patient Name", "Admission", "Discharge", "Billed", "Currency"],
        ["Gleneagles Hospital"],
        ["C1", "Ani", "2026-01-01", "2026-01-02", "10.00", "MYR"],
        ["Subtotal Gleneagles Hospital", "", "", "", "10.00", ""],
        ["Raffles Hospital"],
        ["C2", "Budi", "2026-01-01", "2026-01-02", "20.00", "SGD"],
        ["Subtotal Raffles Hospital", "", "", "", "20.00", ""],
        ["Total", "", "", "", "30.00", ""],
    ]
    path = text(tmp_path / "list.csv", rows)

    staged = stage_claims(path)

    assert [c.claim_no for c in staged.claims] == ["C1", "C2"]
    assert kinds_of(staged) == [
        (1, "header"), (2, "title"), (4, "subtotal"), (5, "title"), (7, "subtotal"), (8, "total"),
    ]  # fmt: skip


def test_a_recapitulation_beneath_the_list_is_its_foot(tmp_path):
    rows = [
        ["No Klaim", "Nama Pasien", "Tgl Masuk", "RS", "Mata Uang", "Tagihan", "Status"],
        ["C1", "Ani", "1/1/2026", "KPJ", "MYR", "10,00", "Ditolak"],
        ["TOTAL", "", "", "", "", "10,00", ""],
        [],
        ["Rekapitulasi", "", "", "", "", "", ""],
        ["Rumah Sakit", "Jumlah Kasus", "Total Tagihan", "", "", "", ""],
        ["KPJ", "1", "10,00", "", "", "", ""],
        ["Total", "1", "10,00", "", "", "", ""],
    ]
    path = text(tmp_path / "list.csv", rows, delimiter=";")

    staged = stage_claims(path)

    assert [c.claim_no for c in staged.claims] == ["C1"]
    assert staged.rejects == ()
    assert kinds_of(staged)[:3] == [(1, "header"), (3, "total"), (4, "blank")]


# currencies


@pytest.mark.parametrize(
    ("title", "heading", "cell", "expected"),
    [
        ("Mata Uang : MYR", "Tagihan", "1.200,00", "MYR"),
        ("Currency: RM", "Tagihan", "1.200,00", "MYR"),
        ("(dalam Rupiah)", "Tagihan", "1.200,00", "IDR"),
        ("All amounts in SGD", "Billed", "1,200.00", "SGD"),
        ("Nilai dalam Ringgit Malaysia", "Tagihan", "1.200,00", "MYR"),
        ("", "Jumlah Tagihan (US$)", "1.200,00", "USD"),
        ("", "Tagihan RM", "1.200,00", "MYR"),
        ("", "Biaya dalam Rupiah", "1.200,00", "IDR"),
        ("", "Tagihan", "RM 1.200", "MYR"),
        ("", "Tagihan", "Rp1.200,-", "IDR"),
        ("", "Tagihan", "S$1,200.00", "SGD"),
        ("", "Tagihan", "US$ 1,200", "USD"),
        ("", "Tagihan", "1.200 RMB", "CNY"),
        ("", "Tagihan", "IDR 1.200,00", "IDR"),
    ],
)
def test_the_currency_may_stand_in_the_preamble_the_heading_or_the_cell(tmp_path, title, heading, cell, expected):
    rows = [["Laporan"], [title], ["No Klaim", "Nama", "Tgl Masuk", heading], ["C1", "Ani", "1/1/2026", cell]]
    path = text(tmp_path / "list.csv", rows, delimiter=";")

    assert claims_of(stage_claims(path)) == [(4, "C1", "Ani", expected, "1200.00")]


def test_the_currency_may_be_the_number_format_of_the_cell(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Tagihan"],
        ["C1", "Ani", D(2026, 1, 1), 1200.5],
        ["C2", "Budi", D(2026, 1, 1), 7],
    ]
    formats = [("A", "D2", "[$RM-43E]#,##0.00"), ("A", "D3", '"Rp"#,##0')]
    path = xlsx(tmp_path / "list.xlsx", {"A": rows}, formats=formats)

    assert claims_of(stage_claims(path)) == [(2, "C1", "Ani", "MYR", "1200.50"), (3, "C2", "Budi", "IDR", "7.00")]


def test_the_currency_may_be_the_type_of_an_ods_cell(tmp_path):
    rows = [["No Klaim", "Nama", "Tgl Masuk", "Tagihan"], ["C1", "Ani", D(2026, 1, 1), 1200.5]]
    path = ods(tmp_path / "list.ods", {"A": rows}, currency="SGD")

    assert claims_of(stage_claims(path)) == [(2, "C1", "Ani", "SGD", "1200.50")]


def test_a_column_of_currency_words_needs_no_heading(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Tagihan", ""],
        ["C1", "Ani", "1/1/2026", "RM", "1,200.00"],
        ["C2", "Budi", "1/1/2026", "IDR", "5,000"],
    ]
    path = text(tmp_path / "list.csv", rows)

    assert claims_of(stage_claims(path)) == [(2, "C1", "Ani", "MYR", "1200.00"), (3, "C2", "Budi", "IDR", "5000.00")]


def test_one_amount_column_for_each_currency(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Tagihan (RM)", "Tagihan (SGD)", "Tagihan (IDR)"],
        ["C1", "Ani", "1/1/2026", "100,00", "", ""],
        ["C2", "Budi", "1/1/2026", "", "200,00", ""],
        ["C3", "Cici", "1/1/2026", "", "", "3.000"],
    ]
    path = text(tmp_path / "list.csv", rows, delimiter=";")

    assert [c[3:] for c in claims_of(stage_claims(path))] == [("MYR", "100.00"), ("SGD", "200.00"), ("IDR", "3000.00")]


def test_a_converted_amount_beside_the_billed_one_is_not_the_billed_one(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Kurs", "Ekuivalen Rupiah", "Tagihan (RM)"],
        ["C1", "Ani", "1/1/2026", "3500", "350.000", "100,00"],
    ]
    path = text(tmp_path / "list.csv", rows, delimiter=";")

    assert claims_of(stage_claims(path)) == [(2, "C1", "Ani", "MYR", "100.00")]


def test_a_file_without_any_currency_is_refused_until_one_is_given(tmp_path):
    rows = [["No Klaim", "Nama", "Tgl Masuk", "Tagihan"], ["C1", "Ani", "1/1/2026", "1.200"]]
    path = text(tmp_path / "list.csv", rows, delimiter=";")

    with pytest.raises(Refused) as refusal:
        stage_claims(path)
    staged = stage_claims(path, answers=Answers(currency="IDR"))

    assert [p.code for p in refusal.value.problems] == ["NO_CURRENCY"]
    assert claims_of(staged) == [(2, "C1", "Ani", "IDR", "1200.00")]


def test_a_currency_may_be_answered_by_its_sign_and_an_unknown_one_is_refused(tmp_path):
    rows = [["No Klaim", "Nama", "Tgl Masuk", "Tagihan"], ["C1", "Ani", "1/1/2026", "1.200"]]
    path = text(tmp_path / "list.csv", rows, delimiter=";")

    with pytest.raises(Refused) as refusal:
        stage_claims(path, answers=Answers(currency="XYZ"))
    staged = stage_claims(path, answers=Answers(currency="rm"))

    assert refusal.value.problems[0].field == "currency"
    assert claims_of(staged) == [(2, "C1", "Ani", "MYR", "1200.00")]


def test_a_yen_sign_means_yuan_only_at_a_chinese_hospital(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "RS", "Mata Uang", "Tagihan"],
        ["C1", "Ani", "1/1/2026", "Fuda Cancer Hospital Guangzhou", "¥", "100"],
        ["C2", "Budi", "1/1/2026", "Raffles Hospital", "¥", "100"],
        ["C3", "Cici", "1/1/2026", "Island Hospital", "$", "100"],
    ]
    path = text(tmp_path / "list.csv", rows)

    staged = stage_claims(path)

    assert claims_of(staged) == [(2, "C1", "Ani", "CNY", "100.00")]
    assert codes_of(staged) == [(3, ["UNKNOWN_CURRENCY"]), (4, ["UNKNOWN_CURRENCY"])]


def test_a_cell_that_names_another_currency_than_its_column_is_not_guessed(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Mata Uang", "Tagihan"],
        ["C1", "Ani", "1/1/2026", "SGD", "RM 100"],
        ["C2", "Budi", "1/1/2026", "MYR", "RM 100"],
    ]
    path = text(tmp_path / "list.csv", rows)

    staged = stage_claims(path)

    assert codes_of(staged) == [(2, ["UNKNOWN_CURRENCY"])]
    assert [c.claim_no for c in staged.claims] == ["C2"]


# claims over several lines


LINES = [
    ["No", "No Klaim", "Nama Pasien", "Tgl Masuk", "Tgl Keluar", "RS", "Rincian Biaya", "Jumlah", "Mata Uang"],
    [1, "L1", "Ani", D(2026, 1, 1), D(2026, 1, 3), "KPJ", "Kamar", 100.0, "MYR"],
    ["", "", "", "", "", "", "Obat", 50.25, ""],
    ["", "", "", "", "", "", "Dokter", 25.0, ""],
    [2, "L2", "Budi", D(2026, 1, 1), D(2026, 1, 3), "KPJ", "Kamar", 10.0, "MYR"],
    [3, "L3", "Cici", D(2026, 1, 1), D(2026, 1, 3), "KPJ", "Kamar", 1.0, "MYR"],
    ["", "", "", "", "", "", "Obat", 2.0, ""],
    ["TOTAL", "", "", "", "", "", "", 188.25, ""],
]
DOWN = [(1, 3), (5, 6)]


@pytest.mark.parametrize("make", [xls, ods, xlsx])
def test_a_claim_over_several_lines_with_its_head_merged_downwards_is_one_claim(tmp_path, make):
    letters = "ABCDEF"
    if make is xlsx:
        merges = [("S", f"{c}{a + 1}:{c}{b + 1}") for a, b in DOWN for c in letters]
    else:
        merges = [("S", a, b, c, c) for a, b in DOWN for c in range(6)]
    path = make(tmp_path / f"list.{make.__name__}", {"S": LINES}, merges=merges)

    staged = stage_claims(path)

    assert claims_of(staged) == [
        (2, "L1", "Ani", "MYR", "175.25"),
        (5, "L2", "Budi", "MYR", "10.00"),
        (6, "L3", "Cici", "MYR", "3.00"),
    ]
    assert [(line.row, line.description, line.billed.plain()) for line in staged.claims[0].lines] == [
        (2, "Kamar", "100.00"), (3, "Obat", "50.25"), (4, "Dokter", "25.00"),
    ]  # fmt: skip
    assert (len(staged.claims), staged.lines) == (3, 6)
    assert kinds_of(staged) == [(1, "header"), (8, "total")]


def test_lines_with_empty_head_cells_or_only_the_number_again_belong_to_the_claim_above(tmp_path):
    rows = [
        ["No Klaim", "Nama Pasien", "Tgl Masuk", "RS", "Jenis Biaya", "Jumlah (RM)"],
        ["L1", "Ani", "1/1/2026", "KPJ", "Kamar", "100,00"],
        ["", "", "", "", "Obat", "50,00"],
        ["L2", "Budi", "1/1/2026", "KPJ", "Kamar", "100,00"],
        ["L2", "", "", "", "Obat", "1,00"],
        ["L3", "Cici", "1/1/2026", "KPJ", "Kamar", "100,00"],
        ["L3", "Cici", "1/1/2026", "KPJ", "Obat", "2,00"],
        ["Jumlah", "", "", "", "", "353,00"],
    ]
    path = text(tmp_path / "list.csv", rows, delimiter=";")

    staged = stage_claims(path)

    assert [(c.claim_no, c.billed.plain(), c.line_count) for c in staged.claims] == [
        ("L1", "150.00", 2),
        ("L2", "101.00", 2),
        ("L3", "102.00", 2),
    ]
    assert staged.rejects == ()


def test_a_line_with_an_unreadable_amount_rejects_the_whole_claim(tmp_path):
    rows = [
        ["No Klaim", "Nama Pasien", "Tgl Masuk", "Rincian", "Jumlah (RM)"],
        ["L1", "Ani", "1/1/2026", "Kamar", "100"],
        ["", "", "", "Obat", "dua"],
        ["", "", "", "Lab", "5"],
    ]
    path = text(tmp_path / "list.csv", rows)

    staged = stage_claims(path)

    assert staged.claims == ()
    assert codes_of(staged)[0] == (2, ["BAD_AMOUNT"])


# reasons


def test_every_reason_a_row_may_be_rejected_for(tmp_path):
    head = ["No Klaim", "Nama", "Tgl Masuk", "Tgl Keluar", "RS", "Mata Uang", "Tagihan"]
    rows = [
        head,
        ["C1", "Ani", "1/2/2026", "2/2/2026", "KPJ", "MYR", "100,00"],
        ["", "Ani", "1/2/2026", "2/2/2026", "KPJ", "MYR", "100,00"],
        ["C3", "", "1/2/2026", "2/2/2026", "KPJ", "MYR", "100,00"],
        ["C4", "Ani", "31/2/2026", "2/2/2026", "KPJ", "MYR", "100,00"],
        ["C5", "Ani", "", "2/2/2026", "KPJ", "MYR", "100,00"],
        ["C6", "Ani", "1/2/2026", "besok", "KPJ", "MYR", "100,00"],
        ["C7", "Ani", "1/2/2026", "2/2/2026", "KPJ", "MYR", "seratus"],
        ["C8", "Ani", "1/2/2026", "2/2/2026", "KPJ", "MYR", ""],
        ["C9", "Ani", "1/2/2026", "2/2/2026", "KPJ", "MYR", "(100,00)"],
        ["C10", "Ani", "1/2/2026", "2/2/2026", "KPJ", "XXX", "100,00"],
        ["C11", "Ani", "3/2/2026", "2/2/2026", "KPJ", "MYR", "100,00"],
        [" c1 ", "Ani", "1/2/2026", "2/2/2026", "KPJ", "MYR", "100,00"],
        ["C1", "Ani", "1/2/2026", "2/2/2026", "KPJ", "MYR", "100,01"],
        ["", "", "32/1/2026", "2/2/2026", "KPJ", "RUP", "x"],
    ]
    path = text(tmp_path / "list.csv", rows, delimiter=";")

    staged = stage_claims(path)

    assert [c.claim_no for c in staged.claims] == ["C1"]
    assert codes_of(staged) == [
        (3, ["MISSING_CLAIM_NO"]), (4, ["MISSING_MEMBER"]), (5, ["BAD_DATE"]), (6, ["BAD_DATE"]), (7, ["BAD_DATE"]),
            (8, ["BAD_AMOUNT"]),
        (9, ["BAD_AMOUNT"]), (10, ["NEGATIVE_AMOUNT"]), (11, ["UNKNOWN_CURRENCY"]), (12,
            ["DISCHARGE_BEFORE_ADMISSION"]),
        (13, ["DUPLICATE_EXACT"]), (14, ["DUPLICATE_CONFLICT"]),
        (15, ["MISSING_CLAIM_NO", "MISSING_MEMBER", "BAD_DATE", "BAD_AMOUNT", "UNKNOWN_CURRENCY"]),
    ]  # fmt: skip


@pytest.mark.parametrize("make", [ods, xlsx])
def test_a_billed_formula_without_a_value_is_told_apart_from_an_empty_amount(tmp_path, make):
    sign = "of:=" if make is ods else "="
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Mata Uang", "Tagihan", "Disetujui", "Selisih"],
        ["C1", "Ani", D(2026, 1, 1), "MYR", f"{sign}50+50", 1.0, ""],
        ["C2", "Budi", D(2026, 1, 1), "MYR", "", 1.0, ""],
        ["C3", "Cici", D(2026, 1, 1), "MYR", 5.0, 1.0, f"{sign}E4-F4"],
    ]
    path = make(tmp_path / f"list.{make.__name__}", {"S": rows})

    staged = stage_claims(path)

    assert codes_of(staged) == [(2, ["FORMULA_NO_VALUE"]), (3, ["BAD_AMOUNT"])]
    assert claims_of(staged) == [(4, "C3", "Cici", "MYR", "5.00")]
    assert staged.claims[0].not_covered is None


def test_a_formula_stored_as_zero_by_a_program_that_computes_nothing_has_no_value(tmp_path):
    import xlsxwriter

    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["No Klaim", "Nama", "Tgl Masuk", "Mata Uang", "Tagihan"])
        sheet.write_row(1, 0, ["C1", "Ani", "1/1/2026", "MYR"])
        sheet.write_formula(1, 4, "=50+50")
        sheet.write_row(2, 0, ["C2", "Budi", "1/1/2026", "MYR"])
        sheet.write_formula(2, 4, "=50+50", None, 100)

    staged = stage_claims(path)

    assert codes_of(staged) == [(2, ["FORMULA_NO_VALUE"])]
    assert claims_of(staged) == [(3, "C2", "Budi", "MYR", "100.00")]


def test_serial_dates_count_by_the_workbooks_own_date_system(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Tgl Keluar", "Mata Uang", "Tagihan"],
        ["C1", "Ani", 44667, D(2026, 4, 18), "MYR", 5],
    ]
    path = xlsx(tmp_path / "list.xlsx", {"S": rows}, epoch_1904=True)

    staged = stage_claims(path)

    assert (staged.claims[0].admit_date, staged.claims[0].discharge_date) == (D(2026, 4, 17), D(2026, 4, 18))


def test_numbers_shown_with_leading_zeros_keep_them(tmp_path):
    rows = [
        ["No Klaim", "No Peserta", "Nama", "Tgl Masuk", "Mata Uang", "Tagihan"],
        [7, 12345, "Ani", D(2026, 1, 1), "MYR", 5],
    ]
    path = xlsx(tmp_path / "list.xlsx", {"S": rows}, formats=[("S", "A2", "00000"), ("S", "B2", "00000000")])

    claim = stage_claims(path).claims[0]

    assert (claim.claim_no, claim.member_no) == ("00007", "00012345")


def test_the_same_person_and_dates_under_another_number_is_a_warning(tmp_path):
    path = text(tmp_path / "list.csv", [ENGLISH, english_row(1), english_row(2), english_row(3, "Siti Aisyah")])

    staged = stage_claims(path)

    assert len(staged.claims) == 3
    assert [(w.code.value, w.row) for w in staged.warnings] == [("POSSIBLE_DUPLICATE_OTHER_CLAIM_NO", 3)]


def test_a_sheet_filled_to_the_last_row_of_its_format_is_likely_cut_off(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Mata Uang", "Tagihan"],
        *([f"C{n}", f"Ani {n}", "1/1/2026", "MYR", n] if n % 1_000 == 536 else [] for n in range(2, 65_537)),
    ]
    path = xls(tmp_path / "list.xls", {"S": rows})

    staged = stage_claims(path)

    assert len(staged.claims) == 66
    assert [(w.code.value, w.row) for w in staged.warnings] == [("LIKELY_TRUNCATED", 65_536)]


def test_text_that_looks_like_a_formula_is_data(tmp_path):
    rows = [
        ENGLISH,
        english_row(1, "=cmd|' /C calc'!A0"),
        english_row(2, "@SUM(1)"),
        english_row(3, "+62 812"),
        english_row(4, "-Ani"),
    ]
    path = text(tmp_path / "list.csv", rows)

    assert [c.member_name for c in stage_claims(path).claims] == ["=cmd|' /C calc'!A0", "@SUM(1)", "+62 812", "-Ani"]


def test_a_stay_in_one_cell_and_a_patient_still_in_hospital(tmp_path):
    rows = [
        ["No Klaim", "Nama Pasien", "Periode Rawat", "Mata Uang", "Tagihan"],
        ["C1", "Ani", "01/04/2026 - 03/04/2026", "MYR", "1"],
        ["C2", "Budi", "1 s/d 3 April 2026", "MYR", "1"],
        ["C3", "Cici", "28 Maret - 3 April 2026", "MYR", "1"],
    ]
    still_in = [ENGLISH, [*english_row(9)[:3], "masih dirawat", *english_row(9)[4:]]]

    staged = stage_claims(text(tmp_path / "a.csv", rows, delimiter=";"))
    other = stage_claims(text(tmp_path / "b.csv", still_in))

    assert [(c.admit_date, c.discharge_date) for c in staged.claims] == [
        (D(2026, 4, 1), D(2026, 4, 3)), (D(2026, 4, 1), D(2026, 4, 3)), (D(2026, 3, 28), D(2026, 4, 3)),
    ]  # fmt: skip
    assert other.claims[0].discharge_date is None


def test_status_words_keep_their_raw_form_and_unknown_ones_are_told(tmp_path):
    words = [
        "ACC",
        "LUNAS",
        "Tolak",
        "dlm proses",
        "Partial Approved",
        "Waiting for documents",
        "Diajukan",
        "Gimana ya",
        "",
    ]
    path = text(tmp_path / "list.csv", [ENGLISH, *(english_row(n, f"N {n}", status=w) for n, w in enumerate(words, 1))])

    staged = stage_claims(path)

    assert [c.status.value for c in staged.claims] == [
        "approved", "paid", "rejected", "in_review", "partially_approved", "pending_documents", "submitted", "", "",
    ]  # fmt: skip
    assert [c.raw_status for c in staged.claims] == words
    assert staged.unknown_statuses == {"Gimana ya": 1}


def test_what_an_officer_answered_once_is_used(tmp_path):
    from liaison.domain.listing import ListStatus
    from liaison.exchange.fields import Field

    rows = [["Kolom A", "Kolom B", "Kolom C", "Kolom D", "Kolom E"], ["C1", "Ani", "1/1/2026", "RM 5", "beres bos"]]
    path = text(tmp_path / "list.csv", rows)
    columns = {
        "kolom a": Field.CLAIM_NO,
        "kolom b": Field.MEMBER_NAME,
        "kolom c": Field.ADMIT_DATE,
        "kolom d": Field.BILLED,
        "kolom e": Field.STATUS,
    }

    staged = stage_claims(path, answers=Answers(columns=columns, statuses={"beres bos": ListStatus.PAID}))

    assert claims_of(staged) == [(2, "C1", "Ani", "MYR", "5.00")]
    assert staged.claims[0].status is ListStatus.PAID


@pytest.mark.parametrize(
    "head",
    [
        ["ClaimNo", "MemberName", "AdmissionDate", "DischargeDate", "HospitalName", "CurrencyCode", "BilledAmount"],
        ["claim_no", "member_name", "admit_date", "discharge_date", "hospital", "currency", "billed"],
        ["NoKlaim", "NamaPasien", "TglMasuk", "TglKeluar", "NamaRS", "MataUang", "JumlahTagihan"],
        ["noklaim", "namapeserta", "tglmasuk", "tglkeluar", "namars", "valuta", "nilaiklaim"],
        [
            "No.\nKlaim",
            "Nama\nTertanggung",
            "Tgl.\nMasuk\nRS",
            "Tgl.\nKeluar\nRS",
            "Rumah\nSakit",
            "Mata\nUang",
            "Jml\nTagihan",
        ],
        [
            "CLAIM REF. NO.",
            "LIFE ASSURED",
            "DATE ADMITTED",
            "DATE DISCHARGED",
            "MEDICAL PROVIDER",
            "CCY",
            "TOTAL INCURRED",
        ],
        [
            "Nomor Registrasi",
            "Nama Lengkap Pasien",
            "Mulai Dirawat",
            "Selesai Dirawat",
            "Fasilitas Kesehatan",
            "Valas",
            "Total Biaya",
        ],
        ["Nomer Klaim", "Nama Pesrta", "Tangal Masuk", "Tanggal Kelaur", "Rumah Sakt", "Mata Uang", "Jumlah Tagihn"],
        ["Case No", "Claimant", "Treatment From", "Treatment To", "Hospital/Clinic", "Curr.", "Amount Claimed"],
        ["Klaim", "Pasien", "Masuk", "Pulang", "RS", "Kurs/Mata Uang", "Nominal"],
    ],
)
def test_headings_of_many_hands_mean_the_same_fields(tmp_path, head):
    rows = [head, ["K-001", "Siti Aminah", "03/04/2026", "05/04/2026", "Island Hospital", "MYR", "1.250,50"]] * 1
    path = text(
        tmp_path / "list.csv",
        [*rows, ["K-002", "Budi", "03/04/2026", "05/04/2026", "Island Hospital", "SGD", "99,00"]],
        delimiter=";",
    )

    staged = stage_claims(path)

    claim = staged.claims[0]
    assert claims_of(staged) == [(2, "K-001", "Siti Aminah", "MYR", "1250.50"), (3, "K-002", "Budi", "SGD", "99.00")]
    assert (claim.admit_date, claim.discharge_date, claim.hospital) == (D(2026, 4, 3), D(2026, 4, 5), "Island Hospital")


@pytest.mark.parametrize("make", [xls, ods, xlsx])
def test_labels_and_values_above_the_table_are_titles_and_are_read(tmp_path, make):
    rows = [
        ["Mata Uang", "MYR"],
        ["Rumah Sakit", ":", "Lam Wah Ee Hospital"],
        ["Penanggung : PT Asuransi Contoh"],
        ["No Klaim", "Nama Pasien", "Tgl Masuk", "Tgl Keluar", "Total"],
        [1001, "Ani", D(2026, 4, 3), D(2026, 4, 4), 12.0],
        ["-", "-", "-", "-", "-"],
    ]
    path = make(tmp_path / f"list.{make.__name__}", {"S": rows})

    staged = stage_claims(path)

    claim = staged.claims[0]
    assert claims_of(staged) == [(5, "1001", "Ani", "MYR", "12.00")]
    assert (claim.hospital, claim.insurer) == ("Lam Wah Ee Hospital", "PT Asuransi Contoh")
    assert kinds_of(staged) == [(1, "title"), (2, "title"), (3, "title"), (4, "header"), (6, "blank")]


def test_a_total_inside_a_claims_merged_lines_is_not_added_twice(tmp_path):
    rows = [
        ["No Klaim", "Nama", "Tgl Masuk", "Rincian", "Jumlah (RM)"],
        ["L1", "Ani", D(2026, 1, 1), "Kamar", 100],
        ["", "", "", "Obat", 50],
        ["", "", "", "Total", 150],
        ["L2", "Budi", D(2026, 1, 1), "Kamar", 5],
    ]
    path = xlsx(tmp_path / "list.xlsx", {"S": rows}, merges=[("S", "A2:A4"), ("S", "B2:B4"), ("S", "C2:C4")])

    staged = stage_claims(path)

    assert [(c.claim_no, c.billed.plain(), c.line_count) for c in staged.claims] == [
        ("L1", "150.00", 2),
        ("L2", "5.00", 1),
    ]
    assert kinds_of(staged) == [(1, "header"), (4, "subtotal")]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1.234,50", "1234.50"), ("1,234.50", "1234.50"), ("1.234", "1234.00"), ("1,234", "1234.00"), ("1234,5",
            "1234.50"), ("1234.5", "1234.50"),
        ("1.234.567,-", "1234567.00"), ("1 234,50", "1234.50"), ("0", "0.00"), ("1'234.50", "1234.50"), ("RM1,234.5",
            "1234.50"),
    ],
)  # fmt: skip
def test_numbers_in_either_notation(tmp_path, cell, expected):
    rows = [["No Klaim", "Nama", "Tgl Masuk", "Mata Uang", "Tagihan"], ["C1", "Ani", "1/1/2026", "MYR", cell]]

    staged = stage_claims(text(tmp_path / "list.csv", rows, delimiter=";"))

    assert [c.billed.plain() for c in staged.claims] == [expected]


@pytest.mark.parametrize(
    "cell", ["-1.234,50", "(1.234,50)", "1.234,50-", "RM (1,234.50)", "(RM 1,234.50)", "-RM 1,234.50"]
)
def test_amounts_below_zero_however_written(tmp_path, cell):
    rows = [["No Klaim", "Nama", "Tgl Masuk", "Mata Uang", "Tagihan"], ["C1", "Ani", "1/1/2026", "MYR", cell]]

    assert codes_of(stage_claims(text(tmp_path / "list.csv", rows, delimiter=";"))) == [(2, ["NEGATIVE_AMOUNT"])]


@pytest.mark.parametrize(
    "cell",
    [
        "03/04/2026", "3-4-2026", "03.04.26", "3 April 2026", "3 Apr 2026", "03-Apr-26", "3-Apr-2026",
            "Jumat, 3 April 2026", "Jum'at, 3 April 2026",
        "Friday, 3 April 2026", "Fri 3 Apr 2026", "2026-04-03", "2026-04-03T10:15:00Z", "03/04/2026 08:15",
            "3 April 2026 pukul 10.15 WIB", "April 3, 2026",
        "20260403", "2026/04/03", "03 APRIL 2026", "3rd April 2026",
    ],
)  # fmt: skip
def test_dates_however_written(tmp_path, cell):
    rows = [["No Klaim", "Nama", "Tgl Masuk", "Mata Uang", "Tagihan"], ["C1", "Ani", cell, "MYR", "5"]]

    assert [c.admit_date for c in stage_claims(text(tmp_path / "list.csv", rows, delimiter=";")).claims] == [
        D(2026, 4, 3)
    ]


@pytest.mark.parametrize(
    ("word", "month"),
    [("Januari", 1), ("Peb", 2), ("Maret", 3), ("Mrt", 3), ("Mei", 5), ("Juni", 6), ("Juli", 7), ("Agt", 8), ("Agu",
        8), ("Ags", 8), ("Agustus", 8),
     ("Sept", 9), ("Okt", 10), ("Nop", 11), ("Nopember", 11), ("Des", 12), ("May", 5), ("Aug", 8), ("Oct", 10),
         ("December", 12)],
)  # fmt: skip
def test_months_in_both_languages(tmp_path, word, month):
    rows = [["No Klaim", "Nama", "Tgl Masuk", "Mata Uang", "Tagihan"], ["C1", "Ani", f"17 {word} 2026", "MYR", "5"]]

    assert [c.admit_date for c in stage_claims(text(tmp_path / "list.csv", rows)).claims] == [D(2026, month, 17)]


@pytest.mark.parametrize(
    "cell",
    ["31/02/2026", "29/02/2026", "32 Mei 2026", "04/25/2026", "belum ada", "0/0/0000", "2026-13-01", "kemarin", "1/1"],
)
def test_dates_that_do_not_exist(tmp_path, cell):
    rows = [["No Klaim", "Nama", "Tgl Masuk", "Mata Uang", "Tagihan"], ["C1", "Ani", cell, "MYR", "5"]]

    assert codes_of(stage_claims(text(tmp_path / "list.csv", rows))) == [(2, ["BAD_DATE"])]
