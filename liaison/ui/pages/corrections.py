"""What happened in a case, opened from its line: a note, bill or payment is corrected, anything else is gone to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from liaison.domain.payments import BillDraft, PaymentDraft, check_bill, check_payment
from liaison.domain.work import NoteTextDraft
from liaison.i18n import N_
from liaison.services import payments, work
from liaison.ui.desk import Desk
from liaison.ui.pages.hidden_form import stays_hidden
from liaison.ui.pages.lookups import hospital_edit
from liaison.ui.pages.short_forms import Bench, offer_again
from liaison.ui.pages.travel_forms import edit_estimate_form
from liaison.ui.reopening import reopens
from liaison.ui.widgets.editors import LongText
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.money_edit import MoneyEdit

_PAGES = {"guarantee": "letter", "claim": "claim", "document": "document"}


def open_entry(bench: Bench, value: tuple[str, int]) -> None:
    """Open the record behind a line of what happened: its form, its page, or else its history."""
    kind, key = value
    form = _FORMS.get(kind)
    if form is not None:
        form(bench, key)
    elif kind in _PAGES:
        bench.desk.go(_PAGES[kind], key)
    else:
        bench.desk.go("history", key, kind=kind)


@reopens
def edit_note_form(bench: Bench, key: int) -> None:
    """Correct what was noted; the history keeps what stood there."""
    if stays_hidden(bench, N_("Correct the note")):
        return
    desk = bench.desk

    def form(_draft: NoteTextDraft) -> Form[NoteTextDraft]:
        return Form(desk, NoteTextDraft, ["text"], editors={"text": LongText(desk, lines=6)})

    offer_again(
        bench, key, read=work.note_text, form=form, title=N_("Correct the note"), action=N_("Correct a note"),
        write=work.edit_note,
    )  # fmt: skip


@reopens
def edit_bill_form(bench: Bench, key: int) -> None:
    """Correct a bill, or take one off that was entered in error."""
    desk = bench.desk

    def form(draft: BillDraft) -> Form[BillDraft]:
        editors = {"hospital_id": hospital_edit(desk), "amount": _amount(desk, draft.amount.currency)}
        rows = ["kind", "amount", "billed_on", "bill_no", "hospital_id", "note"]
        return Form(desk, BillDraft, rows, editors=editors, kept=("journey_id",))

    offer_again(
        bench, key, read=payments.bill_draft, form=form, title=N_("Hospital bill"), action=N_("Correct a bill"),
        write=payments.edit_bill, look=lambda d: check_bill(d, today=desk.today()), remove=payments.void_bill,
        removing=N_("Take a bill off"),
    )  # fmt: skip


@reopens
def edit_payment_form(bench: Bench, key: int) -> None:
    """Correct a payment, or take one off that was entered in error."""
    desk = bench.desk

    def form(draft: PaymentDraft) -> Form[PaymentDraft]:
        editors = {"amount": _amount(desk, draft.amount.currency, fixed=draft.claim_id is not None)}
        rows = ["purpose", "amount", "paid_on", "payer", "receipt_no", "note"]
        return Form(desk, PaymentDraft, rows, editors=editors, kept=("journey_id", "claim_id"))

    offer_again(
        bench, key, read=payments.payment_draft, form=form, title=N_("Payment"), action=N_("Correct a payment"),
        write=payments.edit_payment, look=lambda d: check_payment(d, today=desk.today()),
        remove=payments.void_payment, removing=N_("Take a payment off"),
    )  # fmt: skip


def _amount(desk: Desk, currency: str, *, fixed: bool = False) -> MoneyEdit:
    return MoneyEdit(desk, currency=currency, fixed=fixed)


_FORMS: dict[str, Callable[[Bench, int], None]] = {
    "note": edit_note_form,
    "bill": edit_bill_form,
    "payment": edit_payment_form,
    "estimate": partial(edit_estimate_form, version=None),
}
