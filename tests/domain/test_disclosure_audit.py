"""The audit hides as little as it can, and a figure once printed stays as it was printed."""

import datetime as dt

from liaison.domain.disclosure_audit import Cell, audit
from liaison.domain.figures import Counted, Gate, Shown, passing
from liaison.domain.guarding import NOTHING, Earlier, lay_out_guarded
from liaison.domain.privacy import HELD_BACK, on_paper, public_count
from liaison.reports.briefing_public import categories, spread
from liaison.reports.briefing_view import Sample

OCTOBER = dt.date(2026, 10, 1)


def figure(name, who, low, high, **more):
    return Cell(name=name, who=frozenset(who), low=low, high=high, is_draft=True, **more)


def page(**sets):
    """Lays out one number for each set of people."""

    def lay_out():
        counts = [public_count(Counted.of(who, name, start=OCTOBER)) for name, who in sets.items()]
        return [one.sign if one.value is None else one.value for one in map(on_paper, counts)]

    return lay_out


def test_a_single_star_is_safe():
    found = audit([figure("few", range(3), 1, 7)])

    assert found.is_safe
    assert not found.held_back


def test_a_rest_between_two_close_figures_is_protected_by_hiding_the_cheaper_one():
    inner, outer = set(range(100)), set(range(102))

    found = audit([figure("inner", inner, 100, 100), figure("outer", outer, 102, 102)])

    assert found.held_back == {"inner"}


def test_a_house_that_knows_most_of_a_small_cell_is_a_reader_too():
    cell = [figure("few", range(6), 1, 7)]

    assert not audit(cell, {"hospital": frozenset({0, 1})}).held_back
    assert audit(cell, {"hospital": frozenset({0, 1, 2, 3, 4})}).held_back == {"few"}


def test_what_only_older_papers_give_away_is_counted_and_nothing_is_hidden_for_it():
    old = [Cell(name=None, who=frozenset({1, 2}), low=2, high=2)]

    found = audit([*old, figure("many", {1, 2, *range(10, 60)}, 50, 54, can_be_hidden=False)])

    assert (found.given_away, found.held_back) == (1, frozenset())


def test_a_hidden_figure_of_any_size_has_a_sign_of_its_own():
    houses = {"insurer": frozenset(range(5))}

    found = lay_out_guarded(page(few=set(range(6)), many=set(range(40))), Earlier(houses=houses))

    assert found.result == [HELD_BACK, 40]
    assert [one.shown for one in found.gate.all_figures] == [Shown.HELD_BACK, Shown.NUMBER]


def test_a_number_printed_once_is_printed_the_same_again_and_a_late_case_is_a_correction():
    first = lay_out_guarded(page(many=set(range(42))), NOTHING)
    later = Earlier(figures=first.gate.all_figures, houses={})

    again = lay_out_guarded(page(many=set(range(53))), later)

    assert first.result == again.result == [40]
    assert [(one.value, one.shown) for one in again.gate.all_figures] == [(55, Shown.CORRECTION)]


def test_a_correction_that_would_give_the_late_cases_away_is_not_printed():
    first = lay_out_guarded(page(many=set(range(42))), NOTHING)
    later = Earlier(figures=first.gate.all_figures, houses={"hospital": frozenset(range(42))})

    again = lay_out_guarded(page(many=set(range(43))), later)

    assert again.result == [40]
    assert again.gate.all_figures == [] or {one.value for one in again.gate.all_figures} == {45}


def test_a_hidden_figure_stays_hidden_in_the_next_paper():
    houses = {"insurer": frozenset(range(5))}
    first = lay_out_guarded(page(few=set(range(6))), Earlier(houses=houses))

    again = lay_out_guarded(page(few=set(range(6))), Earlier(figures=first.gate.all_figures, houses={}))

    assert first.result == again.result == [HELD_BACK]


def test_a_figure_that_knows_nobody_is_held_back():
    with passing(Gate()):
        assert on_paper(public_count(40)).is_star


def test_a_median_printed_once_is_printed_the_same_again():
    def of(shift, people):
        return Sample(
            values=tuple(float(n + shift) for n in range(people)), people=Counted.of(range(people), "hours"), houses=3
        )

    first = lay_out_guarded(lambda: spread(of(0, 20)), NOTHING)
    again = lay_out_guarded(lambda: spread(of(1, 22)), Earlier(figures=first.gate.all_figures, houses={}))

    assert first.result.median == again.result.median == 9.5


def test_nearly_everybody_of_a_small_line_in_one_sensitive_category_hides_the_line():
    counts = {"Cancer": (40, 0), "Heart": (4, 0)}

    shown = categories(counts, other="Other", compare=False, is_sensitive=True)

    assert all(one.count.now.is_star for one in shown) or len(shown) == 1
