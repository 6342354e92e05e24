"""Every step of the agreements and of what stands beside them is taken back and brought again, to the last field."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from liaison.domain.action_plans import ActivityDraft, Horizon, MilestoneDraft
from liaison.domain.agreements import (
    AgreementDraft,
    AgreementKind,
    Area,
    EndingDraft,
    KeptDraft,
    ObligationDraft,
    PartyDraft,
)
from liaison.domain.data_requests import DataRequestDraft, DataSort, Decision, DecisionDraft
from liaison.domain.indicators import IndicatorDraft, Level, ValueDraft
from liaison.domain.outreach import ChannelDraft, ChannelTestDraft, OutreachDraft
from liaison.domain.tb_tests import TbResult, TbResultDraft, TbTestDraft
from liaison.services import action_plans, agreements, data_requests, indicators, outreach, tb_tests
from liaison.store.base import Base
from tests import make

DAY = dt.date(2026, 11, 2)
KEPT = KeptDraft(finished_on=DAY, evidence="minutes")
TABLES = (
    "agreement", "agreement_party", "obligation", "plan_activity", "plan_milestone", "indicator", "indicator_value",
    "data_request", "report_channel", "outreach_event", "outreach_case", "tb_test",
)  # fmt: skip


def everything(store):
    with store.read() as session:
        return {
            name: sorted(
                tuple(row._mapping[c] for c in Base.metadata.tables[name].c if c.name != "version")
                for row in session.execute(Base.metadata.tables[name].select())
            )
            for name in TABLES
        }


def test_every_step_is_undone_and_redone_to_the_last_field(store):
    case, house = make.journey(store), make.hospital(store)
    before, states, actions = everything(store), [], []

    def step(function, *arguments):
        with store.write("Step") as session:
            made = function(session, *arguments).made
            actions.append(int(session.info["action_id"]))
        states.append(everything(store))
        return made

    key = step(agreements.add_agreement, AgreementDraft(kind=AgreementKind.MOU, title="A", parties=("X",),
                                                        signed_on=DAY))  # fmt: skip
    party = step(agreements.add_party, PartyDraft(agreement_id=key, name="Y"))
    step(agreements.edit_party, party, PartyDraft(agreement_id=key, name="Y", organization_id=house))
    step(agreements.remove_party, party)
    promise = step(agreements.add_obligation, ObligationDraft(agreement_id=key, who="X", what="z"))
    step(agreements.close_obligation, promise, KEPT)
    activity = step(action_plans.add_activity, ActivityDraft(agreement_id=key, area=Area.TRAINING, title="T",
                                                             horizon=Horizon.SHORT, owner="X"))  # fmt: skip
    milestone = step(action_plans.add_milestone, MilestoneDraft(activity_id=activity, title="M", due_on=DAY))
    step(action_plans.close_milestone, milestone, KEPT)
    step(action_plans.close_activity, activity, KEPT)
    counted = step(indicators.add_indicator, IndicatorDraft(agreement_id=key, area=Area.TRAINING, name="I",
                                                            level=Level.OUTPUT, baseline=Decimal(1)))  # fmt: skip
    value = step(indicators.record_value, ValueDraft(indicator_id=counted, on_date=DAY, value=Decimal(2), evidence="e"))
    step(indicators.remove_value, value)
    request = step(data_requests.add_request, DataRequestDraft(agreement_id=key, asked_on=DAY, asked_by="X", what="w",
                                                               sort=DataSort.PERSONAL, purpose="p"))  # fmt: skip
    step(data_requests.decide, request, DecisionDraft(decision=Decision.REFUSED, decided_on=DAY, reason="r"))
    channel = step(outreach.add_channel, ChannelDraft(topic="TB", authority="X", country="ID", how="h"))
    step(outreach.try_channel, channel, ChannelTestDraft(tested_on=DAY, has_answered=True))
    event = step(outreach.add_outreach, OutreachDraft(title="F", country="KH", held_on=DAY))
    step(outreach.link_case, event, case)
    step(outreach.unlink_case, event, case)
    step(tb_tests.record_test, TbTestDraft(journey_id=case, offered_on=DAY, tested_on=DAY))
    step(tb_tests.write_result, case, TbResultDraft(result=TbResult.NEGATIVE, result_on=DAY))
    step(agreements.end_agreement, key, EndingDraft(terminated_on=DAY, terminated_because="b"))

    for number in range(len(actions) - 1, -1, -1):
        undone = store.undo(actions[number])
        assert everything(store) == (states[number - 1] if number else before)
        again = store.undo(undone)
        assert everything(store) == states[number]
        store.undo(again)
    assert everything(store) == before
