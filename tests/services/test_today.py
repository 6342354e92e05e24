"""The officer's day: whose it is, patience that runs out, cases without a step, several steps at once."""

import datetime as dt

import pytest

from liaison.domain.action_plans import ActivityDraft, Horizon
from liaison.domain.agreements import AgreementDraft, AgreementKind, Area, KeptDraft
from liaison.domain.errors import Refused
from liaison.domain.outreach import ChannelDraft, ChannelTestDraft
from liaison.domain.work import WaitingOn
from liaison.services import action_plans, agreements, journeys, office, outreach, today, work
from liaison.services.today import PATIENCE, TaskGroup
from liaison.store.models import TaskRow
from tests import make

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def case(store):
    return make.journey(store)


def add(store, journey, title="langkah", due=None, **more):
    draft = make.task_draft(journey_id=journey, title=title, due_at=due, **more)
    return make.made(store, work.add_task, draft)


def lines(store, group, read=today.today_view):
    found = next(g for g in make.see(store, read).groups if g.group is group)
    return [line.id for line in found.lines]


def due_of(store, *keys):
    return [make.see(store, lambda s, k=key: s.get(TaskRow, k).due_at) for key in keys]


def test_who_waits_without_a_date_comes_back_when_patience_runs_out(store, case, clock):
    key = add(store, case, waiting_on=WaitingOn.INSURER)

    clock.now += PATIENCE - HOUR
    still = lines(store, TaskGroup.WAITING), lines(store, TaskGroup.LATE)
    clock.now += 2 * HOUR
    over = lines(store, TaskGroup.WAITING), lines(store, TaskGroup.LATE)

    assert (still, over) == (([key], []), ([], [key]))
    late = next(g for g in make.see(store, today.today_view).groups if g.group is TaskGroup.LATE).lines[0]
    assert late.late_since == late.waiting_since + PATIENCE
    assert make.see(store, today.tasks_of, case)[0].group is TaskGroup.LATE
    assert make.see(store, today.late_count) == 1


def test_a_step_without_a_date_does_not_hide_that_a_case_has_no_next_step(store, case):
    add(store, case)

    assert [line.journey_id for line in _stuck(store)] == [case]


def test_whoever_is_waited_for_is_a_next_step(store, case):
    add(store, case, waiting_on=WaitingOn.HOSPITAL)

    assert _stuck(store) == ()


def test_a_step_of_a_claim_is_a_step_of_its_case(store, clock):
    from liaison.services import claims

    person = make.patient(store)
    case = make.journey(store, person)
    cover = make.cover(store, person)
    claim = make.made(store, claims.file_claim, make.claim_draft(journey_id=case, patient_id=person, cover_id=cover))
    for line in make.see(store, today.tasks_of, case):
        make.do(store, work.finish_task, line.id)
    assert _stuck(store)

    make.do(store, work.add_task, make.task_draft(claim_id=claim, due_at=clock() + HOUR))

    assert _stuck(store) == ()


def test_a_case_on_hold_rests(store, case):
    make.do(store, journeys.hold, case, reason="keluarga menimbang")

    assert _stuck(store) == ()


def _stuck(store):
    return next(g for g in make.see(store, today.today_view).groups if g.group is TaskGroup.NO_STEP).lines


def test_tomorrow_has_a_group_of_its_own(store, case, clock):
    key = add(store, case, due=clock() + dt.timedelta(days=1))

    assert lines(store, TaskGroup.TOMORROW) == [key]


def test_of_two_steps_at_one_time_the_promise_to_the_patient_goes_first(store, case, clock):
    at = clock() - HOUR
    house = add(store, case, due=at, waiting_on=WaitingOn.HOSPITAL)
    family = add(store, case, due=at, waiting_on=WaitingOn.PATIENT)
    urgent = add(store, case, due=at + HOUR / 2, waiting_on=WaitingOn.INSURER, is_urgent=True)

    assert lines(store, TaskGroup.LATE) == [urgent, family, house]


def test_an_officers_day_has_their_own_and_what_is_nobodys(store, clock):
    other = make.made(store, office.add_officer, make.officer_draft(name="Tono"))
    theirs = make.journey(store, officer_id=other)
    mine = make.journey(store)
    own = add(store, mine, due=clock() + HOUR)
    add(store, theirs, due=clock() + HOUR, officer_id=other)
    nobodys = make.made(store, work.add_task, make.task_draft(due_at=clock() + 2 * HOUR))
    with store.write("Test step") as session:
        session.get(TaskRow, nobodys).officer_id = None

    assert lines(store, TaskGroup.TODAY, today.own_day) == [own, nobodys]
    assert len(lines(store, TaskGroup.TODAY)) == 3


def test_several_steps_are_put_off_together_or_not_at_all(store, case, clock):
    keys = [add(store, case, due=clock() + HOUR) for _n in range(3)]
    until = clock() + dt.timedelta(days=1)

    with pytest.raises(Refused):
        make.do(store, work.snooze_tasks, [*keys, 1], until=until)
    before = due_of(store, *keys)
    make.do(store, work.snooze_tasks, keys, until=until)

    assert before == [clock() + HOUR] * 3
    assert due_of(store, *keys) == [until] * 3


def test_several_steps_are_ticked_off_and_one_that_is_done_stays_as_it_is(store, case, clock):
    keys = [add(store, case, due=clock() + HOUR) for _n in range(2)]
    make.do(store, work.finish_task, keys[0], note="sudah")

    changes = make.do(store, work.finish_tasks, keys)

    assert {t.id for t in changes.touched if t.kind == "task"} == {keys[1]}
    assert lines(store, TaskGroup.DONE) == [keys[1], keys[0]] or set(lines(store, TaskGroup.DONE)) == set(keys)


def test_a_plan_past_its_day_and_a_channel_nobody_tried_stand_apart_from_what_is_late(store, clock):
    agreement = make.made(store, agreements.add_agreement, AgreementDraft(
        kind=AgreementKind.SERVICE, title="Surat", signed_on=dt.date(2025, 1, 1)))  # fmt: skip
    late = ActivityDraft(agreement_id=agreement, area=Area.JOINT_LAB, title="Buka laboratorium", owner="Kemenkes",
                         horizon=Horizon.SHORT, due_on=dt.date(2026, 10, 1))  # fmt: skip
    activity = make.made(store, action_plans.add_activity, late)
    channel = make.made(store, outreach.add_channel, ChannelDraft(
        topic="TB", authority="Dinas Kesehatan", country="ID", how="telepon"))  # fmt: skip

    view = make.see(store, today.own_day)

    found = next(g for g in view.groups if g.group is TaskGroup.OFFICE)
    assert [(x.subject_id, x.part, x.officer) for x in found.lines] == [
        (activity, "plan", "Kemenkes"), (channel, "channels", ""),
    ]  # fmt: skip
    assert view.count(TaskGroup.LATE) == 0
    make.do(store, action_plans.close_activity, activity, KeptDraft(finished_on=dt.date(2026, 11, 2), evidence="foto"))
    make.do(store, outreach.try_channel, channel, ChannelTestDraft(tested_on=dt.date(2026, 11, 2), has_answered=True))
    assert make.see(store, today.own_day).count(TaskGroup.OFFICE) == 0
    clock.forward(days=181)
    again = next(g for g in make.see(store, today.own_day).groups if g.group is TaskGroup.OFFICE)
    assert [(x.subject_id, x.officer) for x in again.lines] == [(channel, make.OFFICER)]
