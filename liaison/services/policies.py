"""Products, policies, and the cover that ties a person to a policy. No cover is ever chosen for anybody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from liaison.domain.errors import refuse_if
from liaison.domain.identifiers import number_key
from liaison.domain.money import Money
from liaison.domain.network import OrganizationKind
from liaison.domain.policies import (
    CoverDraft,
    PolicyDraft,
    PolicyStatus,
    ProductDraft,
    check_cover,
    check_policy,
    check_product,
)
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, money, need
from liaison.services.network import DECIDERS
from liaison.store.models import CoverRow, OrganizationRow, PatientRow, PolicyRow, ProductRow

KNOWN_POLICY = N_("This insurer already has a policy with this number. Add the person to that policy instead.")
KNOWN_MEMBER = N_("This person is already on this policy.")
KNOWN_PRODUCT = N_("This insurer already has a product and plan of this name.")
NOT_AN_INSURER = N_("Choose an insurer here.")
NOT_AN_ADMINISTRATOR = N_("Choose a third-party administrator or an assistance company here.")
OTHER_INSURERS_PRODUCT = N_("This product belongs to another insurer.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductSummary:
    """A product and plan of an insurer."""

    id: int
    version: int
    insurer_id: int
    name: str
    plan: str
    currency: str
    territories: tuple[str, ...]
    room_class: str
    is_cashless_abroad: bool | None
    annual_limit: Money | None
    note: str

    @property
    def title(self) -> str:
        """Product and plan in one line."""
        return f"{self.name} · {self.plan}" if self.plan else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverSummary:
    """One person under one policy, as forms offer it and pages show it."""

    id: int
    version: int
    patient_id: int
    policy_id: int
    policy_version: int
    insurer_id: int | None
    insurer: str
    administrator_id: int | None
    administrator: str
    product_id: int | None
    product: str
    policy_no: str
    holder_name: str
    status: PolicyStatus
    inception_on: dt.date | None
    expires_on: dt.date | None
    exclusions: str
    member_no: str
    card_no: str
    name_on_policy: str
    relation_to_holder: str
    room_class: str
    annual_limit_left: Money | None
    annual_limit_as_of: dt.date | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    note: str


# products


def add_product(session: Session, draft: ProductDraft) -> Changes:
    """Put a product and plan of an insurer on record."""
    refuse_if([*check_product(draft), *_product_problems(session, draft)])
    row = add(session, fill(ProductRow(), draft))
    return changes(("product", row.id), ("organization", row.insurer_id), made=row.id)


def edit_product(session: Session, key: int, draft: ProductDraft, *, version: int | None = None) -> Changes:
    """Change a product's room, territory or limit."""
    row = get_for(session, ProductRow, key, draft, version=version)
    refuse_if([*check_product(draft), *_product_problems(session, draft, but=key)])
    fill(row, draft)
    session.flush()
    return changes(("product", key), ("organization", row.insurer_id))


def products(session: Session, insurer_id: int) -> list[ProductSummary]:
    """An insurer's products and plans, by name."""
    rows = session.scalars(
        sa.select(ProductRow).where(ProductRow.insurer_id == insurer_id).order_by(ProductRow.name, ProductRow.plan)
    )
    return [
        ProductSummary(
            id=r.id, version=r.version, insurer_id=r.insurer_id, name=r.name, plan=r.plan, currency=r.currency,
            territories=tuple(r.territories), room_class=r.room_class, is_cashless_abroad=r.is_cashless_abroad,
            annual_limit=money(r.annual_limit_minor, r.currency), note=r.note,
        )
        for r in rows
    ]  # fmt: skip


def _product_problems(session: Session, draft: ProductDraft, *, but: int | None = None) -> list[Problem]:
    problems = _insurer_problems(session, draft.insurer_id)
    same = sa.select(ProductRow.id).where(
        ProductRow.insurer_id == draft.insurer_id, ProductRow.name == draft.name, ProductRow.plan == draft.plan
    )
    if session.scalar(same) not in (None, but):
        problems.append(Problem(code="KNOWN_PRODUCT", message=KNOWN_PRODUCT, field="name"))
    return problems


# policies


def add_policy(session: Session, draft: PolicyDraft) -> Changes:
    """Put a policy on record; a number the insurer already has here is refused."""
    refuse_if([*check_policy(draft), *_policy_problems(session, draft)])
    row = fill(PolicyRow(), draft)
    keep_policy_keys(row)
    add(session, row)
    return changes(("policy", row.id), made=row.id)


def edit_policy(session: Session, key: int, draft: PolicyDraft, *, version: int | None = None) -> Changes:
    """Change a policy's status, dates or holder."""
    row = get_for(session, PolicyRow, key, draft, version=version)
    refuse_if([*check_policy(draft), *_policy_problems(session, draft, but=key)])
    fill(row, draft)
    keep_policy_keys(row)
    session.flush()
    return changes(("policy", key), *_members(session, key))


def policy_draft(session: Session, key: int) -> PolicyDraft:
    """What the form of a policy opens with."""
    return draft_of(get(session, PolicyRow, key), PolicyDraft)


def find_policy(session: Session, insurer_id: int | None, policy_no: str) -> int | None:
    """The policy with this number of this insurer, if it is on record; a blank number never matches."""
    key = number_key(policy_no)
    if not key:
        return None
    same = sa.select(PolicyRow.id).where(PolicyRow.insurer_id.is_not_distinct_from(insurer_id))
    return session.scalar(same.where(PolicyRow.policy_no_key == key).limit(1))


def keep_policy_keys(row: PolicyRow) -> None:
    """Keep the key by which a policy is found in step with its number."""
    row.policy_no_key = number_key(row.policy_no or "")


def _policy_problems(session: Session, draft: PolicyDraft, *, but: int | None = None) -> list[Problem]:
    problems = _insurer_problems(session, draft.insurer_id)
    if draft.administrator_id is not None:
        house = session.get(OrganizationRow, draft.administrator_id)
        if house is None or house.kind not in DECIDERS:
            problems.append(
                Problem(code="NOT_AN_ADMINISTRATOR", message=NOT_AN_ADMINISTRATOR, field="administrator_id")
            )
    if draft.product_id is not None:
        product = session.get(ProductRow, draft.product_id)
        if product is None or product.insurer_id != draft.insurer_id:
            problems.append(Problem(code="OTHER_INSURERS_PRODUCT", message=OTHER_INSURERS_PRODUCT, field="product_id"))
    if find_policy(session, draft.insurer_id, draft.policy_no) not in (None, but):
        problems.append(Problem(code="KNOWN_POLICY", message=KNOWN_POLICY, field="policy_no"))
    return problems


def _insurer_problems(session: Session, insurer_id: int | None) -> list[Problem]:
    if insurer_id is None:
        return []
    house = session.get(OrganizationRow, insurer_id)
    if house is None or house.kind is not OrganizationKind.INSURER:
        return [Problem(code="NOT_AN_INSURER", message=NOT_AN_INSURER, field="insurer_id")]
    return []


def _members(session: Session, policy_id: int) -> list[tuple[str, int | None]]:
    people = session.scalars(sa.select(CoverRow.patient_id).where(CoverRow.policy_id == policy_id))
    return [("patient", p) for p in people]


# covers


def add_cover(session: Session, draft: CoverDraft) -> Changes:
    """Put a person on a policy, with the name as that policy has it."""
    refuse_if([*check_cover(draft), *_cover_problems(session, draft)])
    row = fill(CoverRow(), draft)
    keep_cover_keys(row)
    add(session, row)
    return changes(("cover", row.id), ("patient", row.patient_id), ("policy", row.policy_id), made=row.id)


def edit_cover(session: Session, key: int, draft: CoverDraft, *, version: int | None = None) -> Changes:
    """Change a member number, a room class or what is left of the limit."""
    row = get_for(session, CoverRow, key, draft, version=version)
    refuse_if([*check_cover(draft), *_cover_problems(session, draft, but=key)])
    fill(row, draft)
    keep_cover_keys(row)
    session.flush()
    return changes(("cover", key), ("patient", row.patient_id), ("policy", row.policy_id))


def add_policy_with_cover(session: Session, policy: PolicyDraft, cover: CoverDraft) -> Changes:
    """One form, one action: the policy (found by its number, else made) and the person on it. ``made`` is the cover."""
    known = find_policy(session, policy.insurer_id, policy.policy_no)
    if known is not None:
        return add_cover(session, replace(cover, policy_id=known))
    refuse_if([*check_policy(policy), *_policy_problems(session, policy), *need(session, PatientRow, cover.patient_id)])
    made = add_policy(session, policy)
    done = add_cover(session, replace(cover, policy_id=made.touched[0].id))
    return replace(made, made=None) | done


def cover_draft(session: Session, key: int) -> CoverDraft:
    """What the form of a cover opens with."""
    return draft_of(get(session, CoverRow, key), CoverDraft)


def keep_cover_keys(row: CoverRow) -> None:
    """Keep the key by which a member is found in step with the number."""
    row.member_no_key = number_key(row.member_no or "")


def covers_of(session: Session, patient_id: int) -> list[CoverSummary]:
    """Every policy a person is on, oldest first. None is marked as the one to take."""
    return _summaries(session, CoverRow.patient_id == patient_id)


def cover(session: Session, key: int) -> CoverSummary:
    """One cover with its policy."""
    get(session, CoverRow, key)
    return _summaries(session, CoverRow.id == key)[0]


def _cover_problems(session: Session, draft: CoverDraft, *, but: int | None = None) -> list[Problem]:
    problems = need(session, PatientRow, draft.patient_id, field="patient_id")
    problems += need(session, PolicyRow, draft.policy_id, field="policy_id")
    same = sa.select(CoverRow.id).where(CoverRow.patient_id == draft.patient_id, CoverRow.policy_id == draft.policy_id)
    if session.scalar(same) not in (None, but):
        problems.append(Problem(code="KNOWN_MEMBER", message=KNOWN_MEMBER, field="policy_id"))
    return problems


def _summaries(session: Session, which: sa.ColumnElement[bool]) -> list[CoverSummary]:
    insurer, administrator = aliased(OrganizationRow), aliased(OrganizationRow)
    rows = session.execute(
        sa.select(CoverRow, PolicyRow, insurer.name, administrator.name, ProductRow)
        .join(PolicyRow, PolicyRow.id == CoverRow.policy_id)
        .outerjoin(insurer, insurer.id == PolicyRow.insurer_id)
        .outerjoin(administrator, administrator.id == PolicyRow.administrator_id)
        .outerjoin(ProductRow, ProductRow.id == PolicyRow.product_id)
        .where(which)
        .order_by(CoverRow.id)
    )
    return [
        CoverSummary(
            id=c.id, version=c.version, patient_id=c.patient_id, policy_id=p.id, policy_version=p.version,
            insurer_id=p.insurer_id, insurer=insurer_name or "", administrator_id=p.administrator_id,
            administrator=administrator_name or "", product_id=p.product_id, product=_product_title(product),
            policy_no=p.policy_no, holder_name=p.holder_name, status=p.status, inception_on=p.inception_on,
            expires_on=p.expires_on, exclusions=p.exclusions, member_no=c.member_no, card_no=c.card_no,
            name_on_policy=c.name_on_policy, relation_to_holder=c.relation_to_holder, room_class=c.room_class,
            annual_limit_left=money(c.annual_limit_left_minor, c.annual_limit_currency),
            annual_limit_as_of=c.annual_limit_as_of, valid_from=c.valid_from, valid_to=c.valid_to, note=c.note,
        )
        for c, p, insurer_name, administrator_name, product in rows
    ]  # fmt: skip


def _product_title(product: ProductRow | None) -> str:
    if product is None:
        return ""
    return f"{product.name} · {product.plan}" if product.plan else product.name
