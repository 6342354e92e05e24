"""The office's history narrowed, imports told apart, large steps read a piece at a time, whose change is in the way."""

import dataclasses
import datetime as dt

import pytest

from liaison.domain.money import Money
from liaison.i18n import N_, Language
from liaison.services import claims, history, network, office_history, patients, work
from liaison.services.changes import add
from liaison.services.office_history import HistoryQuery, StepKind
from liaison.services.undoing import ChangedSince, take_back
from liaison.store import bulk
from liaison.store.journal_tables import ActionKind
from liaison.store.models import SettingRow, SourceFileRow
from tests import make

ENGLISH = Language("en")


def narrowed(store, **asked):
    ids = make.see(store, office_history.step_ids, HistoryQuery(**asked))
    return [s.what.text(ENGLISH) for s in make.see(store, office_history.steps, ids)]


def write(store, title, function, *arguments, **more):
    with store.write(title, **more) as session:
        return function(session, *arguments)


@pytest.fixture
def busy(store, clock):
    """A person, a note, a changed phone, a print, each on its own day."""
    key = write(store, N_("Add a person"), patients.add_patient, make.patient_draft()).made
    clock.forward(days=1)
    write(store, N_("Write a note"), work.add_note, make.note_draft(journey_id=make.journey(store, key)))
    clock.forward(days=1)
    write(store, N_("Edit a person"), patients.edit_patient, key, make.patient_draft(phone="0811-2222-3333"))
    store.patient = key
    return store


def test_steps_come_newest_first_and_are_narrowed_by_field_kind_officer_and_day(busy, clock):
    assert narrowed(busy)[0] == "Edit a person"
    assert narrowed(busy, field=("patient", "phone")) == ["Edit a person"]
    assert narrowed(busy, field=("patient", "birth_date")) == []
    assert narrowed(busy, kind=StepKind.UNDONE) == []
    assert "Write a note" in narrowed(busy, who=make.OFFICER)
    assert narrowed(busy, who="Budi") == []
    assert narrowed(busy, since=clock.now - dt.timedelta(hours=1)) == ["Edit a person"]
    assert "Edit a person" not in narrowed(busy, until=clock.now)
    assert make.see(busy, office_history.people) == [make.OFFICER]


def test_words_are_looked_for_in_the_shown_language_and_signs_of_search_are_only_signs(busy):
    titles = make.see(busy, office_history.titles_used)
    wanted = tuple(t for t in titles if "note" in ENGLISH(t).casefold())

    assert narrowed(busy, titles=wanted, text="note") == ["Write a note"]
    assert narrowed(busy, text="%") == []
    assert len(narrowed(busy, text=make.OFFICER[:4])) == len(narrowed(busy))


def test_an_undo_is_found_by_the_words_of_what_it_undid(busy):
    step = make.see(busy, history.next_undo)
    take_back(busy, step.id)

    assert narrowed(busy, kind=StepKind.UNDONE) == ["Undone: Edit a person"]
    assert narrowed(busy, titles=("Edit a person",), text="edit")[:2] == ["Undone: Edit a person", "Edit a person"]


def test_the_system_s_own_steps_and_what_left_the_office_are_kinds_of_their_own(store):
    with store.write(N_("Time passes"), by_system=True) as session:
        patients.add_patient(session, make.patient_draft())
    with store.write(N_("Print a case"), kind=ActionKind.DISCLOSURE):
        pass

    assert narrowed(store, kind=StepKind.BY_ITSELF) == ["Time passes"]
    assert narrowed(store, kind=StepKind.SHARED) == ["Print a case"]
    assert narrowed(store, kind=StepKind.IMPORTED) == []
    assert "system" not in make.see(store, office_history.people)


def bring_in(store, file, count):
    """A list of people as an import brings them, with the file it came from."""
    with store.write(N_("Import claims"), kind="import") as session:
        source = SourceFileRow(
            kind="CLAIMS", name=file, sha256="0" * 64, size=1, file_id=file, file_key=b"k", brought_at=store.clock()
        )  # fmt: skip
        add(session, source)
        for number in range(count):
            patients.add_patient(session, make.patient_draft(full_name=f"Orang {number}", phone=""))
        return session.info["action_id"]


def test_two_imports_are_told_apart_by_file_and_count_also_once_undone(store):
    bring_in(store, "klaim_okt.xlsx", 1)
    second = bring_in(store, "klaim_nov.xlsx", 3)

    assert narrowed(store, kind=StepKind.IMPORTED) == [
        "Import claims: klaim_nov.xlsx, 3 rows", "Import claims: klaim_okt.xlsx, one row",
    ]  # fmt: skip
    assert narrowed(store, text="okt") == ["Import claims: klaim_okt.xlsx, one row"]
    take_back(store, second)
    assert narrowed(store)[0] == "Undone: Import claims: klaim_nov.xlsx, 3 rows"
    told = make.see(store, lambda s: office_history.told(s, history.next_redo(s)))
    assert told.text(ENGLISH) == "Import claims: klaim_nov.xlsx, 3 rows"


def test_a_large_step_is_read_a_piece_at_a_time_and_ends(store):
    step = bring_in(store, "besar.xlsx", 25)
    seen, after = [], 0
    while after is not None:
        piece = make.see(store, office_history.piece_of, step, after, 10)
        assert len(piece.lines) <= 10
        seen += [line.after for line in piece.lines if line.record_kind == "patient"]
        after = piece.after

    assert seen == [f"Orang {n}" for n in range(25)]
    assert make.see(store, office_history.piece_of, 1).lines == ()
    assert piece.blocks == ()


def test_a_compact_import_says_how_many_came_without_reading_them(store, monkeypatch):
    monkeypatch.setattr(bulk, "COMPACT_FROM", 1)
    table = SettingRow.__table__
    with store.write(N_("Import claims"), kind="import") as session:
        for key in bulk.reserve(session, table, 3):
            session.execute(table.insert().values(id=key, version=1, name=f"s{key}", value={"n": 1}))
        step = session.info["action_id"]

    piece = make.see(store, office_history.piece_of, step)

    assert piece.blocks == (("Setting", 3),)
    assert piece.lines == ()
    assert [s.rows for s in make.see(store, office_history.steps, [step])] == [3]


def test_every_field_that_can_be_asked_for_is_one_of_the_store():
    assert office_history.check_fields() == []
    assert all(noun and label for _key, noun, label in office_history.fields_to_look_for())


def test_an_amount_is_told_with_its_currency_although_only_the_amount_changed(store):
    patient = make.patient(store)
    draft = make.claim_draft(patient_id=patient, cover_id=make.cover(store, patient), hospital_id=make.hospital(store))
    claim = make.made(store, claims.file_claim, draft)
    make.do(store, claims.edit_claim, claim, dataclasses.replace(draft, billed=Money.of("16920.00", "MYR")))

    line = next(x for x in make.see(store, history.history_of, "claim", claim) if x.field == "billed_minor")

    assert (line.before, line.after) == (Money.of("18837.55", "MYR"), Money.of("16920.00", "MYR"))


def test_a_conflict_names_the_field_and_who_changed_it_when(store, clock):
    house = make.hospital(store)
    draft = make.see(store, network.organization_draft, house)
    write(store, N_("Edit a house"), network.edit_organization, house, dataclasses.replace(draft, phone="+60 4-1"))
    step = make.see(store, history.next_undo)
    clock.forward(hours=2)
    write(store, N_("Edit a house"), network.edit_organization, house, dataclasses.replace(draft, phone="+60 4-2"))
    clock.forward(hours=1)
    write(store, N_("Edit a house"), network.edit_organization, house, dataclasses.replace(
        draft, phone="+60 4-2", city="Ipoh"))  # fmt: skip

    with pytest.raises(ChangedSince) as conflict:
        take_back(store, step.id)

    told = conflict.value.text(ENGLISH)
    assert told.startswith("Not undone: Telephone changed since, last by Ratna Hutapea on ")
    assert ENGLISH.shown(clock.now - dt.timedelta(hours=1)) in told


def test_a_change_that_time_made_is_laid_to_the_program(store):
    person = make.patient(store)
    write(store, N_("Edit a person"), patients.edit_patient, person, make.patient_draft(phone="0811"))
    step = make.see(store, history.next_undo)
    with store.write(N_("Time passes"), by_system=True) as session:
        patients.edit_patient(session, person, make.patient_draft(phone="0812"))

    with pytest.raises(ChangedSince) as conflict:
        take_back(store, step.id)

    assert "the program itself" in conflict.value.text(ENGLISH)
