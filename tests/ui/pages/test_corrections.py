"""What happened in a case is opened from its line: corrected where it can be, gone to where it belongs."""

import datetime as dt

from PySide6.QtWidgets import QAbstractButton

from liaison.domain.money import Money
from liaison.domain.payments import BillKind, PaymentPurpose
from liaison.services import patients, payments, work
from liaison.services.views import journey_view
from liaison.ui.pages import patient_form
from liaison.ui.pages.hidden_form import HiddenForm
from liaison.ui.widgets.form import Form
from tests import make


def line_of(page, kind, key):
    return next(entry for entry in page.log.timeline.entries if entry.value == (kind, key))


def form_of(page):
    return page.drawer.form.findChild(Form)


def take_off(page):
    """Press the link under the form that takes its record off."""
    next(b for b in page.drawer.form.findChildren(QAbstractButton) if b.objectName() == "take_off").click()


def opened(office, kind, key):
    page = office.go("journey", office.ids["journey"])
    page.log.timeline.opened.emit(line_of(page, kind, key).value)
    office.settle()
    return page


def title_of(office, kind, key):
    """The words of its line, and its moment."""
    items = office.see(journey_view, office.ids["journey"]).timeline
    return next(
        (str(i.title.values.get("amount", i.title.message)), i.at) for i in items if (i.kind, i.id) == (kind, key)
    )


def save(office, page):
    page.drawer.form.save_button.click()
    office.settle()


def test_a_note_is_corrected_from_its_line_and_its_day_stays(at_home):
    note = make.note_draft(journey_id=at_home.ids["journey"], text="Minta kursi rod")
    key = at_home.do(work.add_note, note).made
    _text, before = title_of(at_home, "note", key)

    page = opened(at_home, "note", key)
    form_of(page).editor("text").set_value("Minta kursi roda")
    save(at_home, page)

    assert title_of(at_home, "note", key) == ("Minta kursi roda", before)
    assert at_home.troubles == []


def test_a_wrong_bill_is_corrected_or_taken_off_from_its_line(at_home):
    draft = make.bill_draft(at_home.ids["journey"], BillKind.INTERIM, amount=Money(850_000, "MYR"), bill_no="B-77")
    key = at_home.do(payments.record_bill, draft).made

    page = opened(at_home, "bill", key)
    form_of(page).editor("amount").set_value(Money(580_000, "MYR"))
    save(at_home, page)
    assert at_home.see(payments.bill_draft, key).amount == Money(580_000, "MYR")

    take_off(opened(at_home, "bill", key))
    at_home.settle()
    assert all(i.id != key for i in at_home.see(journey_view, at_home.ids["journey"]).timeline if i.kind == "bill")


def test_a_figure_with_too_many_digits_is_said_to_be_too_large_and_not_kept(at_home):
    draft = make.bill_draft(at_home.ids["journey"], BillKind.INTERIM, amount=Money(850_000, "MYR"), bill_no="B-78")
    key = at_home.do(payments.record_bill, draft).made

    page = opened(at_home, "bill", key)
    form_of(page).editor("amount").line.setText("99999999999999999999")
    save(at_home, page)

    assert at_home.troubles == []
    assert form_of(page).isVisible()
    assert at_home.see(payments.bill_draft, key).amount == Money(850_000, "MYR")


def test_a_bill_that_another_window_corrected_meanwhile_is_not_written_over(at_home):
    draft = make.bill_draft(at_home.ids["journey"], BillKind.INTERIM, amount=Money(850_000, "MYR"), bill_no="B-79")
    key = at_home.do(payments.record_bill, draft).made
    page = opened(at_home, "bill", key)
    at_home.do(payments.edit_bill, key, make.changed(draft, amount=Money(111_100, "MYR")))

    form_of(page).editor("note").set_value("lewat telepon")
    save(at_home, page)

    assert at_home.see(payments.bill_draft, key).amount == Money(111_100, "MYR")
    assert form_of(page).isVisible()


def test_a_deposit_typed_wrongly_is_corrected_from_its_line(at_home):
    draft = make.payment_draft(
        at_home.ids["journey"], PaymentPurpose.DEPOSIT, amount=Money(30_000, "MYR"), paid_on=dt.date(2026, 11, 2)
    )
    before = at_home.see(journey_view, at_home.ids["journey"]).money.deposit_paid or Money(0, "MYR")
    key = at_home.do(payments.record_payment, draft).made

    page = opened(at_home, "payment", key)
    form_of(page).editor("amount").set_value(Money(300_000, "MYR"))
    save(at_home, page)

    assert at_home.see(journey_view, at_home.ids["journey"]).money.deposit_paid == before + Money(300_000, "MYR")


def test_a_note_stays_closed_while_people_are_hidden(at_home):
    key = at_home.do(work.add_note, make.note_draft(journey_id=at_home.ids["journey"], text="Ibu Suyanti")).made
    at_home.frame.shared.masking.switch()

    page = opened(at_home, "note", key)

    assert isinstance(page.drawer.form, HiddenForm)


def test_somebody_beside_the_patient_is_taken_off_from_the_form(at_home):
    page = at_home.go("journey", at_home.ids["journey"])
    patient = page.case.patient.id
    key = at_home.do(patients.add_related_person, patient, make.related_person_draft(name="Qolbim")).made
    patient_form.edit_related_form(page.bench, key, version=1)
    at_home.settle()
    take_off(page)
    at_home.settle()

    assert "Qolbim" not in [r.name for r in at_home.see(journey_view, at_home.ids["journey"]).patient.related]


def test_what_has_a_page_of_its_own_is_gone_to(at_home):
    page = opened(at_home, "guarantee", at_home.ids["letter"])

    assert at_home.page is not page
    assert at_home.page.record == at_home.ids["letter"]
