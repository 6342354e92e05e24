"""A whole case on one page, and the officer's day."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.journeys import JourneyDraft, JourneyState, Stage
from liaison.domain.money import Money
from liaison.domain.work import TaskDraft, WaitingOn
from liaison.i18n import Language
from liaison.services import journeys, today, views, work
from liaison.services.case_text import case_lines
from liaison.services.letter_burn import letter_burn
from liaison.services.list_of_journeys import journey_ids
from liaison.services.list_queries import ListQuery
from liaison.services.plain import plain
from liaison.services.stage_steps import StepStatus
from liaison.services.timeline import TimelineChannel
from liaison.services.today import TaskGroup
from liaison.store.models import TaskRow
from tests import make

INDONESIAN = Language("id")


def view_of(store, words):
    with store.read() as session:
        return views.journey_view(session, journey_ids(session, ListQuery(text=words))[0])


@pytest.fixture(scope="module")
def suyanti(sampled):
    return view_of(sampled, "suyanti status:terbuka")


def test_the_stage_bar_says_what_is_done_where_it_stands_and_when_home_is_expected(suyanti):
    assert [s.status for s in suyanti.stages] == [*[StepStatus.DONE] * 4, StepStatus.CURRENT, StepStatus.TO_COME]
    assert [s.on for s in suyanti.stages[:4]] == [dt.date(2026, 11, d) for d in (2, 4, 7, 12)]
    assert suyanti.stages[3].note.text(INDONESIAN)
    assert (suyanti.stages[4].state, suyanti.stages[4].since) == (JourneyState.ADMITTED, dt.date(2026, 11, 14))
    assert suyanti.stages[5].expected == dt.date(2026, 11, 23)
    assert (suyanti.stage, suyanti.stage_no) == (Stage.ABROAD, 5)


def test_the_letter_is_its_newest_ceiling_against_the_running_total(suyanti):
    letter = suyanti.letter

    assert letter.ceiling == Money.of(45_000, "MYR")
    assert [s.ceiling for s in letter.steps] == [Money.of(30_000, "MYR"), Money.of(45_000, "MYR")]
    assert (letter.used, letter.left) == (Money.of(36_200, "MYR"), Money.of(8_800, "MYR"))
    assert letter.is_warned
    assert letter.share > Decimal("0.80")
    assert (letter.day_no, letter.days_covered) == (7, 8)
    assert [b.on.day for b in letter.bars] == [14, 15, 16, 17, 18, 19, 20, 21]
    assert [b.is_forecast for b in letter.bars] == [*[False] * 7, True]
    assert letter.lasts_until == dt.date(2026, 11, 21)


def test_the_head_says_whom_the_case_waits_for_longest(suyanti):
    assert (suyanti.waiting.waiting_on, suyanti.waiting.waiting_for) == (WaitingOn.INSURER, "Nusa Proteksi")
    assert [t.title.text(INDONESIAN) for t in suyanti.late] == ["Tindak lanjut GL tambahan"]


def test_the_time_line_runs_backwards_and_tells_words_stages_letters_and_money(suyanti):
    moments = [item.at for item in suyanti.timeline]

    assert moments == sorted(moments, reverse=True)
    assert {item.channel for item in suyanti.timeline} >= {
        TimelineChannel.CALL,
        TimelineChannel.WHATSAPP,
        TimelineChannel.STAGE,
        TimelineChannel.LETTER,
        TimelineChannel.MONEY,
        TimelineChannel.DOCUMENT,
        TimelineChannel.FACT,
    }
    first = suyanti.timeline[0]
    assert first.title.text(INDONESIAN) == "Nusa Proteksi minta hasil laboratorium"
    assert first.detail.text(INDONESIAN).startswith("Bu Hesti:")


def test_the_checklist_asks_for_what_the_stage_needs_and_knows_what_is_there(suyanti):
    have = {item.kinds[0].value: item.have for item in suyanti.checklist}

    assert have["ID_PASSPORT"]
    assert not have["DISCHARGE_SUMMARY"]
    assert "CLAIM_FORM" not in have


def test_money_stands_beside_the_rate_it_would_be_converted_by(suyanti):
    money = suyanti.money

    assert (money.estimate_low, money.estimate_high) == (Money.of(38_500, "MYR"), Money.of(41_500, "MYR"))
    assert money.deposit_paid == Money.of(8_500, "MYR")
    assert money.billed == Money.of(36_200, "MYR")
    assert (money.rate.base, money.rate.quote, money.rate.via) == ("MYR", "IDR", "EUR")


def test_person_policy_and_desk_are_at_hand(suyanti):
    assert suyanti.patient.age == 46
    assert {i.value for i in suyanti.patient.identifiers} >= {"C4405771"}
    assert suyanti.patient.related[0].name == "Rudi"
    assert suyanti.cover.insurer == "Nusa Proteksi"
    assert suyanti.cover.policy_no == "NP-2021-440917"
    assert suyanti.hospital.desk.phone == "+60 4-555 0142"


def test_a_claim_partly_paid_shows_what_is_left(sampled):
    case = view_of(sampled, "dewi anggraini status:terbuka")

    assert case.claims[0].balance == Money.of("13915.60", "SGD")
    assert case.stages[5].status is StepStatus.CURRENT


def test_a_check_up_skips_the_review_and_a_couple_is_linked_both_ways(sampled):
    him = view_of(sampled, "hendra wijaya status:terbuka")
    her = view_of(sampled, "maria simanjuntak status:terbuka")

    assert [link.name for link in him.links] == ["Maria Simanjuntak"]
    assert [(link.name, link.is_parent) for link in her.links] == [("Hendra Wijaya", True)]
    assert her.patient.phone_owner == "suami"
    assert him.stages[1].on is None


def test_an_answered_question_skips_the_journey(sampled):
    case = view_of(sampled, "ratna dewi sari")

    assert case.was_answered
    assert [s.status for s in case.stages][2:5] == [StepStatus.SKIPPED] * 3
    assert case.stages[5].status is StepStatus.DONE


def test_facts_still_owed_are_debts(sampled):
    case = view_of(sampled, "halim gunawan status:terbuka")

    assert {t.fact for t in case.debts} >= {FactKind.C1, FactKind.IDENTITY_SEEN}


def test_every_open_case_has_a_page_a_card_and_a_text_in_both_languages(sampled):
    with sampled.read() as session:
        for key in journey_ids(session, ListQuery(text="status:terbuka")):
            view = views.journey_view(session, key)
            card = views.journey_card(session, key)
            assert (card.name, card.stage_no) == (view.patient.full_name, view.stage_no)
            for code in ("id", "en"):
                assert "\n".join(case_lines(view, Language(code)))
                assert plain(view, Language(code))["id"] == str(key)


def test_a_case_that_is_gone_is_refused(store):
    for read in (views.journey_view, views.journey_card, views.patient_view):
        with pytest.raises(Refused):
            make.see(store, read, 12)


def test_an_override_is_told_with_its_reason(store):
    key = make.made(store, journeys.open_journey, JourneyDraft(patient_id=make.patient(store)))
    make.do(store, journeys.move_journey, key, JourneyState.INTAKE, override_reason="Keluarga menelepon langsung")

    view = make.see(store, views.journey_view, key)

    assert [o.reason for o in view.overrides] == ["Keluarga menelepon langsung"]
    assert view.overrides[0].codes


def test_a_case_number_is_read_in_any_form(store):
    key = make.made(store, journeys.open_journey, JourneyDraft(patient_id=make.patient(store), need="kontrol"))
    number = make.see(store, views.journey_view, key).case_no

    for typed in (number, number.lower(), number.replace("-", " ")):
        assert make.see(store, views.find_case, typed) == key
    assert make.see(store, views.find_case, "MDN-26-A9999-X") is None


def test_without_a_letter_nothing_burns(store):
    key = make.made(store, journeys.open_journey, JourneyDraft(patient_id=make.patient(store), need="kontrol"))

    assert make.see(store, letter_burn, key) is None


# the day


@pytest.fixture
def case(store):
    key = make.made(store, journeys.open_journey, JourneyDraft(patient_id=make.patient(store), need="kontrol"))
    with store.write("Only the steps of this test") as session:
        for row in session.query(TaskRow).filter_by(journey_id=key):
            session.delete(row)
    return key


def groups_of(store, **more):
    day = make.see(store, today.today_view, **more)
    return {g.group: [line.title.text(INDONESIAN) for line in g.lines] for g in day.groups}


def test_a_day_parts_into_late_without_a_step_today_waiting_and_done(store, case, clock):
    now = clock()

    def task(title, due, on=None):
        draft = TaskDraft(journey_id=case, title=title, due_at=due, waiting_on=on)
        return make.made(store, work.add_task, draft)

    without = groups_of(store)
    task("lewat", now - dt.timedelta(hours=2))
    task("lewat menunggu", now - dt.timedelta(hours=1), WaitingOn.INSURER)
    task("hari ini", now + dt.timedelta(hours=2))
    task("menunggu", now + dt.timedelta(hours=3), WaitingOn.HOSPITAL)
    task("besok", now + dt.timedelta(days=1))
    task("pekan depan", now + dt.timedelta(days=5))
    done = task("selesai", now + dt.timedelta(hours=1))
    make.do(store, work.finish_task, done)

    found = groups_of(store)
    day = make.see(store, today.today_view)

    assert len(without[TaskGroup.NO_STEP]) == 1
    assert found[TaskGroup.LATE] == ["lewat", "lewat menunggu"]
    assert found[TaskGroup.NO_STEP] == []
    assert found[TaskGroup.TODAY] == ["hari ini"]
    assert found[TaskGroup.WAITING] == ["menunggu"]
    assert found[TaskGroup.DONE] == ["selesai"]
    assert (day.tomorrow, day.next_week) == (1, 1)
    assert make.see(store, today.late_count) == day.count(TaskGroup.LATE) == 2


def test_an_urgent_step_goes_before_an_older_one(store, case, clock):
    for title, hours, urgent in (("tua", 9, False), ("genting", 1, True)):
        draft = TaskDraft(journey_id=case, title=title, due_at=clock() - dt.timedelta(hours=hours), is_urgent=urgent)
        make.do(store, work.add_task, draft)

    assert groups_of(store)[TaskGroup.LATE] == ["genting", "tua"]


def test_a_step_due_some_time_that_day_has_no_hour(store, case, clock):
    due = clock().replace(hour=16, minute=59)
    make.do(store, work.add_task, TaskDraft(journey_id=case, title="kapan saja", due_at=due))

    line = make.see(store, today.tasks_of, case)[0]

    assert not line.has_time


def test_a_day_of_mine_leaves_out_a_colleagues_steps(store, case, clock):
    from liaison.services.office import add_officer

    colleague = make.made(store, add_officer, dataclasses.replace(make.officer_draft(), name="Budi"))
    draft = TaskDraft(journey_id=case, title="Budi", due_at=clock() + dt.timedelta(hours=1), officer_id=colleague)
    make.do(store, work.add_task, draft)
    with store.read() as session:
        me = session.info["officer_id"]

    assert groups_of(store, officer_id=colleague)[TaskGroup.TODAY] == ["Budi"]
    assert groups_of(store, officer_id=me)[TaskGroup.TODAY] == []


def test_a_case_on_hold_needs_no_next_step(store, case):
    make.do(store, journeys.hold, case, reason="Keluarga minta waktu")

    assert groups_of(store)[TaskGroup.NO_STEP] == []
