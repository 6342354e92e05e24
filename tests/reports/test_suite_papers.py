"""Ages of claims, portfolio statement and annex, hospital booklet, one sheet for both sides."""

import dataclasses
import datetime as dt

import pypdfium2
import pytest
import sqlalchemy as sa

from liaison.domain.claims import ClaimState
from liaison.domain.documents import DocumentKind
from liaison.domain.errors import Refused
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.domain.periods import Span
from liaison.domain.privacy import Audience
from liaison.domain.work import WaitingOn
from liaison.exchange.workbook import write
from liaison.i18n import Language
from liaison.reports import ageing, ageing_view, both_sides, portfolio, portfolio_account
from liaison.reports.blocks import AskBox, Note, Title
from liaison.reports.booklet_pages import saddle
from liaison.reports.briefing_tally import Tally
from liaison.reports.briefing_view import Year
from liaison.reports.lint import check_pages
from liaison.reports.making import make_report, record_print
from liaison.reports.portfolio_figures import WHATS, Figures, Part, earlier, span_called
from liaison.services import both_sides as sides
from liaison.services import payments
from liaison.services.claim_account import Account, Entry
from liaison.services.disclosure import disclosures_of_case
from liaison.store.models import ClaimRow, JourneyRow, OrganizationRow
from tests import make
from tests.reports import samples
from tests.reports.reading import drawn, fonts_of, has_ink_near_an_edge, text_of
from tests.services.test_claim_account import day, followed

TODAY = dt.date(2026, 11, 20)
BOTH_LANGUAGES = pytest.mark.parametrize("language", ["id", "en"])


def report(store, name, *, audience=None, language="en", **options):
    return make.see(store, make_report, name, options, language=language, audience=audience)


def insurer_of(store):
    """The insurer with most claims."""
    asked = (
        sa.select(OrganizationRow.id, OrganizationRow.name)
        .join(ClaimRow, ClaimRow.insurer_id == OrganizationRow.id)
        .group_by(OrganizationRow.id)
        .order_by(sa.func.count().desc())
    )
    return make.see(store, lambda session: session.execute(asked).first())


# ages of claims


def unpaid(**changes):
    values = {
        "id": 1, "claim_no": "KL-1", "case_no": "MDN-26-A0001-5", "insurer": "Nusa Proteksi", "hospital": "Island",
        "currency": "MYR", "minor": 1_000_000, "age_days": 12, "home_days": 20, "state": ClaimState.IN_REVIEW,
        "waiting_on": WaitingOn.INSURER, "waiting_for": "", "step": "Telepon", "step_due": TODAY,
    }  # fmt: skip
    return ageing_view.UnpaidClaim(**{**values, **changes})


def ages(*claims, books=None):
    sums = {}
    for claim in claims:
        sums[claim.currency] = sums.get(claim.currency, 0) + claim.minor
    return ageing_view.AgeingView(
        as_of=samples.at(20, 14, 5), office=samples.OFFICE, insurer="", claims=claims,
        books=tuple((books or sums).items()), ends=ageing_view.month_ends(TODAY), before=(), rates=(),
    )  # fmt: skip


def test_the_six_month_ends_are_those_before_today():
    assert [str(one) for one in ageing_view.month_ends(dt.date(2026, 3, 5))] == [
        "2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31", "2026-01-31", "2026-02-28",
    ]  # fmt: skip


@pytest.mark.parametrize(("days", "band"), [(-3, 0), (0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3)])
def test_an_age_is_in_one_of_four_bands(days, band):
    assert ageing_view.band_of(days) == band


@BOTH_LANGUAGES
def test_ages_stand_by_currency_and_are_never_added_up(language):
    view = ages(unpaid(), unpaid(id=2, currency="IDR", minor=5_000_000_00, insurer="", age_days=95, home_days=None))
    blocks = ageing.lay_out(view, Language(language))
    data, printed = drawn(blocks)
    text = text_of(data)

    assert [p for p in check_pages(blocks, printed) if p.severity == "error"] == []
    assert "Nusa Proteksi" in text
    assert Language(language)("Not stated") in text
    assert Language(language)("DRAFT · INTERNAL") not in text


def test_lines_that_differ_from_the_books_make_a_draft_that_says_by_how_much():
    blocks = ageing.lay_out(ages(unpaid(), books={"MYR": 900_000}), Language("en"))
    title, note = blocks[0], next(block for block in blocks if isinstance(block, Note))

    assert isinstance(title, Title)
    assert title.banner == "DRAFT · INTERNAL"
    assert "RM1,000.00" in note.words


def test_ages_of_an_office_without_claims_say_so(store):
    assert "0 claims are unpaid" in text_of(report(store, "ageing").data)


def test_ages_of_the_office_add_up_to_the_list_of_claims_and_write_down_whom_they_are_about(sample_store):
    result = report(sample_store, "ageing")

    assert "Checked:" in text_of(result.data)
    assert result.names_people
    assert result.audience is Audience.INTERNAL


# periods


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("", "2026-07-01", "2026-09-30"), ("month", "2026-10-01", "2026-10-31"),
        ("2026-02", "2026-02-01", "2026-02-28"), ("2025-q4", "2025-10-01", "2025-12-31"),
    ],
)  # fmt: skip
def test_a_period_is_a_month_or_a_quarter_that_ended(text, first, last):
    span = span_called(text, TODAY)

    assert (str(span.first), str(span.last)) == (first, last)


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-Q5", "2026-11", "2026-Q4", "kemarin", "0001-01"])
def test_a_period_that_is_none_or_still_runs_is_refused(text):
    with pytest.raises(Refused):
        span_called(text, TODAY)


def test_the_period_a_year_earlier_has_the_same_months():
    span = span_called("2026-Q1", TODAY)

    assert str(earlier(span, 12).first) == "2025-01-01"
    assert str(earlier(span, 3).last) == "2025-12-31"


# the account


def broken_account():
    over = followed(approved=100_000, payments=((day(20), 120_000),))
    entry = Entry(claim=over, opening=100_000, new=0, paid=120_000, rejected=0, closing=0)
    return Account(currency="MYR", entries=(entry,))


def test_an_account_that_does_not_close_stands_as_a_draft_with_the_difference_and_its_claims_on_top():
    blocks = portfolio_account.draft_blocks([broken_account()], Language("en"))
    text = text_of(drawn([samples_title(), *blocks])[0])

    assert isinstance(blocks[0], AskBox)
    assert "−RM200.00" in text
    assert "KL-1" in text
    assert "more was paid than was due" in text


def test_an_account_that_closes_has_nothing_on_top():
    closing = dataclasses.replace(broken_account().entries[0], paid=100_000)

    assert portfolio_account.draft_blocks([Account(currency="MYR", entries=(closing,))], Language("id")) == []


def samples_title():
    return Title(kind="Uji", banner="INTERNAL", source="n = 3. 2026 14.05", note="")


# the statement and its annex


@BOTH_LANGUAGES
def test_a_statement_for_the_insurer_hides_small_numbers_and_carries_no_number_of_a_person(sample_store, language):
    key, name = insurer_of(sample_store)
    result = report(sample_store, "portfolio", audience=Audience.INSURER, language=language, house=str(key))
    text = text_of(result.data)

    assert name in text
    assert not result.names_people
    counts = [
        cell
        for grid in result.grids
        for row in grid.rows
        for cell in map(str, row[1:4])
        if cell.isdecimal() and grid.title != Language(language)("Account of the period")
    ]
    assert all(int(cell) % 5 == 0 for cell in counts)


def test_inside_the_office_the_statement_is_exact_and_has_the_account(sample_store):
    key, _name = insurer_of(sample_store)
    text = text_of(report(sample_store, "portfolio", audience=Audience.INTERNAL, house=str(key)).data)

    assert "INTERNAL" in text
    assert "Account of the period" in text
    assert "balances" in text


def test_a_statement_of_a_house_nobody_knows_is_refused(sample_store):
    with pytest.raises(Refused):
        report(sample_store, "portfolio", house="Tidak Ada")


def test_the_annex_lists_what_may_be_told_and_ties_to_the_account(sample_store):
    key, _name = insurer_of(sample_store)
    inside = report(sample_store, "portfolio_cases", audience=Audience.INTERNAL, house=str(key))
    outside = report(sample_store, "portfolio_cases", audience=Audience.INSURER, house=str(key))

    assert "Checked:" in text_of(outside.data)
    assert len(outside.people) <= len(inside.people)
    assert {one.patient_id for one in outside.people} <= {one.patient_id for one in inside.people}


def test_a_draft_statement_says_so_in_its_banner():
    view = statement(accounts=(broken_account(),))
    blocks = portfolio.lay_out(view, Language("en"))
    title = blocks[0]

    assert isinstance(title, Title)
    assert title.banner.startswith("DRAFT")
    assert "does not close" in text_of(drawn(blocks)[0])


def statement(**changes):
    year = Year(start=dt.date(2026, 7, 1), end=dt.date(2026, 9, 30))
    no_reasons = Tally({}, ({}, {}), name="", years=(year, year))

    def part(first, last):
        people = {**dict.fromkeys(WHATS, 0), "asked": 40, "sent": 30}
        return Part(span=Span(first=first, last=last), people=people, took=(), billed={}, estimate=portfolio.Sample())

    figures = Figures(
        now=part(dt.date(2026, 7, 1), dt.date(2026, 9, 30)), before=part(dt.date(2026, 4, 1), dt.date(2026, 6, 30)),
        year_ago=part(dt.date(2025, 7, 1), dt.date(2025, 9, 30)), reasons=no_reasons,
    )  # fmt: skip
    values = {
        "as_of": samples.at(20, 14, 5), "office": samples.OFFICE, "insurer_id": 1, "insurer": "Nusa Proteksi",
        "country": "ID", "is_exact": False, "figures": figures, "accounts": (), "ages": (),
        "age_people": (20, 10, 0, 0), "unpaid_people": 30,
    }  # fmt: skip
    return portfolio.StatementView(**{**values, **changes})


# the booklet


def test_pages_stand_in_the_order_of_folding():
    assert saddle(4) == [(4, 1), (2, 3)]
    assert saddle(8) == [(8, 1), (2, 7), (6, 3), (4, 5)]
    with pytest.raises(ValueError, match="multiple of four"):
        saddle(6)


@BOTH_LANGUAGES
def test_a_booklet_for_outsiders_has_every_desk_and_no_median(sample_store, language):
    result = report(sample_store, "booklet", language=language, city="Penang")
    text = text_of(result.data)
    document = pypdfium2.PdfDocument(result.data)
    wide, high = document[0].get_size()
    document.close()

    assert (round(wide / 72 * 25.4), round(high / 72 * 25.4)) == (148, 210)
    assert "Gleneagles Hospital Penang" in text
    assert Language(language)("First letter") not in text
    assert not has_ink_near_an_edge(result.data)
    assert {name.split("-")[0] for name in fonts_of(result.data)} <= {"IBMPlexSans"}


def test_inside_the_office_a_booklet_tells_how_long_letters_take(sample_store):
    assert "working hours, median" in text_of(
        report(sample_store, "booklet", audience=Audience.INTERNAL, city="Penang").data
    )


def test_a_booklet_on_sheets_has_the_same_figures_two_pages_to_a_side(sample_store):
    pages = report(sample_store, "booklet", city="Penang")
    sheets = report(sample_store, "booklet", city="Penang", form="sheets")
    document = pypdfium2.PdfDocument(sheets.data)
    wide, high = document[0].get_size()
    document.close()

    assert (round(wide / 72 * 25.4), round(high / 72 * 25.4)) == (297, 210)
    assert sheets.pages * 2 >= pages.pages
    assert sheets.pages % 2 == 0
    assert sheets.grids == pages.grids


def test_a_booklet_in_a_form_nobody_knows_is_refused(sample_store):
    with pytest.raises(Refused):
        report(sample_store, "booklet", form="rol")


# both sides


def figure(item=sides.Item.CLAIMED, hospital=100_000, insurer=100_000, **said):
    def value(minor):
        return Money(minor, "MYR") if isinstance(minor, int) else minor

    return sides.Figure(
        item=item,
        hospital=sides.Said(value=value(hospital), document="B-1", kind=DocumentKind.BILL_FINAL_ITEMISED,
                            is_verified=True),
        insurer=sides.Said(value=value(insurer), document="KL-1", is_verified=False),
        **said,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "differs"),
    [
        (figure(), False),
        (figure(insurer=99_999), True),
        (figure(insurer=None), False),
        (figure(sides.Item.ESTIMATE, 90_000, 100_000), False),
        (figure(sides.Item.ESTIMATE, 110_000, 100_000), True),
        (figure(sides.Item.ROOM, "2 tempat tidur", "2 Tempat Tidur "), False),
        (figure(sides.Item.ROOM, "VIP", "2 tempat tidur"), True),
        (figure(sides.Item.ADMITTED, TODAY, TODAY - dt.timedelta(days=1)), True),
    ],
)
def test_a_figure_differs_only_where_both_say_it_and_say_it_differently(one, differs):
    assert one.is_different is differs


@BOTH_LANGUAGES
def test_the_sheet_lists_each_difference_with_its_step_and_marks_what_has_no_document(language):
    found = sides.BothSides(
        journey_id=1, patient_id=1, case_no="MDN-26-A0412-5", hospital="Island Hospital", hospital_ref="",
        hospital_country="MY", insurer="Nusa Proteksi", insurer_ref="", gl_no="GL-1",
        figures=(figure(insurer=90_000), figure(sides.Item.SHARE, 5_000, 5_000)),
    )  # fmt: skip
    view = both_sides.SheetView(as_of=samples.at(20, 14, 5), office=samples.OFFICE, sides=found)
    blocks = both_sides.lay_out(view, Language(language))
    data, printed = drawn(blocks)
    text, words = text_of(data), Language(language)

    assert [p for p in check_pages(blocks, printed) if p.severity == "error"] == []
    assert "+RM100" in text
    assert words("no step yet") in text
    assert words("unverified") in text


def case_of(store):
    """A case of a hospital and an insurer, nothing stated yet."""
    person = make.patient(store)
    cover = make.cover(store, person)
    house = make.hospital(store)
    return make.journey(store, person, cover_id=cover, hospital_id=house)


def test_a_difference_becomes_one_step_and_no_second_one(store):
    key = case_of(store)
    make.do(store, payments.record_bill, make.bill_draft(key, BillKind.FINAL, amount=Money(500_000, "MYR")))
    make.do(store, claim_of, key, 400_000)
    (apart,) = make.see(store, sides.both_sides, key).differences
    assert (apart.item, apart.apart, apart.step) == (sides.Item.CLAIMED, Money(100_000, "MYR"), None)

    first = make.do(store, sides.open_difference_steps, key)
    second = make.do(store, sides.open_difference_steps, key)

    assert [one.kind for one in first.touched].count("task") == 1
    assert [one.kind for one in second.touched].count("task") == 0
    (apart,) = make.see(store, sides.both_sides, key).differences
    assert apart.step is not None
    assert apart.step.who is WaitingOn.HOSPITAL


def claim_of(session, journey_id, minor):
    case = session.get_one(JourneyRow, journey_id)
    row = ClaimRow(
        claim_no="KL-9", claim_no_key="kl9", patient_id=case.patient_id, cover_id=case.cover_id, journey_id=journey_id,
        state=ClaimState.SUBMITTED, state_since=make.START, currency="MYR", billed_minor=minor, submitted_on=TODAY,
        aged_from=TODAY,
    )  # fmt: skip
    session.add(row)
    session.flush()


def test_the_sheet_goes_to_both_sides_with_a_line_for_each_of_them(sample_store, tmp_path):
    asked = sa.select(JourneyRow.case_no).where(JourneyRow.hospital_id.is_not(None)).order_by(JourneyRow.id.desc())
    number = make.see(sample_store, lambda session: session.scalars(asked).first())
    result = report(sample_store, "both_sides", case=number, emergency="pasien di meja operasi")

    assert result.recipient
    assert [one.audience for one in result.also] == [Audience.INSURER]
    assert report(sample_store, "both_sides", case=number, emergency="pasien di meja operasi").data == result.data


def test_each_side_gets_its_own_disclosure(store):
    key = case_of(store)
    number = make.see(store, lambda session: session.get_one(JourneyRow, key).case_no)
    result = report(store, "both_sides", case=number, emergency="pasien di meja operasi")
    with store.write(result.action_title, kind=result.action_kind) as session:
        record_print(session, result)

    lines = make.see(store, disclosures_of_case, key)
    assert {line.audience for line in lines} == {Audience.HOSPITAL, Audience.INSURER}
    assert {line.report_id for line in lines} == {result.id}


def test_the_twins_of_the_new_papers_are_workbooks_with_the_same_figures(sample_store, tmp_path):
    key, _name = insurer_of(sample_store)
    made = [report(sample_store, "ageing"), report(sample_store, "booklet", city="Penang"),
            report(sample_store, "portfolio", audience=Audience.INTERNAL, house=str(key))]  # fmt: skip
    for number, result in enumerate(made):
        target = tmp_path / f"{number}.xlsx"
        write(result.grids, target, about={"Report": result.title}, language=Language("en"))
        assert result.grids
        assert target.stat().st_size > 4_000
