"""Every doctor and every package price of the network as a list: filtered, in any order, in groups, as a table."""

import datetime as dt
from dataclasses import replace

import pytest

from liaison.domain.doctors import NewDoctorDraft
from liaison.domain.errors import Refused
from liaison.domain.money import Money
from liaison.domain.packages import PackageDraft
from liaison.i18n import Language
from liaison.services import doctors, exports, packages
from liaison.services.list_of_offers import DOCTORS, PACKAGES
from liaison.services.list_queries import ListQuery
from tests import make


def doctor(store, hospital, name, **values):
    return make.made(store, doctors.add_doctor, NewDoctorDraft(hospital_id=hospital, name=name, **values))


def package(store, hospital, name, price, **values):
    draft = PackageDraft(hospital_id=hospital, name=name, price=price, source="sheet", **values)
    return make.made(store, packages.add_package, draft)


def asked(store, sifted, text="", **more):
    return make.see(store, sifted.asked, ListQuery(text=text, **more))


@pytest.fixture
def penang(store):
    return make.hospital(store)


@pytest.fixture
def melaka(store):
    return make.hospital(store, name="Mahkota Medical Centre", city="Melaka")


@pytest.fixture
def people(store, penang, melaka):
    doctor(store, penang, "Tan Wei Ming", specialties=("cardiology",), languages=("id",))
    siti = doctor(store, melaka, "Siti Aminah", specialties=("oncology",))
    checked_long_ago = replace(make.see(store, doctors.doctor_draft, siti), last_verified_on=dt.date(2025, 1, 6))
    make.do(store, doctors.edit_doctor, siti, checked_long_ago)


def names(lines):
    return [line.doctor.name for line in lines]


def test_doctors_are_found_by_name_specialty_house_city_and_language(store, people):
    assert names(asked(store, DOCTORS, "wei")) == ["Tan Wei Ming"]
    assert names(asked(store, DOCTORS, "oncology")) == ["Siti Aminah"]
    assert names(asked(store, DOCTORS, "hospital:gleneagles")) == ["Tan Wei Ming"]
    assert names(asked(store, DOCTORS, "-kota:melaka")) == ["Tan Wei Ming"]
    assert names(asked(store, DOCTORS, '"bahasa id"')) == ["Tan Wei Ming"]
    assert names(asked(store, DOCTORS, "status:stale")) == ["Siti Aminah"]


def test_doctors_stand_in_any_order_and_under_their_hospital(store, people):
    assert names(asked(store, DOCTORS, sort="name", descending=True)) == ["Tan Wei Ming", "Siti Aminah"]
    groups = make.see(store, DOCTORS.in_groups, ListQuery(group="hospital"))
    assert [(group.label.text(Language("en")), group.count) for group in groups] == [
        ("Gleneagles Hospital Penang", 1), ("Mahkota Medical Centre", 1),
    ]  # fmt: skip


def test_prices_are_put_in_order_within_their_currency_only(store, penang, melaka):
    package(store, penang, "Bypass", Money(90_000_00, "MYR"))
    package(store, melaka, "Check-up", Money(900_00, "MYR"))
    package(store, melaka, "Scan", Money(500_00, "SGD"), valid_to=dt.date(2020, 1, 1))

    assert [p.draft.name for p in asked(store, PACKAGES, sort="price")] == ["Check-up", "Bypass", "Scan"]
    assert [p.draft.name for p in asked(store, PACKAGES, "status:over")] == ["Scan"]
    assert [p.draft.name for p in asked(store, PACKAGES, "kota:melaka -status:over")] == ["Check-up"]


def test_a_term_that_means_nothing_there_is_refused(store):
    for sifted in (DOCTORS, PACKAGES):
        with pytest.raises(Refused):
            asked(store, sifted, "asuransi:x")


def test_the_files_hold_what_the_lists_show(store, people, penang):
    package(store, penang, "Bypass", Money(90_000_00, "MYR"))

    grid = make.see(store, exports.export, "doctors", "status:stale", Language("en"))
    assert [row[0] for row in grid.rows] == ["Siti Aminah"]
    grid = make.see(store, exports.export, "packages", "hospital:gleneagles", Language("en"))
    assert [row[0] for row in grid.rows] == ["Bypass"]
