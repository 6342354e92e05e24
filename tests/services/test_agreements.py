from __future__ import annotations

import datetime as dt

import pytest

from liaison.domain.agreements import (
    AgreementDraft,
    AgreementKind,
    Area,
    EndingDraft,
    KeptDraft,
    ObligationDraft,
    PartyDraft,
    Standing,
    TransferBasis,
)
from liaison.domain.errors import Refused
from liaison.domain.work import TaskKind
from liaison.i18n import Language
from liaison.services import agreement_views, agreements, history, rounds, search, today
from liaison.services.changes import ChangedMeanwhile
from liaison.services.today import TaskGroup
from tests import make

TODAY = dt.date(2026, 11, 2)


def draft(**values):
    good = {
        "kind": AgreementKind.MOU, "title": "Health and medical standards", "parties": ("Kemenkes", "NHC", "Kemenkes "),
        "country": "CN", "signed_on": dt.date(2024, 11, 9), "areas": (Area.STANDARDS,),
        "transfer_basis": TransferBasis.NO_DATA,
    }  # fmt: skip
    return AgreementDraft(**{**good, **values})


def lines(store):
    return {line.title: line for line in make.see(store, agreement_views.agreement_lines)}


def codes(refused):
    return {p.code for p in refused.value.problems}


def alarms(store):
    groups = make.see(store, today.today_view).groups
    return [line for group in groups if group.group is not TaskGroup.DONE for line in group.lines if line.agreement_id]


def test_an_agreement_stands_in_the_register_with_each_party_once(store):
    key = make.made(store, agreements.add_agreement, draft())

    line = lines(store)["Health and medical standards"]
    assert (line.id, line.parties, line.standing, line.areas) == (
        key, ("Kemenkes", "NHC"), Standing.SIGNED, (Area.STANDARDS,),
    )  # fmt: skip
    assert make.see(store, agreements.agreement_draft, key) == draft(parties=())


def test_what_is_not_signed_is_under_negotiation_and_its_signature_is_a_change(store):
    key = make.made(store, agreements.add_agreement, draft(signed_on=None, kind=AgreementKind.TALKS))
    assert lines(store)["Health and medical standards"].standing is Standing.NEGOTIATING

    make.do(store, agreements.edit_agreement, key, draft(kind=AgreementKind.MOU, effective_on=TODAY))

    assert lines(store)["Health and medical standards"].standing is Standing.IN_FORCE


def test_an_agreement_changed_meanwhile_is_not_overwritten(store):
    key = make.made(store, agreements.add_agreement, draft())
    make.do(store, agreements.edit_agreement, key, draft(title="Standards"), version=1)

    with pytest.raises(ChangedMeanwhile):
        make.do(store, agreements.edit_agreement, key, draft(title="Norms"), version=1)


def test_a_chain_is_told_from_any_of_its_agreements_the_oldest_first(store):
    first = make.made(store, agreements.add_agreement, draft(title="MoU", signed_on=dt.date(2017, 11, 27)))
    plan = make.made(
        store, agreements.add_agreement, draft(title="Plan", signed_on=dt.date(2020, 11, 24), implements_id=first)
    )
    newer = make.made(
        store, agreements.add_agreement, draft(title="New plan", signed_on=dt.date(2023, 7, 27), supersedes_id=plan)
    )
    alone = make.made(store, agreements.add_agreement, draft(title="Talks", signed_on=None))

    for key in (first, plan, newer):
        assert [one.id for one in make.see(store, agreement_views.agreement, key).chain] == [first, plan, newer]
    assert lines(store)["Plan"].standing is Standing.SUPERSEDED
    with store.read() as session:
        told = agreement_views.chains(agreement_views.agreement_lines(session))
    assert [[one.id for one in chain] for chain in told] == [[first, plan, newer], [alone]]


def test_a_chain_never_closes_into_a_ring(store):
    first = make.made(store, agreements.add_agreement, draft(title="MoU"))
    second = make.made(store, agreements.add_agreement, draft(title="Plan", implements_id=first))

    for name in ("implements_id", "supersedes_id"):
        with pytest.raises(Refused) as refused:
            make.do(store, agreements.edit_agreement, first, draft(title="MoU", **{name: second}))
        assert codes(refused) == {"RING"}
    with pytest.raises(Refused) as refused:
        make.do(store, agreements.edit_agreement, first, draft(title="MoU", implements_id=first))
    assert codes(refused) == {"RING"}
    with pytest.raises(Refused) as refused:
        make.do(store, agreements.add_agreement, draft(implements_id=99))
    assert codes(refused) == {"GONE"}


def test_parties_are_written_down_corrected_and_taken_off(store):
    key = make.made(store, agreements.add_agreement, draft(parties=("Kemenkes",)))
    party = make.made(store, agreements.add_party, PartyDraft(agreement_id=key, name="NHC", country="CN"))
    new = PartyDraft(agreement_id=key, name="National Health Commission", country="CN", signatory_title="Minister")
    make.do(store, agreements.edit_party, party, new)

    assert make.see(store, agreements.party_draft, party) == new
    shown = make.see(store, agreement_views.agreement, key).parties
    assert [(p.name, p.signatory_title) for p in shown] == [
        ("Kemenkes", ""),
        ("National Health Commission", "Minister"),
    ]
    make.do(store, agreements.remove_party, party)
    assert lines(store)["Health and medical standards"].parties == ("Kemenkes",)


def test_promises_are_counted_as_kept_and_nothing_late_goes_away_in_silence(store):
    key = make.made(store, agreements.add_agreement, draft())
    overdue = ObligationDraft(agreement_id=key, who="NHC", what="Send the list", due_on=dt.date(2026, 10, 1))
    late = make.made(store, agreements.add_obligation, overdue)
    other = make.made(
        store, agreements.add_obligation, ObligationDraft(agreement_id=key, who="Kemenkes", what="Answer")
    )
    dropped = make.made(store, agreements.add_obligation, ObligationDraft(agreement_id=key, who="NHC", what="Visit"))

    line = lines(store)["Health and medical standards"]
    assert (line.kept, line.promised, line.late) == (0, 3, 1)
    assert (line.next_due.title, line.next_due.is_late) == ("Send the list", True)
    with pytest.raises(Refused) as refused:
        make.do(store, agreements.close_obligation, late, KeptDraft(finished_on=TODAY))
    assert codes(refused) == {"NO_EVIDENCE"}
    make.do(store, agreements.close_obligation, late, KeptDraft(finished_on=TODAY, evidence="letter of 2 Nov"))
    make.do(store, agreements.close_obligation, dropped, KeptDraft(finished_on=TODAY, dropped_because="no budget"))
    with pytest.raises(Refused) as refused:
        make.do(store, agreements.close_obligation, late, KeptDraft(finished_on=TODAY, evidence="again"))
    assert codes(refused) == {"CLOSED_ALREADY"}
    line = lines(store)["Health and medical standards"]
    assert (line.kept, line.promised, line.late, line.next_due) == (1, 2, 0, None)
    new = ObligationDraft(agreement_id=key, who="Kemenkes", what="Answer in writing", due_on=dt.date(2027, 1, 1))
    make.do(store, agreements.edit_obligation, other, new)
    assert make.see(store, agreements.obligation_draft, other) == new


def test_an_agreement_ended_early_no_longer_binds(store):
    key = make.made(store, agreements.add_agreement, draft(expires_on=dt.date(2030, 1, 1)))
    ending = EndingDraft(terminated_on=TODAY, terminated_because="both sides agreed")
    make.do(store, agreements.end_agreement, key, ending)

    assert lines(store)["Health and medical standards"].standing is Standing.TERMINATED
    with pytest.raises(Refused) as refused:
        make.do(store, agreements.end_agreement, key, ending)
    assert codes(refused) == {"ENDED_ALREADY"}


# the alarms


def pass_time(store):
    with store.write(rounds.TITLE, by_system=True) as session:
        return rounds.time_passes(session)


def test_alarms_ring_180_90_and_30_days_before_the_end_once_each_on_today_as_office_work(store, clock):
    ends = TODAY + dt.timedelta(days=200)
    key = make.made(store, agreements.add_agreement, draft(expires_on=ends))
    assert not make.see(store, rounds.is_due)

    rung = {}
    for day in range(201):
        if make.see(store, rounds.is_due):
            pass_time(store)
            (line,) = alarms(store)
            rung[200 - day] = line.title.message
        clock.forward(days=1)

    assert rung == {180: agreements.ALARMS[180], 90: agreements.ALARMS[90], 30: agreements.ALARMS[30]}
    assert (line.agreement_id, line.agreement, line.name, line.kind) == (
        key, "Health and medical standards", "", TaskKind.ALARM,
    )  # fmt: skip


def test_an_agreement_found_late_rings_once_for_its_nearest_alarm(store):
    make.made(store, agreements.add_agreement, draft(expires_on=TODAY + dt.timedelta(days=20)))
    pass_time(store)

    assert [line.title.message for line in alarms(store)] == [agreements.ALARMS[30]]
    assert not make.see(store, rounds.is_due)


def test_a_later_last_day_ticks_the_alarm_off_and_begins_anew(store, clock):
    key = make.made(store, agreements.add_agreement, draft(expires_on=TODAY + dt.timedelta(days=20)))
    pass_time(store)
    make.do(store, agreements.edit_agreement, key, draft(expires_on=TODAY + dt.timedelta(days=385)))
    assert alarms(store) == []

    clock.forward(days=205)

    assert make.see(store, rounds.is_due)
    pass_time(store)
    assert [line.title.message for line in alarms(store)] == [agreements.ALARMS[180]]


def test_a_successor_that_is_signed_ticks_the_alarm_of_the_older_one_off(store):
    key = make.made(store, agreements.add_agreement, draft(expires_on=TODAY + dt.timedelta(days=20)))
    pass_time(store)
    make.made(store, agreements.add_agreement, draft(title="New", signed_on=TODAY, supersedes_id=key))

    assert alarms(store) == []
    assert not make.see(store, rounds.is_due)


def test_what_is_under_negotiation_never_rings(store):
    make.made(store, agreements.add_agreement, draft(signed_on=None))

    assert not make.see(store, rounds.is_due)


# found, told, undone


def test_the_box_finds_an_agreement_by_its_title_number_and_parties(store):
    key = make.made(store, agreements.add_agreement, draft(number="HK.05/2024"))

    for text in ("standards", "nhc", "hk.05"):
        (found,) = make.see(store, search.find, text)
        assert (found.kind, found.id, found.is_person) == (search.FoundKind.AGREEMENT, key, False)
    assert make.see(store, search.found_again, [found.key])[0].title == "Health and medical standards"


def test_the_history_of_an_agreement_tells_its_promises_in_words(store):
    key = make.made(store, agreements.add_agreement, draft())
    make.made(store, agreements.add_obligation, ObligationDraft(agreement_id=key, who="NHC", what="Send the list"))
    make.do(store, agreements.edit_agreement, key, draft(renewal="ENDS"))

    told = make.see(store, history.history_of, "agreement", key)

    assert {line.noun for line in told} == {"Agreement", "Party of an agreement", "Promise of an agreement"}
    assert "On its last day" in {line.label for line in told}


def test_a_history_tells_areas_in_the_reader_s_words(store):
    key = make.made(store, agreements.add_agreement, draft())
    make.do(store, agreements.edit_agreement, key, draft(areas=(Area.STANDARDS, Area.CHRONIC)))

    (line,) = [one for one in make.see(store, history.history_of, "agreement", key) if one.field == "areas"]

    assert Language("en").shown(line.after) == "health and medical standards, chronic disease"


def test_every_step_can_be_taken_back(store):
    before = lines(store)
    with store.write("Add an agreement") as session:
        key = agreements.add_agreement(session, draft()).made
    store.undo(make.see(store, history.next_undo).id)

    assert lines(store) == before
    with pytest.raises(Refused):
        make.see(store, agreement_views.agreement, key)


def test_a_side_that_stands_in_the_network_is_led_to_from_both_cards(store):
    house = make.hospital(store)
    older = make.made(store, agreements.add_agreement, draft(title="Older", signed_on=dt.date(2020, 1, 5)))
    newer = make.made(store, agreements.add_agreement, draft(title="Newer"))
    make.made(store, agreements.add_agreement, draft(title="Of others"))
    for key in (older, newer):
        side = make.made(store, agreements.add_party, PartyDraft(agreement_id=key, name="GHP"))
        make.do(store, agreements.edit_party, side, PartyDraft(agreement_id=key, name="GHP", organization_id=house))

    party = make.see(store, agreement_views.agreement, newer).parties[-1]
    assert (party.name, party.organization_id, party.house) == ("GHP", house, "Gleneagles Hospital Penang")
    assert [line.title for line in make.see(store, agreement_views.agreements_with, house)] == ["Newer", "Older"]
    assert make.see(store, agreement_views.agreements_with, make.insurer(store)) == []
    told = make.see(store, history.history_of, "agreement", newer)
    assert "Gleneagles Hospital Penang" in {line.after for line in told}


def test_a_side_cannot_be_a_house_that_is_not_there(store):
    key = make.made(store, agreements.add_agreement, draft())

    with pytest.raises(Refused) as refused:
        make.do(store, agreements.add_party, PartyDraft(agreement_id=key, name="X", organization_id=10**9))

    assert [(p.code, p.field) for p in refused.value.problems] == [("GONE", "organization_id")]
