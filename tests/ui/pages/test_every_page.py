"""What holds for every page of cases, letters and claims: its size, its names, its place when built anew."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QMainWindow, QWidget

from liaison.domain.claims import ClaimState
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import VersionKind
from liaison.domain.payments import Payer
from liaison.domain.settlement import PromiseKind
from liaison.ui.pages import (
    care_forms,
    claim_forms,
    confirmations,
    consents_form,
    course_forms,
    cover_form,
    journey_ends,
    letter_forms,
    letter_topup,
    money_forms,
    panel_card,
    patient_form,
    plan_forms,
    promise_forms,
    task_form,
    travel_forms,
)
from tests.ui.walk import nameless

PAGES = (
    "journeys",
    "journey",
    "journey_new",
    "claims",
    "claim",
    "claim_new",
    "letter",
    "recovery",
    "insight",
    "variance",
    "urgent",
    "kiosk_intake",
)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_fits_the_smallest_window_and_names_all_that_can_be_reached(office, page, language):
    place = office(language, size=(1024, 520))

    place.go(page, place.ids.get(page))

    assert nameless(place.frame) == []
    least = place.frame.minimumSizeHint()
    assert least.width() <= 1024
    assert least.height() <= 520


def every_form(page):
    """Each short form of a case, opened one after the other."""
    bench, case = page.bench, page.case
    version = case.version
    yield from (lambda k=k: confirmations.confirm_form(bench, case.id, k) for k in FactKind)
    yield lambda: consents_form.consents_form(bench, case.id)
    for form in (care_forms.opinion_form, care_forms.referral_form, care_forms.appointment_form, travel_forms.stay_form,
                 travel_forms.escort_form):  # fmt: skip
        yield lambda f=form: f(bench, case.id)
    yield lambda: travel_forms.leg_form(bench, case.id, home="Asia/Jakarta", there="Asia/Kuala_Lumpur")
    yield lambda: travel_forms.choose_form(bench, 1)
    yield lambda: task_form.task_form(bench, journey_id=case.id)
    yield lambda: task_form.edit_task_form(bench, case.open_tasks[0].id)
    yield lambda: money_forms.estimate_form(bench, case.id, hospital_id=case.hospital.id)
    yield lambda: money_forms.bill_form(bench, case.id, hospital_id=case.hospital.id)
    yield lambda: money_forms.payment_form(bench, journey_id=case.id)
    yield lambda: promise_forms.promise_form(bench, case.id, PromiseKind.REFUND, Payer.HOSPITAL)
    yield lambda: promise_forms.instalments_form(bench, case.id)
    yield lambda: plan_forms.usage_form(bench, case.cover.id, "IDR")
    yield lambda: patient_form.edit_patient_form(bench, case.patient.id, version=case.patient.version)
    yield lambda: patient_form.identifier_form(bench, case.patient.id)
    yield lambda: patient_form.related_form(bench, case.patient.id)
    yield lambda: patient_form.agent_form(bench)
    yield lambda: cover_form.new_cover_form(bench, case.patient.id)
    yield lambda: cover_form.edit_cover_form(bench, case.cover.id, version=case.cover.version)
    yield lambda: cover_form.edit_policy_form(bench, case.cover.policy_id, version=case.cover.policy_version)
    yield lambda: letter_forms.request_form(bench, case)
    yield from (lambda k=k: letter_forms.issued_form(bench, case.guarantees[0], k) for k in VersionKind)
    yield lambda: letter_forms.query_form(bench, case.guarantees[0].id)
    for form in (course_forms.cycle_plan_form, course_forms.complaint_form, course_forms.survey_form,
                 course_forms.pregnancy_form, course_forms.newborn_form, course_forms.notice_form):  # fmt: skip
        yield lambda f=form: f(bench, case.id)
    yield lambda: course_forms.airline_rule_form(bench)
    yield lambda: letter_topup.topup_form(bench, case.guarantees[0].id)
    yield lambda: panel_card.panel_form(bench, case.guarantees[0].insurer_id, case.hospital.id)
    for form in (journey_ends.hold_form, journey_ends.cancel_form, journey_ends.answered_form, journey_ends.death_form,
                 journey_ends.reopen_form, journey_ends.redirect_form):  # fmt: skip
        yield lambda form=form: form(bench, case.id, version=version)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_short_form_of_a_case_is_named_and_stays_inside_its_drawer(office, language):
    place = office(language)
    page = place.go("journey", place.ids["journey"])

    for open_form in every_form(page):
        open_form()
        place.settle(1)
        form = page.drawer.form
        assert form is not None
        assert nameless(form) == []
        assert form.content.minimumSizeHint().width() <= page.drawer.width() - 32, form.accessibleName()


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_short_form_of_a_claim_is_named_and_stays_inside_its_drawer(office, language):
    place = office(language)
    page = place.go("claim", place.ids["claim"])
    claim, bench = page.claim, page.bench
    forms = (
        lambda: claim_forms.send_form(bench, claim),
        lambda: claim_forms.number_form(bench, claim),
        lambda: claim_forms.claim_query_form(bench, claim.id),
        lambda: claim_forms.appeal_form(bench, claim.id),
        lambda: claim_forms.appeal_answer_form(bench, claim.id),
        lambda: claim_forms.claim_payment_form(bench, claim),
        lambda: claim_forms.decision_form(bench, claim, ClaimState.PARTIALLY_APPROVED),
    )

    for open_form in forms:
        open_form()
        place.settle(1)
        form = page.drawer.form
        assert nameless(form) == []
        assert form.content.minimumSizeHint().width() <= page.drawer.width() - 32, form.accessibleName()


class Flashes(QObject):
    """Remembers every widget that showed itself as a window of its own."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and not isinstance(watched, QMainWindow):
            self.seen.append(watched)
        return False


def test_nothing_flashes_up_as_a_window_of_its_own(at_home, qapp):
    flashes = Flashes()
    qapp.installEventFilter(flashes)

    for page in PAGES:
        at_home.go(page, at_home.ids.get(page))

    qapp.removeEventFilter(flashes)
    assert flashes.seen == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_built_anew_keeps_its_words_and_its_place(office, page):
    place = office()
    first = place.go(page, place.ids.get(page))
    kept = first.keep()

    again = place.go("journeys") if page != "journeys" else place.go("claims")
    again = place.go(page, place.ids.get(page))
    again.resume(kept)
    place.settle()

    assert again.keep() == kept
    assert place.troubles == []
