"""A printed number opens with the rows behind it, as they stand today; who held which copy is told until erased."""

import datetime as dt

import pytest

from liaison.domain.custody import CopyDraft
from liaison.domain.errors import Refused
from liaison.domain.privacy import Audience
from liaison.i18n import Language
from liaison.services import (
    custody,
    disclosure,
    erasure,
    explaining,
    journeys,
    list_copies,
    payments,
    releases,
    reprints,
    search,
    tracing,
)
from liaison.services.list_queries import ListQuery
from liaison.services.tracing import Traced
from tests import make
from tests.services.test_erasure import CANARIES, Person, despite, found_in, quick

__all__ = ["quick"]
ENGLISH = Language("en")


def printed(store, *figures, report_id="R6-77AA-1234-05", rows=(), people=(), asked=None):
    """A released paper that stands on these rows."""
    with store.write("Release", kind="release" if not people else "disclosure") as session:
        made = releases.record_release(
            session, report="city_briefing", report_id=report_id, parameters=asked or {"city": "Medan"}, figures={},
            language="en", audience=Audience.INTERNAL, sha256="ab" * 32, pages=1, title="City briefing",
            document=b"%PDF-1.4 seiten",
        ).made  # fmt: skip
        disclosure.record_inside(session, report="city_briefing", report_id=report_id, people=people)
        tracing.record_trace(session, made, rows=rows, figures=figures)
    return made


def opened(key, *cases, printed="10"):
    return Traced(label="Medan, journeys opened", period="2026", printed=printed, counted=len(cases),
                  rows=tuple(("journey", case) for case in cases))  # fmt: skip


def told(store, key, place=1):
    return make.see(store, explaining.explain, key, place)


def lines(store, key, place=1):
    return make.see(store, explaining.behind_lines, key, place)


def test_a_report_keeps_the_rows_behind_each_of_its_figures(store):
    first, second = make.journey(store), make.journey(store)
    key = printed(store, opened(1, first, second), opened(2, second, printed="*"), rows=[("patient", 77)])

    figures = make.see(store, tracing.figures_of, key)

    assert [(one.place, one.label, one.printed, one.counted) for one in figures] == [
        (1, "Medan, journeys opened", "10", 2), (2, "Medan, journeys opened", "*", 1),
    ]  # fmt: skip
    assert set(make.see(store, tracing.sources_of, key, 1)) == {("journey", first), ("journey", second)}
    assert make.see(store, tracing.sources_of, key, 2) == (("journey", second),)
    assert ("patient", 77) in make.see(store, tracing.sources_of, key)
    assert make.see(store, tracing.sources_of, key, 9) == ()


def test_a_figure_opens_with_its_cases_as_they_are_now(store, clock):
    case = make.journey(store, need="ring")
    other = make.journey(store)
    key = printed(store, opened(1, case, other))
    clock.forward(days=1)
    make.do(store, journeys.cancel, case, reason=journeys.CancelReason.COST, note="mahal")

    found = {line.key: line for line in lines(store, key)}

    assert found[case].has_changed
    assert not found[other].has_changed
    assert found[case].number.startswith("MDN")
    assert found[case].state is journeys.JourneyState.CANCELLED
    assert told(store, key).changed == 1


def test_a_star_opens_inside_the_office_and_says_so(store):
    key = printed(store, opened(1, make.journey(store), printed="*"))

    said = explaining.sentences_of(told(store, key), ENGLISH)

    assert "Nothing was changed" in said[0]
    assert said[1].startswith("On the paper this number is hidden")
    assert len(lines(store, key)) == 1


def test_a_report_has_only_the_figures_that_stand_on_it(store):
    key = printed(store, opened(1, make.journey(store)))

    with pytest.raises(Refused) as refused:
        told(store, key, 2)

    assert refused.value.problems[0].values == {"count": 1}
    assert told(store, key, 0).is_whole


def test_a_figure_without_rows_says_that_nothing_stands_behind_it(store):
    key = printed(store, Traced(label="Bahasa", printed="4", rows=()))

    assert explaining.sentences_of(told(store, key), ENGLISH) == ["No row of the store stands behind this."]


def test_an_erased_person_is_counted_and_no_longer_listed(store):
    person = Person(store)
    other = make.journey(store)
    key = printed(store, opened(1, person.journey, other), report_id="R6-77AA-1234-06")
    number = make.see(store, lambda s: s.get(journeys.JourneyRow, person.journey).case_no)
    typed = printed(store, opened(1, person.journey), report_id="R1-77AA-1234-07", asked={"case": number.lower()})
    person.close(store)

    erasure.erase_person(store, person.id, despite())

    assert make.see(store, releases.release, "R1-77AA-1234-07") is None
    assert make.see(store, tracing.sources_of, typed) == ()
    found = told(store, key)
    assert (found.rows, found.erased, found.gone) == (2, 1, 0)
    assert explaining.sentences_of(found, ENGLISH)[0] == "1 of 2 is no longer in the office: erased."
    assert [line.key for line in lines(store, key)] == [other]
    assert found_in(store) == set()


def test_what_leaves_once_more_stands_on_the_same_rows(store):
    case = make.journey(store)
    key = printed(store, opened(1, case))
    with store.write("Again", kind="release") as session:
        again = reprints.print_again(session, key).made

    assert make.see(store, tracing.sources_of, again, 1) == (("journey", case),)


def test_the_rows_are_sifted_sorted_and_written_like_any_list(store):
    cases = [make.journey(store), make.journey(store)]
    key = printed(store, opened(1, *cases), rows=[("claim", 5)])
    behind = explaining.behind(key, 1)
    query = ListQuery(text="", sort="number", descending=True)

    found = make.see(store, behind.asked, query)
    grid = make.see(store, lambda s: explaining.behind_grid(s, query, ENGLISH, release_id=key, place=1))
    page = make.see(store, explaining.behind_page, key, 1, [found[0].id])

    assert [line.number for line in found] == sorted((line.number for line in found), reverse=True)
    assert [row[1] for row in grid.rows] == [line.number for line in found]
    assert page == found[:1]
    assert [journey for _person, journey in explaining.people_of(found)] == [line.key for line in found]
    assert make.see(store, behind.asked, ListQuery(text="kind:claim")) == []


def test_letters_bills_and_houses_open_too(store):
    case = make.journey(store)
    house = make.hospital(store)
    bill = make.made(store, payments.record_bill, make.bill_draft(case))
    key = printed(store, rows=[("bill", bill), ("organization", house), ("patient", case)])

    found = {line.kind.value: line for line in lines(store, key, 0)}

    assert found["bill"].journey_id == case
    assert found["organization"].title
    assert set(found) == {"bill", "organization"}


def test_a_list_that_was_written_to_a_file_keeps_its_rows(store):
    case = make.journey(store)
    with store.write("List", kind="release") as session:
        made = list_copies.record_copy(
            session, "journeys", "", asked={}, rows=1, sha256="cd" * 32, language="id"
        ).made  # fmt: skip
        other = list_copies.record_copy(
            session, "printed_rows", "", asked={}, rows=1, sha256="ef" * 32, language="id",
            named=lambda read, _query: [(read.get(journeys.JourneyRow, case).patient_id, case)],
        ).made  # fmt: skip

    assert make.see(store, tracing.sources_of, made) == (("journey", case),)
    assert make.see(store, tracing.sources_of, other) == (("journey", case),)


@pytest.mark.parametrize("typed", ["R6-77AA-1234-05", "r6 77aa 1234 05", "R677AA123405", " R6-77AA-1234-05\n"])
def test_what_a_scanner_types_finds_exactly_the_printed_report(store, typed):
    make.journey(store)
    key = printed(store, opened(1, make.journey(store)))
    printed(store, report_id="R6-77AA-1234-06")

    found = make.see(store, search.find, typed)

    assert [(one.kind.value, one.id) for one in found] == [("PRINTED", key)]


# copies of papers about many


def handed(store, key, **values):
    draft = CopyDraft(**{"handed_to": "Ibu Ratna", "handed_on": dt.date(2026, 11, 2), **values})
    return make.made(store, custody.hand_out, key, draft)


def test_a_copy_that_an_erased_person_held_stays_without_the_name(store):
    person = Person(store)
    key = printed(store, people=[(person.id, person.journey)], report_id="R10-1111-2222-33")
    handed(store, key, handed_to="zulfanqa wirabuminx", house="keluarga", note="antar ke 0812-7766-5544")
    handed(store, key)
    handed(store, key, handed_to="Ibu Ratna", note="untuk Zulfanqa Wirabuminx")
    person.close(store)

    erasure.erase_person(store, person.id, despite())

    copies = make.see(store, custody.copies_of, key)
    assert [(one.number, one.handed_to, one.house, one.note) for one in copies] == [
        (1, "", "", ""), (2, "Ibu Ratna", "", ""), (3, "Ibu Ratna", "", ""),
    ]  # fmt: skip
    assert found_in(store) == set(), CANARIES


def test_a_name_of_one_word_goes_only_from_papers_that_speak_of_the_person(store):
    person = make.patient(store, full_name="Sutrisno", passport_name="")
    about = printed(store, people=[(person, None)], report_id="R10-1111-2222-33")
    other = printed(store, report_id="R10-1111-2222-34")
    handed(store, about, handed_to="Sutrisno")
    handed(store, other, handed_to="Sutrisno")

    erasure.erase_person(store, person, despite())

    assert [c.handed_to for c in make.see(store, custody.copies_of, about)] == [""]
    assert [c.handed_to for c in make.see(store, custody.copies_of, other)] == ["Sutrisno"]
