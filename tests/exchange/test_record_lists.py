"""Lists of hospitals, contacts and exchange rates come in, headings in either language."""

from decimal import Decimal

import pytest

from liaison.domain.errors import Refused
from liaison.domain.fx import RateKind
from liaison.domain.network import Desk, OrganizationKind
from liaison.exchange.formats import FORMATS, format_of_kind
from liaison.exchange.rates import stage_rates
from liaison.exchange.record_lists import stage_contacts, stage_hospitals
from tests.exchange.lists import D, text, xlsx


@pytest.mark.parametrize(
    "head",
    [
        ["Nama Rumah Sakit", "Grup", "Kota", "Negara", "Alamat", "Telepon", "Telepon Malam", "E-mail", "Catatan"],
        ["Hospital Name", "Group", "City", "Country", "Address", "Phone", "Night Phone", "Email", "Notes"],
        ["RS", "Kelompok", "Kab/Kota", "Negara", "Alamat RS", "No. Telp", "Emergency", "Surel", "Ket"],
    ],
)
def test_a_hospital_list_in_either_language(tmp_path, head):
    rows = [
        ["DAFTAR RS REKANAN"],
        head,
        [
            "Island Hospital",
            "",
            "Penang",
            "MY",
            "Jalan Macalister",
            "+60 4-228 8222",
            "+60 4-238 3388",
            "ipc@x.my",
            "baik",
        ],
    ]

    (hospital,) = stage_hospitals(xlsx(tmp_path / "h.xlsx", {"RS": rows})).hospitals

    assert (hospital.name, hospital.kind, hospital.city, hospital.country) == (
        "Island Hospital",
        OrganizationKind.HOSPITAL,
        "Penang",
        "MY",
    )
    assert (hospital.phone, hospital.night_phone, hospital.email) == ("+60 4-228 8222", "+60 4-238 3388", "ipc@x.my")
    assert (hospital.address, hospital.notes) == ("Jalan Macalister", "baik")


def test_insurers_and_administrators_are_told_by_their_kind_or_name(tmp_path):
    rows = [
        ["Nama", "Jenis", "Kota", "Telp"],
        ["PT Asuransi Contoh", "", "Jakarta", "021"],
        ["Maju", "TPA", "Jakarta", "021"],
        ["", "", "Medan", "061"],
        ["Catatan: sementara"],
    ]

    staged = stage_hospitals(text(tmp_path / "h.csv", rows, delimiter=";"))

    assert [(h.name, h.kind) for h in staged.hospitals] == [
        ("PT Asuransi Contoh", OrganizationKind.INSURER),
        ("Maju", OrganizationKind.ADMINISTRATOR),
    ]
    assert [(p.row, p.code) for p in staged.problems] == [(4, "MISSING_NAME")]


def test_a_contact_list_with_desks_hours_and_languages(tmp_path, english):
    rows = [
        ["Rumah Sakit", "Bagian", "Nama Kontak", "No HP", "WA", "Email", "Jam Kerja", "Bahasa", "Terakhir Dicek"],
        ["Island Hospital", "International Patient Centre", "Ms Lim", "+60 4 111", "+60 12 222", "ipc@x.my",
            "Mon-Fri 08:00-17:00", "id, en", "3 Nop 2026"],
        ["", "Billing", "", "+60 4 333", "", "", "", "", "kemarin"],
        ["Allianz", "Klaim", "Pak Budi", "", "", "", "", "", ""],
        ["KPJ", "GL", "", "", "", "", "", "", ""],
    ]  # fmt: skip

    staged = stage_contacts(text(tmp_path / "c.csv", rows, delimiter=";"))

    assert [(c.organization, c.desk, c.name) for c in staged.contacts] == [
        ("Island Hospital", Desk.IPC, "Ms Lim"), ("Island Hospital", Desk.BILLING, ""), ("Allianz", Desk.CLAIMS,
            "Pak Budi"),
    ]  # fmt: skip
    first = staged.contacts[0]
    assert (first.phone, first.whatsapp, first.hours, first.languages, first.verified_on) == (
        "+60 4 111", "+60 12 222", "Mon-Fri 08:00-17:00", "id, en", D(2026, 11, 3),
    )  # fmt: skip
    assert staged.to_json(english)["rejects"][0]["codes"] == ["NOTHING_TO_REACH"]


@pytest.mark.parametrize("stage", [stage_hospitals, stage_contacts, stage_rates])
def test_a_file_of_another_kind_is_refused_with_what_it_lacks(tmp_path, english, stage):
    path = text(tmp_path / "x.csv", [["Menu", "Harga"], ["Nasi", "2"]])

    with pytest.raises(Refused) as refusal:
        stage(path)

    assert refusal.value.problems[0].code == "NO_RECORDS"
    assert "x.csv" in refusal.value.text(english)


def test_rates_in_the_shape_of_the_central_bank(tmp_path):
    rows = [
        ["Date", "USD", "IDR", "JPY", "MYR"],
        ["2026-10-30", "1.1172", "20275.17", "160.1", "4.5325"],
        ["2026-10-29", "1.113", "N/A", "", "4.5182"],
    ]

    staged = stage_rates(text(tmp_path / "fx.csv", rows))

    assert [(r.base, r.quote, r.rate, r.rate_date, r.source) for r in staged.rates] == [
        ("EUR", "USD", Decimal("1.1172"), D(2026, 10, 30), "ECB"),
        ("EUR", "IDR", Decimal("20275.17"), D(2026, 10, 30), "ECB"),
        ("EUR", "MYR", Decimal("4.5325"), D(2026, 10, 30), "ECB"),
        ("EUR", "USD", Decimal("1.113"), D(2026, 10, 29), "ECB"),
        ("EUR", "MYR", Decimal("4.5182"), D(2026, 10, 29), "ECB"),
    ]
    assert (staged.problems, staged.skipped) == ((), 1)


def test_rates_a_row_each_with_their_source(tmp_path):
    rows = [
        ["Mata Uang Asal", "Mata Uang Tujuan", "Tanggal", "Kurs", "Sumber", "Jenis", "Satuan"],
        ["RM", "IDR", "3 Nop 2026", "3.512,50", "BI", "kurs jual", ""],
        ["USD", "KHR", "3/11/2026", "4012.5", "NBC", "", "1"],
        ["KHR", "IDR", "3/11/2026", "405", "pasar", "", "100"],
        ["USD", "IDR", "3/11/2026", "15,600", "BI", "", ""],
        ["USD", "XXX", "x", "-1", "BI", "", ""],
        ["USD", "KHR", "3/11/2026", "4013", "NBC", "", "1"],
    ]

    staged = stage_rates(text(tmp_path / "fx.csv", rows, delimiter=";"), source="sendiri")

    assert [(r.base, r.quote, r.rate, r.kind) for r in staged.rates] == [
        ("MYR", "IDR", Decimal("3512.50"), RateKind.SELL),
        ("USD", "KHR", Decimal("4012.5"), RateKind.MID),
        ("KHR", "IDR", Decimal("4.05"), RateKind.MID),
    ]
    assert [(p.row, p.code) for p in staged.problems] == [
        (5, "BAD_RATE"), (6, "UNKNOWN_CURRENCY"), (6, "BAD_DATE"), (6, "BAD_RATE"), (7, "TWO_RATES"),
    ]  # fmt: skip


@pytest.mark.shared_data
def test_the_real_day_rates_come_in_whole(shared_data):
    (path,) = (shared_data / "reference").glob("fx_ecb_*.csv")

    staged = stage_rates(path)

    assert staged.problems == ()
    assert {r.quote for r in staged.rates} == {"USD", "IDR", "MYR", "SGD", "CNY", "THB"}
    assert len(staged.rates) > 17_000


def test_every_kind_of_list_stands_in_one_tuple():
    assert [f.kind for f in FORMATS] == ["claims", "journeys", "hospitals", "contacts", "rates"]
    assert format_of_kind("rates") is FORMATS[-1]
    assert format_of_kind("menus") is None
