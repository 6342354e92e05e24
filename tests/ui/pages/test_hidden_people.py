"""While people are hidden nothing that is opened for editing shows them, and nothing half typed is lost by it."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from liaison.ui.masking import DOTS
from liaison.ui.pages import cover_form, patient_form
from liaison.ui.pages.hidden_form import HiddenForm
from liaison.ui.widgets.in_place import InPlace


def written(widget):
    """What stands in fields that can be typed into."""
    lines = [line.text() for line in widget.findChildren(QLineEdit)]
    return " ".join([*lines, *(text.toPlainText() for text in widget.findChildren(QPlainTextEdit))])


def edit_person(page):
    patient = page.case.patient
    patient_form.edit_patient_form(page.bench, patient.id, version=patient.version)
    return page.drawer.form


def test_a_form_about_a_person_closes_when_people_are_hidden_and_comes_back_as_it_was_typed(at_home):
    page = at_home.go("journey", at_home.ids["journey"])
    form = edit_person(page).content
    form.editor("address").inner().setPlainText("Jalan Suyanti 4")
    at_home.settle()

    at_home.frame.shared.masking.switch()
    at_home.settle(120)
    hidden = at_home.page.drawer.form
    seen = written(at_home.page)
    at_home.frame.typing.look()
    at_home.frame.shared.masking.switch()
    at_home.settle(120)

    assert isinstance(hidden, HiddenForm)
    assert "uyanti" not in seen
    assert "Jalan Suyanti 4" in written(at_home.page.drawer.form)


def test_every_form_that_edits_a_person_or_a_policy_stays_closed_and_cancel_gives_up_nothing(at_home):
    at_home.frame.shared.masking.switch()
    page = at_home.go("journey", at_home.ids["journey"])
    case = page.case
    cover = case.cover or case.covers[0]

    for open_it in (
        lambda: edit_person(page),
        lambda: patient_form.edit_identifier_form(page.bench, case.patient.identifiers[0].id, version=1),
        lambda: patient_form.edit_related_form(page.bench, 1, version=1),
        lambda: cover_form.edit_cover_form(page.bench, cover.id, version=cover.version),
        lambda: cover_form.edit_policy_form(page.bench, cover.policy_id, version=cover.policy_version),
    ):
        open_it()
        assert isinstance(page.drawer.form, HiddenForm)
        assert written(page.drawer.form) == ""
        page.drawer.form.give_up()
        assert page.drawer.form is None


def test_a_fact_behind_dots_does_not_open_where_it_stands(at_home):
    at_home.frame.shared.masking.switch()
    page = at_home.go("journey", at_home.ids["journey"])
    facts = {fact.shown.objectName(): fact for fact in page.findChildren(InPlace)}

    for name in ("patient.passport_name", "patient.phone"):
        facts[name].shown.click()
        assert facts[name].editor is None
    assert DOTS in facts["patient.phone"].shown.text()
