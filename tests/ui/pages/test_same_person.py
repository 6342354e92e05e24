"""The same person twice is said where somebody is typed in, and leads to the comparison."""

from liaison.domain.patients import IdentifierKind
from liaison.services import patients
from liaison.ui.pages.patient_form import NumberHolder, identifier_form
from liaison.ui.places import Place
from liaison.ui.widgets.buttons import QPushButton
from tests import make


def links(widget):
    return [b for b in widget.findChildren(QPushButton) if b.property("kind") == "link" and b.isVisibleTo(widget)]


def test_a_number_that_somebody_else_has_is_said_while_it_is_typed(at_home):
    at, person = at_home, at_home.ids["patient"]
    other = make.patient(at.store, full_name="Dewi L. Siregar")
    draft = make.identifier_draft(kind=IdentifierKind.PASSPORT, value="B7654321")
    make.made(at.store, patients.add_identifier, other, draft)
    page = at.go("journey", at.ids["journey"])
    identifier_form(page.bench, person, kind=IdentifierKind.PASSPORT)
    pane = page.drawer.form
    holder = pane.findChild(NumberHolder)

    editor = pane.findChildren(type(holder))[0]._form.editor("value")
    editor.set_value("B 765 4321")
    holder.look()
    at.settle()
    (compare,) = links(holder)
    compare.click()
    at.settle()

    assert at.page.place == Place(page="merge_persons", record=person, values={"other": other})


def test_a_person_chosen_for_a_new_case_who_stands_on_record_twice_leads_to_the_comparison(at_home):
    at = at_home
    first = make.patient(at.store, full_name="Siti Nurhaliza", phone="0811-1", birth_date=None)
    second = make.patient(at.store, full_name="Sitti Nur Haliza", phone="0811-1", birth_date=None)
    page = at.go("journey_new")
    page.person.choose(first)
    at.settle()

    assert page.person.same.isVisible()
    links(page.person.same)[0].click()
    at.settle()

    assert at.page.place == Place(page="merge_persons", record=first, values={"other": second})
