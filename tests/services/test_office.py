"""The office, its officers, its settings."""

import pytest

from liaison.domain.errors import Refused
from liaison.domain.offices import Role
from liaison.services import changes, office
from tests import make


def codes(refusal):
    return {p.code for p in refusal.value.problems}


def test_the_first_officer_is_supervisor_too_and_is_the_one_whose_passphrase_opened_the_store(store):
    first = make.see(store, office.officers)[0]

    assert first.is_supervisor and first.id == store.officer.id
    assert make.see(store, office.roles) == {Role.OFFICER, Role.SUPERVISOR}


def test_a_store_has_one_office(store):
    with pytest.raises(Refused) as refusal:
        make.do(store, office.set_up_office, make.office_draft(), make.officer_draft(name="Lain"))

    assert codes(refusal) == {"ONE_OFFICE"}
    assert make.see(store, office.has_office)


def test_the_office_is_changed_and_its_place_is_a_city_not_a_code(store):
    make.do(store, office.edit_office, make.office_draft(signatory="Ratna H."), version=1)

    seen = make.see(store, office.office)

    assert (seen.place, seen.signatory, seen.version) == ("Medan", "Ratna H.", 2)


def test_a_store_before_its_first_run_says_so(tmp_path):
    from liaison.store.kdf import CHEAP
    from liaison.store.opening import create_store

    empty, _ = create_store(tmp_path / "new", passphrase=make.PASSPHRASE, officer="Siti", kdf=CHEAP)
    with empty:
        with pytest.raises(Refused) as refusal:
            make.see(empty, office.office)

        assert codes(refusal) == {"NO_OFFICE"}
        assert not make.see(empty, office.has_office)
        assert make.see(empty, changes.zone) == "Asia/Jakarta"


def test_two_officers_do_not_share_a_name(store):
    with pytest.raises(Refused) as refusal:
        make.do(store, office.add_officer, make.officer_draft(name=make.OFFICER.upper()))

    assert codes(refusal) == {"KNOWN_OFFICER"}


def test_the_last_supervisor_stays_supervisor(store):
    first = make.see(store, office.officers)[0]
    colleague = make.made(store, office.add_officer, make.officer_draft(name="Tono", is_supervisor=False))

    with pytest.raises(Refused) as refusal:
        make.do(store, office.let_go, first.id)
    make.do(store, office.edit_officer, colleague, make.officer_draft(name="Tono", is_supervisor=True))
    make.do(store, office.let_go, first.id)
    left = make.see(store, office.officers, active_only=True)
    make.do(store, office.take_back, first.id)

    assert codes(refusal) == {"LAST_SUPERVISOR"}
    assert [o.name for o in left] == ["Tono"]
    assert len(make.see(store, office.officers, active_only=True)) == 2


def test_settings_travel_with_the_store(store):
    assert make.see(store, office.setting, "targets", {}) == {}

    make.do(store, office.set_setting, "targets", {"GL_INITIAL": 4})
    make.do(store, office.set_setting, "targets", {"GL_INITIAL": 5})

    assert make.see(store, office.setting, "targets") == {"GL_INITIAL": 5}


def test_time_itself_is_no_supervisor(store):
    with store.write("Time", by_system=True) as session:
        assert office.roles(session) == {Role.OFFICER}


def test_a_setting_kept_twice_with_one_value_writes_nothing(store):
    make.do(store, office.set_setting, "x", 1)

    make.do(store, office.set_setting, "x", 1)

    assert make.see(store, lambda s: s.query(office.SettingRow).one().version) == 1
