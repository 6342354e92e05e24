from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.guarantee_moves import (
    CYCLE,
    GUARDS,
    GuaranteeFacts,
    alarms,
    check_move,
    may_close_by_itself,
    move_by_time,
    moves,
)
from liaison.domain.guarantees import (
    STATES,
    TRANSITIONS,
    WAITING_ON_INSURER,
    GuaranteeDraft,
    GuaranteeQueryDraft,
    GuaranteeState,
    Version,
    VersionDraft,
    VersionKind,
    ceiling_now,
    check_guarantee,
    check_guarantee_query,
    check_version,
    is_open,
    letter_now,
    needs_topup,
    utilisation,
)
from liaison.domain.lifecycle import Who
from liaison.domain.money import Money
from liaison.domain.offices import BOTH_ROLES

G = GuaranteeState
TODAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC)


def ringgit(amount):
    return Money.of(amount, "MYR")


def letter(number=1, kind=VersionKind.INITIAL, ceiling="10000", **more):
    return Version(
        **{
            "number": number, "kind": kind, "ceiling": ringgit(ceiling) if ceiling else None,
            "valid_from": dt.date(2026, 11, 1), "valid_to": dt.date(2026, 11, 19), "room_class": "single", **more,
        }
    )  # fmt: skip


LETTERS = (letter(), letter(2, VersionKind.TOPUP, "15000"))

READY = GuaranteeFacts(
    today=TODAY,
    is_checklist_complete=True,
    gl_no="GL-1",
    versions=LETTERS,
    reason=ReasonCode.R09,
    hospital_takes_letters=True,
    has_interim_bill=True,
    has_final_bill=True,
    has_discharge_summary=True,
    accepted=ringgit("14500"),
    excess=ringgit("0"),
)
NOTHING = GuaranteeFacts(today=TODAY, open_queries=1, hospital_takes_letters=False, is_admitted=True)


def facts(base=READY, **changes):
    return dataclasses.replace(base, **changes)


def codes(refused):
    return [p.code for p in refused.value.problems]


# Ceilings


def test_a_top_up_states_the_whole_new_ceiling_and_nothing_is_added():
    assert ceiling_now(LETTERS) == ringgit("15000")
    assert ceiling_now(reversed(LETTERS)) == ringgit("15000")


def test_a_bill_of_14500_takes_96_7_per_cent_of_15000():
    share = utilisation(ringgit("14500"), ceiling_now(LETTERS))

    assert round(share, 3) == Decimal("0.967")


def test_the_final_letter_is_no_ceiling():
    assert ceiling_now([*LETTERS, letter(3, VersionKind.FINAL, "14500")]) == ringgit("15000")


def test_without_a_letter_or_as_charged_there_is_no_ceiling():
    assert ceiling_now([]) is None
    assert letter_now([]) is None
    assert ceiling_now([letter(ceiling=None, is_as_charged=True)]) is None


def test_two_currencies_are_not_compared():
    with pytest.raises(ValueError, match="two currencies"):
        utilisation(Money(1, "IDR"), ringgit("1"))
    with pytest.raises(ValueError, match="more than nothing"):
        utilisation(ringgit("1"), ringgit("0"))


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=6))
def test_the_ceiling_now_is_always_the_last_and_never_a_sum(ceilings):
    versions = [
        Version(number=n, kind=VersionKind.TOPUP if n else VersionKind.INITIAL, ceiling=Money(minor, "MYR"))
        for n, minor in enumerate(ceilings)
    ]

    assert ceiling_now(versions).minor == ceilings[-1]


@pytest.mark.parametrize(
    ("billed", "day", "needed"),
    [("8000", None, True), ("7999.99", None, False), (None, 7, True), (None, 6, False), (None, None, False)],
)
def test_a_top_up_is_due_at_80_per_cent_or_on_the_last_covered_day(billed, day, needed):
    current = letter(covered_days=7)

    assert needs_topup(current, billed=ringgit(billed) if billed else None, day_of_stay=day) is needed


def test_no_top_up_is_worked_out_across_currencies_or_without_a_ceiling():
    assert not needs_topup(letter(), billed=Money.of(10**9, "IDR"))
    assert not needs_topup(letter(ceiling=None, is_as_charged=True), billed=ringgit("99999"))


# The table


def suiting(transition):
    about_topup = "on_topup" in transition.guards
    return facts(is_query_on_topup=about_topup, today=TODAY)


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda t: f"{t.start}-{t.to}")
def test_every_legal_move_passes_when_its_facts_are_there(transition):
    assert check_move(transition.start, transition.to, suiting(transition)).to is transition.to


def test_every_move_that_is_not_in_the_table_is_refused():
    legal = {(t.start, t.to) for t in TRANSITIONS}

    for start in G:
        for to in G:
            if (start, to) not in legal:
                with pytest.raises(Refused) as refused:
                    check_move(start, to, READY, roles=BOTH_ROLES, reason="it must be")
                assert codes(refused) == ["ILLEGAL_MOVE"]


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda t: f"{t.start}-{t.to}")
def test_what_is_missing_for_a_move_is_named(transition):
    bare = facts(NOTHING, is_query_on_topup="on_topup" in transition.guards)

    (move,) = [m for m in moves(transition.start, bare) if m.to == transition.to]

    assert {p.guard for p in move.problems} == {n for n in transition.guards if not GUARDS[n].hides}


def test_every_guard_and_every_state_is_used():
    assert set(GUARDS) == {n for t in TRANSITIONS for n in t.guards}
    assert set(STATES) == set(G) == {t.start for t in TRANSITIONS} | {t.to for t in TRANSITIONS}
    assert {s for s in G if not is_open(s)} == {G.CLOSED, G.CANCELLED}
    assert all(CYCLE.leaving(s) for s in G if is_open(s))


@given(st.data())
def test_every_walk_can_come_to_an_end(data):
    here, known = G.DRAFT, facts(is_query_on_topup=data.draw(st.booleans()))

    for _ in range(30):
        free = [m.to for m in moves(here, known) if m.is_free]
        if not is_open(here):
            assert not free
            return
        here = data.draw(st.sampled_from(free))
        known = facts(known, is_query_on_topup=data.draw(st.booleans()))


# Guards


@pytest.mark.parametrize("to", [G.DECLINED])
def test_a_declined_letter_without_a_reason_is_refused_to_everybody(to):
    with pytest.raises(Refused) as refused:
        check_move(G.REQUESTED, to, facts(reason=None), roles=BOTH_ROLES, reason="they said so")

    assert codes(refused) == ["NO_REASON"]


def test_another_reason_needs_words():
    other = facts(reason=ReasonCode.R99)

    with pytest.raises(Refused) as refused:
        check_move(G.REQUESTED, G.DECLINED, other)

    assert codes(refused) == ["REASON_WORDS"]
    assert check_move(G.REQUESTED, G.DECLINED, facts(other, reason_note="merger"))


def test_a_withdrawn_letter_raises_a_task_due_in_one_hour():
    (alarm,) = alarms(G.WITHDRAWN, NOW)

    assert alarm.due == NOW + dt.timedelta(hours=1)
    assert alarm.label
    assert alarms(G.ISSUED, NOW) == []


@pytest.mark.parametrize(
    "change",
    [{"gl_no": " "}, {"versions": (letter(ceiling=None),)}, {"versions": (letter(valid_from=None),)},
     {"versions": (letter(valid_to=None),)}, {"versions": (letter(room_class=""),)}, {"versions": ()}],
)  # fmt: skip
def test_an_issued_letter_is_complete(change):
    with pytest.raises(Refused):
        check_move(G.REQUESTED, G.ISSUED, facts(**change))


def test_as_charged_stands_for_a_ceiling():
    assert check_move(G.REQUESTED, G.ISSUED, facts(versions=(letter(ceiling=None, is_as_charged=True),)))


def test_a_top_up_is_never_lower():
    lower = facts(versions=(letter(), letter(2, VersionKind.TOPUP, "9999.99")))

    with pytest.raises(Refused) as refused:
        check_move(G.TOPUP_REQUESTED, G.TOPUP_ISSUED, lower)

    assert codes(refused) == ["CEILING_LOWER"]
    assert GUARDS["not_lower"].asks(facts(versions=(letter(),))).code == "NO_TOPUP"
    as_charged = letter(2, VersionKind.TOPUP, None, is_as_charged=True)
    assert GUARDS["not_lower"].asks(facts(versions=(letter(), as_charged))) is None


def test_a_question_about_the_top_up_leads_back_to_the_top_up():
    about_topup = facts(is_query_on_topup=True)

    assert G.TOPUP_REQUESTED in {m.to for m in moves(G.QUERIED, about_topup)}
    assert G.REQUESTED not in {m.to for m in moves(G.QUERIED, about_topup)}
    assert G.REQUESTED in {m.to for m in moves(G.QUERIED, READY)}


def test_a_letter_runs_out_by_itself_only_before_admission():
    short = facts(versions=(letter(valid_to=TODAY - dt.timedelta(days=1)),))

    assert move_by_time(G.ISSUED, short).to is G.EXPIRED
    assert move_by_time(G.ACCEPTED, facts(short, is_admitted=True)) is None
    assert move_by_time(G.ISSUED, facts(versions=(letter(valid_to=TODAY),))) is None
    assert move_by_time(G.ISSUED, facts(versions=())) is None
    assert move_by_time(G.REQUESTED, short) is None


def test_an_unknown_credit_arrangement_does_not_block():
    assert GUARDS["hospital_accepts"].asks(facts(hospital_takes_letters=None)) is None
    assert GUARDS["hospital_accepts"].asks(facts(hospital_takes_letters=False)).code == "NO_CREDIT"


def test_the_insurers_clock_runs_while_it_has_the_ball():
    assert {G.REQUESTED, G.TOPUP_REQUESTED, G.FINAL_REQUESTED} == WAITING_ON_INSURER
    assert not WAITING_ON_INSURER & {G.QUERIED, G.FINAL_QUERIED}


def test_letters_close_by_themselves_once_nothing_is_left():
    assert may_close_by_itself(G.FINAL_ISSUED)
    assert not may_close_by_itself(G.ACCEPTED)
    assert all(t.who is Who.SYSTEM for t in TRANSITIONS if t.to is G.CLOSED)


# Drafts


def guarantee(**changes):
    return GuaranteeDraft(**{"journey_id": 1, "cover_id": 2, **changes})


def version(**changes):
    return VersionDraft(
        **{"guarantee_id": 1, "kind": VersionKind.INITIAL, "issued_at": NOW, "ceiling": ringgit("10000"), **changes}
    )


def test_good_drafts_pass():
    assert check_guarantee(guarantee()) == []
    assert check_version(version(), now=NOW) == []
    assert check_version(version(ceiling=None, is_as_charged=True), now=NOW) == []
    assert check_guarantee_query(GuaranteeQueryDraft(guarantee_id=1, asked_at=NOW, question="lab?"), now=NOW) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [({"excess": ringgit("-1")}, ["NEGATIVE"]), ({"reason": ReasonCode.R99}, ["REASON_WORDS"]),
     ({"cover_id": None}, ["MISSING"])],
)  # fmt: skip
def test_what_is_wrong_with_a_guarantee_case(changes, found):
    assert [p.code for p in check_guarantee(guarantee(**changes))] == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"ceiling": None}, ["NO_CEILING"]),
        ({"is_as_charged": True}, ["CEILING_AND_AS_CHARGED"]),
        ({"ceiling": ringgit("0")}, ["NOT_POSITIVE"]),
        ({"covered_days": 0}, ["NOT_POSITIVE"]),
        ({"issued_at": NOW + dt.timedelta(hours=1)}, ["IN_FUTURE"]),
        ({"valid_from": TODAY, "valid_to": dt.date(2026, 11, 1)}, ["ENDS_BEFORE_START"]),
        ({"kind": VersionKind.TOPUP, "ceiling": ringgit("9000")}, ["CEILING_LOWER"]),
        ({"kind": VersionKind.TOPUP, "ceiling": Money.of(10**8, "IDR")}, ["OTHER_CURRENCY"]),
        ({"kind": VersionKind.TOPUP, "ceiling": ringgit("15000")}, []),
    ],
)
def test_what_is_wrong_with_a_letter(changes, found):
    assert [p.code for p in check_version(version(**changes), earlier=[letter()], now=NOW)] == found


def test_a_question_is_not_asked_tomorrow():
    tomorrow = GuaranteeQueryDraft(guarantee_id=1, asked_at=NOW + dt.timedelta(days=1), question="lab?")

    assert [p.code for p in check_guarantee_query(tomorrow, now=NOW)] == ["IN_FUTURE"]
