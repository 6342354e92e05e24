"""The urgent call at the window: typed with Enter and numbers alone, handed over with one key, lost by nothing."""

import datetime as dt

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from liaison.services import today, urgent
from liaison.services.disclosure import disclosures_of_case
from liaison.services.today import TaskGroup
from liaison.store.models import JourneyRow, PatientRow
from liaison.ui.page_keys import PAGE_KEYS
from liaison.ui.places import Place
from tests import make


@pytest.fixture
def calling(at_home):
    """The page of a new call, in an office with a hospital in Medan and one in Jakarta."""
    make.hospital(at_home.store, name="RS Jantung Medan", city="Medan", country="ID", specialties=("Jantung",),
                  phone="+62 61 4566 100", night_phone="+62 61 4566 119")  # fmt: skip
    make.hospital(at_home.store, name="RS Jakarta Raya", city="Jakarta", country="ID", phone="+62 21 555 100")
    at_home.window.activateWindow()
    at_home.go("urgent")
    return at_home


def type_in(at, text, key=Qt.Key.Key_Return):
    QTest.keyClicks(QApplication.focusWidget(), text)
    QTest.keyClick(QApplication.focusWidget(), key)


def take_the_call(at):
    for text in ("0812 6003 417", "Rudi Siregar", "Tiurma Siregar", "Medan", "Nyeri dada sejak subuh"):
        type_in(at, text)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_1)
    at.settle(200)


def test_a_call_is_taken_by_enter_and_one_number_and_handed_over_by_enter(calling):
    take_the_call(calling)
    page = calling.page
    assert [o.house.name for o in page.side.offers] == ["RS Jantung Medan", "RS Jakarta Raya"]
    assert not page.side.danger.isHidden()

    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    calling.settle()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    calling.settle()

    case = calling.page.place.record
    seen = calling.see(urgent.urgent_call, case)
    assert (seen.draft.handed_to, seen.draft.flags) == ("RS Jantung Medan", ("CHEST_PAIN",))
    assert seen.draft.handed_at == calling.clock.now.replace(second=0, microsecond=0)
    assert len(calling.see(disclosures_of_case, case)) == 1
    lines = next(g.lines for g in calling.see(today.today_view).groups if g.group is TaskGroup.TODAY)
    assert any(line.title.message == urgent.CALL_AGAIN for line in lines)
    assert calling.troubles == []


def test_nobody_typed_in_twice_and_nothing_typed_is_left_after_saving(calling):
    take_the_call(calling)
    calling.page.save()
    calling.settle()

    assert calling.page.call is not None
    calling.go("urgent")
    assert calling.page.form.editor("caller_phone").typed() == ""


def test_half_a_call_stands_there_again_after_another_page(calling):
    type_in(calling, "0812 6003 417")
    type_in(calling, "Rudi")
    calling.go("journeys")
    calling.go("urgent")

    form = calling.page.form
    assert form.editor("caller").typed() == "Rudi"
    assert "417" in form.editor("caller_phone").typed()


def test_a_call_that_is_saved_first_is_handed_over_later_with_one_key(calling):
    take_the_call(calling)
    calling.page.save()
    calling.settle()
    case = calling.page.place.record
    calling.clock.forward(minutes=6)

    calling.page.handed_over_now()
    calling.settle()

    seen = calling.see(urgent.urgent_call, case)
    assert seen.draft.handed_to == "RS Jantung Medan"
    assert seen.follow_up_at == seen.draft.handed_at + dt.timedelta(minutes=15)


def test_without_a_hospital_near_the_ambulance_has_the_patient(calling):
    for text in ("0812 6003 417", "", "", "Phnom Penh", "Jatuh dari motor"):
        type_in(calling, text)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_6)
    calling.settle(200)
    assert calling.page.side.offers == []

    calling.page.handed_over_now()
    calling.settle()

    seen = calling.see(urgent.urgent_call, calling.page.place.record)
    assert seen.draft.handed_to == calling.words("Ambulance")
    assert seen.draft.handed_to_id is None
    assert seen.draft.full_name == calling.words(urgent.NO_NAME)


def test_what_is_missing_is_said_at_its_field_and_nothing_is_written(calling):
    calling.page.save()
    calling.settle()
    form = calling.page.form
    assert all(form.boxes[name].problem_text for name in ("caller_phone", "place", "what"))
    assert calling.page.place.record is None


def test_the_person_on_record_is_taken_with_one_key(calling):
    make.patient(calling.store, full_name="Tiurma Siregar", phone="+62 812 6003 417")
    take_the_call(calling)
    calling.page.use_first()
    calling.page.save()
    calling.settle()
    call = calling.page.call
    assert call.draft.full_name == "Tiurma Siregar"
    assert calling.see(lambda s: s.query(PatientRow).filter_by(full_name="Tiurma Siregar").count()) == 1


def test_a_correction_of_a_saved_call_keeps_its_case(calling):
    take_the_call(calling)
    calling.page.save()
    calling.settle()
    case = calling.page.place.record

    calling.page.form.editor("what").retype("Sudah sadar")
    calling.page.form.editor("what").changed.emit()
    calling.page.save()
    calling.settle()

    assert calling.page.place.record == case
    assert calling.see(urgent.urgent_call, case).draft.what == "Sudah sadar"


def test_hidden_people_close_the_page(calling):
    take_the_call(calling)
    calling.frame.shared.masking.switch()
    calling.settle()
    assert type(calling.page).__name__ == "HiddenPage"


def test_the_page_is_one_key_away_and_listed(calling):
    keys = {action.key: action.keys for action in calling.page.actions_here()}
    listed = {k.key: k.keys[0] for k in PAGE_KEYS if "urgent" in k.pages}
    assert listed == {k: keys[k] for k in ("urgent.handed", "urgent.same")}
    assert calling.frame.pages["urgent"].build
    assert Place(page="urgent") == calling.page.place


def test_the_case_shows_its_call_and_leads_back_to_it(calling):
    take_the_call(calling)
    calling.page.save()
    calling.settle()
    case = calling.page.place.record
    calling.page.case_button.click()
    calling.settle()

    texts = [button.text() for button in calling.page.findChildren(QPushButton)]
    assert calling.page.place == Place(page="journey", record=case)
    assert calling.words("Open the call…") in texts
    next(b for b in calling.page.findChildren(QPushButton) if b.text() == calling.words("Open the call…")).click()
    calling.settle()
    assert calling.page.place == Place(page="urgent", record=case)


def test_a_hand_over_that_cannot_be_opens_no_case_and_loses_nothing(calling):
    cases = calling.see(how_many_cases)
    take_the_call(calling)
    form = calling.page.form
    form.editor("handed_at").set_value(calling.clock.now)
    calling.page.save()
    calling.settle()
    assert calling.see(how_many_cases) == cases

    form.editor("handed_to").set_value("Ambulans PSC 119")
    form.editor("handed_at").set_value(calling.clock.now + dt.timedelta(hours=3))
    calling.page.save()
    calling.settle()
    assert calling.see(how_many_cases) == cases
    assert form.editor("handed_to").typed() == "Ambulans PSC 119"

    form.editor("handed_at").set_value(calling.clock.now)
    calling.page.save()
    calling.settle()
    assert calling.see(how_many_cases) == cases + 1
    assert calling.page.call.draft.handed_to == "Ambulans PSC 119"


def how_many_cases(session):
    return session.scalar(sa.select(sa.func.count()).select_from(JourneyRow))
