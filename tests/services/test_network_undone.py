"""Every step of doctors, package prices and groups is taken back and brought again, to the last field."""

from dataclasses import replace

from liaison.domain.doctors import AbsenceDraft, DoctorPlaceDraft, NewDoctorDraft, NextSlotDraft
from liaison.domain.money import Money
from liaison.domain.network import GroupMembershipDraft
from liaison.domain.packages import PackageDraft
from liaison.services import doctors, history, network, network_groups, packages
from liaison.store.base import Base
from tests import make

DAY = make.START.date()
TABLES = (
    "doctor", "doctor_place", "doctor_absence", "doctor_slot", "package", "group_membership", "organization_group",
)  # fmt: skip


def everything(store):
    with store.read() as session:
        return {
            name: sorted(
                tuple(row._mapping[c] for c in Base.metadata.tables[name].c if c.name != "version")
                for row in session.execute(Base.metadata.tables[name].select())
            )
            for name in TABLES
        }


def test_every_step_is_undone_and_redone_to_the_last_field(store):
    one, other = make.hospital(store), make.hospital(store, name="Lam Wah Ee")
    before, states, actions = everything(store), [], []

    def step(function, *arguments):
        with store.write("Step") as session:
            made = function(session, *arguments).made
            actions.append(int(session.info["action_id"]))
        states.append(everything(store))
        return made

    tan = step(doctors.add_doctor, NewDoctorDraft(hospital_id=one, name="Tan", sessions="Mon 09:00-12:00"))
    place = step(doctors.add_place, DoctorPlaceDraft(doctor_id=tan, hospital_id=other))
    step(doctors.record_absence, AbsenceDraft(doctor_id=tan, first_on=DAY))
    step(doctors.record_slot, NextSlotDraft(doctor_id=tan, hospital_id=other, slot_on=DAY, told_by="A", told_on=DAY))
    step(doctors.edit_doctor, tan, replace(make.see(store, doctors.doctor_draft, tan), specialties=("Mata",)))
    step(doctors.remove_place, place)
    step(doctors.retire_doctor, tan)
    step(doctors.remove_doctor, tan)
    price = PackageDraft(hospital_id=one, name="Lutut", price=Money(100, "MYR"), source="x")
    package = step(packages.add_package, price)
    step(packages.edit_package, package, replace(price, price=Money(200, "SGD")))
    step(packages.verify_package, package)
    step(packages.remove_package, package)
    member = step(network.join_group, GroupMembershipDraft(organization_id=one, group="IHH", valid_from=DAY))
    step(
        network_groups.edit_membership, member,
        GroupMembershipDraft(organization_id=one, group="KPJ", valid_from=DAY, valid_to=DAY),
    )  # fmt: skip
    step(network_groups.remove_membership, member)

    for number in range(len(actions) - 1, -1, -1):
        undone = store.undo(actions[number])
        assert everything(store) == (states[number - 1] if number else before)
        again = store.undo(undone)
        assert everything(store) == states[number]
        store.undo(again)
    assert everything(store) == before


def test_a_history_tells_of_doctors_and_prices_in_words(store):
    house = make.hospital(store)
    key = make.made(store, doctors.add_doctor, NewDoctorDraft(hospital_id=house, name="Tan"))
    place = make.see(store, doctors.doctor, key).places[0]
    change = replace(make.see(store, doctors.place_draft, place.id), sessions="Mon 09:00-12:00")
    make.do(store, doctors.edit_place, place.id, change)
    price = PackageDraft(hospital_id=house, name="Lutut", price=Money(100, "MYR"), source="x")
    package = make.made(store, packages.add_package, price)
    make.do(store, packages.edit_package, package, replace(price, price=Money(200, "MYR")))

    of_doctor = [(line.label, line.after) for line in make.see(store, history.history_of, "doctor", key)]
    of_house = {(line.noun, line.label) for line in make.see(store, history.history_of, "organization", house)}
    (changed,) = [x for x in make.see(store, history.history_of, "package", package) if x.label == "Price"]

    assert ("Hours of the week", "Mon 09:00-12:00") in of_doctor
    assert {("Package price", "Price"), ("Doctor at a hospital", "Hours of the week")} <= of_house
    assert (changed.before, changed.after) == (Money(100, "MYR"), Money(200, "MYR"))
