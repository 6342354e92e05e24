"""An officer's own headline on real papers: in the bytes and the id, told in the workbook, held to its paper."""

from dataclasses import replace

import pytest

from liaison.domain.errors import Refused
from liaison.domain.privacy import Audience
from liaison.i18n import Language
from liaison.reports.blocks import Columns, Fact, Facts, Heading, Headline, Note, QrNote, Span, Text
from liaison.reports.headlines import headlines_of, reworded, texts_on, told_in_twin
from liaison.reports.making import make_report, record_print
from liaison.reports.report import Prepared
from liaison.services.releases import kept_pages, release
from tests import make, sampling
from tests.reports import fill
from tests.reports.reading import TITLE, text_of


def paper(store, options=None, name="city_briefing", **more):
    with store.read() as session:
        asked = {"city": "Medan"} if name == "city_briefing" else {}
        return make_report(session, name, {**asked, **(options or {})}, language="en", **more)


def refusals(store, **options):
    with pytest.raises(Refused) as caught:
        paper(store, options)
    return [(problem.code, problem.field) for problem in caught.value.problems]


@pytest.fixture(scope="module")
def busy_store(tmp_path_factory):
    """An office with enough people in Medan for a briefing of three pages."""
    with make.new_store(tmp_path_factory.mktemp("busy") / "store", make.TestClock(sampling.AS_OF)) as store:
        fill.fill(store, 400, cities={"Medan": 1})
        yield store


@pytest.fixture(scope="module")
def made(busy_store):
    return paper(busy_store)


def test_the_own_sentence_stands_on_the_page_and_makes_another_paper_of_it(busy_store, made):
    own = f"Seen from Medan: {made.headlines[1].generated}"[:110]

    one = paper(busy_store, {"headline2": f"  {own} "})

    assert " ".join(own.split()) in text_of(one.data)
    assert one.id != made.id
    assert one.parameters["headline2"] == " ".join(own.split())
    assert [line.own for line in one.headlines] == ["", " ".join(own.split()), ""]
    assert [line.generated for line in one.headlines] == [line.generated for line in made.headlines]


def test_the_sentence_that_was_made_typed_again_changes_nothing(busy_store, made):
    again = paper(busy_store, {"headline": made.headlines[0].generated, "headline2": "  "})

    assert (again.id, again.data, again.parameters) == (made.id, made.data, made.parameters)


def test_everything_against_every_headline_is_told_at_once(busy_store):
    found = refusals(busy_store, headline="No figure", headline2="99,999 people came " * 20, headline9="n = 1")

    assert found == [
        ("NO_SUCH_HEADLINE", "headline9"), ("HEADLINE_WITHOUT_FIGURE", "headline"),
        ("HEADLINE_NOT_PRINTED", "headline2"), ("HEADLINE_TOO_LONG", "headline2"),
    ]  # fmt: skip


def test_a_patient_an_insurer_and_a_small_group_stay_out_of_a_public_headline(store):
    make.patient(store, full_name="Rotua Simbolon")
    make.insurer(store, name="Bumi Sentosa Life")
    with store.read() as session:
        plain = make_report(session, "city_briefing", {"city": "Medan"}, language="en").headlines[0].generated

    assert ("HEADLINE_NAMES", "headline") in refusals(store, headline=f"{plain} Rotua Simbolon")
    assert ("HEADLINE_NAMES", "headline") in refusals(store, headline=f"{plain} Bumi Sentosa Life")
    assert ("HEADLINE_SMALL_GROUP", "headline") in refusals(store, headline=f"{plain} and two patients")


def test_the_released_paper_keeps_its_words_and_gives_the_same_bytes_again(store):
    first = paper(store, name="clock_list")
    own = f"Look: {first.headlines[0].generated}"
    result = paper(store, {"headline": own}, name="clock_list")
    with store.write(result.action_title, kind=result.action_kind) as session:
        record_print(session, result)

    with store.read() as session:
        kept = release(session, result.id)
        assert kept.parameters["headline"] == own
        assert kept_pages(session, kept.id) == result.data
    assert paper(store, {"headline": own}, name="clock_list").id == result.id


def test_the_workbook_says_which_headline_is_the_officers_own(busy_store, made):
    own = f"{made.headlines[0].generated}!"
    one = paper(busy_store, {"headline": own})

    told = told_in_twin(one.headlines, Language("en"))

    assert list(told.values()) == [own, made.headlines[0].generated]
    assert told_in_twin(made.headlines, Language("en")) == {}


def test_headlines_and_texts_are_found_inside_columns_too():
    inside = Columns(left=(Headline(text="a 1"),), right=(Headline(text="b 2"),))

    assert [one.text for one in headlines_of([TITLE, inside, Headline(text="c 3")])] == ["a 1", "b 2", "c 3"]
    several = (Span("12", strong=True), Span(" people"))
    blocks = [Text(words=several), Facts(facts=(Fact(key="n", words="3"),)), QrNote(words=(), content="secret 7")]
    assert list(texts_on(blocks)) == ["12 people", "n", "3"]
    assert list(texts_on(Heading(text="h", anchor="page7"))) == ["h", "", ""]


def test_own_words_change_the_headline_alone_so_that_a_statement_that_does_not_close_stays_a_draft(store, clock):
    title = replace(TITLE, banner="DRAFT · INTERNAL")
    blocks = [title, Headline(text="5 claims"), Note(words="DRAFT: 5 left over")]
    prepared = Prepared(view=None, lay_out=lambda _language: blocks, as_of=clock(), office="")

    with store.read() as session:
        done = reworded(session, prepared, blocks, {"headline": "Look: 5 claims"}, Audience.INTERNAL, frozenset)

    assert done.blocks == [title, Headline(text="Look: 5 claims"), blocks[2]]
