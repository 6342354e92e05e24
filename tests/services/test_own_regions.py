"""The office's own list of regions holds for every case at once, and can be taken back as one."""

from liaison.domain.patients import Region
from liaison.domain.roadshows import covered_regions
from liaison.services import own_regions
from liaison.services.list_of_journeys import journey_ids
from liaison.services.list_queries import ListQuery
from liaison.store.models import JourneyRow
from tests import make


def in_region(store, word):
    return sorted(make.see(store, journey_ids, ListQuery(text=f"wilayah:{word}")))


def test_cases_are_asked_for_by_the_offices_own_list_whenever_they_were_opened(store):
    medan = make.journey(store, make.patient(store, city="Medan"))
    surabaya = make.journey(store, make.patient(store, full_name="Budi Hartono", city="Surabaya", phone=""))
    assert (in_region(store, "barat"), in_region(store, "tengah")) == ([medan], [surabaya])

    make.do(store, own_regions.set_region, "12", Region.EAST)

    assert (in_region(store, "barat"), in_region(store, "timur")) == ([], [medan])
    assert in_region(store, "tengah") == [surabaya]


def test_a_region_chosen_by_hand_stays_whatever_the_list_says(store):
    case = make.journey(store, make.patient(store, city="Medan"))
    make.do(store, lambda s: setattr(s.get(JourneyRow, case), "region", Region.CENTRAL))

    make.do(store, own_regions.set_region, "12", Region.EAST)

    assert (in_region(store, "tengah"), in_region(store, "timur")) == ([case], [])


def test_the_usual_list_is_restored_as_one_step(store):
    make.do(store, own_regions.set_region, "35", Region.EAST)
    make.do(store, own_regions.set_region, "12", Region.CENTRAL)
    own = make.see(store, own_regions.own_regions)
    assert covered_regions("Surabaya", own) == (Region.EAST,)

    make.do(store, own_regions.restore_regions)
    assert make.see(store, own_regions.own_regions) == {}
    assert covered_regions("Surabaya") == (Region.CENTRAL, Region.EAST)
