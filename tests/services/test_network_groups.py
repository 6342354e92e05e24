"""Hospital groups over time: who belongs to which on a day, corrected and undone."""

import datetime as dt
from dataclasses import replace

import pytest

from liaison.domain.errors import Refused
from liaison.domain.network import GroupMembershipDraft
from liaison.i18n import Language
from liaison.services import network, network_groups
from tests import make

BOUGHT = dt.date(2024, 11, 5)
BEFORE = BOUGHT - dt.timedelta(days=1)


@pytest.fixture
def island(store):
    """A hospital that changed hands."""
    key = make.hospital(store, name="Island Hospital")
    old = GroupMembershipDraft(organization_id=key, group="Affinity", valid_to=BEFORE)
    make.do(store, network.join_group, old)
    new = GroupMembershipDraft(organization_id=key, group="IHH", valid_from=BOUGHT, source="press release")
    make.do(store, network.join_group, new)
    return key


def members(store, name, day):
    found = {line.name: line for line in make.see(store, network_groups.groups_on, day)}
    return found[name], make.see(store, network_groups.members_on, found[name].id, day)


def test_a_group_shows_its_members_on_the_day_asked_for(store, island):
    for day, count in ((BEFORE, 0), (BOUGHT, 1)):
        line, rows = members(store, "IHH", day)
        assert (line.members, line.ever, [r.is_member for r in rows]) == (count, 1, [bool(count)])
    _line, rows = members(store, "IHH", BOUGHT)
    assert (rows[0].name, rows[0].source) == ("Island Hospital", "press release")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (None, None, "It belongs to “KPJ”, the days are not known. Say first until when, or since when."),
        (None, BEFORE, "It already belongs to “KPJ” until 4 Nov 2024. Begin on the day after, or correct that entry."),
        (BEFORE, None, "It belongs to “KPJ” since 4 Nov 2024. Say first until when."),
        (BEFORE, BOUGHT, "It already belongs to “KPJ” from 4 Nov 2024 to 5 Nov 2024."),
    ],
)
def test_an_overlap_is_refused_with_the_other_group_and_its_days(store, first, last, said):
    key = make.hospital(store)
    make.do(
        store, network.join_group,
        GroupMembershipDraft(organization_id=key, group="KPJ", valid_from=first, valid_to=last),
    )  # fmt: skip

    with pytest.raises(Refused) as refusal:
        make.do(store, network.join_group, GroupMembershipDraft(organization_id=key, group="IHH"))

    (problem,) = refusal.value.problems
    assert problem.code == "GROUP_OVERLAPS"
    assert problem.text(Language("en")).replace("\u00a0", " ").startswith(said)


def test_an_entry_is_corrected_and_taken_off(store, island):
    _line, rows = members(store, "IHH", BOUGHT)
    draft = make.see(store, network_groups.membership_draft, rows[0].id)
    assert draft.group == "IHH"

    later = replace(draft, group="IHH Healthcare", valid_from=BOUGHT + dt.timedelta(days=30))
    make.do(store, network_groups.edit_membership, rows[0].id, later)
    with pytest.raises(Refused):
        make.do(store, network_groups.edit_membership, rows[0].id, replace(later, valid_from=BEFORE))

    assert make.see(store, network.organization, island).group == "IHH Healthcare"
    make.do(store, network_groups.remove_membership, rows[0].id)
    assert make.see(store, network.organization, island).group == ""


def test_a_group_is_renamed_but_never_to_the_name_of_another(store, island):
    key = members(store, "IHH", BOUGHT)[0].id
    for name in ("affinity", " "):
        with pytest.raises(Refused):
            make.do(store, network_groups.rename_group, key, name)

    make.do(store, network_groups.rename_group, key, "IHH Healthcare Malaysia")

    assert make.see(store, network.organization, island).group == "IHH Healthcare Malaysia"
