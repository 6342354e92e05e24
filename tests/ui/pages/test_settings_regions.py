"""The office's own list of regions in the settings: changed at once, told what it means, restored and undone."""

from liaison.domain.patients import Region
from liaison.services.own_regions import own_regions


def texts(part):
    return [label.whole_text() for label in part.hears.values()]


def test_a_province_is_moved_restored_and_the_restoring_undone(at_home):
    part = at_home.go("settings", part="regions")._shown
    before = texts(part)

    part.choices["31"].set_value(Region.CENTRAL)
    part.choices["31"].changed.emit()
    at_home.settle()
    assert at_home.see(own_regions) == {"31": Region.CENTRAL}
    assert texts(part) != before
    assert part.notes["31"].whole_text()

    part.restore()
    at_home.settle()
    assert at_home.see(own_regions) == {}
    assert texts(part) == before
    at_home.frame.undo()
    at_home.settle()

    assert part.choices["31"].value() is Region.CENTRAL


def test_the_usual_region_chosen_again_is_no_own_one(at_home):
    part = at_home.go("settings", part="regions")._shown
    for region in (Region.CENTRAL, Region.WEST):
        part.choices["12"].set_value(region)
        part.choices["12"].changed.emit()
        at_home.settle()

    assert at_home.see(own_regions) == {}
    assert not part.notes["12"].whole_text()
