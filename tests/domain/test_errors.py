from __future__ import annotations

import datetime as dt

import pytest

from liaison.domain.errors import Conflict, Locked, Refused, Unavailable, refuse_if
from liaison.domain.lifecycle import Guard, LifeCycle, Override, State, Transition, Who, check_passage
from liaison.domain.offices import Role
from liaison.domain.patients import Sex
from liaison.domain.problems import Problem
from liaison.i18n import Language

ENGLISH = Language("en")
WRONG = Problem(code="WRONG", message="The date {day} is wrong.", values={"day": dt.date(2026, 11, 20)})
ODD = Problem(code="ODD", message="That looks odd.", severity="warning")


def test_a_refusal_carries_every_problem_and_says_each_on_its_own_line():
    refused = Refused([WRONG, ODD])

    assert refused.text(ENGLISH) == "The date 20\u00a0Nov\u00a02026 is wrong.\nThat looks odd."
    assert refused.problems == (WRONG, ODD)
    with pytest.raises(ValueError, match="at least one"):
        Refused([])


def test_warnings_alone_pass():
    refuse_if([ODD])
    refuse_if([])
    with pytest.raises(Refused):
        refuse_if([ODD, WRONG])


@pytest.mark.parametrize(("kind", "status"), [(Conflict, 1), (Locked, 3), (Unavailable, 4)])
def test_each_family_of_trouble_has_its_exit_status_and_its_sentence(kind, status):
    error = kind("The file {name} cannot be read.", name="a.xlsx")

    assert kind.exit_status == status
    assert error.text(ENGLISH) == "The file a.xlsx cannot be read."


def blocked_by(*overrides):
    guards = {
        str(n): Guard(name=str(n), asks=lambda _: Problem(code="NO", message="no"), override=o)
        for n, o in enumerate(overrides)
    }
    table = LifeCycle(
        states={s: State(code=s, meaning="x") for s in Sex},
        transitions=(Transition(start=Sex.M, to=Sex.F, who=Who.OFFICER, guards=tuple(guards)),),
        guards=guards,
    )
    return table.moves(Sex.M, None)[0]


@pytest.mark.parametrize(
    ("overrides", "strictest"),
    [
        ((Override.OFFICER,), Override.OFFICER),
        ((Override.OFFICER, Override.SUPERVISOR), Override.SUPERVISOR),
        ((Override.SUPERVISOR, Override.NEVER), Override.NEVER),
    ],
)
def test_the_strictest_guard_says_who_may_pass_over(overrides, strictest):
    move = blocked_by(*overrides)

    assert move.override is strictest
    if strictest is Override.NEVER:
        with pytest.raises(Refused):
            check_passage(Sex.M, move, roles=Role, reason="because")
    else:
        assert check_passage(Sex.M, move, roles=Role, reason="because").overridden == move.problems


def test_a_table_that_asks_for_an_unknown_guard_is_a_bug():
    with pytest.raises(ValueError, match="unknown guard 'weather'"):
        LifeCycle(
            states={s: State(code=s, meaning="x") for s in Sex},
            transitions=(Transition(start=Sex.M, to=Sex.F, who=Who.OFFICER, guards=("weather",)),),
            guards={},
        )


def test_a_state_shows_the_label_of_its_code():
    assert State(code=Sex.M, meaning="x").label == "male"
