"""Lists that are read whole: their filter, order, headings, and the files made of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from liaison.domain.action_plans import ActivityDraft, Horizon
from liaison.domain.agreements import AgreementDraft, AgreementKind, Area
from liaison.domain.data_requests import DataRequestDraft, DataSort
from liaison.domain.errors import Refused
from liaison.domain.indicators import IndicatorDraft, Level
from liaison.domain.outreach import ChannelDraft, OutreachDraft
from liaison.i18n import Language
from liaison.services import action_plans, agreements, data_requests, indicators, outreach
from liaison.services.exports import export
from liaison.services.list_of_agreements import AGREEMENTS
from liaison.services.list_of_outreach import CHANNELS, OUTREACH, REQUESTS
from liaison.services.list_of_plans import ACTIVITIES, INDICATORS
from liaison.services.list_queries import ListQuery
from tests import make

EVERY = (AGREEMENTS, ACTIVITIES, INDICATORS, REQUESTS, CHANNELS, OUTREACH)
NAMES = ("agreements", "plan", "indicators", "data_requests", "channels", "outreach")


@pytest.fixture
def register(store):
    """Two agreements and one row of everything beside the first."""
    first = make.made(store, agreements.add_agreement, AgreementDraft(
        kind=AgreementKind.MOU, title="Standar kesehatan", parties=("NHC",), country="CN", place="Beijing",
        signed_on=dt.date(2024, 11, 9), expires_on=dt.date(2026, 12, 1), areas=(Area.STANDARDS,),
    ))  # fmt: skip
    make.made(store, agreements.add_agreement,
              AgreementDraft(kind=AgreementKind.TALKS, title="Kamboja", country="KH"))  # fmt: skip
    make.made(store, action_plans.add_activity, ActivityDraft(
        agreement_id=first, area=Area.TRAINING, title="Kursus", horizon=Horizon.SHORT, owner="Kemenkes",
        due_on=dt.date(2026, 10, 1),
    ))  # fmt: skip
    make.made(store, indicators.add_indicator, IndicatorDraft(
        agreement_id=first, area=Area.TRAINING, name="Staf dilatih", level=Level.OUTPUT, target=Decimal(5),
    ))  # fmt: skip
    make.made(store, data_requests.add_request, DataRequestDraft(
        agreement_id=first, asked_on=dt.date(2026, 10, 1), asked_by="NHC", sort=DataSort.PERSONAL, what="x",
        purpose="y", country="CN",
    ))  # fmt: skip
    make.made(store, outreach.add_channel, ChannelDraft(topic="TBC", authority="Dinkes", country="ID", how="portal"))
    make.made(store, outreach.add_outreach,
              OutreachDraft(title="Fest", country="KH", city="Sihanoukville", held_on=dt.date(2024, 6, 1)))  # fmt: skip
    return store


def titles(store, text, **query):
    return [line.title for line in make.see(store, AGREEMENTS.asked, ListQuery(text=text, **query))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["Standar kesehatan", "Kamboja"]),
        ("nhc", ["Standar kesehatan"]),
        ("negotiation", ["Kamboja"]),
        ("status:signed", ["Standar kesehatan"]),
        ("-status:signed", ["Kamboja"]),
        ("jenis:talks", ["Kamboja"]),
        ("negara:tiongkok", ["Standar kesehatan"]),
        ("country:china", ["Standar kesehatan"]),
        ("kota:beijing", ["Standar kesehatan"]),
        ("tenggat<=30", ["Standar kesehatan"]),
        ("due>30", []),
        ("due=29", []),
        ("due>=29", ["Standar kesehatan"]),
        ("due<29", []),
    ],
)
def test_the_one_grammar_sifts_the_register(register, text, found):
    assert titles(register, text) == found


@pytest.mark.parametrize("text", ["rs:island", "status:banana", "tenggat:besok", "stauts:signed"])
def test_what_the_register_cannot_be_asked_is_refused(register, text):
    with pytest.raises(Refused):
        titles(register, text)


def test_rows_without_the_value_stand_last_whichever_way_the_order_runs(register):
    for descending in (False, True):
        assert titles(register, "", sort="signed", descending=descending)[-1] == "Kamboja"


@pytest.mark.parametrize("listed", EVERY, ids=[each.name for each in EVERY])
def test_every_list_can_be_put_in_every_order_and_under_every_heading(register, listed):
    with register.read() as session:
        for sort in ("", *listed.sorts):
            for descending in (False, True):
                ids = listed.ids(session, ListQuery(sort=sort, descending=descending))
                assert len(ids) == listed.count(session).all == len(listed.page(session, ids)) > 0
        for group in listed.groups:
            found = listed.in_groups(session, ListQuery(group=group))
            assert sum(each.count for each in found) == listed.footing(session, ListQuery()).rows
            assert all(each.label.text(Language("id")) for each in found)
        for line in listed.lines(session):
            assert all(isinstance(text, str) for text in listed.words(line))


@pytest.mark.parametrize("name", NAMES)
def test_every_list_goes_into_a_file_with_a_value_for_each_column(register, name):
    with register.read() as session:
        grid = export(session, name, "", Language("id"))

        assert grid.rows
        assert {len(row) for row in grid.rows} == {len(grid.columns)}
