"""Package prices: with source and age, with a hotel, for a card and for an estimate."""

import datetime as dt
from dataclasses import replace

import pytest

from liaison.domain.doctors import AbsenceDraft, DoctorDraft, DoctorPlaceDraft, NewDoctorDraft, NextSlotDraft
from liaison.domain.errors import Refused
from liaison.domain.fields import fields_of
from liaison.domain.money import Money
from liaison.domain.network import Freshness, GroupMembershipDraft, OrganizationKind
from liaison.domain.packages import PackageDraft, PackageState
from liaison.i18n import Language
from liaison.services import doctors, exports, network, packages
from tests import make

DAY = make.START.date()
DAYS = dt.timedelta(days=1)


def codes(refusal):
    return {p.code for p in refusal.value.problems}


def draft(hospital, **values):
    given = {"name": "Knee replacement", "price": Money(3_200_000, "MYR"), "source": "price list", **values}
    return PackageDraft(hospital_id=hospital, **given)


@pytest.fixture
def hospital(store):
    return make.hospital(store)


@pytest.fixture
def hotel(store):
    return make.made(
        store, network.add_organization, make.hospital_draft(kind=OrganizationKind.HOTEL, name="Hotel Sentral")
    )


def test_a_bundle_stands_on_the_card_of_the_hospital_and_of_the_hotel(store, hospital, hotel):
    bundle = draft(hospital, hotel_id=hotel, hotel_nights=5, hotel_price=Money(200_000, "MYR"), last_verified_on=DAY)
    make.do(store, packages.add_package, bundle)

    (at_hospital,), (at_hotel,) = (make.see(store, packages.packages_of, key) for key in (hospital, hotel))

    assert at_hospital == at_hotel
    assert (at_hospital.hotel, at_hospital.state, at_hospital.freshness) == (
        "Hotel Sentral", PackageState.HOLDS, Freshness.FRESH,
    )  # fmt: skip
    assert at_hospital.for_treatment == Money(3_000_000, "MYR")


def test_what_is_wrong_is_told_at_once(store, hospital, hotel):
    wrong = draft(
        hospital, price=Money(0, "MYR"), nights=400, hotel_nights=2, hotel_price=Money(5, "IDR"), source="",
        last_verified_on=DAY + DAYS,
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        make.do(store, packages.add_package, wrong)
    with pytest.raises(Refused) as no_hotel:
        make.do(store, packages.add_package, draft(hospital, hotel_id=hospital))
    with pytest.raises(Refused) as all_of_it:
        make.do(store, packages.add_package, draft(hospital, hotel_id=hotel, hotel_price=Money(3_200_000, "MYR")))

    assert codes(refusal) >= {"MISSING", "NIGHTS", "NO_HOTEL", "TWO_CURRENCIES", "IN_FUTURE"}
    assert (codes(no_hotel), codes(all_of_it)) == ({"NOT_A_HOTEL"}, {"HOTEL_IS_ALL"})


def test_a_price_may_follow_a_price_but_not_stand_beside_it(store, hospital):
    first = make.made(store, packages.add_package, draft(hospital, valid_to=DAY - DAYS))
    make.do(store, packages.add_package, draft(hospital, valid_from=DAY, price=Money(3_400_000, "MYR")))

    with pytest.raises(Refused) as refusal:
        make.do(store, packages.add_package, draft(hospital, valid_from=DAY + 40 * DAYS))
    states = [p.state for p in make.see(store, packages.packages_of, hospital)]

    assert codes(refusal) == {"KNOWN_PACKAGE"}
    assert states == [PackageState.HOLDS, PackageState.OVER]
    make.do(store, packages.edit_package, first, replace(make.see(store, packages.package_draft, first), nights=4))
    assert make.see(store, packages.package_draft, first).nights == 4


def test_a_package_is_verified_retired_and_taken_off(store, clock, hospital):
    key = make.made(store, packages.add_package, draft(hospital))
    assert make.see(store, packages.packages)[0].freshness is Freshness.NEVER
    make.do(store, packages.verify_package, key)
    clock.forward(days=91)
    assert make.see(store, packages.packages)[0].freshness is Freshness.FADED
    make.do(store, packages.retire_package, key)
    assert make.see(store, packages.packages)[0].state is PackageState.RETIRED
    make.do(store, packages.remove_package, key)
    assert make.see(store, packages.packages) == ()


def test_a_case_is_offered_what_holds_of_its_hospital_and_of_others_for_its_specialty(store, hospital):
    other = make.hospital(store, name="Mahkota Medical Centre", city="Melaka")
    for house, values in (
        (hospital, {"specialty": "Ortopedi"}),
        (hospital, {"name": "Check-up"}),
        (hospital, {"name": "Not yet", "specialty": "Ortopedi", "valid_from": DAY + DAYS}),
        (other, {"specialty": "Ortopedi", "price": Money(2_900_000, "MYR")}),
        (other, {"name": "Eyes", "specialty": "Mata"}),
    ):
        make.do(store, packages.add_package, draft(house, **values))
    case = make.journey(store, hospital_id=hospital, specialty="ortopedi")

    offered = make.see(store, packages.packages_for, case)

    assert [(p.draft.hospital_id, p.draft.name) for p in offered] == [
        (hospital, "Knee replacement"), (hospital, "Check-up"), (other, "Knee replacement"),
    ]  # fmt: skip


def test_doctors_prices_and_groups_go_into_a_file_by_the_words_asked_for(store, hospital):
    make.do(store, packages.add_package, draft(hospital, specialty="Ortopedi"))
    tan = NewDoctorDraft(hospital_id=hospital, title="Dr.", name="Tan", specialties=("Mata",))
    make.do(store, doctors.add_doctor, tan)
    make.do(store, network.join_group, GroupMembershipDraft(organization_id=hospital, group="IHH"))
    words = Language("en")

    asked_for = (("packages", "knee ortopedi", "mata"), ("doctors", "dr. tan", "lim"), ("groups", "ihh", "kpj"))
    for name, asked, missed in asked_for:
        found = make.see(store, exports.export, name, asked, words)
        assert len(found.rows) == 1
        assert len(found.rows[0]) == len(found.columns)
        assert make.see(store, exports.export, name, missed, words).rows == ()


IN_ANOTHER_COLUMN = {"Title before the name", "Name"}
LEFT_IN_THE_OFFICE = {"Note"}


@pytest.mark.parametrize(
    ("list_name", "drafts"),
    [("packages", (PackageDraft,)), ("doctors", (DoctorDraft, DoctorPlaceDraft, NextSlotDraft))],
)
def test_every_field_of_a_doctor_and_of_a_price_has_its_column(store, list_name, drafts):
    asked = {spec.label for one in drafts for spec in fields_of(one)} - IN_ANOTHER_COLUMN - LEFT_IN_THE_OFFICE

    found = make.see(store, exports.export, list_name, "", Language("en"))

    assert asked - {column.label for column in found.columns} == set()


def test_the_file_of_doctors_says_each_word_below_its_own_head(store, hospital):
    tan = NewDoctorDraft(hospital_id=hospital, name="Tan", clinic="Lantai 2", phone="+60 4 222 9111")
    made = make.made(store, doctors.add_doctor, tan)
    told = {"slot_on": DAY + 3 * DAYS, "slot_time": "10:30", "told_by": "Ibu Lim", "told_on": DAY}
    make.do(store, doctors.record_slot, NextSlotDraft(doctor_id=made, hospital_id=hospital, **told))
    away = AbsenceDraft(doctor_id=made, first_on=DAY + 9 * DAYS)
    make.do(store, doctors.record_absence, away)

    found = make.see(store, exports.export, "doctors", "", Language("en"))

    said = dict(zip((column.label for column in found.columns), found.rows[0], strict=True))
    assert (said["Clinic"], said["Telephone of the clinic"]) == ("Lantai 2", tan.phone)
    assert (said["Next free time"], said["Hour"], said["Told by"], said["Told on"]) == tuple(told.values())
    assert (said["Away from"], said["Away until"], said["Last verified on"]) == (away.first_on, None, DAY)
