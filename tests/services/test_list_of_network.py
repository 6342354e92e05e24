"""The lists of the network: filter, order, groups, and what is written of them."""

import pytest

from liaison.domain.errors import Refused
from liaison.domain.network import Desk, OrganizationKind
from liaison.i18n import Language
from liaison.services import exports, network
from liaison.services.list_of_network import GROUPS, SORTS, Part
from liaison.services.list_queries import ListQuery
from tests import make

HOSPITALS = Part(name="hospitals", kinds=(OrganizationKind.HOSPITAL,))
DESKS = Part(name="contacts", desks=True)


@pytest.fixture
def houses(store):
    penang = make.hospital(store, name="Island Hospital", city="Penang", specialties=("Kardiologi",))
    johor = make.hospital(store, name="KPJ Johor", city="Johor Bahru", phone="+6075550101")
    make.insurer(store, name="Nusa Proteksi")
    make.made(
        store, network.add_contact,
        make.contact_draft(organization_id=penang, name="Hesti", desk=Desk.INDONESIA_DESK, phone="+6045550142",
                           languages=("id", "zh")),
    )  # fmt: skip
    return {"Island Hospital": penang, "KPJ Johor": johor}


def asked(store, part, text="", **more):
    found = make.see(store, part.asked, ListQuery(text=text, **more))
    return [line.house if part.desks else line.name for line in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["Island Hospital", "KPJ Johor"]), ("kota:penang", ["Island Hospital"]), ("-kota:penang", ["KPJ Johor"]),
        ("city:johor", ["KPJ Johor"]), ("kardio", ["Island Hospital"]), ("bahasa:x", None), ("0101", ["KPJ Johor"]),
        ('"bahasa zh"', ["Island Hospital"]), ("tionghoa", ["Island Hospital"]), ("rs:kpj", ["KPJ Johor"]),
        ("negara:my", ["Island Hospital", "KPJ Johor"]), ("jenis:hospital", ["Island Hospital", "KPJ Johor"]),
        ("status:usang", ["Island Hospital", "KPJ Johor"]), ("tahap<5", None), ("status:bingung", None),
        ("jenis:kebun", None), ("nobody", []),
    ],
)  # fmt: skip
def test_a_filter_line_says_which_houses(store, houses, text, found):
    if found is None:
        with pytest.raises(Refused):
            asked(store, HOSPITALS, text)
    else:
        assert asked(store, HOSPITALS, text) == found


def test_desks_are_filtered_by_the_same_line(store, houses):
    assert asked(store, DESKS, "hesti kota:penang") == ["Island Hospital"]
    assert asked(store, DESKS, "0142") == ["Island Hospital"]
    with pytest.raises(Refused):
        asked(store, DESKS, "negara:my")


@pytest.mark.parametrize("part", [HOSPITALS, DESKS])
@pytest.mark.parametrize("sort", [*SORTS, ""])
def test_every_order_runs_both_ways_over_the_same_rows(store, houses, part, sort):
    up = asked(store, part, sort=sort)
    assert sorted(up) == sorted(asked(store, part, sort=sort, descending=True))
    if sort == "city" and not part.desks:
        assert up == ["KPJ Johor", "Island Hospital"]


@pytest.mark.parametrize("part", [HOSPITALS, DESKS])
@pytest.mark.parametrize("group", list(GROUPS))
def test_groups_count_every_row_once_in_the_order_of_the_list(store, houses, part, group):
    query = ListQuery(group=group)
    groups = make.see(store, part.groups, query)
    ids = make.see(store, part.ids, query)
    assert sum(g.count for g in groups) == len(ids) == make.see(store, part.count).all
    assert [g.first for g in groups] == [sum(g.count for g in groups[:n]) for n in range(len(groups))]
    assert all(g.label.text(Language("id")) for g in groups)


def test_what_it_can_be_narrowed_to_is_what_it_holds(store, houses):
    choices = make.see(store, HOSPITALS.choices, ListQuery(text="nobody"))
    assert choices.cities == ("Johor Bahru", "Penang")
    assert choices.services == ("Kardiologi",)
    assert set(choices.languages) == {"id", "zh"}


def test_what_is_written_are_the_rows_asked_for_in_their_order(store, houses):
    grid = make.see(store, exports.network_grid, HOSPITALS, ListQuery(sort="city"))
    desks = make.see(store, exports.network_grid, DESKS, ListQuery())
    assert [row[0] for row in grid.rows] == ["KPJ Johor", "Island Hospital"]
    assert [(row[0], row[3]) for row in desks.rows] == [("Island Hospital", "Hesti")]
