"""Cover and hand-over in the window: a file with its code goes out, is looked at, compared and taken over."""

import pytest
from PySide6.QtWidgets import QFileDialog

from liaison.domain.handing import HandOverDraft, Side
from liaison.domain.offices import OfficerDraft
from liaison.services import hand_over, standing_in, take_over
from liaison.services import office as offices
from liaison.services.editing import set_field
from liaison.store import case_file, kdf
from liaison.store.models import JourneyRow
from liaison.store.opening import create_store
from liaison.store.spoken_code import new_code
from tests import make


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(case_file, "fitting", lambda: kdf.CHEAP)


def need(store, journey):
    return make.see(store, lambda s: s.get(JourneyRow, journey).need)


def test_chosen_cases_go_into_a_file_whose_code_is_shown_once(at_home, tmp_path, monkeypatch):
    at = at_home
    journey = make.journey(at.store)
    page = at.go("hand_over", None, journeys=[journey])
    assert page.view.chosen_ids() == [journey]
    page.form.editor("who").set_value("Sari")
    target = tmp_path / "kasus.liaison"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(target), ""))

    page.write_file()
    at.settle()

    told = case_file.read_case_file(target, page.code.text())
    assert told.content["journeys"] == [journey]
    assert page.made.isVisible()
    assert "Sari" in " ".join(label.text() for label in page.files.findChildren(type(page.code)))


def test_a_colleagues_file_is_compared_and_only_then_written(at_home, tmp_path):
    at = at_home
    journey = make.journey(at.store)
    copied = tmp_path / "there"
    first = tmp_path / "one.liaison"
    code = new_code()
    hand_over.hand_over(at.store, [journey], HandOverDraft(who="Sari"), path=first, code=code)
    with another_laptop(copied, at.clock) as there:
        take_over.take_over(there, first, code)
        make.do(there, set_field, "journey", journey, "need", "dari sana")
        back = tmp_path / "two.liaison"
        hand_over.hand_over(there, [journey], HandOverDraft(who="Ratna"), path=back, code=code)
    make.do(at.store, set_field, "journey", journey, "need", "dari sini")

    page = at.go("take_over", None, file=str(back))
    page.code.set_value("salah")
    page.look()
    assert page.problem.isVisible()
    page.code.set_value(code.lower())
    page.look()
    at.settle()
    assert not page.problem.isVisible()
    (key,) = page.compared.choices()
    assert need(at.store, journey) == "dari sini"
    page.compared.choose(key, Side.THEIRS)
    page.take()
    at.settle()

    assert need(at.store, journey) == "dari sana"
    assert at.page.place.page == "today"


def test_who_stands_in_is_filled_in_and_ended(at_home):
    at = at_home
    sari = make.made(at.store, offices.add_officer, OfficerDraft(name="Sari Ginting"))
    page = at.go("hand_over")
    page.stand_in()
    form = page.drawer.form.content
    form.editor("officer_id").set_value(make.see(at.store, lambda s: s.info["officer_id"]))
    form.editor("deputy_id").set_value(sari)
    page.drawer.form.save_button.click()
    at.settle()

    (line,) = make.see(at.store, standing_in.deputies)
    assert line.deputy == "Sari Ginting"
    page._remove_deputy(line.id)
    assert make.see(at.store, standing_in.deputies) == ()


def another_laptop(folder, clock):
    store, _ = create_store(
        folder, passphrase=make.PASSPHRASE, officer="Sari Ginting", clock=clock, kdf=kdf.CHEAP, device=5
    )
    with store.write("Set up the office") as session:
        offices.set_up_office(session, make.office_draft(), OfficerDraft(name="Sari Ginting"))
    return store
