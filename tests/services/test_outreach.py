from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from liaison.domain.agreements import AgreementDraft, AgreementKind, TransferBasis
from liaison.domain.data_requests import DataRequestDraft, DataSort, Decision, DecisionDraft
from liaison.domain.errors import Refused
from liaison.domain.indicators import Measure
from liaison.domain.outreach import (
    ChannelDraft,
    ChannelState,
    ChannelTestDraft,
    OutreachDraft,
    check_channel_test,
    check_outreach,
)
from liaison.domain.periods import Period
from liaison.services import agreements, data_requests, outreach
from liaison.services.measures import Question, measured
from tests import make

TODAY = dt.date(2026, 11, 2)


def codes(problems):
    return {p.code for p in problems}


def refused(store, *step, **more):
    with pytest.raises(Refused) as caught:
        make.do(store, *step, **more)
    return codes(caught.value.problems)


def agreement(store, **values):
    good = {
        "kind": AgreementKind.MOA, "title": "Joint laboratory", "signed_on": dt.date(2026, 1, 18),
        "protection_clause": "article 7", "sovereignty_clause": "article 8", "transfer_basis": TransferBasis.SAFEGUARDS,
    }  # fmt: skip
    return make.made(store, agreements.add_agreement, AgreementDraft(**{**good, **values}))


def request(store, under, **values):
    good = {
        "agreement_id": under, "asked_on": dt.date(2026, 10, 20), "asked_by": "Xuzhou Medical University",
        "country": "CN", "sort": DataSort.PSEUDONYMOUS, "what": "TB tests of 2026", "purpose": "validation",
        "clause": "article 9",
    }  # fmt: skip
    return make.made(store, data_requests.add_request, DataRequestDraft(**{**good, **values}))


GRANT = DecisionDraft(decision=Decision.GRANTED, decided_on=TODAY, reason="fits the clause")
REFUSE = DecisionDraft(decision=Decision.REFUSED, decided_on=TODAY, reason="no clause")


def test_a_request_under_a_whole_data_clause_can_be_granted_and_says_who_granted_it(store):
    key = request(store, agreement(store))
    assert make.see(store, data_requests.request, key).against == ()

    make.do(store, data_requests.decide, key, GRANT)

    line = make.see(store, data_requests.request, key)
    assert (line.decision, line.decided_by, line.agreement) == (Decision.GRANTED, make.OFFICER, "Joint laboratory")
    assert refused(store, data_requests.decide, key, REFUSE) == {"DECIDED_ALREADY"}
    assert refused(store, data_requests.edit_request, key, make.see(store, data_requests.request_draft, key)) == {
        "ANSWERED"
    }


@pytest.mark.parametrize(
    ("of_agreement", "of_request", "against"),
    [
        ({}, {"clause": " "}, {"NO_CLAUSE"}),
        ({"sovereignty_clause": ""}, {}, {"CLAUSE_MISSING"}),
        ({"transfer_basis": TransferBasis.NOT_STATED}, {}, {"CLAUSE_MISSING"}),
        ({"transfer_basis": TransferBasis.NO_DATA}, {}, {"NO_DATA"}),
        ({"signed_on": None}, {}, {"NOT_BINDING"}),
        ({"expires_on": dt.date(2026, 6, 1)}, {"sort": DataSort.AGGREGATED}, {"NOT_BINDING"}),
        ({"sovereignty_clause": ""}, {"sort": DataSort.AGGREGATED}, set()),
        ({}, {"agreement_id": None}, {"NO_AGREEMENT"}),
    ],
)
def test_without_a_clause_nothing_is_granted_and_every_reason_is_told(store, of_agreement, of_request, against):
    key = request(store, agreement(store, **of_agreement), **of_request)

    assert codes(make.see(store, data_requests.request, key).against) == against
    if against:
        assert refused(store, data_requests.decide, key, GRANT) == against
        make.do(store, data_requests.decide, key, REFUSE)
        assert make.see(store, data_requests.request, key).decision is Decision.REFUSED
    else:
        make.do(store, data_requests.decide, key, GRANT)


def test_an_answer_is_one_of_two_lies_after_the_question_and_not_ahead(store):
    key = request(store, agreement(store))

    early = DecisionDraft(decision=Decision.REFUSED, decided_on=dt.date(2026, 10, 1), reason="x")
    ahead = DecisionDraft(decision=Decision.OPEN, decided_on=TODAY + dt.timedelta(days=1), reason="x")
    assert refused(store, data_requests.decide, key, early) == {"BEFORE_ASKED"}
    assert refused(store, data_requests.decide, key, ahead) == {"NO_ANSWER", "IN_FUTURE"}
    blank = DecisionDraft(decision=Decision.REFUSED, decided_on=TODAY, reason=" ")
    assert refused(store, data_requests.decide, key, blank) == {"MISSING"}
    with pytest.raises(Refused):
        request(store, None, asked_on=TODAY + dt.timedelta(days=1))


def test_open_requests_stand_first_then_the_newest(store):
    key = agreement(store)
    answered = request(store, key, asked_on=dt.date(2026, 11, 1))
    make.do(store, data_requests.decide, answered, REFUSE)
    older, newer = request(store, key, asked_on=dt.date(2026, 9, 1)), request(store, key)
    make.do(store, data_requests.edit_request, older, make.see(store, data_requests.request_draft, older))

    assert [line.id for line in make.see(store, data_requests.request_lines)] == [newer, older, answered]


# outreach


def event(**values):
    good = {
        "title": "Indonesia Health Fest", "country": "KH", "city": "Sihanoukville", "held_on": dt.date(2026, 6, 1),
        "headcount": 800, "referrals": 12,
    }  # fmt: skip
    return OutreachDraft(**{**good, **values})


def test_an_event_leads_from_people_to_referrals_to_cases(store):
    key = make.made(store, outreach.add_outreach, event())
    case = make.journey(store)
    make.do(store, outreach.link_case, key, case)

    line = make.see(store, outreach.outreach, key)
    assert (line.headcount, line.referrals, [c[0] for c in line.cases]) == (800, 12, [case])
    assert refused(store, outreach.link_case, key, case) == {"LINKED_ALREADY"}
    for measure, count in (
        (Measure.OUTREACH_PEOPLE, 800),
        (Measure.OUTREACH_REFERRALS, 12),
        (Measure.OUTREACH_CASES, 1),
    ):
        assert make.see(store, measured, Question(measure=measure)).value == Decimal(count)
        assert make.see(store, measured, Question(measure=measure, period=Period.LAST_YEAR)).value == 0
    make.do(store, outreach.unlink_case, key, case)
    assert make.see(store, outreach.outreach, key).cases == ()
    make.do(store, outreach.edit_outreach, key, event(headcount=810))
    assert make.see(store, outreach.outreach_draft, key).headcount == 810


def test_an_event_s_figures_fit_each_other_and_the_calendar():
    assert check_outreach(event(), today=TODAY) == []
    assert codes(check_outreach(event(headcount=5), today=TODAY)) == {"MORE_THAN_CAME"}
    assert codes(check_outreach(event(held_on=dt.date(2027, 1, 1)), today=TODAY)) == {"IN_FUTURE"}
    assert codes(check_outreach(event(headcount=-1, referrals=None), today=TODAY)) == {"NEGATIVE"}
    assert codes(check_outreach(event(headcount=None, referrals=None), today=TODAY)) == {"NO_HEADCOUNT"}
    assert codes(check_outreach(event(country=""), today=TODAY)) == {"MISSING"}


# channels


def test_a_channel_is_leaned_on_only_while_somebody_answered_lately(store, clock):
    draft = ChannelDraft(topic="TB", authority="Dinas Kesehatan Medan", country="ID", how="061 4567")
    key = make.made(store, outreach.add_channel, draft)
    assert make.see(store, outreach.channel, key).state is ChannelState.NEVER

    make.do(store, outreach.try_channel, key, ChannelTestDraft(tested_on=TODAY, has_answered=True))
    line = make.see(store, outreach.channel, key)
    assert (line.state, line.tested_by) == (ChannelState.ANSWERS, make.OFFICER)
    clock.forward(days=181)
    assert make.see(store, outreach.channel, key).state is ChannelState.STALE
    make.do(store, outreach.try_channel, key, ChannelTestDraft(tested_on=TODAY + dt.timedelta(days=181)))
    assert make.see(store, outreach.channel, key).state is ChannelState.SILENT
    other = ChannelDraft(topic="TB", authority="Dinas Kesehatan Medan", country="ID", how="061 9999")
    make.do(store, outreach.edit_channel, key, other)
    assert make.see(store, outreach.channel, key).state is ChannelState.NEVER
    assert make.see(store, outreach.channel_draft, key) == other
    assert codes(check_channel_test(ChannelTestDraft(tested_on=TODAY + dt.timedelta(days=1)), today=TODAY)) == {
        "IN_FUTURE"
    }
