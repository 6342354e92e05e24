"""Will this hospital accept this letter? Each answer with its source and its age."""

import dataclasses
import datetime as dt

import pytest

from liaison.domain.acceptance import (
    NOBODY,
    Answer,
    LetterToCheck,
    PanelDraft,
    PanelEntry,
    Question,
    check_panel,
    open_questions,
    verdicts,
    will_accept,
)
from liaison.domain.errors import Refused
from liaison.domain.journeys import EntryMode, JourneyState
from liaison.services import guarantees, panels, patients
from tests import make

TODAY = dt.date(2026, 11, 2)
GOOD = LetterToCheck(
    day=dt.date(2026, 11, 24), today=TODAY,
    panel=(PanelEntry(is_on_panel=True, source="daftar penanggung", checked_on=dt.date(2026, 9, 1)),),
    takes_letters=True, hospital_checked_on=dt.date(2026, 10, 1), room_on_letter="2-bed", room_booked="2 bed",
    name_on_letter="Dewi Lestari SIREGAR", passport_name="DEWI LESTARI SIREGAR", passport_on_letter="C 1234567",
    passports=("C1234567",), letter_on=TODAY, valid_from=TODAY, valid_to=dt.date(2026, 12, 2),
)  # fmt: skip


def answers(**values):
    return {v.question: v.answer for v in verdicts(dataclasses.replace(GOOD, **values))}


def test_a_letter_with_nothing_against_it_is_accepted():
    found = verdicts(GOOD)

    assert (will_accept(found), open_questions(found)) == (Answer.YES, 0)
    assert {v.question for v in found} == set(Question)
    assert [(v.source, v.as_of) for v in found][:2] == [
        ("daftar penanggung", dt.date(2026, 9, 1)), ("the hospital's record here", dt.date(2026, 10, 1))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "question"),
    [
        ({"panel": (dataclasses.replace(GOOD.panel[0], is_on_panel=False),)}, Question.PANEL),
        ({"takes_letters": False}, Question.CREDIT),
        ({"name_on_letter": "Dewi Siregar"}, Question.NAME),
        ({"passport_on_letter": "C7654321"}, Question.PASSPORT),
        ({"valid_to": dt.date(2026, 11, 20)}, Question.DATES),
        ({"valid_from": dt.date(2026, 11, 25)}, Question.DATES),
    ],
)
def test_one_no_is_enough(values, question):
    found = verdicts(dataclasses.replace(GOOD, **values))

    assert [v.question for v in found if v.answer is Answer.NO] == [question]
    assert will_accept(found) is Answer.NO


@pytest.mark.parametrize(
    ("values", "question"),
    [
        ({"panel": ()}, Question.PANEL),
        ({"takes_letters": None}, Question.CREDIT),
        ({"room_on_letter": ""}, Question.ROOM),
        ({"room_booked": ""}, Question.ROOM),
        ({"room_booked": "suite"}, Question.ROOM),
        ({"name_on_letter": ""}, Question.NAME),
        ({"passport_name": ""}, Question.NAME),
        ({"passport_on_letter": ""}, Question.PASSPORT),
        ({"passports": ()}, Question.PASSPORT),
        ({"valid_to": None}, Question.DATES),
    ],
)
def test_what_nobody_knows_is_said_to_be_unknown(values, question):
    found = verdicts(dataclasses.replace(GOOD, **values))

    assert [v.question for v in found if v.answer is Answer.UNKNOWN] == [question]
    assert will_accept(found) is Answer.UNKNOWN


def test_a_panel_counts_for_its_days_and_the_newest_word_on_it_wins():
    ended = PanelEntry(is_on_panel=True, source="a", checked_on=TODAY, valid_to=TODAY)
    newer = PanelEntry(is_on_panel=False, source="b", checked_on=TODAY, valid_from=TODAY)

    assert answers(panel=(ended,))[Question.PANEL] is Answer.UNKNOWN
    assert answers(panel=(*GOOD.panel, ended, newer))[Question.PANEL] is Answer.NO


def test_a_word_of_half_a_year_ago_is_old():
    old = dataclasses.replace(GOOD.panel[0], checked_on=dt.date(2026, 4, 1))

    found = verdicts(dataclasses.replace(GOOD, panel=(old,), hospital_checked_on=None))

    assert [v.question for v in found if v.is_old] == [Question.PANEL, Question.CREDIT]
    assert (will_accept(found), open_questions(found)) == (Answer.YES, 2)


def test_a_statement_on_a_panel_names_what_is_wrong():
    good = {"insurer_id": 1, "hospital_id": 2, "source": "meja GL", "checked_on": TODAY}

    assert check_panel(PanelDraft(**good), today=TODAY) == []
    assert {p.code for p in check_panel(PanelDraft(**{**good, "source": ""}), today=TODAY)} == {"MISSING"}
    late = PanelDraft(**{**good, "checked_on": dt.date(2026, 11, 3)})
    assert {p.code for p in check_panel(late, today=TODAY)} == {"IN_FUTURE"}
    old = PanelDraft(**{**good, "checked_on": dt.date(2026, 1, 3)})
    assert [(p.code, p.severity) for p in check_panel(old, today=TODAY)] == [("OLD", "warning")]


def test_a_letter_on_record_is_checked_against_panel_hospital_passport_and_dates(store):
    person, hospital = make.patient(store), make.hospital(store, last_verified_on=dt.date(2026, 10, 1))
    insurer = make.any_insurer(store)
    cover = make.cover(store, person, insurer)
    make.do(store, patients.add_identifier, person, make.identifier_draft())
    key = make.journey(
        store, person, cover_id=cover, hospital_id=hospital, entry_mode=EntryMode.RUNNING, state=JourneyState.PREAUTH,
        planned_admission_on=dt.date(2026, 11, 24), room_class="2-bed",
    )  # fmt: skip
    letter = make.made(
        store, guarantees.request_guarantee,
        make.guarantee_draft(journey_id=key, cover_id=cover, name_on_letter="Dewi Lestari Siregar",
                             passport_on_letter="C1234567"),
    )  # fmt: skip
    before = make.see(store, panels.acceptance, letter)
    assert before.answer is Answer.UNKNOWN
    assert next(v for v in before.verdicts if v.question is Question.PANEL).source == NOBODY

    make.do(store, guarantees.add_version, make.version_draft(letter), gl_no="GL-771")
    entry = PanelDraft(insurer_id=insurer, hospital_id=hospital, source="meja GL", checked_on=TODAY)
    made = make.made(store, panels.record_panel, entry)

    assert make.see(store, panels.acceptance, letter).answer is Answer.YES
    assert [p.id for p in make.see(store, panels.panels_of, hospital)] == [made]
    draft = make.see(store, panels.panel_draft, made)
    make.do(store, panels.edit_panel, made, dataclasses.replace(draft, is_on_panel=False))
    assert make.see(store, panels.acceptance, letter).answer is Answer.NO
    make.do(store, panels.remove_panel, made)
    assert make.see(store, panels.panels_of, insurer) == ()


def test_only_a_hospital_stands_on_a_panel(store):
    insurer = make.any_insurer(store)
    entry = PanelDraft(insurer_id=insurer, hospital_id=insurer, source="x", checked_on=TODAY)

    with pytest.raises(Refused) as refusal:
        make.do(store, panels.record_panel, entry)

    assert {p.code for p in refusal.value.problems} == {"NOT_A_HOSPITAL"}
