"""A kiosk's file at the office's window: looked at, people on record chosen, taken in once, receipt shown."""

import pytest

from liaison.domain.kiosk import KioskDraft
from liaison.services import kiosk
from liaison.services.office import set_up_office
from liaison.store import case_file
from liaison.store.kdf import CHEAP
from liaison.store.models import JourneyRow, PatientRow
from liaison.store.opening import create_store
from liaison.store.spoken_code import new_code
from tests import make


def said(name):
    return KioskDraft(full_name=name, phone="0812 6003 417", city="Medan", wish="kontrol", agreed=True, given_by=name)


@pytest.fixture
def sealed(tmp_path, monkeypatch):
    """A kiosk's file with two enquiries, and its code."""
    monkeypatch.setattr(case_file, "fitting", lambda: CHEAP)
    store, _ = create_store(tmp_path / "counter", passphrase=make.PASSPHRASE, officer="Meja", clock=make.TestClock(),
                            kdf=CHEAP, device=3)  # fmt: skip
    with store:
        with store.write("Set up", kind="init") as session:
            set_up_office(session, make.office_draft(name="Kios Bandara"), make.officer_draft(name="Meja"))
            kiosk.make_kiosk(session)
        for name in ("Tiurma Siregar", "Ahmad Yani"):
            make.do(store, kiosk.write_down, said(name))
        yield kiosk.hand_over(store, tmp_path / "kiosk.liaison", code=new_code())


def look(office, sealed):
    page = office.go("kiosk_intake", file=str(sealed.path))
    page.code.line.setText(sealed.code)
    page.look()
    office.settle()
    return page


def count(office, row):
    return office.see(lambda session: session.query(row).count())


def test_enquiries_are_looked_at_and_taken_in_once(at_home, sealed):
    known = make.patient(at_home.store, full_name="Tiurma Siregar", phone="+62 812 6003 417")
    cases, people = count(at_home, JourneyRow), count(at_home, PatientRow)

    page = look(at_home, sealed)
    assert [choice.value() for choice in page.people.values()] == [known]
    page.take()
    assert (count(at_home, JourneyRow), count(at_home, PatientRow)) == (cases + 2, people + 1)
    receipt = page.receipt.text()

    page = look(at_home, sealed)
    assert not page.take_button.isEnabled()
    assert page.receipt.text() == receipt
    assert at_home.troubles == []


def test_a_suggestion_can_be_declined(at_home, sealed):
    make.patient(at_home.store, full_name="Tiurma Siregar", phone="+62 812 6003 417")
    people = count(at_home, PatientRow)
    page = look(at_home, sealed)
    next(iter(page.people.values())).set_value(None)
    page.take()
    assert count(at_home, PatientRow) == people + 2


def test_a_wrong_code_and_a_missing_file_are_said_in_one_sentence(at_home, sealed):
    page = at_home.go("kiosk_intake")
    page.look()
    assert page.problem.label.text()
    page.take_file(sealed.path)
    page.code.line.setText(new_code())
    page.look()
    assert not page.problem.isHidden()
    assert not page.take_button.isEnabled()
    page.take()
    assert at_home.troubles == []


def test_hidden_people_hide_what_a_file_says_of_them(at_home, sealed):
    page = look(at_home, sealed)
    at_home.frame.shared.masking.on = True
    page.look()
    shown = " ".join(label.text() for label in page.found.findChildren(type(page.file_name)))
    assert "Tiurma" not in shown
    assert "kontrol" not in shown


def test_the_file_is_still_meant_after_another_language_and_the_code_is_not_kept(at_home, sealed):
    page = at_home.go("kiosk_intake")
    page.take_file(sealed.path)
    page.code.line.setText(sealed.code)
    kept = page.keep()
    assert kept == {"file": str(sealed.path)}
    page.resume(kept)
    assert page.path == sealed.path
