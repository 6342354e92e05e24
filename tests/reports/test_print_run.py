"""Many papers in one print: contents first, each paper with its own id and disclosure, refusals with their reason."""

import io
import shutil
from dataclasses import replace

import pikepdf
import pytest

from liaison.domain.errors import Refused
from liaison.domain.figures import Shown
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import Language
from liaison.reports import print_run
from liaison.reports.audited import OTHER_RELEASED
from liaison.reports.print_run import RunItem
from liaison.services import releases
from liaison.store.journal_tables import ActionKind
from tests import make, sampling
from tests.reports.reading import pages_of, squeezed

CITIES = ("Jakarta", "Surabaya", "Medan")


def city(name, language="id"):
    return RunItem(report="city_briefing", options={"city": name}, language=language, label=name)


def run_of(store, items, **more):
    with store.read() as session:
        parts = []
        for item in items:
            parts.append(print_run.make_part(session, item, parts))
        return print_run.bind(session, parts, language="id", **more)


def test_three_cities_are_one_print_with_their_pages_in_the_contents(sample_store):
    run = run_of(sample_store, [city(name) for name in CITIES])
    pages = pages_of(run.data)

    assert len(pages) == run.pages == 1 + sum(r.pages for r in run.results)
    for name, first in zip(CITIES, run.first_pages, strict=True):
        assert name in squeezed(pages[first - 1])
    assert all(result.id in squeezed(pages[0]) for result in run.results)
    assert run.action_kind is ActionKind.RELEASE


def test_printed_on_both_sides_each_paper_begins_on_a_sheet_of_its_own(sample_store):
    run = run_of(sample_store, [city(name) for name in CITIES], both_sides=True)

    assert all(first % 2 == 1 for first in run.first_pages)
    assert len(pikepdf.open(io.BytesIO(run.data)).pages) == run.pages


def test_the_same_papers_give_the_same_bytes(sample_store):
    items = [city("Medan"), city("Medan", "en")]

    assert run_of(sample_store, items).data == run_of(sample_store, items).data


def test_a_paper_that_may_not_be_printed_is_told_and_the_others_go_on(sample_store):
    case = RunItem(report="case_summary", options={"case": "MDN-26-A9999-0"}, language="id", label="MDN-26-A9999-0",
                   audience=Audience.HOSPITAL)  # fmt: skip
    run = run_of(sample_store, [case, city("Medan")])

    assert [part.result is None for part in run.parts] == [True, False]
    assert "MDN-26-A9999-0" in squeezed(pages_of(run.data)[0])
    with pytest.raises(Refused) as nothing:
        run_of(sample_store, [case])
    assert [p.code for p in nothing.value.problems] == ["NOTHING_TO_PRINT"]


def test_every_paper_of_a_run_is_on_record_by_its_own_id(sample_folder, tmp_path):
    shutil.copytree(sample_folder, tmp_path / "office")
    sample_copy = make.opened(tmp_path / "office", sampling.clock())
    run = run_of(sample_copy, [city("Medan"), city("Jakarta")])
    with sample_copy.write("Print run", kind=run.action_kind) as session:
        print_run.record_run(session, run)

    with sample_copy.read() as session:
        for result in run.results:
            kept = releases.release_called(session, result.id)
            assert releases.kept_pages(session, kept.id) == result.data
    sample_copy.close()


def all_but_one(figures):
    """A paper that tells of everybody behind a figure but one: laid beside that figure it gives the one away."""
    whole = max((f for f in figures if f.shown is Shown.NUMBER), key=lambda f: len(f.who))
    rest = frozenset(sorted(whole.who)[1:])
    return replace(whole, key=("all but one", "", ""), who=rest, low=len(rest), high=len(rest), value=len(rest))


def test_a_paper_of_a_run_is_audited_against_those_made_before_it(sample_store):
    with sample_store.read() as session:
        alone = print_run.make_part(session, city("Medan"))
        told = all_but_one(alone.result.figures)
        first = replace(alone, result=replace(alone.result, figures=(told,)))
        second = print_run.make_part(session, city("Medan"), [first])

    assert second.result.id != alone.result.id
    assert squeezed("".join(pages_of(second.result.data))) != squeezed("".join(pages_of(alone.result.data)))


@pytest.fixture
def own_office(sample_folder, tmp_path):
    shutil.copytree(sample_folder, tmp_path / "office")
    with make.opened(tmp_path / "office", sampling.clock()) as store:
        yield store


def record(store, run):
    with store.write("Print run", kind=run.action_kind) as session:
        print_run.record_run(session, run)


def test_a_paper_that_no_longer_goes_with_a_release_is_named(own_office):
    run = run_of(own_office, [city("Medan")])
    other = replace(run.results[0], figures=(all_but_one(run.results[0].figures),), id="R6-OTHER")
    record(own_office, replace(run, parts=(replace(run.parts[0], result=other),)))

    with pytest.raises(Refused) as refused:
        record(own_office, run)

    (found,) = refused.value.problems
    assert (found.code, found.values["paper"]) == ("OTHER_RELEASED", "Medan · ID")
    assert "Medan · ID" in found.text(Language("id"))


def test_a_run_of_which_one_paper_is_refused_puts_none_on_record(own_office, monkeypatch):
    run = run_of(own_office, [city("Jakarta"), city("Medan")])
    last, record_print = run.results[1].id, print_run.record_print

    def refuse_last(session, result):
        if result.id == last:
            raise Refused([Problem(code="OTHER_RELEASED", message=OTHER_RELEASED)])
        return record_print(session, result)

    monkeypatch.setattr(print_run, "record_print", refuse_last)
    with pytest.raises(Refused):
        record(own_office, run)

    with own_office.read() as session:
        assert [releases.release(session, result.id) for result in run.results] == [None, None]
