"""Every page of every paper about a person that leaves the office says at its foot whom that copy is for."""

import pypdfium2
import pytest

from liaison.domain.errors import Refused
from liaison.domain.privacy import Audience
from liaison.reports.catalogue import REPORTS
from tests.reports.every_variant import printed, variants

PEOPLE = {
    "case_summary", "claim_letter", "paper_letter", "itinerary", "benefit_estimate", "own_copy", "both_sides",
    "portfolio_cases",
}  # fmt: skip
FOOT = 0.11
"""The share of a page's height in which the footer stands."""


def feet(data):
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        yield "".join(text.get_text_bounded(top=page.get_height() * FOOT).split()).casefold()


def outside():
    return [
        (report.name, audience) for report in REPORTS if report.name in PEOPLE for audience in report.audiences
        if audience not in (Audience.INTERNAL, Audience.PUBLIC)
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "audience"), outside(), ids=lambda one: getattr(one, "value", one))
def test_the_receiver_stands_at_the_foot_of_every_page(sample_store, name, audience):
    tried = [v for v in variants(sample_store) if v.report == name and v.audience is audience]
    for variant in tried:
        try:
            made = printed(sample_store, variant, "en")
        except Refused:
            continue
        wanted = ["".join(one.split()).casefold() for one in (made.recipient, *(each.recipient for each in made.also))]
        for foot in feet(made.data):
            for one in wanted:
                assert one[:20] in foot, (variant.label, foot)
        return
    pytest.fail("no variant of it could be printed")
