"""An officer's own tracking sheet lands at its stages, whatever its words."""

from collections import Counter

import pytest

from liaison.domain.errors import Refused
from liaison.domain.journeys import JourneyKind, JourneyState
from liaison.domain.listing import StatusTrust
from liaison.exchange.case_words import kind_of_case, sex_of, state_of
from liaison.exchange.fields import Field
from liaison.exchange.tracking import SheetAnswers, stage_journeys
from tests.exchange import tracking_sheets
from tests.exchange.lists import D, kinds_of, text, xls


def test_eighty_running_cases_are_read_with_their_stages(tmp_path):
    staged = stage_journeys(tracking_sheets.workbook(tmp_path / "tracking.xlsx"))

    words = Counter(j.raw_status for j in staged.journeys)
    first = staged.journeys[0]
    assert len(staged.journeys) == 80
    assert {
        g.raw: g.state.value for g in staged.statuses if g.raw in tracking_sheets.STATUSES
    } == tracking_sheets.STATUSES
    assert {g.raw: g.count for g in staged.statuses} == words
    assert (first.patient_name, first.officer, first.agent, first.travel_on) == (
        "Siti Aminah",
        "Ayu",
        "Pak Hasan",
        D(2026, 11, 1),
    )
    assert staged.journeys[1].travel_on == D(2026, 11, 2)
    assert staged.left_alone == ("Kontak RS",)
    assert [k for _, k in kinds_of(staged)] == ["title", "blank", "header", "title", "blank", "total"]


def test_rows_of_one_case_are_shown_and_two_people_on_one_phone_stay_two(tmp_path):
    staged = stage_journeys(tracking_sheets.plain_text(tmp_path / "tracking.csv"))

    twice = {j.row: j.same_as_row for j in staged.journeys if j.same_as_row}
    assert twice == {79: 4, 80: 11, 81: 21}
    assert staged.journeys[4].phone == staged.journeys[5].phone
    assert [p.code for p in staged.problems if not p.is_error] == ["SAME_CASE"] * 3


@pytest.mark.parametrize(
    "head",
    [
        ["Nama", "HP", "Kota Asal", "Rumah Sakit Tujuan", "Penanggung", "Nomor Polis", "Posisi", "Rencana Berangkat",
            "Penyakit", "Petugas"],
        ["Patient", "Phone", "City", "Hospital", "Insurer", "Policy No", "Status", "Travel Date", "Diagnosis",
            "Officer"],
        ["NAMA PASIEN", "No. WA", "Domisili", "RS", "Nama Asuransi", "Polis", "Progress", "Tgl Terbang", "Dx",
            "Handler"],
        ["Px", "no telp", "asal", "rs tujuan", "asuransi", "nopolis", "update", "tgl brgkt", "sakit", "pic"],
    ],
)  # fmt: skip
def test_headings_of_many_officers_mean_the_same_fields(tmp_path, head):
    row = [
        "Ani",
        "0812 3456 789",
        "Medan",
        "Island Hospital",
        "Allianz",
        "P-77",
        "nunggu GL",
        "3 Nop 2026",
        "HNP",
        "Ayu",
    ]
    path = text(tmp_path / "t.csv", [head, row])

    (journey,) = stage_journeys(path).journeys

    assert (journey.patient_name, journey.phone, journey.city, journey.hospital) == (
        "Ani",
        "0812 3456 789",
        "Medan",
        "Island Hospital",
    )
    assert (journey.insurer, journey.policy_no, journey.state) == ("Allianz", "P-77", JourneyState.PREAUTH)
    assert (journey.travel_on, journey.diagnosis, journey.officer) == (D(2026, 11, 3), "HNP", "Ayu")


def test_what_a_sheet_leaves_open_is_said_and_the_case_still_comes_in(tmp_path, english):
    rows = [
        ["nama pasien", "status", "RS tujuan", "tgl berangkat", "JK", "estimasi (RM)"],
        ["Ani", "entahlah", "KPJ", "secepatnya", "P", "12.500"],
        ["", "nunggu GL", "KPJ", "", "", ""],
        ["Budi", "", "KPJ", "1/12/2026", "L", "?"],
    ]

    staged = stage_journeys(text(tmp_path / "t.csv", rows))

    ani, budi = staged.journeys
    assert (ani.state, ani.trust, ani.travel_on, ani.sex, ani.estimate.plain()) == (
        None,
        StatusTrust.UNKNOWN,
        None,
        "F",
        "12500.00",
    )
    assert (budi.state, budi.sex, budi.estimate, budi.travel_on) == (None, "M", None, D(2026, 12, 1))
    assert [(p.row, p.code, p.is_error) for p in staged.problems] == [
        (2, "STATUS_UNKNOWN", False), (2, "DATE_LEFT_OUT", False), (3, "MISSING_NAME", True),
    ]  # fmt: skip
    assert staged.rejected == 1
    answer = staged.to_json(english)
    assert (answer["imported"], answer["rejected"], answer["rejects"][0]["codes"]) == (2, 1, ["MISSING_NAME"])
    assert "entahlah" in answer["warnings"][0]["message"]


def test_what_an_officer_said_once_is_remembered(tmp_path):
    rows = [["A", "B", "C", "D"], ["Ani", "sip", "KPJ", "x"]]
    columns = {"a": Field.MEMBER_NAME, "b": Field.STATUS, "c": Field.HOSPITAL, "d": None}
    answers = SheetAnswers(columns=columns, statuses={"sip": JourneyState.TRAVEL_PREP})

    staged = stage_journeys(text(tmp_path / "t.csv", rows), answers=answers)

    assert [(j.patient_name, j.state, j.trust) for j in staged.journeys] == [
        ("Ani", JourneyState.TRAVEL_PREP, StatusTrust.REMEMBERED)
    ]
    assert [(g.raw, g.trust) for g in staged.statuses] == [("sip", StatusTrust.REMEMBERED)]


def test_repeated_headings_and_old_workbooks(tmp_path):
    head = ["Nama Pasien", "Status", "RS", "Tgl Masuk RS", "Tgl Keluar", "Tgl Lahir"]
    rows = [
        head,
        ["Ani", "udah di RS", "KPJ", D(2026, 4, 3), "", D(1980, 1, 2)],
        head,
        ["Budi", "selesai", "KPJ", D(2026, 4, 3), D(2026, 4, 5), ""],
    ]

    staged = stage_journeys(xls(tmp_path / "t.xls", {"S": rows}))

    assert [(j.patient_name, j.admit_on, j.discharge_on, j.birth_date) for j in staged.journeys] == [
        ("Ani", D(2026, 4, 3), None, D(1980, 1, 2)), ("Budi", D(2026, 4, 3), D(2026, 4, 5), None),
    ]  # fmt: skip
    assert kinds_of(staged) == [(1, "header"), (3, "header")]


def test_a_file_that_is_no_tracking_sheet_is_refused(tmp_path):
    with pytest.raises(Refused) as refusal:
        stage_journeys(text(tmp_path / "t.csv", [["Menu", "Harga"], ["Nasi", "2"]]))

    assert refusal.value.problems[0].code == "NO_CASES"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("nunggu gl dari pru", "J07"), ("GL udah keluar, nunggu tiket", "J08"), ("klaim lagi diproses", "J15"),
            ("udh pulang kmrn", "J14"),
        ("ga jadi brgkt", "J91"), ("final GL blm keluar", "J12"), ("sdh di RS", "J11"), ("operasi besok", "J11"),
            ("waiting for GL", "J07"),
        ("awaiting estimate", "J05"), ("udah cair", "J16"), ("no respon", "J92"), ("besok terbang", "J08"), ("J11",
            "J11"),
        ("berobat di Jakarta aja", "J90"), ("meninggal di RS", "J93"), ("kirim dokumen", "J02"), ("cek limit polis",
            "J03"),
    ],
)  # fmt: skip
def test_slang_means_a_stage(words, state):
    assert state_of(words)[0] == state


def test_words_without_a_meaning_are_not_guessed():
    assert state_of("on progress") == (None, StatusTrust.UNKNOWN)
    assert state_of("") == (None, StatusTrust.UNKNOWN)


def test_what_a_case_is_for_and_the_sex_are_read():
    assert kind_of_case("", "MCU suami istri") is JourneyKind.CHECK_UP
    assert kind_of_case("2nd opinion") is JourneyKind.SECOND_OPINION
    assert kind_of_case("kemo ke-3") is JourneyKind.REPEAT_CYCLE
    assert kind_of_case("HNP") is None
    assert [sex_of(w) for w in ("L", "Perempuan", "male", "?")] == ["M", "F", "M", ""]
