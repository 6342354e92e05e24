import pytest

from liaison.i18n import Language
from liaison.services import patients
from liaison.services.undoing import ChangedSince, take_back
from liaison.store.undo import Clash
from tests import make


def rename(store, key, **values):
    from liaison.store.models import PatientRow

    with store.write("Rename") as session:
        for name, value in values.items():
            setattr(session.get(PatientRow, key), name, value)
        return session.info["action_id"]


def test_a_step_is_taken_back_and_brought_again(store):
    person = make.do(store, patients.add_patient, make.patient_draft()).made
    renamed = rename(store, person, phone="0811")

    undone = take_back(store, renamed)
    take_back(store, undone)

    assert store.verify() == []


def test_fields_in_the_way_are_called_as_in_the_forms(store):
    person = make.do(store, patients.add_patient, make.patient_draft()).made
    first = rename(store, person, phone="0811", phone_digits="62811")
    rename(store, person, phone="0812", phone_digits="62812")

    with pytest.raises(ChangedSince) as conflict:
        take_back(store, first)

    assert "Telephone changed since" in conflict.value.text(Language("en"))
    assert "digits" not in conflict.value.text(Language("en")).lower()


def test_a_whole_record_and_many_fields_are_named_briefly():
    clashes = tuple(Clash(table="claim", row_id=1, field=f"field_{n}", why="") for n in range(9))
    whole = ChangedSince((Clash(table="claim", row_id=1, field="*", why=""),))

    assert ChangedSince(clashes).text(Language("en")).count("Field ") == 6
    assert "Claim changed since" in whole.text(Language("en"))
