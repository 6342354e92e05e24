"""Forms of an insurer's plans: the product, how it pays, a line of its table of benefits, what a person used up."""

from __future__ import annotations

from functools import partial
from typing import Any

from liaison.domain.benefits import LimitKind, Step
from liaison.domain.money import CURRENCIES, Money
from liaison.domain.plans import (
    BenefitLimitDraft,
    BenefitUsageDraft,
    PlanRulesDraft,
    UsageKind,
    check_limit,
    check_rules,
)
from liaison.domain.policies import ProductDraft
from liaison.i18n import N_
from liaison.services import plans, policies
from liaison.ui.desk import Desk
from liaison.ui.pages.short_forms import Bench, begin, offer, offer_again
from liaison.ui.reopening import reopens
from liaison.ui.widgets.editors import Choice
from liaison.ui.widgets.form import Form, Heading, Row
from liaison.ui.widgets.money_edit import MoneyEdit
from liaison.ui.widgets.order_edit import OrderEdit

_PRODUCT_ROWS: tuple[Row, ...] = (
    "name",
    "plan",
    "currency",
    "annual_limit",
    "room_class",
    "territories",
    "is_cashless_abroad",
    "note",
)
_RULE_ROWS: tuple[Row, ...] = (
    "source",
    "stated_on",
    Heading(text=N_("Where and which room")),
    "territories",
    "room_per_day",
    "room_rule",
    Heading(text=N_("What the patient pays")),
    "deductible",
    "deductible_per",
    "copay_percent",
    "copay_least",
    "copay_most",
    "follows_regulation",
    Heading(text=N_("Days")),
    "waiting_days",
    "submit_within_days",
    ("days_before", "days_after"),
    Heading(text=N_("Exchange rate")),
    "rate_rule",
    "rate_source",
    Heading(text=N_("How it is worked out")),
    "step_order",
    "note",
)


def _product_form(desk: Desk) -> Form[ProductDraft]:
    yes_no = [(True, desk.words(N_("yes"))), (False, desk.words(N_("no")))]
    editors = {
        "currency": Choice(desk, [(c, c) for c in CURRENCIES], search=False),
        "is_cashless_abroad": Choice(desk, yes_no, none=desk.words(N_("not known")), search=False),
    }
    return Form(desk, ProductDraft, _PRODUCT_ROWS, editors=editors, kept=("insurer_id",))


@reopens
def new_product_form(bench: Bench, insurer_id: int) -> None:
    """A product and plan of an insurer."""
    form = begin(_product_form(bench.desk), ProductDraft(insurer_id=insurer_id, name=""))
    offer(
        bench,
        form,
        title=N_("New plan"),
        action=N_("Add a plan"),
        write=policies.add_product,
        said=N_("Plan added"),
        note=bench.desk.words(N_("Next, write down how it pays.")),
    )


@reopens
def edit_product_form(bench: Bench, product_id: int, *, version: int) -> None:
    """Change a product and plan."""
    offer_again(
        bench, product_id, read=plans.product_draft, form=lambda _draft: _product_form(bench.desk), title=N_("Plan"),
        action=N_("Change a plan"), write=partial(policies.edit_product, version=version),
    )  # fmt: skip


@reopens
def rules_form(bench: Bench, product_id: int, currency: str) -> None:
    """How a plan pays. Everything may stay open but where it stands."""

    def opened(draft: PlanRulesDraft) -> None:
        desk = bench.desk
        editors: dict[str, Any] = {
            name: MoneyEdit(desk, currency=currency, fixed=True)
            for name in ("room_per_day", "deductible", "copay_least", "copay_most")
        }
        editors["step_order"] = OrderEdit(desk, tuple(Step))
        form = begin(Form(desk, PlanRulesDraft, _RULE_ROWS, editors=editors, kept=("product_id",)), draft)
        offer(
            bench,
            form,
            title=N_("How this plan pays"),
            action=N_("Write down how a plan pays"),
            write=plans.set_plan_rules,
            said=N_("Rules saved"),
            note=desk.words(N_("What stays empty is left out of an estimate, and the estimate says so.")),
            look=lambda d: check_rules(d, currency=currency, today=desk.today()),
        )

    bench.desk.runner.read(plans.plan_rules_draft, product_id, owner=bench.drawer, done=opened, key="rules form")


@reopens
def limit_form(
    bench: Bench, product_id: int, currency: str, limit_id: int | None = None, known: BenefitLimitDraft | None = None
) -> None:
    """A line of the table of benefits: a new one, or one (``known``) that is changed."""
    desk = bench.desk
    rows: tuple[Row, ...] = ("category", "kind", "amount", ("max_days", "max_visits"), "note")
    editors = {"amount": MoneyEdit(desk, currency=currency, fixed=True)}
    form = Form(desk, BenefitLimitDraft, rows, editors=editors, kept=("product_id",))
    draft = known or BenefitLimitDraft(product_id=product_id, kind=LimitKind.ANNUAL)
    offer(
        bench,
        begin(form, draft),
        title=N_("Limit of the plan"),
        action=N_("Add a limit") if limit_id is None else N_("Change a limit"),
        write=plans.add_limit if limit_id is None else plans.edit_limit,
        before=() if limit_id is None else (limit_id,),
        said=N_("Limit saved"),
        look=lambda d: check_limit(d, currency=currency),
    )


@reopens
def usage_form(bench: Bench, cover_id: int, currency: str) -> None:
    """What the insurer says is used up of a person's limit or deductible."""
    desk = bench.desk
    rows: tuple[Row, ...] = ("kind", "category", "used", "as_of", "note")
    editors = {"used": MoneyEdit(desk, currency=currency, fixed=True)}
    form = Form(desk, BenefitUsageDraft, rows, editors=editors, kept=("cover_id",))
    draft = BenefitUsageDraft(
        cover_id=cover_id, kind=UsageKind.ANNUAL, used=Money(0, currency), as_of=desk.today()
    )  # fmt: skip
    offer(
        bench,
        begin(form, draft, empty=("used",)),
        title=N_("Used of the limit"),
        action=N_("Record what is used up"),
        write=plans.record_usage,
        said=N_("Usage recorded"),
        note=desk.words(N_("What the insurer told, with its day. Claims approved since then are added by themselves.")),
    )
