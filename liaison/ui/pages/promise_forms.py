"""Forms of promised payments: one promise with its day, or a bill in instalments."""

from __future__ import annotations

from functools import partial
from typing import Any

from liaison.domain.errors import Refused
from liaison.domain.money import Money
from liaison.domain.payments import Payer
from liaison.domain.problems import Problem
from liaison.domain.settlement import PromiseDraft, PromiseKind, check_promise
from liaison.i18n import N_
from liaison.services import promises
from liaison.ui.pages.journey_ends import words_form
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.reopening import reopens
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import NumberEdit
from liaison.ui.widgets.form import Form, Row
from liaison.ui.widgets.money_edit import MoneyEdit


@reopens
def promise_form(
    bench: Bench,
    journey_id: int,
    kind: PromiseKind,
    by: Payer,
    *,
    amount: Money | None = None,
    currency: str = "MYR",
    claim_id: int | None = None,
    note: str = "",
) -> FormPane:
    """Who promised to pay what, and by when. It is followed up on its day."""
    desk = bench.desk
    rows: tuple[Row, ...] = ("kind", "amount", "due_on", "promised_by", "note")
    editors = {"amount": MoneyEdit(desk, currency=amount.currency if amount else currency, fixed=claim_id is not None)}
    form = Form(desk, PromiseDraft, rows, editors=editors, kept=("journey_id", "claim_id"))
    draft = PromiseDraft(
        journey_id=journey_id, claim_id=claim_id, kind=kind, promised_by=by, amount=amount or Money(0, currency),
        due_on=desk.today(), note=note,
    )  # fmt: skip
    return offer(
        bench,
        begin(form, draft, empty=("due_on",) if amount else ("amount", "due_on")),
        title=N_("Promise to pay"),
        action=N_("Record a promise to pay"),
        write=promises.promise,
        said=N_("Promise recorded"),
        note=desk.words(N_("It stands in Today on its day. A payment of this amount keeps it by itself.")),
        look=lambda d: check_promise(d, today=desk.today()),
    )


@reopens
def instalments_form(bench: Bench, journey_id: int, *, amount: Money | None = None, currency: str = "MYR") -> FormPane:
    """A bill that the family pays in monthly parts."""
    desk = bench.desk
    money = MoneyEdit(desk, currency=amount.currency if amount else currency)
    money.set_value(amount)
    count, first = NumberEdit(desk), DateEdit(desk, ahead=True)
    count.set_value(3)

    def write(values: dict[str, Any]) -> Any:
        return partial(_write, journey_id, values, currency)

    return words_form(
        bench,
        title=N_("Bill in instalments"),
        fields=[
            ("amount", N_("Amount"), money),
            ("count", N_("In how many monthly parts?"), count),
            ("first", N_("First part by"), first),
        ],
        action=N_("Record instalments"),
        write=write,
        before=(),
        said=N_("Instalments recorded"),
        save_word=N_("Save"),
    )


def _write(journey_id: int, values: dict[str, Any], currency: str, session: Any) -> Any:
    if values["first"] is None:
        raise Refused([Problem(code="FIRST_DAY", message=N_("Write down the day of the first part."), field="first")])
    draft = PromiseDraft(
        journey_id=journey_id, kind=PromiseKind.INSTALMENT, promised_by=Payer.PATIENT, due_on=values["first"],
        amount=values["amount"] or Money(0, currency),
    )  # fmt: skip
    return promises.promise_instalments(session, draft, count=values["count"] or 0)
