"""Looking back: field by field, in words, with what can be taken back."""

import datetime as dt

from liaison.domain.journeys import JourneyDraft
from liaison.domain.money import Money
from liaison.domain.payments import BillDraft, BillKind
from liaison.domain.work import NoteDraft, TaskDraft
from liaison.i18n import Language
from liaison.services import history, journeys, patients, payments, told_values, work
from tests import make

INDONESIAN = Language("id")


def case(store):
    return make.made(store, journeys.open_journey, JourneyDraft(patient_id=make.patient(store), need="kontrol"))


def lines(store, kind, key):
    return make.see(store, history.history_of, kind, key)


def test_a_changed_field_is_told_with_its_value_before_and_after_and_who_did_it(store):
    key = make.patient(store, birth_date=dt.date(1980, 3, 14))
    make.do(store, patients.edit_patient, key, make.patient_draft(birth_date=dt.date(1981, 3, 14)))

    newest = lines(store, "patient", key)[0]

    assert (newest.field, newest.before, newest.after) == ("birth_date", dt.date(1980, 3, 14), dt.date(1981, 3, 14))
    assert newest.who == make.OFFICER
    assert INDONESIAN(newest.label) == "Tanggal lahir"
    assert newest.can_undo


def test_columns_that_only_help_to_find_are_not_told(store):
    key = make.patient(store)
    make.do(store, patients.edit_patient, key, make.patient_draft(full_name="Dewi Lestari", phone="0811-1"))

    told = {line.field for line in lines(store, "patient", key)}

    assert "full_name" in told
    assert not {field for field in told if field.endswith(("_key", "_digits"))}


def test_references_flags_and_codes_read_as_words(store):
    key = case(store)
    house = make.hospital(store)
    draft = make.see(store, journeys.journey_draft, key)
    import dataclasses

    make.do(store, journeys.edit_journey, key, dataclasses.replace(draft, hospital_id=house, is_restricted=True))

    told = {line.field: line.after for line in lines(store, "journey", key) if line.field}

    assert told["hospital_id"] == "Gleneagles Hospital Penang"
    assert told["is_restricted"] is told_values.Answer.YES
    assert told["destination_country"] == "MY"


def test_a_cases_history_holds_what_belongs_to_it(store, clock):
    key = case(store)
    make.do(store, work.add_note, NoteDraft(journey_id=key, text="Telepon keluarga"))
    make.do(store, work.add_task, TaskDraft(journey_id=key, title="Telepon balik"))
    make.do(
        store, payments.record_bill,
        BillDraft(journey_id=key, kind=BillKind.INTERIM, billed_on=clock().date(), amount=Money.of(120, "MYR")),
    )  # fmt: skip

    made = {(line.record_kind, line.after) for line in lines(store, "journey", key) if line.is_made}

    assert {("note", "Telepon keluarga"), ("task", "Telepon balik"), ("bill", Money.of(120, "MYR"))} <= made


def test_a_note_that_was_undone_is_told_as_gone(store):
    key = case(store)
    make.do(store, work.add_note, NoteDraft(journey_id=key, text="Salah kasus"))
    line = make.see(store, history.next_undo)

    store.undo(line.id)

    newest = lines(store, "journey", key)[0]
    assert newest.is_gone
    assert newest.before == "Salah kasus"
    assert newest.what.text(Language("en")) == "Undone: Test step"


def test_undo_and_redo_say_what_they_would_take_back_and_bring_again(store):
    make.patient(store)

    before = make.see(store, history.next_undo)
    nothing = make.see(store, history.next_redo)
    undo = store.undo(before.id)
    redo = make.see(store, history.next_redo)

    assert nothing is None
    assert redo.id == undo
    assert make.see(store, history.recent_actions, limit=1)[0].undoes == before.id
    assert make.see(store, history.action_called, undo).id == undo
    assert make.see(store, history.action_called, 12) is None


def test_a_row_of_a_large_import_is_told_as_brought_in(sampled):
    with sampled.read() as session:
        from liaison.services.list_of_journeys import journey_ids
        from liaison.services.list_queries import ListQuery

        key = journey_ids(session, ListQuery(text="status:ditutup", sort="opened_on"))[0]
        told = history.history_of(session, "journey", key)

    assert any(line.is_made and line.is_import for line in told)


def test_rates_and_identifiers_are_found_under_their_short_names(store):
    person = make.patient(store)
    key = make.made(store, patients.add_identifier, person, make.identifier_draft())

    told = lines(store, "identifier", key)

    assert [line.record_kind for line in told] == ["patient_identifier"]
    assert INDONESIAN(told[0].noun)


def test_every_record_that_is_journaled_is_called_by_a_word_and_not_by_its_table():
    from liaison.store.base import Base

    assert [table for table in Base.metadata.tables if told_values.noun_of(table) == table] == []


def test_codes_kept_as_text_read_as_words_and_own_words_stay():
    told = told_values.value_of

    assert INDONESIAN.shown(told("guarantee", "channel", {"channel": "PORTAL"})) == "portal"
    assert told("guarantee", "channel", {"channel": "kurir"}) == "kurir"
    assert INDONESIAN.shown(told("cover", "relation_to_holder", {"relation_to_holder": "SPOUSE"})) != "SPOUSE"
    assert told("patient", "language", {"language": "id"}) == "Bahasa Indonesia"
    assert told("office", "zone", {"zone": "Asia/Jayapura"}) == "WIT"
    assert told("patient", "province", {"province": "12"}) == "Sumatera Utara"
    assert told("office", "city", {"city": "MDN"}) == "Medan"


def test_an_undo_that_can_be_done_again_is_named_by_its_step_alone(store):
    from liaison.services import office_history

    make.patient(store)
    store.undo(make.see(store, history.next_undo).id)

    with store.read() as session:
        line = history.next_redo(session)
        named = office_history.told(session, line).text(Language("en"))

    assert history.what_happened(line).text(Language("en")) == f"Undone: {named}"
    assert "Undone" not in named
