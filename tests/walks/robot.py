"""An officer at the window: opens, types, presses and moves as a person does, and answers what forms ask for."""

import datetime as dt

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from liaison.domain.care import AppointmentDraft, OpinionDraft
from liaison.domain.facts import ConfirmationDraft, FactKind
from liaison.domain.guarantees import GuaranteeDraft, GuaranteeQueryDraft
from liaison.domain.payments import BillDraft, EstimateDraft, PaymentDraft
from liaison.domain.people import IdentifierDraft, PatientDraft
from liaison.services import claim_views, guarantee_views, history, views
from liaison.ui.pages.journey_ends import WordsForm
from liaison.ui.pages.letter_forms import IssuedForm
from liaison.ui.places import Place
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.in_place import InPlace

RESULTS = {
    FactKind.ELIGIBILITY: "ELIGIBLE",
    FactKind.PAYER_PATH: "SELF_PAY",
    FactKind.MEDIF: "NOT_NEEDED",
    FactKind.CHECKLIST_COMPLETE: "PREAUTH",
}


class Officer:
    """Works in one window on one store."""

    def __init__(self, program):
        self.program = program

    # looking

    @property
    def page(self):
        return self.program.frame.page

    def see(self, function, *arguments):
        with self.program.runner.store.read() as session:
            return function(session, *arguments)

    def case(self, key):
        return self.see(views.journey_view, key)

    def claim(self, key):
        return self.see(claim_views.claim, key)

    def letter(self, key):
        return self.see(guarantee_views.guarantee, key)

    def steps_done(self):
        """How many actions could be taken back now."""
        return sum(
            line.is_undoable and line.undoes is None
            for line in self.see(lambda s: history.recent_actions(s, limit=500))
        )

    # going

    def go(self, page, record=None, **values):
        self.program.frame.go(Place(page=page, record=record, values=values))
        QTest.qWait(1)
        return self.page

    def later(self, **more):
        """Time passes."""
        self.program.clock.now += dt.timedelta(**more)

    def do(self, action):
        """Press one of the page's own actions by its key, as the menu or its shortcut would."""
        self.program.frame.desk.actions[action].run()
        QTest.qWait(1)

    # forms

    def answer(self, **typed):
        """Fill the open form with what was asked for and save it; ``typed`` wins over what would be typed anyway."""
        pane = self.page.drawer.form
        assert pane is not None, "no form is open"
        content = pane.content
        if type(content) is QWidget:  # a form with something beside it
            content = content.findChild(Form)
        if isinstance(content, Form):
            for name, value in {**self._usual(content), **typed}.items():
                content.editor(name).set_value(value)
                content._field_changed(name)
        elif isinstance(content, IssuedForm):
            self._issued(content, typed)
        elif isinstance(content, WordsForm):
            for name, value in typed.items():
                content.editors[name].set_value(value)
        for _press in range(2):  # a warning is looked at once
            if self.page.drawer.form is pane:
                pane.save_button.click()
        assert self.page.drawer.form is not pane, self._complaints(pane)

    def _complaints(self, pane):
        form = pane.findChild(Form)
        boxes = form.boxes if form is not None else {}
        return {name: box.problem_text for name, box in boxes.items() if box.problem_text} or pane.accessibleName()

    def _usual(self, form):
        desk = self.page.desk
        draft = form._base
        if isinstance(draft, ConfirmationDraft):
            found = {"note": "dicatat dari telepon", "source": "telepon"}
            if draft.kind in RESULTS:
                found["result"] = draft.result or RESULTS[draft.kind]
            if draft.kind is FactKind.DECISION:
                found["result"] = "Island Hospital"
            if "at" in form.boxes:
                found["at"] = desk.clock()
            return {name: value for name, value in found.items() if name in form.boxes}
        usual = {
            EstimateDraft: {"low": self.money("41.500,00"), "high": self.money("41.500,00")},
            BillDraft: {"amount": self.money("36.200,00"), "bill_no": "B-1"},
            PaymentDraft: {},
            IdentifierDraft: {"value": "C1234771", "expires_on": dt.date(2031, 8, 3)},
            PatientDraft: {"phone": "0812-3456-7890"},
            GuaranteeDraft: {"requested_at": None},
            GuaranteeQueryDraft: {"question": "mohon hasil lab"},
            OpinionDraft: {"doctor": "dr. Tan", "proposed_procedure": "bypass jantung", "answered_at": desk.clock()},
            AppointmentDraft: {
                "doctor": "dr. Tan",
                "zone": "Asia/Kuala_Lumpur",
                "starts_at": desk.clock() + dt.timedelta(days=3),
                "confirmed_at": desk.clock(),
            },
        }
        return usual.get(form.draft_type, {})

    def money(self, text, currency="MYR"):
        from liaison.domain.money import Money
        from liaison.i18n.formats import read_amount

        return Money.of(read_amount(text), currency)

    def _issued(self, content, typed):
        usual = {
            "gl_no": "NP-GL-26-3381", "ceiling": self.money("45.000,00"), "room_class": "dua tempat tidur",
            "valid_from": self.page.desk.today(), "valid_to": self.page.desk.today() + dt.timedelta(days=30),
            "accepted": self.money("36.000,00"), "excess": self.money("200,00"),
        }  # fmt: skip
        for name, value in {**usual, **typed}.items():
            if name in content.extra:
                content.extra[name].editor.set_value(value)
            elif name in content.form.boxes:
                content.form.editor(name).set_value(value)
                content.form._field_changed(name)

    def type_in_place(self, name, text):
        """Edit a fact of the page where it stands; ``name`` is record and field, as in ``journey.mrn``."""
        fact = next(f for f in self.page.findChildren(InPlace) if f.shown.objectName() == name)
        fact.edit()
        fact.editor.retype(text)
        fact.commit()
        QTest.qWait(1)

    def press(self, words):
        """Press the button of the page that says so."""
        said = self.page.desk.words(words)
        next(b for b in self.page.findChildren(QAbstractButton) if b.accessibleName() == said and b.isVisible()).click()

    # moving

    def move(self, to, **typed):
        """Move the page's record, supplying by each cure what is found missing on the way."""
        page = self.page
        for _try in range(12):
            page.mover.go(to)
            if page.drawer.form is not None:
                self.answer(**typed)
                return
            if page.panel.isHidden():
                return
            assert page.panel.cures, page.panel.accessibleDescription()
            page.panel.cures[0].click()
            self.cured(page)
        raise AssertionError(f"{to} is still refused: {page.panel.accessibleDescription()}")

    def cured(self, page):
        """Answer whatever the cure opened: a form, a fact in place, or nothing where pressing was enough."""
        if self.page is not page:
            return
        if page.drawer.form is not None:
            self.answer()
        for fact in page.findChildren(InPlace):
            if fact.editor is not None:
                fact.editor.retype("IH-55012" if fact.shown.objectName() == "journey.mrn" else "kontrol jantung")
                fact.commit()
        QTest.qWait(1)
