"""Money of a case: the hospital's estimate, its bills, and what was paid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liaison.domain.money import Money
from liaison.domain.payments import (
    BillDraft,
    BillKind,
    EstimateDraft,
    Payer,
    PaymentDraft,
    PaymentPurpose,
    check_bill,
    check_estimate,
    check_payment,
)
from liaison.i18n import N_
from liaison.services import payments
from liaison.ui.desk import Desk
from liaison.ui.pages.lookups import hospital_edit
from liaison.ui.pages.package_offers import PackageOffers
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.reopening import reopens
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Editor
from liaison.ui.widgets.form import Form, Heading, Row
from liaison.ui.widgets.money_edit import MoneyEdit

Done = Callable[[Any], object]

ESTIMATE_ROWS: tuple[Row, ...] = (
    "hospital_id", "low", "high", "stated_on", "valid_until", "is_domestic",
    Heading(text=N_("What the patient pays")), "excess", "travel", "hotel", "note",
)  # fmt: skip


def estimate_editors(desk: Desk, currency: str) -> dict[str, Editor]:
    """The amounts of an estimate: the hospital's in its own currency, the way there in rupiah."""
    own = {name: MoneyEdit(desk, currency=currency) for name in ("low", "high", "excess", "hotel")}
    return {**own, "travel": MoneyEdit(desk, currency="IDR")}


@reopens
def estimate_form(
    bench: Bench, journey_id: int, *, hospital_id: int | None, currency: str = "MYR", done: Done | None = None
) -> FormPane:
    """A hospital's cost estimate."""
    desk = bench.desk
    editors = {"hospital_id": hospital_edit(desk), **estimate_editors(desk, currency)}
    form = Form(desk, EstimateDraft, ESTIMATE_ROWS, editors=editors, kept=("journey_id",))
    form.boxes["hospital_id"].add_below(PackageOffers(desk, form, journey_id))
    nothing = Money(0, currency)
    draft = EstimateDraft(
        journey_id=journey_id, hospital_id=hospital_id, low=nothing, high=nothing, stated_on=desk.today()
    )
    return offer(
        bench,
        begin(form, draft, empty=("low", "high")),
        title=N_("Cost estimate"),
        action=N_("Record an estimate"),
        write=payments.record_estimate,
        said=N_("Estimate recorded"),
        look=lambda d: check_estimate(d, today=desk.today()),
        done=done,
    )


@reopens
def bill_form(
    bench: Bench,
    journey_id: int,
    *,
    hospital_id: int | None,
    kind: BillKind = BillKind.INTERIM,
    currency: str = "MYR",
    done: Done | None = None,
) -> FormPane:
    """A hospital's bill; an interim bill carries the running total."""
    desk = bench.desk
    rows: tuple[Row, ...] = ("kind", "amount", "billed_on", "bill_no", "hospital_id", "note")
    editors = {"hospital_id": hospital_edit(desk), "amount": MoneyEdit(desk, currency=currency)}
    form = Form(desk, BillDraft, rows, editors=editors, kept=("journey_id",))
    draft = BillDraft(
        journey_id=journey_id, hospital_id=hospital_id, kind=kind, billed_on=desk.today(), amount=Money(0, currency)
    )
    return offer(
        bench,
        begin(form, draft, empty=("amount",)),
        title=N_("Hospital bill"),
        action=N_("Record a bill"),
        write=payments.record_bill,
        said=N_("Bill recorded"),
        note=desk.words(N_("An interim bill carries the running total, not what was added since the last one.")),
        look=lambda d: check_bill(d, today=desk.today()),
        done=done,
    )


@reopens
def payment_form(
    bench: Bench,
    *,
    journey_id: int | None,
    claim_id: int | None = None,
    purpose: PaymentPurpose = PaymentPurpose.DEPOSIT,
    payer: Payer | None = None,
    amount: Money | None = None,
    currency: str = "MYR",
    note: str = "",
    done: Done | None = None,
) -> FormPane:
    """A deposit, an excess, a refund, or an insurer's payment of a claim."""
    desk = bench.desk
    rows: tuple[Row, ...] = ("purpose", "amount", "paid_on", "payer", "receipt_no", "note")
    fixed = claim_id is not None
    editors = {"amount": MoneyEdit(desk, currency=amount.currency if amount else currency, fixed=fixed)}
    form = Form(desk, PaymentDraft, rows, editors=editors, kept=("journey_id", "claim_id"))
    draft = PaymentDraft(
        journey_id=journey_id,
        claim_id=claim_id,
        purpose=purpose,
        payer=payer or (Payer.INSURER if claim_id is not None else Payer.PATIENT),
        amount=amount or Money(0, currency),
        paid_on=desk.today(),
        note=note,
    )
    return offer(
        bench,
        begin(form, draft, empty=() if amount else ("amount",)),
        title=N_("Payment"),
        action=N_("Record a payment"),
        write=payments.record_payment,
        said=N_("Payment recorded"),
        look=lambda d: check_payment(d, today=desk.today()),
        done=done,
    )
