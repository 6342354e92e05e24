"""What should be checked again: never verified first, then the oldest; one step says that it was right today."""

import datetime as dt

from liaison.domain.acceptance import PanelDraft
from liaison.domain.credit import CreditDraft
from liaison.services import credits, network, panels
from liaison.services.verifying import Checked, count_to_verify, to_verify, verify
from liaison.store.models import DoctorPlaceRow, DoctorRow, OrganizationRow, PackageRow
from tests import make

TODAY = dt.date(2026, 11, 2)
OLD = TODAY - dt.timedelta(days=181)
JUST = TODAY - dt.timedelta(days=180)


def listed(store):
    return [(line.what, line.id) for line in make.see(store, to_verify)]


def test_what_nobody_ever_verified_comes_before_the_oldest_check(store):
    hospital = make.hospital(store, last_verified_on=OLD)
    insurer = make.made(store, network.add_organization, make.insurer_draft(last_verified_on=TODAY, phone=""))
    never = make.made(store, network.add_contact, make.contact_draft(organization_id=insurer))
    just = make.contact_draft(organization_id=insurer, last_verified_on=JUST, phone="+62 21 555 1111")
    make.do(store, network.add_contact, just)

    assert listed(store) == [(Checked.DESK, never), (Checked.HOUSE, hospital)]
    assert make.see(store, count_to_verify) == 2


def test_a_name_met_in_a_list_or_a_closed_house_has_nothing_to_check(store):
    make.hospital(store, phone="")
    closed = make.hospital(store, name="RS Lama")
    make.do(store, network.close_organization, closed)

    assert listed(store) == []


def test_of_a_panel_and_of_credit_only_the_last_word_that_still_holds_is_asked_again(store):
    hospital = make.hospital(store, last_verified_on=TODAY)
    insurer = make.made(store, network.add_organization, make.insurer_draft())
    other = make.made(store, network.add_organization, make.insurer_draft(name="Asuransi Zamrud"))

    def panel(who, day, **values):
        return make.made(store, panels.record_panel, PanelDraft(
            insurer_id=who, hospital_id=hospital, source="x", checked_on=day, **values
        ))  # fmt: skip

    panel(insurer, OLD - dt.timedelta(days=100))
    last = panel(insurer, OLD)
    panel(other, OLD, valid_to=dt.date(2026, 10, 1))
    credit = make.made(store, credits.record_credit, CreditDraft(hospital_id=hospital, source="x", checked_on=OLD))

    assert listed(store) == [(Checked.PANEL, last), (Checked.CREDIT, credit)]


def test_many_are_verified_today_in_one_step(store):
    hospital = make.hospital(store, last_verified_on=OLD)
    desk = make.made(store, network.add_contact, make.contact_draft(organization_id=hospital))
    credit = make.made(store, credits.record_credit, CreditDraft(hospital_id=hospital, source="x", checked_on=OLD))
    assert make.see(store, count_to_verify) == 3

    done = make.do(store, verify, [(Checked.DESK, desk), (Checked.CREDIT, credit), (Checked.HOUSE, hospital)])

    assert {t.kind for t in done.touched} == {"contact", "credit", "organization"}
    assert listed(store) == []
    assert make.see(store, lambda s: s.get(OrganizationRow, hospital).last_verified_on) == TODAY


def test_package_prices_and_doctors_grow_old_too(store):
    hospital = make.hospital(store, last_verified_on=TODAY)

    def add(session):
        rows = [
            PackageRow(hospital_id=hospital, name="Kateter", price_minor=1, price_currency="MYR", source="brosur",
                       last_verified_on=OLD),
            PackageRow(hospital_id=hospital, name="Lama", price_minor=1, price_currency="MYR", source="brosur",
                       retired_on=OLD),
            DoctorRow(name="Tan", title="dr.", name_key="tan"),
        ]  # fmt: skip
        session.add_all(rows)
        session.flush()
        session.add(DoctorPlaceRow(doctor_id=rows[2].id, hospital_id=hospital))
        return [row.id for row in rows]

    keys = []
    make.do(store, lambda session: keys.extend(add(session)))

    found = make.see(store, to_verify)
    assert [(line.what, line.id, line.of) for line in found] == [
        (Checked.DOCTOR, keys[2], "dr. Tan"), (Checked.PACKAGE, keys[0], "Kateter")
    ]  # fmt: skip
    make.do(store, verify, [(line.what, line.id) for line in found])
    assert listed(store) == []


def test_a_doctor_whose_first_hospital_closed_is_asked_about_at_the_other(store):
    closed = make.hospital(store, name="RS Lama", last_verified_on=TODAY)
    open_one = make.hospital(store, last_verified_on=TODAY)

    def add(session):
        tan = DoctorRow(name="Tan", name_key="tan")
        session.add(tan)
        session.flush()
        session.add_all(DoctorPlaceRow(doctor_id=tan.id, hospital_id=key) for key in (closed, open_one))

    make.do(store, add)
    make.do(store, network.close_organization, closed)

    assert [(line.what, line.house_id) for line in make.see(store, to_verify)] == [(Checked.DOCTOR, open_one)]
