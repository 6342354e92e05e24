"""What every service leans on: clocks, versions, conflicts, labels."""

import datetime as dt

import pytest

from liaison.domain.errors import Refused
from liaison.i18n import Language
from liaison.services import changes, labels, office, patients
from liaison.store.base import Base
from liaison.store.models import PatientRow
from tests import make


def test_the_date_is_that_of_the_offices_wall_not_of_utc(store, clock):
    clock.now = dt.datetime(2026, 11, 2, 17, 30, tzinfo=dt.UTC)

    assert make.see(store, changes.today) == dt.date(2026, 11, 3)


def test_a_new_zone_of_the_office_counts_at_once(store, clock):
    clock.now = dt.datetime(2026, 11, 2, 15, 30, tzinfo=dt.UTC)

    with store.write("Move office") as session:
        before = changes.today(session)
        office.edit_office(session, make.office_draft(zone="Asia/Jayapura"))
        after = changes.today(session)

    assert (before, after) == (dt.date(2026, 11, 2), dt.date(2026, 11, 3))


def test_two_changes_are_one_with_each_record_once():
    one = changes.changes(("patient", 1), ("journey", None), made=1)
    other = changes.changes(("patient", 1), ("task", 2), made=2)

    both = changes.NOTHING | one | other

    assert [(t.kind, t.id) for t in both.touched] == [("patient", 1), ("task", 2)]
    assert both.made == 1


def test_a_conflict_names_the_fields_in_the_readers_language(store):
    key = make.patient(store)
    make.do(store, patients.edit_patient, key, make.patient_draft(phone="0811-1"))

    with pytest.raises(changes.ChangedMeanwhile) as conflict, store.write("Edit") as session:
        changes.get(session, PatientRow, key, version=1)

    assert conflict.value.text(Language("en")).startswith("Telephone")
    assert Language("id").code == "id" and conflict.value.text(Language("id"))


def test_a_conflict_that_cannot_name_its_field_names_the_record():
    conflict = changes.ChangedMeanwhile([], {})

    assert conflict.text(Language("en")).startswith("This record")


def test_the_newest_version_is_no_conflict_and_an_unknown_key_is_refused(store):
    key = make.patient(store)

    with store.write("Look") as session:
        assert changes.get(session, PatientRow, key, version=1).id == key
        with pytest.raises(Refused):
            changes.get(session, PatientRow, key + 1)


def test_a_change_of_another_field_is_not_in_the_way(store):
    key = make.patient(store)
    make.do(store, patients.edit_patient, key, make.patient_draft(note="x"))

    with store.write("Look") as session:
        row = changes.get(session, PatientRow, key, version=1, fields=("full_name",))

    assert row is not None


def test_every_column_people_read_has_a_word():
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if labels.is_read_by_people(column.name):
                assert labels.label_of(table.name, column.name)
    assert labels.label_of("claim", "billed_minor") == "Billed"
    assert labels.label_of("patient", "phone") == "Telephone"
    assert labels.label_of("source_file", "brought_at") == "Brought at"
