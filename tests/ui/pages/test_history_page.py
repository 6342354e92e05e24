"""The history page: narrowed as one types, a step unfolded a piece at a time, a record told field by field."""

import dataclasses

import pytest
from PySide6.QtWidgets import QPushButton
from shiboken6 import isValid

from liaison.i18n import N_
from liaison.services import network, office_history, patients, work
from tests import make
from tests.ui.pages.test_office_pages import texts
from tests.ui.walk import nameless


def shown(page):
    return [page.table.row_at(n) for n in range(page.table.rowCount())]


def type_in(at_home, page, text):
    page.filter.search.line.setText(text)
    page.filter.search.changed.emit()
    at_home.settle(250)


def test_the_list_follows_what_is_typed_and_escape_shows_everything_again(at_home):
    at_home.do(work.add_note, make.note_draft(journey_id=at_home.ids["journey"]))
    page = at_home.go("history")
    everything = page.table.rowCount()

    type_in(at_home, page, "zzzz")
    assert page.table.rowCount() == 0
    assert page.nothing.isVisible()
    assert not page.view.isVisible()
    page.nothing.button.click()
    at_home.settle()

    assert page.table.rowCount() == everything
    assert page.view.isVisible()
    assert nameless(page) == []


def test_officer_kind_field_and_days_narrow_too(at_home):
    at_home.do(patients.edit_patient, at_home.ids["patient"], make.patient_draft(phone="0811-0000-1111"))
    page = at_home.go("history")
    page.filter.officer.set_value(make.OFFICER)
    page.filter.field.set_value(("patient", "phone"))
    page.filter.field.changed.emit()
    assert page.table.rowCount() == 1

    page.filter.since.set_value(at_home.clock.now.date().replace(year=2030))
    page.filter.since.committed.emit()

    assert page.table.rowCount() == 0
    kept = page.keep()
    again = at_home.go("history")
    again.resume(kept)
    again._narrow()
    assert again.keep() == kept


def test_a_large_step_unfolds_a_piece_at_a_time(at_home, monkeypatch):
    monkeypatch.setattr(office_history.piece_of, "__defaults__", (0, 4))
    with at_home.store.write(N_("Import claims"), kind="import") as session:
        for number in range(6):
            patients.add_patient(session, make.patient_draft(full_name=f"Orang {number}"))
    page = at_home.go("history")
    page.view.go_to_row(0)
    at_home.settle()

    def more():
        found = [b for b in page.side.findChildren(QPushButton) if b.text().strip() == page.desk.words("Show more")]
        return [b for b in found if b.isVisible()]

    for _piece in range(9):
        if not more():
            break
        more()[0].click()
        at_home.settle()

    told = texts(page.side)
    assert all(f"Orang {n}" in told for n in range(6))
    assert more() == []


def test_a_record_is_told_field_by_field_and_one_line_takes_its_step_back(at_home):
    house = at_home.ids["hospital"]
    draft = at_home.see(network.organization_draft, house)
    at_home.do(network.edit_organization, house, dataclasses.replace(draft, short_name="RS Uji"))
    page = at_home.go("history", house, kind="organization")
    line = shown(page)[0]

    assert (line.field, line.after, line.who) == ("short_name", "RS Uji", make.OFFICER)
    page._take_back()
    at_home.settle()

    assert at_home.see(network.organization_draft, house).short_name == draft.short_name
    assert not at_home.troubles


def test_a_masked_screen_shows_no_name_in_a_history(at_home):
    at_home.do(patients.edit_patient, at_home.ids["patient"], make.patient_draft(full_name="Kencana Wungu"))
    at_home.frame.shared.masking.switch()
    page = at_home.go("history", at_home.ids["patient"], kind="patient")

    cells = [page.table.index(r, c).data() for r in range(page.table.rowCount()) for c in range(5)]
    assert not any("Kencana" in str(cell) for cell in cells)
    assert "Kencana" not in texts(page.side)


@pytest.mark.parametrize(("page", "kind"), [("journeys", "journey"), ("claims", "claim")])
def test_h_on_a_row_of_a_list_shows_its_history(at_home, page, kind):
    shown_page = at_home.go(page)
    at_home.settle(60)
    key = shown_page.view.current_id()
    assert key is not None
    shown_page.view.key_pressed.emit("h")

    assert at_home.page.place.page == "history"
    assert at_home.page.place.record == key
    assert at_home.page.place.values["kind"] == kind


def test_saving_goes_on_quietly_after_the_history_was_left(at_home):
    left = at_home.go("history")
    at_home.go("today")
    assert not isValid(left)

    at_home.frame.desk.runner.write(
        N_("Write a note"), work.add_note, make.note_draft(journey_id=at_home.ids["journey"]), owner=at_home.page
    )
    at_home.settle()

    assert at_home.page.place.page == "today"
