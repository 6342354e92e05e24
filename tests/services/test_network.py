"""Hospitals, insurers, administrators, their groups and desks."""

import datetime as dt

import pytest

from liaison.domain.errors import Refused
from liaison.domain.network import AdministratorLinkDraft, Desk, GroupMembershipDraft, OrganizationKind
from liaison.services import agents, matching, network
from tests import make


def codes(refusal):
    return {p.code for p in refusal.value.problems}


def test_a_hospital_stands_once_per_city(store):
    make.hospital(store, name="Columbia Asia Hospital", city="Medan", country="ID")
    make.hospital(store, name="Columbia Asia Hospital", city="Tebrau")

    with pytest.raises(Refused) as refusal:
        make.hospital(store, name="COLUMBIA ASIA  hospital", city="medan", country="ID")

    assert codes(refusal) == {"KNOWN_HOUSE"}


def test_a_hospital_belongs_to_one_group_at_a_time_and_the_dates_tell_which(store, clock):
    island = make.hospital(store, name="Island Hospital")
    before = GroupMembershipDraft(organization_id=island, group="Affinity", valid_to=dt.date(2024, 11, 4))
    after = GroupMembershipDraft(organization_id=island, group="IHH", valid_from=dt.date(2024, 11, 5), source="press")
    make.do(store, network.join_group, before)
    make.do(store, network.join_group, after)

    with pytest.raises(Refused) as refusal:
        make.do(store, network.join_group, GroupMembershipDraft(organization_id=island, group="KPJ"))
    house = make.see(store, network.organization, island)

    assert codes(refusal) == {"GROUP_OVERLAPS"}
    assert house.group == "IHH"
    assert [m.group for m in house.memberships] == ["IHH", "Affinity"]
    assert make.see(store, network.hospitals)[0].group == "IHH"
    assert [name for _, name in make.see(store, network.groups)] == ["Affinity", "IHH"]


def test_leaving_a_group_ends_the_membership_on_the_day(store):
    key = make.hospital(store)
    make.do(store, network.join_group, GroupMembershipDraft(organization_id=key, group="IHH"))

    make.do(store, network.leave_group, key, on=dt.date(2026, 10, 31))

    assert make.see(store, network.organization, key).group == ""


def test_one_administrator_decides_for_many_insurers(store):
    desk = make.made(store, network.add_organization, make.administrator_draft())
    one, other = make.insurer(store), make.insurer(store, name="Asuransi Kedua")
    for insurer in (one, other):
        make.do(store, network.link_administrator, AdministratorLinkDraft(administrator_id=desk, insurer_id=insurer))

    with pytest.raises(Refused) as refusal:
        make.do(store, network.link_administrator, AdministratorLinkDraft(administrator_id=one, insurer_id=desk))
    with pytest.raises(Refused) as twice:
        make.do(store, network.link_administrator, AdministratorLinkDraft(administrator_id=desk, insurer_id=one))

    assert codes(refusal) == {"NOT_AN_ADMINISTRATOR", "NOT_AN_INSURER"}
    assert codes(twice) == {"LINKED_ALREADY"}
    assert [v.name for v in make.see(store, network.organization, desk).insurers] == [
        "Asuransi Kedua", "Asuransi Nusantara Sehat",
    ]  # fmt: skip
    assert [v.name for v in make.see(store, network.organization, one).administrators] == ["Medika Admin"]
    assert [o.name for o in make.see(store, network.administrators)] == ["Medika Admin"]
    assert len(make.see(store, network.insurers)) == 2


def test_a_desk_verified_today_is_fresh_and_half_a_year_later_stale(store, clock):
    house = make.hospital(store)
    desk = make.made(store, network.add_contact, make.contact_draft(organization_id=house))

    make.do(store, network.verify_contact, desk)
    fresh = make.see(store, network.organization, house).contacts[0]
    clock.forward(days=181)
    stale = make.see(store, network.organization, house).contacts[0]

    assert (fresh.is_stale, fresh.verified_by) == (False, make.OFFICER)
    assert stale.is_stale


def test_one_contact_of_a_desk_is_called_first(store):
    house = make.hospital(store)
    first = make.made(store, network.add_contact, make.contact_draft(organization_id=house, is_preferred=True))
    draft = make.contact_draft(organization_id=house, name="Nurul", is_preferred=True)
    second = make.made(store, network.add_contact, draft)
    other = make.contact_draft(organization_id=house, desk=Desk.BILLING, name="Lim")
    make.do(store, network.add_contact, other)

    contacts = make.see(store, network.organization, house).contacts

    assert [c.id for c in contacts if c.is_preferred] == [second]
    assert contacts[0].id == second and first in {c.id for c in contacts}


def test_a_desk_is_changed_and_taken_off(store):
    house = make.hospital(store)
    desk = make.made(store, network.add_contact, make.contact_draft(organization_id=house))

    make.do(store, network.edit_contact, desk, make.contact_draft(organization_id=house, night_phone="+60 4-222 9000"))
    draft = make.see(store, network.contact_draft, desk)
    make.do(store, network.remove_contact, desk)

    assert draft.night_phone == "+60 4-222 9000"
    assert make.see(store, network.organization, house).contacts == ()


def test_a_name_in_a_list_finds_its_hospital_by_name_spelling_or_likeness(store):
    key = make.hospital(store, name="Gleneagles Hospital Penang", short_name="GPG")
    make.hospital(store, name="Loh Guan Lye Specialists Centre")
    make.do(store, network.remember_spelling, key, "RS Gleneagles Pulau Pinang")

    by_name = make.see(store, matching.find_or_match_hospital, "gleneagles hospital penang")
    by_spelling = make.see(store, matching.find_or_match_hospital, "rs. gleneagles pulau pinang")
    by_short = make.see(store, matching.find_or_match_hospital, "GPG")
    likely = make.see(store, matching.find_or_match_hospital, "Gleneagles Penang")
    unknown = make.see(store, matching.find_or_match_hospital, "Sunway Medical Centre")

    assert by_name.id == by_spelling.id == by_short.id == key
    assert likely.id is None and likely.candidates[0][0] == key
    assert unknown == matching.HouseMatch(id=None)


def test_a_closed_house_leaves_the_choosers(store, clock):
    key = make.hospital(store)

    make.do(store, network.close_organization, key)
    clock.forward(days=1)

    assert make.see(store, network.hospitals) == []
    assert len(make.see(store, network.organizations, closed_too=True)) == 1


def test_a_house_is_changed_by_its_form(store):
    key = make.hospital(store)
    draft = make.see(store, network.organization_draft, key)

    changed = make.hospital_draft(specialties=("cardiology", "oncology"))
    make.do(store, network.edit_organization, key, changed, version=1)
    after = make.see(store, network.organization, key)

    assert draft.kind is OrganizationKind.HOSPITAL
    assert after.specialties == ("cardiology", "oncology")
    assert after.version == 2


def test_an_agents_code_stands_once_per_insurer(store):
    insurer = make.insurer(store)
    key = make.made(store, agents.add_agent, make.agent_draft(insurer_id=insurer))

    with pytest.raises(Refused) as refusal:
        make.do(store, agents.add_agent, make.agent_draft(name="Lina", insurer_id=insurer))
    make.do(store, agents.edit_agent, key, make.agent_draft(insurer_id=insurer, city="Medan"))
    listed = make.see(store, agents.agents, insurer_id=insurer)

    assert codes(refusal) == {"KNOWN_AGENT"}
    assert [(a.insurer, a.city, a.cases) for a in listed] == [("Asuransi Nusantara Sehat", "Medan", 0)]
    assert make.see(store, agents.agent_draft, key).code == "AG-7781"


def test_a_name_in_two_cities_is_told_apart_by_the_city(store):
    one = make.hospital(store, name="Columbia Asia Hospital", city="Medan", country="ID")
    make.hospital(store, name="Columbia Asia Hospital", city="Tebrau")

    in_medan = make.see(store, matching.find_or_match_hospital, "Columbia Asia Hospital", city="Medan", country="ID")
    nowhere = make.see(store, matching.find_or_match_hospital, "Columbia Asia Hospital")

    assert in_medan.id == one
    assert nowhere.id is None and len(nowhere.candidates) == 2
    assert make.see(store, matching.find_or_match_hospital, " ") == matching.HouseMatch(id=None)


def test_a_name_made_only_of_common_words_is_compared_as_a_whole(store):
    key = make.hospital(store, name="Medical Centre")

    found = make.see(store, matching.find_or_match_hospital, "Medical Center")

    assert found.candidates[0][0] == key


def test_a_group_is_not_left_before_it_was_joined(store):
    key = make.hospital(store)
    joined = GroupMembershipDraft(organization_id=key, group="IHH", valid_from=dt.date(2024, 1, 1))
    make.do(store, network.join_group, joined)

    with pytest.raises(Refused) as refusal:
        make.do(store, network.leave_group, key, on=dt.date(2023, 1, 1))

    assert codes(refusal) == {"ENDS_BEFORE_START"}


def test_two_hospitals_join_one_group(store):
    one, other = make.hospital(store), make.hospital(store, name="Pantai Penang")
    for key in (one, other):
        make.do(store, network.join_group, GroupMembershipDraft(organization_id=key, group="IHH"))

    assert len(make.see(store, network.groups)) == 1


def test_the_houses_own_name_is_no_other_spelling_and_an_older_check_changes_no_day(store):
    house = make.hospital(store, last_verified_on=dt.date(2026, 11, 2))
    desk = make.made(store, network.add_contact, make.contact_draft(organization_id=house))

    make.do(store, network.remember_spelling, house, "GLENEAGLES hospital penang")
    make.do(store, network.verify_contact, desk, on=dt.date(2026, 10, 1))

    seen = make.see(store, network.organization, house)
    assert seen.also_known_as == ()
    assert seen.last_verified_on == dt.date(2026, 11, 2)


def test_agents_without_a_code_may_share_a_name(store):
    make.do(store, agents.add_agent, make.agent_draft(code=""))
    make.do(store, agents.add_agent, make.agent_draft(code=""))

    assert len(make.see(store, agents.agents)) == 2
