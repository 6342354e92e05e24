"""The same quarter inside and outside: Insight counts exactly, the public briefing prints the rounded figure."""

import pypdfium2

from liaison.domain.insight import Question, Scope
from liaison.domain.periods import Period
from liaison.domain.privacy import Audience, public_count
from liaison.reports.briefing_gather import gather
from liaison.reports.briefing_public import has_year_before, times
from liaison.reports.making import make_report
from liaison.services import insight
from liaison.services.insight_views import Word
from tests import make


def persons_last_quarter(store):
    answer = make.see(store, insight.ask, Question.CITY, Scope(city="Medan", period=Period.LAST_QUARTER))
    line = next(x for x in answer.tables[0].lines if x.cells[0] is Word.OPENED)
    return int(line.cells[3])


def opened_in_each_quarter(store, clock, counts):
    """So many persons of Medan in each of the four closed quarters, over its three months, too few for single ones."""
    import datetime as dt

    firsts = (dt.date(2025, 10, 10), dt.date(2026, 1, 10), dt.date(2026, 4, 10), dt.date(2026, 7, 10))
    number = 0
    for first, count in zip(firsts, counts, strict=True):
        for place in range(count):
            number += 1
            day = first.replace(month=first.month + place % 3)
            person = make.patient(store, full_name=f"Pasien Nomor {number}", phone="")
            key = make.journey(store, person, origin_city="Medan")
            with store.write("Date the case") as session:
                from liaison.store.models import JourneyRow

                session.get(JourneyRow, key).opened_on = day


def test_the_briefing_prints_the_rounded_figure_of_what_insight_counts(store, clock):
    opened_in_each_quarter(store, clock, (9, 11, 13, 23))

    exact = persons_last_quarter(store)

    with store.read() as session:
        view = gather(session, "Medan")
        shown = times(view.city.opened, compare=has_year_before(view.cities))
        made = make_report(session, "city_briefing", {"city": "Medan"}, language="en", audience=Audience.PUBLIC)
    assert exact == 23 == view.city.opened[0].quarters[-1]
    assert shown.parts == 4
    assert shown.now[-1] == public_count(exact)
    text = _text(made)
    assert "25" in text
    assert "23" not in text.replace("2023", "")


def _text(made):
    pdf = pypdfium2.PdfDocument(made.data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()
