"""Products, policies and who is covered by them."""

from __future__ import annotations

import datetime as dt

from liaison.domain.coded import Coded
from liaison.domain.fields import check_order, check_required, draft, field, problem, warning
from liaison.domain.money import CURRENCIES, Money
from liaison.domain.privacy import OUTSIDE_BUT_PUBLIC, Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_


class PolicyStatus(Coded):
    """Whether premiums are paid. Source: ``domain`` 2.1, Policy."""

    IN_FORCE = "IN_FORCE", N_("in force")
    GRACE = "GRACE", N_("in the grace period")
    LAPSED = "LAPSED", N_("lapsed")
    REINSTATED = "REINSTATED", N_("reinstated")
    TERMINATED = "TERMINATED", N_("terminated")
    NOT_STATED = "NOT_STATED", N_("policy status not stated")


class EligibilityResult(Coded):
    """What the insurer or its administrator answered to "is this covered". Source: ``domain`` 2.1, EligibilityCheck."""

    ELIGIBLE = "ELIGIBLE", N_("eligible")
    ELIGIBLE_WITH_LIMITS = "ELIGIBLE_WITH_LIMITS", N_("eligible with limits")
    REIMBURSE_ONLY = "REIMBURSE_ONLY", N_("reimbursement only")
    NOT_ELIGIBLE = "NOT_ELIGIBLE", N_("not eligible")
    UNKNOWN = "UNKNOWN", N_("no clear answer yet")


class PayerContext(Coded):
    """On whose account a policy runs. BPJS shares in a bill in Indonesia only. Source: ``domain`` 2.1, Coverage."""

    PRIVATE = "PRIVATE", N_("private policy")
    EMPLOYER = "EMPLOYER", N_("through the employer")
    BPJS = "BPJS", N_("BPJS Kesehatan")


_PAYER = frozenset({Audience.FAMILY, Audience.INSURER})


@draft
class ProductDraft:
    """A product and plan of an insurer, as far as an officer needs it."""

    insurer_id: int = field(N_("Insurer"), required=True, audience=OUTSIDE_BUT_PUBLIC)
    name: str = field(N_("Product"), required=True, audience=OUTSIDE_BUT_PUBLIC, headings=("produk", "product"))
    plan: str = field(N_("Plan"), audience=OUTSIDE_BUT_PUBLIC, headings=("plan", "paket"), default="")
    currency: str = field(N_("Currency"), audience=_PAYER, default="IDR")
    territories: tuple[str, ...] = field(N_("Territory of cover"), audience=_PAYER, default=())
    room_class: str = field(N_("Room entitlement"), audience=OUTSIDE_BUT_PUBLIC, default="")
    is_cashless_abroad: bool | None = field(
        N_("Cashless abroad"), help=N_("Leave open where nobody knows."), audience=OUTSIDE_BUT_PUBLIC, default=None
    )
    annual_limit: Money | None = field(N_("Annual limit"), audience=_PAYER, default=None)
    note: str = field(N_("Note"), default="")


@draft
class PolicyDraft:
    """A policy. Where a list does not state the insurer it stays empty; it is never guessed."""

    insurer_id: int | None = field(N_("Insurer"), audience=OUTSIDE_BUT_PUBLIC, default=None)
    administrator_id: int | None = field(N_("Administrator"), audience=OUTSIDE_BUT_PUBLIC, default=None)
    product_id: int | None = field(N_("Product"), audience=OUTSIDE_BUT_PUBLIC, default=None)
    policy_no: str = field(
        N_("Policy number"),
        audience=OUTSIDE_BUT_PUBLIC,
        headings=("no polis", "nomor polis", "polis", "policy no", "policy number"),
        default="",
    )
    holder_name: str = field(
        N_("Policyholder"), audience=_PAYER, headings=("pemegang polis", "policyholder", "policy holder"), default=""
    )
    inception_on: dt.date | None = field(N_("In force since"), audience=_PAYER, default=None)
    expires_on: dt.date | None = field(N_("Valid until"), audience=OUTSIDE_BUT_PUBLIC, default=None)
    status: PolicyStatus = field(N_("Policy status"), audience=_PAYER, default=PolicyStatus.NOT_STATED)
    exclusions: str = field(N_("Exclusions"), audience=_PAYER, default="")
    note: str = field(N_("Note"), default="")


@draft
class CoverDraft:
    """One person under one policy, with the name as that policy has it."""

    patient_id: int = field(N_("Patient"), required=True, audience=OUTSIDE_BUT_PUBLIC)
    policy_id: int = field(N_("Policy"), required=True, audience=OUTSIDE_BUT_PUBLIC)
    member_no: str = field(
        N_("Member number"),
        audience=OUTSIDE_BUT_PUBLIC,
        headings=("no peserta", "nomor peserta", "no kartu", "member no", "member id", "member number"),
        default="",
    )
    card_no: str = field(
        N_("Card number"), audience=OUTSIDE_BUT_PUBLIC, headings=("nomor kartu", "card no"), default=""
    )
    name_on_policy: str = field(N_("Name as on the policy"), audience=_PAYER, default="")
    relation_to_holder: str = field(
        N_("Relation to the policyholder"), audience=_PAYER, headings=("hubungan", "relasi", "relationship"), default=""
    )
    room_class: str = field(N_("Room entitlement"), audience=OUTSIDE_BUT_PUBLIC, default="")
    annual_limit_left: Money | None = field(N_("Annual limit left"), audience=_PAYER, default=None)
    annual_limit_as_of: dt.date | None = field(N_("Limit as of"), audience=_PAYER, default=None)
    valid_from: dt.date | None = field(N_("Covered from"), audience=OUTSIDE_BUT_PUBLIC, default=None)
    valid_to: dt.date | None = field(N_("Covered until"), audience=OUTSIDE_BUT_PUBLIC, default=None)
    payer_context: PayerContext = field(N_("On whose account"), audience=_PAYER, default=PayerContext.PRIVATE)
    cob_order: int | None = field(
        N_("Pays in which place"),
        help=N_("Where a person has several policies: 1 pays first, 2 what is left."),
        audience=_PAYER,
        default=None,
    )
    note: str = field(N_("Note"), default="")


def check_currency(currency: str, *, field: str = "currency") -> list[Problem]:
    """A currency that no claim or rate here may carry."""
    if currency in CURRENCIES:
        return []
    return [
        problem(
            "UNKNOWN_CURRENCY",
            N_("“{currency}” is not a currency we know. Choose one of {known}."),
            field,
            currency=currency,
            known=", ".join(CURRENCIES),
        )
    ]


def check_product(product: ProductDraft) -> list[Problem]:
    """Everything wrong with a product."""
    found = check_required(product) + check_currency(product.currency)
    if product.annual_limit is not None:
        found += check_positive(product.annual_limit, "annual_limit")
        if product.annual_limit.currency != product.currency:
            found.append(
                problem("OTHER_CURRENCY", N_("The limit is in another currency than the product."), "annual_limit")
            )
    return found


def check_policy(policy: PolicyDraft) -> list[Problem]:
    """Everything wrong or odd about a policy."""
    found = check_required(policy) + check_order(policy, "inception_on", "expires_on")
    if policy.product_id is not None and policy.insurer_id is None:
        found.append(problem("PRODUCT_INSURER", N_("Choose the insurer whose product this is."), "insurer_id"))
    if not policy.policy_no.strip():
        found.append(warning("NO_POLICY_NO", N_("The policy number is not known yet."), "policy_no"))
    return found


def check_cover(cover: CoverDraft) -> list[Problem]:
    """Everything wrong with the tie between a person and a policy."""
    found = check_required(cover) + check_order(cover, "valid_from", "valid_to")
    if cover.cob_order is not None and cover.cob_order < 1:
        found.append(problem("NOT_POSITIVE", N_("This number must be more than zero."), "cob_order"))
    if cover.annual_limit_left is not None:
        if cover.annual_limit_left.minor < 0:
            found.append(problem("NEGATIVE", N_("This amount cannot be negative."), "annual_limit_left"))
        if cover.annual_limit_as_of is None:
            found.append(
                problem("LIMIT_DATE", N_("Write down the day on which this limit was told."), "annual_limit_as_of")
            )
    return found


def check_positive(amount: Money, field: str) -> list[Problem]:
    """An amount that must be more than nothing."""
    if amount.minor > 0:
        return []
    return [problem("NOT_POSITIVE", N_("This amount must be more than zero."), field)]
