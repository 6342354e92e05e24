"""What a reader may see is said field by field; a field of which nothing is said leaves the office on no paper."""

import dataclasses
import typing

import pytest

from liaison.domain.privacy import Audience
from liaison.domain.roadshows import GuestDraft, NeedDraft
from liaison.reports import reader_tags
from liaison.reports.benefit_view import BenefitView
from liaison.reports.both_sides import SheetView
from liaison.reports.case_view import CaseView, redacted
from liaison.reports.catalogue import REPORTS
from liaison.reports.claim_view import ClaimLetterView
from liaison.reports.itinerary_view import ItineraryView
from liaison.reports.own_copy import OwnCopyView
from liaison.reports.paper_letter import PaperLetterView
from liaison.reports.portfolio_cases import AnnexView
from liaison.reports.reader_tags import WHOLE, check_shown, differences, is_tagged, shown_to, tag_of
from liaison.reports.roadshow_view import Eye
from tests.reports.samples import case_view

OUTSIDE = tuple(one for one in Audience if one is not Audience.INTERNAL)
VIEWS = (CaseView, ClaimLetterView, PaperLetterView, ItineraryView, BenefitView, OwnCopyView, SheetView, AnnexView)
NAMES_PEOPLE = frozenset(
    {"case_summary", "claim_letter", "paper_letter", "itinerary", "benefit_estimate", "own_copy", "both_sides",
     "portfolio_cases"}
)  # fmt: skip


def parts_of(view):
    """Every dataclass that a view is made of, itself first."""
    found, waiting = {}, [view]
    while waiting:
        kind = waiting.pop()
        if typing.get_args(kind):
            waiting.extend(typing.get_args(kind))
        elif isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind not in found:
            found[kind] = None
            if not issubclass(kind, WHOLE):
                waiting.extend(typing.get_type_hints(kind).values())
    return list(found)


PARTS = list(dict.fromkeys(part for view in VIEWS for part in parts_of(view) if not issubclass(part, WHOLE)))


def with_a_new_column(kind):
    """The class as it is when somebody adds a column and says nothing about its readers."""
    return dataclasses.make_dataclass(
        kind.__name__, [("added", str, "RAHASIA")], bases=(kind,), frozen=True, slots=True, kw_only=True
    )


def example(kind):
    """An object of a class in which every field holds nothing, but for what was added."""
    fields = {each.name: "" for each in dataclasses.fields(kind) if each.init and each.name != "added"}
    return kind(**fields)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part.__module__.rpartition('.')[2]}.{part.__name__}")
def test_a_column_that_nobody_tagged_is_missing_for_every_reader_outside(part):
    one = example(with_a_new_column(part))

    for audience in OUTSIDE:
        assert shown_to(one, audience).added == ""
        assert shown_to((one,), audience)[0].added == ""
    assert shown_to(one, Audience.INTERNAL).added == "RAHASIA"


def test_a_paper_that_holds_more_than_its_reader_may_see_is_not_made():
    view = case_view(note="catatan dalam")

    with pytest.raises(TypeError, match="more than hospital may see"):
        check_shown(view, Audience.HOSPITAL)
    check_shown(redacted(view, Audience.HOSPITAL), Audience.HOSPITAL)
    check_shown(view, Audience.INTERNAL)


def test_every_part_of_a_paper_about_a_person_says_who_reads_it():
    silent = [part.__name__ for part in PARTS if not is_tagged(part)]
    assert silent == []


def test_a_part_that_says_nothing_of_its_readers_stops_the_paper():
    @dataclasses.dataclass(frozen=True)
    class Forgotten:
        name: str = "Rina"

    with pytest.raises(TypeError, match="Forgotten says nothing"):
        shown_to((Forgotten(),), Audience.HOSPITAL)


def test_every_report_that_may_name_somebody_outside_is_held_here():
    figures_only = {
        "directory", "city_briefing", "agreements", "breach_persons", "breach_authority", "erasure_certificate",
        "city_pack", "insurer_sheet", "leakage", "roadshow_invitations", "roadshow_follow_up", "booklet", "portfolio",
    }  # fmt: skip
    leaves = {report.name for report in REPORTS if set(report.audiences) != {Audience.INTERNAL}}
    assert leaves == NAMES_PEOPLE | figures_only


@pytest.mark.parametrize("kind", [GuestDraft, NeedDraft])
def test_a_new_field_of_a_roadshow_reaches_no_page(kind):
    added = dataclasses.make_dataclass(
        kind.__name__, [("added", str, dataclasses.field(default="", metadata=_said()))], bases=(kind,), frozen=True,
        slots=True, kw_only=True,
    )  # fmt: skip

    for audience in OUTSIDE:
        assert Eye(audience).text(added, "added", "RAHASIA") == ""


def _said():
    from liaison.domain.fields import field

    return dict(field("Added", default="").metadata)


def test_a_field_may_be_named_only_where_it_is():
    with pytest.raises(AttributeError, match="CaseView has no field nickname"):
        reader_tags.show_fields(CaseView, "nickname", Audience.HOSPITAL)


# told in words


def test_two_readers_differ_in_the_fields_that_one_of_them_does_not_see():
    hospital, insurer = (redacted(case_view(), one) for one in (Audience.HOSPITAL, Audience.INSURER))

    told = {one.label: one.counts for one in differences((hospital, insurer))}

    assert told["Policy number"] == (0, 1)
    assert told["Medical record"] == (1, 0)
    assert told["Companions"] == (1, 0)
    assert "Diagnosis" not in told and "Name as in the passport" not in told


def test_what_a_case_does_not_have_is_no_difference():
    empty = case_view(policy_no="", companions=())

    told = {one.label for one in differences((redacted(empty, Audience.HOSPITAL), redacted(empty, Audience.INSURER)))}

    assert not told & {"Policy number", "Companions"}


def test_the_copy_without_names_lacks_what_names_the_person():
    views = tuple(redacted(case_view(), one) for one in (Audience.INTERNAL, Audience.PUBLIC))

    told = {one.label: one.counts for one in differences(views)}

    assert {"Name as in the passport", "Birth date", "Case number", "Hospital", "Telephone"} <= set(told)
    assert told["Time line"][0] > told["Time line"][1] > 0


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_every_field_that_readers_see_differently_has_a_name_for_it(view):
    readers = {
        CaseView: (Audience.HOSPITAL, Audience.INSURER, Audience.PUBLIC, Audience.INTERNAL),
        ClaimLetterView: (Audience.FAMILY, Audience.HOSPITAL, Audience.INSURER),
        PaperLetterView: (Audience.FAMILY, Audience.HOSPITAL, Audience.INSURER),
    }.get(view, ())
    for part in parts_of(view):
        if issubclass(part, WHOLE):
            continue
        for each in dataclasses.fields(part):
            sees = {reader for reader in readers if reader in tag_of(part, each).audiences}
            outside = set(readers) - {Audience.INTERNAL}
            if sees and sees != outside:
                flags = each.name.startswith("has_") or each.name == "phone_owner"
                assert flags or reader_tags.label_of(part, each.name), (part.__name__, each.name)
