"""Pasted messages in everyday Indonesian and English: what is guessed, and that nothing else is."""

import datetime as dt
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.domain.identifiers import digits_of
from liaison.domain.message_facts import next_such_day
from liaison.domain.message_words import KIN, PhoneOwner
from liaison.domain.messages import KnownHouse, read_message
from liaison.domain.names import fold
from liaison.domain.network import OrganizationKind
from liaison.domain.regions import city_of
from liaison.domain.work import NoteChannel
from tests.domain.messages_said import MESSAGES, day

TODAY = dt.date(2026, 11, 22)
HOSPITAL, INSURER = OrganizationKind.HOSPITAL, OrganizationKind.INSURER
HOUSES = (
    KnownHouse(id=1, kind=HOSPITAL, name="Island Hospital", city="Penang", spellings=("island hospital",)),
    KnownHouse(id=2, kind=INSURER, name="AIA", spellings=("aia",)),
    KnownHouse(id=3, kind=INSURER, name="Nusa Proteksi", spellings=("nusa proteksi", "nusa")),
    KnownHouse(
        id=4, kind=HOSPITAL, name="Gleneagles Hospital Penang", city="Penang",
        spellings=("gleneagles hospital penang", "gleneagles penang", "gleneagles"),
    ),
    KnownHouse(
        id=5, kind=HOSPITAL, name="Gleneagles Hospital Kuala Lumpur", city="Kuala Lumpur",
        spellings=("gleneagles hospital kuala lumpur", "gleneagles"),
    ),
)  # fmt: skip


@pytest.mark.parametrize("text, said", MESSAGES.values(), ids=MESSAGES)
def test_a_message_is_understood(text, said):
    read = read_message(text, today=TODAY, known=HOUSES)

    assert {name: guess.value for name, guess in read.guesses.items()} == said


def test_nearly_every_field_of_all_these_messages_comes_right():
    """The measure of the closing note: fields right of fields that stand in the messages, and fields too many."""
    right = wrong = 0
    for text, said in MESSAGES.values():
        read = read_message(text, today=TODAY, known=HOUSES)
        hits = sum(read.value(name) == value for name, value in said.items())
        right, wrong = right + hits, wrong + len(set(read.guesses) | set(said)) - hits

    assert right / (right + wrong) >= 0.95


def test_two_cities_are_from_and_to():
    read = read_message("Medan ke Penang", today=TODAY)

    assert (read.value("city"), read.value("destination_city")) == ("Medan", "Penang")


def test_a_city_at_home_may_be_where_somebody_goes():
    read = read_message("dari Binjai mau ke Jakarta", today=TODAY)

    assert (read.value("city"), read.value("destination_city")) == ("Binjai", "Jakarta")


def test_an_age_never_becomes_a_birth_date():
    read = read_message("Suyanti, umur 46 tahun, Medan", today=TODAY)

    assert read.value("age_said") == "46 tahun"
    assert "birth_date" not in read.guesses


@pytest.mark.parametrize("text", ["lahir 14/3/80", "lahir tahun 1980", "ulang tahun 14 Maret", "born in March 1980"])
def test_a_birth_date_needs_day_month_and_four_figures_of_a_year(text):
    assert "birth_date" not in read_message(text, today=TODAY).guesses


@pytest.mark.parametrize(
    "number, today, expected",
    [
        (28, TODAY, day(11, 28)), (22, TODAY, TODAY), (21, TODAY, day(12, 21)), (31, TODAY, day(12, 31)),
        (31, day(2, 1), day(3, 31)), (15, day(12, 20), day(1, 15, 2027)), (32, TODAY, None), (0, TODAY, None),
    ],
)  # fmt: skip
def test_a_day_without_a_month_is_the_next_such_day(number, today, expected):
    assert next_such_day(number, today) == expected


@pytest.mark.parametrize(
    "text", ["NIK 1271034405800001", "paspor C1234567", "no polis 0812345678901", "rek 1234567890", "Rp 1.250.000"]
)
def test_other_numbers_are_no_telephones(text):
    assert not read_message(text, today=TODAY).phones


def test_every_number_is_found_and_none_twice():
    text = "wa 0812-3456-7890 atau +62 812 3456 7890, kantor (061) 456-7890, sg +65 6123 4567"

    assert read_message(text, today=TODAY).phones == (
        "+62 812-3456-7890", "+62 61 4567890", "+65 6123 4567",
    )  # fmt: skip


def test_a_number_of_nobody_in_particular_stays_so():
    assert "phone_owner" not in read_message("Suyanti, Medan, 0812-3456-7890", today=TODAY).guesses


def test_the_officer_who_is_greeted_is_no_patient():
    assert "full_name" not in read_message("Pagi Bu Ayu, mau tanya biaya operasi", today=TODAY).guesses


def test_who_was_treated_three_years_ago_has_no_age_of_three():
    assert "age_said" not in read_message("operasi 3 tahun yang lalu", today=TODAY).guesses


def test_a_mail_is_told_from_a_chat():
    mail = "From: Lina <lina@example.com>\nSubject: knee\n\nDear Ayu,\nregards"

    assert read_message(mail, today=TODAY).channel is NoteChannel.MAIL
    assert read_message("halo kak", today=TODAY).channel is NoteChannel.WHATSAPP


def test_of_two_houses_of_a_name_none_is_taken_without_the_city():
    assert "hospital_id" not in read_message("mau ke Gleneagles", today=TODAY, known=HOUSES).guesses
    assert read_message("ke Gleneagles di KL", today=TODAY, known=HOUSES).value("hospital_id") == 5


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Istri saya Suyanti 46th Medan, AIA, wa saya 0812-3456-7890", "AIA"),
        ("pakai prudential dari 2019", "Prudential"),
        ("asuransi Harta Sehat no 123", "Harta Sehat"), ("insured with Blue Cross, from Medan", "Blue Cross"),
        ("polis: Mega Utama", "Mega Utama"), ("asuransinya Great Eastern, Medan", "Great Eastern"),
        ("asuransi apa yang bisa?", None), ("ass.wr.wb bu Ayu", None), ("saya pakai asuransi Ibu Ayu", None),
        ("Asuransi: tidak ada", None), ("no insurance, from Medan", None), ("kb suntik, aca", None),
        ("asuransi Medan", None), ("insurance card attached", None),
    ],
)  # fmt: skip
def test_an_insurer_that_is_not_on_record_is_told_by_its_name(text, named):
    read = read_message(text, today=TODAY)

    assert (read.insurer_not_known and read.insurer_not_known.value) == named
    if named is not None:
        assert fold(text[read.insurer_not_known.start : read.insurer_not_known.end]) == fold(named)


def test_an_insurer_on_record_is_no_unknown_one():
    assert read_message("asuransi AIA", today=TODAY, known=HOUSES).insurer_not_known is None


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("pasien Budi Santoso, hub asisten 0812-3456-7890", "phone_owner", PhoneOwner.OTHER),
        ("pasien Budi Santoso, hp beliau 0812-3456-7890", "phone_owner", PhoneOwner.PATIENT),
        ("nama mama siapa? Medan", "full_name", None), ("halo, ini", "full_name", None),
        ("mau operasi selama 8 bulan ini", "age_said", None), ("bu Sri hamil 8 bulan", "age_said", None),
        ("Suyanti, 66.000 rupiah", "age_said", None), ("Suyanti 12/3", "age_said", None),
        ("asuransi AIA no 0812-3456-7890", "phone", "+62 812-3456-7890"),
        ("asuransi AIA no 881234567890", "phone", None),
        ("mau biaya operasi untuk ibu saya", "need", "biaya operasi"),
        ("keluhan: benjolan di payudara, Medan", "need", "benjolan di payudara"),
        ("her brother's number 0812-3456-7890, pasien Lim Ah Hock", "phone_owner", PhoneOwner.SIBLING),
    ],
)  # fmt: skip
def test_small_words_decide_what_a_figure_or_a_name_is(text, name, value):
    assert read_message(text, today=TODAY).value(name) == value


# properties

PIECES = st.sampled_from(
    ["istri saya", "suami", "sy", "Suyanti", "budi", "46th", "tgl 28", "28/11", "tgl", "wa", "0812-3456-7890", "Medan",
     "ke", "Penang", "AIA", "Island Hospital", "\n", ",", ".", "(", ")", "Nama:", "lahir 14/03/1980", "mau", "kontrol",
     "Pak", "Bu", "Ny.", "anak", "nya", "regards", "@", "a@b.co", "Rp1.000.000", "saya", "agen", "nasabah", "–", "😀",
     "31", "kanker", "Sen", "depan", "hari", "Senin", "besok", "KL", "dari", "a.n.", "J.", "O’Neil", "İstanbul", "ﬁ"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_any_text_is_safe_and_nothing_is_guessed_that_does_not_stand_in_it(text):
    read = read_message(text, today=TODAY, known=HOUSES)

    for name, guess in read.guesses.items():
        source = text[guess.start : guess.end]
        assert source.strip(), name
        match name:
            case "full_name" | "caller_name" | "need" | "age_said" | "email":
                assert fold(str(guess.value)) == fold(source)
            case "city" | "destination_city":
                assert city_of(source).name == guess.value
            case "phone":
                assert digits_of(source).lstrip("0")[-9:] == digits_of(guess.value)[-9:]
            case "birth_date":
                assert str(guess.value.year) in source
            case "planned_on":
                assert guess.value >= TODAY
                assert str(guess.value.day) in source or any(w in fold(source) for w in ("besok", "lusa", "senin"))
            case "hospital_id" | "insurer_id":
                house = next(h for h in HOUSES if h.id == guess.value)
                assert fold(source) in house.spellings
            case "sex" | "phone_owner":
                assert re.search(r"\w", source)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_guesses_come_from_different_words_or_the_same_fact(text):
    read = read_message(text, today=TODAY, known=HOUSES)

    name, phone = read.guesses.get("full_name"), read.guesses.get("phone")
    if name is not None and phone is not None:
        assert name.end <= phone.start or phone.end <= name.start


@pytest.mark.parametrize(
    "blob",
    ["saya istri budi 0812 ", "a", "0812-3456-7890 ", "istri saya ", "( ", "1/1/", "Pak Budi, ", "lahir ", "28/11 ",
     "halo bu ", "Nama: Budi\n", "@", "a@a.", "0 ", "medan ke penang ", "\n", "regards\n", "46th "],
)  # fmt: skip
def test_ten_thousand_signs_are_read_in_no_time(blob):
    text = blob * (10_000 // len(blob))
    read_message(text, today=TODAY, known=HOUSES)

    best = min(_cpu(text) for _try in range(3))

    assert best < 0.05


def _cpu(text):
    began = time.process_time()
    read_message(text, today=TODAY, known=HOUSES)
    return time.process_time() - began


def test_no_word_for_a_relation_is_taken_for_a_name():
    for word in KIN:
        assert "full_name" not in read_message(f"{word} saya sakit", today=TODAY).guesses, word
