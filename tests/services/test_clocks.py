"""Clocks of the office, read from what happened: who must act, for how long, and how long such things took."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from liaison.domain.errors import Refused
from liaison.domain.guarantees import GuaranteeState as G
from liaison.domain.journeys import EntryMode
from liaison.domain.journeys import JourneyState as S
from liaison.domain.network import AdministratorLinkDraft, Desk
from liaison.domain.targets import ClockKind, TargetDraft, Unit
from liaison.services import clocks, guarantees, network, policies, targets, today
from tests import make

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = dt.datetime(2026, 11, 2, 9, tzinfo=WIB)
YEAR_AGO = MONDAY - dt.timedelta(days=365)


def letter(store, **values):
    """A letter that is asked for at nine on Monday, at an insurer with an administrator."""
    person, insurer = make.patient(store), make.insurer(store)
    desk = make.made(store, network.add_organization, make.administrator_draft())
    make.do(store, network.link_administrator, AdministratorLinkDraft(administrator_id=desk, insurer_id=insurer))
    policy = make.made(store, policies.add_policy, make.policy_draft(insurer_id=insurer, administrator_id=desk))
    cover = make.made(store, policies.add_cover, make.cover_draft(patient_id=person, policy_id=policy))
    key = make.journey(store, person, entry_mode=EntryMode.RUNNING, state=S.PREAUTH)
    draft = make.guarantee_draft(journey_id=key, cover_id=cover, requested_at=MONDAY, **values)
    return make.made(store, guarantees.request_guarantee, draft), insurer, desk


def target(store, organization_id, amount, unit=Unit.HOURS, kind=ClockKind.GL_INITIAL):
    draft = TargetDraft(organization_id=organization_id, kind=kind, amount=amount, unit=unit)
    return make.made(store, targets.set_target, draft)


def one(store, kind=ClockKind.GL_INITIAL):
    return next(line for line in make.see(store, clocks.open_clocks) if line.kind is kind)


def at(clock, day, hour, minute=0):
    clock.now = dt.datetime(2026, 11, day, hour, minute, tzinfo=WIB).astimezone(dt.UTC)


def test_a_question_stops_the_insurers_clock_and_starts_ours(store, clock):
    key, _, _ = letter(store)
    at(clock, 2, 10)
    asked = make.made(store, guarantees.ask_query, make.guarantee_query_draft(key, asked_at=clock.now))
    at(clock, 4, 10)

    standing, ours = one(store), one(store, ClockKind.QUERY_ANSWER)

    assert standing.run.is_paused
    assert standing.run.ran(clock.now) == dt.timedelta(hours=1)
    assert standing.acts == "Medika Admin"
    assert ours.acts == ""
    assert ours.run.overdue(clock.now) == dt.timedelta(hours=24)

    make.do(store, guarantees.answer_query, asked, "terlampir")
    at(clock, 4, 12)

    assert one(store).run.ran(clock.now) == dt.timedelta(hours=3)
    assert one(store).run.due(clock.now).astimezone(WIB) == dt.datetime(2026, 11, 4, 13, tzinfo=WIB)
    waits = next(t for t in make.see(store, today.today_view).groups if t.group is today.TaskGroup.WAITING)
    assert waits.lines[0].due_at.astimezone(WIB) == dt.datetime(2026, 11, 4, 13, tzinfo=WIB)


def test_a_clock_over_its_target_is_breached_until_the_letter_comes(store, clock):
    key, _, _ = letter(store)
    at(clock, 2, 15)

    assert [line.run.overdue(clock.now) for line in make.see(store, clocks.breached_clocks)] == [dt.timedelta(hours=2)]

    make.do(store, guarantees.add_version, make.version_draft(key, issued_at=clock.now), gl_no="GL-1")

    assert make.see(store, clocks.breached_clocks) == []
    ended = make.see(store, clocks.spreads, since=YEAR_AGO)
    assert [(h.name, h.kind, h.spread.n, h.spread.p50, h.spread.kept) for h in ended] == [
        ("Medika Admin", ClockKind.GL_INITIAL, 1, dt.timedelta(hours=6), 0)
    ]


def test_a_request_that_was_taken_back_says_nothing_of_how_long_an_answer_takes(store, clock):
    key, _, _ = letter(store)
    at(clock, 2, 15)
    make.do(store, guarantees.move_guarantee, key, G.CANCELLED)

    assert make.see(store, clocks.spreads, since=YEAR_AGO) == []
    assert make.see(store, clocks.open_clocks) == []


def test_the_administrators_target_wins_over_the_insurers_over_the_offices_over_the_usual(store):
    _, insurer, desk = letter(store)

    assert one(store).run.target.amount == 4
    target(store, None, 8)
    assert one(store).run.target.amount == 8
    target(store, insurer, 6)
    assert one(store).run.target.amount == 6
    own = target(store, desk, 2)
    assert (one(store).run.target.amount, one(store).run.target.is_own) == (2, True)
    make.do(store, targets.remove_target, own)
    assert one(store).run.target.amount == 6


def test_a_target_set_again_is_changed_not_doubled(store):
    insurer = make.insurer(store)

    assert target(store, insurer, 6) == target(store, insurer, 5)
    held = {t.kind: t for t in make.see(store, targets.targets_of, insurer)}
    assert held[ClockKind.GL_INITIAL].amount == 5
    assert not held[ClockKind.GL_INITIAL].is_usual
    assert held[ClockKind.PAYMENT].is_usual
    assert ClockKind.ESTIMATE not in held


def test_a_hospital_has_no_target_for_a_letter(store):
    with pytest.raises(Refused):
        target(store, make.hospital(store), 4)


def test_working_hours_are_those_of_the_desk_that_has_to_act(store, clock):
    key, _, desk = letter(store)
    contact = make.contact_draft(organization_id=desk, desk=Desk.GL_DESK, hours="Mon-Fri 10:00-12:00")
    make.do(store, network.add_contact, contact)
    target(store, desk, 3, Unit.WORKING_HOURS)

    assert one(store).run.due(clock.now).astimezone(WIB) == dt.datetime(2026, 11, 3, 11, tzinfo=WIB)
    assert make.see(store, clocks.letter_clock, key).run.due(clock.now) == one(store).run.due(clock.now)


def test_a_house_is_measured_by_what_it_had_to_act_on_alone(store, clock):
    key, insurer, desk = letter(store)
    at(clock, 2, 12)
    make.do(store, guarantees.add_version, make.version_draft(key, issued_at=clock.now), gl_no="GL-1")

    of_desk = make.see(store, clocks.spreads, since=YEAR_AGO, organization_id=desk)
    of_insurer = make.see(store, clocks.spreads, since=YEAR_AGO, organization_id=insurer)

    assert [one.spread.p50 for one in of_desk] == [dt.timedelta(hours=3)]
    assert of_insurer == []
